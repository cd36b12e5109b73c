//! The questions of a file: neighbouring columns that belong together, and what kind of question each is.

use std::collections::BTreeMap;

use super::super::platforms::{Header, Heading};
use super::super::survey::is_personal_level;
use super::kind::{Kind, kind_of_column, kind_of_group};
use super::names::QuestionKeys;
use super::profile::{Column, Profile};

/// One question, or one column that is no question.
#[derive(Debug)]
pub(super) struct Question {
    /// Places of its columns.
    pub(super) columns: Vec<usize>,
    /// How a codebook names it.
    pub(super) reference: String,
    /// A key for it that no other question has.
    pub(super) key: String,
    /// What is asked.
    pub(super) wording: String,
    pub(super) kind: Kind,
}

/// All questions, in the order of the file.
pub(super) fn questions(header: &Header, profile: &Profile) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut keys = QuestionKeys::default();
    let mut start = 0;
    while start < header.columns.len() {
        let first = &header.columns[start];
        let is_same = |heading: &&Heading| !first.question.is_empty() && heading.question == first.question;
        let end = start + header.columns[start..].iter().take_while(is_same).count().max(1);
        let columns: Vec<usize> = (start..end).collect();
        let group: Vec<(&Heading, &Column)> =
            columns.iter().map(|&index| (&header.columns[index], &profile.columns[index])).collect();
        let is_told = columns.len() > 1 && !group.iter().any(|(heading, _)| is_personal_level(&heading.part));
        match kind_of_group(&group).filter(|_| is_told) {
            Some(kind) => {
                let reference = first.question.clone();
                let wording = worded(&first.wording, &reference);
                let key = keys.of(&reference, start);
                questions.push(Question { columns, reference, key, wording, kind });
            }
            None => questions.extend(columns.iter().map(|&index| alone(header, profile, index, &mut keys))),
        }
        start = end;
    }
    one_separator(&mut questions);
    questions
}

/// A file has one mark between options: the questions for which most of them stand keep it.
fn one_separator(questions: &mut [Question]) {
    let used = |question: &Question| match &question.kind {
        Kind::Multiple(ticks) => ticks.separator.clone(),
        _ => None,
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for separator in questions.iter().filter_map(used) {
        *counts.entry(separator).or_default() += 1;
    }
    let Some((most, _)) = counts.into_iter().max_by_key(|&(_, count)| count) else { return };
    for question in questions {
        if let Some(odd) = used(question).filter(|separator| *separator != most) {
            question.kind = Kind::OddSeparator(odd);
        }
    }
}

/// A column that is a question of its own.
fn alone(header: &Header, profile: &Profile, index: usize, keys: &mut QuestionKeys) -> Question {
    let heading = &header.columns[index];
    let kind = kind_of_column(heading, &profile.columns[index], header.platform);
    let wording = match heading.part.as_str() {
        "" => heading.wording.clone(),
        part if is_personal_level(part) => heading.wording.clone(),
        part if heading.wording.trim() == part => part.to_owned(),
        part => format!("{} {part}", heading.wording).trim().to_owned(),
    };
    let reference = reference(header, index);
    let key = keys.of(&reference, index);
    Question { columns: vec![index], wording: worded(&wording, &reference), reference, key, kind }
}

/// The wording, or how the codebook names the question where the file has none.
fn worded(wording: &str, reference: &str) -> String {
    if wording.trim().is_empty() || is_personal_level(wording) {
        reference.to_owned()
    } else {
        wording.trim().to_owned()
    }
}

/// The shortest name by which a codebook can mean this column and no other.
fn reference(header: &Header, index: usize) -> String {
    let heading = &header.columns[index];
    let of_question = header.columns.iter().filter(|other| other.question == heading.question);
    if heading.question.is_empty() {
        let is_unique = header.columns.iter().filter(|other| other.name == heading.name).count() == 1;
        let is_name = is_unique
            && !is_personal_level(&heading.name)
            && !heading.name.is_empty()
            && !heading.name.starts_with('#');
        return if is_name { heading.name.clone() } else { format!("#{}", index + 1) };
    }
    if of_question.clone().count() == 1 {
        return heading.question.clone();
    }
    format!("#{}", index + 1)
}

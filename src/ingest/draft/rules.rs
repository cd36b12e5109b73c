//! `[dataset.….quality]` of a draft: rules that the file itself asks for are set; others are proposed as comments.

use super::super::platforms::Meta;
use super::super::survey::is_personal_level;
use super::Seen;
use super::kind::Kind;
use super::people::City;
use super::question::Question;
use super::roles::{People, is_meta};
use super::write::{quoted, words};
use crate::codebook::Platform;

/// The section; empty where there is nothing to say.
pub(super) fn quality(seen: &Seen, people: People) -> String {
    let mut lines = drop(seen, people);
    lines.extend(keep(seen));
    lines.extend(proposed(seen));
    if lines.is_empty() {
        return String::new();
    }
    format!("[dataset.{}.quality]\n{}\n", seen.dataset, lines.join("\n"))
}

/// Respondents of whom the city or the segment cannot be told, and interviews that were not finished.
fn drop(seen: &Seen, people: People) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rules = Vec::new();
    for question in [people.city, people.origin].into_iter().flatten().map(|index| &seen.questions[index]) {
        let column = &seen.profile.columns[question.columns[0]];
        let unknown = match &question.kind {
            Kind::City(City { unknown, .. }) => unknown.as_slice(),
            _ => &[],
        };
        let blank = column.blank + column.not_asked;
        let out = blank + unknown.iter().map(|(_, count)| count).sum::<u64>();
        if out == 0 {
            continue;
        }
        if !unknown.iter().all(|(cell, _)| is_place(cell)) {
            lines.push(format!(
                "# MISSING: cells of {} that name no city of the gazetteer. They may be personal data, so they do not stand here;\n\
                 # wxstats check lists them. Mend them in the file, or drop those rows.",
                quoted(&question.reference)
            ));
        }
        let mut cells: Vec<String> =
            unknown.iter().map(|(cell, _)| cell.clone()).filter(|cell| is_place(cell)).collect();
        if blank > 0 {
            cells.insert(0, String::new());
        }
        let reference = quoted(&question.reference);
        lines.push(format!(
            "# {out} of {} rows do not tell by {reference}, blank or of no known city.",
            seen.profile.rows
        ));
        if !cells.is_empty() {
            rules.push(format!("{reference} = [{}]", words(&cells)));
        }
    }
    if let Some(index) = seen.header.columns.iter().position(|heading| heading.name == "submitdate")
        && seen.profile.columns[index].blank > 0
        && seen.profile.columns[index].said > 0
    {
        lines.push(format!("# {} interviews were not submitted.", seen.profile.columns[index].blank));
        rules.push("\"submitdate\" = [\"\"]".to_owned());
    }
    if !rules.is_empty() {
        lines.push(format!("drop = {{ {} }}", rules.join(", ")));
    }
    lines
}

/// Whether a cell may stand in a draft as the name of a place.
fn is_place(cell: &str) -> bool {
    const LONGEST: usize = 24;
    cell.chars().count() <= LONGEST
        && cell.chars().filter(char::is_ascii_digit).count() < 5
        && !cell.contains('@')
        && !is_personal_level(cell)
}

/// No previews, finished interviews only, of Qualtrics.
fn keep(seen: &Seen) -> Option<String> {
    if seen.header.platform != Platform::Qualtrics {
        return None;
    }
    let kept = |name: &str, keep: &[&str]| {
        let is_it = |question: &&Question| {
            let heading = &seen.header.columns[question.columns[0]];
            heading.name == name || heading.wording == name
        };
        let question = seen.questions.iter().find(is_it)?;
        let values = &seen.profile.columns[question.columns[0]].values;
        let there = |value: &&&str| values.iter().any(|(cell, _)| cell == **value);
        let keep: Vec<String> = keep.iter().filter(there).map(|value| (*value).to_owned()).collect();
        (!keep.is_empty()).then(|| format!("{} = [{}]", quoted(&question.reference), words(&keep)))
    };
    let rules = [kept("Status", &["0", "IP Address"]), kept("Finished", &["1", "True", "TRUE"])];
    let rules: Vec<String> = rules.into_iter().flatten().collect();
    (!rules.is_empty())
        .then(|| format!("keep = {{ {} }}  # no previews, finished interviews only", rules.join(", ")))
}

/// Rules that somebody may want.
fn proposed(seen: &Seen) -> Vec<String> {
    let meta = |meta: Meta| seen.questions.iter().find(move |question| is_meta(question, meta));
    let mut lines = Vec::new();
    if let Some(question) = meta(Meta::Duration) {
        lines.push(format!("# too_fast = {{ column = {}, seconds = 60 }}", quoted(&question.reference)));
    }
    let matrices = seen
        .questions
        .iter()
        .filter(|question| matches!(&question.kind, Kind::Matrix { rows, .. } if rows.len() > 2));
    let matrices: Vec<String> = matrices.map(|question| question.reference.clone()).collect();
    if !matrices.is_empty() {
        lines.push(format!("# straight_line = [{}]", words(&matrices)));
    }
    if let Some(question) = meta(Meta::Address) {
        lines.push(format!("# repeated = {{ {} = 3 }}", quoted(&question.reference)));
    }
    lines
}

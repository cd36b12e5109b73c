//! `[dataset.….dimensions]` of a draft.

use super::super::survey::is_personal_level;
use super::Seen;
use super::choice::FEWEST;
use super::kind::Kind;
use super::names::Keys;
use super::profile::Column;
use super::question::Question;
use super::roles::People;
use super::write::{brief, quoted};

/// The lines of the dimensions.
pub(super) fn dimensions(seen: &Seen, people: People, keys: &mut Keys) -> String {
    let mut text = String::new();
    for (_, question) in seen.questions.iter().enumerate().filter(|(index, _)| !people.has(*index)) {
        let is_dimension = match &question.kind {
            Kind::Choice(choice) => choice.never.is_empty() || choice.others.is_empty(),
            Kind::Origin(_) => true,
            _ => false,
        };
        if !is_dimension {
            continue;
        }
        let column = &seen.profile.columns[question.columns[0]];
        let key = keys.of_dimension(&question.key, &question.wording);
        text.push_str(&format!(
            "{key} = {}  # {}: {}\n",
            source(question, column),
            brief(&question.wording),
            counted(column)
        ));
    }
    text
}

/// The column, or its levels where respondents wrote what looks like personal data: only levels that several have are then told
/// from others.
fn source(question: &Question, column: &Column) -> String {
    let reference = quoted(&question.reference);
    if !column.values.iter().any(|(value, _)| is_personal_level(value)) {
        return reference;
    }
    let mut levels: Vec<String> = column
        .values
        .iter()
        .filter(|value| is_shown(value))
        .map(|(value, _)| format!("{0} = {0}", quoted(value)))
        .collect();
    levels.extend(["\"*\" = \"other\"".to_owned(), "\"\" = \"\"".to_owned()]);
    format!("{{ column = {reference}, levels = {{ {} }} }}", levels.join(", "))
}

/// The most frequent levels and their counts. A level that one or two have may be what they wrote themselves.
fn counted(column: &Column) -> String {
    const MOST: usize = 8;
    let mut levels: Vec<&(String, u64)> = column.values.iter().filter(|value| is_shown(value)).collect();
    levels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    levels.truncate(MOST);
    let mut shown: Vec<String> =
        levels.iter().map(|(level, count)| format!("{} {count}", brief(level))).collect();
    match column.values.len() - shown.len() {
        0 => {}
        1 => shown.push("1 other level".to_owned()),
        others => shown.push(format!("{others} other levels")),
    }
    shown.join(", ")
}

fn is_shown((value, count): &(String, u64)) -> bool {
    *count >= FEWEST && !is_personal_level(value)
}

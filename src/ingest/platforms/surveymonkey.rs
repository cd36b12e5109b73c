//! `SurveyMonkey`: the first row has each question in the first of its columns, the second the options.

use super::{Header, Heading, Platform, RawRow, row};

/// What the second row says where the cell is the whole answer.
const WHOLE: [&str; 3] = ["Response", "Open-Ended Response", ""];

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let (questions, options) = (row(rows, 0), row(rows, 1));
    let is_known = ["Respondent ID", "RespondentID"].contains(&questions.first()?.trim());
    let continues = questions.iter().any(|cell| cell.trim().is_empty());
    let answers = options.iter().any(|cell| WHOLE[..2].contains(&cell.trim()));
    // Answers as codes leave the second row blank.
    let is_condensed = !options.is_empty() && options.iter().all(|cell| cell.trim().is_empty());
    // Of the columns of the interview there is nothing to say in the second row.
    let is_header = options.first().is_none_or(|cell| cell.trim().is_empty());
    if !(is_known && is_header && (continues || answers || is_condensed)) {
        return None;
    }
    let mut columns = Vec::new();
    let (mut number, mut wording) = (0, String::new());
    let options = options.iter().map(String::as_str).chain(std::iter::repeat(""));
    for (question, option) in questions.iter().zip(options) {
        let mut heading = Heading::plain(question);
        if heading.meta.is_none() {
            if !heading.name.is_empty() {
                number += 1;
                wording.clone_from(&heading.name);
            }
            let option = option.trim();
            heading.question = format!("Q{number}");
            heading.wording.clone_from(&wording);
            heading.part = if WHOLE.contains(&option) { String::new() } else { option.to_owned() };
        }
        columns.push(heading);
    }
    Some(Header { platform: Platform::SurveyMonkey, rows: 2, columns })
}

//! The text of a draft.

use super::Seen;
use super::breakdowns::dimensions;
use super::items::{Drafted, items};
use super::kind::Kind;
use super::names::Keys;
use super::question::Question;
use super::roles::{People, roles};
use super::rules::quality;
use crate::codebook::{Platform, clean, is_invisible};

/// The codebook of the file that is displayed as `file`.
pub(super) fn codebook(file: &str, seen: &Seen) -> String {
    let name = &seen.dataset;
    let mut keys = Keys::default();
    let people = People::of(seen);
    let dimensions = dimensions(seen, people, &mut keys);
    let mut sections = vec![
        head(file, seen),
        format!(
            "[dataset.{name}]\nplatform = {}\n{}{}",
            quoted(seen.header.platform.key()),
            first_line(seen),
            separator(seen)
        ),
        format!("[dataset.{name}.columns]\n{}", roles(seen, people)),
    ];
    if !dimensions.is_empty() {
        sections.push(format!("[dataset.{name}.dimensions]\n{dimensions}"));
    }
    let drafted: Vec<(&Question, Drafted)> = seen
        .questions
        .iter()
        .filter_map(|question| Some((question, items(question, &seen.profile.columns, &mut keys)?)))
        .collect();
    sections.push(format!("[dataset.{name}.items]\n{}", items_text(&drafted)));
    let sets: String = drafted.iter().filter_map(|(_, drafted)| set(drafted)).collect();
    if !sets.is_empty() {
        sections.push(format!("[dataset.{name}.sets]\n{sets}"));
    }
    sections.push(quality(seen, people));
    sections.push(left_out(seen, people));
    if !keys.names.is_empty() {
        let names: Vec<String> =
            keys.names.iter().map(|(key, name)| format!("{key} = {}\n", quoted(name))).collect();
        sections.push(format!("[names]\n{}", names.concat()));
    }
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

fn head(file: &str, seen: &Seen) -> String {
    let is_scored = seen.header.columns.iter().any(|heading| heading.name == "总分");
    let scored = if is_scored && seen.header.platform == Platform::Wjx {
        "# There is a total score. If this was downloaded by score (按分数), options are only sums of points: download it by text.\n"
    } else {
        ""
    };
    let has_chinese = seen.questions.iter().any(|question| question.wording.chars().any(is_han));
    let language = if has_chinese { "zh" } else { "en" };
    format!(
        "# A draft by wxstats codebook from {}: {} rows, taken for {}.\n# Everything here is a guess from \
         the columns; counts are of this file. MISSING marks what could not be told.\n{scored}\n[project]\nlanguage = \"{language}\"\n",
        clean(file),
        seen.profile.rows,
        seen.header.platform,
    )
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The line of the header, where it is not the first.
fn first_line(seen: &Seen) -> String {
    let line =
        seen.first_line.map(|line| format!("header = {line}  # the line in which the header begins\n"));
    line.unwrap_or_default()
}

/// What stands between options, where it is not what the platform writes.
fn separator(seen: &Seen) -> String {
    let used = seen.questions.iter().find_map(|question| match &question.kind {
        Kind::Multiple(ticks) => ticks.separator.as_deref(),
        _ => None,
    });
    let other = used.filter(|used| *used != seen.header.platform.separator());
    other.map_or_else(String::new, |separator| format!("separator = {}\n", quoted(separator)))
}

fn items_text(drafted: &[(&Question, Drafted)]) -> String {
    if drafted.is_empty() {
        return "# MISSING: no question was found that tells what respondents do. Name at least one:\n# \
                \"moments.share\" = { column = \"Q6\", option = \"发朋友圈\" }\n"
            .to_owned();
    }
    let mut text = String::new();
    for (question, drafted) in drafted {
        text.push_str(&format!("# {}: {}\n", called(question), drafted.comment));
        for (item, source, comment) in &drafted.items {
            let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
            text.push_str(&format!("\"{item}\" = {source}{comment}\n"));
        }
    }
    text
}

fn set(drafted: &Drafted) -> Option<String> {
    let name = drafted.set.as_ref().filter(|_| drafted.items.len() > 1)?;
    let items: Vec<String> = drafted.items.iter().map(|(item, ..)| format!("\"{item}\"")).collect();
    Some(format!("{name} = [{}]\n", items.join(", ")))
}

/// What no use was found for.
fn left_out(seen: &Seen, people: People) -> String {
    let mut lines = Vec::new();
    for (index, question) in seen.questions.iter().enumerate() {
        let why = match &question.kind {
            Kind::Personal => "personal data".to_owned(),
            Kind::Text => "text".to_owned(),
            Kind::Empty => "nobody answered".to_owned(),
            Kind::Ranking => "a ranking, of which no figures are made".to_owned(),
            Kind::Lone => {
                "one answer or nothing; if it is an option of a question, name its column with option"
                    .to_owned()
            }
            Kind::OddSeparator(separator) => format!(
                "several options with {} between them, other than in the rest of the file, for which there is one separator",
                quoted(separator)
            ),
            Kind::City(_) if Some(index) != people.city => "another place".to_owned(),
            _ => continue,
        };
        lines.push(format!("# {}: {why}\n", called(question)));
    }
    if lines.is_empty() { String::new() } else { format!("# Left out:\n{}", lines.concat()) }
}

/// How the codebook names a question, and what it asks.
fn called(question: &Question) -> String {
    let (reference, wording) = (brief(&question.reference), brief(&question.wording));
    if reference == wording { wording } else { format!("{reference} {wording}") }
}

/// Text for a comment or a name: on one line, without what cannot be seen, and no paragraph.
pub(super) fn brief(text: &str) -> String {
    const LONGEST: usize = 80;
    let clean = clean(text);
    match clean.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}

/// Text as TOML writes it; what cannot be seen stands as its number.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}') => {
                quoted.push_str(&format!("\\U{:08X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Texts as TOML lists them.
pub(super) fn words(texts: &[String]) -> String {
    texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
}

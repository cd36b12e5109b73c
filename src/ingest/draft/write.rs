//! The text of a draft.

use super::super::platforms::Meta;
use super::Seen;
use super::items::{Drafted, items};
use super::kind::Kind;
use super::names::{Keys, question_key};
use super::people::City;
use super::question::Question;
use crate::codebook::{Platform, clean};

/// The codebook of the file that is displayed as `file`.
pub(super) fn codebook(file: &str, seen: &Seen) -> String {
    let name = &seen.dataset;
    let mut keys = Keys::default();
    let city = best_city(seen);
    let origin = seen.questions.iter().position(|question| matches!(question.kind, Kind::Origin { .. }));
    let is_role = |index: usize| Some(index) == city || Some(index) == origin;
    let dimensions = dimensions(seen, &is_role, &mut keys);
    let mut sections = vec![
        head(file, seen),
        format!("[dataset.{name}]\nplatform = {}\n{}", quoted(seen.header.platform.key()), separator(seen)),
        format!("[dataset.{name}.columns]\n{}", roles(seen, city, origin)),
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
    sections.push(quality(seen, city, origin));
    sections.push(left_out(seen, city));
    if !keys.names.is_empty() {
        let names: Vec<String> =
            keys.names.iter().map(|(key, name)| format!("{key} = {}\n", quoted(name))).collect();
        sections.push(format!("[names]\n{}", names.concat()));
    }
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

fn head(file: &str, seen: &Seen) -> String {
    let has_chinese = seen.questions.iter().any(|question| question.wording.chars().any(is_han));
    let language = if has_chinese { "zh" } else { "en" };
    format!(
        "# A draft by wxstats codebook from {}: {} rows, taken for {}.\n# Everything here is a guess from \
         the columns; counts are of this file. MISSING marks what could not be told.\n\n[project]\nlanguage = \"{language}\"\n",
        clean(file),
        seen.profile.rows,
        seen.header.platform,
    )
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
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

/// The question about the city: one that asks for it before one whose cells only are cities.
fn best_city(seen: &Seen) -> Option<usize> {
    let cities = seen.questions.iter().enumerate().filter_map(|(index, question)| match &question.kind {
        Kind::City(city) => Some((index, city.is_asked)),
        _ => None,
    });
    cities.max_by_key(|&(index, is_asked)| (is_asked, std::cmp::Reverse(index))).map(|(index, _)| index)
}

fn roles(seen: &Seen, city: Option<usize>, origin: Option<usize>) -> String {
    let mut lines = Vec::new();
    let meta = |meta: Meta| seen.questions.iter().find(move |question| is_meta(question, meta));
    match meta(Meta::Id).map(|question| (question, seen.profile.columns[question.columns[0]].repeats)) {
        Some((question, 0)) => lines.push(format!("respondent_id = {}", quoted(&question.reference))),
        Some((question, repeats)) => lines.push(format!(
            "respondent_id = \"#row\"  # {repeats} rows repeat a value of {}, so every row is taken for a respondent",
            clean(&question.reference)
        )),
        None => lines.push("respondent_id = \"#row\"  # every row is a respondent; no column of ids was found".to_owned()),
    }
    match origin.map(|index| &seen.questions[index]) {
        Some(Question { reference, wording, kind: Kind::Origin { chinese }, .. }) => {
            let chinese: Vec<String> = chinese.iter().map(|level| format!("{} = \"chinese\"", quoted(level))).collect();
            lines.push(format!(
                "segment = {{ column = {}, levels = {{ {}, \"*\" = \"expat\" }} }}  # {}",
                quoted(reference),
                chinese.join(", "),
                clean(wording)
            ));
        }
        _ => lines.push(
            "# MISSING: no question tells who is an expat. wxstats report compares segments; name the column:\n\
             # segment = { column = \"Q2\", levels = { \"中国\" = \"chinese\", \"*\" = \"expat\" } }"
                .to_owned(),
        ),
    }
    match city.map(|index| &seen.questions[index]) {
        Some(Question { reference, wording, .. }) => {
            lines.push(format!("city = {}  # {}", quoted(reference), clean(wording)));
        }
        None if meta(Meta::Address).is_some() => lines.push(
            "# MISSING: no question about the city was found. Addresses have places, often the carrier's:\n# city = \
             \"来自IP\""
                .to_owned(),
        ),
        None => lines.push(
            "# MISSING: no question about the city was found. Where all respondents live in one:\n# city = { value = \
             \"Guangzhou\" }"
                .to_owned(),
        ),
    }
    if let Some(question) = meta(Meta::Weight) {
        lines.push(format!("weight = {}", quoted(&question.reference)));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn is_meta(question: &Question, meta: Meta) -> bool {
    matches!(question.kind, Kind::Meta(found) if found == meta)
}

fn dimensions(seen: &Seen, is_role: &dyn Fn(usize) -> bool, keys: &mut Keys) -> String {
    const SHOWN: usize = 8;
    let mut text = String::new();
    for (_, question) in seen.questions.iter().enumerate().filter(|(index, _)| !is_role(*index)) {
        let is_dimension = match &question.kind {
            Kind::Choice(choice) => choice.never.is_empty() || choice.others.is_empty(),
            Kind::Origin { .. } => true,
            _ => false,
        };
        if !is_dimension {
            continue;
        }
        let column = question.columns[0];
        let key = keys.of_dimension(&question_key(&question.reference, column), &question.wording);
        let mut levels: Vec<&(String, u64)> = seen.profile.columns[column].values.iter().collect();
        levels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let shown: Vec<String> =
            levels.iter().take(SHOWN).map(|(level, count)| format!("{} {count}", clean(level))).collect();
        let more = if levels.len() > SHOWN { ", …" } else { "" };
        text.push_str(&format!(
            "{key} = {}  # {}: {}{more}\n",
            quoted(&question.reference),
            clean(&question.wording),
            shown.join(", ")
        ));
    }
    text
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

/// Rules that the file itself asks for are set; others are proposed as comments.
fn quality(seen: &Seen, city: Option<usize>, origin: Option<usize>) -> String {
    let mut lines = Vec::new();
    let asked = [city, origin].into_iter().flatten();
    let unplaced: Vec<String> = asked.filter_map(|index| unplaced(seen, &seen.questions[index])).collect();
    if !unplaced.is_empty() {
        lines.push(
            "# Respondents without a city that the gazetteer knows, or who do not say where they come from."
                .to_owned(),
        );
        lines.push(format!("drop = {{ {} }}", unplaced.join(", ")));
    }
    if seen.header.platform == Platform::Qualtrics {
        let kept = |name: &str, keep: &[&str]| {
            let column = seen.header.columns.iter().position(|heading| heading.name == name)?;
            let there =
                |value: &&&str| seen.profile.columns[column].values.iter().any(|(cell, _)| cell == **value);
            let keep: Vec<String> = keep.iter().filter(there).map(|value| (*value).to_owned()).collect();
            (!keep.is_empty()).then(|| format!("{} = [{}]", quoted(name), words(&keep)))
        };
        let rules = [kept("Status", &["0", "IP Address"]), kept("Finished", &["1", "True", "TRUE"])];
        let rules: Vec<String> = rules.into_iter().flatten().collect();
        if !rules.is_empty() {
            lines.push(format!("keep = {{ {} }}  # no previews, finished interviews only", rules.join(", ")));
        }
    }
    if let Some(question) = seen.questions.iter().find(|question| is_meta(question, Meta::Duration)) {
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
    if let Some(question) = seen.questions.iter().find(|question| is_meta(question, Meta::Address)) {
        lines.push(format!("# repeated = {{ {} = 3 }}", quoted(&question.reference)));
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("[dataset.{}.quality]\n{}\n", seen.dataset, lines.join("\n"))
}

/// The cells of the question about the city, or the origin, from which neither can be told: `"Q2" = ["", "其他"]`.
fn unplaced(seen: &Seen, question: &Question) -> Option<String> {
    let column = &seen.profile.columns[question.columns[0]];
    let mut cells = Vec::new();
    if column.blank + column.not_asked > 0 {
        cells.push(String::new());
    }
    if let Kind::City(City { unknown, .. }) = &question.kind {
        cells.extend(unknown.iter().map(|(cell, _)| cell.clone()));
    }
    (!cells.is_empty()).then(|| format!("{} = [{}]", quoted(&question.reference), words(&cells)))
}

/// What no use was found for.
fn left_out(seen: &Seen, city: Option<usize>) -> String {
    let mut lines = Vec::new();
    for (index, question) in seen.questions.iter().enumerate() {
        let why = match &question.kind {
            Kind::Personal => "personal data",
            Kind::Text => "text",
            Kind::Empty => "nobody answered",
            Kind::City(_) if Some(index) != city => "another place",
            _ => continue,
        };
        lines.push(format!("# {}: {why}\n", called(question)));
    }
    if lines.is_empty() { String::new() } else { format!("# Left out:\n{}", lines.concat()) }
}

/// How the codebook names a question, and what it asks.
fn called(question: &Question) -> String {
    let (reference, wording) = (clean(&question.reference), clean(&question.wording));
    if reference == wording { wording } else { format!("{reference} {wording}") }
}

/// Text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
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

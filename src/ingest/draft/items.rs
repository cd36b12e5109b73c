//! The items of a draft: for each question that tells what respondents do, where its answers stand.

use super::super::survey::is_personal_level;
use super::choice::{Choice, FEWEST};
use super::kind::{Kind, Scale};
use super::multiple::Ticks;
use super::names::Keys;
use super::profile::Column;
use super::question::Question;
use super::write::{brief, quoted, words};
use crate::codebook::Item;
use crate::codebook::project::ALL_OTHERS;

/// The items of one question.
#[derive(Debug, Default)]
pub(super) struct Drafted {
    /// What is said of the question.
    pub(super) comment: String,
    /// Items, what the codebook says of them, and what is said beside.
    pub(super) items: Vec<(Item, String, String)>,
    /// The set that they are, if it is a multi-response question.
    pub(super) set: Option<String>,
}

/// The items that a question gives; `None` for one that gives none.
pub(super) fn items(question: &Question, columns: &[Column], keys: &mut Keys) -> Option<Drafted> {
    let key = question.key.clone();
    let at = quoted(&question.reference);
    let column = &columns[question.columns[0]];
    let says = says(column);
    let of_question = |keys: &mut Keys| keys.of_question(&key, &question.wording, "yes");
    Some(match &question.kind {
        Kind::Multiple(ticks) => multiple(question, ticks, &key, &says, keys),
        Kind::Matrix { rows, scale } => {
            let item = |(number, row): (usize, &String)| {
                let item = keys.of_part(&key, &question.wording, number, row);
                let source = format!("{{ column = {at}, row = {}, {} }}", quoted(row), scaled(scale));
                (item, source, String::new())
            };
            let comment = format!("{} rows, each a scale; {says}", rows.len());
            Drafted { comment, items: rows.iter().enumerate().map(item).collect(), set: None }
        }
        Kind::Scale(scale) => {
            let source = format!("{{ column = {at}, {} }}", scaled(scale));
            let comment = format!("a scale; {says}");
            Drafted { comment, items: vec![(of_question(keys), source, String::new())], set: None }
        }
        Kind::YesNo => {
            let source = format!("{{ column = {at} }}");
            Drafted {
                comment: format!("yes or no; {says}"),
                items: vec![(of_question(keys), source, String::new())],
                set: None,
            }
        }
        Kind::Number => {
            let source = format!("{{ column = {at}, number = true }}");
            Drafted {
                comment: format!("numbers; {says}"),
                items: vec![(of_question(keys), source, String::new())],
                set: None,
            }
        }
        Kind::Choice(Choice { never, others }) if !never.is_empty() && !others.is_empty() => {
            let source =
                format!("{{ column = {at}, yes = [{}], no = [{}] }}", frequent(others, column), words(never));
            let comment = format!("one of {}; {says}", never.len() + others.len());
            Drafted { comment, items: vec![(of_question(keys), source, String::new())], set: None }
        }
        _ => return None,
    })
}

fn multiple(question: &Question, ticks: &Ticks, key: &str, says: &str, keys: &mut Keys) -> Drafted {
    let at = quoted(&question.reference);
    let item = |(number, (option, count)): (usize, &(String, u64))| {
        let item = keys.of_part(key, &question.wording, number, option);
        let source = format!("{{ column = {at}, option = {} }}", quoted(option));
        (item, source, format!("{count} ticked"))
    };
    let items: Vec<(Item, String, String)> = ticks.options.iter().enumerate().map(item).collect();
    let form = match &ticks.separator {
        Some(separator) => format!("several of {}, with {} between them", items.len(), quoted(separator)),
        None => format!("several of {}, each in a column", items.len()),
    };
    let rare = match ticks.rare {
        0 => String::new(),
        1 => "; 1 rare text is taken for a write-in and left out".to_owned(),
        rare => format!("; {rare} rare texts are taken for write-ins and left out"),
    };
    let written = match ticks.write_ins {
        0 => "",
        _ => "; what respondents wrote beside an option is left out",
    };
    let joined: Vec<String> = ticks.joined.iter().map(|option| quoted(&brief(option))).collect();
    let joined = match joined.as_slice() {
        [] => String::new(),
        options => format!("; taken for one option, as its parts stand together: {}", options.join(" and ")),
    };
    Drafted { comment: format!("{form}; {says}{rare}{written}{joined}"), items, set: Some(key.to_owned()) }
}

/// The answers that several gave, and `"*"` for what only one or two did, who may have written it themselves.
fn frequent(answers: &[String], column: &Column) -> String {
    let is_frequent = |answer: &&String| {
        column.values.iter().any(|(value, count)| value == *answer && *count >= FEWEST)
            && !is_personal_level(answer)
    };
    let mut listed: Vec<String> = answers.iter().filter(is_frequent).cloned().collect();
    if listed.len() < answers.len() {
        listed.push(ALL_OTHERS.to_owned());
    }
    words(&listed)
}

/// `scale = [1, 5], points = { "满意" = 4 }`.
fn scaled(scale: &Scale) -> String {
    let (low, high) = scale.ends;
    let ends = format!("scale = [{low}, {high}]");
    if scale.words.is_empty() {
        return ends;
    }
    let points: Vec<String> =
        scale.words.iter().map(|(word, point)| format!("{} = {point}", quoted(word))).collect();
    format!("{ends}, points = {{ {} }}", points.join(", "))
}

/// `287 answered, 10 left it blank, 3 were not asked`.
fn says(column: &Column) -> String {
    let mut parts = vec![format!("{} answered", column.said)];
    if column.blank > 0 {
        parts.push(format!("{} left it blank", column.blank));
    }
    if column.not_asked > 0 {
        parts.push(format!("{} were not asked", column.not_asked));
    }
    parts.join(", ")
}

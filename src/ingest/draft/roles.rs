//! `[dataset.….columns]` of a draft: who respondents are, where they live and where they come from.

use std::cmp::Reverse;

use super::super::platforms::Meta;
use super::Seen;
use super::kind::Kind;
use super::people::Asked;
use super::question::Question;
use super::write::{brief, quoted};

/// The questions, by index, that tell where respondents live and where they come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    pub(super) city: Option<usize>,
    pub(super) origin: Option<usize>,
}

impl People {
    /// Of several questions the one that asks most plainly, then the first.
    pub(super) fn of(seen: &Seen) -> Self {
        Self { city: best(seen, city_asked), origin: best(seen, origin_asked) }
    }

    /// Whether the question is one of them.
    pub(super) fn has(self, index: usize) -> bool {
        self.city == Some(index) || self.origin == Some(index)
    }
}

fn city_asked(question: &Question) -> Option<Asked> {
    match &question.kind {
        Kind::City(city) => Some(city.asked),
        _ => None,
    }
}

fn origin_asked(question: &Question) -> Option<Asked> {
    match &question.kind {
        Kind::Origin(origin) => Some(origin.asked),
        _ => None,
    }
}

fn best(seen: &Seen, asked: fn(&Question) -> Option<Asked>) -> Option<usize> {
    let found = seen.questions.iter().enumerate();
    let found = found.filter_map(|(index, question)| Some((index, asked(question)?)));
    found.max_by_key(|&(index, asked)| (asked, Reverse(index))).map(|(index, _)| index)
}

/// The lines of the roles.
pub(super) fn roles(seen: &Seen, people: People) -> String {
    let mut lines = vec![respondent_id(seen), segment(seen, people), city(seen, people)];
    lines.extend(weight(seen));
    lines.push(String::new());
    lines.join("\n")
}

fn respondent_id(seen: &Seen) -> String {
    let column = |question: &Question| &seen.profile.columns[question.columns[0]];
    let ids: Vec<&Question> = seen.questions.iter().filter(|question| is_meta(question, Meta::Id)).collect();
    let is_id = |question: &&&Question| {
        let column = column(question);
        column.repeats == 0 && column.blank + column.not_asked == 0
    };
    match (ids.iter().find(is_id), ids.first()) {
        (Some(question), _) => format!("respondent_id = {}", quoted(&question.reference)),
        (None, Some(question)) => {
            let column = column(question);
            let why = match column.repeats {
                0 => format!("{} rows have no value", column.blank + column.not_asked),
                repeats => format!("{repeats} rows repeat a value"),
            };
            let name = brief(&question.reference);
            format!("respondent_id = \"#row\"  # {why} of {name}, so every row is taken for a respondent")
        }
        (None, None) => {
            "respondent_id = \"#row\"  # every row is a respondent; no column of ids was found".to_owned()
        }
    }
}

fn segment(seen: &Seen, people: People) -> String {
    let origin = people.origin.map(|index| &seen.questions[index]);
    let Some((question, Kind::Origin(origin))) = origin.map(|question| (question, &question.kind)) else {
        return "# MISSING: no question tells who is an expat. wxstats report compares segments; name the column:\n\
                # segment = { column = \"Q2\", levels = { \"中国\" = \"chinese\", \"*\" = \"expat\" } }"
            .to_owned();
    };
    let chinese: Vec<String> =
        origin.chinese.iter().map(|level| format!("{} = \"chinese\"", quoted(level))).collect();
    format!(
        "segment = {{ column = {}, levels = {{ {}, \"*\" = \"expat\" }} }}  # {}{}",
        quoted(&question.reference),
        chinese.join(", "),
        brief(&question.wording),
        doubt(seen, origin_asked, origin.asked)
    )
}

fn city(seen: &Seen, people: People) -> String {
    if let Some(question) = people.city.map(|index| &seen.questions[index]) {
        let asked = city_asked(question).unwrap_or(Asked::ByCells);
        let doubt = doubt(seen, city_asked, asked);
        return format!("city = {}  # {}{doubt}", quoted(&question.reference), brief(&question.wording));
    }
    let example = match seen.questions.iter().find(|question| is_meta(question, Meta::Address)) {
        Some(address) => {
            format!("Addresses have places, often the carrier's:\n# city = {}", quoted(&address.reference))
        }
        None => "Where all respondents live in one:\n# city = { value = \"Guangzhou\" }".to_owned(),
    };
    format!("# MISSING: no question about the city was found. {example}")
}

/// Why another question may be meant.
fn doubt(seen: &Seen, asked: fn(&Question) -> Option<Asked>, best: Asked) -> String {
    let rivals = seen.questions.iter().filter(|question| asked(question) == Some(best)).count() - 1;
    let guess = if best == Asked::ByCells { "; a guess from its cells alone" } else { "" };
    match rivals {
        0 => guess.to_owned(),
        1 => format!("{guess}; 1 other question could be meant: is it this one?"),
        _ => format!("{guess}; {rivals} other questions could be meant: is it this one?"),
    }
}

/// A column of weights, if every row has one.
fn weight(seen: &Seen) -> Option<String> {
    let question = seen.questions.iter().find(|question| is_meta(question, Meta::Weight))?;
    let column = &seen.profile.columns[question.columns[0]];
    let are_weights = column.blank + column.not_asked == 0
        && column.is_whole
        && column.numbers().is_some_and(|weights| weights.iter().all(|weight| *weight > 0.0));
    let reference = quoted(&question.reference);
    Some(if are_weights {
        format!("weight = {reference}")
    } else {
        format!("# weight = {reference}  # not every row has a weight above 0")
    })
}

/// Whether the column says this about the interview.
pub(super) fn is_meta(question: &Question, meta: Meta) -> bool {
    matches!(question.kind, Kind::Meta(found) if found == meta)
}

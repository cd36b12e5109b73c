//! What margins name that the sample does not have, and the other way round: every level with its place.

use super::figure::quantity;
use super::likeness::{folded, nearest, nearest_level};
use super::margin::LabelledMargin;
use super::population::{TOTAL_HINT, is_total};
use super::sample::{CodedMargin, Mismatch, NotInSample, uncovered};
use super::words::{did_you_mean, in_words, shown};
use crate::codebook::project::ProjectProblem;
use crate::estimate::calibrate::Scale;
use crate::tally::Tally;

/// What to do about levels without a respondent, or without one who has weight.
pub(super) const LEAVE_OUT: &str =
    "leave the level out, so that \"*\", or what the population's total leaves, covers it";

/// A margin that is of, or within, what the sample does not have. `known` are the survey's dimensions.
pub(super) fn unknown(margin: &LabelledMargin, what: &NotInSample, known: &[String]) -> ProjectProblem {
    let label = margin.label();
    match what {
        NotInSample::Dimension(name) => {
            let hint = match nearest_level("", name, known).as_slice() {
                [] => format!("its dimensions are {}", in_words(known, "and")),
                near => did_you_mean(near),
            };
            margin.place.problem(format!("{label}: the survey has no dimension {name}"), hint)
        }
        NotInSample::Level(dimension, level) => {
            let hint = match nearest_level(&dimension.name, level, &dimension.levels).as_slice() {
                [] => "leave the margin out, or weight a sample that has them".to_owned(),
                near => did_you_mean(near),
            };
            let level = shown(std::slice::from_ref(level));
            let message = format!("{label}: the sample has nobody in {} {level}", dimension.name);
            margin.place.problem(message, hint)
        }
    }
}

/// Respondents without persons while others have some: figures of both together would add persons to respondents.
pub(super) fn partly_in_persons(margins: &[CodedMargin], tally: &Tally) -> Option<ProjectProblem> {
    let in_persons: Vec<&CodedMargin> =
        margins.iter().filter(|coded| coded.margin.scale == Scale::Persons).collect();
    let first = &in_persons.first()?.margin;
    let uncovered = uncovered(tally, &in_persons);
    let who: Vec<String> = uncovered
        .iter()
        .map(|(levels, n)| {
            let level =
                |(name, level): &(String, String)| format!("{name} {}", shown(std::slice::from_ref(level)));
            let levels: Vec<String> = levels.iter().map(level).collect();
            format!("{} in {}", respondents(*n), levels.join(", "))
        })
        .collect();
    let problem = || {
        let message = format!(
            "{} is in persons, and {} are weighted to none: figures of all together would mean nothing",
            first.label(),
            in_words(&who, "and")
        );
        first.place.problem(message, "give persons for the others too, or shares in place of persons")
    };
    (!who.is_empty()).then(problem)
}

/// Levels that stand on one side only, of one margin.
pub(super) fn mismatches(margin: &CodedMargin, tally: &Tally) -> Vec<ProjectProblem> {
    let label = margin.margin.label();
    let mut mismatch = margin.mismatch(tally);
    let mut problems = Vec::new();
    for target in std::mem::take(&mut mismatch.missing) {
        let labelled = &margin.margin.targets[target];
        problems.push(if let Some(levels) = &labelled.levels {
            let hint = missing_hint(&margin.margin, levels, &mut mismatch);
            labelled.place.problem(format!("{label}: the sample has nobody in {}", shown(levels)), hint)
        } else {
            let total = match margin.margin.scale {
                Scale::Persons => format!("{} persons", quantity(labelled.total)),
                Scale::Shares => "a share".to_owned(),
            };
            labelled.place.problem(
                format!("{label}: {total} are left to levels that are not listed, and the sample has nobody there"),
                "to weight to the listed levels only, leave out \"*\", or the population's row with the level left blank",
            )
        });
    }
    if !mismatch.unlisted.is_empty() {
        let counts: Vec<String> = mismatch
            .unlisted
            .iter()
            .map(|(levels, n)| format!("{} in {}", respondents(*n), shown(levels)))
            .collect();
        let them = if counts.len() == 1 { "it" } else { "them" };
        problems.push(margin.margin.place.problem(
            format!("{label}: the sample has {}, and the targets do not list {them}", in_words(&counts, "and")),
            "add a target, or \"*\" for all others (in a population file, a row with the level left blank: the total)",
        ));
    }
    problems
}

/// What to write for levels that nobody has. Where that is certain, the levels that were meant no longer count as
/// unlisted.
fn missing_hint(margin: &LabelledMargin, levels: &[String], mismatch: &mut Mismatch) -> String {
    let near = nearest(&margin.by, levels, &mismatch.unnamed);
    let sorted = |levels: &[String]| {
        let mut sorted: Vec<String> = levels.iter().map(|level| folded(level)).collect();
        sorted.sort();
        sorted
    };
    let turned = mismatch.unnamed.iter().find(|unnamed| sorted(unnamed) == sorted(levels));
    let (hint, meant) = match (near.as_slice(), turned) {
        ([], Some(turned)) => {
            (format!("the order is {}: write {}", margin.by.join("*"), shown(turned)), Some(turned.clone()))
        }
        ([], None) if levels.iter().any(|level| is_total(level)) => (TOTAL_HINT.to_owned(), None),
        ([], None) => (LEAVE_OUT.to_owned(), None),
        (near, _) => {
            let names: Vec<String> = near.iter().map(|levels| shown(levels)).collect();
            (did_you_mean(&names), if let [only] = near { Some(only.to_vec()) } else { None })
        }
    };
    mismatch.unlisted.retain(|(levels, _)| Some(levels) != meant.as_ref());
    hint
}

fn respondents(n: u64) -> String {
    format!("{n} respondent{}", if n == 1 { "" } else { "s" })
}

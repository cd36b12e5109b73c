//! Rows of a population file that no margin takes a target from.

use std::collections::BTreeSet;

use super::likeness::nearest_level;
use super::margin::LabelledMargin;
use super::place::Place;
use super::population::{Population, PopulationRow, TOTAL_HINT, is_total};
use super::words::did_you_mean;
use crate::codebook::project::{Figures, MarginBook, ProjectProblem, WeightingBook};
use crate::tally::Tally;

/// A row of the population file that belongs to no margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedRow {
    /// Where it stands.
    pub place: Place,
    /// Its levels (dimension, level key) that no margin has as a target or is within. Cities are not among them, nor are
    /// the segments expat and chinese: these are no slips, whether a survey asks there or not.
    pub unlisted: Vec<(String, String)>,
    /// The dimension and level within which no margin has its targets here, where one within another level of the dimension
    /// has rows such as this one.
    pub outside: Option<(String, String)>,
}

/// The rows of which neither `book` nor one of the `others` with the same population file makes use. `margins` are the
/// margins of `book`.
pub(super) fn unused(
    book: &WeightingBook,
    others: &[&WeightingBook],
    margins: &[LabelledMargin],
    population: &Population,
) -> Vec<UnusedRow> {
    let sharing = others.iter().filter(|other| other.population == book.population);
    let all: Vec<&MarginBook> = book.margins.iter().chain(sharing.flat_map(|other| &other.margins)).collect();
    let known = listed(&all, margins);
    let uses = |row: &PopulationRow| {
        let mut readers = all.iter().filter(|margin| margin.figures == Figures::Population);
        readers.any(|margin| population.part(row, &margin.by, margin.within.as_ref()).is_some())
    };
    let of_row = |row: &PopulationRow| {
        let levels = population.dimensions.iter().zip(&row.levels);
        let levels = levels.filter_map(|(dimension, level)| Some((dimension.clone(), level.clone()?)));
        UnusedRow {
            place: row.place(&population.file),
            unlisted: levels.filter(|level| !is_standard(level) && !known.contains(level)).collect(),
            outside: outside(&all, population, row),
        }
    };
    population.rows.iter().filter(|row| !uses(row)).map(of_row).collect()
}

/// Whether a level is known wherever it stands.
fn is_standard((dimension, level): &(String, String)) -> bool {
    dimension == "city" || (dimension == "segment" && (level == "expat" || level == "chinese"))
}

/// Every dimension and level that a margin is within, or has a target for.
fn listed(all: &[&MarginBook], margins: &[LabelledMargin]) -> BTreeSet<(String, String)> {
    let within = all.iter().filter_map(|margin| margin.within.clone());
    let targets = margins.iter().flat_map(|margin| {
        let levels = margin.targets.iter().filter_map(|target| target.levels.as_ref());
        levels.flat_map(|levels| margin.by.iter().cloned().zip(levels.iter().cloned()))
    });
    within.chain(targets).collect()
}

/// The level of the row within which a margin would make use of it, if none is within that level.
fn outside(all: &[&MarginBook], population: &Population, row: &PopulationRow) -> Option<(String, String)> {
    let readers: Vec<&&MarginBook> =
        all.iter().filter(|margin| margin.figures == Figures::Population).collect();
    let mut levels = readers.iter().filter_map(|margin| {
        let (dimension, _) = margin.within.as_ref()?;
        let column = population.dimensions.iter().position(|known| known == dimension)?;
        let within = (dimension.clone(), row.levels[column].clone()?);
        let is_there = |other: &&&MarginBook| other.within.as_ref() == Some(&within);
        let would_use = population.part(row, &margin.by, Some(&within)).is_some();
        (would_use && !readers.iter().any(is_there)).then_some(within)
    });
    levels.next()
}

impl UnusedRow {
    /// What is wrong when the sample does not know its levels either: a slip that would lose a target.
    pub(super) fn strangers(&self, tally: &Tally) -> Vec<ProjectProblem> {
        let unknown = self.unlisted.iter().filter_map(|(name, level)| {
            let dimension = tally.dimensions.iter().find(|dimension| dimension.name == *name)?;
            if dimension.levels.contains(level) {
                return None;
            }
            let hint = match nearest_level(name, level, &dimension.levels).as_slice() {
                [] if is_total(level) => TOTAL_HINT.to_owned(),
                [] => "correct it, or leave the row out".to_owned(),
                near => did_you_mean(near),
            };
            let message = format!("{name} {level}: nobody in the sample has it, and no margin lists it");
            Some(self.place.problem(message, hint))
        });
        unknown.collect()
    }
}

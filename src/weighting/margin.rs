//! A margin with all its targets by label, wherever they come from.

use std::collections::BTreeSet;

use crate::codebook::clean;
use crate::codebook::project::{Figures, MarginBook, ProjectProblem, TargetBook, Unit};
use crate::estimate::calibrate::Scale;

use super::figure::quantity;
use super::likeness::nearest_level;
use super::place::Place;
use super::population::{Part, Population, PopulationRow};
use super::rest::remainder;
use super::words::did_you_mean;

/// A margin of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledMargin {
    /// The dimension, or several whose combinations have targets.
    pub by: Vec<String>,
    /// The margin covers only respondents on all of these (dimension, level key).
    pub within: Vec<(String, String)>,
    /// What the targets' numbers mean.
    pub scale: Scale,
    /// The targets; not empty.
    pub targets: Vec<LabelledTarget>,
    /// Where the codebook asks for it.
    pub place: Place,
}

/// The target of one level, or of one combination of levels.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTarget {
    /// A level key for each of [`LabelledMargin::by`]; `None`: all that no other target names.
    pub levels: Option<Vec<String>>,
    /// As [`LabelledMargin::scale`] says.
    pub total: f64,
    /// Where it stands.
    pub place: Place,
}

impl LabelledMargin {
    /// The margin that the codebook means, which messages show as `file`. The population must be given if the codebook
    /// names one.
    pub(super) fn new(
        book: &MarginBook,
        file: &str,
        population: Option<&Population>,
    ) -> Result<Self, ProjectProblem> {
        let place = Place::new(file, book.at);
        let (scale, targets) = match (&book.figures, population) {
            (Figures::Listed { unit, targets }, _) => {
                let scale = match unit {
                    Unit::Persons => Scale::Persons,
                    Unit::Shares => Scale::Shares,
                };
                let labelled = |target: &TargetBook| LabelledTarget {
                    levels: target.levels.clone(),
                    total: target.total,
                    place: Place::new(file, target.at),
                };
                (scale, targets.iter().map(labelled).collect())
            }
            (Figures::Population, Some(population)) => {
                (Scale::Persons, in_population(book, &place, population)?)
            }
            (Figures::Population, None) => (Scale::Persons, Vec::new()),
        };
        let within = book.within.iter().cloned().collect();
        Ok(Self { by: book.by.clone(), within, scale, targets, place })
    }

    /// The margin for messages: `margin city within segment expat`.
    #[must_use]
    pub fn label(&self) -> String {
        let within: Vec<String> =
            self.within.iter().map(|(dimension, level)| format!("{dimension} {level}")).collect();
        let of = if within.is_empty() { String::new() } else { format!(" within {}", within.join(", ")) };
        clean(&format!("margin {}{of}", self.by.join("*")))
    }
}

/// Targets from the rows that belong to the margin, which the codebook asks for at `place`. Levels that are not listed
/// share what is left of the total.
fn in_population(
    book: &MarginBook,
    place: &Place,
    population: &Population,
) -> Result<Vec<LabelledTarget>, ProjectProblem> {
    let mut names = book.by.iter().chain(book.within.iter().map(|(dimension, _)| dimension));
    if let Some(missing) = names.find(|name| !population.dimensions.contains(name)) {
        let message = format!("{} needs a column {missing} in {}", book.label(), population.file);
        let hint = format!("its columns are {}", population.dimensions.join(", "));
        return Err(place.problem(message, hint));
    }
    let mut targets: Vec<LabelledTarget> = Vec::new();
    let mut whole: Option<&PopulationRow> = None;
    for row in &population.rows {
        match population.part(row, &book.by, book.within.as_ref()) {
            Some(Part::Target(levels)) => targets.push(LabelledTarget {
                levels: Some(levels),
                total: row.persons,
                place: row.place(&population.file),
            }),
            Some(Part::Total) => whole = Some(row),
            None => {}
        }
    }
    if targets.is_empty() {
        let message = format!("there are no rows for {} in {}", book.label(), population.file);
        return Err(place.problem(message, no_rows_hint(book, population)));
    }
    if let Some(whole) = whole {
        let sum: f64 = targets.iter().map(|target| target.total).sum();
        let place = whole.place(&population.file);
        let rest = remainder(whole.persons, sum).ok_or_else(|| {
            let (sum, total) = (quantity(sum), quantity(whole.persons));
            let message = format!("{} adds up to {sum} persons, more than the {total} in all", book.label());
            place.problem(message, "a row with its level left blank is the total of the others")
        })?;
        targets.extend(rest.map(|total| LabelledTarget { levels: None, total, place }));
    }
    Ok(targets)
}

/// The level that was meant where the file does not know that of the margin, or else which rows a margin has.
fn no_rows_hint(book: &MarginBook, population: &Population) -> String {
    if let Some((dimension, level)) = &book.within {
        let column = population.dimensions.iter().position(|known| known == dimension);
        let levels = population.rows.iter().filter_map(|row| row.levels[column?].clone());
        let known: Vec<String> = levels.collect::<BTreeSet<String>>().into_iter().collect();
        let near = nearest_level(dimension, level, &known);
        if !known.contains(level) && !near.is_empty() {
            return did_you_mean(&near);
        }
    }
    format!("its rows fill in {} and leave the other dimensions blank", own_dimensions(book))
}

fn own_dimensions(book: &MarginBook) -> String {
    let within = book.within.iter().map(|(dimension, _)| dimension.as_str());
    within.chain(book.by.iter().map(String::as_str)).collect::<Vec<_>>().join(" and ")
}

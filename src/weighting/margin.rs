//! A margin with all its targets by label, wherever they come from.

use crate::codebook::clean;
use crate::codebook::project::{Figures, MarginBook, ProjectProblem, Unit};
use crate::estimate::calibrate::Scale;

use super::figure::quantity;
use super::population::{Population, PopulationRow};

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
}

/// The target of one level, or of one combination of levels.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTarget {
    /// A level key for each of [`LabelledMargin::by`]; `None`: all that no other target names.
    pub levels: Option<Vec<String>>,
    /// As [`LabelledMargin::scale`] says.
    pub total: f64,
}

impl LabelledMargin {
    /// The margin that the codebook means. The population must be given if the codebook names one.
    pub(super) fn new(book: &MarginBook, population: Option<&Population>) -> Result<Self, ProjectProblem> {
        let (scale, targets) = match (&book.figures, population) {
            (Figures::Listed { unit, targets }, _) => {
                let scale = match unit {
                    Unit::Persons => Scale::Persons,
                    Unit::Shares => Scale::Shares,
                };
                let labelled = targets
                    .iter()
                    .map(|target| LabelledTarget { levels: target.levels.clone(), total: target.total });
                (scale, labelled.collect())
            }
            (Figures::Population, Some(population)) => (Scale::Persons, in_population(book, population)?),
            (Figures::Population, None) => (Scale::Persons, Vec::new()),
        };
        let within = book.within.iter().cloned().collect();
        Ok(Self { by: book.by.clone(), within, scale, targets })
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

/// Targets from the rows that fill in exactly the margin's dimensions. The row that leaves those of `by` blank is their
/// total, of which the levels that are not listed share what is left.
fn in_population(book: &MarginBook, population: &Population) -> Result<Vec<LabelledTarget>, ProjectProblem> {
    let column = |name: &String| population.dimensions.iter().position(|known| known == name);
    let problem = |line, message, hint| ProjectProblem {
        file: population.file.clone(),
        line,
        column: 1,
        message,
        hint: Some(hint),
    };
    let within_name = book.within.iter().map(|(dimension, _)| dimension);
    if let Some(missing) = book.by.iter().chain(within_name).find(|name| column(name).is_none()) {
        let message = format!("{} needs a column {missing}", book.label());
        return Err(problem(1, message, format!("the columns are {}", population.dimensions.join(", "))));
    }
    let by: Vec<usize> = book.by.iter().filter_map(column).collect();
    let within: Vec<(usize, &String)> =
        book.within.iter().filter_map(|(name, level)| Some((column(name)?, level))).collect();
    let is_inside = |row: &&PopulationRow| {
        let is_on = |&(column, level): &(usize, &String)| row.levels[column].as_ref() == Some(level);
        let is_own = |column: usize| by.contains(&column) || within.iter().any(|&(own, _)| own == column);
        within.iter().all(is_on) && (0..row.levels.len()).all(|at| row.levels[at].is_none() || is_own(at))
    };
    let mut targets: Vec<LabelledTarget> = Vec::new();
    let mut whole: Option<&PopulationRow> = None;
    for row in population.rows.iter().filter(is_inside) {
        let own: Vec<&String> = by.iter().filter_map(|&column| row.levels[column].as_ref()).collect();
        if own.is_empty() {
            whole = Some(row);
        } else if own.len() == by.len() {
            let levels = Some(own.into_iter().cloned().collect());
            targets.push(LabelledTarget { levels, total: row.persons });
        }
    }
    if targets.is_empty() {
        let hint = format!("its rows fill in {} and leave the other dimensions blank", own_dimensions(book));
        return Err(problem(1, format!("there are no rows for {}", book.label()), hint));
    }
    if let Some(whole) = whole {
        let sum: f64 = targets.iter().map(|target| target.total).sum();
        let rest = remainder(whole.persons, sum).ok_or_else(|| {
            let (sum, total) = (quantity(sum), quantity(whole.persons));
            let message = format!("{} adds up to {sum} persons, more than the {total} in all", book.label());
            problem(
                whole.line,
                message,
                "a row with its level left blank is the total of the others".to_owned(),
            )
        })?;
        targets.extend(rest.map(|total| LabelledTarget { levels: None, total }));
    }
    Ok(targets)
}

/// What the total leaves to others, if anything. `None` when it is less than the sum.
#[expect(clippy::option_option, reason = "less than nothing, nothing, or something")]
fn remainder(total: f64, sum: f64) -> Option<Option<f64>> {
    /// Persons that differ by less than this share of the total are the same.
    const SAME: f64 = 1e-9;
    let rest = total - sum;
    if rest < -SAME * total { None } else { Some((rest > SAME * total).then_some(rest)) }
}

fn own_dimensions(book: &MarginBook) -> String {
    let within = book.within.iter().map(|(dimension, _)| dimension.as_str());
    within.chain(book.by.iter().map(String::as_str)).collect::<Vec<_>>().join(" and ")
}

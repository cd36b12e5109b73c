//! [`Cells`](crate::tally::Cells), with or without calibrated weights ([`calibrate`]) → [`Estimates`]: design-based rates, gaps, letters and tests.
//!
//! Pure: no I/O, no polars, no labels; levels and items are codes. Every way in which a figure cannot be had is a
//! [`NotEstimable`] with its reason; no NaN leaves this room. Formulas: `docs/METHODS.md`.

mod beta;
pub mod calibrate;
mod comparison;
mod correction;
mod covariance;
mod design;
mod domain;
mod fisher;
mod flag;
mod gap;
mod interval;
mod letters;
mod loader;
mod matrix;
mod mover;
mod proportion;
mod rao_scott;
mod ratio;
mod request;
mod residual;
mod result;
mod student;
mod variance;

use comparison::Comparison;
pub use design::Design;
use design::Sample;
use domain::Domain;
pub use letters::letter;
use proportion::Figure;
pub use request::*;
pub use result::*;

/// Estimates the rate of every item in every domain, and the gaps, letters and tests that are asked for.
///
/// The domains are the combinations of levels that occur on [`Request::by`]. A gap one of whose sides has no
/// respondent at all is [`NotEstimable::Empty`]; pairs stand in the order of [`Compare::pairs`].
///
/// `design` is the cells themselves, or a [`Design`] with a calibration of their weights.
///
/// `settings.level` must lie in (0, 1), and `request` must name dimensions that `cells` has.
#[must_use]
pub fn estimate<'a>(design: impl Into<Design<'a>>, request: &Request, settings: &Settings) -> Estimates {
    let sample = &Sample::new(design.into(), settings);
    let cells = sample.cells;
    let domains = Domain::all(cells, &request.by);
    let figures: Vec<Vec<Figure>> = domains
        .iter()
        .map(|domain| (0..cells.items).map(|item| Figure::of(sample, domain, item)).collect())
        .collect();
    let mut rates: Vec<RateRow> = domains
        .iter()
        .zip(&figures)
        .flat_map(|(domain, figures)| {
            figures.iter().enumerate().map(|(item, figure)| figure.row(&domain.levels, item, settings))
        })
        .collect();
    let comparison = Comparison { sample, domains: &domains, figures: &figures, settings };
    if let Some(position) = request.letters {
        comparison.letter(position, &mut rates);
    }
    let gaps = request.compare.as_ref().map_or_else(Vec::new, |compare| comparison.gaps(compare));
    let tests = request.test.map_or_else(Vec::new, |position| comparison.tests(position));
    Estimates { rates, gaps, tests }
}

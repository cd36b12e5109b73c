//! [`Cells`] → [`Estimates`]: design-based rates and gaps.
//!
//! Pure: no I/O, no polars, no labels; levels and items are codes. Every way in which a figure cannot be had is a
//! [`NotEstimable`] with its reason; no NaN leaves this room. Formulas: `docs/METHODS.md`.

mod beta;
mod correction;
mod domain;
mod flag;
mod gap;
mod interval;
mod loader;
mod mover;
mod proportion;
mod result;
mod student;
mod variance;

use crate::tally::Cells;
use domain::Domain;
use gap::Sides;
use proportion::Figure;
pub use result::*;

/// Estimates the rate of every item in every domain, and the gaps that are asked for.
///
/// The domains are the combinations of levels that occur on [`Request::by`]. A gap one of whose sides has no
/// respondent at all is [`NotEstimable::Empty`]; pairs stand in the order of [`Compare::pairs`].
///
/// `settings.level` must lie in (0, 1), and `request` must name dimensions that `cells` has.
#[must_use]
pub fn estimate(cells: &Cells, request: &Request, settings: &Settings) -> Estimates {
    let domains = Domain::all(cells, &request.by);
    let figures: Vec<Vec<Figure>> = domains
        .iter()
        .map(|domain| (0..cells.items).map(|item| Figure::of(cells, domain, item)).collect())
        .collect();
    let rates = domains
        .iter()
        .zip(&figures)
        .flat_map(|(domain, figures)| {
            figures.iter().enumerate().map(|(item, figure)| figure.row(&domain.levels, item, settings))
        })
        .collect();
    let mut gaps = request.compare.as_ref().map_or_else(Vec::new, |compare| {
        Sides { cells, domains: &domains, figures: &figures, settings }.gaps(compare)
    });
    correction::adjust(&mut gaps, settings.correction);
    Estimates { rates, gaps }
}

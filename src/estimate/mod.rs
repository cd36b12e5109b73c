//! [`Cells`](crate::tally::Cells), with or without calibrated weights ([`calibrate`]) → [`Estimates`]: design-based
//! figures, gaps, letters and tests.
//!
//! Pure: no I/O, no polars, no labels; levels and classes are codes. Every way in which a figure cannot be had is a
//! [`NotEstimable`] with its reason; no NaN leaves this room. Formulas: `docs/METHODS.md`.

mod beta;
pub mod calibrate;
mod comparison;
mod contrast;
mod correction;
mod covariance;
mod design;
mod domain;
mod figure;
mod fisher;
mod flag;
mod gap;
mod independent;
mod interval;
mod letters;
mod linear;
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
pub use contrast::{Contrast, Contrasted, Single, Subject, Trial, contrasts, detectable, t_quantile};
pub use correction::adjusted;
pub use design::Design;
use design::Sample;
use domain::Domain;
use figure::Figure;
pub use independent::{Reported, independent_gap};
pub use letters::letter;
pub use request::*;
pub use result::*;

/// Estimates what every request asks for: each of its measures in each of its domains, and gaps, letters and tests.
///
/// The domains are the combinations of levels that occur on [`Request::by`]. A gap one of whose sides has no
/// respondent at all is [`NotEstimable::Empty`]; pairs stand in the order of [`Compare::pairs`]. The gaps of all
/// requests together are one family of tests.
///
/// `design` is the cells themselves, or a [`Design`] with a calibration of their weights.
///
/// `settings.level` must lie in (0, 1), and the requests must name dimensions and variables that the cells have, with a
/// role for every class.
#[must_use]
pub fn estimate<'a>(
    design: impl Into<Design<'a>>,
    requests: &[Request],
    settings: &Settings,
) -> Vec<Estimates> {
    let sample = Sample::new(design.into(), settings);
    let mut all: Vec<Estimates> =
        requests.iter().map(|request| estimate_one(&sample, request, settings)).collect();
    gap::adjust(all.iter_mut().flat_map(|estimates| &mut estimates.gaps), settings.correction);
    all
}

/// One request, without the correction of its gaps.
fn estimate_one(sample: &Sample<'_>, request: &Request, settings: &Settings) -> Estimates {
    let domains = Domain::all(sample.cells, &request.by, request.within);
    let figures: Vec<Vec<Figure>> = domains
        .iter()
        .map(|domain| request.measures.iter().map(|measure| Figure::of(sample, domain, measure)).collect())
        .collect();
    let mut rows: Vec<EstimateRow> = domains
        .iter()
        .zip(&figures)
        .flat_map(|(domain, figures)| {
            let figures = figures.iter().enumerate();
            figures.map(|(measure, figure)| figure.row(&domain.levels, measure, settings))
        })
        .collect();
    let measures = request.measures.len();
    let points: Vec<Option<f64>> = request.measures.iter().map(|measure| measure.point).collect();
    let comparison =
        Comparison { sample, domains: &domains, figures: &figures, measures, points: &points, settings };
    if let Some(position) = request.letters {
        comparison.letter(position, &mut rows);
    }
    let gaps = request.compare.as_ref().map_or_else(Vec::new, |compare| comparison.gaps(compare));
    let tests = request.test.map_or_else(Vec::new, |position| comparison.tests(position));
    Estimates { rows, gaps, tests }
}

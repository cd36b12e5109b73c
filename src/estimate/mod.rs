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
mod median;
mod mover;
mod proportion;
mod rao_scott;
mod ratio;
mod request;
mod residual;
mod result;
mod student;
mod variance;

use rayon::prelude::*;

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
    estimate_apart(&[design.into()], requests, settings)
}

/// The same of measures that stand in several tallies of one plan: their [`Measure::tally`] says in which of the designs. The
/// designs have the same dimensions with the same levels.
#[must_use]
pub fn estimate_apart(designs: &[Design<'_>], requests: &[Request], settings: &Settings) -> Vec<Estimates> {
    let samples: Vec<Sample<'_>> = designs.iter().map(|design| Sample::new(*design, settings)).collect();
    let mut all: Vec<Estimates> =
        requests.iter().map(|request| estimate_one(&samples, request, settings)).collect();
    gap::adjust(all.iter_mut().flat_map(|estimates| &mut estimates.gaps), settings.correction);
    for (request, estimates) in requests.iter().zip(&mut all) {
        if let Some(Letters { position, family: Family::Gaps }) = request.letters {
            letters::of_gaps(position, estimates, settings);
        }
    }
    all
}

/// One request, without the correction of its gaps. Measures are estimated side by side, and what a figure rests on is
/// forgotten once its measure is done: with many PSUs it is most of the memory.
fn estimate_one(samples: &[Sample<'_>], request: &Request, settings: &Settings) -> Estimates {
    let domains = |sample: &Sample<'_>| Domain::all(sample.cells, &request.by, request.within);
    let by_tally: Vec<Vec<Domain>> = samples.par_iter().map(domains).collect();
    let measures = request.measures.par_iter().enumerate();
    let of_measures: Vec<Estimates> = measures
        .map(|(index, measure)| {
            let (sample, domains) = (&samples[measure.tally], &by_tally[measure.tally]);
            let figures: Vec<Figure> =
                domains.iter().map(|domain| Figure::of(sample, domain, measure)).collect();
            let row = |(domain, figure): (&Domain, &Figure)| figure.row(&domain.levels, index, settings);
            let mut rows: Vec<EstimateRow> = domains.iter().zip(&figures).map(row).collect();
            let comparison = Comparison {
                sample,
                domains,
                figures: &figures,
                measure: index,
                point: measure.point,
                settings,
            };
            if let Some(Letters { position, family: Family::Row }) = request.letters {
                comparison.letter(position, &mut rows);
            }
            let gaps = request.compare.as_ref().map_or_else(Vec::new, |compare| comparison.gaps(compare));
            let tests = request.test.map_or_else(Vec::new, |position| comparison.tests(position));
            Estimates { rows, gaps, tests }
        })
        .collect();
    let (mut rows, mut gaps, mut tests) = (Vec::new(), Vec::new(), Vec::new());
    for estimates in of_measures {
        rows.push(estimates.rows);
        gaps.push(estimates.gaps);
        tests.push(estimates.tests);
    }
    Estimates { rows: by_measure_last(rows), gaps: by_measure_last(gaps), tests: by_measure_last(tests) }
}

/// The rows of every measure, which are as many for each: the first of all measures, then the second …
fn by_measure_last<T>(of_measures: Vec<Vec<T>>) -> Vec<T> {
    let mut of_measures: Vec<_> = of_measures.into_iter().map(Vec::into_iter).collect();
    let mut rows = Vec::new();
    while let Some(first) = of_measures.first_mut().and_then(Iterator::next) {
        rows.push(first);
        rows.extend(of_measures.iter_mut().skip(1).filter_map(Iterator::next));
    }
    rows
}

//! The diagnosis as JSON, schema `wxstats.weight/1`: stable names, full precision.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codebook::{Lang, Names};
use crate::estimate::calibrate::{Scale, Weights};
use crate::writing;

use super::diagnosis::{Diagnosis, Line, MarginDiagnosis};
use super::words::{code, warning};

/// The diagnosis as pretty-printed JSON with a final newline. Warnings are in `lang`, with a code; all else is the same
/// in every language.
///
/// # Errors
/// Only when a figure is not finite, which calibration rules out.
pub fn json(diagnosis: &Diagnosis, names: &Names, lang: Lang) -> serde_json::Result<String> {
    let document = Document {
        schema: "wxstats.weight/1",
        weights: diagnosis.weighting.settings(),
        bounds: diagnosis.weighting.bounds.map(|(lower, upper)| (lower, upper.is_finite().then_some(upper))),
        cycles: diagnosis.cycles,
        n: diagnosis.n,
        before: WeightsView::new(&diagnosis.before),
        after: WeightsView::new(&diagnosis.after),
        factor: FactorView { min: diagnosis.g.0, mean: diagnosis.mean_g, max: diagnosis.g.1 },
        domain: diagnosis.domain.as_ref().map(|domain| DomainView {
            filter: &domain.filter,
            n: domain.n,
            before: WeightsView::new(&domain.before),
            after: WeightsView::new(&domain.after),
        }),
        margins: diagnosis.margins.iter().map(MarginView::new).collect(),
        warnings: diagnosis
            .warnings
            .iter()
            .map(|found| WarningView {
                code: code(found),
                message: warning(found, diagnosis, names).get(lang).to_owned(),
            })
            .collect(),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    weights: String,
    /// An upper limit of `null` is none.
    bounds: Option<(f64, Option<f64>)>,
    cycles: u32,
    n: u64,
    before: WeightsView,
    after: WeightsView,
    factor: FactorView,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<DomainView<'a>>,
    margins: Vec<MarginView<'a>>,
    warnings: Vec<WarningView>,
}

#[derive(Serialize)]
struct WeightsView {
    sum: f64,
    deff: f64,
    n_eff: f64,
}

impl WeightsView {
    fn new(weights: &Weights) -> Self {
        Self { sum: weights.sum, deff: weights.deff, n_eff: weights.effective_n }
    }
}

/// Those for whom a filter holds.
#[derive(Serialize)]
struct DomainView<'a> {
    filter: &'a str,
    n: u64,
    before: WeightsView,
    after: WeightsView,
}

#[derive(Serialize)]
struct FactorView {
    min: f64,
    mean: f64,
    max: f64,
}

#[derive(Serialize)]
struct MarginView<'a> {
    by: &'a [String],
    within: BTreeMap<&'a str, &'a str>,
    scale: &'static str,
    n: u64,
    target: f64,
    before: f64,
    after: f64,
    targets: Vec<TargetView<'a>>,
}

impl<'a> MarginView<'a> {
    fn new(diagnosis: &'a MarginDiagnosis) -> Self {
        let (margin, whole) = (&diagnosis.margin, &diagnosis.whole);
        let targets = margin.targets.iter().zip(&diagnosis.targets);
        Self {
            by: &margin.by,
            within: margin.within.iter().map(|(name, level)| (name.as_str(), level.as_str())).collect(),
            scale: match margin.scale {
                Scale::Persons => "persons",
                Scale::Shares => "shares",
            },
            n: whole.n,
            target: whole.target,
            before: whole.before,
            after: whole.after,
            targets: targets
                .map(|(target, line)| TargetView::new(target.levels.as_deref(), line, whole))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct TargetView<'a> {
    /// In the order of the margin's `by`; `null`: all others.
    levels: Option<&'a [String]>,
    n: u64,
    target: f64,
    before: f64,
    after: f64,
    target_share: f64,
    before_share: f64,
    after_share: f64,
    factor: f64,
}

impl<'a> TargetView<'a> {
    fn new(levels: Option<&'a [String]>, line: &Line, whole: &Line) -> Self {
        Self {
            levels,
            n: line.n,
            target: line.target,
            before: line.before,
            after: line.after,
            target_share: line.target / whole.target,
            before_share: line.before / whole.before,
            after_share: line.after / whole.after,
            factor: line.g(),
        }
    }
}

#[derive(Serialize)]
struct WarningView {
    code: &'static str,
    message: String,
}

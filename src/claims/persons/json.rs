//! [`Expansion`]s as JSON, schema `wxstats.persons/1`: unrounded persons.

use serde::Serialize;

use super::{Expansion, Rate, spelt};
use crate::estimate::Settings;
use crate::writing;

/// The persons as one pretty-printed JSON document with a final newline, where `file` says how many there are.
///
/// # Errors
/// Only when a figure is not finite, which the estimators rule out.
pub fn persons_json(expansions: &[Expansion], file: &str, settings: &Settings) -> serde_json::Result<String> {
    let document = Document {
        schema: "wxstats.persons/1",
        population: file,
        level: settings.level,
        interval: settings.interval.key(),
        rows: expansions.iter().map(RowView::new).collect(),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    population: &'a str,
    level: f64,
    interval: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    line: u64,
    /// Of a rest: the levels of those whom it leaves out, such as `city=Guangzhou`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without: Vec<String>,
    population: f64,
    n: Option<u64>,
    rate: Option<f64>,
    persons: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    reason: Option<String>,
}

impl RowView {
    fn new(expansion: &Expansion) -> Self {
        let (rate, populace) = (expansion.rate.as_ref().ok(), &expansion.populace);
        let persons = |of: fn(&Rate) -> f64| rate.map(|rate| of(rate) * populace.persons);
        Self {
            label: expansion.label().en,
            line: populace.line,
            without: populace.without.iter().map(spelt).collect(),
            population: populace.persons,
            n: rate.map(|rate| rate.n),
            rate: rate.map(|rate| rate.value),
            persons: persons(|rate| rate.value),
            ci_low: persons(|rate| rate.interval.0),
            ci_high: persons(|rate| rate.interval.1),
            reason: expansion.why().map(|why| why.en),
        }
    }
}

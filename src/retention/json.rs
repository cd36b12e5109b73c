//! Retention as JSON, schema `wxstats.retention/1`: stable names, full precision.

use serde::Serialize;

use super::{Cell, Cohort, Group, Retention, length_key, unseen_key};
use crate::codebook::Lang;
use crate::table::{By, MarkCode, SourceView};
use crate::writing;

/// All of it as pretty-printed JSON with a final newline. The notes are in `lang`; all else is the same in every language.
///
/// # Errors
/// Never in practice: all figures are finite.
pub fn json(retention: &Retention, lang: Lang) -> serde_json::Result<String> {
    let settings = &retention.settings;
    let document = Document {
        schema: "wxstats.retention/1",
        source: SourceView::all(&retention.sources),
        settings: SettingsView {
            level: settings.level,
            interval: settings.interval.key(),
            weights: &retention.weights,
            disclosure: retention.disclosure.key(),
            filter: retention.filter.as_ref().map(|filter| filter.key.as_str()),
            period: length_key(retention.period),
            reach: retention.reach,
            active: retention.active.as_ref().map(|item| format!("{}.{}", item.feature.key, item.action.key)),
        },
        cohorts: retention
            .groups
            .iter()
            .flat_map(|group| group.cohorts.iter().map(|cohort| CohortView::new(retention, group, cohort)))
            .collect(),
        curves: retention.groups.iter().map(|group| CurveView::new(retention, group)).collect(),
        notes: retention.notes.iter().map(|note| note.get(lang)).collect(),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    source: Vec<SourceView<'a>>,
    settings: SettingsView<'a>,
    cohorts: Vec<CohortView<'a>>,
    curves: Vec<CurveView<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct SettingsView<'a> {
    level: f64,
    interval: &'static str,
    weights: &'a str,
    disclosure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
    period: &'static str,
    reach: u32,
    /// The item that being active is; `null`: anything.
    active: Option<String>,
}

#[derive(Serialize)]
struct CohortView<'a> {
    by: By<'a>,
    cohort: &'a str,
    /// Whether it is the log's first period, so that some joined before.
    first: bool,
    users: u64,
    points: Vec<PointView>,
}

impl<'a> CohortView<'a> {
    fn new(retention: &'a Retention, group: &'a Group, cohort: &'a Cohort) -> Self {
        Self {
            by: By::new(retention.by.iter().zip(&group.levels)),
            cohort: &cohort.label,
            first: cohort.is_first,
            users: cohort.users,
            points: cohort.cells.iter().map(PointView::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct CurveView<'a> {
    by: By<'a>,
    points: Vec<PointView>,
}

impl<'a> CurveView<'a> {
    fn new(retention: &'a Retention, group: &'a Group) -> Self {
        let by = By::new(retention.by.iter().zip(&group.levels));
        Self { by, points: group.curve.iter().map(PointView::new).collect() }
    }
}

#[derive(Serialize)]
struct PointView {
    after: u32,
    n: Option<u64>,
    estimate: Option<f64>,
    se: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    df: Option<u64>,
    flag: Option<MarkCode>,
    /// Why nothing is known.
    unknown: Option<&'static str>,
}

impl PointView {
    fn new(cell: &Cell) -> Self {
        let accuracy = cell.figure.and_then(|figure| figure.accuracy);
        Self {
            after: cell.after,
            n: cell.unseen.is_none().then_some(cell.n),
            estimate: cell.figure.map(|figure| figure.value),
            se: accuracy.map(|accuracy| accuracy.se),
            ci_low: cell.figure.map(|figure| figure.interval.0),
            ci_high: cell.figure.map(|figure| figure.interval.1),
            df: accuracy.map(|accuracy| accuracy.df),
            flag: cell.mark.map(|mark| mark.code()),
            unknown: cell.unseen.map(unseen_key),
        }
    }
}

//! The diff as JSON, schema `wxstats.diff/1`: every figure, in full precision.

use serde::Serialize;

use super::change::{Change, Diff, Kind, Side, Tested, Untested};
use super::files::Input;
use super::text::lines;
use crate::codebook::Lang;
use crate::table::By;
use crate::writing;

/// The diff as one pretty-printed JSON document with a final newline. Notes are in `lang`; all else is the same in every
/// language.
///
/// # Errors
/// Only when a figure is not finite, which the estimators rule out.
pub fn json(diff: &Diff, lang: Lang) -> serde_json::Result<String> {
    let files = diff.files.iter().map(|file| {
        let (path, change) = file.parts();
        FileView { path, change }
    });
    let document = Document {
        schema: "wxstats.diff/1",
        before: &diff.before,
        after: &diff.after,
        compared: match diff.kind {
            Kind::Waves => "waves",
            Kind::PanelWaves => "panel-waves",
            Kind::Independent => "independent",
            Kind::Published => "listed-published",
            Kind::Panel => "listed-panel",
            Kind::SameData => "listed-same-data",
        },
        settings: SettingsView {
            level: diff.settings.level,
            correction: diff.settings.correction.key(),
            family: diff.family(),
        },
        inputs: InputsView { before: &diff.inputs.0, after: &diff.inputs.1 },
        files: files.collect(),
        changes: diff.changes.iter().map(|change| ChangeView::new(change, diff)).collect(),
        notes: lines(diff, lang).split_off(diff.files.len()),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    before: &'a str,
    after: &'a str,
    compared: &'static str,
    settings: SettingsView,
    inputs: InputsView<'a>,
    files: Vec<FileView<'a>>,
    changes: Vec<ChangeView<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct SettingsView {
    level: f64,
    correction: &'static str,
    /// How many changes the correction is over.
    family: usize,
}

#[derive(Serialize)]
struct InputsView<'a> {
    before: &'a [Input],
    after: &'a [Input],
}

#[derive(Serialize)]
struct FileView<'a> {
    path: &'a str,
    change: &'static str,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    by: By<'a>,
    feature: &'a str,
    action: &'a str,
    statistic: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'a str>,
    n_before: Option<u64>,
    n_after: Option<u64>,
    before: Option<f64>,
    after: Option<f64>,
    difference: Option<f64>,
    se: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    df: Option<u64>,
    p: Option<f64>,
    p_adjusted: Option<f64>,
    clear: Option<bool>,
    untested: Option<&'static str>,
}

impl<'a> ChangeView<'a> {
    fn new(change: &'a Change, diff: &Diff) -> Self {
        let value = |side: Option<Side>| side.and_then(|side| side.value);
        let test = change.test.ok();
        let of = |figure: fn(&Tested) -> f64| test.as_ref().map(figure);
        Self {
            by: By::new(change.by.iter().map(|(dimension, level)| (dimension, level))),
            feature: &change.measure.item.feature.key,
            action: &change.measure.item.action.key,
            statistic: change.measure.shown.key(),
            per: change.measure.per.as_ref().map(|per| per.key.as_str()),
            n_before: change.before.map(|side| side.n),
            n_after: change.after.map(|side| side.n),
            before: value(change.before),
            after: value(change.after),
            difference: change.difference(),
            se: of(|test| test.se),
            ci_low: of(|test| test.interval.0),
            ci_high: of(|test| test.interval.1),
            df: test.map(|test| test.df),
            p: of(|test| test.p),
            p_adjusted: of(|test| test.p_adjusted),
            clear: test.map(|_| diff.is_clear(change)),
            untested: change.test.err().map(|why| match why {
                Untested::OneSide if change.before.is_none() => "new",
                Untested::OneSide => "gone",
                Untested::Hidden => "hidden",
                Untested::Marked(mark) => mark.code().code,
                Untested::NoError => "boundary",
                Untested::Listed => "listed",
            }),
        }
    }
}

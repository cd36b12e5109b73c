//! The judgement as JSON, schema `wxstats.claims/1`: stable names, fractions in full precision.

use serde::Serialize;

use super::published::{Finding, Published};
use super::verdict::{Form, Judgement, Outcome, PValues, Shown, Test, Verdict};
use super::words;
use crate::codebook::Lang;
use crate::measure::Unit;
use crate::table::{MarkCode, SourceView};
use crate::writing;

/// The judgement as one pretty-printed JSON document with a final newline. Words are in `lang`; all else is the same in every
/// language.
///
/// # Errors
/// Only when a figure is not finite, which the estimators rule out.
pub fn json(judgement: &Judgement, lang: Lang) -> serde_json::Result<String> {
    let document = Document {
        schema: "wxstats.claims/1",
        file: &judgement.file,
        source: SourceView::all(&judgement.sources),
        settings: SettingsView {
            level: judgement.settings.level,
            interval: judgement.settings.interval.key(),
            correction: judgement.settings.correction.key(),
            family: judgement.family,
            lonely_psu: judgement.settings.lonely.key(),
            weights: judgement.weights.key(),
            filter: judgement.filter.as_ref().map(|filter| filter.key.as_str()),
        },
        claims: judgement.verdicts.iter().map(|verdict| VerdictView::new(verdict, lang)).collect(),
        notes: words::notes(judgement).iter().map(|note| note.get(lang).to_owned()).collect(),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    file: &'a str,
    source: Vec<SourceView<'a>>,
    settings: SettingsView<'a>,
    claims: Vec<VerdictView<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct SettingsView<'a> {
    level: f64,
    interval: &'static str,
    correction: &'static str,
    /// How many claims the correction is over.
    family: usize,
    lonely_psu: &'static str,
    weights: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
}

#[derive(Serialize)]
struct VerdictView<'a> {
    id: &'a str,
    line: u64,
    statement: Option<&'a str>,
    source: Option<&'a str>,
    assert: Vec<&'a str>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
    p: Option<f64>,
    p_adjusted: Option<f64>,
    p_opposite: Option<f64>,
    p_opposite_adjusted: Option<f64>,
    tests: Vec<TestView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    published: Vec<FindingView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOutView<'a>>,
}

#[derive(Serialize)]
struct TestView<'a> {
    assertion: usize,
    kind: &'static str,
    unit: &'static str,
    figures: Vec<FigureView<'a>>,
    estimate: f64,
    se: f64,
    ci_low: f64,
    ci_high: f64,
    df: u64,
    against: Option<f64>,
    margin: Option<f64>,
    p: f64,
    p_opposite: f64,
    smallest_detectable: f64,
}

#[derive(Serialize)]
struct FigureView<'a> {
    label: &'a str,
    n: u64,
    estimate: f64,
    ci_low: f64,
    ci_high: f64,
    flag: Option<MarkCode>,
}

/// What published figures say to an assertion.
#[derive(Serialize)]
struct FindingView<'a> {
    assertion: usize,
    holds: bool,
    figures: Vec<PublishedView<'a>>,
}

#[derive(Serialize)]
struct PublishedView<'a> {
    label: &'a str,
    low: f64,
    high: f64,
    source: &'a str,
}

impl<'a> FindingView<'a> {
    fn new(finding: &'a Finding, lang: Lang) -> Self {
        let view = |figure: &'a Published| PublishedView {
            label: figure.label.get(lang),
            low: figure.range.0,
            high: figure.range.1,
            source: figure.source.get(lang),
        };
        let figures = finding.figures.iter().map(view).collect();
        Self { assertion: finding.assertion, holds: finding.holds, figures }
    }
}

#[derive(Serialize)]
struct LeftOutView<'a> {
    level: &'a str,
    flag: MarkCode,
}

impl<'a> VerdictView<'a> {
    fn new(verdict: &'a Verdict, lang: Lang) -> Self {
        let reasons = match &verdict.outcome {
            Outcome::NotTestable(reasons) => reasons.as_slice(),
            _ => &[],
        };
        let p = |of: fn(&PValues) -> f64| verdict.p.as_ref().map(of);
        Self {
            id: &verdict.claim.id,
            line: verdict.claim.line,
            statement: verdict.claim.statement.as_ref().map(|words| words.get(lang)),
            source: verdict.claim.source.as_deref(),
            assert: verdict.claim.asserts.iter().map(|assert| assert.text.as_str()).collect(),
            verdict: verdict.outcome.key(),
            reasons: reasons.iter().map(|reason| words::reason(reason).get(lang).to_owned()).collect(),
            p: p(|p| p.supporting),
            p_adjusted: p(|p| p.supporting_adjusted),
            p_opposite: p(|p| p.opposing),
            p_opposite_adjusted: p(|p| p.opposing_adjusted),
            tests: verdict.tests.iter().map(|test| TestView::new(test, lang)).collect(),
            published: verdict.findings.iter().map(|finding| FindingView::new(finding, lang)).collect(),
            left_out: verdict
                .left_out
                .iter()
                .map(|out| LeftOutView { level: out.level.get(lang), flag: out.mark.code() })
                .collect(),
        }
    }
}

impl<'a> TestView<'a> {
    fn new(test: &'a Test, lang: Lang) -> Self {
        let (kind, against, margin) = match test.form {
            Form::Difference => ("difference", None, None),
            Form::Against(value) => ("against", Some(value), None),
            Form::About(value, margin) => ("about", Some(value), Some(margin)),
            Form::Slope => ("slope", None, None),
        };
        Self {
            assertion: test.assertion,
            kind,
            unit: unit(test.unit),
            figures: test.figures.iter().map(|shown| FigureView::new(shown, lang)).collect(),
            estimate: test.trial.estimate,
            se: test.trial.se,
            ci_low: test.trial.interval.0,
            ci_high: test.trial.interval.1,
            df: test.trial.df,
            against,
            margin,
            p: test.supporting,
            p_opposite: test.opposing,
            smallest_detectable: test.detectable,
        }
    }
}

impl<'a> FigureView<'a> {
    fn new(shown: &'a Shown, lang: Lang) -> Self {
        Self {
            label: shown.label.get(lang),
            n: shown.n,
            estimate: shown.value,
            ci_low: shown.interval.0,
            ci_high: shown.interval.1,
            flag: shown.mark.map(|mark| mark.code()),
        }
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share | Unit::Points => "fraction",
        Unit::Score => "score",
        Unit::Number => "number",
        Unit::Count => "count",
    }
}

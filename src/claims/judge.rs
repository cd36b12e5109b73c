//! Claims and evidence → [`Judgement`].
//!
//! A claim is true if all that it asserts is. It is supported where every test it needs is clear, so its p-value is the
//! largest of theirs (an intersection–union test: no correction within the claim); it is contradicted where the opposite
//! of any one is, so that p-value is the smallest times their number. Each of the two families, one p-value per testable
//! claim, is corrected over the file.

use super::evidence::Evidence;
use super::statement::{Claim, Claims};
use super::trial::{Bench, Tests};
use super::verdict::{Form, Judgement, LeftOut, Outcome, PValues, Reason, Test, Verdict};
use crate::estimate::{Correction, Settings, adjusted, detectable};
use crate::table::{Source, Weights};

/// The probability with which the smallest detectable difference would have been shown.
const POWER: f64 = 0.8;

/// A claim with its tests, before the correction.
struct Heard<'a> {
    claim: &'a Claim,
    tests: Result<(Vec<Test>, Vec<LeftOut>), Vec<Reason>>,
}

/// The verdicts on all claims of a file, from one tally.
#[must_use]
pub fn judge(
    claims: &Claims,
    evidence: &Evidence<'_>,
    settings: Settings,
    sources: Vec<Source>,
    weights: Weights,
) -> Judgement {
    let bench = Bench { evidence, settings: &settings };
    let heard: Vec<Heard<'_>> = claims.list.iter().map(|claim| hear(claim, bench)).collect();
    let testable: Vec<(f64, f64)> = heard
        .iter()
        .filter_map(|heard| heard.tests.as_ref().ok())
        .map(|(tests, _)| p_values(tests))
        .collect();
    let family = |of: fn(&(f64, f64)) -> f64| {
        adjusted(&testable.iter().map(of).collect::<Vec<_>>(), settings.correction)
    };
    let mut corrected =
        testable.iter().zip(family(|p| p.0)).zip(family(|p| p.1)).map(|((p, supporting), opposing)| {
            PValues {
                supporting: p.0,
                supporting_adjusted: supporting,
                opposing: p.1,
                opposing_adjusted: opposing,
            }
        });
    let size = testable.len();
    let verdicts = heard
        .into_iter()
        .map(|heard| {
            let p = if heard.tests.is_ok() { corrected.next() } else { None };
            heard.verdict(p, &settings, size)
        })
        .collect();
    let filter = evidence.filter.map(|(_, filter)| filter.clone());
    Judgement { file: claims.file.clone(), sources, settings, weights, filter, family: size, verdicts }
}

/// All tests of a claim, or all reasons why it has none.
fn hear<'a>(claim: &'a Claim, bench: Bench<'_>) -> Heard<'a> {
    let (mut tests, mut left_out, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    for (assertion, asserted) in claim.asserts.iter().enumerate() {
        match bench.tests(&asserted.statement) {
            Ok(Tests { tests: more, left_out: without }) => {
                tests.extend(more.into_iter().map(|test| Test { assertion, ..test }));
                left_out.extend(without);
            }
            Err(more) => reasons.extend(more),
        }
    }
    let tests = if reasons.is_empty() { Ok((tests, left_out)) } else { Err(reasons) };
    Heard { claim, tests }
}

/// That all are clear, and that the opposite of one is.
fn p_values(tests: &[Test]) -> (f64, f64) {
    let largest = tests.iter().map(|test| test.supporting).fold(0.0, f64::max);
    let smallest = tests.iter().map(|test| test.opposing).fold(1.0, f64::min);
    (largest, (smallest * tests.len() as f64).min(1.0))
}

impl Heard<'_> {
    fn verdict(self, p: Option<PValues>, settings: &Settings, family: usize) -> Verdict {
        let (outcome, mut tests, left_out) = match self.tests {
            Err(reasons) => (Outcome::NotTestable(reasons), Vec::new(), Vec::new()),
            Ok((tests, left_out)) => (outcome(p, settings.alpha()), tests, left_out),
        };
        for test in &mut tests {
            let share = if settings.correction == Correction::None { 1.0 } else { family as f64 };
            let alpha = settings.alpha() / share;
            // Both tests of an equivalence must succeed: half of what may fail goes to each.
            let power = if matches!(test.form, Form::About(..)) { f64::midpoint(1.0, POWER) } else { POWER };
            test.detectable = detectable(&test.trial, alpha, power);
        }
        Verdict { claim: self.claim.clone(), outcome, p, tests, left_out }
    }
}

fn outcome(p: Option<PValues>, alpha: f64) -> Outcome {
    match p {
        Some(p) if p.supporting_adjusted < alpha => Outcome::Supported,
        Some(p) if p.opposing_adjusted < alpha => Outcome::Contradicted,
        _ => Outcome::NotClear,
    }
}

//! Claims and evidence → [`Judgement`].
//!
//! A claim is true if all that it asserts is. It is supported where every test it needs is clear, so its p-value is the
//! largest of theirs (an intersection–union test: no correction within the claim); it is contradicted where the opposite
//! of any one is, so that p-value is the smallest times their number. Each of the two families, one p-value per testable
//! claim, is corrected over the file.

use super::evidence::Evidence;
use super::published::{Finding, hold};
use super::statement::{Claim, Claims, Statement};
use super::trial::{Bench, Tests};
use super::verdict::{Form, Judgement, LeftOut, Outcome, PValues, Reason, Test, Verdict};
use crate::codebook::Names;
use crate::estimate::{Correction, Settings, adjusted, detectable};
use crate::landscape::Landscape;
use crate::table::{Source, Weights};

/// The probability with which the smallest detectable difference would have been shown.
const POWER: f64 = 0.8;

/// What claims are judged by.
#[derive(Clone, Copy)]
pub struct Grounds<'a> {
    /// A survey, if one is looked at.
    pub survey: Option<&'a Evidence<'a>>,
    /// Published figures, if some are given.
    pub published: Option<&'a Landscape>,
    /// What these are called.
    pub names: &'a Names,
}

/// A claim with its tests, before the correction.
struct Heard<'a> {
    claim: &'a Claim,
    answers: Result<Answers, Vec<Reason>>,
}

/// What the data says to a claim, before the correction.
#[derive(Default)]
struct Answers {
    tests: Vec<Test>,
    findings: Vec<Finding>,
    left_out: Vec<LeftOut>,
}

/// The verdicts on all claims of a file, from one tally and what is published.
#[must_use]
pub fn judge(
    claims: &Claims,
    grounds: Grounds<'_>,
    settings: Settings,
    sources: Vec<Source>,
    weights: Weights,
) -> Judgement {
    let heard: Vec<Heard<'_>> = claims.list.iter().map(|claim| hear(claim, grounds, &settings)).collect();
    let testable: Vec<(f64, f64)> = heard.iter().filter_map(Heard::tests).map(p_values).collect();
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
            let p = if heard.tests().is_some() { corrected.next() } else { None };
            heard.verdict(p, &settings, size)
        })
        .collect();
    let filter = grounds.survey.and_then(|evidence| evidence.filter).map(|(_, filter)| filter.clone());
    let published = grounds.published.map(|landscape| landscape.origin.clone());
    Judgement {
        file: claims.file.clone(),
        sources,
        settings,
        weights,
        filter,
        published,
        family: size,
        verdicts,
    }
}

/// All tests of a claim, or all reasons why it has none.
fn hear<'a>(claim: &'a Claim, grounds: Grounds<'_>, settings: &Settings) -> Heard<'a> {
    let (mut answers, mut reasons) = (Answers::default(), Vec::new());
    for (assertion, asserted) in claim.asserts.iter().enumerate() {
        if let Statement::Published(saying) = &asserted.statement {
            match hold(saying, grounds.published, grounds.names) {
                Ok(finding) => answers.findings.push(Finding { assertion, ..finding }),
                Err(why) => reasons.push(Reason::Published(why)),
            }
            continue;
        }
        let Some(evidence) = grounds.survey else {
            reasons.push(Reason::NoSurvey);
            continue;
        };
        match (Bench { evidence, settings }).tests(&asserted.statement) {
            Ok(Tests { tests: more, left_out: without }) => {
                answers.tests.extend(more.into_iter().map(|test| Test { assertion, ..test }));
                answers.left_out.extend(without);
            }
            Err(more) => reasons.extend(more),
        }
    }
    Heard { claim, answers: if reasons.is_empty() { Ok(answers) } else { Err(reasons) } }
}

/// That all are clear, and that the opposite of one is.
fn p_values(tests: &[Test]) -> (f64, f64) {
    let largest = tests.iter().map(|test| test.supporting).fold(0.0, f64::max);
    let smallest = tests.iter().map(|test| test.opposing).fold(1.0, f64::min);
    (largest, (smallest * tests.len() as f64).min(1.0))
}

impl Heard<'_> {
    /// The tests that it needs, if it needs some and has all.
    fn tests(&self) -> Option<&[Test]> {
        self.answers.as_ref().ok().map(|answers| answers.tests.as_slice()).filter(|tests| !tests.is_empty())
    }

    fn verdict(self, p: Option<PValues>, settings: &Settings, family: usize) -> Verdict {
        let (outcome, Answers { mut tests, findings, left_out }) = match self.answers {
            Err(reasons) => (Outcome::NotTestable(reasons), Answers::default()),
            Ok(answers) => (outcome(&answers.findings, p, settings.alpha()), answers),
        };
        for test in &mut tests {
            let share = if settings.correction == Correction::None { 1.0 } else { family as f64 };
            let alpha = settings.alpha() / share;
            // Both tests of an equivalence must succeed: half of what may fail goes to each.
            let power = if matches!(test.form, Form::About(..)) { f64::midpoint(1.0, POWER) } else { POWER };
            test.detectable = detectable(&test.trial, alpha, power);
        }
        Verdict { claim: self.claim.clone(), outcome, p, tests, findings, left_out }
    }
}

/// What published figures say is certain; what the survey says is so at a level.
fn outcome(findings: &[Finding], p: Option<PValues>, alpha: f64) -> Outcome {
    match p {
        _ if findings.iter().any(|finding| !finding.holds) => Outcome::Contradicted,
        None => Outcome::Supported,
        Some(p) if p.supporting_adjusted < alpha => Outcome::Supported,
        Some(p) if p.opposing_adjusted < alpha => Outcome::Contradicted,
        _ => Outcome::NotClear,
    }
}

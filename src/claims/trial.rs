//! One assertion → the tests that it needs, or the reasons why it cannot be tested.

use super::evidence::{Coded, Evidence};
use super::statement::{Figure, Place, Side, Statement};
use super::verdict::{Form, LeftOut, Reason, Shown, Test};
use crate::estimate::{self, Contrast, Contrasted, Flag, NotEstimable, Settings, Trial, contrasts};
use crate::measure::Unit;
use crate::table::Mark;
use crate::tally::WAVE;

/// The tests of one assertion.
#[derive(Default)]
pub(super) struct Tests {
    pub(super) tests: Vec<Test>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Tests {
    fn one(test: Test) -> Self {
        Self { tests: vec![test], left_out: Vec::new() }
    }
}

/// What the tests are made from.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    pub(super) evidence: &'a Evidence<'a>,
    pub(super) settings: &'a Settings,
}

impl Bench<'_> {
    /// The tests of one assertion.
    pub(super) fn tests(&self, statement: &Statement) -> Result<Tests, Vec<Reason>> {
        match statement {
            Statement::Compare { left, side, right } => Ok(Tests::one(self.compare(left, *side, right)?)),
            Statement::Against { figure, side, value } => {
                let coded = self.evidence.figure(figure)?;
                let (figures, trial) = self.contrast(&[(1.0, &coded)], *value)?;
                Ok(Tests::one(sided(Form::Against(*value), figures, trial, coded.unit, *side)))
            }
            Statement::About { figure, value, margin } => {
                Ok(Tests::one(self.about(figure, *value, *margin)?))
            }
            Statement::Rank { dimension, figure, places } => self.rank(dimension, figure, places),
            Statement::Trend { figure, side } => Ok(Tests::one(self.trend(figure, *side)?)),
            Statement::Untold(what) => Err(vec![Reason::Untold(*what)]),
            // Held against what is published, and not tested.
            Statement::Published(_) => Ok(Tests::default()),
        }
    }

    fn compare(&self, left: &Figure, side: Side, right: &Figure) -> Result<Test, Vec<Reason>> {
        let (first, second) = self.evidence.pair(left, right)?;
        let (figures, trial) = self.contrast(&[(1.0, &first), (-1.0, &second)], 0.0)?;
        Ok(sided(Form::Difference, figures, trial, first.unit, side))
    }

    /// Two one-sided tests (Schuirmann 1987): above the lower end of the margin, and below the upper one. The opposite is
    /// that the figure lies beyond either end.
    fn about(&self, figure: &Figure, value: f64, margin: f64) -> Result<Test, Vec<Reason>> {
        let coded = self.evidence.figure(figure)?;
        let (figures, above_low) = self.contrast(&[(1.0, &coded)], value - margin)?;
        let (_, below_high) = self.contrast(&[(1.0, &coded)], value + margin)?;
        Ok(Test {
            assertion: 0,
            figures,
            form: Form::About(value, margin),
            trial: above_low,
            unit: coded.unit,
            supporting: above_low.p_above.max(below_high.p_below),
            opposing: (2.0 * above_low.p_below.min(below_high.p_above)).min(1.0),
            detectable: 0.0,
        })
    }

    /// Every level of a place against every level of the next; what is clear between neighbours holds between all.
    fn rank(&self, dimension: &str, figure: &Figure, places: &[Place]) -> Result<Tests, Vec<Reason>> {
        let mut left_out = Vec::new();
        let places = places
            .iter()
            .map(|place| match place {
                Place::Levels(levels) => Ok(levels.clone()),
                Place::Rest => self.rest(dimension, figure, places, &mut left_out),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let (mut tests, mut reasons) = (Vec::new(), Vec::new());
        for [higher, lower] in places.array_windows() {
            for (high, low) in higher.iter().flat_map(|high| lower.iter().map(move |low| (high, low))) {
                match self.compare(&figure.at(dimension, high), Side::Above, &figure.at(dimension, low)) {
                    Ok(test) => tests.push(test),
                    Err(more) => reasons.extend(more),
                }
            }
        }
        let mut distinct: Vec<Reason> = Vec::new();
        for reason in reasons {
            if !distinct.contains(&reason) {
                distinct.push(reason);
            }
        }
        if distinct.is_empty() { Ok(Tests { tests, left_out }) } else { Err(distinct) }
    }

    /// All levels that no place names and whose figures may be shown.
    fn rest(
        &self,
        dimension: &str,
        figure: &Figure,
        places: &[Place],
        left_out: &mut Vec<LeftOut>,
    ) -> Result<Vec<String>, Vec<Reason>> {
        let known = self.evidence.levels(dimension);
        let known = known.ok_or_else(|| vec![Reason::Dimension(dimension.to_owned())])?;
        let is_named = |level: &String| {
            places.iter().any(|place| matches!(place, Place::Levels(levels) if levels.contains(level)))
        };
        let mut rest = Vec::new();
        for level in known.iter().filter(|level| !is_named(level)) {
            let coded = self.evidence.figure(&figure.at(dimension, level))?;
            let contrasted = self.estimate(&[(1.0, &coded)], 0.0);
            let row = &contrasted.figures[0];
            match mark(row).filter(Mark::hides) {
                None => rest.push(level.clone()),
                Some(Mark::NotEstimable(NotEstimable::Empty)) if row.base.n == 0 => {}
                Some(mark) => {
                    left_out.push(LeftOut { level: self.evidence.names.level(dimension, level), mark });
                }
            }
        }
        if rest.is_empty() { Err(vec![Reason::NoRest]) } else { Ok(rest) }
    }

    /// The slope of the least-squares line through the figures of the waves, which count as equally far apart.
    fn trend(&self, figure: &Figure, side: Side) -> Result<Test, Vec<Reason>> {
        let waves = self.evidence.levels(WAVE).unwrap_or_default();
        let names_wave = figure.within.iter().any(|(dimension, _)| dimension == WAVE);
        if waves.len() < 2 || names_wave {
            return Err(vec![Reason::OneWave]);
        }
        let coded = waves
            .iter()
            .map(|wave| self.evidence.figure(&figure.at(WAVE, wave)))
            .collect::<Result<Vec<Coded>, _>>()?;
        let middle = (waves.len() - 1) as f64 / 2.0;
        let scores: Vec<f64> = (0..waves.len()).map(|wave| wave as f64 - middle).collect();
        let squares: f64 = scores.iter().map(|score| score * score).sum();
        let terms: Vec<(f64, &Coded)> = scores.iter().map(|score| score / squares).zip(&coded).collect();
        let (figures, trial) = self.contrast(&terms, 0.0)?;
        let is_extreme = |figure: &Shown| figure.value <= 0.0 || figure.value >= 1.0;
        let unit = coded[0].unit;
        if unit == Unit::Share && figures.iter().any(is_extreme) {
            return Err(vec![Reason::TrendAtBoundary]);
        }
        Ok(sided(Form::Slope, figures, trial, unit, side))
    }

    /// Figures and test of a contrast, all of whose figures may be shown.
    fn contrast(&self, terms: &[(f64, &Coded)], against: f64) -> Result<(Vec<Shown>, Trial), Vec<Reason>> {
        let contrasted = self.estimate(terms, against);
        let hidden: Vec<Reason> = contrasted
            .figures
            .iter()
            .zip(terms)
            .filter_map(|(row, (_, coded))| {
                let mark = mark(row).filter(Mark::hides)?;
                Some(Reason::Figure(coded.label.clone(), mark))
            })
            .collect();
        if !hidden.is_empty() {
            return Err(hidden);
        }
        let trial = contrasted.trial.map_err(|why| vec![Reason::NotEstimable(why)])?;
        let figures = contrasted.figures.iter().zip(terms);
        let figures = figures.filter_map(|(row, (_, coded))| shown(row, coded)).collect();
        Ok((figures, trial))
    }

    fn estimate(&self, terms: &[(f64, &Coded)], against: f64) -> Contrasted {
        let terms = terms.iter().map(|&(coefficient, coded)| (coefficient, coded.single.clone())).collect();
        let contrast = [Contrast { terms, against }];
        contrasts(self.evidence.design, &contrast, self.settings).swap_remove(0)
    }
}

/// A test whose assertion is that the figure, or the difference, lies on one side.
fn sided(form: Form, figures: Vec<Shown>, trial: Trial, unit: Unit, side: Side) -> Test {
    let (supporting, opposing) = match side {
        Side::Above => (trial.p_above, trial.p_below),
        Side::Below => (trial.p_below, trial.p_above),
    };
    Test { assertion: 0, figures, form, trial, unit, supporting, opposing, detectable: 0.0 }
}

fn mark(row: &estimate::EstimateRow) -> Option<Mark> {
    match (row.estimate, row.flag) {
        (Err(why), _) => Some(Mark::NotEstimable(why)),
        (Ok(_), flag) => flag.map(Mark::Flag),
    }
}

fn shown(row: &estimate::EstimateRow, coded: &Coded) -> Option<Shown> {
    let estimate = row.estimate.ok()?;
    let caution = row.flag.filter(|flag| matches!(flag, Flag::Caution(_)));
    Some(Shown {
        label: coded.label.clone(),
        measure: coded.measure.clone(),
        n: row.base.n,
        value: estimate.value,
        interval: estimate.interval,
        mark: caution.map(Mark::Flag),
    })
}

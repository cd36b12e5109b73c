//! Every way in which weights cannot be calibrated, and the edges of what can.

use wxstats::codebook::Answer;
use wxstats::estimate::calibrate::{CalibrationError, Covers, Margin, Options, Scale, Target, rake};
use wxstats::estimate::{Design, LonelyPsu, NotEstimable, Request, Settings};
use wxstats::tally::Cells;

use crate::estimate::naive::{Row, Survey, estimate};

/// Rows of (segment, city, weight), each saying yes in segment 0 and no elsewhere.
fn survey(rows: &[(u16, u16, f64)]) -> Survey {
    let row = |&(segment, city, weight)| Row {
        stratum: 0,
        psu: None,
        levels: vec![segment, city],
        weight,
        answers: vec![if segment == 0 { Answer::Yes } else { Answer::No }],
    };
    Survey { rows: rows.iter().map(row).collect(), fpc: vec![None] }
}

/// Two segments in two cities, four in each.
fn square() -> Cells {
    let places = [(0, 0), (0, 1), (1, 0), (1, 1)];
    survey(&(0..16).map(|i| (places[i % 4].0, places[i % 4].1, 1.0 + (i / 4) as f64)).collect::<Vec<_>>())
        .tally()
}

/// A margin of one dimension with targets for its first levels.
fn margin(dimension: usize, totals: &[f64]) -> Margin {
    let target = |(level, &total)| Target { covers: Covers::Levels(vec![vec![level]]), total };
    Margin {
        dimensions: vec![dimension],
        within: vec![],
        scale: Scale::Persons,
        targets: (0..).zip(totals).map(target).collect(),
    }
}

fn refused(cells: &Cells, margins: &[Margin], options: &Options) -> CalibrationError {
    rake(cells, margins, options).unwrap_err()
}

fn bounded(lower: f64, upper: f64) -> Options {
    Options { bounds: Some((lower, upper)), ..Options::default() }
}

#[test]
fn targets_must_be_totals() {
    for total in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = refused(&square(), &[margin(0, &[1.0]), margin(1, &[30.0, total])], &Options::default());
        assert!(
            matches!(error, CalibrationError::BadTarget { margin: 1, target: 1, .. }),
            "{total}: {error:?}"
        );
    }
}

#[test]
fn a_level_has_one_target() {
    let mut twice = margin(0, &[10.0, 30.0]);
    twice.targets[1].covers = Covers::Levels(vec![vec![1], vec![0]]);
    let error = refused(&square(), &[twice], &Options::default());
    assert_eq!(error, CalibrationError::TargetTwice { margin: 0, target: 1 });
    let mut others = margin(0, &[10.0, 30.0]);
    others.targets.iter_mut().for_each(|target| target.covers = Covers::Others);
    let error = refused(&square(), &[others], &Options::default());
    assert_eq!(error, CalibrationError::TargetTwice { margin: 0, target: 1 });
}

#[test]
fn targets_and_sample_have_the_same_levels() {
    let error = refused(&square(), &[margin(1, &[1.0, 2.0, 3.0, 4.0])], &Options::default());
    assert_eq!(error, CalibrationError::MissingInSample { margin: 0, targets: vec![2, 3] });
    let error = refused(&square(), &[margin(0, &[1.0, 1.0]), margin(1, &[2.0])], &Options::default());
    assert_eq!(error, CalibrationError::MissingInTargets { margin: 1, levels: vec![vec![1]] });
    let mut others = margin(1, &[1.0, 2.0]);
    others.targets.push(Target { covers: Covers::Others, total: 1.0 });
    let error = refused(&square(), &[others], &Options::default());
    assert_eq!(error, CalibrationError::MissingInSample { margin: 0, targets: vec![2] });
}

#[test]
fn a_target_needs_weight() {
    let cells = survey(&[(0, 0, 1.0), (0, 0, 2.0), (1, 0, 0.0), (1, 0, 0.0)]).tally();
    let error = refused(&cells, &[margin(0, &[1.0, 2.0])], &Options::default());
    assert_eq!(error, CalibrationError::Weightless { margin: 0, targets: vec![1] });
    assert!(rake(&cells, &[margin(0, &[1.0])], &Options::default()).is_ok(), "nobody there needs a target");
    let Cells { grid, clustered, strata, cardinalities, variables, .. } = square();
    let nobody = Cells::new(grid, clustered, strata, cardinalities, variables);
    assert_eq!(refused(&nobody, &[margin(0, &[1.0])], &Options::default()), CalibrationError::NoWeight);
}

#[test]
fn margins_agree_on_whom_they_share() {
    let margins = [margin(0, &[10.0, 30.0]), margin(1, &[20.0, 21.0])];
    let error = refused(&square(), &margins, &Options::default());
    assert_eq!(error, CalibrationError::DifferentTotals { margins: (1, 0), totals: (41.0, 40.0) });
    let cities = Margin { within: vec![(0, 1)], ..margin(1, &[11.0, 20.0]) };
    let error = refused(&square(), &[margin(0, &[10.0, 30.0]), cities], &Options::default());
    assert_eq!(error, CalibrationError::DifferentTotals { margins: (0, 1), totals: (30.0, 31.0) });
}

#[test]
fn shares_are_of_what_another_margin_says_or_of_the_sample() {
    let shares = |within| Margin { within, scale: Scale::Shares, ..margin(1, &[25.0, 75.0]) };
    let totals = |margins: &[Margin]| -> Vec<f64> {
        let calibration = rake(&square(), margins, &Options::default()).unwrap();
        calibration.diagnostics().margins.iter().flatten().map(|line| line.target).collect()
    };
    assert_eq!(totals(&[shares(vec![])]), [10.0, 30.0]);
    assert_eq!(totals(&[shares(vec![(0, 1)])]), [5.0, 15.0]);
    assert_eq!(totals(&[shares(vec![(0, 1)]), margin(0, &[100.0, 400.0])]), [100.0, 300.0, 100.0, 400.0]);
}

#[test]
fn targets_within_a_segment_leave_the_others_alone() {
    let cities = Margin { within: vec![(0, 1)], ..margin(1, &[100.0, 300.0]) };
    let cells = square();
    let calibration = rake(&cells, &[cities], &Options::default()).unwrap();
    let g: Vec<f64> = (0..4).map(|group| calibration.g_of_group(group)).collect();
    assert_eq!(g, [1.0, 1.0, 10.0, 30.0]);
    let line = calibration.diagnostics().margins[0][1];
    assert_eq!((line.target, line.before, line.after, line.n), (300.0, 10.0, 300.0, 4));
    assert_eq!((calibration.diagnostics().iterations, calibration.diagnostics().g), (1, (1.0, 30.0)));
}

#[test]
fn levels_can_share_a_target() {
    let cells = survey(&[(0, 0, 1.0), (0, 1, 1.0), (0, 2, 2.0), (0, 3, 4.0), (1, 3, 4.0)]).tally();
    let mut cities = margin(1, &[3.0]);
    cities.targets.push(Target { covers: Covers::Levels(vec![vec![1], vec![2]]), total: 6.0 });
    cities.targets.push(Target { covers: Covers::Others, total: 4.0 });
    let calibration = rake(&cells, &[cities], &Options::default()).unwrap();
    let g: Vec<f64> = (0..5).map(|group| calibration.g_of_group(group)).collect();
    assert_eq!(g, [3.0, 2.0, 2.0, 0.5, 0.5]);
}

#[test]
fn margins_that_contradict_each_other_do_not_converge() {
    // Each segment lives in a city of its own.
    let cells = survey(&[(0, 0, 1.0), (0, 0, 1.0), (1, 1, 1.0), (1, 1, 3.0)]).tally();
    let margins = [margin(0, &[10.0, 30.0]), margin(1, &[30.0, 10.0])];
    let error = refused(&cells, &margins, &Options { max_iterations: 7, bounds: None });
    let CalibrationError::NotConverging { margin: 0, target, discrepancy, iterations: 7 } = error else {
        panic!("{error:?}");
    };
    assert!(target == 0 && (discrepancy - 2.0).abs() < 1e-12, "{error:?}");
}

#[test]
fn bounds_are_checked_before_and_in_the_iteration() {
    let margins = [margin(0, &[30.0, 10.0]), margin(1, &[15.0, 25.0])];
    assert!(matches!(refused(&square(), &margins, &bounded(2.0, 1.0)), CalibrationError::BadBounds { .. }));
    assert!(matches!(
        refused(&square(), &margins, &bounded(f64::NAN, 1.0)),
        CalibrationError::BadBounds { .. }
    ));
    let error = refused(&square(), &margins, &bounded(0.1, 1.2));
    assert_eq!(error, CalibrationError::OutOfBounds { margin: 0, target: 0, g: 1.5 });
    let wide = rake(&square(), &margins, &bounded(0.0, f64::INFINITY)).unwrap();
    let free = rake(&square(), &margins, &Options::default()).unwrap();
    for group in 0..4 {
        assert!((wide.g_of_group(group) - free.g_of_group(group)).abs() < 1e-12);
    }
    // g is 1.125, 1.875, 0.375, 0.625 without bounds; the margins leave one of them to choose.
    let tight = rake(&square(), &margins, &bounded(0.2, 1.75)).unwrap();
    for (group, g) in [1.25, 1.75, 0.25, 0.75].into_iter().enumerate() {
        assert!((tight.g_of_group(group) - g).abs() < 1e-9, "{}", tight.g_of_group(group));
    }
    // Either margin can be met within these, but not both.
    let error = refused(&square(), &margins, &bounded(0.4, 1.7));
    assert!(matches!(error, CalibrationError::NotConverging { iterations: 1000, .. }), "{error:?}");
}

#[test]
fn a_rate_that_the_targets_fix_has_no_variance() {
    // All of segment 0 say yes and the others no.
    let cells = square();
    let calibration = rake(&cells, &[margin(0, &[10.0, 30.0])], &Options::default()).unwrap();
    let design = Design { cells: &cells, calibration: Some(&calibration) };
    let estimates = estimate(design, &Request::default(), &Settings::default());
    assert_eq!(estimates.rows[0].estimate, Err(NotEstimable::ZeroVariance));
}

#[test]
fn an_average_of_no_strata_is_not_estimable() {
    let mut survey = survey(&[(0, 0, 1.0), (1, 0, 2.0)]);
    survey.rows[1].stratum = 1;
    survey.fpc.push(None);
    let cells = survey.tally();
    for lonely in [LonelyPsu::Fail, LonelyPsu::Average] {
        let settings = Settings { lonely, ..Settings::default() };
        let rate = estimate(&cells, &Request::default(), &settings).rows[0].estimate;
        assert_eq!(rate, Err(NotEstimable::LonePsu { stratum: 0 }));
    }
    let settings = Settings { lonely: LonelyPsu::Adjust, ..Settings::default() };
    let rate = estimate(&cells, &Request::default(), &settings).rows[0].estimate;
    assert_eq!(rate, Err(NotEstimable::ZeroDf));
}

//! What must hold on every design, checked on random ones.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wxstats::codebook::Answer;
use wxstats::estimate::{
    Compare, Correction, Estimate, EstimateRow, Estimates, NotEstimable, Request, Settings,
};

use super::naive::{Row, Survey, estimate, unit};

fn a_row() -> impl Strategy<Value = Row> {
    let weight = prop_oneof![1 => Just(0.0), 3 => Just(1.0), 6 => 0.05..8.0_f64];
    let answers = prop::collection::vec(prop::sample::select(&Answer::ALL[..]), 2);
    (0..3_u32, 0..4_u32, 0..2_u16, 0..2_u16, weight, answers).prop_map(
        |(stratum, psu, segment, city, weight, answers)| Row {
            stratum,
            psu: Some(4 * stratum + psu),
            levels: vec![segment, city],
            weight,
            answers,
        },
    )
}

pub(super) fn a_survey() -> impl Strategy<Value = Survey> {
    let fpc = prop::sample::select(vec![None, Some(0.3), Some(500.0), Some(1.0)]);
    (prop::collection::vec(a_row(), 2..60), prop::collection::vec(fpc, 3), any::<bool>()).prop_map(
        |(mut rows, fpc, clustered)| {
            rows[0].weight = 1.0;
            if !clustered {
                for row in &mut rows {
                    row.psu = None;
                }
            }
            Survey { rows, fpc }
        },
    )
}

/// Rates by segment and city with gaps between segments.
pub(super) fn request() -> Request {
    let compare = Some(Compare { position: 1, pairs: vec![(0, 1)] });
    Request { by: vec![1, 0], compare, ..Request::default() }
}

fn estimated(survey: &Survey) -> Estimates {
    estimate(&survey.tally(), &request(), &Settings::default())
}

pub(super) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

/// Equal reasons, or figures within `tolerance`.
fn assert_same_rates(ours: &Estimates, theirs: &Estimates, tolerance: f64) {
    assert_eq!(ours.rows.len(), theirs.rows.len());
    for (a, b) in ours.rows.iter().zip(&theirs.rows) {
        match (&a.estimate, &b.estimate) {
            (Ok(x), Ok(y)) => {
                let same = |f: fn(&Estimate) -> f64| close(f(x), f(y), tolerance);
                assert!(
                    same(|r| r.value) && same(|r| r.se * r.se) && same(|r| r.n_eff.unwrap()),
                    "{a:?}\n{b:?}"
                );
                assert!(same(|r| r.interval.0) && same(|r| r.interval.1), "{a:?}\n{b:?}");
                assert_eq!(x.df, y.df);
            }
            (x, y) => assert_eq!(x.err(), y.err()),
        }
    }
    for (a, b) in ours.gaps.iter().zip(&theirs.gaps) {
        match (&a.gap, &b.gap) {
            (Ok(x), Ok(y)) => {
                assert!(close(x.difference, y.difference, tolerance) && close(x.p, y.p, 1e3 * tolerance));
                assert!(close(x.se * x.se, y.se * y.se, tolerance), "{a:?}\n{b:?}");
            }
            (x, y) => assert_eq!(x.err(), y.err()),
        }
    }
}

/// The influence w(y − p̂)/Σw of every row on one rate, and p̂; `None` when nobody answered.
fn influences(survey: &Survey, levels: &[u16], item: usize) -> Option<(f64, Vec<f64>)> {
    let answered = |row: &&Row| [row.levels[1], row.levels[0]] == levels && row.answers[item] >= Answer::No;
    let y = |row: &Row| f64::from(u8::from(row.answers[item] == Answer::Yes));
    let sum: f64 = survey.rows.iter().filter(answered).map(|row| row.weight).sum();
    let p = survey.rows.iter().filter(answered).map(|row| row.weight * y(row)).sum::<f64>() / sum;
    let z = |row: &Row| if answered(&row) { row.weight * (y(row) - p) / sum } else { 0.0 };
    (sum > 0.0).then(|| (p, survey.rows.iter().map(z).collect()))
}

/// The variance of Σz by the definition, PSU by PSU; lone PSUs count as 0.
fn direct_variance(survey: &Survey, z: &[f64]) -> f64 {
    (0..3)
        .map(|stratum| {
            let n = survey.psus(stratum) as f64;
            let mut totals: BTreeMap<usize, f64> = BTreeMap::new();
            for (index, row) in survey.rows.iter().enumerate().filter(|(_, row)| row.stratum == stratum) {
                *totals.entry(unit(index, row)).or_default() += z[index];
            }
            let mean = totals.values().sum::<f64>() / n;
            let squares: f64 = totals.values().map(|total| (total - mean).powi(2)).sum();
            let f = match survey.fpc[stratum as usize] {
                None => 1.0,
                Some(size) if size > 1.0 => 1.0 - n / size,
                Some(fraction) => 1.0 - fraction,
            };
            if n > 1.0 { f * n / (n - 1.0) * squares } else { 0.0 }
        })
        .sum()
}

fn assert_direct(survey: &Survey, row: &EstimateRow) {
    let direct = influences(survey, &row.levels, row.measure);
    match row.estimate {
        Ok(rate) => {
            let (p, z) = direct.unwrap();
            assert!(close(rate.value, p, 1e-12));
            let variance = direct_variance(survey, &z);
            assert!((rate.se * rate.se - variance).abs() <= 1e-10 * variance + 1e-25, "{row:?} {variance:e}");
        }
        Err(NotEstimable::Empty) => assert!(direct.is_none()),
        Err(NotEstimable::ZeroVariance) => assert!(direct_variance(survey, &direct.unwrap().1) < 1e-25),
        Err(_) => assert!(direct.is_some()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_rows_does_not_matter(survey in a_survey(), seed in any::<usize>()) {
        let mut shuffled = survey.clone();
        let len = shuffled.rows.len();
        shuffled.rows.rotate_left(seed % len);
        shuffled.rows.swap(0, (seed / 7) % len);
        prop_assert_eq!(estimated(&shuffled), estimated(&survey));
    }

    #[test]
    fn merged_cells_are_the_union(survey in a_survey()) {
        let by_segment = Request { by: vec![0], ..Request::default() };
        let mut merged = survey.clone();
        merged.rows.iter_mut().for_each(|row| row.levels[1] = 0);
        let of = |survey: &Survey| estimate(&survey.tally(), &by_segment, &Settings::default());
        prop_assert_eq!(of(&merged), of(&survey));
    }

    #[test]
    fn scale_of_weights_does_not_matter(survey in a_survey(), exponent in -20..20, factor in 0.01..100.0_f64) {
        let scaled = |c: f64| {
            let mut survey = survey.clone();
            survey.rows.iter_mut().for_each(|row| row.weight *= c);
            estimated(&survey)
        };
        let plain = estimated(&survey);
        let mut by_power = scaled(2.0_f64.powi(exponent));
        for (row, plain) in by_power.rows.iter_mut().zip(&plain.rows) {
            row.base.weighted_n = plain.base.weighted_n;
        }
        prop_assert_eq!(&by_power, &plain);
        assert_same_rates(&scaled(factor), &plain, 1e-11);
    }

    #[test]
    fn a_psu_for_every_row_is_no_clustering(survey in a_survey()) {
        let with = |psu: fn(u32) -> Option<u32>| {
            let mut survey = survey.clone();
            survey.rows.iter_mut().zip(0..).for_each(|(row, index)| row.psu = psu(index));
            estimated(&survey)
        };
        assert_same_rates(&with(Some), &with(|_| None), 1e-12);
    }

    #[test]
    fn cells_give_the_variance_of_the_rows(survey in a_survey()) {
        let estimates = estimated(&survey);
        estimates.rows.iter().for_each(|row| assert_direct(&survey, row));
        for row in &estimates.gaps {
            if let Ok(gap) = row.gap {
                let side = |level| influences(&survey, &[row.levels[0], level], row.measure).unwrap().1;
                let z: Vec<f64> = side(row.of.0).iter().zip(side(row.of.1)).map(|(a, b)| a - b).collect();
                let variance = direct_variance(&survey, &z);
                prop_assert!((gap.se * gap.se - variance).abs() <= 1e-10 * variance + 1e-25);
            }
        }
    }

    #[test]
    fn figures_are_sound(survey in a_survey()) {
        let estimates = estimated(&survey);
        for rate in estimates.rows.iter().filter_map(|row| row.estimate.ok()) {
            let (low, high) = rate.interval;
            prop_assert!(0.0 <= low && low <= rate.value && rate.value <= high && high <= 1.0);
            prop_assert!(rate.se >= 0.0 && rate.n_eff.unwrap() > 0.0 && rate.df >= 1);
        }
        for gap in estimates.gaps.iter().filter_map(|row| row.gap.ok()) {
            prop_assert!(gap.interval.0 <= gap.difference && gap.difference <= gap.interval.1);
            prop_assert!((0.0..=1.0).contains(&gap.p) && gap.p <= gap.p_adjusted && gap.p_adjusted <= 1.0);
            let excludes_zero = gap.interval.0 > 0.0 || gap.interval.1 < 0.0;
            prop_assert!(excludes_zero == (gap.p < 0.05) || (gap.p - 0.05).abs() < 1e-9);
        }
    }
}

/// Rows of (stratum, PSU, segment, weight, answer) in one city.
fn survey(rows: &[(u32, Option<u32>, u16, f64, Answer)]) -> Survey {
    let row = |&(stratum, psu, segment, weight, answer)| Row {
        stratum,
        psu,
        levels: vec![segment, 0],
        weight,
        answers: vec![answer],
    };
    Survey { rows: rows.iter().map(row).collect(), fpc: vec![None; 2] }
}

/// All say yes in one stratum and no in the other: no variance within strata, for any weights that are equal there.
#[test]
fn equal_weights_are_not_variance() {
    for (w, n) in [0.1, 0.3, 0.7, 1.1].into_iter().flat_map(|w| (2..9).map(move |n| (w, n))) {
        let stratum = |stratum, weight, answer| (0..n).map(move |_| (stratum, None, 0, weight, answer));
        let rows: Vec<_> = stratum(0, w, Answer::Yes).chain(stratum(1, 3.0 * w, Answer::No)).collect();
        assert_eq!(estimated(&survey(&rows)).rows[0].estimate, Err(NotEstimable::ZeroVariance), "{w} {n}");
    }
}

/// The rate is the same in all PSUs, whatever their size: no variance between them.
#[test]
fn rounding_is_not_variance() {
    for (w, n) in [0.1, 0.3, 0.7, 1.1].into_iter().flat_map(|w| (2..9).map(move |n| (w, n))) {
        let psu = |psu| {
            let w = w * f64::from(psu + 1);
            [(0, Some(psu), 0, w, Answer::Yes), (0, Some(psu), 0, 2.3 * w, Answer::No)]
        };
        let rows: Vec<_> = (0..n).flat_map(psu).collect();
        assert_eq!(estimated(&survey(&rows)).rows[0].estimate, Err(NotEstimable::ZeroVariance), "{w} {n}");
    }
}

#[test]
fn nobody_against_nobody_is_no_evidence() {
    let row = |segment| (0, None, segment, 1.0, Answer::No);
    let rows: Vec<_> = [0, 0, 0, 1, 1].map(row).to_vec();
    let gap = estimated(&survey(&rows)).gaps[0].gap.unwrap();
    assert_eq!((gap.difference, gap.se, gap.t), (0.0, 0.0, None));
    assert_eq!((gap.p, gap.p_adjusted), (1.0, 1.0));
    assert!(gap.interval.0 < -0.5 && gap.interval.1 > 0.5, "{gap:?}");
}

#[test]
fn a_gap_needs_two_sides() {
    let rows = [(0, None, 0, 1.0, Answer::No), (0, None, 0, 2.0, Answer::Yes)];
    let estimates = estimated(&survey(&rows));
    assert_eq!(estimates.gaps[0].gap, Err(NotEstimable::Empty));
    let absent = Request { compare: Some(Compare { position: 1, pairs: vec![(1, 2)] }), ..request() };
    assert_eq!(estimate(&survey(&rows).tally(), &absent, &Settings::default()).gaps, []);
}

#[test]
fn correction_none_leaves_p() {
    let rows: Vec<_> = (0..20)
        .map(|i| (0, None, u16::from(i % 2 == 0), 1.0, if i % 3 == 0 { Answer::No } else { Answer::Yes }))
        .collect();
    let settings = Settings { correction: Correction::None, ..Settings::default() };
    let gap = estimate(&survey(&rows).tally(), &request(), &settings).gaps[0].gap.unwrap();
    assert!((gap.p_adjusted - gap.p).abs() < f64::EPSILON);
}

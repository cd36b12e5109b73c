//! What must hold on every design and for all targets, checked on random ones.

use std::collections::BTreeSet;

use proptest::prelude::*;
use wxstats::codebook::Answer;
use wxstats::estimate::calibrate::{Calibration, Covers, Margin, Options, Scale, Target, rake};
use wxstats::estimate::{Compare, Design, Estimate, Estimates, LonelyPsu, NotEstimable, Request, Settings};
use wxstats::tally::Cells;

use super::naive;
use crate::estimate::naive::{Row, Survey, estimate};

/// Segments, cities and ages of the random surveys.
const LEVELS: [u16; 3] = [2, 3, 3];

fn a_row() -> impl Strategy<Value = Row> {
    let weight = prop_oneof![1 => Just(0.0), 3 => Just(1.0), 6 => 0.1..6.0_f64];
    let answers = prop::collection::vec(prop::sample::select(&Answer::ALL[..]), 2);
    (0..3_u32, 0..4_u32, LEVELS.map(|levels| 0..levels), weight, answers).prop_map(
        |(stratum, psu, levels, weight, answers)| Row {
            stratum,
            psu: Some(4 * stratum + psu),
            levels: levels.to_vec(),
            weight,
            answers,
        },
    )
}

fn a_survey() -> impl Strategy<Value = Survey> {
    let fpc = prop::sample::select(vec![None, Some(0.3), Some(500.0), Some(1.0)]);
    (prop::collection::vec(a_row(), 8..70), prop::collection::vec(fpc, 3), any::<bool>()).prop_map(
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

/// Which dimensions the margins of a plan have, and within which segment.
type Plan = &'static [(&'static [usize], Option<u16>)];

const PLANS: [Plan; 4] = [
    &[(&[0, 1], None)],
    &[(&[1], None), (&[2], None), (&[0], None)],
    &[(&[1], Some(0)), (&[2], Some(1))],
    &[(&[0, 2], None), (&[1], None)],
];

/// g of a table that meets the targets made from it: within (0.5, 2).
fn a_table() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.5..2.0_f64, 18)
}

fn entry(row: &Row) -> usize {
    usize::from(row.levels[0] * 9 + row.levels[1] * 3 + row.levels[2])
}

/// The margins of `plan` whose targets are met by the weights d·g, for the levels that have weight. The last level of a
/// margin is named as the others.
fn margins(survey: &Survey, plan: Plan, g: impl Fn(&Row) -> f64) -> Vec<Margin> {
    let rows = || survey.rows.iter().filter(|row| row.weight > 0.0);
    let margin = |&(dimensions, segment): &(&[usize], Option<u16>)| {
        let own = |row: &Row| dimensions.iter().map(|&d| row.levels[d]).collect::<Vec<u16>>();
        let rows = || rows().filter(|row| segment.is_none_or(|segment| row.levels[0] == segment));
        let levels: BTreeSet<Vec<u16>> = rows().map(own).collect();
        let last = levels.last().cloned();
        let target = |levels: Vec<u16>| Target {
            total: rows().filter(|row| own(row) == levels).map(|row| row.weight * g(row)).sum(),
            covers: if Some(&levels) == last.as_ref() {
                Covers::Others
            } else {
                Covers::Levels(vec![levels])
            },
        };
        let targets: Vec<Target> = levels.into_iter().map(target).collect();
        Margin {
            dimensions: dimensions.to_vec(),
            within: segment.map(|segment| (0, segment)).into_iter().collect(),
            scale: Scale::Persons,
            targets,
        }
    };
    plan.iter().map(margin).filter(|margin| !margin.targets.is_empty()).collect()
}

const PATIENT: Options = Options { bounds: None, max_iterations: 200_000 };

fn weights(survey: &Survey, cells: &Cells, calibration: &Calibration) -> Vec<f64> {
    let g = |row: &Row| {
        let is_it =
            |levels: &Vec<u16>, stratum, psu| (levels, stratum, psu) == (&row.levels, row.stratum, row.psu);
        let group = cells.groups().iter().position(|group| is_it(&group.levels, group.stratum, group.psu));
        calibration.g_of_group(group.unwrap())
    };
    survey.rows.iter().map(|row| if row.weight > 0.0 { row.weight * g(row) } else { 0.0 }).collect()
}

/// Rates by segment, gaps between segments.
fn estimated(cells: &Cells, calibration: Option<&Calibration>, lonely: LonelyPsu) -> Estimates {
    let compare = Compare { position: 0, pairs: vec![(0, 1)] };
    let request = Request { by: vec![0], compare: Some(compare), ..Request::default() };
    estimate(Design { cells, calibration }, &request, &Settings { lonely, ..Settings::default() })
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

fn modes() -> impl Strategy<Value = LonelyPsu> {
    use LonelyPsu::{Adjust, Average, Certainty, Fail, Remove};
    prop::sample::select(vec![Fail, Remove, Certainty, Adjust, Average])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn raked_margins_meet_their_targets(
        survey in a_survey(), table in a_table(), plan in prop::sample::select(&PLANS[..]), bounded in any::<bool>()
    ) {
        let margins = margins(&survey, plan, |row| table[entry(row)]);
        let cells = survey.tally();
        let bounds = bounded.then_some((0.4, 2.5));
        let calibration = rake(&cells, &margins, &Options { bounds, ..PATIENT }).unwrap();
        let weights = weights(&survey, &cells, &calibration);
        let totals = margins.iter().flat_map(|margin| margin.targets.iter().map(|target| target.total));
        for (column, total) in naive::dummies(&survey, &margins).iter().zip(totals) {
            let reached: f64 = column.iter().zip(&weights).filter(|(inside, _)| **inside).map(|(_, w)| w).sum();
            prop_assert!((reached / total - 1.0).abs() < 1.1e-10, "{reached} {total}");
        }
        let (low, high) = calibration.diagnostics().g;
        prop_assert!(0.0 < low && low <= high && high.is_finite());
        prop_assert!(!bounded || (0.4 <= low && high <= 2.5));
        let n = calibration.diagnostics().n as f64;
        let (sum, squares) = weights.iter().fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
        prop_assert!(close(calibration.diagnostics().after.deff, n * squares / (sum * sum), 1e-12));
    }

    #[test]
    fn own_margins_change_no_weight(survey in a_survey(), plan in prop::sample::select(&PLANS[..])) {
        let cells = survey.tally();
        let calibration = rake(&cells, &margins(&survey, plan, |_| 1.0), &PATIENT).unwrap();
        prop_assert_eq!(calibration.diagnostics().g, (1.0, 1.0));
        prop_assert_eq!(calibration.diagnostics().iterations, 0);
        let plain = estimated(&cells, None, LonelyPsu::Remove);
        for (row, plain) in estimated(&cells, Some(&calibration), LonelyPsu::Remove).rows.iter().zip(&plain.rows) {
            prop_assert!(close(row.base.weighted_n, plain.base.weighted_n, 1e-14));
            if let (Ok(rate), Ok(plain)) = (row.estimate, plain.estimate) {
                prop_assert!(close(rate.value, plain.value, 1e-14));
                prop_assert_eq!(rate.df, plain.df);
            }
        }
    }

    #[test]
    fn no_margin_is_no_calibration(survey in a_survey()) {
        let cells = survey.tally();
        let calibration = rake(&cells, &[], &PATIENT).unwrap();
        for mode in [LonelyPsu::Remove, LonelyPsu::Adjust] {
            let (ours, plain) = (estimated(&cells, Some(&calibration), mode), estimated(&cells, None, mode));
            for (row, plain) in ours.rows.iter().zip(&plain.rows) {
                let se = |rate: Estimate| rate.se * rate.se;
                // Whether all strata are a census is asked of the whole sample when weights are calibrated.
                if let (Ok(rate), Ok(plain)) = (row.estimate, plain.estimate) {
                    prop_assert!((se(rate) - se(plain)).abs() <= 1e-12 * se(plain), "{row:?} {plain:?}");
                }
            }
        }
    }

    #[test]
    fn cells_give_the_calibrated_variance_of_the_rows(
        survey in a_survey(), table in a_table(), plan in prop::sample::select(&PLANS[..]), mode in modes()
    ) {
        let margins = margins(&survey, plan, |row| table[entry(row)]);
        let cells = survey.tally();
        let calibration = rake(&cells, &margins, &PATIENT).unwrap();
        let weights = weights(&survey, &cells, &calibration);
        let columns = naive::dummies(&survey, &margins);
        let of = |u: &[f64]| {
            let residual = naive::residual(&survey, &columns, u);
            let z: Vec<f64> = residual.iter().zip(&weights).map(|(u, w)| u * w).collect();
            naive::variance(&survey, &z, mode)
        };
        let rate = |segment: u16, item| naive::rate(&survey, &weights, |row| row.levels[0] == segment, item);
        let estimates = estimated(&cells, Some(&calibration), mode);
        for row in &estimates.rows {
            let (p, u) = rate(row.levels[0], row.measure);
            match row.estimate {
                Ok(rate) => {
                    prop_assert!(close(rate.value, p, 1e-12));
                    let variance = of(&u).unwrap();
                    prop_assert!((rate.se * rate.se - variance).abs() <= 1e-9 * variance + 1e-20, "{row:?} {variance}");
                }
                Err(NotEstimable::LonePsu { .. }) => prop_assert!(of(&u).is_none()),
                Err(NotEstimable::ZeroVariance) => prop_assert!(of(&u).unwrap() < 1e-20),
                Err(_) => {}
            }
        }
        for row in &estimates.gaps {
            if let Ok(gap) = row.gap {
                let (first, second) = (rate(0, row.measure).1, rate(1, row.measure).1);
                let u: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a - b).collect();
                let variance = of(&u).unwrap();
                prop_assert!((gap.se * gap.se - variance).abs() <= 1e-9 * variance + 1e-20, "{row:?} {variance}");
            }
        }
    }

    #[test]
    fn scale_of_weights_does_not_matter_for_shares(
        survey in a_survey(), table in a_table(), factor in 0.01..100.0_f64
    ) {
        let shares = |scale: f64| {
            let mut margins = margins(&survey, PLANS[1], |row| table[entry(row)]);
            for margin in &mut margins {
                margin.scale = Scale::Shares;
            }
            let mut survey = survey.clone();
            survey.rows.iter_mut().for_each(|row| row.weight *= scale);
            let cells = survey.tally();
            let calibration = rake(&cells, &margins, &PATIENT).unwrap();
            estimated(&cells, Some(&calibration), LonelyPsu::Adjust)
        };
        for (row, plain) in shares(factor).rows.iter().zip(&shares(1.0).rows) {
            prop_assert_eq!(row.estimate.is_ok(), plain.estimate.is_ok());
            if let (Ok(rate), Ok(plain)) = (row.estimate, plain.estimate) {
                prop_assert!(close(rate.value, plain.value, 1e-9) && close(rate.se, plain.se, 1e-9));
            }
        }
    }

    #[test]
    fn a_psu_for_every_row_is_no_clustering(survey in a_survey(), table in a_table(), mode in modes()) {
        let margins = margins(&survey, PLANS[1], |row| table[entry(row)]);
        let with = |psu: fn(u32) -> Option<u32>| {
            let mut survey = survey.clone();
            survey.rows.iter_mut().zip(0..).for_each(|(row, index)| row.psu = psu(index));
            let cells = survey.tally();
            let calibration = rake(&cells, &margins, &PATIENT).unwrap();
            estimated(&cells, Some(&calibration), mode)
        };
        for (row, plain) in with(Some).rows.iter().zip(&with(|_| None).rows) {
            prop_assert_eq!(row.estimate.err(), plain.estimate.err());
            if let (Ok(rate), Ok(plain)) = (row.estimate, plain.estimate) {
                prop_assert!(close(rate.value, plain.value, 1e-12));
                prop_assert!((rate.se - plain.se).abs() <= 1e-9 * plain.se, "{rate:?} {plain:?}");
            }
        }
    }
}

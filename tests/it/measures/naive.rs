//! Any ratio of totals on any design, against a path that goes row by row and knows no cells.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use wxstats::codebook::{Answer, Item};
use wxstats::estimate::{Measure, NotEstimable, Point, Request, Role, Settings, Statistic, estimate};
use wxstats::ingest::Batches;
use wxstats::tally::{Panel, Plan, Question, Reply, Tally, Variable, tally};

use crate::made::{Design, Person, design, part};

/// What each pair of answers to the first two items counts for: y, x; `None` is outside the base.
type Points = [[Option<(f64, f64)>; 4]; 4];

fn points() -> impl Strategy<Value = Points> {
    let point = prop::option::weighted(0.8, (-3.0..3.0_f64, prop_oneof![Just(0.0), Just(1.0), 0.1..5.0_f64]));
    prop::array::uniform4(prop::array::uniform4(point))
}

fn run(design: &Design) -> Tally {
    let part = part(design, 7);
    let item = |index: usize| {
        let item: Item = part.schema.items[index].clone();
        Question::Item(item)
    };
    let variable = Variable(vec![item(0), item(design.items.min(2) - 1)]);
    let plan = Plan { by: vec!["segment".to_owned()], variables: vec![variable], panel: Panel::Not };
    tally(&[&part as &dyn Batches], &plan).unwrap()
}

fn roles(tally: &Tally, points: &Points) -> Vec<Role> {
    let code = |reply: Reply| Answer::ALL.iter().position(|&answer| Reply::from(answer) == reply).unwrap();
    let role = |class: &Vec<Reply>| match points[code(class[0])][code(class[1])] {
        Some((y, x)) => Role::Counts(Point { y, x, minus: (0.0, 0.0) }),
        None => Role::Outside,
    };
    tally.classes[0].iter().map(role).collect()
}

/// Value, variance, degrees of freedom; the variance is `None` where a stratum that is touched has one PSU.
fn naive(design: &Design, segment: u16, points: &Points) -> Option<(f64, Option<f64>, i64)> {
    let of = |person: &Person| {
        let answers = &person.answers;
        let point = points[usize::from(answers[0])][usize::from(answers[design.items.min(2) - 1])];
        point.filter(|_| person.levels[0] == segment && person.weight > 0.0)
    };
    let inside: Vec<(usize, &Person, (f64, f64))> = design
        .people
        .iter()
        .enumerate()
        .filter_map(|(row, person)| Some((row, person, of(person)?)))
        .collect();
    let total = |pick: fn((f64, f64)) -> f64| -> f64 {
        inside.iter().map(|(_, person, point)| person.weight * pick(*point)).sum()
    };
    let x = total(|point| point.1);
    if inside.is_empty() || x <= 0.0 {
        return None;
    }
    let value = total(|point| point.0) / x;
    let unit = |row: usize, person: &Person| if design.clustered { person.psu as usize } else { row };
    let mut totals: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    for (row, person) in design.people.iter().enumerate() {
        totals.entry((person.stratum, unit(row, person))).or_default();
    }
    for (row, person, (y, x_i)) in &inside {
        *totals.get_mut(&(person.stratum, unit(*row, person))).unwrap() +=
            person.weight * (y - value * x_i) / x;
    }
    let touched: BTreeSet<u32> = inside.iter().map(|(_, person, _)| person.stratum).collect();
    let mut variance = Some(0.0);
    for &stratum in &touched {
        let of_stratum: Vec<f64> =
            totals.iter().filter(|((h, _), _)| *h == stratum).map(|(_, total)| *total).collect();
        let n = of_stratum.len() as f64;
        let mean = of_stratum.iter().sum::<f64>() / n;
        let squares: f64 = of_stratum.iter().map(|total| (total - mean) * (total - mean)).sum();
        variance = variance.filter(|_| n > 1.0).map(|sum| sum + n / (n - 1.0) * squares);
    }
    let psus: BTreeSet<(u32, usize)> =
        inside.iter().map(|(row, person, _)| (person.stratum, unit(*row, person))).collect();
    Some((value, variance, psus.len() as i64 - touched.len() as i64))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn cells_give_what_rows_give(design in design(), points in points()) {
        let tally = run(&design);
        let measure = Measure { tally: 0, variable: 0, statistic: Statistic::Ratio, roles: roles(&tally, &points), point: None };
        let request = Request { measures: vec![measure], by: vec![0], ..Request::default() };
        for row in &estimate(&tally.cells, &[request], &Settings::default())[0].rows {
            let level = tally.dimensions[0].levels[usize::from(row.levels[0])].as_str();
            let segment = crate::made::SEGMENTS.iter().position(|known| *known == level).unwrap();
            match (row.estimate, naive(&design, segment as u16, &points)) {
                (Ok(found), Some((value, Some(variance), df))) => {
                    prop_assert!((found.value - value).abs() <= 1e-9 * value.abs().max(1.0));
                    prop_assert!((found.se * found.se - variance).abs() <= 1e-9 * variance.max(1e-6));
                    prop_assert_eq!(found.df as i64, df);
                }
                (Err(NotEstimable::Empty | NotEstimable::ZeroDenominator), None)
                | (Err(NotEstimable::LonePsu { .. }), Some((_, None, _))) => {}
                (Err(NotEstimable::ZeroDf), Some((_, _, df))) => prop_assert!(df <= 0),
                (Err(NotEstimable::ZeroVariance), Some((_, Some(variance), _))) => prop_assert!(variance < 1e-20),
                (found, expected) => prop_assert!(false, "{found:?} is not {expected:?}"),
            }
        }
    }
}

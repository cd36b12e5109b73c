//! The tally against a row-by-row count, and its independence of order, batches and threads.

use proptest::prelude::*;
use wxstats::codebook::{Answer, Item};
use wxstats::ingest::Batches;
use wxstats::tally::{Cells, Grid, Panel, Plan, Question, Reply, Sums, Tally, Variable, tally};

use crate::made::{CITIES, Design, PSUS_PER_STRATUM, Person, SEGMENTS, STRATA, design, part};

fn run(design: &Design, rows: usize) -> Tally {
    run_of(design, rows, |items| items.iter().cloned().map(Variable::from).collect())
}

fn run_of(design: &Design, rows: usize, variables: impl Fn(&[Item]) -> Vec<Variable>) -> Tally {
    let part = part(design, rows);
    let variables = variables(&part.schema.items);
    let plan = Plan { by: vec!["city".to_owned(), "segment".to_owned()], variables, panel: Panel::Not };
    tally(&[&part as &dyn Batches], &plan).unwrap()
}

/// The sums of one cell, item and answer, counted person by person.
fn naive(design: &Design, tally: &Tally, key: (u32, Option<u32>, &[u16]), item: usize, answer: u8) -> Sums {
    let Grid { w, w2 } = tally.cells.grid;
    let mut sums = Sums::default();
    for person in &design.people {
        let city = tally.dimensions[0].levels[usize::from(key.2[0])].as_str();
        let segment = tally.dimensions[1].levels[usize::from(key.2[1])].as_str();
        let here = person.stratum == key.0
            && key.1.is_none_or(|psu| psu == person.psu)
            && CITIES[usize::from(person.levels[1])] == city
            && SEGMENTS[usize::from(person.levels[0])] == segment;
        if here && person.answers[item] == answer && person.weight > 0.0 {
            sums += Sums {
                n: 1,
                w: Grid::quantize(person.weight, w),
                w2: Grid::quantize(person.weight * person.weight, w2),
            };
        }
    }
    sums
}

/// The same sums in the tally; nothing where nobody gave this answer.
fn found(tally: &Tally, group: usize, item: usize, answer: Answer) -> Sums {
    let meant = |class: u32| tally.classes[item][class as usize] == [Reply::from(answer)];
    let entry = tally.cells.classes(group, item).find(|entry| meant(entry.class));
    entry.map_or_else(Sums::default, |entry| entry.sums)
}

/// What cells keep of the sums of a class.
fn kept(sums: Sums, cells: &Cells) -> Sums {
    if cells.clustered { Sums { w2: 0, ..sums } } else { sums }
}

fn counted_rows(cells: &Cells, item: usize) -> u64 {
    (0..cells.groups().len()).flat_map(|group| cells.classes(group, item)).map(|entry| entry.sums.n).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_cell_is_the_count_of_its_people(design in design()) {
        let tally = run(&design, 7);
        let cells = &tally.cells;
        for (group, key) in cells.groups().iter().enumerate() {
            for item in 0..cells.variables {
                for answer in 0..4_u8 {
                    let found = found(&tally, group, item, Answer::ALL[usize::from(answer)]);
                    let expected = naive(&design, &tally, (key.stratum, key.psu, &key.levels), item, answer);
                    prop_assert_eq!(found, kept(expected, cells));
                }
            }
        }
        let weighted = design.people.iter().filter(|person| person.weight > 0.0).count() as u64;
        prop_assert_eq!(counted_rows(cells, 0), weighted);
    }

    #[test]
    fn strata_are_counted_on_the_full_sample(design in design()) {
        let cells = run(&design, 100).cells;
        for stratum in 0..STRATA {
            let people = || design.people.iter().filter(|person| person.stratum == stratum);
            let expected = if design.clustered {
                (0..PSUS_PER_STRATUM).filter(|psu| people().any(|p| p.psu == stratum * PSUS_PER_STRATUM + psu)).count()
            } else {
                people().count()
            };
            prop_assert_eq!(cells.strata[stratum as usize].psus, expected as u64);
        }
    }

    #[test]
    fn order_batches_and_threads_change_nothing(design in design(), seed in any::<u64>()) {
        let expected = run(&design, 100).cells;
        let mut shuffled = design.clone();
        let mut state = seed;
        for last in (1..shuffled.people.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.people.swap(last, (state >> 33) as usize % (last + 1));
        }
        prop_assert_eq!(&run(&shuffled, 3).cells, &expected);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        prop_assert_eq!(&pool.install(|| run(&shuffled, 11)).cells, &expected);
    }
}

#[test]
fn many_rows_of_a_group_are_counted_as_few_are() {
    let mut state = 1_u64;
    let mut draw = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % below
    };
    for (clustered, weighted) in [(false, false), (false, true), (true, true)] {
        let people: Vec<Person> = (0..4000)
            .map(|_| {
                // Most are in one stratum, so that groups of all sizes come about.
                let stratum = draw(STRATA * 20).saturating_sub(STRATA * 19);
                Person {
                    stratum,
                    psu: stratum * PSUS_PER_STRATUM + draw(PSUS_PER_STRATUM),
                    weight: if weighted { f64::from(draw(1000)) / 300.0 } else { 1.0 },
                    levels: [draw(2) as u16, draw(3) as u16],
                    answers: (0..35).map(|_| draw(4) as u8).collect(),
                }
            })
            .collect();
        let design = Design { items: 35, clustered, weighted, people };
        let tally = run(&design, 2500);
        let cells = &tally.cells;
        assert_eq!(&run(&design, 3).cells, cells);
        // Five answers have 1,024 classes, too many for a byte.
        let joint = |items: &[Item]| vec![Variable(items[..5].iter().cloned().map(Question::Item).collect())];
        let joint = run_of(&design, 2500, joint);
        for (group, key) in cells.groups().iter().enumerate() {
            for (item, answer) in
                [0, 1, 17, 31, 32, 34].into_iter().flat_map(|item| (0..4).map(move |answer| (item, answer)))
            {
                let found = found(&tally, group, item, Answer::ALL[usize::from(answer)]);
                let expected = naive(&design, &tally, (key.stratum, key.psu, &key.levels), item, answer);
                assert_eq!(found, kept(expected, cells), "group {group}, item {item}, answer {answer}");
                if item < 5 {
                    let meant = Reply::from(Answer::ALL[usize::from(answer)]);
                    let classes = joint.cells.classes(group, 0);
                    let is_meant = |class: u32| joint.classes[0][class as usize][item] == meant;
                    let sum = classes.filter(|entry| is_meant(entry.class));
                    let sum = sum.fold(Sums::default(), |sum, entry| sum + entry.sums);
                    assert_eq!(sum, found, "group {group}, item {item}, answer {answer} of five");
                }
            }
        }
    }
}

#[test]
fn the_grid_keeps_every_bit_of_ordinary_weights() {
    let grid = Grid::for_weights_up_to(37.25);
    for weight in [37.25, 1.0, 0.1, 1e-4, 3.333_333_333_333_333_5] {
        let sums =
            Sums { n: 1, w: Grid::quantize(weight, grid.w), w2: Grid::quantize(weight * weight, grid.w2) };
        assert_eq!(grid.weight(sums).to_bits(), f64::to_bits(weight));
    }
}

#[test]
fn the_grid_rounds_half_to_even_below_its_unit() {
    let unit = -10;
    let half = libm::ldexp(1.0, unit - 1);
    assert_eq!(Grid::quantize(half, unit), 0);
    assert_eq!(Grid::quantize(3.0 * half, unit), 2);
    assert_eq!(Grid::quantize(half * 1.000_000_1, unit), 1);
    assert_eq!(Grid::quantize(half / 1e9, unit), 0);
    assert_eq!(Grid::quantize(0.0, unit), 0);
    assert_eq!(Grid::quantize(f64::MIN_POSITIVE / 4.0, unit), 0);
}

#[test]
fn a_plan_that_does_not_fit_says_what_there_is() {
    let design = Design { items: 1, clustered: false, weighted: false, people: Vec::new() };
    let part = part(&design, 1);
    let ask = |by: &str, items: &[&str]| {
        let variables = items.iter().map(|item| item.parse::<Item>().unwrap().into()).collect();
        let plan = Plan { by: vec![by.to_owned()], variables, panel: Panel::Not };
        tally(&[&part as &dyn Batches], &plan).unwrap_err().to_string()
    };
    assert_eq!(ask("town", &[]), "no dimension is called \"town\"; there are city, segment, wave");
    assert_eq!(
        ask("city", &["moments.share"]),
        "no item is called \"moments.share\"; there are feature_0.share"
    );
}

//! Rao–Scott tests against what `goldens.R` printed, and the ways in which there is none.

use proptest::prelude::*;
use wxstats::codebook::Answer;
use wxstats::estimate::{NotEstimable, RaoScott, Request, Settings, TestRow};

use super::algebra::{a_survey, close};
use super::golden::{Line, SURVEYS, assert_close, assert_p, status};
use super::naive::{CITIES, ITEMS, Row, SEGMENTS, Survey, estimate, read_csv};

fn tests(survey: &Survey, by: Vec<usize>, test: usize) -> Vec<TestRow> {
    let request = Request { by, test: Some(test), ..Request::default() };
    estimate(&survey.tally(), &request, &Settings::default()).tests
}

#[test]
fn tests_agree_with_r() {
    let golden = read_csv("tests");
    let mut matched = 0;
    for survey in SURVEYS {
        let respondents = Survey::read(survey);
        for (column, by) in
            [("segment", vec![0]), ("city", vec![1]), ("segment", vec![0, 1]), ("city", vec![1, 0])]
        {
            for row in tests(&respondents, by, 0) {
                let within = row.levels.first().map(|&code| usize::from(code));
                let (city, segment) = match (column, within) {
                    (_, None) => ("", ""),
                    ("segment", Some(code)) => (CITIES[code], ""),
                    (_, Some(code)) => ("", SEGMENTS[code]),
                };
                let key = [survey, column, city, segment, ITEMS[row.measure]];
                let columns = ["survey", "column", "city", "segment", "item"];
                let is_it = |line: &&Line| columns.map(|column| &*line[column]) == key;
                assert_test(golden.iter().find(is_it).unwrap(), row.test);
                matched += 1;
            }
        }
    }
    assert_eq!(matched, golden.len());
}

fn assert_test(line: &Line, test: Result<RaoScott, NotEstimable>) {
    match test {
        Ok(RaoScott { f, ndf, ddf, p }) => {
            assert_eq!(line["status"], "ok", "{line:?}");
            assert_close(line, "f", f);
            assert_close(line, "ndf", ndf);
            assert_close(line, "ddf", ddf);
            assert_p(line, "p", p);
        }
        Err(reason) => assert_eq!(line["status"], status(reason), "{line:?}"),
    }
}

/// Respondents of equal weight in one stratum, as (PSU, level, answer).
fn survey(rows: &[(Option<u32>, u16, Answer)]) -> Survey {
    let row = |&(psu, level, answer)| Row {
        stratum: 0,
        psu,
        levels: vec![level],
        weight: 1.0,
        answers: vec![answer],
    };
    Survey { rows: rows.iter().map(row).collect(), fpc: vec![None] }
}

fn only_test(rows: &[(Option<u32>, u16, Answer)]) -> Result<RaoScott, NotEstimable> {
    tests(&survey(rows), vec![0], 0)[0].test
}

#[test]
fn one_row_or_column_is_no_table() {
    let (yes, no) = (Answer::Yes, Answer::No);
    assert_eq!(
        only_test(&[(None, 0, yes), (None, 0, no), (None, 1, Answer::Blank)]),
        Err(NotEstimable::Uniform)
    );
    assert_eq!(only_test(&[(None, 0, yes), (None, 1, yes)]), Err(NotEstimable::Uniform));
    assert_eq!(only_test(&[(None, 0, Answer::Blank), (None, 1, Answer::Blank)]), Err(NotEstimable::Empty));
}

/// Three PSUs have two degrees of freedom: not enough for four columns.
#[test]
fn too_few_psus_for_the_columns() {
    let answer = |i: u32| if (i * i / 3).is_multiple_of(2) { Answer::Yes } else { Answer::No };
    let rows = |psus| (0..60).map(|i| (Some(i % psus), (i / 7 % 4) as u16, answer(i))).collect::<Vec<_>>();
    assert_eq!(only_test(&rows(3)), Err(NotEstimable::Singular));
    assert!(only_test(&rows(9)).is_ok());
}

#[test]
fn equal_shares_give_no_evidence() {
    let rows: Vec<_> =
        (0..40).map(|i| (None, i % 2, if i % 4 < 2 { Answer::Yes } else { Answer::No })).collect();
    let RaoScott { f, ndf, ddf, p } = only_test(&rows).unwrap();
    assert!(
        f.abs() < 1e-15 && (p - 1.0).abs() < 1e-12 && (ndf - 1.0).abs() < 1e-12 && (ddf - 39.0).abs() < 1e-9
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Segment and city together have four levels; which of them comes last decides on the basis of the contrasts.
    #[test]
    fn order_of_levels_does_not_matter(survey in a_survey(), last in 0..4_u16) {
        let joined = |last: u16| {
            let mut survey = survey.clone();
            for row in &mut survey.rows {
                row.levels = vec![(2 * row.levels[0] + row.levels[1] + last) % 4];
            }
            tests(&survey, vec![0], 0)
        };
        for (plain, turned) in joined(0).iter().zip(&joined(last)) {
            match (plain.test, turned.test) {
                (Ok(a), Ok(b)) => {
                    prop_assert!(close(a.f, b.f, 1e-8) && close(a.p, b.p, 1e-8), "{a:?} {b:?}");
                    prop_assert!(close(a.ndf, b.ndf, 1e-8) && close(a.ddf, b.ddf, 1e-8), "{a:?} {b:?}");
                    prop_assert!((0.0..=1.0).contains(&a.p) && a.ndf <= 3.0 + 1e-9 && a.ndf >= 1.0 - 1e-9);
                }
                (a, b) => prop_assert_eq!(a.err(), b.err()),
            }
        }
    }
}

//! Every line of every golden.

use std::collections::BTreeMap;

use wxstats::estimate::{Compare, Estimate, EstimateRow, NotEstimable};

use super::survey::{Line, Survey, lines};

fn number(line: &Line, column: &str) -> f64 {
    line[column].parse().unwrap_or_else(|_| panic!("{column}: {line:?}"))
}

fn assert_close(line: &Line, column: &str, found: f64) {
    let expected = number(line, column);
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        "{column}: {found} is not {expected}, {line:?}"
    );
}

/// p-values agree to 1e-8 of themselves.
fn assert_p(line: &Line, found: f64) {
    let expected = number(line, "p");
    assert!((found - expected).abs() <= 1e-8 * expected, "p: {found} is not {expected}, {line:?}");
}

/// Lines that need the same tally stand together.
fn by_tally(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut groups: BTreeMap<[String; 4], Vec<Line>> = BTreeMap::new();
    for line in lines {
        let key = ["survey", "measure", "item", "other"].map(|column| line[column].clone());
        groups.entry(key).or_default().push(line);
    }
    groups.into_values().collect()
}

/// The dimensions on which a line has a level, and their codes.
fn domain(survey: &Survey, line: &Line, columns: &[&str]) -> (Vec<usize>, Vec<Option<u16>>) {
    let named =
        columns.iter().enumerate().filter(|(_, column)| line.get(**column).is_some_and(|l| !l.is_empty()));
    named.map(|(dimension, column)| (dimension, survey.code(dimension, &line[*column]))).unzip()
}

fn why(status: &str) -> Option<NotEstimable> {
    match status {
        "empty" => Some(NotEstimable::Empty),
        "zero-denominator" => Some(NotEstimable::ZeroDenominator),
        "zero-df" => Some(NotEstimable::ZeroDf),
        "zero-variance" => Some(NotEstimable::ZeroVariance),
        _ => None,
    }
}

fn assert_row(line: &Line, row: &EstimateRow) {
    let estimate: Estimate = match (why(&line["status"]), row.estimate) {
        (Some(expected), found) => {
            assert_eq!(found, Err(expected), "{line:?}");
            return;
        }
        (None, found) => found.unwrap_or_else(|why| panic!("{why:?}: {line:?}")),
    };
    assert_eq!(row.base.n, number(line, "n") as u64, "{line:?}");
    assert_close(line, "estimate", estimate.value);
    assert_close(line, "ci_low", estimate.interval.0);
    assert_close(line, "ci_high", estimate.interval.1);
    assert_eq!(estimate.df, number(line, "df") as u64, "{line:?}");
    if line["status"] == "ok" {
        assert_close(line, "se", estimate.se);
    }
    // R has a deff of ratios, which says little: it is given for rates and means only.
    if let Some(deff) = estimate.deff {
        assert_close(line, "deff", deff);
    }
}

fn check_levels(golden: &str, columns: &[&str], keep: fn(&Line) -> bool) -> usize {
    let mut checked = 0;
    for group in by_tally(lines(golden).into_iter().filter(keep).collect()) {
        let survey = Survey::of(&group[0], columns);
        for line in &group {
            let (by, codes) = domain(&survey, line, columns);
            let estimates = survey.estimate(by, None);
            let levels: Option<Vec<u16>> = codes.into_iter().collect();
            let row = estimates.rows.iter().find(|row| Some(&row.levels) == levels.as_ref());
            match row {
                Some(row) => assert_row(line, row),
                None => assert_eq!(line["status"], "empty", "{line:?}"),
            }
            checked += 1;
        }
    }
    checked
}

#[test]
fn means_and_scores_are_those_of_svymean() {
    assert_eq!(check_levels("means", &["segment", "city"], |_| true), 296);
}

#[test]
fn medians_are_those_of_svyquantile() {
    assert_eq!(check_levels("medians", &["segment", "city"], |_| true), 111);
}

#[test]
fn totals_are_those_of_svytotal() {
    assert_eq!(check_levels("totals", &["segment", "city"], |_| true), 111);
}

#[test]
fn rates_among_others_and_ratios_are_those_of_svyratio() {
    assert_eq!(check_levels("ratios", &["segment", "city"], |_| true), 148);
}

#[test]
fn options_of_multi_response_questions_have_the_base_that_is_asked_for() {
    // The shares of mentions are in the golden twice, with symmetric and with logit limits; ours are the latter.
    assert_eq!(check_levels("options", &["segment", "city"], |line| line["measure"] != "mentions"), 444);
}

#[test]
fn waves_of_a_panel_are_estimated_with_the_people_of_all_waves() {
    assert_eq!(check_levels("waves", &["wave", "segment", "city"], |_| true), 168);
}

#[test]
fn differences_within_people_have_the_joint_covariance() {
    for group in by_tally(lines("differences")) {
        let survey = Survey::of(&group[0], &["segment", "city"]);
        for line in group.iter().filter(|line| line["status"] == "ok") {
            let (by, codes) = domain(&survey, line, &["segment", "city"]);
            let levels: Vec<u16> = codes.into_iter().flatten().collect();
            let rows = survey.estimate(by, None).rows;
            let row = rows.iter().find(|row| row.levels == levels).unwrap();
            let estimate = row.estimate.unwrap_or_else(|why| panic!("{why:?}: {line:?}"));
            assert_eq!(row.base.n, number(line, "n") as u64, "{line:?}");
            assert_close(line, "difference", estimate.value);
            assert_close(line, "se", estimate.se);
            assert_close(line, "ci_low", estimate.interval.0);
            assert_close(line, "ci_high", estimate.interval.1);
            assert_eq!(estimate.df, number(line, "df") as u64, "{line:?}");
            let test = estimate.test.unwrap();
            assert_close(line, "t", test.t);
            assert_p(line, test.p);
        }
    }
}

/// Gaps between two levels of the dimension at `position` of `columns`.
fn check_gaps(golden: &str, columns: &[&str], position: usize) -> usize {
    let mut checked = 0;
    for group in by_tally(lines(golden)) {
        let survey = Survey::of(&group[0], columns);
        for line in group.iter().filter(|line| !matches!(line["status"].as_str(), "boundary")) {
            let (mut by, codes) = domain(&survey, line, columns);
            let place = by.iter().filter(|&&dimension| dimension < position).count();
            by.insert(place, position);
            let side = |column: &str| survey.code(position, &line[column]).unwrap();
            let pairs = vec![(side("first_side"), side("second_side"))];
            let gaps = survey.estimate(by, Some(Compare { position: place, pairs })).gaps;
            let levels: Option<Vec<u16>> = codes.into_iter().collect();
            let Some(row) = gaps.iter().find(|row| Some(&row.levels) == levels.as_ref()) else {
                assert_eq!(line["status"], "empty", "{line:?}");
                continue;
            };
            checked += 1;
            let gap = match (line["status"].as_str(), row.gap) {
                ("ok", gap) => gap.unwrap_or_else(|why| panic!("{why:?}: {line:?}")),
                (_, found) => {
                    assert!(
                        matches!(found, Err(NotEstimable::Side | NotEstimable::Empty)),
                        "{found:?} {line:?}"
                    );
                    continue;
                }
            };
            assert_close(line, "difference", gap.difference);
            assert_close(line, "se", gap.se);
            assert_close(line, "ci_low", gap.interval.0);
            assert_close(line, "ci_high", gap.interval.1);
            assert_eq!(gap.df, number(line, "df") as u64, "{line:?}");
            assert_close(line, "t", gap.t.unwrap());
            assert_p(line, gap.p);
        }
    }
    checked
}

#[test]
fn gaps_of_every_figure_are_contrasts_on_the_joint_design() {
    assert!(check_gaps("gaps", &["segment", "city"], 0) > 100);
}

#[test]
fn changes_in_a_panel_have_the_covariance_of_the_same_people() {
    assert!(check_gaps("changes", &["wave", "segment", "city"], 0) > 60);
}

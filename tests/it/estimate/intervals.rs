//! Intervals of every kind, and the gaps made from them, against what `goldens.R` printed.

use proptest::prelude::*;
use wxstats::estimate::{Estimate, Estimates, Interval, Request, Settings};

use super::algebra::{a_survey, request};
use super::golden::{Line, SURVEYS, assert_close, assert_p, gaps};
use super::naive::{CITIES, ITEMS, SEGMENTS, Survey, estimate, read_csv};

const KINDS: [(&str, Interval); 5] = [
    ("logit", Interval::Logit),
    ("wilson", Interval::Wilson),
    ("beta", Interval::Beta),
    ("asin", Interval::Asin),
    ("mean", Interval::Mean),
];

fn by(interval: Interval) -> Settings {
    Settings { interval, ..Settings::default() }
}

/// The rates of one survey that could be estimated, with segment, city and item as the golden has them.
fn rates(survey: &str, settings: &Settings) -> Vec<([&'static str; 3], Estimate)> {
    let cells = Survey::read(survey).tally();
    let mut rates = Vec::new();
    for by in [vec![], vec![0], vec![1], vec![0, 1]] {
        let request = Request { by: by.clone(), ..Request::default() };
        for row in estimate(&cells, &request, settings).rows {
            let level = |dimension, names: &[&'static str]| {
                by.iter().position(|&d| d == dimension).map_or("", |i| names[row.levels[i] as usize])
            };
            let key = [level(0, &SEGMENTS), level(1, &CITIES), ITEMS[row.measure]];
            rates.extend(row.estimate.ok().map(|rate| (key, rate)));
        }
    }
    rates
}

#[test]
fn intervals_agree_with_r() {
    let golden = read_csv("intervals");
    let mut compared = 0;
    for (method, kind) in KINDS {
        for survey in SURVEYS {
            for ([segment, city, item], rate) in rates(survey, &by(kind)) {
                let is_it = |line: &&Line| {
                    [&*line["survey"], &*line["method"], &*line["segment"], &*line["city"], &*line["item"]]
                        == [survey, method, segment, city, item]
                };
                let line = golden.iter().find(is_it).unwrap();
                assert_close(line, "low", rate.interval.0);
                assert_close(line, "high", rate.interval.1);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, golden.len());
}

/// Compares the gaps of `golden` that are of one comparison; returns how many there were.
fn assert_mover(
    golden: &[Line],
    survey: &str,
    compared: &str,
    (method, estimates): (&str, &Estimates),
) -> usize {
    let names: &[&str] = if compared == "segment" { &SEGMENTS } else { &CITIES };
    let mut matched = 0;
    for row in &estimates.gaps {
        let (first, second) = (names[row.of.0 as usize], names[row.of.1 as usize]);
        let city = row.levels.first().map_or("", |&code| CITIES[code as usize]);
        let is_it = |line: &&Line| {
            [&*line["survey"], &*line["compared"], &*line["city"], &*line["method"]]
                == [survey, compared, city, method]
                && [&*line["first"], &*line["second"], &*line["item"]] == [first, second, ITEMS[row.measure]]
        };
        let Some(line) = golden.iter().find(is_it) else { continue };
        let gap = row.gap.unwrap();
        assert_close(line, "low", gap.interval.0);
        assert_close(line, "high", gap.interval.1);
        assert_p(line, "p", gap.p);
        assert_eq!(gap.ratio.is_none(), line["ratio_low"].is_empty(), "{line:?}");
        if let Some(ratio) = gap.ratio {
            assert_close(line, "ratio_low", ratio.interval.0);
            assert_close(line, "ratio_high", ratio.interval.1);
        }
        matched += 1;
    }
    matched
}

#[test]
fn gaps_at_0_and_1_follow_the_interval() {
    let golden = read_csv("mover");
    let mut matched = 0;
    for (method, kind) in KINDS {
        for survey in SURVEYS {
            for (compared, within_cities) in [("segment", true), ("segment", false), ("city", false)] {
                let estimates = gaps(survey, compared, within_cities, &by(kind));
                matched += assert_mover(&golden, survey, compared, (method, &estimates));
            }
        }
    }
    assert_eq!(matched, golden.len());
}

/// Gaps between rates inside (0, 1) come from the joint covariance, whatever interval the rates have.
#[test]
fn other_gaps_do_not() {
    let plain = gaps("clustered", "segment", true, &Settings::default());
    for (_, kind) in KINDS {
        assert_eq!(gaps("clustered", "segment", true, &by(kind)).gaps, plain.gaps);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_are_sound(survey in a_survey(), kind in prop::sample::select(&KINDS[..])) {
        let estimates = estimate(&survey.tally(), &request(), &by(kind.1));
        for rate in estimates.rows.iter().filter_map(|row| row.estimate.ok()) {
            let (low, high) = rate.interval;
            prop_assert!(low <= rate.value && rate.value <= high && (high - low).is_finite());
            prop_assert!((0.0 <= low && high <= 1.0) || kind.1 == Interval::Mean);
        }
        for gap in estimates.gaps.iter().filter_map(|row| row.gap.ok()) {
            let (low, high) = gap.interval;
            prop_assert!(low <= gap.difference && gap.difference <= high && (high - low).is_finite());
            prop_assert!((0.0..=1.0).contains(&gap.p) && gap.p <= gap.p_adjusted && gap.p_adjusted <= 1.0);
            let excludes_zero = low > 0.0 || high < 0.0;
            prop_assert!(excludes_zero == (gap.p < 0.05) || (gap.p - 0.05).abs() < 1e-9, "{gap:?}");
            if let Some(ratio) = gap.ratio {
                let (low, high) = ratio.interval;
                prop_assert!(0.0 <= low && low <= ratio.estimate && ratio.estimate <= high && high.is_finite());
            }
        }
    }
}

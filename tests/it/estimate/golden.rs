//! Rates and gaps of the synthetic surveys in `golden/estimate/` against what `goldens.R` printed.

use std::collections::BTreeMap;

use wxstats::estimate::{
    Compare, Correction, EstimateRow, Estimates, Flag, Gap, GapRow, NotEstimable, Ratio, Reason, Request,
    Settings,
};

use super::naive::{CITIES, ITEMS, SEGMENTS, Survey, estimate, read_csv};

pub(super) type Line = BTreeMap<String, String>;

pub(super) const SURVEYS: [&str; 8] =
    ["srs", "weighted", "stratified", "clustered", "clustered_fpc", "fractions", "lone", "banner"];

pub(super) fn number(line: &Line, column: &str) -> f64 {
    line[column].parse().unwrap_or_else(|_| panic!("{column} of {line:?}"))
}

pub(super) fn assert_close(line: &Line, column: &str, ours: f64) {
    let golden = number(line, column);
    assert!((ours - golden).abs() <= 1e-9 * golden.abs().max(1.0), "{column} is {ours}: {line:?}");
}

pub(super) fn assert_p(line: &Line, column: &str, ours: f64) {
    let golden = number(line, column);
    assert!((ours - golden).abs() <= 1e-8 * golden, "{column} is {ours:e}: {line:?}");
}

pub(super) fn code(names: &[&str], name: &str) -> Option<u16> {
    names.iter().position(|&n| n == name).map(|code| code as u16)
}

pub(super) fn status(reason: NotEstimable) -> &'static str {
    match reason {
        NotEstimable::Empty => "empty",
        NotEstimable::ZeroDf => "zero-df",
        NotEstimable::LonePsu { .. } => "lone-psu",
        NotEstimable::ZeroVariance => "zero-variance",
        NotEstimable::Side => "side",
        NotEstimable::Uniform => "uniform",
        NotEstimable::Singular => "singular",
        NotEstimable::ZeroDenominator => "zero-denominator",
        NotEstimable::NotARate => "not-a-rate",
    }
}

fn flag(flag: Option<Flag>) -> (&'static str, Option<f64>) {
    match flag {
        None => ("", None),
        Some(Flag::Withheld(reason) | Flag::Caution(reason)) => match reason {
            Reason::Base(n) => ("base", Some(n as f64)),
            Reason::EffectiveBase(n) => ("effective-base", Some(n)),
            Reason::Width(width) => ("width", Some(width)),
            Reason::RelativeWidth(width) => ("relative-width", Some(width)),
            Reason::ComplementWidth(width) => ("complement-width", Some(width)),
            Reason::FewDf(df) => ("few-df", Some(df as f64)),
            Reason::Boundary => ("boundary", None),
        },
    }
}

fn assert_rate(line: &Line, row: &EstimateRow) {
    for (column, ours) in [
        ("n", row.base.n as f64),
        ("yes", row.base.yes.unwrap() as f64),
        ("blank", row.base.blank as f64),
        ("not_asked", row.base.not_asked as f64),
        ("weighted_n", row.base.weighted_n),
    ] {
        assert_close(line, column, ours);
    }
    let (code, value) = flag(row.flag);
    assert_eq!(line["flag"], code, "{line:?}");
    if let Some(value) = value {
        assert_close(line, "flag_value", value);
    }
    let rate = match row.estimate {
        Ok(rate) => rate,
        Err(reason) => return assert_eq!(line["status"], status(reason), "{line:?}"),
    };
    assert_eq!(line["status"], "ok", "{line:?}");
    for (column, ours) in [
        ("estimate", rate.value),
        ("se", rate.se),
        ("low", rate.interval.0),
        ("high", rate.interval.1),
        ("df", rate.df as f64),
        ("n_eff", rate.n_eff.unwrap()),
    ] {
        assert_close(line, column, ours);
    }
    match rate.deff {
        Some(deff) => assert_close(line, "deff", deff),
        None => assert_eq!(line["deff"], "", "{line:?}"),
    }
}

#[test]
fn rates_agree_with_r() {
    let golden = read_csv("rates");
    let mut compared = 0;
    for survey in SURVEYS {
        let cells = Survey::read(survey).tally();
        for by in [vec![], vec![0], vec![1], vec![0, 1]] {
            let request = Request { by: by.clone(), ..Request::default() };
            let estimates = estimate(&cells, &request, &Settings::default());
            for row in &estimates.rows {
                let level = |dimension, names: &[&'static str]| {
                    by.iter().position(|&d| d == dimension).map_or("", |i| names[row.levels[i] as usize])
                };
                let (segment, city) = (level(0, &SEGMENTS), level(1, &CITIES));
                let is_it = |line: &&Line| {
                    (&*line["survey"], &*line["segment"], &*line["city"], &*line["item"])
                        == (survey, segment, city, ITEMS[row.measure])
                };
                assert_rate(golden.iter().find(is_it).unwrap(), row);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, golden.len());
}

fn assert_gap(line: &Line, row: &GapRow) {
    let Gap { difference, se, interval, df, t, p, p_adjusted, ratio } = match row.gap {
        Ok(gap) => gap,
        Err(reason) => return assert_eq!(line["status"], status(reason), "{line:?}"),
    };
    assert_eq!(line["status"], "ok", "{line:?}");
    for (column, ours) in
        [("difference", difference), ("se", se), ("low", interval.0), ("high", interval.1), ("df", df as f64)]
    {
        assert_close(line, column, ours);
    }
    match t {
        Some(t) => assert_close(line, "t", t),
        None => assert_eq!(line["t"], "", "{line:?}"),
    }
    assert_p(line, "p", p);
    assert_p(line, "p_adjusted", p_adjusted);
    match ratio {
        Some(Ratio { estimate, interval: (low, high) }) => {
            for (column, ours) in [("ratio", estimate), ("ratio_low", low), ("ratio_high", high)] {
                assert_close(line, column, ours);
            }
        }
        None => assert_eq!(line["ratio"], "", "{line:?}"),
    }
}

/// The gaps of one comparison of one survey, as `goldens.R` asks for them.
pub(super) fn gaps(survey: &str, compared: &str, within_cities: bool, settings: &Settings) -> Estimates {
    let (by, position, pairs) = match (compared, within_cities) {
        ("segment", true) => (vec![1, 0], 1, vec![(0, 1)]),
        ("segment", false) => (vec![0], 0, vec![(0, 1)]),
        _ => (vec![1], 0, vec![(0, 1), (1, 2), (0, 3)]),
    };
    let request = Request { by, compare: Some(Compare { position, pairs }), ..Request::default() };
    estimate(&Survey::read(survey).tally(), &request, settings)
}

#[test]
fn gaps_agree_with_r() {
    let golden = read_csv("gaps");
    let mut matched = 0;
    for survey in SURVEYS {
        for (compared, within_cities) in [("segment", true), ("segment", false), ("city", false)] {
            let lines: Vec<&Line> = golden
                .iter()
                .filter(|line| {
                    line["survey"] == survey
                        && line["compared"] == compared
                        && line["city"].is_empty() != within_cities
                })
                .collect();
            let estimates = gaps(survey, compared, within_cities, &Settings::default());
            assert_eq!(lines.len(), estimates.gaps.len());
            let names: &[&str] = if compared == "segment" { &SEGMENTS } else { &CITIES };
            for (line, row) in lines.into_iter().zip(&estimates.gaps) {
                let of = (code(names, &line["first"]).unwrap(), code(names, &line["second"]).unwrap());
                assert_eq!((of, &*line["item"]), (row.of, ITEMS[row.measure]));
                assert_eq!(code(&CITIES, &line["city"]), row.levels.first().copied());
                assert_gap(line, row);
                matched += 1;
            }
        }
    }
    assert_eq!(matched, golden.len());
}

#[test]
fn false_discovery_rates_agree_with_r() {
    let settings = Settings { correction: Correction::BenjaminiHochberg, ..Settings::default() };
    let golden = read_csv("gaps");
    for survey in SURVEYS {
        let lines = golden.iter().filter(|line| line["survey"] == survey && line["compared"] == "city");
        for (line, row) in lines.zip(&gaps(survey, "city", false, &settings).gaps) {
            if let Ok(gap) = row.gap {
                assert_p(line, "p_bh", gap.p_adjusted);
            }
        }
    }
}

//! Weights, rates and gaps of the surveys in `golden/calibrate/` against what `goldens.R` printed.

use std::collections::BTreeMap;

use wxstats::estimate::calibrate::{Calibration, Covers, Margin, Options, Scale, Target, rake};
use wxstats::estimate::{Compare, Design, Estimates, LonelyPsu, Request, Settings};
use wxstats::tally::Cells;

use crate::estimate::naive::{AGES, CITIES, ITEMS, SEGMENTS, Survey, estimate, read_golden};

type Line = BTreeMap<String, String>;

fn assert_close(line: &Line, column: &str, ours: f64) {
    let golden: f64 = line[column].parse().unwrap();
    assert!((ours - golden).abs() <= 1e-9 * golden.abs().max(1.0), "{column} is {ours}: {line:?}");
}

fn assert_close_relative(line: &Line, column: &str, ours: f64, tolerance: f64) {
    let golden: f64 = line[column].parse().unwrap();
    assert!((ours / golden - 1.0).abs() <= tolerance, "{column} is {ours}: {line:?}");
}

/// Dimension and code of a level.
fn level(name: &str) -> (usize, u16) {
    let dimensions: [&[&str]; 3] = [&SEGMENTS, &CITIES, &AGES];
    let found = dimensions.iter().enumerate().find_map(|(dimension, names)| {
        names.iter().position(|&level| level == name).map(|code| (dimension, code as u16))
    });
    found.unwrap()
}

/// The margins of a case in targets.csv; those of "bounded" are shares.
fn margins(case: &str) -> Vec<Margin> {
    let mut margins: Vec<(String, Margin)> = Vec::new();
    for line in read_golden("calibrate/targets").iter().filter(|line| line["case"] == case) {
        let levels: Vec<(usize, u16)> = line["levels"].split('|').map(level).collect();
        if margins.last().is_none_or(|(name, _)| *name != line["margin"]) {
            let within = Some(&*line["within"]).filter(|within| !within.is_empty());
            let margin = Margin {
                dimensions: levels.iter().map(|level| level.0).collect(),
                within: within.map(level).into_iter().collect(),
                scale: if case == "bounded" { Scale::Shares } else { Scale::Persons },
                targets: Vec::new(),
            };
            margins.push((line["margin"].clone(), margin));
        }
        margins.last_mut().unwrap().1.targets.push(Target {
            covers: Covers::Levels(vec![levels.iter().map(|level| level.1).collect()]),
            total: line["total"].parse().unwrap(),
        });
    }
    margins.into_iter().map(|(_, margin)| margin).collect()
}

/// The calibration of a case; `None` for those without targets.
fn calibration(cells: &Cells, case: &str) -> Option<Calibration> {
    let margins = margins(case);
    let bounds = (case == "bounded").then_some((0.5, 1.7));
    (!margins.is_empty()).then(|| rake(cells, &margins, &Options { bounds, ..Options::default() }).unwrap())
}

fn lonely(mode: &str) -> LonelyPsu {
    match mode {
        "fail" => LonelyPsu::Fail,
        "remove" => LonelyPsu::Remove,
        "certainty" => LonelyPsu::Certainty,
        "adjust" => LonelyPsu::Adjust,
        "average" => LonelyPsu::Average,
        other => panic!("{other}"),
    }
}

/// The estimates of a case with all of its levels.
fn estimates(cells: &Cells, line: &Line, request: &Request) -> Estimates {
    let calibration = calibration(cells, &line["case"]);
    let design = Design { cells, calibration: calibration.as_ref() };
    estimate(design, request, &Settings { lonely: lonely(&line["lonely"]), ..Settings::default() })
}

/// The lines of a golden in runs of the same case, city and segment, so that each is estimated once.
fn runs(golden: &[Line]) -> impl Iterator<Item = &[Line]> {
    const KEY: [&str; 4] = ["case", "lonely", "city", "segment"];
    golden.chunk_by(|a, b| KEY.iter().all(|&column| a[column] == b[column]))
}

#[test]
fn weights_agree_with_r() {
    let golden = read_golden("calibrate/weights");
    for lines in golden.chunk_by(|a, b| a["case"] == b["case"]) {
        let case = &*lines[0]["case"];
        let survey = match case {
            "clustered" | "stratified" => case,
            "lonely_raked" => "lonely",
            _ => "plain",
        };
        let cells = Survey::read_golden(&format!("calibrate/{survey}")).tally();
        let calibration = calibration(&cells, case).unwrap();
        for line in lines {
            let levels = ["segment", "city", "age"].map(|column| level(&line[column]).1);
            let group = cells.groups().iter().position(|group| group.levels == levels).unwrap();
            assert_close_relative(line, "g", calibration.g_of_group(group), 1e-9);
        }
        let diagnostics = calibration.diagnostics();
        assert_close(&lines[0], "deff_before", diagnostics.before.deff);
        assert_close(&lines[0], "deff_after", diagnostics.after.deff);
        for target in diagnostics.margins.iter().flatten() {
            assert!((target.after / target.target - 1.0).abs() < 1e-10, "{target:?}");
        }
    }
}

#[test]
fn rates_agree_with_r() {
    let golden = read_golden("calibrate/rates");
    for lines in runs(&golden) {
        let first = &lines[0];
        let cells = Survey::read_golden(&format!("calibrate/{}", first["survey"])).tally();
        let named = [&*first["segment"], &*first["city"]].into_iter().filter(|name| !name.is_empty());
        let (by, codes): (Vec<usize>, Vec<u16>) = named.map(level).unzip();
        let estimates = estimates(&cells, first, &Request { by, ..Request::default() });
        for line in lines {
            let is_it = |row: &&wxstats::estimate::EstimateRow| {
                row.levels == codes && ITEMS[row.measure] == line["item"]
            };
            let row = estimates.rows.iter().find(is_it).unwrap();
            let rate = row.estimate.unwrap_or_else(|reason| panic!("{reason:?}: {line:?}"));
            assert_close(line, "n", row.base.n as f64);
            assert_close(line, "weighted_n", row.base.weighted_n);
            assert_close(line, "estimate", rate.value);
            assert_close_relative(line, "se", rate.se, 1e-9);
            assert_close(line, "low", rate.interval.0);
            assert_close(line, "high", rate.interval.1);
            assert_close(line, "df", rate.df as f64);
            assert_close(line, "deff", rate.deff.unwrap());
            assert_close(line, "n_eff", rate.n_eff.unwrap());
        }
    }
    assert!(golden.len() > 800);
}

#[test]
fn gaps_agree_with_r() {
    let golden = read_golden("calibrate/gaps");
    for lines in runs(&golden) {
        let first = &lines[0];
        let cells = Survey::read_golden(&format!("calibrate/{}", first["survey"])).tally();
        let city = Some(&*first["city"]).filter(|city| !city.is_empty()).map(level);
        let (mut by, codes): (Vec<usize>, Vec<u16>) = city.into_iter().unzip();
        by.push(0);
        let compare = Compare { position: by.len() - 1, pairs: vec![(0, 1)] };
        let estimates =
            estimates(&cells, first, &Request { by, compare: Some(compare), ..Request::default() });
        for line in lines {
            let is_it =
                |row: &&wxstats::estimate::GapRow| row.levels == codes && ITEMS[row.measure] == line["item"];
            let gap = estimates.gaps.iter().find(is_it).unwrap().gap;
            let gap = gap.unwrap_or_else(|reason| panic!("{reason:?}: {line:?}"));
            assert_close(line, "difference", gap.difference);
            assert_close_relative(line, "se", gap.se, 1e-9);
            assert_close(line, "low", gap.interval.0);
            assert_close(line, "high", gap.interval.1);
            assert_close(line, "df", gap.df as f64);
            assert_close(line, "t", gap.t.unwrap());
            assert_close_relative(line, "p", gap.p, 1e-8);
        }
    }
    assert!(golden.len() > 250);
}

#[test]
fn tests_agree_with_r() {
    let golden = read_golden("calibrate/tests");
    for lines in runs(&golden) {
        let first = &lines[0];
        let cells = Survey::read_golden(&format!("calibrate/{}", first["survey"])).tally();
        let segment = Some(&*first["segment"]).filter(|segment| !segment.is_empty()).map(level);
        let (mut by, codes): (Vec<usize>, Vec<u16>) = segment.into_iter().unzip();
        by.push(1);
        let test = Some(by.len() - 1);
        let estimates = estimates(&cells, first, &Request { by, test, ..Request::default() });
        for line in lines {
            let row =
                estimates.tests.iter().find(|row| row.levels == codes && ITEMS[row.measure] == line["item"]);
            let test = row.unwrap().test.unwrap_or_else(|reason| panic!("{reason:?}: {line:?}"));
            assert_close(line, "f", test.f);
            assert_close(line, "ndf", test.ndf);
            assert_close(line, "ddf", test.ddf);
            assert_close_relative(line, "p", test.p, 1e-8);
        }
    }
    assert!(golden.len() > 150);
}

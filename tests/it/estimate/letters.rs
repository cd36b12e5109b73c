//! Column letters against what `goldens.R` printed, and what must hold of them on every design.

use proptest::prelude::*;
use wxstats::estimate::{
    Compare, Correction, EstimateRow, Estimates, Family, Flag, GapRow, Letters, Request, Settings, letter,
};

use super::algebra::a_survey;
use super::golden::{Line, SURVEYS, assert_close, assert_p, status};
use super::naive::{CITIES, ITEMS, SEGMENTS, Survey, estimate, read_csv};

/// Cities side by side, for everybody or within segments.
fn cities(survey: &Survey, within_segments: bool, settings: &Settings) -> Estimates {
    let (by, position) = if within_segments { (vec![0, 1], 1) } else { (vec![1], 0) };
    let pairs = (0..4).flat_map(|a| (a + 1..4).map(move |b| (a, b))).collect();
    let compare = Some(Compare { position, pairs });
    estimate(
        &survey.tally(),
        &Request {
            by,
            compare,
            letters: Some(Letters { position, family: Family::Row }),
            ..Request::default()
        },
        settings,
    )
}

fn segment(levels: &[u16]) -> &'static str {
    levels.first().map_or("", |&code| SEGMENTS[code as usize])
}

#[test]
fn pairs_agree_with_r() {
    let golden = read_csv("pairs");
    let settings = Settings { correction: Correction::None, ..Settings::default() };
    let mut matched = 0;
    for survey in SURVEYS {
        for within_segments in [false, true] {
            for row in cities(&Survey::read(survey), within_segments, &settings).gaps {
                let key = [
                    survey,
                    segment(&row.levels),
                    ITEMS[row.measure],
                    CITIES[row.of.0 as usize],
                    CITIES[row.of.1 as usize],
                ];
                let columns = ["survey", "segment", "item", "first", "second"];
                let is_it = |line: &&Line| columns.map(|column| &*line[column]) == key;
                let line = golden.iter().find(is_it).unwrap();
                match row.gap {
                    Ok(gap) => {
                        assert_eq!(line["status"], "ok", "{line:?}");
                        assert_close(line, "difference", gap.difference);
                        assert_p(line, "p", gap.p);
                    }
                    Err(reason) => assert_eq!(line["status"], status(reason), "{line:?}"),
                }
                matched += 1;
            }
        }
    }
    assert_eq!(matched, golden.len());
}

/// Every rate that carries letters as a line of the golden, with its letters in their cases.
fn lettered(estimates: &Estimates, within_segments: bool) -> Vec<[String; 4]> {
    let rows = estimates.rows.iter().filter(|row| !row.letters.is_empty());
    rows.map(|row| {
        let (segment, city) =
            if within_segments { (segment(&row.levels), row.levels[1]) } else { ("", row.levels[0]) };
        let text = row.letters.iter().map(|mark| {
            let upper = letter(usize::from(mark.lower));
            if mark.strong { upper } else { upper.to_lowercase() }
        });
        [segment, ITEMS[row.measure], CITIES[city as usize], &text.collect::<String>()].map(str::to_owned)
    })
    .collect()
}

#[test]
fn letters_agree_with_r() {
    let golden = read_csv("letters");
    let corrections =
        [("none", Correction::None), ("holm", Correction::Holm), ("BH", Correction::BenjaminiHochberg)];
    let mut matched = 0;
    for survey in SURVEYS {
        let respondents = Survey::read(survey);
        for (level, (name, correction), min_diff) in [0.95, 0.5].into_iter().flat_map(|level| {
            corrections.into_iter().flat_map(move |by| [0.0, 0.1].map(|min_diff| (level, by, min_diff)))
        }) {
            let settings = Settings { level, correction, min_diff: 100.0 * min_diff, ..Settings::default() };
            let of = |within| lettered(&cities(&respondents, within, &settings), within);
            let mut ours = [of(false), of(true)].concat();
            let is_it = |line: &&Line| {
                [&*line["survey"], &*line["level"], &*line["correction"], &*line["min_diff"]]
                    == [survey, &level.to_string(), name, &min_diff.to_string()]
            };
            let columns = ["segment", "item", "city", "letters"];
            let theirs = golden.iter().filter(is_it).map(|line| columns.map(|column| line[column].clone()));
            let mut theirs: Vec<_> = theirs.collect();
            matched += theirs.len();
            ours.sort_unstable();
            theirs.sort_unstable();
            assert_eq!(ours, theirs, "{survey} {settings:?}");
        }
    }
    assert_eq!(matched, golden.len());
}

/// Segments side by side within cities, at a level that gives letters even to small surveys.
fn segments(survey: &Survey, min_diff: f64) -> Estimates {
    let settings = Settings { level: 0.3, min_diff: 100.0 * min_diff, ..Settings::default() };
    let letters = Some(Letters { position: 1, family: Family::Row });
    estimate(&survey.tally(), &Request { by: vec![1, 0], letters, ..Request::default() }, &settings)
}

/// Every respondent many times, so that bases are large enough to be shown.
fn many_times(mut survey: Survey) -> Survey {
    survey.rows = survey.rows.iter().flat_map(|row| std::iter::repeat_n(row.clone(), 8)).collect();
    survey
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn letters_are_sound(survey in a_survey().prop_map(many_times), min_diff in 0.0..0.5_f64) {
        let all = segments(&survey, 0.0);
        let large = segments(&survey, min_diff);
        for (row, large) in all.rows.iter().zip(&large.rows) {
            let own = row.levels[1];
            prop_assert!(row.letters.iter().all(|letter| letter.lower != own));
            prop_assert!(row.letters.is_empty() || !matches!(row.flag, Some(Flag::Withheld(_))));
            prop_assert!(large.letters.iter().all(|letter| row.letters.contains(letter)));
            for letter in &row.letters {
                let is_lower =
                    |other: &&EstimateRow| other.levels == [row.levels[0], letter.lower] && other.measure == row.measure;
                let lower = all.rows.iter().find(is_lower).unwrap();
                let difference = row.estimate.unwrap().value - lower.estimate.unwrap().value;
                prop_assert!(difference > 0.0 && lower.letters.iter().all(|letter| letter.lower != own));
                prop_assert!(!matches!(lower.flag, Some(Flag::Withheld(_))));
                prop_assert_eq!(large.letters.contains(letter), difference >= min_diff);
            }
        }
    }

    #[test]
    fn letters_of_gaps_are_the_clear_ones(survey in a_survey().prop_map(many_times)) {
        let settings = Settings { level: 0.3, ..Settings::default() };
        let pairs = (0..4).flat_map(|a| (a + 1..4).map(move |b| (a, b))).collect();
        let compare = Some(Compare { position: 1, pairs });
        let letters = Some(Letters { position: 1, family: Family::Gaps });
        let request = Request { by: vec![0, 1], compare, letters, ..Request::default() };
        let estimates = estimate(&survey.tally(), &request, &settings);
        let clear = |line: &&GapRow| {
            let is_withheld = matches!(line.flag, Some(Flag::Withheld(_)));
            !is_withheld && line.gap.is_ok_and(|gap| gap.p_adjusted < settings.alpha())
        };
        let lettered: usize = estimates.rows.iter().map(|row| row.letters.len()).sum();
        prop_assert_eq!(lettered, estimates.gaps.iter().filter(clear).count());
        for line in estimates.gaps.iter().filter(clear) {
            let gap = line.gap.unwrap();
            let (higher, lower) = if gap.difference > 0.0 { line.of } else { (line.of.1, line.of.0) };
            let is_it = |row: &&EstimateRow| row.levels == [line.levels[0], higher] && row.measure == line.measure;
            let row = estimates.rows.iter().find(is_it).unwrap();
            let letter = row.letters.iter().find(|letter| letter.lower == lower).unwrap();
            prop_assert_eq!(letter.strong, gap.p_adjusted < settings.alpha() / 5.0);
        }
    }

    #[test]
    fn names_of_columns_do_not_matter(survey in a_survey().prop_map(many_times)) {
        let mut swapped = survey.clone();
        swapped.rows.iter_mut().for_each(|row| row.levels[0] = 1 - row.levels[0]);
        let (plain, swapped) = (segments(&survey, 0.0), segments(&swapped, 0.0));
        for row in &plain.rows {
            let levels = [row.levels[0], 1 - row.levels[1]];
            let other = swapped.rows.iter().find(|other| other.levels == levels && other.measure == row.measure);
            let letters = |row: &EstimateRow| row.letters.iter().map(|l| l.strong).collect::<Vec<_>>();
            prop_assert_eq!(letters(row), letters(other.unwrap()));
        }
    }
}

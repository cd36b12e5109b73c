//! Somebody who has only what was published, and all of it, bounds what was withheld: every figure is an inequality about the
//! people behind it, and a linear program says between which counts each withheld one must be.
//!
//! What was rounded is known to its rounding; what is shown stands on none or at least 10 who said yes, and none or at least 10 who
//! said no. Counts from 1 to 9 that come out narrower than [`NARROW`] are a leak.

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use self::program::Program;
use crate::desk::Desk;
use crate::long::{quick_or, say};

/// An interval of counts that is narrower than this tells too much.
const NARROW: f64 = 5.0;
const CITIES: [(&str, &str); 5] = [
    ("Guangzhou", "广州"),
    ("Beijing", "北京"),
    ("Shanghai", "上海"),
    ("Shenzhen", "深圳"),
    ("Hangzhou", "杭州"),
];
const SEGMENTS: [&str; 2] = ["expat", "chinese"];
const ITEMS: [&str; 2] = ["moments.share", "moments.read"];

/// City, segment, and answers to the items.
type Person = (usize, usize, [bool; 2]);

/// Some people in the first `cities`, by a seed: in some places few, of whom few or nearly all say yes.
fn people(seed: usize, cities: usize) -> Vec<Person> {
    let mut drawn = 0_u64;
    let mut draw = |most: u64| {
        drawn += 1;
        let hash = blake3::hash(format!("{seed} {drawn}").as_bytes());
        u64::from_le_bytes(*hash.as_bytes().first_chunk().unwrap()) % most
    };
    let mut people = Vec::new();
    for city in 0..cities {
        for segment in 0..SEGMENTS.len() {
            let count = [1 + draw(12), 13 + draw(48), 60 + draw(190)][draw(3) as usize];
            let likely = [[3, 10, 30, 60, 95][draw(5) as usize], [10, 50, 90][draw(3) as usize]];
            people.extend((0..count).map(|_| (city, segment, likely.map(|percent| draw(100) < percent))));
        }
    }
    people
}

fn survey(people: &[Person]) -> String {
    let mut text = format!("respondent_id,segment,city,{}\n", ITEMS.join(","));
    for (number, (city, segment, answers)) in people.iter().enumerate() {
        let [one, other] = answers.map(u8::from);
        text.push_str(&format!("p{number},{},{},{one},{other}\n", SEGMENTS[*segment], CITIES[*city].1));
    }
    text
}

/// Whom a figure is of, `None` for all, and the item.
type Place = (Option<String>, Option<String>, String);

/// A published figure.
#[derive(Debug, Clone, PartialEq)]
struct Published {
    n: u64,
    rate: Option<f64>,
}

/// All figures in all tables of numbers below a directory.
fn figures(directory: &Path, found: &mut BTreeMap<Place, Published>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            figures(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "csv") {
            let mut reader = csv::Reader::from_path(&path).unwrap();
            for row in reader.deserialize::<BTreeMap<String, String>>() {
                let row = row.unwrap();
                if row.get("kind").is_none_or(|kind| kind != "figure") || row["statistic"] != "rate" {
                    continue;
                }
                let level = |name| row.get(name).filter(|level| *level != "*" && !level.is_empty()).cloned();
                let place =
                    (level("city"), level("segment"), format!("{}.{}", row["feature"], row["action"]));
                let figure = Published { n: row["n"].parse().unwrap(), rate: row["estimate"].parse().ok() };
                let known = found.entry(place).or_insert_with(|| figure.clone());
                assert_eq!(*known, figure, "the same figure is published twice, and differs");
            }
        }
    }
}

/// A survey as one item sees it: how many people stand where, and how many of them said yes.
struct Counts<'a> {
    places: Vec<(usize, usize)>,
    people: &'a [Person],
    item: usize,
}

impl<'a> Counts<'a> {
    fn of(people: &'a [Person], item: usize) -> Self {
        let places: BTreeSet<(usize, usize)> = people.iter().map(|person| (person.0, person.1)).collect();
        Self { places: places.into_iter().collect(), people, item }
    }

    /// The places that a figure is of.
    fn inside(&self, (city, segment, _): &Place) -> Vec<usize> {
        let is_in = |&at: &usize| {
            let (own_city, own_segment) = self.places[at];
            city.as_ref().is_none_or(|city| CITIES[own_city].0 == city)
                && segment.as_ref().is_none_or(|segment| SEGMENTS[own_segment] == segment)
        };
        (0..self.places.len()).filter(is_in).collect()
    }

    /// How many people, and how many who said yes, there really are.
    fn truth(&self, inside: &[usize]) -> (u64, u64) {
        let there = |person: &&Person| inside.iter().any(|&at| self.places[at] == (person.0, person.1));
        let all = self.people.iter().filter(there);
        (all.clone().count() as u64, all.filter(|person| person.2[self.item]).count() as u64)
    }

    /// Sums over some places of `n` and `yes`.
    fn sum(&self, inside: &[usize], n: f64, yes: f64) -> Vec<(usize, f64)> {
        let count = self.places.len();
        inside.iter().flat_map(|&at| [(at, n), (count + at, yes)]).collect()
    }

    /// What the figures say of the people.
    fn known(&self, figures: &BTreeMap<Place, Published>) -> Program {
        let mut program = Program::new(2 * self.places.len());
        for at in 0..self.places.len() {
            program.at_least(&self.sum(&[at], 1.0, -1.0), 0.0);
        }
        // The size of the whole sample is told.
        let all: Vec<usize> = (0..self.places.len()).collect();
        program.at_least(&self.sum(&all, 1.0, 0.0), self.people.len() as f64);
        program.at_most(&self.sum(&all, 1.0, 0.0), self.people.len() as f64);
        for (place, figure) in figures.iter().filter(|(place, _)| place.2 == ITEMS[self.item]) {
            let inside = self.inside(place);
            let sum = |n, yes| self.sum(&inside, n, yes);
            // Where a part reads 5 the base is the sum of what is read of the parts, and tells no more than they do.
            let is_part = |(part, _): &(&Place, &Published)| {
                part.0.is_some() && part.1.is_some() && part.2 == place.2 && *part != place
            };
            let mut parts = figures.iter().filter(is_part);
            let adds_up = parts.any(|(part, figure)| {
                figure.n == 5 && self.inside(part).iter().all(|at| inside.contains(at))
            });
            if !adds_up {
                let (low, high) = match figure.n {
                    0 => (0, 0),
                    5 => (1, 9),
                    10 => (10, 12),
                    n => (n - 2, n + 2),
                };
                program.at_least(&sum(1.0, 0.0), low as f64);
                program.at_most(&sum(1.0, 0.0), high as f64);
            }
            let Some(rate) = figure.rate else { continue };
            program.at_most(&sum(-(rate + 0.005), 1.0), 0.0);
            program.at_least(&sum(-(rate - 0.005), 1.0), 0.0);
            // What is shown is of none, or of at least 10; of none where 10 would be more than is shown.
            for (n, yes, share) in [(0.0, 1.0, rate), (1.0, -1.0, 1.0 - rate)] {
                if share > 0.0049 {
                    program.at_least(&sum(n, yes), 10.0);
                } else if figure.n < 2000 {
                    program.at_most(&sum(n, yes), 0.0);
                }
            }
        }
        program
    }
}

/// Withheld counts from 1 to 9 of what was published: how many there are, and those that are bounded too narrowly.
#[derive(Default)]
struct Attack {
    counts: usize,
    narrow: Vec<String>,
}

impl Attack {
    fn on(&mut self, people: &[Person], figures: &BTreeMap<Place, Published>) {
        for (item, name) in ITEMS.iter().enumerate() {
            let counts = Counts::of(people, item);
            let known = counts.known(figures);
            for place in figures.iter().filter(|(_, figure)| figure.rate.is_none()).map(|(place, _)| place) {
                if place.2 != *name {
                    continue;
                }
                let inside = counts.inside(place);
                let (n, yes) = counts.truth(&inside);
                for (what, count, of_n, of_yes) in
                    [("n", n, 1.0, 0.0), ("yes", yes, 0.0, 1.0), ("no", n - yes, 1.0, -1.0)]
                {
                    if !(1..=9).contains(&count) {
                        continue;
                    }
                    // The truth is possible.
                    let (low, high) = known.range(&counts.sum(&inside, of_n, of_yes)).unwrap();
                    assert!(
                        low < count as f64 + 1e-6 && high > count as f64 - 1e-6,
                        "{place:?} {what} {count}: {low} {high}"
                    );
                    self.counts += 1;
                    if high - low < NARROW - 1e-6 {
                        self.narrow.push(format!("{place:?}: {count} {what}, from {low:.2} to {high:.2}"));
                    }
                }
            }
        }
    }
}

/// Attacks what a command publishes of surveys of 2 to 5 cities.
fn attack(name: &str, publish: &[&str]) {
    let mut attack = Attack::default();
    let surveys = quick_or(4, 60);
    for seed in 0..surveys {
        let people = people(seed, 2 + seed % 4);
        let desk = Desk::new();
        fs::write(desk.path("s.txt"), survey(&people)).unwrap();
        desk.ok(publish);
        let mut published = BTreeMap::new();
        figures(desk.directory.path(), &mut published);
        attack.on(&people, &published);
    }
    let Attack { counts, narrow } = attack;
    assert!(counts > 0 && narrow.is_empty(), "{} of {counts}: {narrow:#?}", narrow.len());
    say(&format!(
        "{name}: {surveys} surveys, {counts} withheld counts from 1 to 9, none bounded more narrowly than 5"
    ));
}

#[test]
fn a_report_for_everybody_keeps_what_it_withholds() {
    attack("report", &["report", "--input", "s.txt", "--disclosure", "publish", "--chart-format", "svg"]);
}

#[test]
#[ignore = "not yet: 2 of 76 counts are bounded more narrowly than 5, as docs/RELIABILITY.md says"]
fn tables_with_all_their_sums_keep_what_they_withhold() {
    let by = "city,segment,city*segment";
    attack("table", &["table", "--input", "s.txt", "--by", by, "--disclosure", "publish", "-o", "t.csv"]);
}

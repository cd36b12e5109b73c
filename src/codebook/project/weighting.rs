//! `[dataset.….weighting]`: the margins to which a dataset is weighted.

use std::ops::Range;

use super::document::{Document, Entry, Value, entries};
use super::level::level_key;
use super::margin::{Figures, MarginBook, read_by};

/// To what a dataset is weighted.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightingBook {
    /// The codebook, as messages show it.
    pub file: String,
    /// Line and column of the codebook, from 1: of `population`, or else of the weighting.
    pub at: (u64, u64),
    /// Limits of g = w′/d, 0 ≤ lower < upper; the upper one may be infinite.
    pub bounds: Option<(f64, f64)>,
    /// Path of the population file, relative to the codebook; given exactly if a margin takes its targets from it.
    pub population: Option<String>,
    /// The margins; at least one. No two are of the same dimensions within the same level.
    pub margins: Vec<MarginBook>,
}

impl WeightingBook {
    /// The dimensions that a tally needs to be calibrated so, each once, in order of first appearance.
    #[must_use]
    pub fn dimensions(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for margin in &self.margins {
            let within = margin.within.iter().map(|(dimension, _)| dimension);
            for dimension in within.chain(&margin.by) {
                if !found.contains(dimension) {
                    found.push(dimension.clone());
                }
            }
        }
        found
    }

    /// Reads a weighting table; what is wrong is noted.
    pub(super) fn read<'t>(document: &mut Document<'t>, name: &str, entry: &Entry<'_, 't>) -> Option<Self> {
        let table = document.table(entry.value, name, "[dataset.expats.weighting]")?;
        let mut book = Self {
            file: document.file().to_owned(),
            at: document.place(entry.at()),
            bounds: None,
            population: None,
            margins: Vec::new(),
        };
        let (mut population, mut targets) = (None, None);
        for entry in document.entries(table, name, &["bounds", "population", "targets", "margin"]) {
            match entry.key {
                "bounds" => book.bounds = bounds(document, entry.value),
                "population" => {
                    population = Some(entry);
                    book.at = document.place(entry.at());
                    book.population =
                        document.text(entry.value, "population", "\"populations.csv\"").map(str::to_owned);
                }
                "targets" => targets = Some(entry),
                _ => margins(document, &entry, &mut book),
            }
        }
        if let Some(targets) = targets {
            let listed = std::mem::take(&mut book.margins);
            read_targets(document, &targets, &mut book);
            book.margins.extend(listed);
        }
        match (population, targets) {
            (Some(population), None) => document.refuse(
                population.at(),
                "population is given, but no targets",
                "targets = [\"city\", \"os\"] says which of its margins are met",
            ),
            (None, Some(targets)) => document.refuse(
                targets.at(),
                "targets are given, but no population",
                "population = \"populations.csv\" says where they stand; a [[…weighting.margin]] has its own",
            ),
            (None, None) if !table.contains_key("margin") => document.refuse(
                entry.at(),
                format!("{name} has no margins"),
                "give population and targets, or a [[…weighting.margin]]",
            ),
            _ => {}
        }
        Some(book)
    }

    /// Adds a margin that is not there yet.
    fn add(&mut self, document: &mut Document<'_>, at: Range<usize>, margin: MarginBook) {
        let is_same = |known: &MarginBook| {
            let (mut a, mut b): (Vec<&String>, Vec<&String>) =
                (known.by.iter().collect(), margin.by.iter().collect());
            a.sort();
            b.sort();
            a == b && known.within == margin.within
        };
        if self.margins.iter().any(is_same) {
            let hint = "give each margin once, in targets or in a [[…weighting.margin]]";
            document.refuse(at, format!("{} stands twice", margin.label()), hint);
        } else {
            self.margins.push(margin);
        }
    }
}

fn bounds<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<(f64, f64)> {
    const EXAMPLE: &str = "[0.3, 3.0]";
    let list = document.list(value, "bounds", EXAMPLE)?;
    let limits = match list {
        [lower, upper] => {
            Some((document.number(lower, "bounds", "0.3")?, document.number(upper, "bounds", "3.0")?))
        }
        _ => None,
    };
    let sound = limits.filter(|&(lower, upper)| 0.0 <= lower && lower < upper);
    if sound.is_none() {
        let hint = "write the least and the greatest factor on a base weight, such as [0.3, 3.0]";
        document.refuse(value.span(), "bounds must be two numbers, 0 ≤ lower < upper", hint);
    }
    sound
}

/// The margins in the array of tables.
fn margins<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>, book: &mut WeightingBook) {
    let Some(list) = entry.value.get_ref().as_array() else {
        let hint = "write [[dataset.….weighting.margin]], in double brackets, once for each margin";
        document.refuse(entry.at(), "margin must be a list of tables", hint);
        return;
    };
    if list.is_empty() {
        document.refuse(entry.at(), "margin is empty", "leave the key out, or give a margin");
    }
    for value in list {
        if let Some(margin) = MarginBook::read(document, value) {
            book.add(document, value.span(), margin);
        }
    }
}

/// `targets = ["city"]`, or a list for each segment.
fn read_targets<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>, book: &mut WeightingBook) {
    const EXAMPLE: &str = "[\"city\", \"os\"], or { expat = [\"city\"], chinese = [\"age_group\"] }";
    let lists: Vec<(Option<&str>, &Value<'t>)> = match entry.value.get_ref().as_table() {
        Some(table) => entries(table).iter().map(|entry| (Some(entry.key), entry.value)).collect(),
        None => vec![(None, entry.value)],
    };
    for (segment, value) in lists {
        let Some(list) = document.list(value, "targets", EXAMPLE) else { continue };
        if list.is_empty() {
            document.refuse(value.span(), "targets is empty", format!("write something like {EXAMPLE}"));
        }
        for value in list {
            let Some(by) = read_by(document, value) else { continue };
            if segment.is_some() && by.iter().any(|dimension| dimension == SEGMENT) {
                let hint = "within one segment, targets are of other dimensions";
                document.refuse(value.span(), "targets of segment within a segment", hint);
                continue;
            }
            let within = segment.and_then(|text| Some((SEGMENT.to_owned(), level_key(SEGMENT, text).ok()?)));
            let at = document.place(value.span());
            book.add(document, value.span(), MarginBook { by, within, figures: Figures::Population, at });
        }
    }
}

const SEGMENT: &str = "segment";

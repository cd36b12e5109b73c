//! [`Expansion`]s as flat CSV: unrounded persons.

use super::{Expansion, Rate, spelt};
use crate::table::inert;

const COLUMNS: [&str; 11] = [
    "item",
    "within",
    "without",
    "population",
    "source",
    "n",
    "rate",
    "persons",
    "ci_low",
    "ci_high",
    "reason",
];

/// One row for every population, comma-separated, LF, UTF-8. `within` and `without` are levels such as
/// `segment=expat,city=Guangzhou`, several lists parted by a bar. A text cell that a spreadsheet would take for a formula gets a
/// leading apostrophe.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn persons_csv<'a>(expansions: impl Iterator<Item = &'a Expansion>) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for expansion in expansions {
        writer.write_record(record(expansion))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(|error| csv::Error::from(std::io::Error::other(error)))
}

fn record(expansion: &Expansion) -> [String; COLUMNS.len()] {
    let populace = &expansion.populace;
    let figure = |of: fn(&Rate) -> f64| {
        expansion.rate.as_ref().map_or_else(|_| String::new(), |rate| of(rate).to_string())
    };
    let persons = |of: fn(&Rate) -> f64| {
        expansion
            .rate
            .as_ref()
            .map_or_else(|_| String::new(), |rate| (of(rate) * populace.persons).to_string())
    };
    [
        inert(&expansion.what.en),
        inert(&spelt(&populace.within)),
        inert(&populace.without.iter().map(spelt).collect::<Vec<_>>().join("|")),
        populace.persons.to_string(),
        inert(&populace.source),
        expansion.rate.as_ref().map_or_else(|_| String::new(), |rate| rate.n.to_string()),
        figure(|rate| rate.value),
        persons(|rate| rate.value),
        persons(|rate| rate.interval.0),
        persons(|rate| rate.interval.1),
        expansion.why().map_or_else(String::new, |why| inert(&why.en)),
    ]
}

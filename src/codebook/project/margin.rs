//! One margin of a weighting: of what it is, of whom, and its targets.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use super::document::{Document, Entry, Value, entries, shown};
use super::level::level_key;
use crate::codebook::clean;

/// One margin.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginBook {
    /// The dimension, or several whose combinations have targets; none twice.
    pub by: Vec<String>,
    /// The margin covers only respondents on this (dimension, level key); `None`: everybody.
    pub within: Option<(String, String)>,
    /// The targets, or where they stand.
    pub figures: Figures,
    /// Line and column of the codebook, from 1, where the margin is asked for.
    pub at: (u64, u64),
}

/// The targets of a margin.
#[derive(Debug, Clone, PartialEq)]
pub enum Figures {
    /// They stand in the population file, in persons.
    Population,
    /// They stand in the codebook.
    Listed {
        /// What the numbers mean.
        unit: Unit,
        /// The targets in the order of the file.
        targets: Vec<TargetBook>,
    },
}

/// What the numbers of targets mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Totals of the weights.
    Persons,
    /// Fractions (or percentages) of the margin's total, which another margin gives, or else the sample.
    Shares,
}

/// The target of one level, or of one combination of levels.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetBook {
    /// A level key for each of [`MarginBook::by`]; `None`: all others together.
    pub levels: Option<Vec<String>>,
    /// Persons, or a share; finite, > 0.
    pub total: f64,
    /// Line and column of the codebook, from 1.
    pub at: (u64, u64),
}

impl MarginBook {
    /// The margin for messages: `margin city within segment expat`.
    #[must_use]
    pub fn label(&self) -> String {
        let within = self.within.as_ref().map(|(dimension, level)| format!(" within {dimension} {level}"));
        clean(&format!("margin {}{}", self.by.join("*"), within.unwrap_or_default()))
    }

    /// Reads one `[[….weighting.margin]]`.
    pub(super) fn read<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<Self> {
        const NAME: &str = "a weighting margin";
        let table = document.table(value, NAME, EXAMPLE)?;
        let (mut by, mut within, mut figures) = (None, Some(None), Vec::new());
        for entry in document.entries(table, NAME, &["by", "within", "persons", "shares"]) {
            match entry.key {
                "by" => by = Some(read_by(document, entry.value)),
                "within" => within = read_within(document, entry.value).map(Some),
                "persons" => figures.push((Unit::Persons, entry)),
                _ => figures.push((Unit::Shares, entry)),
            }
        }
        let Some(by) = by else {
            document.refuse(value.span(), "a weighting margin needs by", "by = \"city\" says of what it is");
            return None;
        };
        let (by, within) = (by?, within?);
        if let Some((dimension, _)) = within.as_ref().filter(|(dimension, _)| by.contains(dimension)) {
            document.refuse(
                value.span(),
                format!(
                    "a margin by {} cannot be within one level of {}",
                    shown(dimension),
                    shown(dimension)
                ),
                "leave the dimension out of by, or leave out within",
            );
            return None;
        }
        match figures.as_slice() {
            [(unit, entry)] => {
                let targets = read_listed(document, &by, *unit, entry)?;
                let at = document.place(value.span());
                Some(Self { by, within, figures: Figures::Listed { unit: *unit, targets }, at })
            }
            [] => {
                let hint = format!("write something like {EXAMPLE}");
                document.refuse(value.span(), "a weighting margin needs persons or shares", hint);
                None
            }
            [_, second, ..] => {
                let hint = "persons fix the margin's total, shares leave it as it is: give one of them";
                document.refuse(second.1.at(), "a weighting margin has persons or shares, not both", hint);
                None
            }
        }
    }
}

const EXAMPLE: &str = "by = \"os\" and shares = { iOS = 0.4, \"*\" = 0.6 }";

/// `city`, or `os*age_group`.
pub(super) fn read_by<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<Vec<String>> {
    let text = document.text(value, "a margin", "\"city\" or \"os*age_group\"")?;
    let by: Vec<String> = text.split('*').map(|name| name.trim().to_owned()).collect();
    let is_repeated = |(index, name): (usize, &String)| by[..index].contains(name);
    if by.iter().any(String::is_empty) || by.iter().enumerate().any(is_repeated) {
        let hint = "write one dimension, or several different ones with * between them";
        document.refuse(value.span(), format!("{} is not a margin", shown(text)), hint);
        return None;
    }
    Some(by)
}

/// `segment=expat`.
fn read_within<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<(String, String)> {
    const EXAMPLE: &str = "\"segment=expat\"";
    let text = document.text(value, "within", EXAMPLE)?;
    let Some((dimension, level)) = text.split_once('=').filter(|(dimension, _)| !dimension.trim().is_empty())
    else {
        let hint = format!("write a dimension and one of its levels, such as {EXAMPLE}");
        document.refuse(value.span(), format!("within {} names no level", shown(text)), hint);
        return None;
    };
    let dimension = dimension.trim();
    let level = read_level(document, value.span(), dimension, level)?;
    Some((dimension.to_owned(), level))
}

/// The key of a level; cities that are none, or several, are refused.
fn read_level(document: &mut Document<'_>, at: Range<usize>, dimension: &str, text: &str) -> Option<String> {
    match level_key(dimension, text) {
        Ok(key) => Some(key),
        Err(error) => {
            document.note(at, &error.to_string(), error.hint().as_deref());
            None
        }
    }
}

/// `{ Guangzhou = 235000, "*" = 565000 }`.
fn read_listed<'t>(
    document: &mut Document<'t>,
    by: &[String],
    unit: Unit,
    entry: &Entry<'_, 't>,
) -> Option<Vec<TargetBook>> {
    let table: &DeTable<'t> = document.table(entry.value, entry.key, "{ iOS = 0.4, \"*\" = 0.6 }")?;
    let mut known: BTreeSet<Option<Vec<String>>> = BTreeSet::new();
    let mut found = Vec::new();
    for target in entries(table) {
        let what = format!("the target of {}", shown(target.key));
        let total = document.number(target.value, &what, "235000");
        let total = total.filter(|&total| {
            let is_total = total > 0.0 && total.is_finite();
            if !is_total {
                let hint = "a target is a number above 0; a level that nobody has needs none";
                document.refuse(target.value.span(), format!("{what} is {total}"), hint);
            }
            is_total
        });
        let levels = read_levels(document, by, &target);
        let (Some(total), Some(levels)) = (total, levels) else { continue };
        if !known.insert(levels.clone()) {
            let hint = "different spellings of a level are one level";
            document.refuse(target.at(), format!("{} has two targets", shown(target.key)), hint);
        }
        found.push(TargetBook { levels, total, at: document.place(target.at()) });
    }
    if found.len() == table.len() {
        check_sum(document, entry, unit, &found);
    }
    Some(found)
}

/// The levels of a target's key; inside, `None` for `*`.
#[expect(
    clippy::option_option,
    reason = "unreadable, all others, or levels: three things that a caller tells apart"
)]
fn read_levels<'t>(
    document: &mut Document<'t>,
    by: &[String],
    target: &Entry<'_, 't>,
) -> Option<Option<Vec<String>>> {
    if target.key.trim() == "*" {
        return Some(None);
    }
    let parts: Vec<&str> = if by.len() == 1 { vec![target.key] } else { target.key.split('*').collect() };
    if parts.len() != by.len() {
        let hint = format!("by = \"{}\" needs a level of each, such as \"iOS*18-24\"", by.join("*"));
        let message = format!("{} must name {} levels, with * between them", shown(target.key), by.len());
        document.refuse(target.at(), message, hint);
        return None;
    }
    if let Some(sorted) = in_order(by, &parts) {
        let hint = format!("by = \"{}\" takes them in this order: \"{sorted}\"", by.join("*"));
        document.refuse(target.at(), format!("{} has its levels in another order", shown(target.key)), hint);
        return None;
    }
    let keys =
        by.iter().zip(parts).map(|(dimension, text)| read_level(document, target.at(), dimension, text));
    Some(Some(keys.collect::<Vec<Option<String>>>().into_iter().collect::<Option<Vec<String>>>()?))
}

/// The levels of a key as they should stand, where another than that of the city names one.
fn in_order(by: &[String], parts: &[&str]) -> Option<String> {
    let is_city = |text: &&str| level_key(CITY, text).is_ok();
    let city = by.iter().position(|dimension| dimension == CITY).filter(|&city| !is_city(&parts[city]))?;
    let misplaced = parts.iter().position(is_city)?;
    let mut sorted: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
    let found = sorted.remove(misplaced);
    sorted.insert(city, found);
    Some(clean(&sorted.join("*")))
}

const CITY: &str = "city";

/// Sees that there are targets, and that shares are shares of a whole.
fn check_sum<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>, unit: Unit, targets: &[TargetBook]) {
    /// Published shares are rounded.
    const ROUNDING: f64 = 0.01;
    let sum: f64 = targets.iter().map(|target| target.total).sum();
    if targets.is_empty() {
        let hint = format!("write something like {EXAMPLE}");
        document.refuse(entry.at(), format!("{} has no targets", entry.key), hint);
    } else if unit == Unit::Shares && (sum - 1.0).abs() > ROUNDING && (sum / 100.0 - 1.0).abs() > ROUNDING {
        let sum = (sum * 1e4).round() / 1e4;
        let hint = "\"*\" stands for all levels that are not listed";
        document.refuse(entry.at(), format!("the shares add up to {sum}, neither to 1 nor to 100"), hint);
    }
}

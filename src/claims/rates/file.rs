//! The bytes of a rates file → [`Rates`], or all that is wrong with it, each with its line and column.
//!
//! Refused are other columns, comparisons and levels that are not known, a figure where none belongs or none where one does,
//! and two rows of one id.

use std::collections::BTreeMap;

use super::{Comparison, PublishedRate, Rates, Whose};
use crate::codebook::Item;
use crate::codebook::project::{ProjectProblems, level_key, nearest};
use crate::ingest::{Entry, Faults, Ledger, plain, quoted};

const LEDGER: Ledger = Ledger {
    columns: &[
        "id",
        "segment",
        "city",
        "feature",
        "action",
        "comparison",
        "statement",
        "source",
        "value_percent",
        "margin_points",
        "than_segment",
        "than_city",
        "than_feature",
        "than_action",
    ],
    required: 8,
    others: None,
    hint: "a rates file has the columns id, segment, city, feature, action, comparison, statement, source, and perhaps value_percent, margin_points, than_segment, than_city, than_feature, than_action",
};
// Places in its columns.
const ID: usize = 0;
const OF: [usize; 4] = [1, 2, 3, 4];
const COMPARISON: usize = 5;
const STATEMENT: usize = 6;
const SOURCE: usize = 7;
const VALUE: usize = 8;
const MARGIN: usize = 9;
const THAN: [usize; 4] = [10, 11, 12, 13];
const COMPARISONS: [&str; 6] = ["about", "over", "below", "more", "less", "rank"];
const COMPARISON_HINT: &str = "a comparison is about, over or below a value_percent, more or less than another figure (the columns than_…), or rank";
const VALUE_HINT: &str = "write a number above 0 and below 100, without %: 46.31";
const ITEM_HINT: &str = "feature and action are lower-case slugs, such as moments and share";
const MARGIN_HINT: &str = "write how many points off still count as about: 3 is within 3 points of the value";

impl Rates {
    /// Reads the bytes of a rates file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let mut rows = Vec::new();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        let (origin, _) = LEDGER.read(bytes, file, |entry, faults| {
            rows.extend(Row { entry, faults }.rate(&mut lines));
        })?;
        Ok(Self { origin, rows })
    }
}

/// A row that is being read, and what is wrong with it.
struct Row<'a, 'f> {
    entry: &'a Entry<'a>,
    faults: &'a mut Faults<'f>,
}

impl Row<'_, '_> {
    /// What it says, if all of it is in order; `lines` are those of the ids so far.
    fn rate(&mut self, lines: &mut BTreeMap<String, u64>) -> Option<PublishedRate> {
        let (before, line) = (self.faults.count(), self.entry.line());
        let needed = [ID, COMPARISON, STATEMENT, SOURCE].map(|column| {
            let text = self.entry.text(column);
            if text.is_empty() {
                self.refuse(column, format!("no {}", LEDGER.columns[column]), "every row needs one");
            }
            text
        });
        let [id, comparison, statement, source] = needed;
        if let Some(known) = lines.get(&id).filter(|_| !id.is_empty()) {
            let message = format!("the row of line {known} has the same id");
            self.refuse(ID, message, "give each row an id of its own");
        }
        lines.entry(id.clone()).or_insert(line);
        let of = self.whose(OF, None);
        let comparison = self.comparison(&comparison);
        let (of, comparison) = (of?, comparison?);
        (self.faults.count() == before).then_some(PublishedRate {
            id,
            of,
            comparison,
            statement,
            source,
            line,
        })
    }

    /// The cell, unless it is blank.
    fn filled(&self, column: usize) -> Option<String> {
        Some(self.entry.text(column)).filter(|text| !text.is_empty())
    }

    /// An item of some people, from four columns; what is blank is that of the columns `or`.
    fn whose(&mut self, columns: [usize; 4], or: Option<[usize; 4]>) -> Option<Whose> {
        let filled = |row: &Self, place: usize| {
            let own = [Some(columns[place]), or.map(|or| or[place])];
            own.into_iter().flatten().find_map(|column| Some((column, row.filled(column)?)))
        };
        let mut level = |place: usize, dimension: &str| match filled(self, place) {
            None => Some(None),
            Some((column, text)) => match level_key(dimension, &text) {
                Ok(key) => Some(Some(key)),
                Err(error) => {
                    let hint = error.hint().unwrap_or_else(|| "leave it blank for all cities".to_owned());
                    self.refuse(column, error.to_string(), &hint);
                    None
                }
            },
        };
        let (segment, city) = (level(0, "segment"), level(1, "city"));
        let item = match (filled(self, 2), filled(self, 3)) {
            (None, _) => Some(None),
            (Some((column, feature)), None) => {
                self.refuse(column, format!("{} without an action", plain(&feature)), ITEM_HINT);
                None
            }
            (Some((column, feature)), Some((_, action))) => {
                let item = format!("{feature}.{action}").parse::<Item>().ok();
                if item.is_none() {
                    let message = format!("{} is no item", quoted(&format!("{feature}.{action}")));
                    self.refuse(column, message, ITEM_HINT);
                }
                item.map(Some)
            }
        };
        Some(Whose { segment: segment?, city: city?, item: item? })
    }

    /// What the row says of the rate; figures that do not belong to that are refused.
    fn comparison(&mut self, word: &str) -> Option<Comparison> {
        if word.is_empty() {
            return None;
        }
        let Some(&known) = COMPARISONS.iter().find(|known| known.eq_ignore_ascii_case(word)) else {
            let near = nearest(word, &COMPARISONS).map(|near| format!("did you mean {near}?"));
            let hint = near.unwrap_or_else(|| COMPARISON_HINT.to_owned());
            self.refuse(COMPARISON, format!("comparison {} is not known", quoted(word)), &hint);
            return None;
        };
        let is_valued = matches!(known, "about" | "over" | "below");
        let is_relative = matches!(known, "more" | "less");
        let strays = [(VALUE, is_valued), (MARGIN, known == "about")]
            .into_iter()
            .chain(THAN.map(|column| (column, is_relative)));
        for (column, belongs) in strays {
            if !belongs && self.filled(column).is_some() {
                let message = format!("{} does not go with {known}", LEDGER.columns[column]);
                self.refuse(column, message, COMPARISON_HINT);
            }
        }
        Some(match known {
            "about" => Comparison::About { value: self.percent()?, margin: self.margin()? },
            "over" => Comparison::Over(self.percent()?),
            "below" => Comparison::Below(self.percent()?),
            "more" => Comparison::More(self.than()?),
            "less" => Comparison::Less(self.than()?),
            _ => Comparison::Rank,
        })
    }

    /// What the rate is compared with, where the row says it; outer `None` where that is wrong.
    #[expect(clippy::option_option, reason = "wrong, unsaid, or said")]
    fn than(&mut self) -> Option<Option<Whose>> {
        let is_said = THAN.iter().any(|column| self.filled(*column).is_some());
        if is_said { self.whose(THAN, Some(OF)).map(Some) } else { Some(None) }
    }

    /// The published figure, a fraction.
    fn percent(&mut self) -> Option<f64> {
        let Some(text) = self.filled(VALUE) else {
            self.refuse(VALUE, "no value_percent", VALUE_HINT);
            return None;
        };
        let percent = decimal(&text).filter(|percent| *percent > 0.0 && *percent < 100.0);
        if percent.is_none() {
            self.refuse(VALUE, format!("value_percent {} is no percentage", quoted(&text)), VALUE_HINT);
        }
        percent.map(|percent| percent / 100.0)
    }

    /// The margin, where the row has one; outer `None` where it is wrong.
    #[expect(clippy::option_option, reason = "wrong, none, or a margin")]
    fn margin(&mut self) -> Option<Option<f64>> {
        let Some(text) = self.filled(MARGIN) else { return Some(None) };
        let points = decimal(&text).filter(|points| *points > 0.0 && *points < 100.0);
        if points.is_none() {
            self.refuse(MARGIN, format!("margin_points {} is no margin", quoted(&text)), MARGIN_HINT);
        }
        points.map(|points| Some(points / 100.0))
    }

    fn refuse(&mut self, column: usize, message: impl AsRef<str>, hint: &str) {
        self.faults.refuse(self.entry.at(column), message, hint);
    }
}

fn decimal(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse::<f64>().ok().filter(|_| is_plain)
}

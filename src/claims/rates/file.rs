//! The bytes of a rates file → [`Rates`], or all that is wrong with it, each with its line and column.
//!
//! Refused are other columns, comparisons and levels that are not known, a figure where none belongs or none where one does,
//! and two rows of one id.

use std::collections::BTreeMap;
use std::io::{Cursor, Error};

use super::{Comparison, PublishedRate, Rates, Whose};
use crate::codebook::project::{ProjectProblem, ProjectProblems, level_key, nearest};
use crate::codebook::{Item, clean};
use crate::ingest::{Dialect, Opened, Origin, Position, Problems, Record};

const COLUMNS: [&str; 14] = [
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
];
/// The columns that every file has, the first of [`COLUMNS`].
const REQUIRED: usize = 8;
// Places in `COLUMNS`.
const ID: usize = 0;
const OF: [usize; 4] = [1, 2, 3, 4];
const COMPARISON: usize = 5;
const STATEMENT: usize = 6;
const SOURCE: usize = 7;
const VALUE: usize = 8;
const MARGIN: usize = 9;
const THAN: [usize; 4] = [10, 11, 12, 13];
const HEADER: &str = "a rates file has the columns id, segment, city, feature, action, comparison, statement, source, and perhaps value_percent, margin_points, than_segment, than_city, than_feature, than_action";
const COMPARISONS: [&str; 6] = ["about", "over", "below", "more", "less", "rank"];
const COMPARISON_HINT: &str = "a comparison is about, over or below a value_percent, more or less than another figure (the columns than_…), or rank";
const VALUE_HINT: &str = "write a number above 0 and below 100, without %: 46.31";
const ITEM_HINT: &str = "feature and action are lower-case slugs, such as moments and share";

impl Rates {
    /// Reads the bytes of a rates file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let mut reading = Reading { file, problems: Vec::new(), rows: Vec::new() };
        let mut structure = Problems::new(file);
        let origin = reading.read(bytes, &mut structure);
        reading.problems.extend(structure.listed().into_iter().map(|problem| ProjectProblem {
            file: file.to_owned(),
            line: problem.at.line,
            column: problem.at.column,
            message: problem.message.clone(),
            hint: problem.hint.clone(),
        }));
        match origin {
            Ok(origin) => ProjectProblems::none_or(reading.problems, Self { origin, rows: reading.rows }),
            Err(error) => {
                reading.refuse(Position::START, format!("cannot be read: {error}"), HEADER);
                Err(ProjectProblems::new(reading.problems))
            }
        }
    }
}

/// Where the columns are, in the order of [`COLUMNS`].
type Header = [Option<usize>; COLUMNS.len()];

/// What has been read, and found to be wrong, so far.
struct Reading<'f> {
    file: &'f str,
    problems: Vec<ProjectProblem>,
    rows: Vec<PublishedRate>,
}

/// The cells of one row, by place in [`COLUMNS`].
struct Cells<'a, 'r> {
    record: &'a Record<'r>,
    header: &'a Header,
}

impl Cells<'_, '_> {
    /// The cell; `None` where it is blank, or the file has no such column.
    fn text(&self, column: usize) -> Option<String> {
        let text = clean(self.record.cell(self.header[column]?));
        (!text.is_empty()).then_some(text)
    }

    fn at(&self, column: usize) -> Position {
        self.header[column].map_or(self.record.start(), |at| self.record.position(at))
    }
}

impl Reading<'_> {
    fn read(&mut self, bytes: &[u8], structure: &mut Problems) -> Result<Origin, Error> {
        let mut opened = Opened::new(Cursor::new(bytes), &Dialect::default())?;
        let mut records = opened.records()?;
        match records.next(structure)? {
            None if structure.is_empty() => self.refuse(Position::START, "the file is empty", HEADER),
            None => {}
            Some(first) => {
                if let Some(header) = self.header(&first) {
                    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
                    while let Some(record) = records.next(structure)? {
                        self.row(&Cells { record: &record, header: &header }, &mut lines);
                    }
                    if self.rows.is_empty() && self.problems.is_empty() && structure.is_empty() {
                        self.refuse(Position::START, "there are no rows below the header", HEADER);
                    }
                }
            }
        }
        drop(records);
        Ok(opened.origin(self.file))
    }

    /// Where the columns are; `None` where they are not in order.
    fn header(&mut self, record: &Record<'_>) -> Option<Header> {
        let before = self.problems.len();
        let mut header: Header = [None; COLUMNS.len()];
        for column in 0..record.len() {
            let (name, at) = (clean(record.cell(column)), record.position(column));
            match COLUMNS.iter().position(|known| known.eq_ignore_ascii_case(&name)) {
                Some(place) if header[place].is_some() => {
                    self.refuse(at, format!("there are two columns \"{}\"", COLUMNS[place]), HEADER);
                }
                Some(place) => header[place] = Some(column),
                None if name.is_empty() => {
                    self.refuse(at, format!("column {} has no name", column + 1), HEADER);
                }
                None => self.refuse(at, format!("column \"{}\" is not known here", short(&name)), HEADER),
            }
        }
        for (name, column) in COLUMNS.iter().zip(&header).take(REQUIRED) {
            if column.is_none() {
                self.refuse(record.start(), format!("there is no column {name}"), HEADER);
            }
        }
        (self.problems.len() == before).then_some(header)
    }

    /// One row, if all of it is in order.
    fn row(&mut self, cells: &Cells<'_, '_>, lines: &mut BTreeMap<String, u64>) {
        let line = cells.record.start().line;
        let needed = [ID, COMPARISON, STATEMENT, SOURCE].map(|column| {
            let text = cells.text(column);
            if text.is_none() {
                self.refuse(cells.at(column), format!("no {}", COLUMNS[column]), "every row needs one");
            }
            text.unwrap_or_default()
        });
        let [id, comparison, statement, source] = needed;
        if let Some(known) = lines.get(&id).filter(|_| !id.is_empty()) {
            let message = format!("the row of line {known} has the same id");
            self.refuse(cells.at(ID), message, "give each row an id of its own");
        }
        lines.entry(id.clone()).or_insert(line);
        let of = self.whose(cells, OF, None);
        let comparison = self.comparison(cells, &comparison);
        let before = self.problems.iter().any(|problem| problem.line == line);
        if let (Some(of), Some(comparison), false) = (of, comparison, before) {
            self.rows.push(PublishedRate { id, of, comparison, statement, source, line });
        }
    }

    /// An item of some people, from four columns; what is blank is that of the columns `or`.
    fn whose(&mut self, cells: &Cells<'_, '_>, columns: [usize; 4], or: Option<[usize; 4]>) -> Option<Whose> {
        let filled = |place: usize| {
            let own = [Some(columns[place]), or.map(|or| or[place])];
            own.into_iter().flatten().find_map(|column| Some((column, cells.text(column)?)))
        };
        let mut level = |place: usize, dimension: &str| match filled(place) {
            None => Some(None),
            Some((column, text)) => match level_key(dimension, &text) {
                Ok(key) => Some(Some(key)),
                Err(error) => {
                    let hint = error.hint().unwrap_or_else(|| "leave it blank for all cities".to_owned());
                    self.refuse(cells.at(column), error.to_string(), &hint);
                    None
                }
            },
        };
        let (segment, city) = (level(0, "segment"), level(1, "city"));
        let item = match (filled(2), filled(3)) {
            (None, _) => Some(None),
            (Some((column, feature)), None) => {
                self.refuse(cells.at(column), format!("{} without an action", short(&feature)), ITEM_HINT);
                None
            }
            (Some((column, feature)), Some((_, action))) => {
                let item = format!("{feature}.{action}").parse::<Item>().ok();
                if item.is_none() {
                    let message = format!("\"{}\" is no item", short(&format!("{feature}.{action}")));
                    self.refuse(cells.at(column), message, ITEM_HINT);
                }
                item.map(Some)
            }
        };
        Some(Whose { segment: segment?, city: city?, item: item? })
    }

    /// What the row says of the rate; figures that do not belong to that are refused.
    fn comparison(&mut self, cells: &Cells<'_, '_>, word: &str) -> Option<Comparison> {
        if word.is_empty() {
            return None;
        }
        let Some(&known) = COMPARISONS.iter().find(|known| known.eq_ignore_ascii_case(word)) else {
            let message = format!("comparison \"{}\" is not known", short(word));
            let near = nearest(word, &COMPARISONS).map(|near| format!("did you mean {near}?"));
            self.refuse(cells.at(COMPARISON), message, &near.unwrap_or_else(|| COMPARISON_HINT.to_owned()));
            return None;
        };
        let is_valued = matches!(known, "about" | "over" | "below");
        let is_relative = matches!(known, "more" | "less");
        let strays = [(VALUE, is_valued), (MARGIN, known == "about")]
            .into_iter()
            .chain(THAN.map(|column| (column, is_relative)));
        for (column, belongs) in strays {
            if !belongs && cells.text(column).is_some() {
                let message = format!("{} does not go with {known}", COLUMNS[column]);
                self.refuse(cells.at(column), message, COMPARISON_HINT);
            }
        }
        let than = |reading: &mut Self| {
            let is_said = THAN.iter().any(|column| cells.text(*column).is_some());
            if !is_said {
                return Some(None);
            }
            reading.whose(cells, THAN, Some(OF)).map(Some)
        };
        Some(match known {
            "about" => Comparison::About { value: self.percent(cells)?, margin: self.margin(cells)? },
            "over" => Comparison::Over(self.percent(cells)?),
            "below" => Comparison::Below(self.percent(cells)?),
            "more" => Comparison::More(than(self)?),
            "less" => Comparison::Less(than(self)?),
            _ => Comparison::Rank,
        })
    }

    /// The published figure, a fraction.
    fn percent(&mut self, cells: &Cells<'_, '_>) -> Option<f64> {
        let Some(text) = cells.text(VALUE) else {
            self.refuse(cells.at(VALUE), "no value_percent", VALUE_HINT);
            return None;
        };
        let percent = decimal(&text).filter(|percent| *percent > 0.0 && *percent < 100.0);
        if percent.is_none() {
            let message = format!("value_percent \"{}\" is no percentage", short(&text));
            self.refuse(cells.at(VALUE), message, VALUE_HINT);
        }
        percent.map(|percent| percent / 100.0)
    }

    /// The margin, where the row has one; outer `None` where it is wrong.
    #[expect(clippy::option_option, reason = "wrong, none, or a margin")]
    fn margin(&mut self, cells: &Cells<'_, '_>) -> Option<Option<f64>> {
        let Some(text) = cells.text(MARGIN) else { return Some(None) };
        let points = decimal(&text).filter(|points| *points > 0.0 && *points < 100.0);
        if points.is_none() {
            let message = format!("margin_points \"{}\" is no margin", short(&text));
            self.refuse(
                cells.at(MARGIN),
                message,
                "write how many points off still count as about: 3 is within 3 points of the value",
            );
        }
        points.map(|points| Some(points / 100.0))
    }

    fn refuse(&mut self, at: Position, message: impl AsRef<str>, hint: &str) {
        self.problems.push(ProjectProblem {
            file: self.file.to_owned(),
            line: at.line,
            column: at.column,
            message: clean(message.as_ref()),
            hint: Some(hint.to_owned()),
        });
    }
}

fn decimal(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse::<f64>().ok().filter(|_| is_plain)
}

/// The beginning of a cell, for a message.
fn short(cell: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = cell.chars().take(LONGEST).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}

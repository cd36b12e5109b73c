//! A metrics file: what platforms, periods and sources say.
//!
//! In: the bytes of a CSV or workbook with the columns `platform, metric, period, value, unit` and perhaps `scope` and
//! `source`. Out: [`Metrics`], or everything that is wrong, each with its line and column. Refused are other columns, amounts
//! and periods that would have to be guessed at, negative counts, growth that does not say over which time, and a row that
//! says again what an earlier one says.

use std::collections::BTreeMap;
use std::io::{Cursor, Error};

use super::Period;
use super::figure::{Metrics, Pace, Series, Stated, StatedGrowth};
use super::vocabulary::{PERCENT, is_currency, metric_key, platform_key, scope_key, unit_key};
use crate::codebook::project::{ProjectProblem, ProjectProblems};
use crate::codebook::{amount, clean};
use crate::ingest::{Dialect, Opened, Position, Problems, Record};

const COLUMNS: [&str; 7] = ["platform", "metric", "period", "value", "unit", "scope", "source"];
/// The columns that every file has, the first of [`COLUMNS`].
const REQUIRED: usize = 5;
const HEADER: &str =
    "a metrics file has the columns platform, metric, period, value, unit, and perhaps scope and source";
const AMOUNT: &str = "write a number, such as 938000000, 938,000,000, 938 million or 9.38亿; what qualifies it belongs to scope or source";
const METRIC: &str =
    "a metric is a lower-case slug such as monthly_active_users, or a name such as 月活跃用户";
/// Ends the metric of a growth.
const GROWTH: &str = "_growth";
const PACE: &str = "its scope says over which time: year on year (同比) or quarter on quarter (环比)";

impl Metrics {
    /// Reads the bytes of a metrics file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let mut reading = Reading { file, problems: Vec::new(), figures: Vec::new(), growth: Vec::new() };
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
            Ok(origin) => {
                let Reading { problems, figures, growth, .. } = reading;
                ProjectProblems::none_or(problems, Self { origin, figures, growth })
            }
            Err(error) => {
                reading.refuse(Position::START, format!("cannot be read: {error}"), HEADER);
                Err(ProjectProblems::new(reading.problems))
            }
        }
    }
}

/// Where the columns are, in the order of [`COLUMNS`].
type Header = [Option<usize>; COLUMNS.len()];

/// What a row says once all of it is understood, but for what it is of.
struct Cells {
    platform: String,
    metric: String,
    period: Period,
    value: f64,
    unit: String,
    scope: String,
    source: String,
}

/// What has been read, and found to be wrong, so far.
struct Reading<'f> {
    file: &'f str,
    problems: Vec<ProjectProblem>,
    figures: Vec<Stated>,
    growth: Vec<StatedGrowth>,
}

impl Reading<'_> {
    fn read(&mut self, bytes: &[u8], structure: &mut Problems) -> Result<crate::ingest::Origin, Error> {
        let mut opened = Opened::new(Cursor::new(bytes), &Dialect::default())?;
        let mut records = opened.records()?;
        let mut said: BTreeMap<Vec<String>, u64> = BTreeMap::new();
        match records.next(structure)? {
            None if structure.is_empty() => self.refuse(Position::START, "the file is empty", HEADER),
            None => {}
            Some(first) => {
                if let Some(header) = self.header(&first) {
                    while let Some(record) = records.next(structure)? {
                        self.row(&record, &header, &mut said);
                    }
                    if said.is_empty() && self.problems.is_empty() && structure.is_empty() {
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

    fn row(&mut self, record: &Record<'_>, header: &Header, said: &mut BTreeMap<Vec<String>, u64>) {
        let line = record.start().line;
        let every: Vec<String> =
            header.iter().map(|at| at.map_or_else(String::new, |at| clean(record.cell(at)))).collect();
        if let Some(earlier) = said.insert(every, line) {
            self.refuse(
                record.start(),
                format!("this row says what line {earlier} says"),
                "each statement stands once; another source's goes in a row of its own",
            );
        }
        let before = self.problems.len();
        let Some(cells) = self.cells(record, header) else { return };
        if self.problems.len() > before {
            return;
        }
        let at = |name: usize| header[name].map_or(record.start(), |column| record.position(column));
        match cells.metric.strip_suffix(GROWTH) {
            Some(metric) => self.grown(metric.to_owned(), cells, line, at),
            None => self.stated(cells, line, at(3)),
        }
    }

    /// The cells of a row; those that are not in order are noted, and `None` where one of them is needed.
    fn cells(&mut self, record: &Record<'_>, header: &Header) -> Option<Cells> {
        let cell = |name: usize| header[name].map_or_else(String::new, |at| clean(record.cell(at)));
        let at = |name: usize| header[name].map_or(record.start(), |column| record.position(column));
        for name in [0, 1, 2, 4] {
            if cell(name).is_empty() {
                self.refuse(at(name), format!("no {}", COLUMNS[name]), "every row needs one");
            }
        }
        let metric = metric_key(&cell(1));
        if metric.is_none() && !cell(1).is_empty() {
            self.refuse(
                at(1),
                format!("metric \"{}\" is neither a slug nor a name that is known", short(&cell(1))),
                METRIC,
            );
        }
        let period = cell(2).parse::<Period>().ok();
        if period.is_none() && !cell(2).is_empty() {
            self.refuse(at(2), format!("\"{}\" is not a period", short(&cell(2))), Period::ACCEPTED);
        }
        let unit = unit_key(&cell(4));
        let text = cell(3);
        let bare = if unit == PERCENT { text.trim_end_matches(['%', '％']) } else { &text };
        let value = amount(bare).map_err(|error| {
            let message = if text.is_empty() {
                "no value".to_owned()
            } else {
                format!("value \"{}\" {error}", short(&text))
            };
            self.refuse(at(3), message, AMOUNT);
        });
        let (platform, scope) = (platform_key(&cell(0)), scope_key(&cell(5)));
        Some(Cells {
            platform,
            metric: metric?,
            period: period?,
            value: value.ok()?,
            unit,
            scope,
            source: cell(6),
        })
    }

    fn stated(&mut self, cells: Cells, line: u64, at: Position) {
        let Cells { platform, metric, period, value, unit, scope, source } = cells;
        if value < 0.0 && unit != PERCENT && !is_currency(&unit) {
            self.refuse(
                at,
                format!("there cannot be {value} {}", short(&unit)),
                "only percent and currencies go below 0",
            );
            return;
        }
        let series = Series { platform, metric, scope, unit };
        self.figures.push(Stated { series, period, value, source, line });
    }

    fn grown(&mut self, metric: String, cells: Cells, line: u64, at: impl Fn(usize) -> Position) {
        let Cells { platform, period, value, unit, scope, source, .. } = cells;
        let before = self.problems.len();
        if unit != PERCENT {
            self.refuse(
                at(4),
                format!("growth in \"{}\"", short(&unit)),
                "a metric that ends in _growth is in percent",
            );
        }
        if value <= -100.0 {
            self.refuse(at(3), format!("growth of {value}% leaves nothing"), "growth is above -100 percent");
        }
        let pace = Pace::of_scope(&scope);
        if pace.is_none() {
            self.refuse(at(5), "growth over which time?", PACE);
        }
        let is_quarterly = pace.is_some_and(|(pace, _)| pace == Pace::QuarterOnQuarter);
        if is_quarterly && !period.is_quarter() {
            self.refuse(
                at(2),
                format!("{period} is not a quarter, and grows quarter on quarter"),
                Period::ACCEPTED,
            );
        }
        let Some((pace, scope)) = pace.filter(|_| self.problems.len() == before) else { return };
        let (scope, rate) = (scope_key(scope), value / 100.0);
        self.growth.push(StatedGrowth { platform, metric, scope, pace, period, rate, source, line });
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

/// The beginning of a cell, for a message.
fn short(cell: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = cell.chars().take(LONGEST).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}

//! A metrics file: what platforms, periods and sources say.
//!
//! In: the bytes of a CSV or workbook with the columns `platform, metric, period, value, unit` and perhaps `scope` and
//! `source`. Out: [`Metrics`], or everything that is wrong, each with its line and column. Refused are other columns, amounts
//! and periods that would have to be guessed at, negative counts, growth that does not say over which time, and a row that
//! says again what an earlier one says.

use std::collections::BTreeMap;

use super::Period;
use super::figure::{Metrics, Pace, Series, Stated, StatedGrowth};
use super::vocabulary::{PERCENT, is_currency, metric_key, platform_key, scope_key, unit_key};
use crate::codebook::amount;
use crate::codebook::project::ProjectProblems;
use crate::ingest::{Entry, Faults, Ledger, plain, quoted};

const LEDGER: Ledger = Ledger {
    columns: &["platform", "metric", "period", "value", "unit", "scope", "source"],
    required: 5,
    others: None,
    hint: "a metrics file has the columns platform, metric, period, value, unit, and perhaps scope and source",
};
// Places in its columns.
const PLATFORM: usize = 0;
const METRIC: usize = 1;
const PERIOD: usize = 2;
const VALUE: usize = 3;
const UNIT: usize = 4;
const SCOPE: usize = 5;
const SOURCE: usize = 6;
const AMOUNT_HINT: &str = "write a number, such as 938000000, 938,000,000, 938 million or 9.38亿; what qualifies it belongs to scope or source";
const METRIC_HINT: &str =
    "a metric is a lower-case slug such as monthly_active_users, or a name such as 月活跃用户";
/// Ends the metric of a growth.
const GROWTH: &str = "_growth";
const PACE_HINT: &str = "its scope says over which time: year on year (同比) or quarter on quarter (环比)";

impl Metrics {
    /// Reads the bytes of a metrics file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let mut rows = Rows::default();
        let (origin, _) = LEDGER.read(bytes, file, |entry, faults| rows.take(entry, faults))?;
        Ok(Self { origin, figures: rows.figures, growth: rows.growth })
    }
}

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

/// What has been read so far.
#[derive(Default)]
struct Rows {
    figures: Vec<Stated>,
    growth: Vec<StatedGrowth>,
    /// The line of each row, by all that it says.
    said: BTreeMap<Vec<String>, u64>,
}

impl Rows {
    fn take(&mut self, entry: &Entry<'_>, faults: &mut Faults<'_>) {
        let every: Vec<String> = (0..LEDGER.columns.len()).map(|column| entry.text(column)).collect();
        if let Some(earlier) = self.said.insert(every, entry.line()) {
            faults.refuse(
                entry.start(),
                format!("this row says what line {earlier} says"),
                "each statement stands once; another source's goes in a row of its own",
            );
        }
        let before = faults.count();
        let Some(cells) = cells(entry, faults) else { return };
        if faults.count() > before {
            return;
        }
        match cells.metric.strip_suffix(GROWTH) {
            Some(metric) => self.growth.extend(grown(metric.to_owned(), cells, entry, faults)),
            None => self.figures.extend(stated(cells, entry, faults)),
        }
    }
}

/// The cells of a row; those that are not in order are noted, and `None` where one of them is needed.
fn cells(entry: &Entry<'_>, faults: &mut Faults<'_>) -> Option<Cells> {
    for column in [PLATFORM, METRIC, PERIOD, UNIT] {
        if entry.text(column).is_empty() {
            faults.refuse(entry.at(column), format!("no {}", LEDGER.columns[column]), "every row needs one");
        }
    }
    let metric = metric_key(&entry.text(METRIC));
    if metric.is_none() && !entry.text(METRIC).is_empty() {
        let message =
            format!("metric {} is neither a slug nor a name that is known", quoted(&entry.text(METRIC)));
        faults.refuse(entry.at(METRIC), message, METRIC_HINT);
    }
    let period = entry.text(PERIOD).parse::<Period>().ok();
    if period.is_none() && !entry.text(PERIOD).is_empty() {
        let message = format!("{} is not a period", quoted(&entry.text(PERIOD)));
        faults.refuse(entry.at(PERIOD), message, Period::ACCEPTED);
    }
    let unit = unit_key(&entry.text(UNIT));
    let text = entry.text(VALUE);
    let bare = if unit == PERCENT { text.trim_end_matches(['%', '％']) } else { &text };
    let value = amount(bare).map_err(|error| {
        let message =
            if text.is_empty() { "no value".to_owned() } else { format!("value {} {error}", quoted(&text)) };
        faults.refuse(entry.at(VALUE), message, AMOUNT_HINT);
    });
    Some(Cells {
        platform: platform_key(&entry.text(PLATFORM)),
        metric: metric?,
        period: period?,
        value: value.ok()?,
        unit,
        scope: scope_key(&entry.text(SCOPE)),
        source: entry.text(SOURCE),
    })
}

/// A figure, unless it cannot be.
fn stated(cells: Cells, entry: &Entry<'_>, faults: &mut Faults<'_>) -> Option<Stated> {
    let Cells { platform, metric, period, value, unit, scope, source } = cells;
    if value < 0.0 && unit != PERCENT && !is_currency(&unit) {
        let message = format!("there cannot be {value} {}", plain(&unit));
        faults.refuse(entry.at(VALUE), message, "only percent and currencies go below 0");
        return None;
    }
    let series = Series { platform, metric, scope, unit };
    Some(Stated { series, period, value, source, line: entry.line() })
}

/// A growth, unless something of it is not in order.
fn grown(metric: String, cells: Cells, entry: &Entry<'_>, faults: &mut Faults<'_>) -> Option<StatedGrowth> {
    let Cells { platform, period, value, unit, scope, source, .. } = cells;
    let before = faults.count();
    if unit != PERCENT {
        let message = format!("growth in {}", quoted(&unit));
        faults.refuse(entry.at(UNIT), message, "a metric that ends in _growth is in percent");
    }
    if value <= -100.0 {
        let message = format!("growth of {value}% leaves nothing");
        faults.refuse(entry.at(VALUE), message, "growth is above -100 percent");
    }
    let pace = Pace::of_scope(&scope);
    if pace.is_none() {
        faults.refuse(entry.at(SCOPE), "growth over which time?", PACE_HINT);
    }
    let is_quarterly = pace.is_some_and(|(pace, _)| pace == Pace::QuarterOnQuarter);
    if is_quarterly && !period.is_quarter() {
        let message = format!("{period} is not a quarter, and grows quarter on quarter");
        faults.refuse(entry.at(PERIOD), message, Period::ACCEPTED);
    }
    let (pace, scope) = pace.filter(|_| faults.count() == before)?;
    let (scope, rate) = (scope_key(scope), value / 100.0);
    Some(StatedGrowth { platform, metric, scope, pace, period, rate, source, line: entry.line() })
}

//! A usage log as a chapter: who is active, what they do by people and by events, period by period; who comes back; what they
//! have done so far.
//!
//! Its figures stand on charts of their own, never on one with those of a survey: what people do is not what they say they do. It
//! tells of a city as far as the log has it.

mod active;
mod acts;
mod finding;
mod returning;
mod trends;

use super::ReportError;
use super::chapter::{Basis, Part, Tells};
use super::sections::{Plate, View};
use super::story::Files;
use super::words::Words;
use crate::chart::{Mark as ChartMark, Series, Side};
use crate::codebook::levels::{self, WAVE};
use crate::codebook::{Lang, Name};
use crate::ingest::UsageOf;
use crate::retention::{self, Retention};
use crate::table::{self, Counted, Label, Row, Source, Table, sentence};

/// What a log tells.
#[derive(Debug, Clone)]
pub struct Usage {
    /// The dataset's name.
    pub dataset: String,
    /// Of everybody.
    pub overall: UsageTables,
    /// The same by city, which is then the first dimension of every table; `None` where the log has no cities.
    pub by_city: Option<UsageTables>,
}

/// The tables of one view of a log. The last dimension of those by period is the period.
#[derive(Debug, Clone)]
pub struct UsageTables {
    /// What users did in each period, by people and by events.
    pub everyone: Table,
    /// The same by segment; `None` where the log has none.
    pub by_segment: Option<Table>,
    /// What users have done up to each period; `None` where there is one period.
    pub so_far: Option<Table>,
    /// Who comes back.
    pub returns: Option<Retention>,
    /// The same by segment.
    pub returns_by_segment: Option<Retention>,
}

impl Tells for Usage {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let Some(here) = Here::of(self, view) else { return Ok(Vec::new()) };
        let mut plates = vec![active::plate(&here)?];
        plates.extend(acts::plate(&here)?);
        plates.extend(trends::plates(&here)?);
        plates.extend(returning::plates(&here)?);
        plates.extend(trends::so_far(&here)?);
        let name = Name::new("Usage, from the log", "使用情况（日志）");
        let finding = finding::finding(&here);
        Ok(vec![Part { key: "usage", name, plates, finding }])
    }

    fn notes(&self, _view: &View<'_>) -> Vec<Name> {
        let mut notes = vec![Name::new(
            "Usage figures are of what the log recorded; survey figures are of what respondents said. They stand on no common axis.",
            "使用数字来自日志记录，问卷数字来自受访者自述，二者不共用坐标轴。",
        )];
        notes.push(table::base_of_usage(UsageOf::Users));
        let UsageTables { so_far, returns, .. } = &self.overall;
        if let Some(returns) = returns {
            notes.push(table::base_of_usage(UsageOf::Cohorts));
            notes.push(retention::note_on_first(returns));
            notes.extend(retention::not_known(returns));
        }
        notes.extend(so_far.as_ref().map(|_| table::base_of_usage(UsageOf::SoFar)));
        notes
    }

    fn bases(&self, _view: &View<'_>) -> Vec<Basis<'_>> {
        self.overall.everyone.sources.iter().map(Basis::Dataset).collect()
    }

    fn files(&self, view: &View<'_>) -> Result<Files, ReportError> {
        let Some(here) = Here::of(self, view) else { return Ok(Files::new()) };
        let mut files = Files::new();
        let mut add = |file: &str, text: String| {
            files.insert(format!("{}-{file}", here.slug()), text.into_bytes());
        };
        let tables = here.tables;
        let figures: Vec<Table> =
            [Some(&tables.everyone), tables.by_segment.as_ref(), tables.so_far.as_ref()]
                .into_iter()
                .flatten()
                .map(|table| here.only(table, |_| true))
                .collect();
        for (file, table) in ["figures.csv", "by-segment.csv", "so-far.csv"].into_iter().zip(&figures) {
            add(file, csv(table)?);
        }
        if let Some(returns) = &tables.returns {
            add("retention.csv", returns_csv(&here.returns(returns))?);
        }
        Ok(files)
    }
}

/// A log as a report's subject sees it.
struct Here<'a> {
    words: &'a Words<'a>,
    city: Option<&'a Label>,
    usage: &'a Usage,
    tables: &'a UsageTables,
    /// The periods, the earliest first.
    periods: Vec<&'a Source>,
}

impl<'a> Here<'a> {
    /// `None` where the log has nothing of the city.
    fn of(usage: &'a Usage, view: &'a View<'a>) -> Option<Self> {
        let tables = if view.city.is_some() { usage.by_city.as_ref()? } else { &usage.overall };
        let mut periods: Vec<&Source> = usage.overall.everyone.sources.iter().collect();
        periods.sort_by(|a, b| levels::compare(WAVE, &a.wave, &b.wave));
        let here = Self { words: &view.words, city: view.city, usage, tables, periods };
        let has_any = here.rows(&tables.everyone).next().is_some();
        has_any.then_some(here)
    }

    fn slug(&self) -> String {
        super::slug::of(&self.usage.dataset)
    }

    /// The rows of a table that are of the subject.
    fn rows<'b>(&'b self, table: &'b Table) -> impl Iterator<Item = &'b Row> {
        table.rows.iter().filter(|row| self.is_here(&row.by))
    }

    fn is_here(&self, by: &[Label]) -> bool {
        self.city.is_none_or(|city| by.first().is_some_and(|place| place.key == city.key))
    }

    /// Some of a table's rows that are of the subject.
    fn only(&self, table: &Table, is_wanted: impl Fn(&Row) -> bool) -> Table {
        let rows = self.rows(table).filter(|row| is_wanted(row)).cloned().collect();
        Table { rows, gaps: Vec::new(), ..table.clone() }
    }

    /// The groups of a retention that are of the subject.
    fn returns(&self, retention: &Retention) -> Retention {
        let groups = retention.groups.iter().filter(|group| self.is_here(&group.levels)).cloned().collect();
        Retention { groups, ..retention.clone() }
    }

    /// The latest period that the log has in full, else the latest.
    fn latest(&self) -> Option<&'a Source> {
        let is_whole = |source: &&&Source| source.usage.is_some_and(|usage| !usage.is_partial);
        self.periods.iter().rev().find(is_whole).or(self.periods.last()).copied()
    }

    /// A title that says where.
    fn titled(&self, text: &str) -> String {
        match self.city {
            None => text.to_owned(),
            Some(city) => {
                let city = self.words.name(city);
                self.words.pick(format!("{city}: {text}"), format!("{city}：{text}"))
            }
        }
    }

    /// What stands under a chart: whose figures, how their intervals were made, where they come from.
    fn footer(&self, base: &str, level: f64) -> Vec<String> {
        let level = table::figures::level(level);
        let intervals = self.words.pick(
            format!("{level} intervals (logit for shares) from the survey design, every user a PSU."),
            format!("{level} 置信区间（比例用 logit 法）按抽样设计估计，每位用户为一个初级抽样单位。"),
        );
        self.lines(base, intervals)
    }

    /// The same under a chart that shows no intervals.
    fn footer_without_intervals(&self, base: &str) -> Vec<String> {
        let intervals = self.words.pick(
            "The interval of every tile stands in the data file; every user is a PSU.",
            "各格的置信区间见数据文件；每位用户为一个初级抽样单位。",
        );
        self.lines(base, intervals.to_owned())
    }

    fn lines(&self, base: &str, intervals: String) -> Vec<String> {
        let synthetic = table::synthetic(&self.usage.overall.everyone.sources);
        let synthetic = synthetic.map(|note| note.get(self.words.lang).to_owned());
        synthetic.into_iter().chain([base.to_owned(), intervals]).chain(self.source()).collect()
    }

    fn source(&self) -> Option<String> {
        let (first, last) = (self.periods.first()?.usage?, self.periods.last()?.usage?);
        let file = &self.periods.last()?.origin.file;
        Some(self.words.pick(
            format!("Source: usage log, {} to {} ({file}).", first.from, last.to),
            format!("来源：使用日志，{} 至 {}（{file}）。", first.from, last.to),
        ))
    }
}

/// A period as people read it: 2026-W10, 2026年第10周.
fn period(label: &str, lang: Lang) -> String {
    levels::name(WAVE, label).get(lang).to_owned()
}

/// The segments of a table, in its order.
fn segments(table: &Table) -> Vec<&Label> {
    let Some(place) = table.by.iter().position(|label| label.key == "segment") else { return Vec::new() };
    let mut segments: Vec<&Label> = Vec::new();
    for segment in table.rows.iter().map(|row| &row.by[place]) {
        if !segments.contains(&segment) {
            segments.push(segment);
        }
    }
    segments
}

/// A plate of the chapter.
struct Sheet {
    slug: &'static str,
    heading: String,
    title: String,
}

impl Sheet {
    fn plate(
        self,
        here: &Here<'_>,
        chart: Option<crate::chart::Chart>,
        grid: super::grid::Grid,
        csv: String,
    ) -> Plate {
        let slug = format!("{}-{}", here.slug(), self.slug);
        Plate { slug, heading: self.heading, title: self.title, chart, grid, csv }
    }
}

/// The place of a segment among the colours: as in the charts of a survey.
fn color(segments: &[&Label], at: usize) -> usize {
    match segments[at].key.as_str() {
        "expat" => 0,
        "chinese" => 1,
        _ => {
            2 + segments[..at]
                .iter()
                .filter(|label| !["expat", "chinese"].contains(&label.key.as_str()))
                .count()
        }
    }
}

/// How many segments charts can tell apart.
const MOST_SEGMENTS: usize = 6;

/// A figure on a chart, or why there is none.
fn side(words: &Words<'_>, row: Option<&Row>) -> Side {
    match row.and_then(|row| row.figure.map(|figure| (row, figure))) {
        Some((row, figure)) => Side::Shown(ChartMark {
            rate: figure.value,
            low: figure.interval.0,
            high: figure.interval.1,
            caution: row.mark.is_some(),
        }),
        None => {
            Side::Missing(row.and_then(|row| row.mark).map_or_else(String::new, |mark| {
                words.fonts.legible(sentence::reason(&mark).get(words.lang))
            }))
        }
    }
}

fn series(words: &Words<'_>, label: &Label) -> Series {
    Series { name: words.fonts.legible(words.name(label)) }
}

/// Whether a row is a share of active users, each counted once.
fn is_share_of_users(row: &Row) -> bool {
    let measure = &row.measure;
    measure.shown == crate::measure::Shown::Rate
        && measure.per.is_none()
        && measure.counted == Some(Counted::People)
}

fn csv(table: &Table) -> Result<String, ReportError> {
    table::csv(std::slice::from_ref(table))
        .map_err(|source| ReportError::Data { file: "usage, *.csv", source: source.into() })
}

fn returns_csv(returns: &Retention) -> Result<String, ReportError> {
    retention::csv(returns)
        .map_err(|source| ReportError::Data { file: "usage, *.csv", source: source.into() })
}

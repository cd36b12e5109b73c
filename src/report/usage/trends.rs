//! What users do period by period, and what they have done so far: lines over time.

use super::{Here, MOST_SEGMENTS, Sheet, color, csv, is_share_of_users, period, segments, series, side};
use crate::chart::{Chart, Series, Trend, TrendLine, TrendPoint, Wave};
use crate::codebook::capital;
use crate::report::ReportError;
use crate::report::charts;
use crate::report::grid::{Grid, NONE};
use crate::report::sections::Plate;
use crate::table::figures::Decimals;
use crate::table::{ItemLabel, Label, Row, Source, Table, sentence};
use crate::writing::count;

/// Items have a chart by period, those that most users do first, so many.
const CHARTED: usize = 2;
/// Lines of what was done so far.
const LINES: usize = 6;

/// A line of a chart over the periods.
struct Line<'a> {
    name: String,
    place: usize,
    /// By period.
    rows: Vec<Option<&'a Row>>,
}

impl Here<'_> {
    /// The shares of one item by period, of a segment or of everybody.
    fn line<'b>(
        &'b self,
        table: &'b Table,
        item: &ItemLabel,
        segment: Option<&Label>,
    ) -> Vec<Option<&'b Row>> {
        let row = |wave: &str| {
            self.rows(table).find(|row| {
                is_share_of_users(row)
                    && row.measure.item == *item
                    && row.by.last().is_some_and(|own| own.key == wave)
                    && segment.is_none_or(|segment| row.by.contains(segment))
            })
        };
        self.periods.iter().map(|source| row(&source.wave)).collect()
    }

    /// The items that a table has shares of, those that most do in the latest period first.
    fn items<'b>(&'b self, table: &'b Table) -> Vec<&'b ItemLabel> {
        let Some(latest) = self.latest() else { return Vec::new() };
        let is_latest = |row: &&Row| row.by.last().is_some_and(|wave| wave.key == latest.wave);
        let shares = self.rows(table).filter(is_latest).filter(|row| is_share_of_users(row));
        let mut items: Vec<(&ItemLabel, f64)> = Vec::new();
        for row in shares {
            if !items.iter().any(|(item, _)| *item == &row.measure.item) {
                items.push((&row.measure.item, row.figure.map_or(-1.0, |figure| figure.value)));
            }
        }
        items.sort_by(|a, b| b.1.total_cmp(&a.1));
        items.into_iter().map(|(item, _)| item).collect()
    }

    fn chart(&self, title: &str, caption: &str, base: &str, level: f64, lines: &[Line<'_>]) -> Option<Chart> {
        let words = self.words;
        let drawn: Vec<TrendLine> = lines
            .iter()
            .map(|line| TrendLine {
                series: Series { name: line.name.clone() },
                place: line.place,
                points: line
                    .rows
                    .iter()
                    .map(|row| TrendPoint { side: side(words, *row), change: None })
                    .collect(),
            })
            .collect();
        let is_drawable = drawn.iter().flat_map(|line| &line.points).any(|point| point.side.mark().is_some());
        let (labels, year) = self.short_periods();
        let caption = match year {
            Some(year) => words.pick(format!("{caption}, {year}"), format!("{year}年，{caption}")),
            None => caption.to_owned(),
        };
        let wave = |label: &String| Wave { label: words.fonts.legible(label), at: None };
        is_drawable.then(|| {
            Chart::Trend(Trend {
                head: charts::head(words, title, &caption, &self.footer(base, level)),
                level,
                waves: labels.iter().map(wave).collect(),
                lines: drawn,
                gaps: [None, None],
            })
        })
    }

    /// The periods under an axis: weeks of one year without the year, which is told apart.
    fn short_periods(&self) -> (Vec<String>, Option<String>) {
        let lang = self.words.lang;
        let long: Vec<String> = self.periods.iter().map(|source| period(&source.wave, lang)).collect();
        let year_and_week = |source: &&Source| {
            let (year, _) = source.wave.split_once("-W")?;
            let name = period(&source.wave, lang);
            let week = name.strip_prefix(&lang.pick(format!("{year}-"), format!("{year}年")))?.to_owned();
            Some((year.to_owned(), week))
        };
        let weeks: Option<Vec<(String, String)>> = self.periods.iter().map(year_and_week).collect();
        match weeks.as_deref() {
            Some([(year, _), rest @ ..]) if rest.iter().all(|(other, _)| other == year) => {
                (weeks.iter().flatten().map(|(_, week)| week.clone()).collect(), Some(year.clone()))
            }
            _ => (long, None),
        }
    }

    fn grid(&self, caption: String, lines: &[Line<'_>]) -> Grid {
        let words = self.words;
        let head = [
            words.pick("Period, line", "时期、对象"),
            "n",
            words.pick("Share", "比例"),
            words.pick("Note", "备注"),
        ];
        let figures = lines.iter().flat_map(|line| &line.rows).flatten().filter_map(|row| row.figure);
        let decimals = Decimals::of(figures);
        let rows = self.periods.iter().enumerate().flat_map(|(at, source)| {
            lines.iter().filter_map(move |line| {
                let row = line.rows[at]?;
                let share = row.figure.map_or_else(
                    || NONE.to_owned(),
                    |figure| {
                        format!("{} ({})", decimals.percent(figure.value), decimals.rate_interval(&figure))
                    },
                );
                let note = row.mark.map(|mark| sentence::mark(&mark).get(words.lang).to_owned());
                let wave = period(&source.wave, words.lang);
                let name = words.pick(format!("{wave}, {}", line.name), format!("{wave}，{}", line.name));
                Some(vec![name, count(row.base.n, words.lang), share, note.unwrap_or_default()])
            })
        });
        Grid { caption, head: head.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

/// A chart by period of each of the items that most users do, by segment.
pub(super) fn plates(here: &Here<'_>) -> Result<Vec<Plate>, ReportError> {
    const SLUGS: [&str; CHARTED] = ["first-by-period", "second-by-period"];
    if here.periods.len() < 2 {
        return Ok(Vec::new());
    }
    let words = here.words;
    let table = here.tables.by_segment.as_ref().unwrap_or(&here.tables.everyone);
    let segments = segments(table);
    let base = words.pick(
        "Base: active users of each period, who did anything in it that the log tells of; by people.",
        "基数：各期内日志中有任何行为的活跃用户；按人计。",
    );
    let items = here.items(&here.tables.everyone);
    items
        .into_iter()
        .take(CHARTED)
        .zip(SLUGS)
        .map(|(item, slug)| {
            let lines = by_segment(here, table, item, &segments);
            let name = words.name_of_item(item);
            let title = here.titled(&words.pick(
                format!("{name}, share of active users by period"),
                format!("{name}：各期活跃用户中的比例"),
            ));
            let title = capital(&title);
            let caption = words.pick(
                "Share of the period’s active users who did it at least once, %".to_owned(),
                "当期活跃用户中至少做过一次者的比例（%）".to_owned(),
            );
            let heading = words.pick(format!("{name}, by period"), format!("{name}：按时期"));
            let chart = here.chart(&title, &caption, base, table.settings.level, &lines);
            let data = here.only(table, |row| is_share_of_users(row) && row.measure.item == *item);
            Ok(Sheet { slug, heading, title }.plate(here, chart, here.grid(caption, &lines), csv(&data)?))
        })
        .collect()
}

fn by_segment<'b>(
    here: &'b Here<'_>,
    table: &'b Table,
    item: &ItemLabel,
    segments: &[&Label],
) -> Vec<Line<'b>> {
    if segments.is_empty() || segments.len() > MOST_SEGMENTS {
        let name = here.words.pick("Active users", "活跃用户").to_owned();
        return vec![Line { name, place: 2, rows: here.line(table, item, None) }];
    }
    let line = |(at, segment): (usize, &&Label)| Line {
        name: series(here.words, segment).name,
        place: color(segments, at),
        rows: here.line(table, item, Some(*segment)),
    };
    segments.iter().enumerate().map(line).collect()
}

/// What users have done at least once up to each period, item by item.
pub(super) fn so_far(here: &Here<'_>) -> Result<Option<Plate>, ReportError> {
    let words = here.words;
    let Some(table) = &here.tables.so_far else { return Ok(None) };
    let lines: Vec<Line<'_>> = here
        .items(table)
        .into_iter()
        .take(LINES)
        .enumerate()
        .map(|(at, item)| Line {
            name: words.fonts.legible(&words.name_of_item(item)),
            place: 2 + at,
            rows: here.line(table, item, None),
        })
        .collect();
    let title = here.titled(words.pick("first use, cumulated", "首次使用（累计）"));
    let title = capital(&title);
    let caption = words.pick(
        "Share of all users so far who had done it at least once by the end of the period, %",
        "截至该期末，全部用户中至少做过一次者的比例（%）",
    );
    let base = words.pick(
        "Base: everybody who was active in the log in any period up to this one; new users join the base.",
        "基数：截至该期曾在日志中活跃过的全部用户；新用户随期计入基数。",
    );
    let chart = here.chart(&title, caption, base, table.settings.level, &lines);
    let heading = words.pick("First use, cumulated", "首次使用（累计）").to_owned();
    let grid = here.grid(caption.to_owned(), &lines);
    let data = csv(&here.only(table, is_share_of_users))?;
    Ok(Some(Sheet { slug: "first-use", heading, title }.plate(here, chart, grid, data)))
}

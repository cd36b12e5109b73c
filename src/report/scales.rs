//! A table of the points of scales → how the answers to one item are spread: a stacked bar for each segment, with its mean,
//! net promoter score or top boxes.

use super::grid::{Grid, NONE};
use super::lineup::{Comparison, Lineup, Verdict};
use super::sections::{Section, View};
use super::{charts, method, numbers, several, slug};
use crate::chart::{Alignment, Chart, Shares, Stacked, StackedRow};
use crate::codebook::capital;
use crate::estimate::{Flag, Reason};
use crate::measure::Shown;
use crate::table::figures::Decimals;
use crate::table::{ItemLabel, Label, Mark, Row, Table, sentence};
use crate::writing::count;

/// The answers to one item in one place.
struct Spread<'a> {
    item: &'a ItemLabel,
    /// The points of the scale, the lowest first.
    points: Vec<&'a Label>,
    segments: Vec<Segment<'a>>,
    /// Its mean, score or top boxes in the segments that are compared.
    number: Option<&'a Lineup<'a>>,
}

/// The answers of one segment.
struct Segment<'a> {
    label: &'a Label,
    /// A row for each point.
    rows: Vec<&'a Row>,
    /// The mean, score or top boxes.
    number: Option<&'a Row>,
}

/// A section for each scale of `table`, which is by the place if there is one, then by segment.
pub(super) fn sections(view: &View<'_>, table: &Table) -> Vec<Section> {
    let Ok(comparison) = Comparison::of_numbers(view.here.table) else { return Vec::new() };
    let lineups = comparison.in_place(view.city);
    let mut items: Vec<&ItemLabel> = Vec::new();
    for row in &table.rows {
        if !items.contains(&&row.measure.item) {
            items.push(&row.measure.item);
        }
    }
    let spread = |item| Spread::of(view, table, item, lineups.iter().find(|lineup| lineup.item == item));
    items.into_iter().map(spread).map(|spread| spread.section(view, table)).collect()
}

impl<'a> Spread<'a> {
    fn of(view: &View<'a>, table: &'a Table, item: &'a ItemLabel, number: Option<&'a Lineup<'a>>) -> Self {
        let is_here =
            |row: &&Row| row.measure.item == *item && view.city.is_none_or(|city| row.by.contains(city));
        let rows: Vec<&Row> = table.rows.iter().filter(is_here).collect();
        let mut spread = Self { item, points: Vec::new(), segments: Vec::new(), number };
        for row in rows {
            let (Some(label), Some(point)) = (row.by.last(), row.measure.per.as_ref()) else { continue };
            if !spread.points.contains(&point) {
                spread.points.push(point);
            }
            if let Some(segment) = spread.segments.iter_mut().find(|segment| segment.label == label) {
                segment.rows.push(row);
                continue;
            }
            let is_number = |other: &&Row| {
                other.by == row.by && other.measure.item == *item && other.measure.shown != Shown::Rate
            };
            let number = view.here.table.rows.iter().find(is_number);
            spread.segments.push(Segment { label, rows: vec![row], number });
        }
        spread
    }

    fn section(&self, view: &View<'_>, table: &Table) -> Section {
        let words = &view.words;
        let name = words.name_of_item(self.item);
        let title = self.title(view);
        let caption = words.pick(
            format!("{name}: answers by group, % of those who answered"),
            format!("{name}：各群体的回答分布（占作答者的 %）"),
        );
        let rows = || self.segments.iter().flat_map(|segment| segment.rows.iter().copied());
        let footer = method::scale_footer(words, view.here.table, rows().any(|row| row.base.some_not_asked));
        let head = charts::head(words, &title, &caption, &footer);
        let (feature, action) = (&self.item.feature, &self.item.action);
        let drawable = self.segments.iter().any(|segment| segment.shares().is_some());
        let chart = Stacked {
            head,
            points: self.point_names(view),
            alignment: Alignment::Filled,
            rows: self.segments.iter().map(|segment| self.bar(view, segment)).collect(),
            column: self.statistic(view),
        };
        Section {
            slug: format!("{}-{}-answers", slug::of(&feature.key), slug::of(&action.key)),
            heading: words.pick(format!("{}, answers", capital(&name)), format!("{name}：回答分布")),
            title,
            chart: drawable.then_some(Chart::Stacked(chart)),
            grid: self.grid(view, caption),
            data: Table { rows: rows().cloned().collect(), gaps: Vec::new(), ..table.clone() },
        }
    }

    /// What the corrected test says of the statistic, and no more.
    fn title(&self, view: &View<'_>) -> String {
        let words = &view.words;
        let (place, name) = (words.place(view.city), words.name_of_item(self.item));
        let neutral =
            || words.pick(format!("{place}, the answers to {name}"), format!("{place}，“{name}”的回答分布"));
        let (Some(lineup), Some(statistic)) = (self.number, self.statistic(view)) else { return neutral() };
        let statistic = if statistic == "NPS" { statistic } else { statistic.to_lowercase() };
        if words.are_several() {
            return several::scale(words, (&place, &name, &statistic), lineup.verdict())
                .unwrap_or_else(neutral);
        }
        match lineup.verdict() {
            Verdict::Higher(side) => {
                let (high, low) = (words.segment(side), words.segment(1 - side));
                words.pick(
                    format!("{place}, {high} score higher than {low} on {name} ({statistic})"),
                    format!("{place}，{high}的“{name}”{statistic}高于{low}"),
                )
            }
            Verdict::Unclear => {
                let (a, b) = (words.segment(0), words.segment(1));
                words.pick(
                    format!("{place}, no clear difference between {a} and {b} on {name} ({statistic})"),
                    format!("{place}，{a}与{b}的“{name}”{statistic}无显著差异"),
                )
            }
            Verdict::Apart | Verdict::Untested => neutral(),
        }
    }

    /// What the column beside the bars holds.
    fn statistic(&self, view: &View<'_>) -> Option<String> {
        let shown = self.segments.iter().find_map(|segment| segment.number)?.measure.shown;
        let (en, zh) = match shown {
            Shown::TopBox => ("Top box", "高分选项占比"),
            Shown::Nps => ("NPS", "净推荐值"),
            _ => ("Mean", "均值"),
        };
        Some(view.words.pick(en, zh).to_owned())
    }

    fn point_names(&self, view: &View<'_>) -> Vec<String> {
        let last = self.points.len().saturating_sub(1);
        let name = |(at, point): (usize, &&Label)| {
            let name = view.words.name(point);
            match at {
                0 => view.words.pick(format!("{name} (lowest)"), format!("{name}（最低）")),
                _ if at == last => view.words.pick(format!("{name} (highest)"), format!("{name}（最高）")),
                _ => name.to_owned(),
            }
        };
        self.points.iter().enumerate().map(name).collect()
    }

    fn bar(&self, view: &View<'_>, segment: &Segment<'_>) -> StackedRow {
        let words = &view.words;
        let (label, second_label) = charts::names(words, segment.label);
        let shares = match segment.shares() {
            Some(shares) => Shares::Shown { shares, caution: segment.needs_care() },
            None => Shares::Missing(words.fonts.legible(&segment.why(view))),
        };
        let n = segment.rows.first().map_or(0, |row| row.base.n);
        StackedRow {
            label,
            second_label,
            base: format!("n = {}", count(n, words.lang)),
            shares,
            figure: self.number(view, segment, false).unwrap_or_default(),
        }
    }

    /// The mean, score or top boxes of a segment, with its interval or without.
    fn number(&self, view: &View<'_>, segment: &Segment<'_>, with_interval: bool) -> Option<String> {
        let row = segment.number?;
        let figure = row.figure?;
        let figures = self.segments.iter().filter_map(|segment| segment.number?.figure);
        let (unit, disclosure) = (row.measure.shown.unit(), view.here.table.disclosure);
        let scale = numbers::scale_of(&view.words, disclosure, unit, &numbers::values(figures));
        let value = scale.value(figure.value);
        Some(if with_interval { format!("{value} ({})", scale.limits(figure.interval)) } else { value })
    }

    fn grid(&self, view: &View<'_>, caption: String) -> Grid {
        let words = &view.words;
        let mut head = vec![words.pick("Group", "群体").to_owned(), "n".to_owned()];
        head.extend(self.point_names(view));
        head.extend(self.statistic(view));
        head.push(words.pick("Note", "备注").to_owned());
        let line = |segment: &Segment<'_>| {
            let n = segment.rows.first().map_or(0, |row| row.base.n);
            let mut cells = vec![words.name(segment.label).to_owned(), count(n, words.lang)];
            cells.extend(segment.rows.iter().map(|row| {
                row.figure.map_or_else(
                    || NONE.to_owned(),
                    |figure| {
                        let decimals = Decimals::NONE;
                        format!("{} ({})", decimals.percent(figure.value), decimals.rate_interval(&figure))
                    },
                )
            }));
            if self.statistic(view).is_some() {
                cells.push(self.number(view, segment, true).unwrap_or_else(|| NONE.to_owned()));
            }
            cells.push(segment.note(view));
            cells
        };
        Grid { caption, head, rows: self.segments.iter().map(line).collect() }
    }
}

impl Segment<'_> {
    /// The share of every point, where all may be shown.
    fn shares(&self) -> Option<Vec<f64>> {
        self.rows.iter().map(|row| row.figure.map(|figure| figure.value)).collect()
    }

    /// Whether a share rests on little; that nobody chose a point is no reason.
    fn needs_care(&self) -> bool {
        let is_boundary = |mark: &Mark| {
            matches!(
                mark,
                Mark::Flag(Flag::Caution(Reason::Boundary))
                    | Mark::Published(Flag::Caution(Reason::Boundary))
            )
        };
        self.rows.iter().filter_map(|row| row.mark.as_ref()).any(|mark| !is_boundary(mark))
    }

    /// Why there is no bar.
    fn why(&self, view: &View<'_>) -> String {
        let missing = self.rows.iter().find(|row| row.figure.is_none()).and_then(|row| row.mark);
        missing.map_or_else(String::new, |mark| sentence::mark(&mark).get(view.words.lang).to_owned())
    }

    /// What is to be said of each share: `1: with care: …`.
    fn note(&self, view: &View<'_>) -> String {
        let words = &view.words;
        let mut notes: Vec<(String, Vec<&str>)> = Vec::new();
        for row in &self.rows {
            let (Some(mark), Some(point)) = (&row.mark, &row.measure.per) else { continue };
            let said = sentence::mark(mark).get(words.lang).to_owned();
            match notes.iter_mut().find(|(other, _)| *other == said) {
                Some((_, points)) => points.push(words.name(point)),
                None => notes.push((said, vec![words.name(point)])),
            }
        }
        let all = self.rows.len();
        let note = |(said, points): &(String, Vec<&str>)| {
            let list = points.join(words.pick(", ", "、"));
            if points.len() == all {
                said.clone()
            } else {
                words.pick(format!("{list}: {said}"), format!("{list}：{said}"))
            }
        };
        notes.iter().map(note).collect::<Vec<_>>().join(words.pick("; ", "；"))
    }
}

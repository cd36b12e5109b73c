//! Ways through a funnel as a chapter: a mirrored funnel for each dimension that tells people apart, with every stage's
//! figures.

use super::ReportError;
use super::chapter::{Basis, Part, Tells};
use super::charts;
use super::grid::Grid;
use super::place::in_city;
use super::sections::{Plate, View};
use super::story::Files;
use super::words::{Words, inside};
use super::{method, slug};
use crate::chart::{self, Chart, Mark, Ranked, RankedRow, Series, Side, Stage};
use crate::codebook::{Name, Names, Stages};
use crate::funnel::{Funnel, Group, Share, Step, notes, sheet};
use crate::ingest::FunnelOf;
use crate::table::figures::Decimals;
use crate::table::{self, GapLine, Label, Table, sentence};
use crate::writing::count;

/// The ways through the stages of one dataset.
#[derive(Debug, Clone)]
pub struct Funnels {
    /// The stages in their order.
    pub stages: Stages,
    /// One for each dimension that tells people apart.
    pub ways: Vec<Ways>,
}

/// The ways of the levels of one dimension, the first compared with each other one.
#[derive(Debug, Clone)]
pub struct Ways {
    /// Of everybody.
    pub overall: Table,
    /// By city, then the dimension; `None` where the data has no cities.
    pub by_city: Option<Table>,
}

impl Tells for Funnels {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let tables = self.here(view);
        let plates: Vec<Plate> = tables
            .iter()
            .map(|table| plate(&view.words, view.city, table, &self.stages))
            .collect::<Result<_, _>>()?;
        let finding = strongest(&view.words, &tables, &self.stages);
        let name = Name::new("On the way to a purchase", "购买之路");
        let part = Part { key: "funnel", name, plates, finding };
        Ok(if part.plates.is_empty() { Vec::new() } else { vec![part] })
    }

    fn notes(&self, _view: &View<'_>) -> Vec<Name> {
        let tables: Vec<Table> = self.ways.iter().map(|way| way.overall.clone()).collect();
        let funnel = tables.first().map(|table| Funnel::of(table, &self.stages, &Names::default()));
        let own = funnel.iter().flat_map(notes);
        table::notes(&tables).into_iter().cloned().chain(own).collect()
    }

    fn bases(&self, _view: &View<'_>) -> Vec<Basis<'_>> {
        let first = self.ways.first();
        first.into_iter().flat_map(|way| &way.overall.sources).map(Basis::Dataset).collect()
    }

    fn files(&self, view: &View<'_>) -> Result<Files, ReportError> {
        const CSV: &str = "funnel.csv";
        const JSON: &str = "funnel.json";
        let tables = self.here(view);
        let csv =
            table::csv(&tables).map_err(|source| ReportError::Data { file: CSV, source: source.into() })?;
        let json = table::json(&tables, view.words.lang)
            .map_err(|source| ReportError::Data { file: JSON, source: source.into() })?;
        Ok([(CSV, csv), (JSON, json)].map(|(name, text)| (name.to_owned(), text.into_bytes())).into())
    }
}

impl Funnels {
    /// The tables of the report's subject.
    fn here(&self, view: &View<'_>) -> Vec<Table> {
        let of = |way: &Ways| match view.city {
            None => Some(way.overall.clone()),
            Some(city) => in_city(way.by_city.as_ref()?, city),
        };
        self.ways.iter().filter_map(of).collect()
    }
}

fn plate(
    words: &Words<'_>,
    city: Option<&Label>,
    table: &Table,
    stages: &Stages,
) -> Result<Plate, ReportError> {
    let funnel = Funnel::of(table, stages, words.names);
    let by = table.by.first().map_or_else(|| words.pick("all", "全部").to_owned(), |by| by.key.clone());
    let of = table.by.first().map_or("", |by| words.name(by));
    let title = title(words, city, table, &funnel, stages);
    let caption = if funnel.groups.len() > 2 {
        words.pick("Share of those who began that reaches each stage, %", "到达各阶段者占全部的比例（%）")
    } else {
        words.pick(
            "Share of those who began that reaches each stage, %; between the stages the share that goes on",
            "到达各阶段者占全部的比例（%）；阶段之间为进入下一阶段的比例",
        )
    };
    let footer = method::chapter_footer(words, table, base(words, table));
    let csv = table::csv(std::slice::from_ref(table))
        .map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })?;
    Ok(Plate {
        slug: format!("funnel-by-{}", slug::of(&by)),
        heading: words.pick(format!("Stages, by {}", of.to_lowercase()), format!("各阶段：按{of}")),
        chart: chart(words, &funnel, charts::head(words, &title, caption, &footer)),
        title,
        grid: grid(words, &funnel, caption.to_owned()),
        csv,
    })
}

/// Whom the figures are of, in short.
fn base<'a>(words: &Words<'a>, table: &Table) -> &'a str {
    let is_counts = |source: &table::Source| {
        source.funnel.as_ref().is_some_and(|funnel| matches!(funnel.of, FunnelOf::Counts))
    };
    if table.sources.iter().any(is_counts) {
        words.pick(
            "Base: all whom the counts have at the first stage, taken as a simple random sample.",
            "基数：计数中到达第一阶段的全部人数，按简单随机样本处理。",
        )
    } else {
        words.pick(
            "Base: everybody seen at any stage; who is seen at one has reached those before it.",
            "基数：在任一阶段出现过的人；在某阶段出现即视为到达其前各阶段。",
        )
    }
}

/// The widest clear gap at the last stage, of the dimensions that tell people apart.
fn strongest(words: &Words<'_>, tables: &[Table], stages: &Stages) -> Option<String> {
    let told = |table: &Table| {
        let funnel = Funnel::of(table, stages, words.names);
        let [first, second, ..] = funnel.groups.as_slice() else { return None };
        let gap = gap(table, stages, first, second)?.gap.filter(|gap| gap.clear)?;
        Some((gap.difference.abs(), finding(words, table, &funnel, stages)?))
    };
    let (_, told) = tables.iter().filter_map(told).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("{told}{}", words.pick(".", "。")))
}

/// Two groups left and right, more under each other; `None` where there is no figure to draw, or more groups than colours.
pub(super) fn chart(words: &Words<'_>, funnel: &Funnel, head: chart::Head) -> Option<Chart> {
    match funnel.groups.as_slice() {
        [] => None,
        [only] => mirrored(words, funnel.level, [Some(only), None], head),
        [first, second] => mirrored(words, funnel.level, [Some(first), Some(second)], head),
        several => in_lanes(words, funnel.level, several, head),
    }
}

/// A row for each stage, in it a dot for each group.
fn in_lanes(words: &Words<'_>, level: f64, groups: &[Group], head: chart::Head) -> Option<Chart> {
    let row = |(place, step): (usize, &Step)| {
        let (label, second_label) = charts::names(words, &step.stage);
        let sides =
            groups.iter().map(|group| side(words, group.steps.get(place).and_then(|step| step.of_all)));
        RankedRow { label, second_label, base: String::new(), sides: sides.collect(), published: Vec::new() }
    };
    let rows: Vec<RankedRow> = groups.first()?.steps.iter().enumerate().map(row).collect();
    let is_drawn = rows.iter().flat_map(|row| &row.sides).any(|side| side.mark().is_some());
    let series = groups.iter().map(|group| Some(Series { name: words.fonts.legible(&name(words, group)) }));
    (is_drawn && groups.len() <= chart::SEGMENTS).then(|| {
        Chart::Ranked(Ranked {
            head,
            series: series.collect(),
            level,
            rows,
            reference: None,
            highlighted: None,
        })
    })
}

fn mirrored(words: &Words<'_>, level: f64, groups: [Option<&Group>; 2], head: chart::Head) -> Option<Chart> {
    let steps = groups[0]?.steps.len();
    let stage = |place: usize| {
        let step = groups[0].map(|group| &group.steps[place])?;
        let (label, second_label) = charts::names(words, &step.stage);
        let own = groups.map(|group| group.map(|group| &group.steps[place]));
        let share = |step: Option<&Step>| step.map_or_else(Side::absent, |step| side(words, step.of_all));
        let base = |step: Option<&Step>| {
            let reached = step.and_then(|step| step.reached);
            reached.map_or_else(String::new, |reached| format!("n = {}", count(reached, words.lang)))
        };
        let conversion = |step: Option<&Step>| Some(step?.of_before?.figure?.value);
        Some(Stage {
            label,
            second_label,
            sides: own.map(share),
            bases: own.map(base),
            conversions: own.map(conversion),
        })
    };
    let stages: Vec<Stage> = (0..steps).filter_map(stage).collect();
    let is_drawn = stages.iter().any(|stage| stage.sides.iter().any(|side| side.mark().is_some()));
    let series =
        groups.map(|group| group.map(|group| Series { name: words.fonts.legible(&name(words, group)) }));
    is_drawn.then_some(Chart::Funnel(chart::Funnel { head, series, level, stages }))
}

pub(super) fn side(words: &Words<'_>, share: Option<Share>) -> Side {
    match share {
        Some(Share { figure: Some(figure), mark }) => Side::Shown(Mark {
            rate: figure.value,
            low: figure.interval.0.clamp(0.0, figure.value),
            high: figure.interval.1.clamp(figure.value, 1.0),
            caution: mark.is_some(),
        }),
        Some(Share { figure: None, mark: Some(mark) }) => {
            Side::Missing(words.fonts.legible(sentence::mark(&mark).get(words.lang)))
        }
        _ => Side::absent(),
    }
}

fn name(words: &Words<'_>, group: &Group) -> String {
    let levels: Vec<&str> = group.by.iter().map(|level| words.name(level)).collect();
    if levels.is_empty() {
        words.pick("Everybody", "全部").to_owned()
    } else {
        levels.join(words.pick(", ", "，"))
    }
}

pub(super) fn grid(words: &Words<'_>, funnel: &Funnel, caption: String) -> Grid {
    let mut head = Vec::new();
    let mut rows = Vec::new();
    for group in &funnel.groups {
        let sheet = sheet(group, words.lang);
        let whose = name(words, group);
        rows.extend(sheet.rows.into_iter().map(|mut cells| {
            cells[0] = words.pick(format!("{whose}: {}", cells[0]), format!("{whose}：{}", cells[0]));
            cells
        }));
        head = sheet.header;
    }
    Grid { caption, head, rows }
}

/// Who gets to the last stage more often, where the corrected test says so.
fn title(words: &Words<'_>, city: Option<&Label>, table: &Table, funnel: &Funnel, stages: &Stages) -> String {
    let place = city.map(|city| words.place(Some(city)));
    let finding = finding(words, table, funnel, stages);
    let told = finding
        .unwrap_or_else(|| words.pick("How far people get, stage by stage", "人们走到哪一步").to_owned());
    match place {
        None => told,
        Some(place) => words.pick(format!("{place}: {told}"), format!("{place}，{told}")),
    }
}

fn finding(words: &Words<'_>, table: &Table, funnel: &Funnel, stages: &Stages) -> Option<String> {
    let [first, second, ..] = funnel.groups.as_slice() else { return None };
    let last = |group: &Group| group.steps.last().cloned();
    let (a, b) = (last(first)?, last(second)?);
    let (p, q) = (a.of_all?.figure?, b.of_all?.figure?);
    let decimals = Decimals::of([p, q]);
    let stage = words.name(&a.stage);
    let (one, other) = (name(words, first), name(words, second));
    let line = gap(table, stages, first, second)?;
    if !line.gap?.clear {
        let (p, q) = (decimals.percent(p.value), decimals.percent(q.value));
        return Some(words.pick(
            format!("No clear difference in who reaches {stage}: {one} {p}, {other} {q}"),
            format!("走到“{stage}”的比例无显著差异：{one} {p}，{other} {q}"),
        ));
    }
    let [(higher, p), (lower, q)] =
        if p.value > q.value { [(one, p), (other, q)] } else { [(other, q), (one, p)] };
    let (p, q) = (decimals.percent(p.value), decimals.percent(q.value));
    Some(words.pick(
        format!("More {} than {} reach {stage}, {p} against {q}", inside(&higher), inside(&lower)),
        format!("{higher}走到“{stage}”的比例高于{lower}，{p} 对 {q}"),
    ))
}

/// The gap of the last stage between two groups.
fn gap<'t>(table: &'t Table, stages: &Stages, first: &Group, second: &Group) -> Option<&'t GapLine> {
    let last = stages.order().last()?;
    table.gaps.iter().find(|line| {
        let item = &line.measure.item;
        item.feature.key == *last
            && item.action.key == Stages::REACHED
            && line.measure.per.is_none()
            && [&line.of.0, &line.of.1]
                == [first.by.last(), second.by.last()].map(|level| level.unwrap_or(&line.of.0))
    })
}

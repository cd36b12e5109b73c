//! Who is here, as a chapter before the survey: what systems, nations and ages its groups are made of.

use super::ReportError;
use super::chapter::{Part, Tells};
use super::charts;
use super::funnels::side;
use super::grid::{Grid, NONE};
use super::place::in_city;
use super::sections::{Plate, View};
use super::words::{Words, inside};
use super::{method, slug};
use crate::chart::{Chart, Ranked, RankedRow, Series, Side};
use crate::codebook::Name;
use crate::funnel::Share;
use crate::table::figures::Decimals;
use crate::table::{self, Label, Row, Table, sentence};
use crate::writing::count;

/// What the groups of a survey are made of: the shares of the levels of some dimensions, each of those in a segment.
#[derive(Debug, Clone)]
pub struct People {
    /// By segment.
    pub overall: Table,
    /// By city and segment; `None` where the survey has no cities.
    pub by_city: Option<Table>,
}

impl Tells for People {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let table = match view.city {
            None => Some(self.overall.clone()),
            Some(city) => self.by_city.as_ref().and_then(|table| in_city(table, city)),
        };
        let Some(table) = table else { return Ok(Vec::new()) };
        let mut dimensions: Vec<&Label> = Vec::new();
        for row in &table.rows {
            if !dimensions.contains(&&row.measure.item.feature) {
                dimensions.push(&row.measure.item.feature);
            }
        }
        let plates = dimensions.into_iter().map(|of| plate(&view.words, view.city, &table, of));
        let plates = plates.collect::<Result<Vec<Plate>, _>>()?;
        let finding = dimensions_finding(&view.words, &table);
        let part = Part { key: "people", name: Name::new("Who is here", "谁在这里"), plates, finding };
        Ok(if part.plates.is_empty() { Vec::new() } else { vec![part] })
    }

    fn comes_first(&self) -> bool {
        true
    }
}

/// One dimension, level by level.
fn plate(words: &Words<'_>, city: Option<&Label>, table: &Table, of: &Label) -> Result<Plate, ReportError> {
    let own = Table {
        rows: table.rows.iter().filter(|row| row.measure.item.feature == *of).cloned().collect(),
        ..table.clone()
    };
    let name = words.name(of);
    let (in_city, city) = match city {
        Some(city) => (format!(" in {}", city.name.en), city.name.zh.as_str()),
        None => (String::new(), ""),
    };
    let title = words.pick(
        format!("Respondents{in_city}, by {}", name.to_lowercase()),
        format!("{city}受访者的{name}构成"),
    );
    let caption = words.pick("Share of each group, %", "占各群体的比例（%）");
    let (segments, levels) = (labels(&own, |row| row.by.last()), levels(&own, of));
    let n = |segment: &Label| {
        let n = own.rows.iter().find(|row| row.by.last() == Some(segment)).map_or(0, |row| row.base.n);
        count(n, words.lang)
    };
    let bases = segments.iter().map(|segment| format!("{} n = {}", inside(words.name(segment)), n(segment)));
    let bases = bases.collect::<Vec<_>>().join(words.pick(", ", "，"));
    let base = words.pick(
        format!("Base: the respondents of each group; {bases}."),
        format!("基数：各群体的受访者；{bases}。"),
    );
    let footer = method::chapter_footer(words, &own, &base);
    let find = |segment: &Label, level: &Label| {
        own.rows.iter().find(|row| row.by.last() == Some(segment) && row.measure.item.action == *level)
    };
    let drawn = |level: &Label| RankedRow {
        label: words.fonts.legible(words.name(level)),
        second_label: None,
        base: String::new(),
        sides: segments
            .iter()
            .map(|segment| find(segment, level).map_or_else(Side::absent, |row| shown(words, row)))
            .collect(),
        published: Vec::new(),
    };
    let rows: Vec<RankedRow> = levels.iter().map(drawn).collect();
    let is_drawn = rows.iter().flat_map(|row| &row.sides).any(|side| side.mark().is_some());
    let series =
        segments.iter().map(|segment| Some(Series { name: words.fonts.legible(words.name(segment)) }));
    let chart = Ranked {
        head: charts::head(words, &title, caption, &footer),
        series: series.collect(),
        level: own.settings.level,
        rows,
        reference: None,
        highlighted: None,
    };
    let csv = table::csv(std::slice::from_ref(&own))
        .map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })?;
    let lines = levels.iter().map(|level| {
        let cells = segments
            .iter()
            .map(|segment| find(segment, level).map_or_else(|| NONE.to_owned(), |row| cell(words, row)));
        std::iter::once(words.name(level).to_owned()).chain(cells).collect()
    });
    let heads = segments.iter().map(|segment| {
        let n = n(segment);
        words.pick(format!("{} (n {n})", segment.name.en), format!("{}（n {n}）", segment.name.zh))
    });
    Ok(Plate {
        slug: format!("people-{}", slug::of(&of.key)),
        heading: name.to_owned(),
        title,
        chart: is_drawn.then_some(Chart::Ranked(chart)),
        grid: Grid {
            caption: caption.to_owned(),
            head: std::iter::once(name.to_owned()).chain(heads).collect(),
            rows: lines.collect(),
        },
        csv,
    })
}

/// The levels of a dimension: in their order where they have one, else those that most of the first group are on first, and
/// last those that are of no name.
fn levels(own: &Table, of: &Label) -> Vec<Label> {
    const NOMINAL: [&str; 2] = ["nationality", "os"];
    let mut levels = labels(own, |row| Some(&row.measure.item.action));
    if !NOMINAL.contains(&of.key.as_str()) {
        return levels;
    }
    let is_other = |level: &Label| level.key.is_empty() || level.key.eq_ignore_ascii_case("other");
    let share = |level: &Label| {
        let row = own.rows.iter().find(|row| row.measure.item.action == *level);
        row.and_then(|row| row.figure).map_or(0.0, |figure| figure.value)
    };
    levels.sort_by(|a, b| is_other(a).cmp(&is_other(b)).then(share(b).total_cmp(&share(a))));
    levels
}

/// The two levels of the first dimension that most of the first group are on, in both groups. It claims nothing beyond the
/// shares.
fn dimensions_finding(words: &Words<'_>, table: &Table) -> Option<String> {
    let of = &table.rows.first()?.measure.item.feature;
    let own = Table {
        rows: table.rows.iter().filter(|row| row.measure.item.feature == *of).cloned().collect(),
        ..table.clone()
    };
    let mut shown = levels(&own, of);
    shown.truncate(2);
    let said = |segment: &Label| {
        let share = |level: &Label| {
            let is_it = |row: &&Row| row.by.last() == Some(segment) && row.measure.item.action == *level;
            let figure = own.rows.iter().find(is_it)?.figure?;
            let (percent, level) = (Decimals::NONE.percent(figure.value), words.name(level));
            Some(words.pick(format!("{percent} {level}"), format!("{level} {percent}")))
        };
        let shares: Vec<String> = shown.iter().map(share).collect::<Option<_>>()?;
        let (who, shares) = (inside(words.name(segment)), words.list(&shares, 2));
        Some(words.pick(format!("of {who}, {shares}"), format!("{who}（{shares}）")))
    };
    let segments = labels(&own, |row| row.by.last());
    let groups: Vec<String> = segments.iter().take(2).map(said).collect::<Option<_>>()?;
    let (name, groups) = (words.name(of), groups.join(words.pick("; ", "，")));
    Some(words.pick(format!("{name}: {groups}."), format!("{name}：{groups}。")))
}

/// The labels of the rows, each once, in order.
fn labels<'t>(table: &'t Table, of: impl Fn(&'t Row) -> Option<&'t Label>) -> Vec<Label> {
    let mut all: Vec<Label> = Vec::new();
    for label in table.rows.iter().filter_map(of) {
        if !all.contains(label) {
            all.push(label.clone());
        }
    }
    all
}

/// A level on which nobody of the group is has nothing to show.
fn shown(words: &Words<'_>, row: &Row) -> Side {
    match row.figure {
        Some(figure) if figure.value <= 0.0 => Side::absent(),
        figure => side(words, Some(Share { figure, mark: row.mark })),
    }
}

fn cell(words: &Words<'_>, row: &Row) -> String {
    match (row.figure, row.mark) {
        (Some(figure), _) if figure.value <= 0.0 => NONE.to_owned(),
        (Some(figure), _) => {
            let decimals = Decimals::NONE;
            words.pick(
                format!("{} ({})", decimals.percent(figure.value), decimals.rate_interval(&figure)),
                format!("{}（{}）", decimals.percent(figure.value), decimals.rate_interval(&figure)),
            )
        }
        (None, mark) => {
            mark.map_or_else(|| NONE.to_owned(), |mark| sentence::mark(&mark).get(words.lang).to_owned())
        }
    }
}

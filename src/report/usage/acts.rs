//! What users do in the latest whole period: by people on a chart, by people and by events in its table, each named.

use super::{Here, MOST_SEGMENTS, Sheet, color, csv, is_share_of_users, segments, series, side};
use crate::chart::{Chart, Ranked, RankedRow, Series};
use crate::codebook::capital;
use crate::measure::Unit;
use crate::report::ReportError;
use crate::report::charts;
use crate::report::grid::{Grid, NONE};
use crate::report::numbers::{scale_of, values};
use crate::report::sections::Plate;
use crate::table::{Label, MeasureLabel, Row, Table, sentence};
use crate::writing::count;

pub(super) fn plate(here: &Here<'_>) -> Result<Option<Plate>, ReportError> {
    let words = here.words;
    let Some(period) = here.latest() else { return Ok(None) };
    let table = here.tables.by_segment.as_ref().unwrap_or(&here.tables.everyone);
    let is_latest = |row: &Row| row.by.last().is_some_and(|wave| wave.key == period.wave);
    let latest = here.only(table, is_latest);
    let segments = segments(table);
    let mut measures: Vec<&MeasureLabel> = Vec::new();
    for row in &latest.rows {
        if !measures.contains(&&row.measure) {
            measures.push(&row.measure);
        }
    }
    if measures.is_empty() {
        return Ok(None);
    }
    let wave = super::period(&period.wave, words.lang);
    let title = here.titled(&words.pick(
        format!("what active users did in {wave}, by people"),
        format!("{wave}活跃用户的行为（按人）"),
    ));
    let caption = words.pick(
        format!("Share of active users who did it at least once in {wave}, %"),
        format!("{wave}至少做过一次者占活跃用户的比例（%）"),
    );
    let base = words.pick(
        "Base: active users, who did anything in the period that the log tells of; by people, each user counts once.",
        "基数：该期内日志中有任何行为的活跃用户；按人计，每位用户计一次。",
    );
    let head = charts::head(words, &capital(&title), &caption, &here.footer(base, table.settings.level));
    let rows: Vec<RankedRow> =
        measures.iter().filter_map(|measure| ranked(here, &latest, measure, &segments)).collect();
    let is_drawable = segments.len() <= MOST_SEGMENTS
        && rows.iter().flat_map(|row| &row.sides).any(|side| side.mark().is_some());
    let chart = is_drawable.then(|| {
        Chart::Ranked(Ranked {
            head,
            series: legend(here, &segments),
            level: table.settings.level,
            rows,
            reference: None,
            highlighted: None,
        })
    });
    let sheet = Sheet {
        slug: "by-people-and-events",
        heading: words.pick("By people and by events", "按人与按次").to_owned(),
        title: capital(&title),
    };
    let grid = grid(here, &latest, &measures, &segments);
    Ok(Some(sheet.plate(here, chart, grid, csv(&latest)?)))
}

/// The colours that segments have elsewhere, those that are missing left out.
fn legend(here: &Here<'_>, segments: &[&Label]) -> Vec<Option<Series>> {
    let places = (0..segments.len()).map(|at| color(segments, at)).max().map_or(0, |last| last + 1);
    let mut legend = vec![None; places];
    for (at, segment) in segments.iter().enumerate() {
        legend[color(segments, at)] = Some(series(here.words, segment));
    }
    legend
}

fn find<'a>(table: &'a Table, measure: &MeasureLabel, segment: Option<&Label>) -> Option<&'a Row> {
    let is_of =
        |row: &&Row| row.measure == *measure && segment.is_none_or(|segment| row.by.contains(segment));
    table.rows.iter().find(is_of)
}

/// A share of active users; `None` for other figures.
fn ranked(here: &Here<'_>, table: &Table, measure: &MeasureLabel, segments: &[&Label]) -> Option<RankedRow> {
    let words = here.words;
    find(table, measure, None).filter(|row| is_share_of_users(row))?;
    let places = (0..segments.len()).map(|at| color(segments, at)).max().map_or(1, |last| last + 1);
    let mut sides = vec![crate::chart::Side::absent(); places];
    let mut bases = Vec::new();
    if segments.is_empty() {
        sides[0] = side(words, find(table, measure, None));
    }
    for (at, segment) in segments.iter().enumerate() {
        let row = find(table, measure, Some(*segment));
        sides[color(segments, at)] = side(words, row);
        bases.push(row.map_or(0, |row| row.base.n));
    }
    let base = bases.iter().map(|n| count(*n, words.lang)).collect::<Vec<_>>().join(" | ");
    let label = words.fonts.legible(&words.name_of_item(&measure.item));
    Some(RankedRow { label, second_label: None, base, sides, published: Vec::new() })
}

/// Every figure by segment, those by people and by events named.
fn grid(here: &Here<'_>, table: &Table, measures: &[&MeasureLabel], segments: &[&Label]) -> Grid {
    let words = here.words;
    let groups: Vec<Option<&Label>> = if segments.is_empty() {
        vec![None]
    } else {
        segments.iter().map(|segment| Some(*segment)).collect()
    };
    let mut head = vec![words.pick("Measure", "指标").to_owned()];
    for group in &groups {
        let name = group.map_or_else(|| words.pick("Active users", "活跃用户"), |label| words.name(label));
        head.push(words.pick(format!("{name}, n"), format!("{name} n")));
        head.push(name.to_owned());
    }
    head.push(words.pick("Note", "备注").to_owned());
    let line = |measure: &&MeasureLabel| {
        let rows: Vec<Option<&Row>> = groups.iter().map(|group| find(table, measure, *group)).collect();
        let figures = rows.iter().flatten().filter_map(|row| row.figure);
        let unit = measure.shown.unit();
        let scale = scale_of(words, table.disclosure, unit, &values(figures));
        let mut cells = vec![capital(measure.name().get(words.lang))];
        let mut notes: Vec<String> = Vec::new();
        for row in rows {
            let figure = row.and_then(|row| row.figure);
            cells.push(row.map_or_else(|| NONE.to_owned(), |row| count(row.base.n, words.lang)));
            cells.push(figure.map_or_else(
                || NONE.to_owned(),
                |figure| format!("{} ({})", scale.value(figure.value), scale.limits(figure.interval)),
            ));
            let note =
                row.and_then(|row| row.mark).map(|mark| sentence::mark(&mark).get(words.lang).to_owned());
            if let Some(note) = note.filter(|note| !notes.contains(note)) {
                notes.push(note);
            }
        }
        cells.push(notes.join(words.pick("; ", "；")));
        cells
    };
    let is_told = |measure: &&&MeasureLabel| measure.shown.unit() != Unit::Count;
    Grid {
        caption: words
            .pick(
                "By people: users, each once; by events: how often it was done. The two differ, and each figure says which it is",
                "按人：每位用户计一次；按次：行为发生的次数。二者不同，各数字均已注明",
            )
            .to_owned(),
        head,
        rows: measures.iter().filter(is_told).map(line).collect(),
    }
}

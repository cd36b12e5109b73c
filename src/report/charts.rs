//! Lineups → the charts' own specs.

use super::grid::Rows;
use super::lineup::{Comparison, Lineup, base, bases};
use super::words::{Words, stands_alone};
use crate::chart::{
    Bars, Bound, Chart, Dumbbell, DumbbellRow, GapMark, Group, Guide, Head, Heading, Heatmap, HeatmapRow,
    Mark, Multiples, Panel, Point, Published, Ranked, RankedRow, Reference, Scatter, Segments, Series, Side,
    Tile,
};
use crate::claims::{self, PublishedRate};
use crate::codebook::{Lang, capital};
use crate::table::{Label, sentence};
use crate::writing::count_range;

/// The features of one action in one place.
pub(super) fn dumbbell(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    lineups: &[Lineup<'_>],
    rows: Rows,
) -> Chart {
    let row = |lineup: &Lineup<'_>| {
        let (label, second_label) = row_names(words, lineup, rows);
        DumbbellRow {
            label,
            second_label,
            sides: sides(words, lineup),
            published: published(comparison, lineup),
            gap: lineup.gap().map(|gap| GapMark { difference: gap.difference, clear: gap.clear }),
        }
    };
    Chart::Dumbbell(Dumbbell {
        head,
        series: series(words),
        level: comparison.table.settings.level,
        rows: lineups.iter().map(row).collect(),
    })
}

/// One item in several cities.
pub(super) fn bars(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    lineups: &[Lineup<'_>],
    city: Option<&Label>,
) -> Chart {
    let counts = bases(words, lineups);
    let group = |lineup: &Lineup<'_>| {
        let (label, second_label) = lineup.place.map(|city| names(words, city)).unwrap_or_default();
        let bases: Vec<String> = lineup.places().map(|side| base(counts, lineup, side)).collect();
        let base_line = format!("n = {}", bases.join(" | "));
        Group {
            label,
            second_label,
            base_line,
            sides: sides(words, lineup),
            published: published(comparison, lineup),
        }
    };
    Chart::Bars(Bars {
        head,
        series: series(words),
        level: comparison.table.settings.level,
        groups: lineups.iter().map(group).collect(),
        highlighted: city.and_then(|city| {
            lineups.iter().position(|lineup| lineup.place.is_some_and(|p| p.key == city.key))
        }),
    })
}

/// Sharing (y) against reading (x) of one feature in several cities: `(read, share)` by city. `None` when no city shows
/// both.
pub(super) fn scatter(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    lineups: &[(Lineup<'_>, Lineup<'_>)],
) -> Option<Chart> {
    let (read, share) = lineups.first()?;
    let axis = |lineup: &Lineup<'_>| capital(&words.doing(lineup.item));
    let (x_label, y_label) = (axis(read), axis(share));
    let points: Vec<Point> = (0..words.segments.len())
        .flat_map(|series| lineups.iter().filter_map(move |lineup| point(words, lineup, series)))
        .collect();
    if points.is_empty() {
        return None;
    }
    let guide = |slope, en: &str, zh: &str| Guide { slope, label: words.pick(en.to_owned(), zh.to_owned()) };
    Some(Chart::Scatter(Scatter {
        head,
        series: series(words),
        level: comparison.table.settings.level,
        x_label,
        y_label,
        points,
        guides: vec![
            guide(1.0, "as many share as read", "分享率 = 阅读率"),
            guide(0.5, "half as many share as read", "分享率 = 阅读率的一半"),
        ],
    }))
}

/// The gaps of one action by city and feature; `None` when there is none.
pub(super) fn heatmap(
    words: &Words<'_>,
    head: Head,
    action: &Label,
    lineups: &[Lineup<'_>],
) -> Option<Chart> {
    let (cities, features) = axes(lineups);
    let tile = |city: &Label, feature: &Label| {
        let lineup =
            lineups.iter().find(|lineup| lineup.place == Some(city) && lineup.item.feature == *feature);
        match lineup.map(|lineup| (lineup, lineup.gap())) {
            Some((lineup, Some(gap))) => Tile::Gap {
                gap: GapMark { difference: gap.difference, clear: gap.clear },
                caution: lineup.gaps.iter().any(|gap| gap.line.mark.is_some()),
            },
            Some((lineup, None)) => Tile::Missing(
                words.fonts.legible(&lineup.reasons(words, sentence::reason).join(words.pick("; ", "；"))),
            ),
            None => Tile::Missing(String::new()),
        }
    };
    let heading = |label: &Label| {
        let (label, second_label) = names(words, label);
        Heading { label, second_label }
    };
    let meaning = |side: usize| {
        let (name, verb) = (words.segment(side), words.verb(action));
        let more = if stands_alone(action) { format!("{name} {verb} more") } else { format!("{name} lead") };
        capital(&words.pick(more, format!("{name}{verb}率更高")))
    };
    let rows: Vec<HeatmapRow> = cities
        .iter()
        .map(|city| HeatmapRow {
            heading: heading(city),
            tiles: features.iter().map(|feature| tile(city, feature)).collect(),
        })
        .collect();
    lineups.iter().any(|lineup| lineup.gap().is_some()).then(|| {
        Chart::Heatmap(Heatmap {
            head,
            meanings: [meaning(0), meaning(1)],
            columns: features.iter().map(|feature| heading(feature)).collect(),
            rows,
            highlighted: None,
        })
    })
}

/// The rates of one action by feature in every city; `None` when there is none.
pub(super) fn multiples(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    lineups: &[Lineup<'_>],
) -> Option<Chart> {
    let (cities, features) = axes(lineups);
    let panel = |city: &&Label| {
        let (label, second_label) = names(words, city);
        let here: Vec<&Lineup<'_>> = lineups.iter().filter(|lineup| lineup.place == Some(city)).collect();
        let base = |side: usize| count_range(here.iter().map(|lineup| lineup.base(side)), words.lang);
        let absent = || vec![Side::absent(); words.segments.len()];
        let of = |feature: &&Label| {
            let lineup = here.iter().find(|lineup| lineup.item.feature == **feature);
            lineup.map_or_else(absent, |lineup| sides(words, lineup))
        };
        let bases: Vec<String> = (0..words.segments.len()).map(base).collect();
        let base_line = format!("n = {}", bases.join(" | "));
        Panel { label, second_label, base_line, sides: features.iter().map(of).collect() }
    };
    lineups.iter().any(|lineup| lineup.rates().next().is_some()).then(|| {
        Chart::Multiples(Multiples {
            head,
            series: series(words),
            level: comparison.table.settings.level,
            rows: features.iter().map(|feature| words.fonts.legible(words.name(feature))).collect(),
            panels: cities.iter().map(panel).collect(),
        })
    })
}

/// The first segment's side of the lineups in their order, against the rate of all; `None` when there is no rate.
pub(super) fn ranked(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    (lineups, rows): (&[Lineup<'_>], Rows),
    overall: Option<&Lineup<'_>>,
) -> Option<Chart> {
    const SIDE: usize = 0;
    let color = words.color(SIDE);
    let counts = bases(words, lineups);
    let row = |lineup: &Lineup<'_>| {
        let (label, second_label) = row_names(words, lineup, rows);
        let mut sides = vec![Side::absent(); color];
        sides.push(side(words, lineup, SIDE));
        let published = strokes(comparison, lineup, SIDE);
        RankedRow { label, second_label, base: base(counts, lineup, SIDE), sides, published }
    };
    let mut names: Vec<Option<Series>> = vec![None; color];
    names.push(Some(Series { name: words.fonts.legible(words.name(words.segments[SIDE])) }));
    let reference = overall
        .and_then(|lineup| lineup.rate(SIDE))
        .map(|rate| Reference {
            rate: rate.value, label: words.pick("All cities", "各城市合计").to_owned()
        });
    lineups.iter().any(|lineup| lineup.rate(SIDE).is_some()).then(|| {
        Chart::Ranked(Ranked {
            head,
            series: names,
            level: comparison.table.settings.level,
            rows: lineups.iter().map(row).collect(),
            reference,
            highlighted: None,
        })
    })
}

/// What a row is called, and its Han name.
fn row_names(words: &Words<'_>, lineup: &Lineup<'_>, rows: Rows) -> (String, Option<String>) {
    let (label, second_label) = match rows {
        Rows::City => return lineup.place.map(|city| names(words, city)).unwrap_or_default(),
        Rows::Item => (words.fonts.legible(&words.name_of_item(lineup.item)), None),
        _ => names(words, &lineup.item.feature),
    };
    (lineup.labelled(&label), second_label)
}

/// The cities and features of some lineups, in their order.
fn axes<'a>(lineups: &[Lineup<'a>]) -> (Vec<&'a Label>, Vec<&'a Label>) {
    let (mut cities, mut features) = (Vec::new(), Vec::new());
    for lineup in lineups {
        if let Some(city) = lineup.place.filter(|city| !cities.contains(city)) {
            cities.push(city);
        }
        if !features.contains(&&lineup.item.feature) {
            features.push(&lineup.item.feature);
        }
    }
    (cities, features)
}

fn point(words: &Words<'_>, (read, share): &(Lineup<'_>, Lineup<'_>), series: usize) -> Option<Point> {
    let (x, y) = (mark(read, series)?, mark(share, series)?);
    let (label, second_label) = names(words, read.place?);
    Some(Point { label, second_label, series, x, y, n: read.base(series).min(share.base(series)) })
}

/// The words around a chart, legible whatever the data says. Whom it is of stands in the subtitle too, which every size shows whole.
pub(super) fn head(words: &Words<'_>, title: &str, subtitle: &str, footer: &[String]) -> Head {
    let only = words.filter.map(|filter| {
        let name = words.name(filter);
        words.pick(format!("; only those with {name}"), format!("；仅含“{name}”者"))
    });
    let subtitle = format!("{subtitle}{}", only.unwrap_or_default());
    Head {
        title: words.fonts.legible(title),
        subtitle: words.fonts.legible(&subtitle),
        footer: footer.iter().map(|line| words.fonts.legible(line)).collect(),
        alt: None,
        lang: words.lang,
    }
}

fn series(words: &Words<'_>) -> Segments {
    let name = |segment: &&Label| words.fonts.legible(words.name(segment));
    words.segments.iter().map(|segment| Some(Series { name: name(segment) })).collect()
}

fn sides(words: &Words<'_>, lineup: &Lineup<'_>) -> Vec<Side> {
    lineup.places().map(|place| side(words, lineup, place)).collect()
}

fn side(words: &Words<'_>, lineup: &Lineup<'_>, side: usize) -> Side {
    mark(lineup, side).map_or_else(|| Side::Missing(missing(words, lineup, side)), Side::Shown)
}

/// What was published elsewhere of every side.
fn published(comparison: &Comparison<'_>, lineup: &Lineup<'_>) -> Vec<Vec<Published>> {
    lineup.places().map(|side| strokes(comparison, lineup, side)).collect()
}

fn strokes(comparison: &Comparison<'_>, lineup: &Lineup<'_>, side: usize) -> Vec<Published> {
    comparison.published(lineup, side).into_iter().filter_map(stroke).collect()
}

/// A published figure as a stroke, if the row has one.
fn stroke(row: &PublishedRate) -> Option<Published> {
    let bound = match row.comparison {
        claims::Comparison::Over(_) => Bound::Over,
        claims::Comparison::Below(_) => Bound::Below,
        _ => Bound::At,
    };
    row.value().map(|rate| Published { rate, bound })
}

/// The rate that may be shown, hollow when it carries a warning.
fn mark(lineup: &Lineup<'_>, side: usize) -> Option<Mark> {
    let rate = lineup.rate(side)?;
    let (low, high) = rate.interval;
    Some(Mark {
        rate: rate.value,
        low,
        high,
        caution: lineup.sides[side].is_some_and(|row| row.mark.is_some()),
    })
}

/// Why a side shows no rate.
pub(super) fn missing(words: &Words<'_>, lineup: &Lineup<'_>, side: usize) -> String {
    lineup.why(words, side, sentence::reason).unwrap_or_default()
}

/// A label's name, and beside an English one the Chinese.
pub(super) fn names(words: &Words<'_>, label: &Label) -> (String, Option<String>) {
    let (name, lang, fonts) = (&label.name, words.lang, words.fonts);
    let second = (lang == Lang::En && name.en != name.zh).then(|| name.zh.clone());
    (fonts.legible(name.get(lang)), second.map(|name| fonts.legible(&name)))
}

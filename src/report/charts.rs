//! Pairs → the charts' own specs.

use super::grid::Rows;
use super::pairs::{Comparison, Pair, base, bases};
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
    pairs: &[Pair<'_>],
    rows: Rows,
) -> Chart {
    let row = |pair: &Pair<'_>| {
        let (label, second_label) = row_names(words, pair, rows);
        DumbbellRow {
            label,
            second_label,
            sides: sides(words, pair),
            published: published(comparison, pair),
            gap: pair.gap().map(|gap| GapMark { difference: gap.difference, clear: gap.clear }),
        }
    };
    Chart::Dumbbell(Dumbbell {
        head,
        series: series(words),
        level: comparison.table.settings.level,
        rows: pairs.iter().map(row).collect(),
    })
}

/// One item in several cities.
pub(super) fn bars(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    pairs: &[Pair<'_>],
    city: Option<&Label>,
) -> Chart {
    let counts = bases(words, pairs);
    let group = |pair: &Pair<'_>| {
        let (label, second_label) = pair.place.map(|city| names(words, city)).unwrap_or_default();
        let bases: Vec<String> = pair.places().map(|side| base(counts, pair, side)).collect();
        let base_line = format!("n = {}", bases.join(" | "));
        Group {
            label,
            second_label,
            base_line,
            sides: sides(words, pair),
            published: published(comparison, pair),
        }
    };
    Chart::Bars(Bars {
        head,
        series: series(words),
        level: comparison.table.settings.level,
        groups: pairs.iter().map(group).collect(),
        highlighted: city
            .and_then(|city| pairs.iter().position(|pair| pair.place.is_some_and(|p| p.key == city.key))),
    })
}

/// Sharing (y) against reading (x) of one feature in several cities: `(read, share)` by city. `None` when no city shows
/// both.
pub(super) fn scatter(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    pairs: &[(Pair<'_>, Pair<'_>)],
) -> Option<Chart> {
    let (read, share) = pairs.first()?;
    let axis = |pair: &Pair<'_>| capital(&words.doing(pair.item));
    let (x_label, y_label) = (axis(read), axis(share));
    let points: Vec<Point> = (0..words.segments.len())
        .flat_map(|series| pairs.iter().filter_map(move |pair| point(words, pair, series)))
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
pub(super) fn heatmap(words: &Words<'_>, head: Head, action: &Label, pairs: &[Pair<'_>]) -> Option<Chart> {
    let (cities, features) = axes(pairs);
    let tile = |city: &Label, feature: &Label| {
        let pair = pairs.iter().find(|pair| pair.place == Some(city) && pair.item.feature == *feature);
        match pair.map(|pair| (pair, pair.gap())) {
            Some((pair, Some(gap))) => Tile::Gap {
                gap: GapMark { difference: gap.difference, clear: gap.clear },
                caution: pair.gaps.iter().any(|gap| gap.line.mark.is_some()),
            },
            Some((pair, None)) => Tile::Missing(
                words.fonts.legible(&pair.reasons(words, sentence::reason).join(words.pick("; ", "；"))),
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
    pairs.iter().any(|pair| pair.gap().is_some()).then(|| {
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
    pairs: &[Pair<'_>],
) -> Option<Chart> {
    let (cities, features) = axes(pairs);
    let panel = |city: &&Label| {
        let (label, second_label) = names(words, city);
        let here: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.place == Some(city)).collect();
        let base = |side: usize| count_range(here.iter().map(|pair| pair.base(side)), words.lang);
        let absent = || vec![Side::absent(); words.segments.len()];
        let of = |feature: &&Label| {
            let pair = here.iter().find(|pair| pair.item.feature == **feature);
            pair.map_or_else(absent, |pair| sides(words, pair))
        };
        let bases: Vec<String> = (0..words.segments.len()).map(base).collect();
        let base_line = format!("n = {}", bases.join(" | "));
        Panel { label, second_label, base_line, sides: features.iter().map(of).collect() }
    };
    pairs.iter().any(|pair| pair.rates().next().is_some()).then(|| {
        Chart::Multiples(Multiples {
            head,
            series: series(words),
            level: comparison.table.settings.level,
            rows: features.iter().map(|feature| words.fonts.legible(words.name(feature))).collect(),
            panels: cities.iter().map(panel).collect(),
        })
    })
}

/// The first segment's side of the pairs in their order, against the rate of all; `None` when there is no rate.
pub(super) fn ranked(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    head: Head,
    (pairs, rows): (&[Pair<'_>], Rows),
    overall: Option<&Pair<'_>>,
) -> Option<Chart> {
    const SIDE: usize = 0;
    let color = words.color(SIDE);
    let counts = bases(words, pairs);
    let row = |pair: &Pair<'_>| {
        let (label, second_label) = row_names(words, pair, rows);
        let mut sides = vec![Side::absent(); color];
        sides.push(side(words, pair, SIDE));
        let published = strokes(comparison, pair, SIDE);
        RankedRow { label, second_label, base: base(counts, pair, SIDE), sides, published }
    };
    let mut names: Vec<Option<Series>> = vec![None; color];
    names.push(Some(Series { name: words.fonts.legible(words.name(words.segments[SIDE])) }));
    let reference = overall
        .and_then(|pair| pair.rate(SIDE))
        .map(|rate| Reference {
            rate: rate.value, label: words.pick("All cities", "各城市合计").to_owned()
        });
    pairs.iter().any(|pair| pair.rate(SIDE).is_some()).then(|| {
        Chart::Ranked(Ranked {
            head,
            series: names,
            level: comparison.table.settings.level,
            rows: pairs.iter().map(row).collect(),
            reference,
            highlighted: None,
        })
    })
}

/// What a row is called, and its Han name.
fn row_names(words: &Words<'_>, pair: &Pair<'_>, rows: Rows) -> (String, Option<String>) {
    let (label, second_label) = match rows {
        Rows::City => return pair.place.map(|city| names(words, city)).unwrap_or_default(),
        Rows::Item => (words.fonts.legible(&words.name_of_item(pair.item)), None),
        _ => names(words, &pair.item.feature),
    };
    (pair.labelled(&label), second_label)
}

/// The cities and features of some pairs, in their order.
fn axes<'a>(pairs: &[Pair<'a>]) -> (Vec<&'a Label>, Vec<&'a Label>) {
    let (mut cities, mut features) = (Vec::new(), Vec::new());
    for pair in pairs {
        if let Some(city) = pair.place.filter(|city| !cities.contains(city)) {
            cities.push(city);
        }
        if !features.contains(&&pair.item.feature) {
            features.push(&pair.item.feature);
        }
    }
    (cities, features)
}

fn point(words: &Words<'_>, (read, share): &(Pair<'_>, Pair<'_>), series: usize) -> Option<Point> {
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

fn sides(words: &Words<'_>, pair: &Pair<'_>) -> Vec<Side> {
    pair.places().map(|place| side(words, pair, place)).collect()
}

fn side(words: &Words<'_>, pair: &Pair<'_>, side: usize) -> Side {
    mark(pair, side).map_or_else(|| Side::Missing(missing(words, pair, side)), Side::Shown)
}

/// What was published elsewhere of every side.
fn published(comparison: &Comparison<'_>, pair: &Pair<'_>) -> Vec<Vec<Published>> {
    pair.places().map(|side| strokes(comparison, pair, side)).collect()
}

fn strokes(comparison: &Comparison<'_>, pair: &Pair<'_>, side: usize) -> Vec<Published> {
    comparison.published(pair, side).into_iter().filter_map(stroke).collect()
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
fn mark(pair: &Pair<'_>, side: usize) -> Option<Mark> {
    let rate = pair.rate(side)?;
    let (low, high) = rate.interval;
    Some(Mark {
        rate: rate.value,
        low,
        high,
        caution: pair.sides[side].is_some_and(|row| row.mark.is_some()),
    })
}

/// Why a side shows no rate.
pub(super) fn missing(words: &Words<'_>, pair: &Pair<'_>, side: usize) -> String {
    pair.why(words, side, sentence::reason).unwrap_or_default()
}

/// A label's name, and beside an English one the Chinese.
pub(super) fn names(words: &Words<'_>, label: &Label) -> (String, Option<String>) {
    let (name, lang, fonts) = (&label.name, words.lang, words.fonts);
    let second = (lang == Lang::En && name.en != name.zh).then(|| name.zh.clone());
    (fonts.legible(name.get(lang)), second.map(|name| fonts.legible(&name)))
}

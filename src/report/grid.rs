//! Lineups → the table of words and figures behind a chart, for the page and for Markdown.

use super::lineup::{Comparison, Lineup, Verdict, base, bases};
use super::several;
use super::words::Words;
use crate::table::figures::{Decimals, p_value};
use crate::table::sentence;
use crate::writing::Counts;

/// Stands where there is no figure.
pub(super) const NONE: &str = "–";

/// A table of strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) caption: String,
    /// One name per column. The first column names the row, the last holds notes, those between hold figures.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// What tells the rows of a grid apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Feature,
    Item,
    City,
    CityAndAction,
    CityAndFeature,
}

/// The table of these lineups, in their order.
pub(super) fn grid(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    lineups: &[Lineup<'_>],
    rows: Rows,
    caption: String,
) -> Grid {
    let first = match rows {
        Rows::Feature => words.pick("Feature", "功能").to_owned(),
        Rows::Item => words.pick("Item", "项目").to_owned(),
        Rows::City => words.pick("City", "城市").to_owned(),
        Rows::CityAndAction => words.pick("City, action", "城市、行为").to_owned(),
        Rows::CityAndFeature => words.pick("City, feature", "城市、功能").to_owned(),
    };
    let mut head = vec![first];
    for side in 0..words.segments.len() {
        let name = several::lettered(words, comparison, side);
        head.push(words.pick(format!("{name}, n"), format!("{name} n")));
        head.push(words.pick(format!("{name}, rate"), format!("{name}比例")));
    }
    if words.segments.len() > 1 {
        head.push(gap_head(words));
        head.push(words.pick("Adjusted p", "校正后 p 值").to_owned());
    }
    let is_published = !comparison.publishers(lineups).is_empty();
    if is_published {
        head.push(words.pick("Published", "已发表").to_owned());
    }
    head.push(words.pick("Note", "备注").to_owned());
    let decimals = Decimals::of(lineups.iter().flat_map(Lineup::rates));
    let counts = bases(words, lineups);
    let rows = lineups
        .iter()
        .map(|lineup| {
            let mut cells = vec![name(words, lineup, rows)];
            cells.extend(figures(words, lineup, decimals, counts));
            cells.extend(is_published.then(|| published(words, comparison, lineup)));
            cells.push(note(words, lineup));
            cells
        })
        .collect();
    Grid { caption, head, rows }
}

/// The heading of gaps: of two segments the difference, of more the range.
fn gap_head(words: &Words<'_>) -> String {
    let (en, zh) = if words.are_several() {
        ("Highest minus lowest, points", "最高与最低之差（百分点）")
    } else {
        ("Gap, points", "差距（百分点）")
    };
    words.pick(en, zh).to_owned()
}

fn name(words: &Words<'_>, lineup: &Lineup<'_>, rows: Rows) -> String {
    let city = lineup.place.map_or(NONE, |city| words.name(city));
    let action = words.name(&lineup.item.action);
    match rows {
        Rows::Feature => lineup.labelled(words.name(&lineup.item.feature)),
        Rows::Item => lineup.labelled(&words.name_of_item(lineup.item)),
        Rows::City => city.to_owned(),
        Rows::CityAndAction => words.pick(format!("{city}, {action}"), format!("{city}，{action}")),
        Rows::CityAndFeature => {
            let feature = lineup.labelled(words.name(&lineup.item.feature));
            words.pick(format!("{city}, {feature}"), format!("{city}，{feature}"))
        }
    }
}

fn figures(words: &Words<'_>, lineup: &Lineup<'_>, decimals: Decimals, counts: Counts) -> Vec<String> {
    let mut cells = Vec::new();
    for side in 0..words.segments.len() {
        cells.push(base(counts, lineup, side));
        let rate = lineup.rate(side).map_or_else(
            || NONE.to_owned(),
            |rate| format!("{} ({})", decimals.percent(rate.value), decimals.rate_interval(&rate)),
        );
        cells.push(several::with_letters(rate, lineup, side));
    }
    if words.segments.len() == 1 {
        return cells;
    }
    match lineup.gap() {
        Some(gap) => {
            let interval = decimals.gap_interval(&gap, words.lang);
            // What is chosen for being the widest has no interval of its own.
            cells.push(if words.are_several() {
                decimals.hundredths(gap.difference)
            } else {
                format!("{} ({interval})", decimals.points(gap.difference))
            });
            cells.push(match gap.accuracy {
                Some(accuracy) => p_value(accuracy.p_adjusted),
                None if gap.clear => words.pick("clear", "显著").to_owned(),
                None => words.pick("not clear", "不显著").to_owned(),
            });
        }
        None => cells.extend([NONE.to_owned(), NONE.to_owned()]),
    }
    cells
}

/// What was published elsewhere: `expats: about 8%`.
fn published(words: &Words<'_>, comparison: &Comparison<'_>, lineup: &Lineup<'_>) -> String {
    let said = |side: usize| {
        let name = words.segment(side);
        let rows = comparison.published(lineup, side).into_iter();
        rows.map(move |row| match words.segments {
            [_] => row.said().get(words.lang).to_owned(),
            _ => format!("{name}{}{}", words.pick(": ", "："), row.said().get(words.lang)),
        })
    };
    let all: Vec<String> = (0..words.segments.len()).flat_map(said).collect();
    if all.is_empty() { NONE.to_owned() } else { all.join(words.pick("; ", "；")) }
}

pub(super) fn note(words: &Words<'_>, lineup: &Lineup<'_>) -> String {
    let mut notes = Vec::new();
    if lineup.verdict() == Verdict::Unclear {
        notes.push(words.pick("no clear difference", "无显著差异").to_owned());
    }
    notes.extend(lineup.reasons(words, sentence::mark));
    notes.join(words.pick("; ", "；"))
}

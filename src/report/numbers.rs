//! The means, scores and top boxes of a place: a table of their own, since charts show shares.

use super::ReportError;
use super::grid::{Grid, NONE, note};
use super::lineup::{Comparison, Lineup, base, bases};
use super::sections::{Section, View};
use super::several;
use super::words::Words;
use crate::measure::Unit;
use crate::table::figures::p_value;
use crate::table::{Disclosure, Figure, MeasureLabel, Scale};

/// The section; `None` where every item is a rate.
///
/// # Errors
/// Those of [`Comparison::of_numbers`].
pub(super) fn section(view: &View<'_>) -> Result<Option<Section>, ReportError> {
    let words = &view.words;
    let comparison = Comparison::of_numbers(view.here.table)?;
    let lineups = comparison.in_place(view.city);
    let place = words.place(view.city);
    let title = words.pick(
        format!("{place}: means, net promoter scores and top boxes"),
        format!("{place}：均值、净推荐值与高分选项占比"),
    );
    Ok((!lineups.is_empty()).then(|| Section {
        slug: "numbers".to_owned(),
        heading: words.pick("Scales and numbers", "量表与数值").to_owned(),
        grid: grid(words, &comparison, &lineups, &title),
        title,
        chart: None,
        data: comparison.only(&lineups),
    }))
}

/// The statistic of a lineup.
fn measure<'a>(lineup: &Lineup<'a>) -> Option<&'a MeasureLabel> {
    lineup.sides.iter().flatten().next().map(|row| &row.measure)
}

/// How figures of a unit are written, given all that are shown together, limits included: shares, points and scores whole, as
/// everywhere on a page.
pub(super) fn scale_of(words: &Words<'_>, disclosure: Disclosure, unit: Unit, values: &[f64]) -> Scale {
    let is_whole = matches!(unit, Unit::Share | Unit::Points | Unit::Score);
    Scale::of(unit, is_whole || disclosure == Disclosure::Publish, words.lang, values.iter().copied())
}

/// Figures and their limits.
pub(super) fn values(figures: impl Iterator<Item = Figure>) -> Vec<f64> {
    figures.flat_map(|figure| [figure.value, figure.interval.0, figure.interval.1]).collect()
}

fn grid(words: &Words<'_>, comparison: &Comparison<'_>, lineups: &[Lineup<'_>], caption: &str) -> Grid {
    let mut head = vec![words.pick("Item, statistic", "项目、统计量").to_owned()];
    for side in 0..words.segments.len() {
        let name = several::lettered(words, comparison, side);
        head.push(words.pick(format!("{name}, n"), format!("{name} n")));
        head.push(name);
    }
    if !comparison.is_alone() {
        head.extend([gap_head(words), words.pick("Adjusted p", "校正后 p 值")].map(str::to_owned));
    }
    head.push(words.pick("Note", "备注").to_owned());
    let rows = lineups.iter().map(|lineup| cells(words, comparison, lineup, lineups)).collect();
    Grid { caption: caption.to_owned(), head, rows }
}

fn cells(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    lineup: &Lineup<'_>,
    lineups: &[Lineup<'_>],
) -> Vec<String> {
    let counts = bases(words, lineups);
    let disclosure = comparison.table.disclosure;
    let name = measure(lineup).map(|measure| measure.name().get(words.lang).to_owned());
    let mut cells = vec![lineup.labelled(&name.unwrap_or_default())];
    let unit = measure(lineup).map(|measure| measure.shown.unit());
    let scale = unit.map(|unit| scale_of(words, disclosure, unit, &values(lineup.rates())));
    for side in 0..words.segments.len() {
        cells.push(base(counts, lineup, side));
        let figure = lineup.rate(side).zip(scale);
        let figure = figure.map_or_else(
            || NONE.to_owned(),
            |(figure, scale)| format!("{} ({})", scale.value(figure.value), scale.limits(figure.interval)),
        );
        cells.push(several::with_letters(figure, lineup, side));
    }
    if !comparison.is_alone() {
        cells.extend(gap(words, disclosure, lineup));
    }
    cells.push(note(words, lineup));
    cells
}

/// The heading of gaps: of two segments the difference, of more the range.
fn gap_head<'a>(words: &Words<'a>) -> &'a str {
    if words.are_several() {
        words.pick("Highest minus lowest", "最高与最低之差")
    } else {
        words.pick("Gap", "差距")
    }
}

/// The gap with its interval, and what the test says.
fn gap(words: &Words<'_>, disclosure: Disclosure, lineup: &Lineup<'_>) -> [String; 2] {
    let (Some(gap), Some(measure)) = (lineup.gap(), measure(lineup)) else {
        return [NONE.to_owned(), NONE.to_owned()];
    };
    let unit = measure.shown.unit().of_gap();
    let scale = scale_of(words, disclosure, unit, &[gap.difference, gap.interval.0, gap.interval.1]);
    let points = if unit == Unit::Points { words.pick(" points", " 个百分点") } else { "" };
    let test = match gap.accuracy {
        Some(accuracy) => p_value(accuracy.p_adjusted),
        None if gap.clear => words.pick("clear", "显著").to_owned(),
        None => words.pick("not clear", "不显著").to_owned(),
    };
    // What is chosen for being the widest has no interval of its own.
    let gap = if words.are_several() {
        format!("{}{points}", scale.gap(gap.difference).trim_start_matches('+'))
    } else {
        format!("{}{points} ({})", scale.gap(gap.difference), scale.limits(gap.interval))
    };
    [gap, test]
}

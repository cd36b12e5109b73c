//! Tables for a terminal or a text file: aligned columns, where a Chinese character takes two.

use super::blocks::blocks;
use super::crosstab::Crosstab;
use super::figures::level;
use super::legend::legend;
use super::sheet::{Sheet, sheets};
use super::{Screen, Table, notes};
use crate::codebook::Lang;
use crate::writing::columns;

/// Tables over the same measures, such as everybody and some banners, side by side as a crosstab of aligned text; below
/// it why figures are missing, the gaps, the tests and the notes. Lines end without spaces. Blocks of columns are as wide as
/// the screen at most, and shares have bars where it has them.
#[must_use]
pub fn text(tables: &[Table], lang: Lang, screen: Screen) -> String {
    let crosstab = Crosstab::of(tables);
    let mut parts = vec![
        blocks(&crosstab, &corner(tables, &crosstab, lang), lang, screen),
        lines(legend(&crosstab, lang)),
    ];
    parts.push(below(tables, lang));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// What stands below the figures of tables: the gaps, the tests and the notes.
pub(crate) fn below(tables: &[Table], lang: Lang) -> String {
    let mut parts: Vec<String> = sheets(tables, lang).iter().map(drawn).collect();
    parts.push(lines(notes(tables).into_iter().map(|note| note.get(lang).to_owned())));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// What stands below the figures.
fn corner(tables: &[Table], crosstab: &Crosstab, lang: Lang) -> String {
    let level = tables.first().map_or_else(String::new, |table| level(table.settings.level));
    if crosstab.n_in_cells {
        lang.pick(format!("below: {level} interval, n"), format!("下行：{level} 置信区间、n"))
    } else {
        lang.pick(format!("below: {level} interval"), format!("下行：{level} 置信区间"))
    }
}

fn lines(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}

fn drawn(sheet: &Sheet) -> String {
    let figures = columns(&sheet.header, &sheet.rows, |column| sheet.figures.contains(&column));
    format!("{}\n{figures}", sheet.title)
}

//! All gaps as a sheet that can be filtered: domain, measure, what is compared, gap, limits, p-values.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::contents::way_back;
use super::look::Look;
use crate::codebook::Lang;
use crate::measure::Unit;
use crate::table::figures::level;
use crate::table::scale::Scale;
use crate::table::{Disclosure, Gap, GapLine, Label, Table, sentence};

/// The row of the header.
const HEAD: u32 = 2;
/// A p-value, never shown as 0.
pub(super) const P_VALUE: &str = "[<0.0001]\"<0.0001\";0.0000";

pub(super) fn fill(
    sheet: &mut Worksheet,
    tables: &[Table],
    title: &str,
    look: &Look,
) -> Result<(), XlsxError> {
    let with_gaps: Vec<&Table> = tables.iter().filter(|table| !table.gaps.is_empty()).collect();
    let dimensions = dimensions(&with_gaps);
    let published = with_gaps.iter().any(|table| table.disclosure == Disclosure::Publish);
    way_back(sheet, 0, look)?;
    let header = header(&with_gaps, &dimensions, published, look.lang);
    let words = dimensions.len() + 2;
    for (column, (name, width)) in (0..).zip(&header) {
        let is_words = usize::from(column) < words || usize::from(column) + 2 >= header.len();
        let format = if is_words { look.head() } else { look.figure_head() };
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(HEAD, column, name, &format)?;
    }
    let mut row = HEAD;
    for table in with_gaps {
        for line in &table.gaps {
            row += 1;
            let mut column = 0;
            let own: Vec<&Label> = others(table).collect();
            for dimension in &dimensions {
                let level = own.iter().position(|other| other == dimension).and_then(|at| line.by.get(at));
                let level = level.map_or(look.lang.pick("All", "全部"), |level| level.name.get(look.lang));
                sheet.write_string_with_format(row, column, level, &look.text())?;
                column += 1;
            }
            let compared = format!("{} − {}", line.of.0.name.get(look.lang), line.of.1.name.get(look.lang));
            sheet.write_string_with_format(row, column, line.measure.name().get(look.lang), &look.text())?;
            sheet.write_string_with_format(row, column + 1, compared, &look.text())?;
            column = figures(sheet, row, column + 2, line, published, look)?;
            let note = line.mark.map(|mark| sentence::mark(&mark).get(look.lang).to_owned());
            sheet.write_string_with_format(row, column, note.unwrap_or_default(), &look.muted())?;
        }
    }
    let last = u16::try_from(header.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
    sheet.autofilter(HEAD, 0, row, last)?.set_freeze_panes(HEAD + 1, 0)?.set_repeat_rows(HEAD, HEAD)?;
    Look::paper(sheet, title, 1);
    Ok(())
}

/// The dimensions that some table has beside the compared one.
fn dimensions<'a>(tables: &[&'a Table]) -> Vec<&'a Label> {
    let mut known: Vec<&Label> = Vec::new();
    for dimension in tables.iter().flat_map(|table| others(table)) {
        if !known.contains(&dimension) {
            known.push(dimension);
        }
    }
    known
}

fn others(table: &Table) -> impl Iterator<Item = &Label> {
    table.by.iter().filter(|label| Some(*label) != table.compared.as_ref())
}

/// Names and widths of the columns.
fn header(tables: &[&Table], dimensions: &[&Label], published: bool, lang: Lang) -> Vec<(String, u16)> {
    let level = tables.first().map_or_else(String::new, |table| level(table.settings.level));
    let say = |en: &str, zh: &str| lang.pick(en, zh).to_owned();
    let mut header: Vec<(String, u16)> =
        dimensions.iter().map(|label| (label.name.get(lang).to_owned(), 16)).collect();
    header.extend([(say("Measure", "指标"), 34), (say("Compared", "比较"), 30), (say("Gap", "差距"), 10)]);
    header.push((lang.pick(format!("{level} low"), format!("{level} 下限")), 10));
    header.push((lang.pick(format!("{level} high"), format!("{level} 上限")), 10));
    if !published {
        header.extend([(say("p", "p"), 10), (say("corrected p", "校正后 p"), 12)]);
    }
    header.extend([(say("Unit", "单位"), 11), (say("Clear", "显著"), 8), (say("Note", "说明"), 40)]);
    header
}

/// The gap, its limits, its p-values, its unit, and whether it is clear; returns the column behind.
fn figures(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    line: &GapLine,
    published: bool,
    look: &Look,
) -> Result<u16, XlsxError> {
    let unit = line.measure.shown.unit().of_gap();
    let tail = if published { 3 } else { 5 };
    let Some(Gap { difference, interval, clear, accuracy }) = line.gap else {
        sheet.write_string_with_format(row, column, "–", &look.flagged("@"))?;
        return Ok(column + tail + 2);
    };
    let scale = Scale::of(unit, published, look.lang, [difference, interval.0, interval.1].into_iter());
    let number = scale.number_format(true, "");
    let gap = if clear { look.figure(&number).set_bold() } else { look.figure(&number) };
    sheet.write_number_with_format(row, column, scale.stored(difference), &gap)?;
    let limit = look.small(&scale.number_format(true, ""));
    sheet.write_number_with_format(row, column + 1, scale.stored(interval.0), &limit)?;
    sheet.write_number_with_format(row, column + 2, scale.stored(interval.1), &limit)?;
    if let Some(accuracy) = accuracy.filter(|_| !published) {
        sheet.write_number_with_format(row, column + 3, accuracy.p, &look.small(P_VALUE))?;
        sheet.write_number_with_format(row, column + 4, accuracy.p_adjusted, &look.small(P_VALUE))?;
    }
    let name = match unit {
        Unit::Points => look.lang.pick("points", "百分点"),
        Unit::Score => look.lang.pick("score", "分"),
        Unit::Share | Unit::Number | Unit::Count => "",
    };
    let yes_no = if clear { look.lang.pick("yes", "是") } else { look.lang.pick("no", "否") };
    sheet.write_string_with_format(row, column + tail, name, &look.muted().set_indent(1))?;
    sheet.write_string_with_format(row, column + tail + 1, yes_no, &look.text())?;
    Ok(column + tail + 2)
}

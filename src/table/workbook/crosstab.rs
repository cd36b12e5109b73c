//! A crosstab as a sheet: banners over columns, measures in rows, each with its figure, limits and letters below one another;
//! bases at the foot, then why figures are missing, and the notes.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::Page;
use super::contents::way_back;
use super::look::Look;
use crate::table::crosstab::{Column, Crosstab, Foot, NONE, sign};
use crate::table::figures::level;
use crate::table::legend::legend;
use crate::table::scale::Scale;
use crate::table::spans::{runs, spans};
use crate::table::{Row, notes, synthetic};

/// Columns before the figures: what is measured, and which line of it this is.
const LABELS: u16 = 2;
/// Columns that a printed page shows.
const ABREAST: u16 = 14;
/// Rows above the banners.
const ABOVE: u32 = 4;

pub(super) fn fill(
    sheet: &mut Worksheet,
    page: &Page<'_>,
    title: &str,
    look: &Look,
) -> Result<(), XlsxError> {
    let crosstab = Crosstab::of(page.tables);
    sheet.set_column_width(0, 36)?.set_column_width(1, 12)?;
    for (index, _) in crosstab.columns.iter().enumerate() {
        sheet.set_column_width(place(index)?, 12)?;
    }
    way_back(sheet, 0, look)?;
    look.entitle(sheet, 1, &page.heading)?;
    let warning = page.tables.first().and_then(|table| synthetic(&table.sources));
    if let Some(warning) = warning {
        sheet.write_string_with_format(2, 0, warning.get(look.lang), &look.warning())?;
    }
    let mut pen = Pen { sheet, look, row: ABOVE };
    pen.head(&crosstab)?;
    pen.sheet.set_freeze_panes(pen.row, LABELS)?.set_repeat_rows(ABOVE, pen.row - 1)?;
    let level = page.tables.first().map_or_else(String::new, |table| level(table.settings.level));
    for (index, measure) in crosstab.measures.iter().enumerate() {
        pen.measure(&crosstab, index, measure.name().get(look.lang), &level)?;
    }
    for foot in crosstab.feet(look.lang) {
        pen.foot(&foot)?;
    }
    let below = legend(&crosstab, look.lang);
    let notes = notes(page.tables);
    let notes = notes.iter().map(|note| note.get(look.lang).to_owned());
    pen.row += 1;
    for line in below.into_iter().chain(notes) {
        pen.sheet.write_string_with_format(pen.row, 0, line, &look.muted())?;
        pen.row += 1;
    }
    sheet.set_repeat_columns(0, LABELS - 1)?;
    Look::paper(sheet, title, place(crosstab.columns.len())?.div_ceil(ABREAST));
    Ok(())
}

/// The sheet's column of a crosstab's.
fn place(index: usize) -> Result<u16, XlsxError> {
    let column = u16::try_from(index).ok().and_then(|index| index.checked_add(LABELS));
    column.ok_or(XlsxError::RowColumnLimitError)
}

/// Where the sheet is being written.
struct Pen<'a> {
    sheet: &'a mut Worksheet,
    look: &'a Look,
    row: u32,
}

impl Pen<'_> {
    /// What stands over the columns: banners and outer levels, the innermost levels, letters.
    fn head(&mut self, crosstab: &Crosstab<'_>) -> Result<(), XlsxError> {
        let look = self.look;
        for line in spans(&crosstab.columns, look.lang) {
            let mut start = 0;
            for (name, count) in runs(&line) {
                let (first, last) = (place(start)?, place(start + count - 1)?);
                start += count;
                if first < last && !name.is_empty() {
                    self.sheet.merge_range(self.row, first, self.row, last, name, &look.span(count))?;
                } else if !name.is_empty() {
                    self.sheet.write_string_with_format(self.row, first, name, &look.span(count))?;
                }
            }
            self.row += 1;
        }
        let names = crosstab.columns.iter().map(|column| column.level_names(look.lang).last().copied());
        self.head_line(names.map(Option::unwrap_or_default))?;
        let letters: Vec<String> =
            crosstab.columns.iter().map(|column| column.letter().unwrap_or_default()).collect();
        if letters.iter().any(|letter| !letter.is_empty()) {
            self.head_line(letters.iter().map(String::as_str))?;
        }
        Ok(())
    }

    fn head_line<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> Result<(), XlsxError> {
        for label in 0..LABELS {
            self.sheet.write_blank(self.row, label, &self.look.head())?;
        }
        for (index, text) in texts.enumerate() {
            let column = place(index)?;
            self.sheet.write_string_with_format(self.row, column, text, &self.look.figure_head())?;
        }
        self.row += 1;
        Ok(())
    }

    /// The lines of one measure: figures, limits, letters where somebody has one and bases where they are far apart.
    fn measure(
        &mut self,
        crosstab: &Crosstab<'_>,
        index: usize,
        name: &str,
        level: &str,
    ) -> Result<(), XlsxError> {
        let (look, lang) = (self.look, self.look.lang);
        let scale = crosstab.scale(index, crosstab.measures[index], lang);
        self.sheet.write_string_with_format(self.row, 0, name, &Look::begun(look.label()))?;
        self.line(
            crosstab,
            lang.pick("figure", "数值"),
            &Look::begun(look.text()),
            |pen, place, column| match column.rows[index] {
                Some(row) => pen.figure(place, row, scale),
                None => Ok(()),
            },
        )?;
        let limits = [
            lang.pick(format!("{level} low"), format!("{level} 下限")),
            lang.pick(format!("{level} high"), format!("{level} 上限")),
        ];
        for (label, limit) in limits.iter().zip([0, 1]) {
            self.line(crosstab, label, &look.muted(), |pen, place, column| {
                let Some(figure) = column.rows[index].and_then(|row| row.figure) else { return Ok(()) };
                let value = [figure.interval.0, figure.interval.1][limit];
                pen.number(place, scale.stored(value), &look.small(&scale.number_format(false, "")))
            })?;
        }
        let has_letters = |column: &Column<'_>| column.rows[index].is_some_and(|row| !row.letters.is_empty());
        if crosstab.columns.iter().any(has_letters) {
            self.line(
                crosstab,
                lang.pick("higher than", "显著高于"),
                &look.muted(),
                |pen, place, column| {
                    let letters = column.rows[index].map_or("", |row| row.letters.as_str());
                    pen.words(place, letters, &look.small("@"))
                },
            )?;
        }
        if crosstab.n_in_cells {
            self.line(crosstab, "n", &look.muted(), |pen, place, column| {
                let Some(row) = column.rows[index] else { return Ok(()) };
                let n = row.base.n as f64;
                match crosstab.below_ten(n) {
                    Some(text) => pen.words(place, text, &look.small("@")),
                    None => pen.number(place, n, &look.small("#,##0")),
                }
            })?;
        }
        Ok(())
    }

    /// One line over all columns.
    fn line(
        &mut self,
        crosstab: &Crosstab<'_>,
        label: &str,
        format: &Format,
        cell: impl Fn(&mut Self, u16, &Column<'_>) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 1, label, format)?;
        for (index, column) in crosstab.columns.iter().enumerate() {
            cell(self, place(index)?, column)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A figure; a grey dash where it is hidden, grey with its sign where it has a mark.
    fn figure(&mut self, column: u16, row: &Row, scale: Scale) -> Result<(), XlsxError> {
        let look = self.look;
        let Some(figure) = row.figure else {
            return self.words(column, NONE, &Look::begun(look.flagged("@")));
        };
        let format = match row.mark.as_ref().map(sign) {
            Some(sign) => look.flagged(&scale.number_format(true, sign)),
            None => look.figure(&scale.number_format(true, "")).set_bold(),
        };
        self.number(column, scale.stored(figure.value), &Look::begun(format))
    }

    /// What stands at the foot: one line where no column has a range, else the smallest and the largest.
    fn foot(&mut self, foot: &Foot) -> Result<(), XlsxError> {
        let lang = self.look.lang;
        let is_range = foot.ranges.iter().flatten().any(|(low, high)| low < high);
        let lines = if is_range {
            vec![(lang.pick("smallest", "最小"), 0), (lang.pick("largest", "最大"), 1)]
        } else {
            vec![("", 0)]
        };
        self.sheet.write_string_with_format(self.row, 0, foot.label, &Look::begun(self.look.text()))?;
        let format = if foot.decimals() == 0 { "#,##0" } else { "0.00" };
        for (label, end) in lines {
            self.sheet.write_string_with_format(self.row, 1, label, &self.look.muted())?;
            for (index, range) in foot.ranges.iter().enumerate() {
                let Some((low, high)) = range else { continue };
                let value = [*low, *high][end];
                match foot.below_ten(value) {
                    Some(text) => self.words(place(index)?, text, &self.look.small("@"))?,
                    None => self.number(place(index)?, value, &self.look.small(format))?,
                }
            }
            self.row += 1;
        }
        Ok(())
    }

    fn number(&mut self, column: u16, value: f64, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.row, column, value, format).map(|_| ())
    }

    fn words(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, text, format).map(|_| ())
    }
}

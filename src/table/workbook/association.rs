//! Tests of rates against dimensions as a sheet.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::contents::way_back;
use super::gaps::P_VALUE;
use super::look::Look;
use crate::table::{Disclosure, Table, TestLine, sentence};

/// The row of the header.
const HEAD: u32 = 2;

pub(super) fn fill(
    sheet: &mut Worksheet,
    tables: &[Table],
    title: &str,
    look: &Look,
) -> Result<(), XlsxError> {
    let lang = look.lang;
    way_back(sheet, 0, look)?;
    let header = [
        (lang.pick("Domain", "范围"), 24),
        (lang.pick("Measure", "指标"), 34),
        (lang.pick("Against", "与何者"), 16),
        ("F", 10),
        ("df1", 10),
        ("df2", 10),
        ("p", 10),
        (lang.pick("Note", "说明"), 40),
    ];
    for (column, (name, width)) in (0..).zip(header) {
        let format = if (3..7).contains(&column) { look.figure_head() } else { look.head() };
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEAD, column, name, &format)?;
    }
    let mut row = HEAD;
    for table in tables {
        let against = table.by.first().map_or("", |label| label.name.get(lang));
        for line in &table.tests {
            row += 1;
            let levels: Vec<&str> = line.by.iter().map(|level| level.name.get(lang)).collect();
            let domain = if levels.is_empty() { lang.pick("All", "全部") } else { &levels.join(" · ") };
            sheet.write_string_with_format(row, 0, domain, &look.text())?;
            sheet.write_string_with_format(row, 1, line.measure.name().get(lang), &look.text())?;
            sheet.write_string_with_format(row, 2, against, &look.text())?;
            figures(sheet, row, line, table.disclosure, look)?;
            let note = line.mark.map(|mark| sentence::mark(&mark).get(lang).to_owned());
            sheet.write_string_with_format(row, 7, note.unwrap_or_default(), &look.muted())?;
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?.set_repeat_rows(HEAD, HEAD)?;
    Look::paper(sheet, title, 1);
    Ok(())
}

/// F, its degrees of freedom and p; a published table has p alone.
fn figures(
    sheet: &mut Worksheet,
    row: u32,
    line: &TestLine,
    disclosure: Disclosure,
    look: &Look,
) -> Result<(), XlsxError> {
    let Some(test) = line.test else {
        sheet.write_string_with_format(row, 6, "–", &look.flagged("@"))?;
        return Ok(());
    };
    sheet.write_number_with_format(row, 6, test.p, &look.figure(P_VALUE))?;
    if let Some(statistic) = test.statistic.filter(|_| disclosure == Disclosure::Internal) {
        for (column, value) in (3..).zip([statistic.f, statistic.ndf, statistic.ddf]) {
            sheet.write_number_with_format(row, column, value, &look.small("0.00"))?;
        }
    }
    Ok(())
}

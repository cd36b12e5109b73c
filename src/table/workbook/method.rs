//! The method as a sheet: how the figures were made, the files they rest on, and every note.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::contents::way_back;
use super::look::Look;
use crate::codebook::Lang;
use crate::table::figures::level;
use crate::table::{Source, Table, notes};

/// Width of the column of words.
const WIDTH: u16 = 100;

pub(super) fn fill(
    sheet: &mut Worksheet,
    tables: &[Table],
    title: &str,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 26)?.set_column_width(1, WIDTH)?;
    way_back(sheet, 0, look)?;
    look.entitle(sheet, 1, look.lang.pick("Method", "方法"))?;
    let mut row = 3;
    let mut line = |label: &str, text: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, label, &look.label())?;
        look.write_lines(sheet, (row, 1), text, WIDTH)?;
        row += 1;
        Ok(())
    };
    for (label, text) in tables.first().map_or_else(Vec::new, |table| settings(table, look.lang)) {
        line(label, &text)?;
    }
    for source in sources(tables) {
        let Source { dataset, wave, origin, respondents, .. } = source;
        let label = look.lang.pick("Source", "来源");
        let said = [dataset.as_str(), wave].join(" ");
        let people = look.lang.pick("respondents", "受访者人数");
        let hash = if origin.blake3.is_empty() { "" } else { " · BLAKE3 " };
        line(
            label,
            &format!("{} · {} · {people} {respondents}{hash}{}", said.trim(), origin.file, origin.blake3),
        )?;
    }
    let heading = look.lang.pick("Notes", "说明");
    for (index, note) in notes(tables).into_iter().enumerate() {
        line(if index == 0 { heading } else { "" }, note.get(look.lang))?;
    }
    Look::paper(sheet, title, 1);
    Ok(())
}

/// How figures were made, under the keys of the JSON.
fn settings(table: &Table, lang: Lang) -> Vec<(&'static str, String)> {
    let settings = &table.settings;
    let mut lines = vec![
        (lang.pick("Confidence level", "置信水平"), level(settings.level)),
        (lang.pick("Interval", "置信区间"), settings.interval.key().to_owned()),
        (lang.pick("Correction", "多重比较校正"), settings.correction.key().to_owned()),
        (lang.pick("Lonely PSUs", "单一初级抽样单位"), settings.lonely.key().to_owned()),
        (lang.pick("Base of rates", "比例的基数"), table.base.key().to_owned()),
        (lang.pick("Weights", "权重"), table.weights.key().to_owned()),
        (lang.pick("Disclosure", "披露"), table.disclosure.key().to_owned()),
    ];
    if let Some(filter) = &table.filter {
        lines.push((lang.pick("Only", "仅含"), filter.name.get(lang).to_owned()));
    }
    lines
}

/// Every source once.
fn sources(tables: &[Table]) -> Vec<&Source> {
    let mut sources: Vec<&Source> = Vec::new();
    for source in tables.iter().flat_map(|table| &table.sources) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

//! `report.xlsx`: the report's tables as an Excel workbook, with what was found on its first sheet.

use super::ReportError;
use super::contents::Contents;
use super::sections::View;
use crate::codebook::Lang;
use crate::table::{self, Page, Table, Workbook};

/// Its name in a bundle.
pub(super) const NAME: &str = "report.xlsx";

/// A crosstab of everything that the report looks at; gaps and figures are those of `data.csv`.
///
/// # Errors
/// [`ReportError::Data`], when a table is larger than a sheet.
pub(super) fn workbook(contents: &Contents, view: &View<'_>) -> Result<Vec<u8>, ReportError> {
    let here = view.here.table;
    let by_city = view.by_city.map(|by_city| by_city.table).filter(|_| view.city.is_none());
    let tables = [Some(here), by_city, view.by_wave, view.points];
    let pages = tables.into_iter().flatten().map(|table| page(table, contents.lang)).collect();
    let findings = std::iter::once(&contents.summary).chain(&contents.findings).cloned().collect();
    let book = Workbook {
        title: contents.kicker.clone(),
        findings,
        pages,
        data: std::slice::from_ref(here),
        lang: contents.lang,
    };
    book.bytes().map_err(|source| ReportError::Data { file: NAME, source: source.into() })
}

fn page(table: &Table, lang: Lang) -> Page<'_> {
    let banner = table::banner(table, lang).unwrap_or_else(|| lang.pick("Everybody", "全体").to_owned());
    let heading = lang.pick(format!("By {banner}"), format!("按{banner}"));
    Page { heading, tables: std::slice::from_ref(table) }
}

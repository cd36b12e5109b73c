//! [`Table`]s → an Excel workbook: contents, crosstabs, gaps, tests, every figure, and the method.
//!
//! In: crosstabs to be read and the tables behind them. Out: the bytes of an `.xlsx`, the same for the same tables, on every
//! machine and at every time. Figures are numbers with a number format, so that they can be counted with; words are strings
//! and never formulas. What is withheld is a grey dash; what is to be used with care is grey and has an asterisk.
//! Refuses more rows or columns than a sheet holds.

mod association;
mod contents;
mod crosstab;
mod figures;
mod gaps;
mod look;
mod method;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet, XlsxError};

use self::look::Look;
use super::Table;
use crate::codebook::Lang;

/// What cannot be written as a workbook.
#[derive(Debug)]
pub enum WorkbookError {
    /// A sheet holds 1,048,576 rows and 16,384 columns.
    TooLarge,
    /// Anything else that the writer of the format refuses.
    Format(String),
}

impl std::fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => f.write_str(
                "a sheet of a workbook holds 1,048,576 rows and 16,384 columns; this table has more",
            ),
            Self::Format(why) => write!(f, "the workbook cannot be written: {why}"),
        }
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            other => Self::Format(other.to_string()),
        }
    }
}

/// A workbook, sheet by sheet.
#[derive(Debug)]
pub struct Workbook<'a> {
    /// What it is called.
    pub title: String,
    /// What was found, in sentences; they stand on the first sheet.
    pub findings: Vec<String>,
    /// Crosstabs, a sheet each.
    pub pages: Vec<Page<'a>>,
    /// The tables that all gaps, tests and figures are listed of.
    pub data: &'a [Table],
    /// The language of all that is read.
    pub lang: Lang,
}

/// One crosstab.
#[derive(Debug)]
pub struct Page<'a> {
    /// What it shows.
    pub heading: String,
    /// Tables over the same measures, side by side.
    pub tables: &'a [Table],
}

/// A sheet that has been filled, for the contents.
struct Entry {
    name: String,
    heading: String,
}

/// What fills a sheet.
type Fill<'a> = Box<dyn Fn(&mut Worksheet, &Look) -> Result<(), XlsxError> + 'a>;

impl Workbook<'_> {
    /// The file.
    ///
    /// # Errors
    /// [`WorkbookError`].
    pub fn bytes(&self) -> Result<Vec<u8>, WorkbookError> {
        let look = Look::of(self.lang);
        let sheets = self.sheets();
        let mut book = rust_xlsxwriter::Workbook::new();
        // Bytes must not tell when they were made.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let properties = DocProperties::new().set_title(&self.title).set_author("wxstats");
        book.set_properties(&properties.set_creation_datetime(&made));
        let entries: Vec<&Entry> = sheets.iter().map(|(entry, _)| entry).collect();
        contents::fill(book.add_worksheet(), self, &entries, &look)?;
        for (entry, fill) in &sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(&entry.name)?;
            fill(sheet, &look)?;
        }
        Ok(book.save_to_buffer()?)
    }

    /// Every sheet but the contents, and what fills it.
    fn sheets(&self) -> Vec<(Entry, Fill<'_>)> {
        let lang = self.lang;
        let entry = |en: &str, zh: &str, heading: &str| Entry {
            name: lang.pick(en, zh).to_owned(),
            heading: heading.to_owned(),
        };
        let mut sheets: Vec<(Entry, Fill<'_>)> = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            let number = if self.pages.len() == 1 { String::new() } else { format!(" {}", index + 1) };
            let names = [format!("Table{number}"), format!("交叉表{number}")];
            let fill: Fill<'_> = Box::new(move |sheet, look| crosstab::fill(sheet, page, &self.title, look));
            sheets.push((entry(&names[0], &names[1], &page.heading), fill));
        }
        let all = self.data;
        if all.iter().any(|table| !table.gaps.is_empty()) {
            let heading = lang.pick("Gaps with intervals and tests", "差距及其区间与检验");
            sheets.push((
                entry("Gaps", "差距", heading),
                Box::new(|sheet, look| gaps::fill(sheet, all, &self.title, look)),
            ));
        }
        if all.iter().any(|table| !table.tests.is_empty()) {
            let heading = lang.pick("Rao–Scott tests", "Rao–Scott 检验");
            sheets.push((
                entry("Tests", "检验", heading),
                Box::new(|sheet, look| association::fill(sheet, all, &self.title, look)),
            ));
        }
        let heading = lang.pick(
            "Every figure in full precision, to filter and pivot",
            "全部数字（完整精度，可筛选与透视）",
        );
        sheets.push((
            entry("Figures", "数据", heading),
            Box::new(|sheet, look| figures::fill(sheet, all, &self.title, look)),
        ));
        let heading = lang.pick("Sources, bases, weights, method", "来源、基数、加权与方法");
        sheets.push((
            entry("Method", "方法", heading),
            Box::new(|sheet, look| method::fill(sheet, all, &self.title, look)),
        ));
        sheets
    }
}

//! [`Sheet`]: a table of an account's figures, typed, the same in text, Markdown, CSV and JSON.

use super::account::{Account, AccountFile, Kind};
use super::{by_channel, by_city, by_day, by_kind};
use crate::codebook::{Lang, Name};
use crate::ingest::Day;
use crate::writing::{MINUS, count, decimal, fixed, grouped};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// For data files: `days`, `channels`, ….
    pub key: &'static str,
    /// What it tells.
    pub title: Name,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as many cells each as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// What a reader must know of it.
    pub notes: Vec<Name>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// For data files.
    pub key: &'static str,
    /// As people read it.
    pub name: Name,
    /// Whether it holds figures; else it says what a row is of.
    pub is_figure: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A day.
    Day(Day),
    /// What a row is of: its key, and its name.
    Label(String, Name),
    /// A count.
    Count(u64),
    /// A difference of counts.
    Change(i64),
    /// A share, part of a whole that is not 0; it may be more than one.
    Share(u64, u64),
    /// A sum, over so many days, which are not 0.
    Mean(u64, u64),
    /// Yuan, in fen.
    Money(u64),
    /// No figure.
    Missing(Missing),
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The platform reported none of this day: nobody, or fewer than three.
    NotReported,
    /// People are not added over days.
    NotAdded,
    /// The platform does not tell what the rate is of.
    NotTold,
    /// The whole is 0.
    NoWhole,
}

impl Missing {
    /// As data files say it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotReported => "not-reported",
            Self::NotAdded => "not-added",
            Self::NotTold => "not-told",
            Self::NoWhole => "zero-denominator",
        }
    }

    /// The mark in a table.
    fn mark(self) -> &'static str {
        match self {
            Self::NotReported => "·",
            Self::NotAdded => "",
            Self::NotTold | Self::NoWhole => "n/a",
        }
    }

    fn note(self) -> Option<Name> {
        match self {
            Self::NotReported => Some(Name::new(
                "· not reported: the platform leaves out what fewer than three people did, so it is not 0.",
                "· 未报告：平台不列出不足三人的数据，不等于 0。",
            )),
            Self::NotTold => Some(Name::new(
                "n/a: the files do not tell the counts of which this would be a rate, so it cannot be estimated.",
                "n/a：文件未提供计算该比率所需的数据，无法估计。",
            )),
            Self::NotAdded | Self::NoWhole => None,
        }
    }
}

impl Column {
    pub(super) fn label(key: &'static str, en: &str, zh: &str) -> Self {
        Self { key, name: Name::new(en, zh), is_figure: false }
    }

    pub(super) fn figure(key: &'static str, name: Name) -> Self {
        Self { key, name, is_figure: true }
    }
}

impl Cell {
    /// Part of a whole.
    pub(super) fn share(part: u64, whole: u64) -> Self {
        if whole == 0 { Self::Missing(Missing::NoWhole) } else { Self::Share(part, whole) }
    }

    /// As people read it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Label(_, name) => name.get(lang).to_owned(),
            Self::Count(number) => count(*number, lang),
            Self::Change(change) if *change < 0 => format!("{MINUS}{}", count(change.unsigned_abs(), lang)),
            Self::Change(change) => count(change.unsigned_abs(), lang),
            Self::Share(part, whole) => format!("{}%", fixed(*part as f64 / *whole as f64 * 100.0, 1)),
            Self::Mean(sum, days) => decimal(*sum as f64 / *days as f64, 1),
            Self::Money(fen) => grouped(&fixed(*fen as f64 / 100.0, 2)),
            Self::Missing(missing) => missing.mark().to_owned(),
        }
    }

    /// In full precision: a number, or `None` with what a row is of or why there is none.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Count(number) => Some(*number as f64),
            Self::Change(change) => Some(*change as f64),
            Self::Share(part, whole) | Self::Mean(part, whole) => Some(*part as f64 / *whole as f64),
            Self::Money(fen) => Some(*fen as f64 / 100.0),
            Self::Day(_) | Self::Label(..) | Self::Missing(_) => None,
        }
    }

    /// What a row is of, as data files say it.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Label(key, _) => key.clone(),
            _ => String::new(),
        }
    }
}

/// All that an account has to tell.
#[must_use]
pub fn sheets(account: &Account) -> Vec<Sheet> {
    let mut sheets = by_day::sheets(account);
    sheets.extend(by_channel::sheets(account));
    sheets.extend(by_city::sheet(account));
    sheets.extend(by_kind::sheet(account));
    sheets
}

impl Sheet {
    /// Its own notes, and those of the marks in it.
    #[must_use]
    pub fn all_notes(&self) -> Vec<Name> {
        let missing = |cell: &Cell| if let Cell::Missing(missing) = cell { Some(*missing) } else { None };
        let mut marks: Vec<Missing> = self.rows.iter().flatten().filter_map(missing).collect();
        marks.sort_unstable();
        marks.dedup();
        self.notes.iter().cloned().chain(marks.into_iter().filter_map(Missing::note)).collect()
    }
}

/// What figures rest on, and that they are no sample.
#[must_use]
pub fn notes(account: &Account) -> Vec<Name> {
    let source = |file: &AccountFile| {
        let (name, kind) = (&file.origin.file, file.kind.name());
        Name::new(
            format!("Source: {name}, taken for {}.", kind.en),
            format!("来源：{name}，识别为{}。", kind.zh),
        )
    };
    let is_synthetic = account.files.iter().any(|file| file.synthetic);
    let synthetic = is_synthetic.then(crate::table::is_synthetic);
    let mut notes: Vec<Name> = synthetic.into_iter().chain(account.files.iter().map(source)).collect();
    if account.files.iter().any(|file| file.kind != Kind::Bill) {
        notes.push(Name::new(
            "Counts of everything that happened, not a sample: there is no interval. Days are not independent samples of people either, as the same people come again.",
            "以上为全部行为的计数，并非抽样，故无置信区间；同一批人会在不同日期重复出现，各日也不能视为相互独立的样本。",
        ));
    }
    if account.files.iter().any(|file| file.kind == Kind::Bill) {
        notes.push(Name::new(
            "Of the bill nothing but counts and amounts is kept: no names, partners, goods or ids.",
            "账单仅保留笔数与金额，不保留姓名、交易对方、商品及单号。",
        ));
    }
    notes
}

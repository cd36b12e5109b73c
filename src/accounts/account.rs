//! [`Account`]: the figures of one or several files, by what they count and the day.

use std::collections::BTreeMap;
use std::io;

use super::channel::Of;
use super::measure::Measure;
use super::{bill, feeds, followers, grid, traffic};
use crate::codebook::Name;
use crate::ingest::{Code, Day, Origin, Position, Problem, Problems};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 公众平台, 内容分析, 流量分析.
    Traffic,
    /// 公众平台, 用户分析.
    Followers,
    /// Answers of datacube interfaces by day, of an account or a mini-program, and portraits.
    Feed,
    /// A bill of WeChat Pay.
    Bill,
}

impl Kind {
    /// As messages and data files say it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::Followers => "followers",
            Self::Feed => "feed",
            Self::Bill => "bill",
        }
    }

    /// As people read it.
    #[must_use]
    pub fn name(self) -> Name {
        match self {
            Self::Traffic => Name::new("traffic analysis of 公众平台 (流量分析)", "公众平台流量分析"),
            Self::Followers => Name::new("user analysis of 公众平台 (用户分析)", "公众平台用户分析"),
            Self::Feed => Name::new("answers of datacube interfaces", "数据接口返回结果"),
            Self::Bill => Name::new("a bill of WeChat Pay", "微信支付账单"),
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountFile {
    /// Name, length and hash.
    pub origin: Origin,
    /// What it was taken for.
    pub kind: Kind,
    /// Whether it says that it is made up.
    pub synthetic: bool,
}

/// Payments of one month, direction and kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Payments {
    pub(super) count: u64,
    /// In fen.
    pub(super) amount: u64,
}

/// What channels brought to articles of 流量分析, each article counted by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Brought {
    pub(super) articles: u64,
    pub(super) readers: u64,
}

/// The figures of an account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    /// The files they are from, in their order.
    pub files: Vec<AccountFile>,
    pub(super) counts: BTreeMap<(Measure, Of, Day), u64>,
    /// By channel.
    pub(super) articles: BTreeMap<Of, Brought>,
    /// Visitors of a mini-program by period and city.
    pub(super) cities: BTreeMap<(String, String), u64>,
    /// By month, direction and kind.
    pub(super) payments: BTreeMap<(String, &'static str, &'static str), Payments>,
}

impl Account {
    /// Adds the figures of a file that messages show as `name`.
    ///
    /// # Errors
    /// All that is wrong with it, and where it contradicts a file before it. The account is then as it was.
    pub fn add(&mut self, bytes: &[u8], name: &str) -> Result<Kind, Problems> {
        let mut reading = Reading { account: self.clone(), synthetic: false, problems: Problems::new(name) };
        let read = reading.read(bytes, name);
        let Reading { account, mut problems, .. } = reading;
        match read {
            Ok(Some(kind)) if problems.is_empty() => {
                *self = account;
                Ok(kind)
            }
            Ok(_) => Err(problems),
            Err(error) => {
                problems.add(Problem::new(
                    Position::START,
                    Code::Damaged,
                    format!("cannot be read: {error}"),
                ));
                Err(problems)
            }
        }
    }
}

/// An account as it will be when a file has been read, and what is wrong with the file.
pub(super) struct Reading {
    pub(super) account: Account,
    /// Whether the file says that it is made up.
    pub(super) synthetic: bool,
    pub(super) problems: Problems,
}

impl Reading {
    /// Takes a file for what it is and reads it; `None` where that is not clear, which has then been noted.
    fn read(&mut self, bytes: &[u8], name: &str) -> io::Result<Option<Kind>> {
        let (origin, kind) = if let Some(text) = feeds::text(bytes) {
            (Origin::of(bytes, name), feeds::read(self, text).then_some(Kind::Feed))
        } else if let Some(line) = bill::header_line(bytes)? {
            (grid::each(bytes, line, self, name, bill::Reader::new(bytes)?)?, Some(Kind::Bill))
        } else {
            let mut reader = Table::default();
            let origin = grid::each(bytes, 1, self, name, &mut reader)?;
            let kind = match reader {
                Table::Traffic(_) => Some(Kind::Traffic),
                Table::Followers(_) => Some(Kind::Followers),
                Table::Above(_) => None,
            };
            (origin, kind)
        };
        let Some(kind) = kind else {
            if self.problems.is_empty() {
                self.refuse(
                    Position::START,
                    Code::NotAccount,
                    "none of the files that are known here",
                    KNOWN,
                );
            }
            return Ok(None);
        };
        self.check();
        self.account.files.push(AccountFile { origin, kind, synthetic: self.synthetic });
        Ok(Some(kind))
    }

    /// Takes a count; two files may say the same, but nothing else.
    pub(super) fn count(&mut self, at: Position, key: (Measure, Of, Day), count: u64) {
        let before = *self.account.counts.entry(key.clone()).or_insert(count);
        if before != count {
            let (measure, of, day) = key;
            let message = format!("{} {}, {day}: {count} here, and {before} before", of.key(), measure.key());
            let hint = "each day stands once; leave one of the two out";
            self.refuse(at, Code::Contradiction, message, hint);
        }
    }

    /// Who shares has read.
    pub(super) fn check(&mut self) {
        let counts = &self.account.counts;
        let pairs = [
            (Measure::Sharers, Measure::Readers),
            (Measure::AppSharers, Measure::Visitors),
            (Measure::Readers, Measure::Reads),
            (Measure::Sharers, Measure::Shares),
        ];
        let mut found = Vec::new();
        for ((measure, of, day), few) in counts {
            for (_, whole) in pairs.iter().filter(|(part, _)| part == measure) {
                if let Some(many) = counts.get(&(*whole, of.clone(), *day)).filter(|many| *many < few) {
                    found.push(format!("{day}: {} {few}, and {} {many}", measure.key(), whole.key()));
                }
            }
        }
        for message in found {
            self.refuse(
                Position::START,
                Code::BadNumber,
                message,
                "whoever shares has read, and nobody does a thing less than once",
            );
        }
    }

    pub(super) fn refuse(&mut self, at: Position, code: Code, message: impl Into<String>, hint: &str) {
        self.problems.add(Problem::new(at, code, message).hint(hint));
    }
}

/// What can be read.
const KNOWN: &str = "known are 流量分析 (tendency*.xls) and 用户分析 (user_analysis.xls) of 公众平台, answers of datacube interfaces as JSON, and bills of WeChat Pay; \
     tables of articles are for wxstats ingest";

/// A table of 公众平台, as soon as its header shows which.
enum Table {
    /// So many rows above the header.
    Above(usize),
    Traffic(traffic::Blocks),
    Followers(followers::Columns),
}

impl Default for Table {
    fn default() -> Self {
        Self::Above(0)
    }
}

impl grid::Reader for &mut Table {
    fn row(&mut self, row: &grid::Row, reading: &mut Reading) {
        /// The most rows above a header.
        const MOST: usize = 3;
        match &**self {
            Table::Traffic(blocks) => blocks.row(row, reading),
            Table::Followers(columns) => columns.row(row, reading),
            Table::Above(rows) => {
                let rows = *rows + 1;
                **self = if let Some(columns) = followers::Columns::of(row) {
                    Table::Followers(columns)
                } else if let Some(blocks) = traffic::Blocks::of(row) {
                    Table::Traffic(blocks)
                } else {
                    if rows == MOST {
                        reading.refuse(
                            row.start(),
                            Code::NotAccount,
                            "no header of a table that is known here",
                            KNOWN,
                        );
                    }
                    Table::Above(rows)
                };
            }
        }
    }
}

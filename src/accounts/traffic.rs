//! 流量分析 of 公众平台: three tables side by side in one sheet, divided by empty columns and of different lengths.
//!
//! `日期, 渠道, 阅读人数` | `日期, 分享人数, 跳转阅读原文人数, 微信收藏人数, 发表篇数` | `传播渠道, 发表日期, 内容标题, 阅读人数, 阅读人数占比`. The row 全部 among the
//! channels is their total, which is less than their sum: a reader who comes by two channels stands in both. Titles are not kept.

use super::account::Reading;
use super::channel::Of;
use super::grid::Row;
use super::measure::Measure;
use crate::ingest::Code;

/// The tables of a sheet.
pub(super) struct Blocks(Vec<Block>);

/// One table.
enum Block {
    Channels { day: usize, channel: usize, counts: Vec<(Measure, usize)>, width: (usize, usize) },
    Days { day: usize, counts: Vec<(Measure, usize)>, width: (usize, usize) },
    Articles { channel: usize, readers: usize, width: (usize, usize) },
}

/// Headers of counts.
const COUNTS: [(&str, Measure); 8] = [
    ("阅读人数", Measure::Readers),
    ("阅读次数", Measure::Reads),
    ("分享人数", Measure::Sharers),
    ("分享次数", Measure::Shares),
    ("跳转阅读原文人数", Measure::Originals),
    ("微信收藏人数", Measure::Favouriters),
    ("收藏人数", Measure::Favouriters),
    ("发表篇数", Measure::Published),
];

impl Blocks {
    /// Those of a header; `None` where one of its tables is not known.
    pub(super) fn of(row: &Row) -> Option<Self> {
        let mut blocks = Vec::new();
        let mut start = 0;
        while start < row.cells.len() {
            let width = row.cells[start..].iter().take_while(|cell| !cell.is_empty()).count();
            if width > 0 {
                blocks.push(Block::of(row, (start, start + width))?);
            }
            start += width + 1;
        }
        (!blocks.is_empty()).then_some(Self(blocks))
    }

    pub(super) fn row(&self, row: &Row, reading: &mut Reading) {
        self.0.iter().for_each(|block| block.row(row, reading));
    }
}

impl Block {
    fn of(row: &Row, width: (usize, usize)) -> Option<Self> {
        let names = &row.cells[width.0..width.1];
        let find = |name: &str| names.iter().position(|cell| cell == name).map(|at| width.0 + at);
        let counts: Vec<(Measure, usize)> =
            COUNTS.iter().filter_map(|(name, measure)| Some((*measure, find(name)?))).collect();
        if counts.is_empty() {
            return None;
        }
        if let Some(channel) = find("传播渠道") {
            return Some(Self::Articles { channel, readers: find("阅读人数")?, width });
        }
        let day = find("日期")?;
        Some(match find("渠道") {
            Some(channel) => Self::Channels { day, channel, counts, width },
            None => Self::Days { day, counts, width },
        })
    }

    fn width(&self) -> (usize, usize) {
        match self {
            Self::Channels { width, .. } | Self::Days { width, .. } | Self::Articles { width, .. } => *width,
        }
    }

    fn row(&self, row: &Row, reading: &mut Reading) {
        let (start, end) = self.width();
        if (start..end).all(|column| row.cell(column).is_empty()) {
            return;
        }
        match self {
            Self::Channels { day, channel, counts, .. } => {
                let Some(of) = channel_of(row, *channel, reading) else { return };
                let Some(day) = row.day(*day, reading) else { return };
                for (measure, column) in counts {
                    if let Some(count) = row.count(*column, reading) {
                        reading.count(row.at(*column), (*measure, of.clone(), day), count);
                    }
                }
            }
            Self::Days { day, counts, .. } => {
                let Some(day) = row.day(*day, reading) else { return };
                for (measure, column) in counts {
                    if let Some(count) = row.count(*column, reading) {
                        reading.count(row.at(*column), (*measure, Of::All, day), count);
                    }
                }
            }
            Self::Articles { channel, readers, .. } => {
                let Some(of) = channel_of(row, *channel, reading) else { return };
                if let Some(count) = row.count(*readers, reading) {
                    let brought = reading.account.articles.entry(of).or_default();
                    brought.articles += 1;
                    brought.readers += count;
                }
            }
        }
    }
}

fn channel_of(row: &Row, column: usize, reading: &mut Reading) -> Option<Of> {
    let of = Of::channel(row.cell(column));
    if of.is_none() {
        reading.refuse(row.at(column), Code::UnknownLevel, "no channel", "the total is called 全部");
    }
    of
}

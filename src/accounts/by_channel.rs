//! By which channels readers come, and how they share.

use std::collections::BTreeSet;

use super::account::Account;
use super::channel::Of;
use super::measure::Measure;
use super::sheet::{Cell, Column, Sheet};
use crate::codebook::Name;
use crate::ingest::Day;

/// Channels of readers, channels of single articles, kinds of shares: each where it is told.
pub(super) fn sheets(account: &Account) -> Vec<Sheet> {
    [channels(account), articles(account), scenes(account)].into_iter().flatten().collect()
}

/// Counts of one channel on the days of which the total is known too.
struct Sums {
    of: Of,
    days: u64,
    part: u64,
    whole: u64,
}

fn sums(account: &Account, measure: Measure, is_part: impl Fn(&Of) -> bool) -> Vec<Sums> {
    let parts: BTreeSet<&Of> = account
        .counts
        .keys()
        .filter(|(known, of, _)| *known == measure && is_part(of))
        .map(|(_, of, _)| of)
        .collect();
    let mut sums: Vec<Sums> = parts
        .into_iter()
        .map(|of| {
            let days: Vec<(&Day, u64)> = account
                .counts
                .iter()
                .filter(|((known, own, _), _)| *known == measure && own == of)
                .map(|((_, _, day), count)| (day, *count))
                .collect();
            let all = days
                .iter()
                .filter_map(|(day, count)| Some((*count, *account.counts.get(&(measure, Of::All, **day))?)));
            let (part, whole) = all.fold((0, 0), |(part, whole), (own, all)| (part + own, whole + all));
            let part = if whole == 0 { days.iter().map(|(_, count)| count).sum() } else { part };
            Sums { of: of.clone(), days: days.len() as u64, part, whole }
        })
        .collect();
    sums.sort_by(|a, b| (b.part, &a.of).cmp(&(a.part, &b.of)));
    sums
}

fn channels(account: &Account) -> Option<Sheet> {
    let sums = sums(account, Measure::Readers, |of| matches!(of, Of::Channel(_)));
    let rows: Vec<Vec<Cell>> = sums
        .iter()
        .map(|sums| {
            vec![
                label(&sums.of),
                Cell::Count(sums.days),
                Cell::Mean(sums.part, sums.days),
                Cell::share(sums.part, sums.whole),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Sheet {
        key: "channels",
        title: Name::new("Channels that readers come by", "阅读渠道"),
        columns: vec![
            Column::label("channel", "Channel", "渠道"),
            Column::figure("days", Name::new("Days reported", "有数据天数")),
            Column::figure("mean_readers", Name::new("Readers a day", "日均阅读人数")),
            Column::figure("share_of_readers", Name::new("Of all readers", "占全部阅读人数")),
        ],
        rows,
        notes: vec![Name::new(
            "A reader who comes by two channels stands in both, so channels do not add up to all; shares are of the platform’s own total (全部), over the days on which the channel is reported.",
            "同一人可经多个渠道阅读，各渠道人数之和会超过“全部”；占比以平台给出的“全部”为分母，仅含该渠道有数据的日期。",
        )],
    })
}

fn articles(account: &Account) -> Option<Sheet> {
    let all = account.articles.get(&Of::All);
    let mut brought: Vec<_> = account.articles.iter().filter(|(of, _)| **of != Of::All).collect();
    brought.sort_by(|(a, of_a), (b, of_b)| (of_b.readers, a).cmp(&(of_a.readers, b)));
    let rows: Vec<Vec<Cell>> = brought
        .into_iter()
        .map(|(of, brought)| {
            vec![
                label(of),
                Cell::Count(brought.articles),
                Cell::Count(brought.readers),
                Cell::share(brought.readers, all.map_or(0, |all| all.readers)),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Sheet {
        key: "article_channels",
        title: Name::new("Channels that articles are read by", "文章传播渠道"),
        columns: vec![
            Column::label("channel", "Channel", "渠道"),
            Column::figure("articles", Name::new("Articles", "文章篇数")),
            Column::figure("article_readers", Name::new("Readers, once per article", "阅读人数（按篇计）")),
            Column::figure("share_of_readers", Name::new("Of all readers", "占全部阅读人数")),
        ],
        rows,
        notes: vec![Name::new(
            "People are counted once per article, so that the sum of readers is no number of persons.",
            "人数按篇计，同一人阅读多篇则重复计入，合计不是人数。",
        )],
    })
}

fn scenes(account: &Account) -> Option<Sheet> {
    let sums = sums(account, Measure::Shares, |of| matches!(of, Of::Scene(_)));
    let all: u64 = sums.iter().map(|sums| sums.part).sum();
    let rows: Vec<Vec<Cell>> = sums
        .iter()
        .map(|sums| vec![label(&sums.of), Cell::Count(sums.part), Cell::share(sums.part, all)])
        .collect();
    (!rows.is_empty()).then(|| Sheet {
        key: "scenes",
        title: Name::new("How readers share", "分享去向"),
        columns: vec![
            Column::label("scene", "Shared", "去向"),
            Column::figure("shares", Name::new("Shares", "分享次数")),
            Column::figure("share_of_shares", Name::new("Of all shares", "占全部分享次数")),
        ],
        rows,
        notes: vec![Name::new(
            "Events, which add up: every share has one kind.",
            "按次计，可以相加：每次分享仅属一种去向。",
        )],
    })
}

fn label(of: &Of) -> Cell {
    Cell::Label(of.key().to_owned(), of.name())
}

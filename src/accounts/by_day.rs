//! Days of an account's articles, of its followers, and of a mini-program.

use std::collections::BTreeSet;

use super::account::Account;
use super::channel::Of;
use super::measure::{Measure, OverDays};
use super::sheet::{Cell, Column, Missing, Sheet};
use crate::codebook::Name;
use crate::ingest::Day;

/// A rate of two counts of one day.
struct Rate {
    key: &'static str,
    en: &'static str,
    zh: &'static str,
    part: Measure,
    whole: Measure,
}

/// What is told together.
struct Group {
    key: &'static str,
    title: (&'static str, &'static str),
    measures: &'static [Measure],
    rates: &'static [Rate],
}

const GROUPS: [Group; 3] = [
    Group {
        key: "days",
        title: ("Reading and sharing, by day", "每日阅读与分享"),
        measures: &[
            Measure::Published,
            Measure::Readers,
            Measure::Reads,
            Measure::Sharers,
            Measure::Shares,
            Measure::Originals,
            Measure::Favouriters,
            Measure::Recommenders,
            Measure::Likers,
            Measure::Comments,
        ],
        rates: &[
            Rate {
                key: "share_rate_people",
                en: "Share rate, by people",
                zh: "分享率（按人）",
                part: Measure::Sharers,
                whole: Measure::Readers,
            },
            Rate {
                key: "share_rate_events",
                en: "Share rate, by events",
                zh: "分享率（按次）",
                part: Measure::Shares,
                whole: Measure::Reads,
            },
        ],
    },
    Group {
        key: "followers",
        title: ("Followers, by day", "每日关注用户"),
        measures: &[Measure::NewFollowers, Measure::Unfollows, Measure::Followers],
        rates: &[],
    },
    Group {
        key: "mini_program",
        title: ("The mini-program, by day", "小程序每日访问与转发"),
        measures: &[
            Measure::Visitors,
            Measure::NewVisitors,
            Measure::Openings,
            Measure::Visits,
            Measure::AppSharers,
            Measure::AppShares,
            Measure::AppUsers,
        ],
        rates: &[
            Rate {
                key: "share_rate_people",
                en: "Share rate, by people",
                zh: "转发率（按人）",
                part: Measure::AppSharers,
                whole: Measure::Visitors,
            },
            Rate {
                key: "share_rate_events",
                en: "Share rate, by events",
                zh: "转发率（按次）",
                part: Measure::AppShares,
                whole: Measure::Visits,
            },
        ],
    },
];

/// A sheet for each group of which anything is known.
pub(super) fn sheets(account: &Account) -> Vec<Sheet> {
    GROUPS.iter().filter_map(|group| group.sheet(account)).collect()
}

impl Group {
    fn sheet(&self, account: &Account) -> Option<Sheet> {
        let count = |measure: Measure, day: Day| account.counts.get(&(measure, Of::All, day)).copied();
        let known: Vec<(Measure, Day)> = account
            .counts
            .keys()
            .filter(|(measure, of, _)| *of == Of::All && self.measures.contains(measure))
            .map(|(measure, _, day)| (*measure, *day))
            .collect();
        let has = |measure: Measure| known.iter().any(|(known, _)| *known == measure);
        let days: BTreeSet<Day> = known.iter().map(|(_, day)| *day).collect();
        let measures: Vec<Measure> = self.measures.iter().copied().filter(|measure| has(*measure)).collect();
        // Where people are told, both rates stand: the one that cannot be estimated says so.
        let rates: &[Rate] =
            if self.rates.iter().any(|rate| has(rate.part) && has(rate.whole)) { self.rates } else { &[] };
        let mut columns = vec![Column::label("day", "Day", "日期")];
        columns.extend(measures.iter().map(|measure| Column::figure(measure.key(), measure.name())));
        columns.extend(rates.iter().map(|rate| Column::figure(rate.key, Name::new(rate.en, rate.zh))));
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for &day in &days {
            let mut row = vec![Cell::Day(day)];
            row.extend(measures.iter().map(|measure| {
                count(*measure, day).map_or(Cell::Missing(Missing::NotReported), Cell::Count)
            }));
            row.extend(rates.iter().map(|rate| match (count(rate.part, day), count(rate.whole, day)) {
                (Some(part), Some(whole)) => Cell::share(part, whole),
                _ if has(rate.part) && has(rate.whole) => Cell::Missing(Missing::NotReported),
                _ => Cell::Missing(Missing::NotTold),
            }));
            rows.push(row);
        }
        if days.len() > 1 {
            let label = Cell::Label(
                "all".to_owned(),
                Name::new(format!("All {} days", days.len()), format!("共 {} 天", days.len())),
            );
            let mut row = vec![label];
            row.extend(measures.iter().map(|measure| over_days(*measure, &days, &count)));
            row.extend(rates.iter().map(|rate| rate_over_days(rate, &days, &count)));
            rows.push(row);
        }
        let title = Name::new(self.title.0, self.title.1);
        let mut notes = Vec::new();
        if days.len() > 1 && measures.iter().any(|measure| measure.over_days() == OverDays::Nothing) {
            notes.push(Name::new(
                "People are not added over days: the same person stands in several. A rate by people over all days is of person-days: the sum of the one over that of the other, on days of which both are known.",
                "人数不跨日相加，同一人可能出现在多日；全期按人比率以“人·日”计，即两项数据均已知的各日合计之比。",
            ));
        }
        (!rows.is_empty()).then_some(Sheet { key: self.key, title, columns, rows, notes })
    }
}

fn over_days(measure: Measure, days: &BTreeSet<Day>, count: &impl Fn(Measure, Day) -> Option<u64>) -> Cell {
    let known: Vec<u64> = days.iter().filter_map(|day| count(measure, *day)).collect();
    match (measure.over_days(), known.last()) {
        (OverDays::Nothing, _) => Cell::Missing(Missing::NotAdded),
        (OverDays::Sum, Some(_)) if known.len() == days.len() => Cell::Count(known.iter().sum()),
        (OverDays::Last, Some(last)) => Cell::Count(*last),
        (OverDays::Sum | OverDays::Last, _) => Cell::Missing(Missing::NotReported),
    }
}

fn rate_over_days(rate: &Rate, days: &BTreeSet<Day>, count: &impl Fn(Measure, Day) -> Option<u64>) -> Cell {
    let both = days.iter().filter_map(|day| count(rate.part, *day).zip(count(rate.whole, *day)));
    let sums = both.fold(None, |sums: Option<(u64, u64)>, (part, whole)| {
        let (parts, wholes) = sums.unwrap_or_default();
        Some((parts + part, wholes + whole))
    });
    sums.map_or(Cell::Missing(Missing::NotTold), |(part, whole)| Cell::share(part, whole))
}

//! How many users of a log come back: tables by cohort → [`Retention`], and it as text, CSV, JSON and Markdown.
//!
//! In: the figures of [`Cohorts`](crate::derive::usage::Cohorts), by cohort and pooled, and the [`Coverage`] of the log. Out: for every group of users a triangle (period they
//! joined in × periods later) and a curve. It computes no statistic: figures, flags and what is withheld are those of the tables. What is
//! not known (the log ends before it, does not cover the period in full, or has a hole there) is empty, with the reason.

mod csv;
mod json;
mod markdown;
mod notes;
mod sheet;
mod text;

pub use self::csv::csv;
pub use json::json;
pub use markdown::markdown;
pub use notes::{not_known, note_on_first};
pub use sheet::{Sheet, cohort_name, sheets};
pub use text::text;

use crate::codebook::{Item, Name};
use crate::derive::usage::{Coverage, Unseen, in_cohort, pooled};
use crate::estimate::Settings;
use crate::ingest::Period;
use crate::table::{Disclosure, Figure, ItemLabel, Label, Mark, Row, Source, Table};

/// How many users come back, by the period they joined in.
#[derive(Debug, Clone, PartialEq)]
pub struct Retention {
    /// What it rests on.
    pub sources: Vec<Source>,
    /// How it was estimated.
    pub settings: Settings,
    /// Which weights were used, as data files say it.
    pub weights: String,
    /// For whom it is.
    pub disclosure: Disclosure,
    /// Whom it is of; `None`: everybody.
    pub filter: Option<Label>,
    /// What being active means: doing this item; `None`: anything.
    pub active: Option<ItemLabel>,
    /// Length of the periods.
    pub period: Period,
    /// How many periods after joining are looked at.
    pub reach: u32,
    /// The dimensions of [`Group::levels`]; none: everybody.
    pub by: Vec<Label>,
    /// The groups of users, in level order.
    pub groups: Vec<Group>,
    /// What a reader must know.
    pub notes: Vec<Name>,
}

/// Users who agree on the levels of [`Retention::by`].
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The levels.
    pub levels: Vec<Label>,
    /// By the period that they joined in, the earliest first.
    pub cohorts: Vec<Cohort>,
    /// All cohorts but the first together, one to [`Retention::reach`] periods after joining.
    pub curve: Vec<Cell>,
}

/// Users of a group who joined in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// The period.
    pub label: String,
    /// Whether it is the first of the log, so that some of them joined before it.
    pub is_first: bool,
    /// How many they are.
    pub users: u64,
    /// One to [`Retention::reach`] periods after joining.
    pub cells: Vec<Cell>,
}

/// How many of some users were active so many periods after they joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// How many periods after.
    pub after: u32,
    /// Of how many users it is known.
    pub n: u64,
    /// The share; `None` where it is not known, withheld or not estimable.
    pub figure: Option<Figure>,
    /// Why it is missing, or to be used with care.
    pub mark: Option<Mark>,
    /// Why it is not known.
    pub unseen: Option<Unseen>,
}

impl Retention {
    /// Lays out the figures of `by_cohort`, whose last dimension is the cohort, and of `curve`, by the same dimensions
    /// without it.
    #[must_use]
    pub fn of(
        by_cohort: &Table,
        curve: &Table,
        coverage: &Coverage,
        (active, reach): (Option<ItemLabel>, u32),
    ) -> Self {
        let dimensions = curve.by.len();
        let mut groups: Vec<Group> = Vec::new();
        for row in &curve.rows {
            if groups.last().is_none_or(|group| group.levels != row.by) {
                let of = |own: &&Row| own.by[..dimensions] == row.by[..];
                let own: Vec<&Row> = by_cohort.rows.iter().filter(of).collect();
                groups.push(Group {
                    levels: row.by.clone(),
                    cohorts: cohorts(&own, coverage, reach),
                    curve: Vec::new(),
                });
            }
            let Some(group) = groups.last_mut() else { continue };
            let after = group.curve.len() as u32 + 1;
            if after <= reach && is_of(row, &pooled(after)) {
                let unseen = (1..coverage.covered.len()).map(|place| coverage.after(place, after));
                let unseen = unseen.reduce(Result::or).unwrap_or(Err(Unseen::NotYet)).err();
                group.curve.push(Cell::new(row, after, unseen));
            }
        }
        let mut retention = Self {
            sources: by_cohort.sources.clone(),
            settings: by_cohort.settings,
            weights: by_cohort.weights.key().to_owned(),
            disclosure: by_cohort.disclosure,
            filter: by_cohort.filter.clone(),
            active,
            period: coverage.period,
            reach,
            by: curve.by.clone(),
            groups,
            notes: Vec::new(),
        };
        retention.notes = notes::notes(&retention, by_cohort, coverage);
        retention
    }

    /// All cells, of cohorts and curves.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.groups
            .iter()
            .flat_map(|group| group.cohorts.iter().flat_map(|cohort| &cohort.cells).chain(&group.curve))
    }
}

/// The cohorts of one group.
fn cohorts(rows: &[&Row], coverage: &Coverage, reach: u32) -> Vec<Cohort> {
    let mut cohorts = Vec::new();
    for rows in rows.chunk_by(|a, b| a.by == b.by) {
        let Some(label) = rows[0].by.last() else { continue };
        let Some(place) = coverage.covered.iter().position(|period| period.label == label.key) else {
            continue;
        };
        let row = |after: u32| rows.iter().find(|row| is_of(row, &in_cohort(after)));
        let cell = |after: u32| Some(Cell::new(row(after)?, after, coverage.after(place, after).err()));
        cohorts.push(Cohort {
            label: label.key.clone(),
            is_first: place == 0,
            users: row(0).map_or(0, |row| row.base.n),
            cells: (1..=reach).filter_map(cell).collect(),
        });
    }
    cohorts
}

fn is_of(row: &Row, item: &Item) -> bool {
    let own = &row.measure.item;
    own.feature.key == item.feature && own.action.key == item.action
}

impl Cell {
    fn new(row: &Row, after: u32, unseen: Option<Unseen>) -> Self {
        match unseen {
            Some(_) => Self { after, n: 0, figure: None, mark: None, unseen },
            None => Self { after, n: row.base.n, figure: row.figure, mark: row.mark, unseen },
        }
    }

    /// Whether the figure is there, and to be used with care.
    #[must_use]
    pub fn is_caution(&self) -> bool {
        self.figure.is_some() && self.mark.is_some()
    }
}

/// The length of periods: as a word, and in the plural.
pub(crate) fn length(period: Period) -> (Name, Name) {
    match period {
        Period::Day => (Name::new("day", "天"), Name::new("days", "天")),
        Period::Week => (Name::new("week", "周"), Name::new("weeks", "周")),
        Period::Month => (Name::new("month", "个月"), Name::new("months", "个月")),
    }
}

/// How data files spell why something is not known.
fn unseen_key(unseen: Unseen) -> &'static str {
    match unseen {
        Unseen::NotYet => "not-yet",
        Unseen::NotWhole => "not-whole",
        Unseen::NoData => "no-data",
    }
}

/// How data files spell the length of periods.
fn length_key(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
    }
}

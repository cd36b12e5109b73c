//! [`Table`] → [`Funnel`]: the rows of each group, put in the order of the stages.

use super::{Funnel, Group, Share, Step, Wait};
use crate::codebook::{Item, Name, Names, Stages, capital};
use crate::measure::Shown;
use crate::table::{Figure, Label, Row, Table};

impl Funnel {
    /// The funnel of a table that has the figures of [`entries`](super::entries), of every group that it has.
    #[must_use]
    pub fn of(table: &Table, stages: &Stages, names: &Names) -> Self {
        let first = stages.order().first();
        let way = Way {
            all: first.map(|key| Label { key: key.clone(), name: names.feature(key) }),
            items: stages.order().iter().skip(1).map(|stage| Stages::reached(stage)).collect(),
            returns: stages.returns().map(Stages::reached),
            label: |row| row.measure.item.feature.clone(),
        };
        Self::read(table, &way)
    }

    /// How far people get with one feature, by the actions that say so: the table has the rate of each, and of each but the
    /// first among those who say yes to the one before.
    #[must_use]
    pub fn of_feature(table: &Table, feature: &str, actions: &[&str]) -> Self {
        let item = |action: &&str| Item { feature: feature.to_owned(), action: (*action).to_owned() };
        let way = Way {
            all: None,
            items: actions.iter().map(item).collect(),
            returns: None,
            label: |row| {
                let Label { key, name } = &row.measure.item.action;
                Label { key: key.clone(), name: Name::new(capital(&name.en), name.zh.clone()) }
            },
        };
        Self::read(table, &way)
    }

    fn read(table: &Table, way: &Way) -> Self {
        let mut domains: Vec<&Vec<Label>> = Vec::new();
        for row in &table.rows {
            if domains.last() != Some(&&row.by) {
                domains.push(&row.by);
            }
        }
        let groups = domains.into_iter().filter_map(|by| Rows { table, by, way }.group()).collect();
        Self { by: table.by.clone(), groups, level: table.settings.level }
    }
}

/// What says how far people get.
struct Way {
    /// The stage before all others that everybody reached, if there is one.
    all: Option<Label>,
    /// The items that are yes for those who got to each further stage, in order.
    items: Vec<Item>,
    /// The item that is yes for those who went back on the last.
    returns: Option<Item>,
    /// What a stage is called.
    label: fn(&Row) -> Label,
}

/// Everybody, which is no estimate.
const ALL: Share =
    Share { figure: Some(Figure { value: 1.0, interval: (1.0, 1.0), accuracy: None }), mark: None };

/// The rows of one group.
#[derive(Clone, Copy)]
struct Rows<'a> {
    table: &'a Table,
    by: &'a [Label],
    way: &'a Way,
}

impl<'a> Rows<'a> {
    fn group(self) -> Option<Group> {
        let items = &self.way.items;
        let first = self.rate(items.first()?, None)?;
        let step = |(place, item): (usize, &Item)| {
            let of_all = self.rate(item, None)?;
            let of_before = match place.checked_sub(1) {
                Some(before) => self.rate(item, Some(&items[before])),
                None => self.way.all.as_ref().map(|_| of_all),
            };
            Some(Step {
                stage: (self.way.label)(of_all),
                reached: yes(of_all),
                of_all: Some(share(of_all)),
                of_before: of_before.map(share),
                wait: self.wait(item),
            })
        };
        let everybody = self.way.all.as_ref().map(|stage| Step {
            stage: stage.clone(),
            reached: first.base.counts.map(|counts| counts.n),
            of_all: Some(ALL),
            of_before: None,
            wait: None,
        });
        let returned = |item: &Item| {
            let row = self.rate(item, None)?;
            Some(Step {
                stage: (self.way.label)(row),
                reached: yes(row),
                of_all: None,
                of_before: Some(share(row)),
                wait: self.wait(item),
            })
        };
        Some(Group {
            by: self.by.to_vec(),
            n: first.base.n,
            steps: everybody
                .into_iter()
                .map(Some)
                .chain(items.iter().enumerate().map(step))
                .collect::<Option<_>>()?,
            returns: self.way.returns.as_ref().and_then(returned),
        })
    }

    fn find(self, item: &Item, is_it: impl Fn(&Row) -> bool) -> Option<&'a Row> {
        let of = |row: &&Row| {
            let own = &row.measure.item;
            row.by == self.by
                && own.feature.key == item.feature
                && own.action.key == item.action
                && is_it(row)
        };
        self.table.rows.iter().find(of)
    }

    /// The rate of an item, of all or of those who say yes to another.
    fn rate(self, item: &Item, among: Option<&Item>) -> Option<&'a Row> {
        let among = among.map(Item::to_string);
        self.find(item, |row| row.measure.per.as_ref().map(|per| &per.key) == among.as_ref())
    }

    fn wait(self, item: &Item) -> Option<Wait> {
        let row = self.find(&Stages::wait(&item.feature), |row| row.measure.shown == Shown::Median)?;
        let unknown = row.base.counts.map(|counts| counts.blank);
        Some(Wait { median: share(row), n: row.base.n, unknown })
    }
}

fn share(row: &Row) -> Share {
    Share { figure: row.figure, mark: row.mark }
}

fn yes(row: &Row) -> Option<u64> {
    row.base.counts.and_then(|counts| counts.yes)
}

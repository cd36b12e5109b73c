//! [`Histories`]: every user of a log once, with the periods they were active in.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use foldhash::{HashMap, HashMapExt};

use super::coverage::{Coverage, NotALog};
use crate::codebook::{Answer, Item};
use crate::ingest::{Batch, Batches, Dimension, Ids, Schema, Stratum, Usage, UsageOf};

/// All users of a log, in the order in which they joined. Memory: per user the pseudonym, a level code per dimension, two bytes per item and a
/// bit per period; and while they are gathered a place in a map.
pub struct Histories {
    pub(super) coverage: Coverage,
    /// What is known of the users when they joined.
    pub(super) dimensions: Vec<Dimension>,
    pub(super) items: Vec<Item>,
    pub(super) users: Users,
    synthetic: bool,
    usage: Usage,
}

/// The users, column by column.
#[derive(Default)]
pub(super) struct Users {
    pub(super) pseudonyms: Vec<u128>,
    /// By dimension.
    pub(super) levels: Vec<Vec<u16>>,
    /// Place of the period in which each was first active.
    pub(super) joined: Vec<u16>,
    /// By item: place of the period in which each did it first, or [`Users::NEVER`].
    pub(super) first: Vec<Vec<u16>>,
    /// So many words per user: bit `p` is set who was active in the period at place `p`.
    active: Vec<u64>,
    words: usize,
}

impl Users {
    pub(super) const NEVER: u16 = u16::MAX;

    pub(super) fn len(&self) -> usize {
        self.joined.len()
    }

    pub(super) fn is_active(&self, user: usize, period: usize) -> bool {
        self.active[user * self.words + period / 64] >> (period % 64) & 1 == 1
    }
}

impl Histories {
    /// Gathers the users of a log's periods. `of` is what being active means: doing that item; `None`: doing anything.
    /// Cost: one scan.
    ///
    /// # Errors
    /// [`NotALog`]; whatever [`Batches::batch`] reports.
    pub fn of(parts: &[Arc<dyn Batches>], of: Option<&Item>) -> Result<Self> {
        let (coverage, order) = Coverage::of(parts)?;
        let parts: Vec<&Arc<dyn Batches>> = order.into_iter().map(|at| &parts[at]).collect();
        let schemas: Vec<&Schema> = parts.iter().map(|part| part.schema()).collect();
        let items = each(schemas.iter().flat_map(|schema| &schema.items));
        let names =
            each(schemas.iter().flat_map(|schema| &schema.dimensions).map(|dimension| &dimension.name));
        let mut gathering = Gathering {
            known: HashMap::new(),
            dimensions: names.into_iter().map(|name| (name, BTreeMap::new())).collect(),
            users: Users {
                levels: Vec::new(),
                first: vec![Vec::new(); items.len()],
                words: parts.len().div_ceil(64),
                ..Users::default()
            },
        };
        gathering.users.levels = vec![Vec::new(); gathering.dimensions.len()];
        let usage = schemas.iter().filter_map(|schema| schema.usage).reduce(|all, one| Usage {
            to: one.to,
            events: all.events + one.events,
            movers: 0,
            is_partial: all.is_partial || one.is_partial,
            ..all
        });
        let usage = usage.ok_or(NotALog::NoUsers)?;
        for (period, part) in parts.iter().enumerate() {
            let columns = gathering.columns(part.schema(), &items, of);
            for index in 0..part.count() {
                gathering.add(&*part.batch(index, Ids::Read)?, period, &columns);
            }
        }
        let Gathering { dimensions, users, .. } = gathering;
        let dimension = |(name, levels): (String, BTreeMap<String, u16>)| {
            let mut coded: Vec<(String, u16)> = levels.into_iter().collect();
            coded.sort_by_key(|(_, code)| *code);
            Dimension { name, levels: coded.into_iter().map(|(level, _)| level).collect() }
        };
        Ok(Self {
            coverage,
            dimensions: dimensions.into_iter().map(dimension).collect(),
            items,
            users,
            synthetic: schemas.iter().any(|schema| schema.synthetic),
            usage,
        })
    }

    /// The periods that the log tells of.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// How many users there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether nobody was active in the sense that was asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The schema of a survey of the users: unweighted, each a PSU, in one stratum.
    pub(super) fn schema(&self, of: UsageOf, respondents: usize) -> Schema {
        Schema {
            wave: String::new(),
            dimensions: self.dimensions.clone(),
            items: Vec::new(),
            numbers: Vec::new(),
            strata: vec![Stratum { label: String::new(), fpc: None }],
            stratified: false,
            psus: None,
            max_weight: None,
            synthetic: self.synthetic,
            respondents: respondents as u64,
            left_out: Vec::new(),
            usage: Some(Usage { of, ..self.usage }),
            funnel: None,
        }
    }

    /// So many users from one on, as a batch without answers.
    pub(super) fn batch(&self, users: std::ops::Range<usize>, ids: Ids) -> Batch {
        let Users { pseudonyms, levels, .. } = &self.users;
        Batch {
            pseudonyms: if ids == Ids::Read { pseudonyms[users.clone()].to_vec() } else { Vec::new() },
            dimensions: levels.iter().map(|codes| codes[users.clone()].to_vec()).collect(),
            strata: vec![0; users.len()],
            ..Batch::default()
        }
    }
}

/// Adds an answer for every row of a batch, to the item at `index`.
pub(super) fn answer(batch: &mut Batch, index: usize, answers: impl Iterator<Item = Answer>) {
    let (word, shift) = (index / Answer::PER_WORD, 2 * (index % Answer::PER_WORD));
    if batch.answers.len() <= word {
        batch.answers.push(vec![0; batch.len()]);
    }
    for (word, answer) in batch.answers[word].iter_mut().zip(answers) {
        *word |= (answer as u64) << shift;
    }
}

/// Users as far as they are known.
struct Gathering {
    known: HashMap<u128, u32>,
    /// Codes of the levels, as they appear.
    dimensions: Vec<(String, BTreeMap<String, u16>)>,
    users: Users,
}

/// Where the columns of one part are.
struct Columns {
    /// By dimension of the result: the column, and the codes of its levels; `None`: the part lacks it, and all have that code.
    levels: Vec<(Option<usize>, Vec<u16>)>,
    /// By item of the result.
    items: Vec<Option<usize>>,
    active: Activity,
}

/// What being active means in one part.
enum Activity {
    /// Doing anything.
    Anything,
    /// Doing the item in this column; `None`: the part has none.
    Item(Option<usize>),
}

impl Gathering {
    fn columns(&mut self, schema: &Schema, items: &[Item], of: Option<&Item>) -> Columns {
        let place = |item: &Item| schema.items.iter().position(|own| own == item);
        let levels = self.dimensions.iter_mut().map(|(name, codes)| {
            let column = schema.dimensions.iter().position(|own| own.name == *name);
            let blank = [String::new()];
            let levels = column.map_or(&blank[..], |column| &schema.dimensions[column].levels);
            let code = |level: &String| {
                let next = codes.len() as u16;
                *codes.entry(level.clone()).or_insert(next)
            };
            (column, levels.iter().map(code).collect())
        });
        let levels = levels.collect();
        Columns {
            levels,
            items: items.iter().map(place).collect(),
            active: of.map_or(Activity::Anything, |item| Activity::Item(place(item))),
        }
    }

    fn add(&mut self, batch: &Batch, period: usize, columns: &Columns) {
        let did =
            |row: usize, item: Option<usize>| item.is_some_and(|item| batch.answer(row, item) == Answer::Yes);
        let users = &mut self.users;
        for (row, &pseudonym) in batch.pseudonyms.iter().enumerate() {
            if let Activity::Item(item) = columns.active
                && !did(row, item)
            {
                continue;
            }
            let next = users.joined.len() as u32;
            let user = *self.known.entry(pseudonym).or_insert(next) as usize;
            if user == users.joined.len() {
                users.pseudonyms.push(pseudonym);
                users.joined.push(period as u16);
                users.active.extend(std::iter::repeat_n(0, users.words));
                users.first.iter_mut().for_each(|first| first.push(Users::NEVER));
                for (codes, (column, translation)) in users.levels.iter_mut().zip(&columns.levels) {
                    let code = column.map_or(0, |column| usize::from(batch.dimensions[column][row]));
                    codes.push(translation[code]);
                }
            }
            users.active[user * users.words + period / 64] |= 1 << (period % 64);
            for (first, &item) in users.first.iter_mut().zip(&columns.items) {
                if first[user] == Users::NEVER && did(row, item) {
                    first[user] = period as u16;
                }
            }
        }
    }
}

/// Each once, in order of first appearance.
fn each<'a, T: PartialEq + Clone + 'a>(all: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for one in all {
        if !found.contains(one) {
            found.push(one.clone());
        }
    }
    found
}

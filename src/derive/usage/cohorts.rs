//! [`Cohorts`]: a survey of a log's users, each once, asked whether they were active so many periods after they joined.

use std::borrow::Cow;

use super::Histories;
use super::histories::answer;
use crate::codebook::{Answer, Item};
use crate::ingest::{Batch, Batches, Dimension, Ids, Schema, UsageOf};

/// Name of the dimension that tells users apart by the period in which they joined. No column of a file can be called so.
pub const COHORT: &str = "*cohort*";

/// The item that is yes of those who were active so many periods after they joined; not asked of those of whom that is not known.
#[must_use]
pub fn in_cohort(periods: u32) -> Item {
    Item { feature: "cohort".to_owned(), action: format!("after_{periods}") }
}

/// The same, not asked of those who were there when the log began: when they joined is not known.
#[must_use]
pub fn pooled(periods: u32) -> Item {
    Item { feature: "pooled".to_owned(), action: format!("after_{periods}") }
}

/// One row per user, with the period they joined in, segment, city and all else as it was then.
pub struct Cohorts {
    histories: Histories,
    schema: Schema,
    reach: u32,
}

impl Cohorts {
    /// Users looked at for `reach` periods after they joined.
    #[must_use]
    pub fn new(histories: Histories, reach: u32) -> Self {
        let mut schema = histories.schema(UsageOf::Cohorts, histories.len());
        let ends = histories.coverage.covered.first().zip(histories.coverage.covered.last());
        schema.wave =
            ends.map_or_else(String::new, |(first, last)| format!("{}..{}", first.label, last.label));
        let levels = histories.coverage.covered.iter().map(|period| period.label.clone()).collect();
        schema.dimensions.push(Dimension { name: COHORT.to_owned(), levels });
        schema.items = (0..=reach).flat_map(|periods| [in_cohort(periods), pooled(periods)]).collect();
        Self { histories, schema, reach }
    }

    /// By place of the period that users joined in: whether those who joined in it were active so many periods later; `None`
    /// where that is not known.
    fn targets(&self, periods: u32) -> Vec<Option<usize>> {
        let coverage = &self.histories.coverage;
        (0..coverage.covered.len())
            .map(|place| match periods {
                // Who joins in a period is active in it, whether the log has all of its days or not.
                0 => Some(place),
                _ => coverage.after(place, periods).ok(),
            })
            .collect()
    }
}

impl Batches for Cohorts {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn count(&self) -> usize {
        self.histories.len().div_ceil(Batch::ROWS)
    }

    fn batch(&self, index: usize, ids: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        let start = index * Batch::ROWS;
        let users = start..(start + Batch::ROWS).min(self.histories.len());
        let of = &self.histories.users;
        let mut batch = self.histories.batch(users.clone(), ids);
        batch.dimensions.push(of.joined[users.clone()].to_vec());
        for periods in 0..=self.reach {
            let targets = self.targets(periods);
            let retained = |user: usize| match targets[usize::from(of.joined[user])] {
                None => Answer::NotAsked,
                Some(period) if of.is_active(user, period) => Answer::Yes,
                Some(_) => Answer::No,
            };
            let later = |user: usize| if of.joined[user] > 0 { retained(user) } else { Answer::NotAsked };
            let item = 2 * periods as usize;
            answer(&mut batch, item, users.clone().map(retained));
            answer(&mut batch, item + 1, users.clone().map(later));
        }
        Ok(Cow::Owned(batch))
    }
}

//! [`SoFar`]: a survey of a log's users up to a period, asked what they have done by then.

use std::borrow::Cow;
use std::sync::Arc;

use super::Histories;
use super::histories::answer;
use crate::codebook::Answer;
use crate::ingest::{Batch, Batches, Ids, Schema, UsageOf};

/// One wave: everybody who was active in any period up to this one, with segment, city and all else as they joined.
pub struct SoFar {
    histories: Arc<Histories>,
    schema: Schema,
    /// Place of the period.
    period: u16,
    /// How many users joined up to it; they stand first.
    users: usize,
}

impl SoFar {
    /// A wave for every period of a log.
    #[must_use]
    pub fn waves(histories: Histories) -> Vec<Self> {
        let histories = Arc::new(histories);
        let wave = |(place, covered): (usize, &super::Covered)| {
            let users = histories.users.joined.partition_point(|&joined| usize::from(joined) <= place);
            let mut schema = histories.schema(UsageOf::SoFar, users);
            schema.wave.clone_from(&covered.label);
            schema.items.clone_from(&histories.items);
            Self { histories: Arc::clone(&histories), schema, period: place as u16, users }
        };
        histories.coverage.covered.iter().enumerate().map(wave).collect()
    }
}

impl Batches for SoFar {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn count(&self) -> usize {
        self.users.div_ceil(Batch::ROWS)
    }

    fn batch(&self, index: usize, ids: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        let start = index * Batch::ROWS;
        let users = start..(start + Batch::ROWS).min(self.users);
        let mut batch = self.histories.batch(users.clone(), ids);
        for (item, first) in self.histories.users.first.iter().enumerate() {
            // Who never did it did not by now either.
            let done = |user: usize| if first[user] <= self.period { Answer::Yes } else { Answer::No };
            answer(&mut batch, item, users.clone().map(done));
        }
        Ok(Cow::Owned(batch))
    }
}

//! [`Within`]: a part that says of each respondent whether a filter holds for them.
//!
//! A filter is a domain: nobody leaves the sample, so that strata, PSUs and weights stay those of all.

use std::borrow::Cow;
use std::sync::Arc;

use crate::codebook::Filter;
use crate::ingest::{Alike, Asked, Batch, Batches, Dimension, Ids, Schema};

use super::condition::Condition;

/// Name of the dimension that tells those in the domain from all others. No column of a file can be called so.
pub const DOMAIN: &str = "*where*";
/// Its level of those in the domain.
pub const IN: &str = "in";
/// Its level of all others.
const OUT: &str = "out";

/// A part with the dimension [`DOMAIN`] behind its own.
pub struct Within {
    part: Arc<dyn Batches>,
    schema: Schema,
    condition: Condition,
}

impl Within {
    /// A part with the domain of a filter, which must have been [resolved](fn@super::resolve) for it.
    #[must_use]
    pub fn new(part: Arc<dyn Batches>, filter: &Filter) -> Self {
        let condition = Condition::new(&filter.expr, part.schema());
        let mut schema = part.schema().clone();
        let levels = [OUT, IN].map(str::to_owned).to_vec();
        schema.dimensions.push(Dimension { name: DOMAIN.to_owned(), levels });
        Self { part, schema, condition }
    }

    /// Adds to a batch of the part for whom the filter holds.
    fn add(&self, batch: &mut Batch) {
        let codes = self.condition.holds(batch).into_iter().map(u16::from).collect();
        batch.dimensions.push(codes);
    }
}

impl Batches for Within {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn count(&self) -> usize {
        self.part.count()
    }

    fn batch(&self, index: usize, ids: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        let mut batch = self.part.batch(index, ids)?.into_owned();
        self.add(&mut batch);
        Ok(Cow::Owned(batch))
    }

    fn alike(&self, asked: &Asked) -> Option<anyhow::Result<Vec<Alike>>> {
        let mut own = asked.clone();
        if own.dimensions.remove(&self.part.schema().dimensions.len()) {
            self.condition.ask(&mut own);
        }
        let mut alike = self.part.alike(&own)?;
        alike.iter_mut().flatten().for_each(|alike| self.add(&mut alike.batch));
        Some(alike)
    }
}

/// Whether a filter that is resolved may hold for somebody on a level of a dimension; `None` where it says nothing of the
/// dimension.
#[must_use]
pub fn may_hold(filter: &Filter, dimension: &str, level: &str) -> Option<bool> {
    let is_named = filter.expr.tests().iter().any(|test| test.of.text == dimension);
    let truth = filter.expr.truth(&mut |test| {
        (test.of.text == dimension).then(|| super::condition::holds_for_level(&test.relation, level))
    });
    is_named.then_some(truth != Some(false))
}

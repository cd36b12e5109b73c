//! [`ClusterPart`]: one wave of a table on a cluster.

use std::borrow::Cow;
use std::sync::Arc;

use super::ClusterError;
use super::lanes::{alike, sums_sql};
use super::people::People;
use super::profile::Profile;
use super::session::Session;
use crate::ingest::{Alike, Asked, Batch, Batches, Ids, Schema};

/// One wave of a table, of which sums can be had.
pub struct ClusterPart {
    pub(super) session: Arc<Session>,
    pub(super) people: Arc<People>,
    pub(super) profile: Profile,
}

impl Batches for ClusterPart {
    fn schema(&self) -> &Schema {
        &self.profile.schema
    }

    /// One, which cannot be had: who looks at respondents one by one must hear of it.
    fn count(&self) -> usize {
        1
    }

    fn batch(&self, _: usize, _: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        Err(ClusterError::OneByOne.into())
    }

    fn alike(&self, asked: &Asked) -> Option<anyhow::Result<Vec<Alike>>> {
        let sums = || {
            let sql = sums_sql(&self.people, &self.profile.key, asked)?;
            alike(&self.people, &self.profile, asked, &self.session.query(&sql)?)
        };
        Some(sums().map_err(Into::into))
    }
}

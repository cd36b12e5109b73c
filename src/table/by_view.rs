//! A domain, as JSON says it.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Label;

/// A domain as an object: dimension → level.
pub(crate) struct By<'a>(Vec<(&'a Label, &'a Label)>);

impl<'a> By<'a> {
    /// A level of each dimension, in their order.
    pub(crate) fn new(levels: impl IntoIterator<Item = (&'a Label, &'a Label)>) -> Self {
        Self(levels.into_iter().collect())
    }
}

impl Serialize for By<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (dimension, level) in &self.0 {
            map.serialize_entry(&dimension.key, &level.key)?;
        }
        map.end()
    }
}

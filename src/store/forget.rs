//! Taking out of the store: whole waves, or what is known of persons.
//!
//! In: a [`Transaction`], and which waves or which pseudonyms. Out: the transaction, at whose end no object holds them. The
//! objects that did are rewritten without them, and removed once the manifest no longer names them. Refuses nothing:
//! who is not in the store is already forgotten. What an
//! interrupted run left of the forgotten, without a name, goes too.

use std::collections::BTreeSet;

use super::manifest::Entry;
use super::stored::verified;
use super::{StoreError, Transaction, object};
use crate::ingest::{Batch, Ids, Schema};

/// What was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// How many of the persons were found.
    pub persons: usize,
    /// How many rows of theirs.
    pub rows: u64,
    /// In how many waves.
    pub waves: usize,
}

impl Transaction {
    /// Takes out a dataset, or one wave of it. How many waves that were.
    pub fn forget_dataset(&mut self, dataset: &str, wave: Option<&str>) -> usize {
        let is_it =
            |entry: &&Entry| entry.dataset == dataset && wave.is_none_or(|wave| entry.schema.wave == wave);
        let found: Vec<Entry> = self.manifest().entries.iter().filter(is_it).cloned().collect();
        for entry in &found {
            self.remove(entry);
        }
        self.sweep();
        found.len()
    }

    /// Takes out everything that is known of persons.
    ///
    /// # Errors
    /// When an object is damaged, or a new one cannot be written.
    pub fn forget_persons(&mut self, pseudonyms: &BTreeSet<u128>) -> anyhow::Result<Forgotten> {
        self.sweep();
        let mut forgotten = Forgotten::default();
        let mut found = BTreeSet::new();
        for entry in self.manifest().entries.clone() {
            let batches = self.batches(&entry)?;
            let of_them = batches.iter().flat_map(|batch| &batch.pseudonyms);
            let theirs: Vec<u128> = of_them.filter(|id| pseudonyms.contains(id)).copied().collect();
            if theirs.is_empty() {
                continue;
            }
            forgotten.rows += theirs.len() as u64;
            forgotten.waves += 1;
            found.extend(theirs);
            self.rewrite(entry, batches, pseudonyms)?;
        }
        forgotten.persons = found.len();
        Ok(forgotten)
    }

    fn batches(&self, entry: &Entry) -> anyhow::Result<Vec<Batch>> {
        let read = |reference| -> anyhow::Result<Batch> {
            let bytes = verified(self.directory(), reference)?;
            let damaged = |_| StoreError::Damaged {
                what: reference.path(),
                why: "does not have the columns it must have",
            };
            Ok(object::decode(bytes, &entry.schema, Ids::Read).map_err(damaged)?)
        };
        entry.objects.iter().map(read).collect()
    }

    /// Puts an entry without the persons in the place of one that has them.
    fn rewrite(&mut self, entry: Entry, batches: Vec<Batch>, persons: &BTreeSet<u128>) -> anyhow::Result<()> {
        let mut kept: Vec<Batch> = batches
            .into_iter()
            .map(|mut batch| {
                let stays: Vec<bool> = batch.pseudonyms.iter().map(|id| !persons.contains(id)).collect();
                batch.retain(&stays);
                batch
            })
            .collect();
        kept.retain(|batch| !batch.is_empty());
        self.remove(&entry);
        if kept.is_empty() {
            return Ok(());
        }
        let schema = schema_of(entry.schema, &mut kept);
        for batch in kept {
            self.stage(&schema.wave, batch)?;
        }
        self.record(&entry.dataset, &entry.origin, &[schema], true)?;
        Ok(())
    }
}

/// What the codes mean once some respondents are gone: fewer of them, perhaps a smaller largest weight, and only the PSUs that
/// are left, whose codes the batches are given.
fn schema_of(mut schema: Schema, batches: &mut [Batch]) -> Schema {
    schema.respondents = batches.iter().map(|batch| batch.len() as u64).sum();
    let weights = batches.iter().filter_map(|batch| batch.weights.as_ref()).flatten();
    schema.max_weight = schema.max_weight.map(|_| weights.copied().fold(0.0, f64::max));
    if let Some(known) = schema.psus.take() {
        let left: BTreeSet<u32> =
            batches.iter().filter_map(|batch| batch.psus.as_ref()).flatten().copied().collect();
        let mut codes = vec![0_u32; known.len()];
        for (new, &old) in left.iter().enumerate() {
            codes[old as usize] = new as u32;
        }
        for code in batches.iter_mut().filter_map(|batch| batch.psus.as_mut()).flatten() {
            *code = codes[*code as usize];
        }
        schema.psus = Some(left.iter().map(|&old| known[old as usize]).collect());
    }
    schema
}

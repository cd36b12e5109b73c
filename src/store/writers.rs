//! Objects on their way to the disk, several at a time.
//!
//! In: batches, each with the wave that it is of and the path of its temporary. Out: the objects, in the order of the batches,
//! once all are on the disk. With one thread every batch is written before the next is taken.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread::{JoinHandle, spawn};

use super::manifest::ObjectRef;
use super::{StoreError, durable, object};
use crate::ingest::Batch;

/// An object that no manifest refers to yet.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) wave: String,
    pub(super) object: ObjectRef,
    pub(super) temporary: PathBuf,
}

/// Threads that write, each one object.
pub(super) struct Writers {
    /// How many write at a time.
    most: usize,
    under_way: VecDeque<JoinHandle<anyhow::Result<Staged>>>,
    written: Vec<Staged>,
    /// Every temporary that was begun.
    begun: Vec<PathBuf>,
}

impl Writers {
    pub(super) fn new(most: usize) -> Self {
        Self { most, under_way: VecDeque::new(), written: Vec::new(), begun: Vec::new() }
    }

    /// Writes a batch, to its end or with others. An error may be that of an earlier batch.
    pub(super) fn write(&mut self, wave: &str, batch: Batch, temporary: PathBuf) -> anyhow::Result<()> {
        self.begun.push(temporary.clone());
        let wave = wave.to_owned();
        if self.most < 2 {
            self.written.push(write(wave, &batch, temporary)?);
            return Ok(());
        }
        if self.under_way.len() == self.most {
            self.wait_for_first()?;
        }
        self.under_way.push_back(spawn(move || write(wave, &batch, temporary)));
        Ok(())
    }

    /// The objects that were written since the last call, all of them on the disk.
    pub(super) fn finish(&mut self) -> anyhow::Result<Vec<Staged>> {
        while !self.under_way.is_empty() {
            self.wait_for_first()?;
        }
        self.begun.clear();
        Ok(std::mem::take(&mut self.written))
    }

    /// Waits for what is under way, and gives the temporaries that were begun since the last call of
    /// [`finish`](Self::finish): there may be a file, or part of one.
    pub(super) fn give_up(&mut self) -> &[PathBuf] {
        // What became of them no longer matters.
        self.under_way.drain(..).for_each(|writer| drop(writer.join()));
        &self.begun
    }

    fn wait_for_first(&mut self) -> anyhow::Result<()> {
        if let Some(writer) = self.under_way.pop_front() {
            self.written.push(writer.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok(())
    }
}

/// Writes one object.
fn write(wave: String, batch: &Batch, temporary: PathBuf) -> anyhow::Result<Staged> {
    let bytes = object::encode(batch)?;
    let object = ObjectRef {
        blake3: blake3::hash(&bytes).to_hex().to_string(),
        bytes: bytes.len() as u64,
        rows: batch.len() as u64,
    };
    let writing = StoreError::io("writing", &temporary);
    durable::write_new(&temporary, &bytes).map_err(writing)?;
    Ok(Staged { wave, object, temporary })
}

/// The name of the `number`th temporary of a store.
pub(super) fn temporary(store: &Path, number: usize) -> PathBuf {
    store.join("objects").join(format!("{}{number}", durable::TEMPORARY_PREFIX))
}

//! Everything that a command may look at: the sample, the files that it is given, or the store.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use super::args::{Global, Source as SourceArgs};
use super::exit::Refusal;
use super::input;
use super::project::Project;
use super::ui::Ui;
use crate::ingest::{Batches, Origin, UsageOptions};
use crate::store::{Key, Store};

/// All datasets that the arguments point at, wave by wave.
pub(super) struct Shelf {
    pub(super) waves: Vec<Wave>,
}

impl Shelf {
    /// Reads the files that are given, or opens the store.
    ///
    /// # Errors
    /// A [`Refusal`] when files have problems, which have then been listed.
    pub(super) fn open(source: &SourceArgs, project: &Project, global: &Global, ui: &Ui) -> Result<Self> {
        Ok(Self { waves: waves(source, project, global, ui)? })
    }

    /// One dataset alone, and the names of the others.
    pub(super) fn only(self, dataset: &str) -> (Self, BTreeSet<String>) {
        let (own, others): (Vec<Wave>, Vec<Wave>) =
            self.waves.into_iter().partition(|wave| wave.dataset == dataset);
        (Self { waves: own }, others.into_iter().map(|wave| wave.dataset).collect())
    }
}

/// One wave of one dataset, wherever it comes from.
#[derive(Clone)]
pub(super) struct Wave {
    pub(super) dataset: String,
    pub(super) origin: Origin,
    /// As it was read.
    pub(super) own: Arc<dyn Batches>,
    /// With what is derived, and with the domain of the filter.
    pub(super) part: Arc<dyn Batches>,
}

impl Wave {
    pub(super) fn new(dataset: String, origin: Origin, part: Arc<dyn Batches>) -> Self {
        Self { dataset, origin, own: Arc::clone(&part), part }
    }
}

/// Every wave there is.
fn waves(source: &SourceArgs, project: &Project, global: &Global, ui: &Ui) -> Result<Vec<Wave>> {
    if source.input.is_empty() && source.reading.usage() != UsageOptions::default() {
        return Err(Refusal::usage("--period, --since and --until say how a usage log is read")
            .hint("here they go with --input; what is stored was cut when it was ingested")
            .into());
    }
    if source.input.is_empty() && source.reading.stages()?.is_some() {
        return Err(Refusal::usage("--stages says how a funnel is read")
            .hint("here it goes with --input; what is stored has its stages")
            .into());
    }
    if !source.sample && source.input.is_empty() {
        return stored(global);
    }
    if let Some(address) = &source.engine {
        return elsewhere(address, source, project, ui);
    }
    let key = Key::ephemeral()?;
    let datasets = if source.sample {
        input::read_sample(&key)?
    } else {
        input::read_files(&source.input, &source.reading, project, &key, ui)?
    };
    Ok(datasets
        .into_iter()
        .flat_map(|dataset| {
            let (name, origin) = (dataset.name, dataset.origin);
            dataset.parts.into_iter().map(move |part| Wave::new(name.clone(), origin.clone(), Arc::new(part)))
        })
        .collect())
}

#[cfg(feature = "spark")]
use super::engine::waves as elsewhere;

#[cfg(not(feature = "spark"))]
fn elsewhere(_: &str, _: &SourceArgs, _: &Project, _: &Ui) -> Result<Vec<Wave>> {
    Err(Refusal::usage("this wxstats was built without Spark")
        .hint("build it with protoc installed: cargo install --path . --features spark")
        .into())
}

fn stored(global: &Global) -> Result<Vec<Wave>> {
    let store = Store::open(&global.store)?;
    Ok(store
        .manifest()
        .entries
        .iter()
        .map(|entry| Wave::new(entry.dataset.clone(), entry.origin.clone(), Arc::new(store.part(entry))))
        .collect())
}

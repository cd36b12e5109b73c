//! `wxstats completions`: what a shell needs to complete commands, options, cities, items and datasets.
//!
//! The shell asks the program itself, so that what is completed is what the store holds at the time.

use std::ffi::OsStr;
use std::path::PathBuf;

use anyhow::Result;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use clap_complete::{CompletionCandidate as Candidate, engine::ValueCompleter};

use super::args::{Completions, Shell};
use super::sample;
use super::ui::Ui;
use crate::codebook::{Item, gazetteer};
use crate::store::{Entry, Store};

/// The variable by which a shell asks for completions.
const VARIABLE: &str = "WXSTATS_COMPLETE";
const PROGRAM: &str = "wxstats";

pub(super) fn run(command: &Completions, ui: &Ui) -> Result<()> {
    let shell: &dyn EnvCompleter = match command.shell {
        Shell::Bash => &Bash,
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Zsh => &Zsh,
    };
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    Ok(ui.data(script)?)
}

/// Answers a shell that asks for completions, and then ends the process; returns where none does.
pub(super) fn answer() {
    clap_complete::CompleteEnv::with_factory(super::definition).var(VARIABLE).complete();
}

/// What stands in the store, as far as it can be read.
fn stored() -> Vec<Entry> {
    let directory =
        std::env::var_os("WXSTATS_STORE").map_or_else(|| PathBuf::from("data/store"), PathBuf::from);
    Store::open(&directory).map_or_else(|_| Vec::new(), |store| store.manifest().entries.clone())
}

/// Those of `words` that begin as what has been typed, each once.
fn beginning(typed: &OsStr, words: impl IntoIterator<Item = String>) -> Vec<Candidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    let mut known: Vec<String> = Vec::new();
    for word in words {
        if word.to_lowercase().starts_with(&typed) && !known.contains(&word) {
            known.push(word);
        }
    }
    known.into_iter().map(Candidate::new).collect()
}

/// Completes cities by either name: those that are stored, else all that are known.
pub(super) struct Cities;

impl ValueCompleter for Cities {
    fn complete(&self, typed: &OsStr) -> Vec<Candidate> {
        let stored: Vec<String> = levels(&stored(), "city");
        let is_there =
            |city: &&gazetteer::City| stored.is_empty() || stored.iter().any(|key| *key == city.key);
        let names = |city: &gazetteer::City| [city.key.to_owned(), city.name_zh.to_owned()];
        beginning(typed, gazetteer::all().iter().filter(is_there).flat_map(names))
    }
}

/// Completes items: those that are stored, else those of the sample.
pub(super) struct Items;

impl ValueCompleter for Items {
    fn complete(&self, typed: &OsStr) -> Vec<Candidate> {
        let stored = stored();
        let items: Vec<String> =
            stored.iter().flat_map(|entry| &entry.schema.items).map(Item::to_string).collect();
        let numbers =
            stored.iter().flat_map(|entry| &entry.schema.numbers).map(|number| number.item.to_string());
        let mut words: Vec<String> = items.into_iter().chain(numbers).collect();
        if words.is_empty() {
            let (_, bytes) = sample::DATASETS[0];
            let text = String::from_utf8_lossy(bytes);
            let header = text.lines().next().unwrap_or_default().split(',');
            words = header.filter(|column| column.contains('.')).map(str::to_owned).collect();
        }
        beginning(typed, words)
    }
}

/// Completes dimensions.
pub(super) struct Dimensions;

impl ValueCompleter for Dimensions {
    fn complete(&self, typed: &OsStr) -> Vec<Candidate> {
        const DERIVED: [&str; 5] = ["city", "segment", "region", "tier", "wave"];
        let own = stored().into_iter().flat_map(|entry| entry.schema.dimensions).map(|own| own.name);
        beginning(typed, DERIVED.map(str::to_owned).into_iter().chain(own))
    }
}

/// Completes datasets.
pub(super) struct Datasets;

impl ValueCompleter for Datasets {
    fn complete(&self, typed: &OsStr) -> Vec<Candidate> {
        beginning(typed, stored().into_iter().map(|entry| entry.dataset))
    }
}

/// Completes waves.
pub(super) struct Waves;

impl ValueCompleter for Waves {
    fn complete(&self, typed: &OsStr) -> Vec<Candidate> {
        beginning(typed, stored().into_iter().map(|entry| entry.schema.wave))
    }
}

/// The levels of a dimension in all that is stored.
fn levels(stored: &[Entry], dimension: &str) -> Vec<String> {
    let dimensions = stored.iter().flat_map(|entry| &entry.schema.dimensions);
    dimensions.filter(|own| own.name == dimension).flat_map(|own| own.levels.clone()).collect()
}

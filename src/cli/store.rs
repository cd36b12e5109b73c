//! `wxstats store`: what is stored, whether it is whole, and forgetting.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::args::{Format, Global, StoreCommand, StoreForget, StoreGc, StoreLs};
use super::exit::{Refusal, is_overtaken};
use super::transaction::{begin, key_path};
use super::ui::Ui;
use crate::codebook::clean;
use crate::ingest::dataset_slug;
use crate::store::{Entry, Forgotten, Key, Loose, Store, StoreError, Transaction, loose};
use crate::table::Listing;

pub(super) fn run(command: &StoreCommand, global: &Global, ui: &Ui) -> Result<()> {
    match command {
        StoreCommand::Ls(command) => list(command, global, ui),
        StoreCommand::Check => check(global, ui),
        StoreCommand::Forget(command) => forget(command, global, ui),
        StoreCommand::Gc(command) => collect(command, global, ui),
    }
}

fn list(command: &StoreLs, global: &Global, ui: &Ui) -> Result<()> {
    let store = Store::open(&global.store)?;
    let listing = Listing {
        columns: vec![
            "kind",
            "dataset",
            "wave",
            "respondents",
            "dimensions",
            "items",
            "objects",
            "bytes",
            "file",
        ],
        rows: store.manifest().entries.iter().map(row).collect(),
    };
    let text = match command.format {
        Format::Table => listing.text(),
        Format::Csv => listing.csv()?,
        Format::Json => listing.json("wxstats.store-list/1")?,
        Format::Md => listing.markdown(),
    };
    Ok(ui.data(&text)?)
}

fn row(entry: &Entry) -> Vec<Value> {
    let Entry { kind, dataset, schema, origin, objects } = entry;
    let text = |text: &str| Value::from(clean(text));
    vec![
        text(kind),
        text(dataset),
        text(&schema.wave),
        schema.respondents.into(),
        schema.dimensions.len().into(),
        (schema.items.len() + schema.numbers.len()).into(),
        objects.len().into(),
        objects.iter().map(|object| object.bytes).sum::<u64>().into(),
        text(&origin.file),
    ]
}

fn check(global: &Global, ui: &Ui) -> Result<()> {
    let store = Store::open(&global.store)?;
    let entries = &store.manifest().entries;
    if let Err(mut damaged) = store.verify() {
        if let Some(overtaken) = damaged.iter().position(is_overtaken) {
            return Err(damaged.swap_remove(overtaken));
        }
        let first = damaged.remove(0);
        for error in damaged {
            ui.error(&format!("error: {error:#}"));
        }
        return Err(first);
    }
    let objects: Vec<u64> =
        entries.iter().flat_map(|entry| &entry.objects).map(|object| object.bytes).collect();
    ui.say(&format!(
        "the store is whole: {}, {} in {} bytes",
        count(entries.len(), "wave"),
        count(objects.len(), "object"),
        objects.iter().sum::<u64>()
    ));
    let loose = loose(&global.store)?;
    if !loose.is_empty() {
        ui.say(&format!("{}; wxstats store gc removes what nothing refers to", found(&loose)));
    }
    Ok(())
}

fn forget(command: &StoreForget, global: &Global, ui: &Ui) -> Result<()> {
    Store::open(&global.store)?;
    let key_path = key_path(global)?;
    let key = Key::load(&key_path)?;
    let mut transaction = begin(global, &key, &key_path, ui)?;
    let done = match &command.ids {
        Some(file) => Ok(forget_persons(file, &key, &mut transaction)?),
        None => forget_dataset(command, &mut transaction),
    };
    transaction.commit()?;
    ui.say(&done?);
    Ok(())
}

/// Takes out the persons whose ids a file lists. Ids are never said again.
fn forget_persons(file: &Path, key: &Key, transaction: &mut Transaction) -> Result<String> {
    let reading = || format!("reading {}", file.display());
    let lines: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(fs::File::open(file).with_context(reading)?))
    };
    let mut pseudonyms = BTreeSet::new();
    for line in lines.lines() {
        let id = line.with_context(reading)?;
        let id = id.trim_start_matches('\u{feff}').trim();
        if !id.is_empty() {
            pseudonyms.insert(key.pseudonym(id));
        }
    }
    if pseudonyms.is_empty() {
        return Err(Refusal::data(format!("{} lists no ids", file.display())).into());
    }
    let Forgotten { persons, rows, waves } = transaction.forget_persons(&pseudonyms)?;
    Ok(format!(
        "{persons} of {} found and forgotten: {} in {}",
        count(pseudonyms.len(), "id"),
        count(rows as usize, "row"),
        count(waves, "wave")
    ))
}

fn forget_dataset(command: &StoreForget, transaction: &mut Transaction) -> Result<String> {
    let name = command.dataset.as_deref().map(dataset_slug).unwrap_or_default();
    let waves = transaction.forget_dataset(&name, command.wave.as_deref());
    if waves == 0 {
        let of_wave =
            command.wave.as_ref().map(|wave| format!(" with wave {}", clean(wave))).unwrap_or_default();
        return Err(Refusal::data(format!("the store has no dataset {name}{of_wave}"))
            .hint("wxstats store ls lists what it has")
            .into());
    }
    Ok(format!("forgotten: {} of dataset {name}", count(waves, "wave")))
}

fn collect(command: &StoreGc, global: &Global, ui: &Ui) -> Result<()> {
    let removed = if command.dry_run {
        loose(&global.store)?
    } else {
        match Store::open(&global.store) {
            Ok(_) | Err(StoreError::Empty { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let key_path = key_path(global)?;
        let key = Key::load(&key_path)?;
        begin(global, &key, &key_path, ui)?.sweep_objects()?
    };
    let verb = if command.dry_run { "would be removed" } else { "removed" };
    ui.say(&format!("{} {verb}", found(&removed)));
    Ok(())
}

/// `2 loose objects (18044 bytes)`.
fn found(loose: &[Loose]) -> String {
    let bytes: u64 = loose.iter().map(|loose| loose.bytes).sum();
    format!("{} ({bytes} bytes)", count(loose.len(), "loose object"))
}

fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

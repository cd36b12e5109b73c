//! `wxstats ingest`: all of the files into the store, or none of them.

use anyhow::Result;

use super::args::{Files, Global, Ingest};
use super::input;
use super::project::Project;
use super::transaction::{begin, key_path};
use super::ui::Ui;
use crate::store::{Key, Recorded, Store, StoreError};

pub(super) fn run(command: &Ingest, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let key_path = key_path(global)?;
    // A new store may get a new key; one that has data needs its own.
    let key = match Store::open(&global.store) {
        Err(StoreError::Empty { .. }) => Key::load_or_create(&key_path)?,
        _ => Key::load(&key_path)?,
    };
    let mut transaction = begin(global, &key, &key_path, ui)?;
    let (mut done, mut schemas) = (Vec::new(), Vec::new());
    let mut bad = 0;
    let Files { paths, naming, reading } = &command.files;
    for file in paths {
        let good_so_far = bad == 0;
        let read = input::read_file(file, naming, reading, &project, &key, ui, &mut |wave, batch| {
            if good_so_far { transaction.stage(wave, batch) } else { Ok(()) }
        })?;
        match read {
            Some(intake) if good_so_far => {
                let outcomes =
                    transaction.record(&intake.name, &intake.origin, &intake.schemas, command.replace)?;
                done.push(input::describe(&intake, outcome(&outcomes)));
                schemas.extend(intake.schemas);
            }
            Some(_) => {}
            None => bad += 1,
        }
    }
    input::refuse_if(bad, paths.len(), "nothing was stored")?;
    input::refuse_days_of_none(reading, schemas.iter())?;
    transaction.commit()?;
    for line in &done {
        ui.say(line);
    }
    Ok(())
}

fn outcome(outcomes: &[Recorded]) -> &'static str {
    if outcomes.iter().all(|outcome| *outcome == Recorded::AlreadyStored) {
        "was already ingested"
    } else if outcomes.contains(&Recorded::Restored) {
        "ingested again over damaged objects"
    } else if outcomes.contains(&Recorded::Replaced) {
        "ingested in place of what was there"
    } else {
        "ingested"
    }
}

//! `--engine`: tables that stay on a cluster, as waves of the shelf.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};

use super::args::{Naming, Source as SourceArgs};
use super::exit::{self, Refusal};
use super::input;
use super::progress::Tasks;
use super::project::Project;
use super::shelf::Wave;
use super::ui::Ui;
use crate::cluster::{self, Limits, Session, Table, TableError};
use crate::ingest::{Dialect, Origin, dataset_name, dataset_slug};

/// The waves of all tables that are given, on the cluster at `address`.
///
/// # Errors
/// A [`Refusal`] when tables have problems, which have then been listed.
pub(super) fn waves(address: &str, source: &SourceArgs, project: &Project, ui: &Ui) -> Result<Vec<Wave>> {
    if source.reading.form.dialect() != Dialect::default() {
        return Err(Refusal::usage("a cluster reads Parquet, and CSV that is UTF-8 with commas")
            .hint("leave out --encoding, --delimiter, --sheet and --header-row")
            .into());
    }
    let limits = Limits::within(Duration::from_secs(source.deadline.unwrap_or(SourceArgs::DEADLINE)));
    let tasks = Tasks::new(ui.is_quiet());
    let session = Arc::new(Session::open(
        address,
        limits,
        move |done, total| tasks.show(done, total),
        exit::cancelled,
    )?);
    let (mut waves, mut bad) = (Vec::new(), 0);
    for path in &source.input {
        match table(path, &session, source, project, ui)? {
            Some(of_table) => waves.extend(of_table),
            None => bad += 1,
        }
    }
    input::refuse_if(bad, source.input.len(), "nothing was made from them")?;
    Ok(waves)
}

/// The waves of one table; `None` when it has problems, which have then been listed.
fn table(
    path: &Path,
    session: &Arc<Session>,
    source: &SourceArgs,
    project: &Project,
    ui: &Ui,
) -> Result<Option<Vec<Wave>>> {
    let Some(shown) = path.to_str() else {
        return Err(Refusal::usage(format!("{} is no UTF-8", path.display())).into());
    };
    let file = shown.trim_end_matches('/').rsplit('/').next().unwrap_or(shown).to_owned();
    let dataset = dataset_slug(&dataset_name(&file));
    let naming = Naming { dataset: None, wave: None };
    let options = input::options(file.clone(), &naming, &source.reading, project)?;
    let Table { parts, dropped, notices } = match cluster::read(session, shown, &options) {
        Ok(read) => read,
        Err(TableError::Problems(problems)) => {
            ui.error(problems.to_string().trim_end());
            return Ok(None);
        }
        Err(TableError::Cluster(error)) => return Err(error).with_context(|| shown.to_owned()),
    };
    for column in dropped {
        ui.say(&format!("{file}: column \"{column}\" looks like personal data and was left out"));
    }
    for notice in notices {
        ui.say(&format!("{file}: {notice}"));
    }
    // A cluster does not hash what it reads.
    let origin = Origin { file, blake3: String::new(), bytes: 0 };
    let wave = |part| Wave::new(dataset.clone(), origin.clone(), Arc::new(part));
    Ok(Some(parts.into_iter().map(wave).collect()))
}

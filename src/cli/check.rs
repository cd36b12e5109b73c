//! `wxstats check`: every problem of every file, and what the columns of good ones are; nothing is stored.

use anyhow::Result;

use super::args::{Check, Files, Global};
use super::input;
use super::project::Project;
use super::ui::Ui;
use crate::codebook::Item;
use crate::codebook::project::Role;
use crate::ingest::{ColumnUse, Intake};
use crate::store::Key;
use crate::writing;

pub(super) fn run(command: &Check, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let key = Key::ephemeral()?;
    let (mut bad, mut good) = (0, Vec::new());
    let Files { paths, naming, reading } = &command.files;
    for file in paths {
        match input::read_file(file, naming, reading, &project, &key, ui, &mut |_, _| Ok(()))? {
            Some(intake) => good.push(intake),
            None => bad += 1,
        }
    }
    if bad == 0 {
        input::refuse_days_of_none(reading, good.iter().flat_map(|intake| &intake.schemas))?;
    }
    for intake in &good {
        ui.data(columns(intake))?;
        ui.say(&input::describe(intake, "is good"));
    }
    input::refuse_if(bad, paths.len(), "see above")
}

/// The columns of a file and what became of each.
fn columns(intake: &Intake) -> String {
    let header = ["#", "Column", "Becomes"].map(str::to_owned);
    let row = |(index, column): (usize, &ColumnUse)| {
        let name = if column.name.is_empty() { "(looks like data)" } else { &column.name };
        vec![(index + 1).to_string(), name.to_owned(), becomes(column, intake)]
    };
    let rows: Vec<Vec<String>> = intake.columns.iter().enumerate().map(row).collect();
    writing::columns(&header, &rows, |column| column == 0)
}

fn becomes(column: &ColumnUse, intake: &Intake) -> String {
    match column.serves.as_slice() {
        [] if column.is_personal => "left out as personal data".to_owned(),
        [] => "left out".to_owned(),
        several => several.iter().map(|served| kind(served, intake)).collect::<Vec<_>>().join("; "),
    }
}

/// What a column of the canonical schema is, and for a dimension how many levels it has.
fn kind(served: &str, intake: &Intake) -> String {
    let dimensions = intake.schemas.iter().flat_map(|schema| &schema.dimensions);
    let levels =
        dimensions.filter(|dimension| dimension.name == served).map(|dimension| dimension.levels.len());
    let most = levels.max();
    let is_item = served.parse::<Item>().is_ok();
    let is_role = Role::ALL.iter().any(|role| role.key() == served);
    let noun = match most {
        _ if is_role => "",
        Some(_) => "dimension ",
        None if is_item => "item ",
        None => "",
    };
    match most {
        Some(1) => format!("{noun}{served}, 1 level"),
        Some(levels) => format!("{noun}{served}, {levels} levels"),
        None => format!("{noun}{served}"),
    }
}

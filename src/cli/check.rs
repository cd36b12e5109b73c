//! `wxstats check`: every problem of every file; nothing is stored.

use anyhow::Result;

use super::args::{Check, Global};
use super::input;
use super::project::Project;
use super::ui::Ui;
use crate::store::Key;

pub(super) fn run(command: &Check, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let key = Key::ephemeral()?;
    let mut bad = 0;
    for file in &command.files {
        match input::read_file(file, &command.naming, &command.form, &project, &key, ui, &mut |_, _| Ok(()))?
        {
            Some(intake) => ui.say(&input::describe(&intake, "is good")),
            None => bad += 1,
        }
    }
    input::refuse_if(bad, command.files.len(), "see above")
}

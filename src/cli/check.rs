//! `wxstats check`: every problem of every file; nothing is stored.

use anyhow::Result;

use super::args::Check;
use super::input;
use super::ui::Ui;
use crate::store::Key;

pub(super) fn run(command: &Check, ui: &Ui) -> Result<()> {
    let key = Key::ephemeral()?;
    let mut bad = 0;
    for file in &command.files {
        match input::read_file(file, &command.naming, &key, ui, &mut |_, _| Ok(()))? {
            Some(intake) => ui.say(&input::describe(&intake, "is good")),
            None => bad += 1,
        }
    }
    input::refuse_if(bad, command.files.len(), "see above")
}

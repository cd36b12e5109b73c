//! `wxstats man`: a manual page for the program and one for each command.

use std::fs;

use anyhow::{Context, Result};

use super::args::Man;
use super::ui::Ui;

pub(super) fn run(command: &Man, ui: &Ui) -> Result<()> {
    let Some(directory) = &command.directory else {
        let mut page = Vec::new();
        clap_mangen::Man::new(super::definition()).render(&mut page)?;
        return Ok(ui.data(page)?);
    };
    let writing = || format!("writing {}", directory.display());
    fs::create_dir_all(directory).with_context(writing)?;
    let mut program = super::definition().disable_help_subcommand(true);
    program.build();
    clap_mangen::generate_to(program, directory).with_context(writing)?;
    ui.say(&format!("wrote manual pages to {}", directory.display()));
    Ok(())
}

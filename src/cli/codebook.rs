//! `wxstats codebook`: a first codebook for a file that nobody has described yet.

use anyhow::{Context, Result};

use super::args::Codebook;
use super::exit::Refusal;
use super::ui::Ui;
use super::{input, output};

pub(super) fn run(command: &Codebook, ui: &Ui) -> Result<()> {
    if let Some(path) = command.output.as_ref().filter(|path| path.exists()) {
        let there = path.display();
        return Err(Refusal::usage(format!("{there} is there already, and perhaps written by hand"))
            .hint("name another file with -o, or remove it first")
            .into());
    }
    let text = input::draft(&command.file, command.dataset.as_deref(), &command.form, ui)?;
    match &command.output {
        Some(path) => {
            output::write(path, text.as_bytes()).with_context(|| format!("writing {}", path.display()))?;
            ui.say(&format!("wrote {}; read it before you trust what it says", path.display()));
            Ok(())
        }
        None => Ok(ui.data(&text)?),
    }
}

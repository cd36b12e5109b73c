//! `wxstats metrics`: published figures of platforms side by side, with growth and sources.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

use super::args::{Dialect, Format, Global, Metrics as Arguments};
use super::exit::Refusal;
use super::project::Project;
use super::ui::Ui;
use super::{output, sample};
use crate::codebook::clean;
use crate::codebook::project::DatasetBook;
use crate::ingest::source;
use crate::landscape::{self, Chapter, Landscape, Metrics};

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let format = output::format(command.format, command.output.as_deref(), Format::ENDINGS, Format::NAMES)?;
    let project = Project::open(global, ui)?;
    let landscape = match &command.file {
        Some(path) => read(path, ui)?,
        None => read_sample(ui)?,
    };
    let names = project.names(&DatasetBook::default());
    let lang = command.language.lang(&project);
    let text = match format {
        Format::Table => landscape::text(&landscape, &names, lang),
        Format::Csv => landscape::csv(&landscape, &Chapter::ALL)?,
        Format::Json => landscape::json(&landscape, lang)?,
        Format::Md => landscape::markdown(&landscape, &names, lang),
    };
    output::deliver(command.output.as_deref(), &text, ui)
}

/// The figures of a metrics file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read, or a [`Refusal`] when it has problems, which have then been listed.
pub(super) fn read(path: &Path, ui: &Ui) -> Result<Landscape> {
    let mut source =
        if path == Path::new("-") { source::pipe(std::io::stdin(), "stdin")? } else { source::open(path)? };
    let mut bytes = Vec::new();
    source.bytes.read_to_end(&mut bytes).with_context(|| format!("reading {}", path.display()))?;
    parse(&bytes, &clean(&source.name), ui)
}

/// The bundled figures.
///
/// # Errors
/// Those of [`read`].
pub(super) fn read_sample(ui: &Ui) -> Result<Landscape> {
    parse(sample::METRICS, sample::METRICS_FILE, ui)
}

fn parse(bytes: &[u8], name: &str, ui: &Ui) -> Result<Landscape> {
    let metrics = Metrics::parse(bytes, name).map_err(|problems| {
        ui.error(problems.to_string().trim_end());
        Refusal::data("the file has problems; see above")
    })?;
    Ok(Landscape::of(&metrics))
}

//! Published rates: the rows of a file, or the bundled ones.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

use super::exit::Refusal;
use super::piped;
use super::sample;
use super::ui::Ui;
use crate::claims::Rates;
use crate::codebook::clean;
use crate::ingest::source;

/// The rows of a rates file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read, or a [`Refusal`] when it has problems, which have then been listed.
pub(super) fn read(path: &Path, ui: &Ui) -> Result<Rates> {
    let reading = || format!("reading {}", path.display());
    let mut source = if path == Path::new("-") {
        source::pipe(piped::standard_input().with_context(reading)?, "stdin")?
    } else {
        source::open(path)?
    };
    let mut bytes = Vec::new();
    source.bytes.read_to_end(&mut bytes).with_context(reading)?;
    parse(&bytes, &clean(&source.name), ui)
}

/// The bundled rows.
///
/// # Errors
/// Those of [`read`].
pub(super) fn read_sample(ui: &Ui) -> Result<Rates> {
    parse(sample::RATES, sample::RATES_FILE, ui)
}

fn parse(bytes: &[u8], name: &str, ui: &Ui) -> Result<Rates> {
    Rates::parse(bytes, name).map_err(|problems| {
        ui.error(problems.to_string().trim_end());
        Refusal::usage("the published rates have problems; see above").into()
    })
}

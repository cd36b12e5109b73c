//! The template that a report is dressed by.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::exit::Refusal;
use crate::cli::ui::Ui;
use crate::codebook::clean;
use crate::report::{Bundle, Template};

/// Reads a template; files that it names stand beside it.
///
/// # Errors
/// When it cannot be read, or a [`Refusal`] when it has problems, which have then been listed.
pub(super) fn read(path: &Path, ui: &Ui) -> Result<Template> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let directory = path.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| fs::read(directory.join(name));
    Template::parse(&bytes, &clean(&path.display().to_string()), &beside).map_err(|problems| {
        ui.error(problems.to_string().trim_end());
        Refusal::usage("the template has problems; see above").into()
    })
}

/// A section that no report has is a mistake, and not left out in silence.
pub(super) fn refuse_unknown_sections(
    template: Option<&Template>,
    bundles: &[(PathBuf, Bundle)],
) -> Result<()> {
    let known: BTreeSet<&String> = bundles.iter().flat_map(|(_, bundle)| &bundle.sections).collect();
    let known: Vec<String> = known.into_iter().cloned().collect();
    let unknown: Vec<String> =
        template.iter().flat_map(|template| template.unknown(&known)).map(clean).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::usage(format!("the template names a section that no report has: {}", unknown.join(", ")))
        .hint(format!("there are {}", known.join(", ")))
        .into())
}

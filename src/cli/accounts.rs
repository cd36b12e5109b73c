//! `wxstats accounts`: what an account, a mini-program or WeChat Pay tells of itself, as tables.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::args::{Accounts as Arguments, Dialect, Format, Global};
use super::exit::Refusal;
use super::input::refuse_if;
use super::output;
use super::project::Project;
use super::sample;
use super::ui::Ui;
use crate::accounts::{self, Account};
use crate::codebook::clean;
use crate::ingest::source;

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let format = output::format(command.format, command.output.as_deref(), Format::ENDINGS, Format::NAMES)?;
    let project = Project::open(global, ui)?;
    let account = read(&command.files, ui)?;
    let lang = command.language.lang(&project);
    let text = match format {
        Format::Table => accounts::text(&account, lang),
        Format::Csv => accounts::csv(&accounts::sheets(&account))?,
        Format::Json => accounts::json(&account, lang)?,
        Format::Md => accounts::markdown(&account, lang),
    };
    output::deliver(command.output.as_deref(), &text, ui)
}

/// What files tell, put together.
///
/// # Errors
/// When one cannot be read, or a [`Refusal`] when some have problems, which have then been listed.
pub(super) fn read(files: &[PathBuf], ui: &Ui) -> Result<Account> {
    let mut account = Account::default();
    let mut bad = 0;
    for path in files {
        bad += usize::from(!add(&mut account, path, ui)?);
    }
    refuse_if(bad, files.len(), "see above")?;
    if !files.is_empty() && accounts::sheets(&account).is_empty() {
        return Err(Refusal::data("the files hold no figures").into());
    }
    Ok(account)
}

/// What the bundled account tells.
///
/// # Errors
/// Never in practice: the file is tested.
pub(super) fn read_sample(ui: &Ui) -> Result<Account> {
    let mut account = Account::default();
    let is_bad = !take(&mut account, sample::ACCOUNT, sample::ACCOUNT_FILE, ui);
    refuse_if(usize::from(is_bad), 1, "see above")?;
    Ok(account)
}

/// Adds a file, or standard input for `-`; `false` when it has problems, which have then been listed.
fn add(account: &mut Account, path: &Path, ui: &Ui) -> Result<bool> {
    let mut source =
        if path == Path::new("-") { source::pipe(std::io::stdin(), "stdin")? } else { source::open(path)? };
    let mut bytes = Vec::new();
    source.bytes.read_to_end(&mut bytes).with_context(|| format!("reading {}", path.display()))?;
    Ok(take(account, &bytes, &clean(&source.name), ui))
}

/// Adds the bytes of a file; `false` when they have problems, which have then been listed.
fn take(account: &mut Account, bytes: &[u8], name: &str, ui: &Ui) -> bool {
    match account.add(bytes, name) {
        Ok(kind) => {
            ui.explain(&format!("{name}: taken for {}", kind.name().en));
            true
        }
        Err(problems) => {
            ui.error(problems.to_string().trim_end());
            false
        }
    }
}

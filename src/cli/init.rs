//! `wxstats init`: a project folder that works at once, on the sample, and is ready for a file of its own.
//!
//! Nothing that is there is overwritten: where one of the files exists already, none is written.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::args::Init;
use super::exit::Refusal;
use super::output;
use super::ui::Ui;
use crate::codebook::Lang;

/// A file of a project: where it stands, and its text in English and in Chinese.
type Template = (&'static str, &'static str, &'static str);

const WORKFLOW: &str = include_str!("../../data/project/report.yml");
const IGNORED: &str = include_str!("../../data/project/gitignore");

const FILES: [Template; 6] = [
    (
        "wxstats.toml",
        include_str!("../../data/project/en/wxstats.toml"),
        include_str!("../../data/project/zh/wxstats.toml"),
    ),
    (
        "claims.toml",
        include_str!("../../data/project/en/claims.toml"),
        include_str!("../../data/project/zh/claims.toml"),
    ),
    (
        "README.md",
        include_str!("../../data/project/en/README.md"),
        include_str!("../../data/project/zh/README.md"),
    ),
    (
        "data/README.md",
        include_str!("../../data/project/en/data.md"),
        include_str!("../../data/project/zh/data.md"),
    ),
    (".github/workflows/report.yml", WORKFLOW, WORKFLOW),
    (".gitignore", IGNORED, IGNORED),
];

pub(super) fn run(command: &Init, ui: &Ui) -> Result<()> {
    let lang = command.lang.map_or(Lang::En, Lang::from);
    let directory = &command.directory;
    let there: Vec<&str> =
        FILES.iter().map(|(name, ..)| *name).filter(|name| exists(&directory.join(name))).collect();
    if !there.is_empty() {
        let hint = "nothing was written; wxstats init DIR makes a folder of its own";
        return Err(Refusal::usage(format!("{} {} already", there.join(", "), is_or_are(&there)))
            .hint(hint)
            .into());
    }
    for (name, en, zh) in FILES {
        let path = directory.join(name);
        // Here is where one stands: no `./` before a name.
        let path = path.strip_prefix(".").unwrap_or(&path);
        let writing = || format!("writing {}", path.display());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(writing)?;
        }
        output::write(path, lang.pick(en, zh).as_bytes()).with_context(writing)?;
        ui.say(&format!("wrote {}", path.display()));
    }
    ui.say(lang.pick(
        "next: README.md says how to go on; wxstats report --sample makes a first page",
        "下一步见 README.md；wxstats report --sample 可先生成一份示例页面",
    ));
    Ok(())
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn is_or_are(there: &[&str]) -> &'static str {
    if there.len() == 1 { "is there" } else { "are there" }
}

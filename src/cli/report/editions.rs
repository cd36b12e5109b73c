//! In which languages a report is made, and where each is written.

use std::path::PathBuf;

use crate::cli::args::{Report, ReportLang};
use crate::cli::project::Project;
use crate::codebook::Lang;

/// All bundles in one language.
pub(super) struct Edition {
    pub(super) lang: Lang,
    pub(super) out: PathBuf,
    /// The language of the other edition and its directory, where there are two.
    pub(super) other: Option<(Lang, &'static str)>,
}

/// One edition; two for `--lang both`, each in a directory of its own.
pub(super) fn editions(command: &Report, project: &Project) -> Vec<Edition> {
    let lang = match command.lang {
        Some(ReportLang::En) => Some(Lang::En),
        Some(ReportLang::Zh) => Some(Lang::Zh),
        Some(ReportLang::Both) => None,
        None => Some(project.book().language.unwrap_or_default()),
    };
    let Some(lang) = lang else {
        const DIRECTORIES: [(Lang, &str); 2] = [(Lang::En, "en"), (Lang::Zh, "zh")];
        let [en, zh] = DIRECTORIES;
        let edition = |(lang, directory): (Lang, &str), other| Edition {
            lang,
            out: command.out.join(directory),
            other: Some(other),
        };
        return vec![edition(en, zh), edition(zh, en)];
    };
    vec![Edition { lang, out: command.out.clone(), other: None }]
}

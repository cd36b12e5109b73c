//! How charts are drawn: sizes, colours, fonts, and what fonts lack.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::chart::{ChartError, Fonts, Theme};
use crate::cli::args::{ChartFormat, Report, ThemeArg};
use crate::cli::exit::Refusal;
use crate::cli::ui::Ui;
use crate::report::{Bundle, Formats};

pub(super) fn formats(command: &Report) -> Formats {
    Formats {
        svg: command.chart_format.contains(&ChartFormat::Svg),
        png: command.chart_format.contains(&ChartFormat::Png),
        scale: command.scale,
        size: command.size.into(),
        theme: match command.theme {
            ThemeArg::Light => Theme::LIGHT,
            ThemeArg::Dark => Theme::DARK,
        },
        only: command.only.iter().map(|&kind| kind.into()).collect(),
    }
}

/// The embedded fonts, and those that are given.
pub(super) fn fonts(paths: &[PathBuf]) -> Result<Fonts> {
    if paths.is_empty() {
        return Ok(Fonts::default());
    }
    let files = paths
        .iter()
        .map(|path| fs::read(path).with_context(|| format!("reading {}", path.display())))
        .collect::<Result<Vec<_>>>()?;
    Fonts::with_extra(files).map_err(|error| match error {
        ChartError::ExtraFont(place) => {
            Refusal::usage(format!("{} is no font that charts can be drawn in", paths[place].display()))
                .hint("OpenType and TrueType files are read (.otf, .ttf)")
                .into()
        }
        other => other.into(),
    })
}

/// Says once which characters pictures could not show.
pub(super) fn warn_of_code_points(bundles: &[(PathBuf, Bundle)], ui: &Ui) {
    let all: BTreeSet<char> =
        bundles.iter().flat_map(|(_, bundle)| bundle.illegible.iter().copied()).collect();
    if all.is_empty() {
        return;
    }
    let list: Vec<String> = all.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    ui.say(&format!("warning: no font has {}; pictures show code points instead", list.join(", ")));
    ui.say("hint: --font FILE gives a font that has them");
}

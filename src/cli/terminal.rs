//! The terminal that standard output may be: its width, whether colours are wanted, and what is coloured.

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use super::args::ColorArg;
use crate::table::Screen;

/// The narrowest terminal that tables are laid out for.
const NARROWEST: usize = 40;
const BAR: &str = "\x1b[36m";
const FAINT: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// What tables are laid out for: the terminal's width, with bars where there are colours; for a pipe the page that files have.
pub(super) fn screen(color: ColorArg) -> Screen {
    let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let columns = width.map_or(Screen::PAGE.columns, |width| width.max(NARROWEST));
    Screen { columns, bars: has_colors(color) }
}

/// Whether standard output gets colours: on a terminal, unless `NO_COLOR` or a dumb `TERM` says otherwise.
pub(super) fn has_colors(color: ColorArg) -> bool {
    match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => {
            io::stdout().is_terminal() && AutoStream::choice(&io::stdout()) != ColorChoice::Never
        }
    }
}

/// A table with its bars coloured and its rules faint.
pub(super) fn painted(text: &str) -> String {
    let ink = |c: char| match c {
        '█'..='▏' => BAR,
        '─' => FAINT,
        _ => "",
    };
    let mut out = String::with_capacity(text.len());
    let mut current = "";
    for c in text.chars() {
        let wanted = ink(c);
        if wanted != current {
            out.push_str(if wanted.is_empty() { PLAIN } else { wanted });
            current = wanted;
        }
        out.push(c);
    }
    if !current.is_empty() {
        out.push_str(PLAIN);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::painted;

    #[test]
    fn bars_and_rules_are_coloured_and_words_are_not() {
        assert_eq!(painted("8% ▋\n──"), "8% \x1b[36m▋\x1b[0m\n\x1b[2m──\x1b[0m");
        assert_eq!(painted("n 412\n"), "n 412\n");
    }
}

//! The diff as Markdown, as GitHub reads it.

use super::change::Diff;
use super::sheet::rows;
use super::text::lines;
use super::words;
use crate::codebook::Lang;
use crate::table::escape_markdown as escape;

/// What changed as a table, then files and method as a list.
#[must_use]
pub fn markdown(diff: &Diff, lang: Lang) -> String {
    let mut out = format!("{}\n\n", escape(words::summary(diff).get(lang)));
    for (index, row) in rows(diff, lang).iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escape(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if index == 0 {
            out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
        }
    }
    out.push('\n');
    out.extend(lines(diff, lang).iter().map(|line| format!("- {}\n", escape(line))));
    out
}

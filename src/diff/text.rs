//! The diff for a terminal or a text file.

use super::change::Diff;
use super::sheet::rows;
use super::words;
use crate::codebook::{Lang, Name};
use crate::writing::columns;

/// What changed by more than noise, what is new or gone, which files changed, and how that was found. In columns, where a
/// Chinese character takes two; lines end without spaces.
#[must_use]
pub fn text(diff: &Diff, lang: Lang) -> String {
    let mut out = format!("{}\n", words::summary(diff).get(lang));
    let rows = rows(diff, lang);
    if let Some((header, rows)) = rows.split_first() {
        out.push('\n');
        out.push_str(&columns(header, rows, |column| column > 0 && column + 1 < header.len()));
    }
    out.push('\n');
    for line in lines(diff, lang) {
        out.push_str(&format!("{line}\n"));
    }
    out
}

/// What stands under the changes.
pub(super) fn lines(diff: &Diff, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = diff
        .files
        .iter()
        .map(|file| {
            let (path, what) = file.parts();
            let zh = match what {
                "added" => "新增",
                "removed" => "删除",
                _ => "已改",
            };
            lang.pick(format!("{what}: {path}"), format!("{zh}：{path}"))
        })
        .collect();
    let names: Vec<Name> = words::left_over(diff)
        .into_iter()
        .chain([words::kind(diff)])
        .chain(words::method(diff))
        .chain(words::inputs(diff))
        .chain(diff.notes.iter().cloned())
        .collect();
    lines.extend(names.iter().map(|name| name.get(lang).to_owned()));
    lines
}

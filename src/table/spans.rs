//! What stands over the columns of a crosstab: the banners, and levels that several columns share.

use super::crosstab::Column;
use crate::codebook::Lang;

/// What stands over a column: everything outside of it and itself, so that two spans of one name are told apart.
#[derive(PartialEq)]
pub(super) struct Part {
    banner: usize,
    path: Vec<String>,
}

/// What stands over the columns, outermost first, so that the innermost levels end up side by side.
pub(super) fn spans(columns: &[Column], lang: Lang) -> Vec<Vec<Option<Part>>> {
    let paths: Vec<Vec<String>> = columns.iter().map(|column| path(column, lang)).collect();
    let depth = paths.iter().map(Vec::len).max().unwrap_or(0);
    let part = |(column, path): (&Column, &Vec<String>), line: usize| {
        let end = (line + 1 + path.len()).checked_sub(depth).filter(|&end| end > 0)?;
        Some(Part { banner: column.banner, path: path[..end].to_vec() })
    };
    (0..depth).map(|line| columns.iter().zip(&paths).map(|over| part(over, line)).collect()).collect()
}

/// The dimensions of the banner, and all levels of the column but the innermost.
fn path(column: &Column, lang: Lang) -> Vec<String> {
    let Some(title) = column.title(lang) else { return Vec::new() };
    let levels = column.level_names(lang);
    let outer = levels[..levels.len() - 1].iter().map(|&level| level.to_owned());
    std::iter::once(title).chain(outer).collect()
}

/// Each span of a line: its text, and over how many columns it reaches.
pub(super) fn runs(line: &[Option<Part>]) -> Vec<(&str, usize)> {
    line.chunk_by(|a, b| a.is_some() && a == b)
        .map(|run| {
            let name = run.first().and_then(|part| part.as_ref()?.path.last());
            (name.map_or("", String::as_str), run.len())
        })
        .collect()
}

//! The crosstab as aligned text, cut into blocks of columns that fit the page.
//!
//! Every block has the header and the row labels again; a level whose columns are cut apart is named again. Figures stand
//! flush right in their column, and what follows them flush left behind, so that digits stand under digits.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::crosstab::{Cell, Column, Crosstab};
use super::wrap::wrap;
use crate::codebook::Lang;

/// Columns of text that a block may take. One column of figures always fits.
const PAGE: usize = 100;
/// Spaces between columns.
const BETWEEN: usize = 2;
/// Width to which row labels are broken.
const LABEL: usize = 32;
/// Width to which the names of columns are broken.
const LEVEL: usize = 16;

/// The crosstab, laid out line by line over all its columns.
struct Page {
    /// By line of the header but those of the innermost level, by column: what stands over it. The same parts side by
    /// side are one span.
    spans: Vec<Vec<Option<Part>>>,
    lines: Vec<Line>,
    label: usize,
}

/// What stands over a column: everything outside of it and itself, so that two spans of one name are told apart.
#[derive(PartialEq)]
struct Part {
    banner: usize,
    path: Vec<String>,
}

enum Line {
    Rule,
    /// A label, and by column what is flush right and what follows it.
    Cells(String, Vec<(String, String)>),
}

/// The widths of a column: of what is flush right, and of what follows it.
#[derive(Clone, Copy)]
struct Width {
    figure: usize,
    tail: usize,
}

/// The crosstab as blocks with an empty line between them; lines end without spaces. Empty without columns.
pub(super) fn blocks(crosstab: &Crosstab, corner: &str, lang: Lang) -> String {
    let page = Page::of(crosstab, corner, lang);
    let mut blocks = Vec::new();
    let mut start = 0;
    while start < crosstab.columns.len() {
        let end = page.end(start, &crosstab.columns);
        blocks.push(page.block(start..end));
        start = end;
    }
    blocks.join("\n")
}

impl Page {
    fn of(crosstab: &Crosstab, corner: &str, lang: Lang) -> Self {
        let mut lines = head(crosstab, corner, lang);
        lines.push(Line::Rule);
        for (measure, cells) in crosstab.measures.iter().zip(crosstab.cells(lang)) {
            lines.extend(row(measure.name().get(lang), &cells));
        }
        let bases = crosstab.bases(lang);
        if !bases.is_empty() {
            lines.push(Line::Rule);
        }
        for (label, texts) in bases {
            lines.push(Line::Cells(label.to_owned(), flush_right(texts)));
        }
        let label = lines.iter().map(|line| match line {
            Line::Rule => 0,
            Line::Cells(label, _) => label.width(),
        });
        let label = label.max().unwrap_or(0);
        Self { spans: spans(&crosstab.columns, lang), lines, label }
    }

    /// Where the block that begins at `start` ends: behind as many columns as fit, but before a banner that would be cut
    /// although it fits into a block.
    fn end(&self, start: usize, columns: &[Column]) -> usize {
        let fits = |columns: Range<usize>| self.width(&self.widths(columns)) <= PAGE;
        let mut end = start + 1;
        while end < columns.len() && fits(start..end + 1) {
            end += 1;
        }
        let Some(next) = columns.get(end) else { return end };
        let of_banner = |column: &Column| column.banner == next.banner;
        let first = columns.iter().position(of_banner).unwrap_or(end);
        let last = columns.iter().rposition(of_banner).unwrap_or(end);
        if start < first && first < end && fits(first..last + 1) { first } else { end }
    }

    /// The widths of some columns side by side: what their cells need, and what stands over them.
    fn widths(&self, columns: Range<usize>) -> Vec<Width> {
        let mut widths = vec![Width { figure: 0, tail: 0 }; columns.len()];
        for line in &self.lines {
            let Line::Cells(_, cells) = line else { continue };
            for (width, (figure, tail)) in widths.iter_mut().zip(&cells[columns.clone()]) {
                width.figure = width.figure.max(figure.width());
                width.tail = width.tail.max(tail.width());
            }
        }
        for line in self.spans.iter().rev() {
            let mut at = 0;
            for (text, count) in runs(&line[columns.clone()]) {
                let missing = text.width().saturating_sub(total(&widths[at..at + count]));
                widths[at].figure += missing;
                at += count;
            }
        }
        widths
    }

    fn width(&self, widths: &[Width]) -> usize {
        self.label + BETWEEN + total(widths)
    }

    fn block(&self, columns: Range<usize>) -> String {
        let widths = self.widths(columns.clone());
        let mut out = String::new();
        for line in self.spans.iter().filter(|line| line[columns.clone()].iter().any(Option::is_some)) {
            let mut text = " ".repeat(self.label);
            let mut at = 0;
            for (name, count) in runs(&line[columns.clone()]) {
                text.push_str(&" ".repeat(BETWEEN));
                text.push_str(&ruled(name, total(&widths[at..at + count])));
                at += count;
            }
            push(&mut out, &text);
        }
        for line in &self.lines {
            match line {
                Line::Rule => push(&mut out, &"─".repeat(self.width(&widths))),
                Line::Cells(label, cells) => {
                    let cells = &cells[columns.clone()];
                    if label.is_empty() && cells.iter().all(|(figure, _)| figure.is_empty()) {
                        continue;
                    }
                    let mut text = format!("{label}{}", " ".repeat(self.label - label.width()));
                    for (width, (figure, tail)) in widths.iter().zip(cells) {
                        text.push_str(&" ".repeat(BETWEEN + width.figure - figure.width()));
                        text.push_str(figure);
                        text.push_str(tail);
                        text.push_str(&" ".repeat(width.tail - tail.width()));
                    }
                    push(&mut out, &text);
                }
            }
        }
        out
    }
}

/// What stands over the columns, outermost first, so that the innermost levels end up side by side.
fn spans(columns: &[Column], lang: Lang) -> Vec<Vec<Option<Part>>> {
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
fn runs(line: &[Option<Part>]) -> Vec<(&str, usize)> {
    line.chunk_by(|a, b| a.is_some() && a == b)
        .map(|run| {
            let name = run.first().and_then(|part| part.as_ref()?.path.last());
            (name.map_or("", String::as_str), run.len())
        })
        .collect()
}

/// The name with a rule after it as far as it reaches.
fn ruled(name: &str, width: usize) -> String {
    let rest = width - name.width();
    if name.is_empty() || rest < 2 {
        format!("{name}{}", " ".repeat(rest))
    } else {
        format!("{name} {}", "─".repeat(rest - 1))
    }
}

/// The innermost levels, with the corner in their last line, and the letters.
fn head(crosstab: &Crosstab, corner: &str, lang: Lang) -> Vec<Line> {
    let names: Vec<Vec<String>> = crosstab
        .columns
        .iter()
        .map(|column| wrap(column.level_names(lang).last().copied().unwrap_or_default(), LEVEL))
        .collect();
    let height = names.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines: Vec<Line> = (1..=height)
        .map(|line| {
            let of = |name: &Vec<String>| {
                let line = (line + name.len()).checked_sub(height + 1);
                line.map_or_else(String::new, |line| name[line].clone())
            };
            let label = if line == height { corner.to_owned() } else { String::new() };
            Line::Cells(label, flush_right(names.iter().map(of)))
        })
        .collect();
    let letter = |column: &Column| column.letter().map_or_else(String::new, |letter| format!("({letter})"));
    lines.push(Line::Cells(String::new(), flush_right(crosstab.columns.iter().map(letter))));
    lines
}

/// The lines of one measure: figures, intervals and, if they are wanted, bases; the label beside them.
fn row(name: &str, cells: &[Cell]) -> Vec<Line> {
    let labels = wrap(name, LABEL);
    let figures = cells.iter().map(|cell| (cell.figure.clone(), cell.tail.clone())).collect();
    let intervals = flush_right(cells.iter().map(|cell| cell.interval.clone()));
    let bases = flush_right(cells.iter().map(|cell| cell.n.clone()));
    let mut lines: Vec<Vec<(String, String)>> = vec![figures];
    let filled = |line: &Vec<(String, String)>| line.iter().any(|(text, _)| !text.is_empty());
    lines.extend([intervals, bases].into_iter().filter(filled));
    let empty = || flush_right(cells.iter().map(|_| String::new()));
    (0..lines.len().max(labels.len()))
        .map(|index| {
            let label = labels.get(index).map_or_else(String::new, |label| match index {
                0 => label.clone(),
                _ => format!("  {label}"),
            });
            Line::Cells(label, lines.get(index).cloned().unwrap_or_else(empty))
        })
        .collect()
}

fn flush_right(texts: impl IntoIterator<Item = String>) -> Vec<(String, String)> {
    texts.into_iter().map(|text| (text, String::new())).collect()
}

/// The width of columns side by side.
fn total(widths: &[Width]) -> usize {
    widths.iter().map(|width| width.figure + width.tail).sum::<usize>() + BETWEEN * (widths.len() - 1)
}

fn push(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

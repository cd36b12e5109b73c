//! The crosstab as aligned text, cut into blocks of columns that fit the page.
//!
//! Every block has the header and the row labels again; a level whose columns are cut apart is named again. Figures stand
//! flush right in their column, and what follows them flush left behind, so that digits stand under digits.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::crosstab::{Cell, Column, Crosstab};
use super::screen::{Screen, bar};
use super::spans::{Part, runs, spans};
use crate::codebook::Lang;
use crate::writing::wrap;

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
    /// Columns of text that a block may take. One column of figures always fits.
    columns: usize,
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

/// The crosstab as blocks with an empty line between them; lines end without spaces. Empty without columns. Bars stand
/// beside the intervals where they do not take more blocks.
pub(super) fn blocks(crosstab: &Crosstab, corner: &str, lang: Lang, screen: Screen) -> String {
    let with_bars =
        Some(screen).filter(|screen| screen.bars).map(|_| Page::of(crosstab, corner, lang, screen));
    let page = with_bars
        .filter(Page::is_one_block)
        .unwrap_or_else(|| Page::of(crosstab, corner, lang, Screen { bars: false, ..screen }));
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
    fn of(crosstab: &Crosstab, corner: &str, lang: Lang, screen: Screen) -> Self {
        let mut lines = head(crosstab, corner, lang);
        lines.push(Line::Rule);
        for (measure, cells) in crosstab.measures.iter().zip(crosstab.cells(lang)) {
            lines.extend(row(measure.name().get(lang), &cells, screen.bars));
        }
        let feet = crosstab.feet(lang);
        if !feet.is_empty() {
            lines.push(Line::Rule);
        }
        for foot in feet {
            lines.push(Line::Cells(foot.label.to_owned(), flush_right(foot.texts(lang))));
        }
        let label = lines.iter().map(|line| match line {
            Line::Rule => 0,
            Line::Cells(label, _) => label.width(),
        });
        let label = label.max().unwrap_or(0);
        Self { spans: spans(&crosstab.columns, lang), lines, label, columns: screen.columns }
    }

    fn is_one_block(&self) -> bool {
        let count = self.spans.first().map_or(0, Vec::len);
        self.width(&self.widths(0..count)) <= self.columns
    }

    /// Where the block that begins at `start` ends: behind as many columns as fit, but before a banner that would be cut
    /// although it fits into a block.
    fn end(&self, start: usize, columns: &[Column]) -> usize {
        let fits = |columns: Range<usize>| self.width(&self.widths(columns)) <= self.columns;
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
fn row(name: &str, cells: &[Cell], bars: bool) -> Vec<Line> {
    let labels = wrap(name, LABEL);
    let figures = cells.iter().map(|cell| (cell.figure.clone(), cell.tail.clone())).collect();
    let bar = |cell: &Cell| cell.share.filter(|_| bars).map(bar).unwrap_or_default();
    let intervals = cells.iter().map(|cell| (cell.interval.clone(), bar(cell))).collect();
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

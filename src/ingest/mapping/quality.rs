//! Rows that are left out by the codebook's rules, one rule after the other.

use std::collections::HashMap;

use crate::codebook::project::QualityBook;

use super::super::code::Code;
use super::super::dataset::Screening;
use super::super::problems::{Problem, Problems};
use super::super::shown::quoted;
use super::duration::seconds;
use super::find::Finder;
use super::row::RawCells;
use super::tokens::{Said, Tokens};

/// The rules of one file.
#[derive(Debug, Default)]
pub(in super::super) struct Screen {
    rules: Vec<(Screening, Test)>,
}

/// What a rule looks at.
#[derive(Debug)]
enum Test {
    Drop { column: usize, cells: Vec<String> },
    Keep { column: usize, cells: Vec<String> },
    TooFast { column: usize, fewest: u64 },
    StraightLine { columns: Vec<usize> },
    Repeated { column: usize, most: u64, seen: HashMap<String, u64> },
}

impl Screen {
    pub(super) fn new(quality: &QualityBook, finder: &mut Finder<'_, '_>) -> Self {
        let mut rules = Vec::new();
        for (column, cells) in &quality.drop {
            let name = column.name.clone();
            if let Some(column) = finder.one(column) {
                rules
                    .push((Screening::NotKept { column: name }, Test::Drop { column, cells: cells.clone() }));
            }
        }
        for (column, cells) in &quality.keep {
            let name = column.name.clone();
            if let Some(column) = finder.one(column) {
                rules
                    .push((Screening::NotKept { column: name }, Test::Keep { column, cells: cells.clone() }));
            }
        }
        if let Some((column, fewest)) = &quality.too_fast
            && let Some(column) = finder.one(column)
        {
            rules.push((Screening::TooFast { seconds: *fewest }, Test::TooFast { column, fewest: *fewest }));
        }
        for column in &quality.straight_line {
            let columns = finder.all(column);
            match columns.len() {
                0 => {}
                1 | 2 => finder.refuse(
                    column,
                    "has fewer than three rows",
                    "a question of one or two rows is easily answered alike in earnest".to_owned(),
                ),
                _ => {
                    let question = column.name.clone();
                    rules.push((Screening::StraightLine { question }, Test::StraightLine { columns }));
                }
            }
        }
        for (column, most) in &quality.repeated {
            let name = column.name.clone();
            if let Some(column) = finder.one(column) {
                let rule = Screening::Repeated { column: name, most: *most };
                rules.push((rule, Test::Repeated { column, most: *most, seen: HashMap::new() }));
            }
        }
        Self { rules }
    }

    /// The rules, by the index that [`leaves_out`](Self::leaves_out) gives.
    pub(in super::super) fn rules(&self) -> impl Iterator<Item = &Screening> {
        self.rules.iter().map(|(rule, _)| rule)
    }

    /// The first rule that leaves a row out.
    pub(super) fn leaves_out(
        &mut self,
        raw: &dyn RawCells,
        tokens: Tokens,
        problems: &mut Problems,
    ) -> Option<usize> {
        self.rules.iter_mut().position(|(_, test)| test.fails(raw, tokens, problems))
    }
}

impl Test {
    fn fails(&mut self, raw: &dyn RawCells, tokens: Tokens, problems: &mut Problems) -> bool {
        match self {
            Self::Drop { column, cells } => is_among(cells, raw.cell(*column), tokens),
            Self::Keep { column, cells } => !is_among(cells, raw.cell(*column), tokens),
            Self::TooFast { column, fewest } => {
                let cell = raw.cell(*column);
                match seconds(cell) {
                    Some(length) => length < *fewest as f64,
                    None if cell.trim().is_empty() => false,
                    None => {
                        let message = format!("{} is no length of an interview", quoted(cell));
                        let hint = "lengths are such as 243, 243秒, 4分3秒 or 00:04:03";
                        problems
                            .add(Problem::new(raw.position(*column), Code::BadDuration, message).hint(hint));
                        false
                    }
                }
            }
            Self::StraightLine { columns } => {
                let mut answers = columns.iter().map(|&column| tokens.read(raw.cell(column)));
                let first = answers.next();
                matches!(first, Some(Said::Text(_))) && answers.all(|answer| Some(&answer) == first.as_ref())
            }
            Self::Repeated { column, most, seen } => match tokens.read(raw.cell(*column)) {
                Said::Text(value) => {
                    let count = seen.entry(value.into_owned()).or_default();
                    *count += 1;
                    *count > *most
                }
                Said::Blank | Said::NotAsked => false,
            },
        }
    }
}

/// Whether a cell is one of those listed, where "" is a cell without an answer.
fn is_among(cells: &[String], cell: &str, tokens: Tokens) -> bool {
    let said = tokens.read(cell);
    let text = match &said {
        Said::Text(text) => text,
        Said::Blank | Said::NotAsked => "",
    };
    cells.iter().any(|cell| cell == text)
}

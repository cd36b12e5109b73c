//! The cells of items: yes, no and numbers in the canonical tokens, from what platforms write.

use crate::codebook::Item;
use crate::codebook::project::{ALL_OTHERS, AnswerSource, Cells as Source};

use super::super::code::Code;
use super::super::problems::{Problem, Problems};
use super::super::shown::quoted;
use super::find::Finder;
use super::joined::Joined;
use super::row::{MappedRow, RawCells};
use super::tick::{NO, YES, is_tick, tick};
use super::tokens::{Said, Tokens};

const NOT_ASKED: &str = "-3";

/// How one item is read.
#[derive(Debug)]
pub(super) struct AnswerRule {
    item: Item,
    /// What the codebook calls the column.
    name: String,
    column: usize,
    cells: Cells,
    ticks: u64,
    other_ticks: u64,
}

/// What the cells of the column say.
#[derive(Debug)]
enum Cells {
    /// The answer in the canonical tokens.
    Answers,
    /// Options in one cell, one of which is the item; if they are ranked, among so many first.
    Joined { option: String, joined: Joined, ranked: Option<usize> },
    /// Whether this option was ticked; the question's other options stand in the other columns.
    Own { option: String, block: Vec<usize> },
    /// Words for yes and no.
    Words { yes: Vec<String>, no: Vec<String> },
    /// Words for the points of a scale.
    Points(Vec<(String, f64)>),
}

impl AnswerRule {
    /// `all` are the items of the codebook, whose options make up the questions.
    pub(super) fn new(
        item: &Item,
        source: &AnswerSource,
        all: &[(Item, AnswerSource)],
        separator: &str,
        finder: &mut Finder<'_, '_>,
    ) -> Option<Self> {
        let (column, cells) = match &source.cells {
            Source::Option { option, separator: own, ranked } => {
                let block = match &source.row {
                    Some(row) => vec![finder.part(&source.column, row)?],
                    None => finder.block(&source.column),
                };
                if let [only] = block[..] {
                    if source.row.is_none() {
                        finder.one(&source.column)?;
                    }
                    let separator = own.as_deref().unwrap_or(separator);
                    let of_question = all.iter().filter(|(_, other)| other.column.name == source.column.name);
                    let options = of_question.filter_map(|(_, other)| match &other.cells {
                        Source::Option { option, .. } => Some(option.clone()),
                        _ => None,
                    });
                    let joined = Joined::new(separator, options);
                    (only, Cells::Joined { option: option.clone(), joined, ranked: *ranked })
                } else {
                    let column = finder.part(&source.column, option)?;
                    (column, Cells::Own { option: option.clone(), block })
                }
            }
            other => {
                let column = match &source.row {
                    Some(row) => finder.part(&source.column, row)?,
                    None => finder.one(&source.column)?,
                };
                let cells = match other {
                    Source::Words { yes, no } => Cells::Words { yes: yes.clone(), no: no.clone() },
                    Source::Points(points) => Cells::Points(points.clone()),
                    _ => Cells::Answers,
                };
                (column, cells)
            }
        };
        let (item, name) = (item.clone(), source.column.name.clone());
        Some(Self { item, name, column, cells, ticks: 0, other_ticks: 0 })
    }

    /// What the codebook calls the item's column.
    pub(super) fn column(&self) -> &str {
        &self.name
    }

    /// The option, if it is one that nobody ticked.
    pub(super) fn never_ticked(&self) -> Option<&str> {
        match &self.cells {
            Cells::Joined { option, .. } | Cells::Own { option, .. } if self.ticks == 0 => Some(option),
            _ => None,
        }
    }

    /// How many ticks of its question are of options that no item stands for.
    pub(super) fn other_ticks(&self) -> Option<u64> {
        matches!(self.cells, Cells::Joined { .. }).then_some(self.other_ticks)
    }

    /// Appends the answer of a row.
    pub(super) fn write(
        &mut self,
        raw: &dyn RawCells,
        tokens: Tokens,
        row: &mut MappedRow,
        problems: &mut Problems,
    ) {
        let at = raw.position(self.column);
        let cell = raw.cell(self.column);
        if let Cells::Own { option, block } = &self.cells {
            let answer = tick(cell, option, tokens);
            let is_unticked = answer == Some("") && blank_is_no(raw, block, tokens);
            let answer = if is_unticked { Some(NO) } else { answer };
            self.ticks += u64::from(answer == Some(YES));
            return row.push(answer.unwrap_or(cell), at);
        }
        let said = tokens.read(cell);
        let Said::Text(text) = &said else {
            return row.push(if said == Said::NotAsked { NOT_ASKED } else { "" }, at);
        };
        match &self.cells {
            Cells::Joined { option, joined, ranked } => {
                let mut ticked = false;
                for (rank, (found, is_known)) in joined.options(text).enumerate() {
                    ticked |= found == option && ranked.is_none_or(|most| rank < most);
                    self.other_ticks += u64::from(!is_known);
                }
                self.ticks += u64::from(ticked);
                row.push(if ticked { YES } else { NO }, at);
            }
            Cells::Words { yes, no } => {
                let among = |words: &[String], word: &str| words.iter().any(|known| known == word);
                let answer = if among(yes, text) {
                    YES
                } else if among(no, text) {
                    NO
                } else if among(yes, ALL_OTHERS) {
                    YES
                } else if among(no, ALL_OTHERS) {
                    NO
                } else {
                    let words = yes.iter().chain(no).map(|word| quoted(word)).collect::<Vec<_>>().join(", ");
                    let message = format!("unknown answer {} to {}", quoted(text), self.item);
                    let hint = format!("the codebook knows {words}; \"*\" stands for every other word");
                    problems.add(Problem::new(at, Code::UnknownAnswer, message).hint(hint));
                    ""
                };
                row.push(answer, at);
            }
            Cells::Points(points) => match points.iter().find(|(word, _)| word == text) {
                Some((_, point)) => row.push(&point.to_string(), at),
                None => row.push(text, at),
            },
            Cells::Answers | Cells::Own { .. } => row.push(text, at),
        }
    }
}

/// Whether a blank cell among the columns of a question's options means that its option was not ticked: others were answered, and
/// none of them says no, which where it is written leaves a blank one to mean that there is no answer.
fn blank_is_no(raw: &dyn RawCells, block: &[usize], tokens: Tokens) -> bool {
    let mut is_answered = false;
    for &column in block {
        if let Said::Text(text) = tokens.read(raw.cell(column)) {
            if is_tick(&text, "") == Some(false) {
                return false;
            }
            is_answered = true;
        }
    }
    is_answered
}

//! A part of a wide file: rows one after the other, read without knowing what stands elsewhere.
//!
//! In: the cells of some rows. Out: their respondents, coded by dictionaries of the part, and what is wrong with the rows by
//! themselves. What only the whole file shows is for [`wide`](super::wide), which takes the parts in order.

use crate::codebook::{Answer, Item};

use super::super::code::Code;
use super::super::dataset::Batch;
use super::super::problems::{Position, Problems};
use super::super::shown::quoted;
use super::super::walk::{Walk, Walked};
use super::columns::{Columns, WideItems};
use super::numbers::Values;
use super::people::{People, Person, RefusedCities, append};
use super::row::Row;
use super::rows::Cells;
use super::seen::Seen;
use super::waves::Waves;

/// What all parts of a file have in common.
pub(super) struct Plan<'a> {
    pub(super) columns: &'a Columns,
    pub(super) items: &'a WideItems,
    pub(super) pseudonym: &'a (dyn Fn(&str) -> u128 + Sync),
    /// The wave of a file without a wave column.
    pub(super) wave: &'a str,
    /// How many rules leave rows out.
    pub(super) rules: usize,
    pub(super) short: ShortAnswers,
}

/// Some rows of a file.
pub(super) struct Part {
    /// What is wrong with them by themselves.
    pub(super) problems: Problems,
    pub(super) waves: Waves<PartWave>,
    rows: usize,
    refused: RefusedCities,
    person: Person,
    words: Vec<u64>,
    codes: Vec<u32>,
}

/// The rows of a part that are of one wave.
pub(super) struct PartWave {
    /// Where the wave is named first.
    pub(super) first: Position,
    pub(super) people: People,
    /// The respondents, by codes of the part.
    pub(super) batch: Batch,
    pub(super) seen: Seen,
    /// By column of numbers.
    pub(super) values: Vec<Values>,
    /// Corrections and their strata, by codes of the part, in the order of the rows.
    pub(super) corrections: Vec<(u32, (f64, Position))>,
    /// How many rows each rule left out.
    pub(super) left_out: Vec<u64>,
}

impl PartWave {
    fn new(plan: &Plan<'_>, first: Position) -> Self {
        Self {
            first,
            people: People::of_part(plan.columns),
            batch: Batch::default(),
            seen: Seen::default(),
            values: plan.items.numbers.iter().map(|(_, number)| Values::new(number)).collect(),
            corrections: Vec::new(),
            left_out: vec![0; plan.rules],
        }
    }
}

impl Part {
    /// The most rows of a part: so many levels and waves it may have, and there are 16 bits for a code.
    pub(super) const ROWS: usize = 1 << 15;

    pub(super) fn new(plan: &Plan<'_>, file: &str) -> Self {
        Self {
            problems: Problems::new(file),
            waves: Waves::of_part(plan.wave),
            rows: 0,
            refused: RefusedCities::new(),
            person: Person::default(),
            words: vec![0; plan.items.yes_no.len().div_ceil(Answer::PER_WORD)],
            codes: Vec::new(),
        }
    }

    /// Whether no more rows have room.
    pub(super) fn is_full(&self) -> bool {
        self.rows == Self::ROWS
    }

    /// Takes a row, which may be left out by a rule.
    pub(super) fn take(&mut self, plan: &Plan<'_>, cells: Cells<'_>, left_out: Option<usize>) {
        self.rows += 1;
        let Plan { columns, items, .. } = plan;
        let mut row = Row::new(cells, &mut self.problems);
        let new = || PartWave::new(plan, cells.position(columns.wave.unwrap_or(columns.id)));
        let Some((_, wave)) = self.waves.of(&mut row, columns, new) else { return };
        if let Some(rule) = left_out {
            wave.left_out[rule] += 1;
            return;
        }
        let person = &mut self.person;
        wave.people.read(&mut row, columns, &mut self.refused, &plan.pseudonym, person);
        wave.corrections.extend(person.fpc.map(|fpc| (person.stratum, fpc)));
        answers(&mut row, &items.yes_no, &plan.short, &mut self.words);
        self.codes.clear();
        for (values, (column, _)) in wave.values.iter_mut().zip(&items.numbers) {
            self.codes.extend(values.read(&mut row, *column));
        }
        if let Some(pseudonym) = person.pseudonym {
            wave.seen.add(pseudonym, cells.position(columns.id));
        }
        if !row.is_valid() {
            return;
        }
        wave.people.count(person);
        if row.is_file_valid() {
            append(&mut wave.batch, person, columns);
            push(&mut wave.batch.answers, &self.words);
            push(&mut wave.batch.numbers, &self.codes);
        }
    }
}

/// Appends a row to columns.
fn push<T: Copy>(columns: &mut Vec<Vec<T>>, row: &[T]) {
    columns.resize_with(row.len(), Vec::new);
    for (column, &value) in columns.iter_mut().zip(row) {
        column.push(value);
    }
}

/// What was made of a walk.
pub(super) struct Walkthrough {
    /// The rows, in as many parts as it takes.
    pub(super) parts: Vec<Part>,
    /// How it ended.
    pub(super) end: Walked,
    /// The text, for the memory.
    pub(super) spare: String,
}

/// Walks to the end.
pub(super) fn walk_through(plan: &Plan<'_>, file: &str, mut walk: Walk) -> Walkthrough {
    let (mut parts, mut part) = (Vec::new(), Part::new(plan, file));
    while walk.find(&mut part.problems) {
        part.take(plan, Cells::Record(walk.record()), None);
        if part.is_full() {
            parts.push(std::mem::replace(&mut part, Part::new(plan, file)));
        }
    }
    walk.report_rest(&mut part.problems);
    parts.push(part);
    Walkthrough { parts, end: walk.walked(), spare: walk.leave() }
}

/// What cells of at most one character answer. Nearly all cells are such, and a look-up is much quicker than parsing.
pub(super) struct ShortAnswers {
    empty: Option<Answer>,
    ascii: [Option<Answer>; 128],
}

impl ShortAnswers {
    pub(super) fn new() -> Self {
        let one = |byte: usize| Answer::parse(char::from(byte as u8).encode_utf8(&mut [0; 4]));
        Self { empty: Answer::parse(""), ascii: std::array::from_fn(one) }
    }

    fn parse(&self, cells: &Cells<'_>, column: usize) -> Option<Answer> {
        match cells.raw(column) {
            [] => self.empty,
            [byte] => self.ascii.get(usize::from(*byte)).copied().flatten(),
            _ => Answer::parse(cells.cell(column)),
        }
    }
}

/// Reads the answers of a row into packed words, four at a time where they are four digits.
fn answers(row: &mut Row<'_>, items: &[(usize, Item)], short: &ShortAnswers, words: &mut [u64]) {
    const FOUR: usize = 4;
    for (word, items) in words.iter_mut().zip(items.chunks(Answer::PER_WORD)) {
        *word = 0;
        for (items, four) in items.chunks(FOUR).zip((0..).step_by(2 * FOUR)) {
            let digits = match items {
                [(first, _), .., (last, _)] if first + FOUR - 1 == *last => row.cells.span(*first, *last),
                _ => None,
            };
            if let Some(packed) = digits.and_then(four_digits) {
                *word |= packed << four;
                continue;
            }
            for ((column, item), slot) in items.iter().zip((four..).step_by(2)) {
                match short.parse(&row.cells, *column) {
                    Some(answer) => *word |= (answer as u64) << slot,
                    None => refuse_answer(row, *column, &item.to_string()),
                }
            }
        }
    }
}

/// Four cells of one digit each, 0 or 1, as packed answers. Where every other byte is a digit, those between them are
/// what separates four cells.
fn four_digits(span: &[u8]) -> Option<u64> {
    const NO: u64 = Answer::No as u64;
    const EACH: u64 = 0x0001_0001_0001_0001;
    let span: &[u8; 7] = span.try_into().ok()?;
    let mut bytes = [0; 8];
    bytes[..7].copy_from_slice(span);
    let digits = (u64::from_le_bytes(bytes) & (0xff * EACH)) ^ (u64::from(b'0') * EACH);
    let packed = digits | digits >> 14 | digits >> 28 | digits >> 42;
    (digits & !EACH == 0).then_some((packed & 0b0101_0101) + NO * 0b0101_0101)
}

/// Notes an answer that is no accepted token.
pub(super) fn refuse_answer(row: &mut Row<'_>, column: usize, item: &str) {
    let message = format!("unknown answer {} to {item}", quoted(row.cells.cell(column)));
    let mut hint = format!("answers are {}", Answer::ACCEPTED);
    if row.text(column).parse::<f64>().is_ok() {
        hint.push_str("; a number or a scale is declared in wxstats.toml, in [dataset.NAME.items]");
    }
    row.refuse(column, Code::UnknownAnswer, message, &hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_are_packed_as_one_by_one() {
        for bits in 0..16_u32 {
            let cells: Vec<String> = (0..4).map(|at| (bits >> at & 1).to_string()).collect();
            let packed =
                cells.iter().rev().fold(0, |packed, cell| packed << 2 | Answer::parse(cell).unwrap() as u64);
            assert_eq!(four_digits(cells.join(",").as_bytes()), Some(packed), "{bits:04b}");
        }
        for other in ["1,1,,1", "1,1,1,2", "1,-,1,1", "1,1,1,1,", "\",\",,,1", ""] {
            assert_eq!(four_digits(other.as_bytes()), None, "{other}");
        }
    }
}

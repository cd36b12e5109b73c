//! Wide files: one row per respondent, one column of answers per item. Nothing is kept but a batch per wave and 16
//! bytes per respondent, for duplicates.

use std::io::Read;

use crate::codebook::{Answer, Item};

use super::super::code::Code;
use super::super::dataset::{Batch, LeftOut, Screening};
use super::super::intake::ReadError;
use super::super::shown::quoted;
use super::columns::{Columns, WideItems};
use super::numbers::Values;
use super::people::{People, Person, RefusedCities, append};
use super::row::Row;
use super::rows::Cells;
use super::seen::Seen;
use super::waves::Waves;
use super::{Reading, Wave};

/// One wave of a wide file, as far as it is read.
struct WideWave {
    people: People,
    batch: Batch,
    seen: Seen,
    /// By column of numbers.
    values: Vec<Values>,
    /// How many rows each rule left out.
    left_out: Vec<u64>,
}

/// Reads all rows. The result counts only if no problem was noted.
pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    items: &WideItems,
) -> Result<Vec<Wave>, ReadError> {
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut waves = Waves::new(reading.wave);
    let mut refused = RefusedCities::new();
    let mut person = Person::default();
    let short = ShortAnswers::new();
    let mut words = vec![0_u64; items.yes_no.len().div_ceil(Answer::PER_WORD)];
    let mut codes = Vec::new();
    let rules = reading.rows.rules();
    while let Some(next) = reading.rows.next(&mut reading.problems).map_err(io)? {
        let cells = next.cells;
        let mut row = Row::new(cells, &mut reading.problems);
        let new = || WideWave {
            people: People::new(columns),
            batch: Batch::default(),
            seen: Seen::default(),
            values: items.numbers.iter().map(|(_, number)| Values::new(number)).collect(),
            left_out: vec![0; rules.len()],
        };
        let Some((label, wave)) = waves.of(&mut row, columns, new) else { continue };
        if let Some(rule) = next.left_out {
            wave.left_out[rule] += 1;
            continue;
        }
        wave.people.read(&mut row, columns, &mut refused, reading.pseudonym, &mut person);
        answers(&mut row, &items.yes_no, &short, &mut words);
        codes.clear();
        for (values, (column, _)) in wave.values.iter_mut().zip(&items.numbers) {
            codes.extend(values.read(&mut row, *column));
        }
        if let Some(pseudonym) = person.pseudonym {
            wave.seen.add(pseudonym, cells.position(columns.id));
        }
        if !row.is_valid() {
            continue;
        }
        wave.people.count(&person);
        if row.is_file_valid() {
            append(&mut wave.batch, &person, columns);
            wave.batch.answers.resize_with(words.len(), Vec::new);
            for (column, &word) in wave.batch.answers.iter_mut().zip(&words) {
                column.push(word);
            }
            wave.batch.numbers.resize_with(codes.len(), Vec::new);
            for (column, &code) in wave.batch.numbers.iter_mut().zip(&codes) {
                column.push(code);
            }
            if wave.batch.len() == Batch::ROWS {
                (reading.sink)(label, std::mem::take(&mut wave.batch)).map_err(ReadError::Sink)?;
            }
        }
    }
    finish(reading, columns, items, &rules, waves)
}

/// What cells of at most one character answer. Nearly all cells are such, and a look-up is much quicker than parsing.
struct ShortAnswers {
    empty: Option<Answer>,
    ascii: [Option<Answer>; 128],
}

impl ShortAnswers {
    fn new() -> Self {
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

/// Reads the answers of a row into packed words.
fn answers(row: &mut Row<'_>, items: &[(usize, Item)], short: &ShortAnswers, words: &mut [u64]) {
    for (word, items) in words.iter_mut().zip(items.chunks(Answer::PER_WORD)) {
        *word = 0;
        for (slot, (column, item)) in items.iter().enumerate() {
            match short.parse(&row.cells, *column) {
                Some(answer) => *word |= (answer as u64) << (2 * slot),
                None => refuse_answer(row, *column, &item.to_string()),
            }
        }
    }
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

fn finish<R>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    items: &WideItems,
    rules: &[Screening],
    waves: Waves<WideWave>,
) -> Result<Vec<Wave>, ReadError> {
    let mut finished = Vec::new();
    let mut duplicates = Vec::new();
    for (label, wave) in waves.into_sorted() {
        duplicates.extend(wave.seen.into_duplicates());
        let yes_no = items.yes_no.iter().map(|(_, item)| item.clone()).collect();
        let numbers = wave.values.into_iter().map(Values::into_number).collect();
        let mut read = Wave::finish(wave.people, &label, (yes_no, numbers), columns, &mut reading.problems);
        let left_out = rules.iter().cloned().zip(wave.left_out);
        read.schema.left_out = left_out.map(|(rule, respondents)| LeftOut { rule, respondents }).collect();
        finished.push(read);
        if reading.problems.is_empty() && duplicates.is_empty() && !wave.batch.is_empty() {
            (reading.sink)(&label, wave.batch).map_err(ReadError::Sink)?;
        }
    }
    duplicates.sort_unstable();
    for duplicate in duplicates {
        reading.problems.add(duplicate.problem());
    }
    Ok(finished)
}

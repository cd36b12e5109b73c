//! Long files: one row per respondent and item, in any order. A wave is kept whole until the last row is read: the
//! columns of its batches, and four bytes per respondent and item for the line of the answer.

use std::collections::HashMap;
use std::io::Read;

use crate::codebook::{Answer, Item};

use super::super::code::Code;
use super::super::dataset::{Batch, Number};
use super::super::intake::{NumberItem, ReadError};
use super::super::problems::Problem;
use super::super::records::MAX_COLUMNS;
use super::super::shown::quoted;
use super::columns::Columns;
use super::numbers::Values;
use super::part::refuse_answer;
use super::people::{People, Person, RefusedCities, append};
use super::row::Row;
use super::waves::Waves;
use super::{Reading, Wave};

/// Where the three columns of an answer stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerColumns {
    pub(super) feature: usize,
    pub(super) action: usize,
    pub(super) answer: usize,
}

/// One wave of a long file, as far as it is read.
struct LongWave {
    people: People,
    rows: HashMap<u128, usize>,
    /// Every respondent so far, without limit of rows.
    all: Batch,
    /// The line of each respondent's first row.
    lines: Vec<u64>,
    items: Vec<AnsweredItem>,
    /// The items of yes and no, in the order of their packed answers.
    yes_no: Vec<Item>,
    /// The items of numbers, in the order of the batch's columns.
    values: Vec<Values>,
    by_cells: HashMap<String, usize>,
}

/// An item and, by respondent, the line of the answer to it, 0 for none.
struct AnsweredItem {
    item: Item,
    place: Place,
    lines: Vec<u32>,
}

/// Where the answers to an item stand in the batch.
#[derive(Clone, Copy)]
enum Place {
    /// Among the packed answers.
    YesNo(usize),
    /// Column of numbers.
    Number(usize),
}

/// One answer, coded for its place.
#[derive(Clone, Copy)]
enum Coded {
    YesNo(usize, Answer),
    Number(usize, u32),
}

/// Reads all rows. The result counts only if no problem was noted.
pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    of: AnswerColumns,
    numbers: &[NumberItem],
) -> Result<Vec<Wave>, ReadError> {
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut waves = Waves::new(reading.wave);
    let mut refused = RefusedCities::new();
    let mut person = Person::default();
    let mut name = String::new();
    while let Some(next) = reading.rows.next(&mut reading.problems).map_err(io)? {
        let mut row = Row::new(next.cells, &mut reading.problems);
        let Some((_, wave)) = waves.of(&mut row, columns, || LongWave::new(columns)) else { continue };
        wave.people.read(&mut row, columns, &mut refused, reading.pseudonym, &mut person);
        if let Some(fpc) = person.fpc
            && let Err(problem) = wave.people.correct(person.stratum, fpc)
        {
            row.add(problem);
        }
        let pseudonym = person.pseudonym.filter(|_| row.is_valid());
        let respondent = pseudonym.map(|pseudonym| wave.respondent(&mut row, columns, &person, pseudonym));
        let item = wave.item(&mut row, of, numbers, &mut name);
        let coded = wave.code(&mut row, of.answer, item, &name);
        if let (Some(respondent), Some(item), Some(coded)) = (respondent, item, coded) {
            wave.answer(&mut row, of, (respondent, item), coded);
        }
    }
    let mut finished = Vec::new();
    for (label, wave) in waves.into_sorted() {
        finished.push(wave.finish(&label, columns, reading)?);
    }
    Ok(finished)
}

impl LongWave {
    fn new(columns: &Columns) -> Self {
        Self {
            people: People::new(columns),
            rows: HashMap::new(),
            all: Batch::default(),
            lines: Vec::new(),
            items: Vec::new(),
            yes_no: Vec::new(),
            values: Vec::new(),
            by_cells: HashMap::new(),
        }
    }

    /// The number of the row's respondent, who is new or must agree with the first row.
    fn respondent(
        &mut self,
        row: &mut Row<'_>,
        columns: &Columns,
        person: &Person,
        pseudonym: u128,
    ) -> usize {
        let new = self.lines.len();
        let respondent = *self.rows.entry(pseudonym).or_insert(new);
        if respondent == new {
            self.people.count(person);
            append(&mut self.all, person, columns);
            self.lines.push(row.cells.line());
            self.all.answers.iter_mut().for_each(|words| words.push(0));
            self.all.numbers.iter_mut().for_each(|codes| codes.push(Number::NOT_ASKED));
        } else {
            self.compare(row, columns, person, respondent);
        }
        respondent
    }

    /// Notes every cell that differs from the respondent's first row.
    fn compare(&self, row: &mut Row<'_>, columns: &Columns, person: &Person, respondent: usize) {
        let mut others: Vec<usize> = columns.segment.into_iter().chain(columns.city).collect();
        others.extend(columns.dimensions.iter().map(|&(column, _)| column));
        let codes = others.into_iter().zip(&self.all.dimensions).zip(&person.dimensions);
        let mut different: Vec<usize> = codes
            .filter(|((_, first), code)| first[respondent] != **code)
            .map(|((column, _), _)| column)
            .collect();
        let weight = self.all.weights.as_ref().map(|weights| weights[respondent].to_bits());
        let psu = self.all.psus.as_ref().map(|psus| psus[respondent]);
        different.extend(columns.weight.filter(|_| weight != Some(person.weight.to_bits())));
        different.extend(columns.stratum.filter(|_| self.all.strata[respondent] != person.stratum));
        different.extend(columns.psu.filter(|_| psu != Some(person.psu)));
        different.sort_unstable();
        for column in different {
            let name = columns.name(column);
            let message = format!(
                "{name} differs from line {}, the first row of this respondent",
                self.lines[respondent]
            );
            let hint = "all rows of a respondent must agree in all but feature, action and answer";
            row.refuse(column, Code::RespondentDiffers, message, hint);
        }
    }

    /// The number of the row's item, whose name goes to `name`.
    fn item(
        &mut self,
        row: &mut Row<'_>,
        of: AnswerColumns,
        numbers: &[NumberItem],
        name: &mut String,
    ) -> Option<usize> {
        name.clear();
        name.extend([row.text(of.feature), ".", row.text(of.action)]);
        if let Some(&item) = self.by_cells.get(name.as_str()) {
            return Some(item);
        }
        let Ok(item) = name.parse::<Item>() else {
            let message = format!("{} is not an item", quoted(name));
            let hint = "feature and action are written in a-z, 0-9 and _, such as moments and share";
            row.refuse(of.feature, Code::BadItem, message, hint);
            return None;
        };
        if self.items.len() >= MAX_COLUMNS {
            let message = format!("more than {MAX_COLUMNS} different items");
            row.refuse(
                of.feature,
                Code::TooManyItems,
                message,
                "is one of the columns feature and action free text?",
            );
            return None;
        }
        let number = self.items.len();
        self.by_cells.insert(name.clone(), number);
        let place = if let Some(number) = numbers.iter().find(|number| number.item == item) {
            self.values.push(Values::new(number));
            self.all.numbers.push(vec![Number::NOT_ASKED; self.lines.len()]);
            Place::Number(self.values.len() - 1)
        } else {
            self.yes_no.push(item.clone());
            if self.yes_no.len() > self.all.answers.len() * Answer::PER_WORD {
                self.all.answers.push(vec![0; self.lines.len()]);
            }
            Place::YesNo(self.yes_no.len() - 1)
        };
        self.items.push(AnsweredItem { item, place, lines: Vec::new() });
        Some(number)
    }

    /// The row's answer, which must be one to its item; without an item, one of yes or no.
    fn code(&mut self, row: &mut Row<'_>, column: usize, item: Option<usize>, name: &str) -> Option<Coded> {
        let place = item.map_or(Place::YesNo(0), |item| self.items[item].place);
        match place {
            Place::Number(number) => {
                self.values[number].read(row, column).map(|code| Coded::Number(number, code))
            }
            Place::YesNo(at) => {
                let answer = Answer::parse(row.cells.cell(column));
                if answer.is_none() {
                    refuse_answer(row, column, name);
                }
                answer.map(|answer| Coded::YesNo(at, answer))
            }
        }
    }

    /// Takes the answer of a respondent to an item, which must be the first.
    fn answer(&mut self, row: &mut Row<'_>, of: AnswerColumns, at: (usize, usize), coded: Coded) {
        let (respondent, item) = at;
        let AnsweredItem { item: name, lines, .. } = &mut self.items[item];
        lines.resize(self.lines.len().max(lines.len()), 0);
        let line = &mut lines[respondent];
        if *line == 0 {
            *line = u32::try_from(row.cells.line()).unwrap_or(u32::MAX);
            match coded {
                Coded::Number(number, code) => self.all.numbers[number][respondent] = code,
                Coded::YesNo(at, answer) => {
                    let word = &mut self.all.answers[at / Answer::PER_WORD][respondent];
                    *word |= (answer as u64) << (2 * (at % Answer::PER_WORD));
                }
            }
        } else {
            let message = format!("this respondent's answer to {name} stands in line {line} already");
            let problem = Problem::new(row.cells.position(of.feature), Code::DuplicateAnswer, message);
            row.add(problem.hint("every respondent has one row per item and wave"));
        }
    }

    /// Gives out the batches of the wave.
    fn finish<R>(
        self,
        label: &str,
        columns: &Columns,
        reading: &mut Reading<'_, R>,
    ) -> Result<Wave, ReadError> {
        let items = (self.yes_no, self.values.into_iter().map(Values::into_number).collect());
        let wave = Wave::finish(self.people, label, items, columns, &mut reading.problems);
        for start in (0..self.all.len()).step_by(Batch::ROWS) {
            if reading.problems.is_empty() {
                let batch = rows(&self.all, start, self.all.len().min(start + Batch::ROWS));
                (reading.sink)(label, batch).map_err(ReadError::Sink)?;
            }
        }
        Ok(wave)
    }
}

/// The rows from `start` to `end` of a batch.
fn rows(all: &Batch, start: usize, end: usize) -> Batch {
    Batch {
        pseudonyms: all.pseudonyms[start..end].to_vec(),
        dimensions: all.dimensions.iter().map(|codes| codes[start..end].to_vec()).collect(),
        strata: all.strata[start..end].to_vec(),
        psus: all.psus.as_ref().map(|psus| psus[start..end].to_vec()),
        weights: all.weights.as_ref().map(|weights| weights[start..end].to_vec()),
        answers: all.answers.iter().map(|words| words[start..end].to_vec()).collect(),
        numbers: all.numbers.iter().map(|codes| codes[start..end].to_vec()).collect(),
    }
}

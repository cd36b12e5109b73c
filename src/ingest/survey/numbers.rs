//! Items that are answered with numbers: which they are, and their values coded by the dictionary of their wave.

use foldhash::{HashMap, HashMapExt};

use super::super::code::Code;
use super::super::dataset::Number;
use super::super::intake::NumberItem;
use super::super::problems::{Position, Problem};
use super::super::shown::quoted;
use super::row::Row;
use crate::codebook::{Answer, Item};

/// The most different values of one item.
const MAX_VALUES: usize = 1 << 20;
/// The largest magnitude of a value.
const LARGEST: f64 = 1e15;

/// Not asked, also where a tool wrote it as `-3.0`.
const NOT_ASKED: f64 = -3.0;

/// The values of one item in one wave.
#[derive(Debug)]
pub(super) struct Values {
    of: NumberItem,
    number: Number,
    codes: HashMap<u64, u32>,
    /// Where each value first stood, as far as they were read from cells.
    firsts: Vec<Position>,
    is_refused: bool,
}

impl Values {
    pub(super) fn new(of: &NumberItem) -> Self {
        let number = Number { item: of.item.clone(), values: Vec::new() };
        Self { of: of.clone(), number, codes: HashMap::new(), firsts: Vec::new(), is_refused: false }
    }

    /// The code of the number in a cell; what is wrong with it is noted.
    pub(super) fn read(&mut self, row: &mut Row<'_>, column: usize) -> Option<u32> {
        let cell = row.text(column);
        match Answer::parse(cell) {
            Some(Answer::NotAsked) => return Some(Number::NOT_ASKED),
            Some(Answer::Blank) => return Some(Number::BLANK),
            _ => {}
        }
        let number = cell.parse::<f64>().ok();
        if number.is_some_and(|number| (number - NOT_ASKED).abs() <= 0.0) {
            return Some(Number::NOT_ASKED);
        }
        let Some(value) = number.filter(|number| self.accepts(*number)) else {
            let message = format!("{} to {}", quoted(cell), self.number.item);
            let hint = match self.of.scale {
                Some((low, high)) => {
                    format!("answers are whole numbers from {low} to {high}, empty or (跳过)")
                }
                None => "answers are numbers such as 12 or 0.5, empty or (跳过)".to_owned(),
            };
            row.refuse(column, Code::BadNumber, format!("unknown answer {message}"), &hint);
            return None;
        };
        let code = self.code(value);
        if code.is_none() {
            let (message, hint) = too_many_values(&self.number.item);
            row.refuse(column, Code::TooManyValues, message, hint);
        }
        if self.firsts.len() < self.number.values.len() {
            self.firsts.push(row.cells.position(column));
        }
        code
    }

    /// Takes the values of the part of the file that follows. By its codes, the codes here; where there are too many, which
    /// is said once, any.
    pub(super) fn absorb(&mut self, part: Self, problems: &mut Vec<Problem>) -> Vec<u32> {
        let mut codes = vec![Number::NOT_ASKED, Number::BLANK];
        for (value, at) in part.number.values.into_iter().zip(part.firsts) {
            let code = self.code(value);
            if code.is_none() && !self.is_refused {
                self.is_refused = true;
                let (message, hint) = too_many_values(&self.number.item);
                problems.push(Problem::new(at, Code::TooManyValues, message).hint(hint));
            }
            codes.push(code.unwrap_or(Number::BLANK));
        }
        codes
    }

    /// The code of a value; `None` where there are too many.
    pub(super) fn code(&mut self, value: f64) -> Option<u32> {
        // The sum turns -0 into 0.
        let value = value + 0.0;
        if let Some(&code) = self.codes.get(&value.to_bits()) {
            return Some(code);
        }
        if self.number.values.len() == MAX_VALUES {
            return None;
        }
        let code = Number::FIRST + self.number.values.len() as u32;
        self.number.values.push(value);
        self.codes.insert(value.to_bits(), code);
        Some(code)
    }

    pub(super) fn item(&self) -> &Item {
        &self.number.item
    }

    fn accepts(&self, value: f64) -> bool {
        match self.of.scale {
            Some((low, high)) => {
                value.fract().abs() <= 0.0 && (f64::from(low)..=f64::from(high)).contains(&value)
            }
            None => value.abs() <= LARGEST,
        }
    }

    pub(super) fn into_number(self) -> Number {
        self.number
    }
}

/// What is wrong where an item has more values than the limit, and what to do.
pub(super) fn too_many_values(item: &Item) -> (String, &'static str) {
    let message = format!("more than {MAX_VALUES} different answers to {item}");
    (message, "round them, to whole minutes for example")
}

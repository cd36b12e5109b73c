//! A usage log: one row per event, or per user, day and item with a count, in any order. Out: a survey of users for every
//! period, as if each had been asked what they did: one row per user who was active, every item answered.
//!
//! A user is *active* in a period who did anything in it that the log tells of. `feature.action` is yes if the user did it
//! at least once, and `feature.action_events` is how often, 0 included. Segment, city and all other columns are those of
//! the user's last row in the period; who had others before is counted. Every user is a PSU.
//!
//! Memory: [`acts`] bounds what is kept of the rows; besides there are the items, and the combinations of levels.

mod acts;
mod time;
mod users;

use std::io::Read;

use foldhash::HashMap;

use crate::codebook::Item;

use self::acts::{Act, Acts};
pub(super) use self::time::Time;
use super::super::code::Code;
use super::super::intake::{Notice, ReadError, UsageOptions};
use super::super::records::MAX_COLUMNS;
use super::super::shown::quoted;
use super::columns::Columns;
use super::days::Days;
use super::people::{People, Person, RefusedCities};
use super::row::Row;
use super::{Reading, Wave};

/// Where the columns of an event stand.
#[derive(Debug, Clone, Copy)]
pub struct EventColumns {
    /// Of the feature.
    pub feature: usize,
    /// Of the action.
    pub action: usize,
    /// Of the day, or the second.
    pub time: usize,
    /// Of how many times; once, where there is none.
    pub count: Option<usize>,
}

/// The most that one row may count, so that sums stay whole in a double.
pub const MOST_EVENTS: u64 = 1_000_000_000;

/// A log as far as it is read.
struct Log {
    days: Days,
    people: People,
    acts: Acts,
    items: Items,
    places: Places,
    /// Rows that count 0.
    nothing: u64,
}

/// Items by their cells.
#[derive(Default)]
struct Items {
    items: Vec<Item>,
    by_cells: HashMap<String, u32>,
}

/// Combinations of levels, numbered as they appear.
#[derive(Default)]
struct Places {
    places: Vec<Vec<u16>>,
    numbers: HashMap<Vec<u16>, u32>,
}

impl Places {
    fn number(&mut self, levels: &[u16]) -> u32 {
        if let Some(&number) = self.numbers.get(levels) {
            return number;
        }
        let number = self.places.len() as u32;
        self.places.push(levels.to_vec());
        self.numbers.insert(levels.to_vec(), number);
        number
    }
}

/// Reads all rows. The result counts only if no problem was noted.
pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    of: EventColumns,
    options: UsageOptions,
) -> Result<Vec<Wave>, ReadError> {
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut log = Log {
        days: Days::new(options),
        people: People::new(columns),
        acts: Acts::new(Acts::MOST),
        items: Items::default(),
        places: Places::default(),
        nothing: 0,
    };
    let mut refused = RefusedCities::new();
    let mut person = Person::default();
    let mut name = String::new();
    while let Some(next) = reading.rows.next(&mut reading.problems).map_err(io)? {
        let mut row = Row::new(next.cells, &mut reading.problems);
        log.people.read(&mut row, columns, &mut refused, reading.pseudonym, &mut person);
        let item = log.items.read(&mut row, of, &mut name);
        let time = read_time(&mut row, of.time);
        let count = of.count.map_or(Some(1), |column| read_count(&mut row, column));
        let (Some(user), Some(item), Some(time), Some(count)) = (person.pseudonym, item, time, count) else {
            continue;
        };
        let Some(period) = log.place_in_time(&mut row, of.time, time, count) else { continue };
        if row.is_file_valid() {
            let place = log.places.number(&person.dimensions);
            let last = (time.seconds(), row.cells.line());
            log.acts.push(Act { period, user, item, count, last, place, moved: false }).map_err(io)?;
        }
    }
    log.notices(&mut reading.notices);
    if reading.problems.is_empty() { users::finish(log, reading) } else { Ok(Vec::new()) }
}

impl Items {
    /// The number of the row's item, whose name goes to `name`.
    fn read(&mut self, row: &mut Row<'_>, of: EventColumns, name: &mut String) -> Option<u32> {
        name.clear();
        name.extend([row.text(of.feature), ".", row.text(of.action)]);
        if let Some(&item) = self.by_cells.get(name.as_str()) {
            return Some(item);
        }
        let item = name.parse::<Item>();
        let (what, hint) = match item {
            Ok(item) if item.counts_events() => (
                format!("the action of {item} ends with {}", Item::EVENTS),
                "such names are given to counts of events",
            ),
            Ok(_) if self.items.len() >= MAX_COLUMNS => (
                format!("more than {MAX_COLUMNS} different items"),
                "is one of the columns feature and action free text?",
            ),
            Ok(item) => {
                let number = self.items.len() as u32;
                self.items.push(item);
                self.by_cells.insert(name.clone(), number);
                return Some(number);
            }
            Err(_) => (
                format!("{} is not an item", quoted(name)),
                "feature and action are written in a-z, 0-9 and _, such as moments and share",
            ),
        };
        let code = if self.items.len() >= MAX_COLUMNS { Code::TooManyItems } else { Code::BadItem };
        row.refuse(of.feature, code, what, hint);
        None
    }
}

impl Log {
    /// The number of the period that an event falls in; `None` where it is none that was asked for, or counts nothing.
    fn place_in_time(&mut self, row: &mut Row<'_>, column: usize, time: Time, count: u64) -> Option<i32> {
        if !self.days.take(time.day) {
            return None;
        }
        if count == 0 {
            self.nothing += 1;
            return None;
        }
        self.days.period(row, column, time.day)
    }

    fn notices(&self, notices: &mut Vec<Notice>) {
        notices.extend(self.days.notice());
        if self.nothing > 0 {
            notices.push(Notice::NoEvents { rows: self.nothing });
        }
    }
}

/// The time in a cell; what is wrong with it is noted.
pub(super) fn read_time(row: &mut Row<'_>, column: usize) -> Option<Time> {
    let cell = row.text(column);
    let time = Time::parse(cell);
    if time.is_none() {
        let what = if cell.is_empty() { "no time".to_owned() } else { format!("time {}", quoted(cell)) };
        row.refuse(column, Code::BadTime, what, Time::HINT);
    }
    time
}

/// The count in a cell; what is wrong with it is noted.
pub(super) fn read_count(row: &mut Row<'_>, column: usize) -> Option<u64> {
    let cell = row.text(column);
    let count = cell.parse().ok().filter(|count| *count <= MOST_EVENTS && !cell.starts_with('+'));
    if count.is_none() {
        let what = if cell.is_empty() { "no count".to_owned() } else { format!("count {}", quoted(cell)) };
        let hint = "a count is a whole number from 0 to 1000000000";
        row.refuse(column, Code::BadNumber, what, hint);
    }
    count
}

//! Statistics of official accounts' articles: one row per article, or per article and city. Out: a part for every period of
//! publication, whose rows are those of the file, whose items are counts, and whose PSUs are the articles.
//!
//! Refuses what cannot be: an article twice (in one city), an article whose rows disagree on when it was published or on
//! another column, more sharers than readers, and more people than times. A blank is a count that is not known, and no 0.

use std::collections::BTreeMap;
use std::io::Read;

use foldhash::HashMap;

use crate::codebook::Item;

use super::super::code::Code;
use super::super::dataset::{Batch, Number, Usage, UsageOf};
use super::super::intake::{NumberItem, ReadError, UsageOptions};
use super::super::period::Day;
use super::columns::Columns;
use super::days::{Covered, Days};
use super::numbers::{Values, too_many_values};
use super::people::{People, Person, RefusedCities, append};
use super::row::Row;
use super::usage::{Time, read_count, read_time};
use super::{Reading, Wave};

/// Where the columns of an article stand.
#[derive(Debug)]
pub(super) struct ArticleColumns {
    pub(super) published: usize,
    /// Those of counts, by what they count.
    pub(super) counts: Vec<(usize, &'static str)>,
}

/// The feature whose counts these are.
const FEATURE: &str = "articles";

/// What is at most as much as the other.
const AT_MOST: [[&str; 2]; 4] =
    [["sharers", "readers"], ["readers", "reads"], ["sharers", "shares"], ["finishers", "readers"]];

/// One period as far as it is read.
struct Period {
    people: People,
    batches: Vec<Batch>,
    values: Vec<Values>,
    reads: u64,
}

/// What the first row of an article says.
struct First {
    line: u64,
    day: Day,
    /// All levels but the city.
    levels: Vec<u16>,
    /// The lines of its rows by city.
    cities: BTreeMap<u16, u64>,
}

/// Reads all rows. The result counts only if no problem was noted.
pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    of: &ArticleColumns,
    options: UsageOptions,
) -> Result<Vec<Wave>, ReadError> {
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut days = Days::new(options);
    let mut periods: BTreeMap<i32, Period> = BTreeMap::new();
    let mut articles: HashMap<u128, First> = HashMap::default();
    let mut refused = RefusedCities::new();
    let mut person = Person::default();
    // Rows of one article are compared by levels that are numbered over the whole file.
    let mut all = People::new(columns);
    while let Some(next) = reading.rows.next(&mut reading.problems).map_err(io)? {
        let mut row = Row::new(next.cells, &mut reading.problems);
        all.read(&mut row, columns, &mut refused, reading.pseudonym, &mut person);
        let time = read_time(&mut row, of.published);
        let counts = of.read(&mut row);
        let (Some(Time { day, .. }), Some(article)) = (time, person.pseudonym) else { continue };
        if row.is_valid() {
            let first = articles.entry(article).or_insert_with(|| First::new(&row, columns, &person, day));
            first.compare(&mut row, columns, of, &person, day);
        }
        if !row.is_valid() || !days.take(day) {
            continue;
        }
        let Some(period) = days.period(&mut row, of.published, day) else { continue };
        let period = periods.entry(period).or_insert_with(|| Period::new(columns, of));
        period.people.read(&mut row, columns, &mut refused, reading.pseudonym, &mut person);
        if row.is_file_valid() {
            period.add(&mut row, &person, columns, of, &counts);
        }
    }
    reading.notices.extend(days.notice());
    let periods = periods.into_iter();
    periods.map(|(first, period)| period.finish(days.covered(first), columns, reading)).collect()
}

impl ArticleColumns {
    /// The counts of a row in their order, `None` where one is not known; what is wrong with them is noted.
    fn read(&self, row: &mut Row<'_>) -> Vec<Option<u64>> {
        let read = |&(column, _): &(usize, _)| {
            (!row.text(column).is_empty()).then(|| read_count(row, column)).flatten()
        };
        let counts: Vec<Option<u64>> = self.counts.iter().map(read).collect();
        for [few, many] in AT_MOST {
            let (Some(few), Some(many)) = (self.place(few), self.place(many)) else { continue };
            if let (Some(less), Some(more)) = (counts[few], counts[many])
                && less > more
            {
                let [(column, few), (_, many)] = [self.counts[few], self.counts[many]];
                let message = format!("{few} {less}, and {many} {more}");
                let hint = "whoever shares has read, and nobody does a thing less than once";
                row.refuse(column, Code::BadNumber, message, hint);
            }
        }
        counts
    }

    fn place(&self, count: &str) -> Option<usize> {
        self.counts.iter().position(|(_, name)| *name == count)
    }
}

/// The levels of an article but for the city, and the city.
fn levels(columns: &Columns, person: &Person) -> (Vec<u16>, u16) {
    match person.dimensions.split_first() {
        Some((&city, others)) if columns.city.is_some() => (others.to_vec(), city),
        _ => (person.dimensions.clone(), 0),
    }
}

impl First {
    fn new(row: &Row<'_>, columns: &Columns, person: &Person, day: Day) -> Self {
        let (levels, _) = levels(columns, person);
        Self { line: row.cells.line(), day, levels, cities: BTreeMap::new() }
    }

    /// Takes a row of the article, which must say the same of it and be the first of its city.
    fn compare(
        &mut self,
        row: &mut Row<'_>,
        columns: &Columns,
        of: &ArticleColumns,
        person: &Person,
        day: Day,
    ) {
        let (levels, city) = levels(columns, person);
        let differs =
            |name: &str| format!("{name} differs from line {}, the first row of this article", self.line);
        let hint = "all rows of an article agree in all but the city and the counts";
        if day != self.day {
            row.refuse(of.published, Code::RespondentDiffers, differs("published"), hint);
        }
        let others = columns.dimensions.iter().zip(levels.iter().zip(&self.levels));
        for ((column, name), _) in others.filter(|(_, (own, first))| own != first) {
            row.refuse(*column, Code::RespondentDiffers, differs(name), hint);
        }
        let line = row.cells.line();
        if let Some(before) = self.cities.insert(city, line) {
            let place = if columns.city.is_some() { " with this city" } else { "" };
            let message = format!("this article_id stands in line {before}{place} already");
            row.refuse(
                columns.id,
                Code::DuplicateId,
                message,
                "an article has one row, or one for every city",
            );
        }
    }
}

impl Period {
    fn new(columns: &Columns, of: &ArticleColumns) -> Self {
        let number = |(_, count): &(usize, &'static str)| {
            let item = Item { feature: FEATURE.to_owned(), action: (*count).to_owned() };
            Values::new(&NumberItem { item, scale: None })
        };
        Self {
            people: People::new(columns),
            batches: vec![Batch::default()],
            values: of.counts.iter().map(number).collect(),
            reads: 0,
        }
    }

    fn add(
        &mut self,
        row: &mut Row<'_>,
        person: &Person,
        columns: &Columns,
        of: &ArticleColumns,
        counts: &[Option<u64>],
    ) {
        self.people.count(person);
        if self.batches.last().is_none_or(|batch| batch.len() == Batch::ROWS) {
            self.batches.push(Batch::default());
        }
        let Some(batch) = self.batches.last_mut() else { return };
        append(batch, person, columns);
        batch.numbers.resize_with(counts.len(), Vec::new);
        let numbers = batch.numbers.iter_mut().zip(&mut self.values).zip(counts).zip(&of.counts);
        for (((codes, values), count), (column, _)) in numbers {
            let code = count.map_or(Some(Number::BLANK), |count| values.code(count as f64));
            if code.is_none() {
                let (message, hint) = too_many_values(values.item());
                row.refuse(*column, Code::TooManyValues, message, hint);
            }
            codes.push(code.unwrap_or(Number::BLANK));
        }
        self.reads += of.place("reads").and_then(|reads| counts[reads]).unwrap_or_default();
    }

    fn finish<R: Read>(
        self,
        covered: Covered,
        columns: &Columns,
        reading: &mut Reading<'_, R>,
    ) -> Result<Wave, ReadError> {
        reading.notices.extend(covered.notice());
        let Covered { label, period, from, to, is_partial } = covered;
        let numbers = self.values.into_iter().map(Values::into_number).collect();
        let mut wave =
            Wave::finish(self.people, &label, (Vec::new(), numbers), columns, &mut reading.problems);
        let (events, movers, export) = (self.reads, 0, reading.rows.export());
        wave.schema.usage =
            Some(Usage { of: UsageOf::Articles, period, from, to, is_partial, events, movers, export });
        for batch in self.batches {
            if reading.problems.is_empty() {
                (reading.sink)(&label, batch).map_err(ReadError::Sink)?;
            }
        }
        Ok(wave)
    }
}

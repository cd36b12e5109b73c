//! Events of people at stages, in any order → their ways. Of several events at one stage the first counts. Memory grows with
//! the people, not with the events.

use std::io::Read;

use foldhash::HashMap;

use super::super::super::dataset::{Funnel, FunnelOf};
use super::super::super::intake::{Notice, ReadError};
use super::super::super::period::Day;
use super::super::columns::Columns;
use super::super::people::{People, Person, RefusedCities};
use super::super::row::Row;
use super::super::usage::{Time, read_time};
use super::super::{Reading, Wave};
use super::{FunnelColumns, Way, Ways};

/// What is known of one person's way in one model.
struct Seen {
    person: u32,
    pseudonym: u128,
    /// Second and line of the last event.
    last: (i64, u64),
    /// As of the last event.
    levels: Vec<u16>,
    moved: bool,
    /// The first time at each stage, and of a return.
    first: Vec<Option<i64>>,
}

/// All people and their ways, in the order in which they are first seen.
#[derive(Default)]
struct Crowd {
    people: HashMap<u128, u32>,
    ways: HashMap<(u32, u16), usize>,
    seen: Vec<Seen>,
    days: Option<(Day, Day)>,
    repeated: u64,
}

/// What is out of the ordinary in ways.
#[derive(Default)]
struct Oddities {
    skipped: u64,
    disordered: u64,
    movers: u64,
}

pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    of: &FunnelColumns,
    time: usize,
) -> Result<Vec<Wave>, ReadError> {
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let model = usize::from(columns.segment.is_some()) + usize::from(columns.city.is_some());
    let mut people = People::new(columns);
    let mut refused = RefusedCities::new();
    let mut person = Person::default();
    let mut crowd = Crowd::default();
    while let Some(next) = reading.rows.next(&mut reading.problems).map_err(io)? {
        let mut row = Row::new(next.cells, &mut reading.problems);
        people.read(&mut row, columns, &mut refused, reading.pseudonym, &mut person);
        let stage = of.read(&mut row);
        let time = read_time(&mut row, time);
        if let (Some(pseudonym), Some(stage), Some(time), true) =
            (person.pseudonym, stage, time, row.is_file_valid())
        {
            let stages = of.stages.all().count();
            crowd.add((pseudonym, &person.dimensions, model), (stage, stages), time, row.cells.line());
        }
    }
    if !reading.problems.is_empty() || crowd.seen.is_empty() {
        return Ok(Vec::new());
    }
    crowd.finish(people, columns, of, reading)
}

impl Crowd {
    /// Takes an event: who, at which of so many stages, when, in which line.
    fn add(
        &mut self,
        (pseudonym, levels, model): (u128, &[u16], usize),
        (stage, stages): (usize, usize),
        time: Time,
        line: u64,
    ) {
        let (first, last) = self.days.unwrap_or((time.day, time.day));
        self.days = Some((first.min(time.day), last.max(time.day)));
        let next = self.people.len() as u32;
        let person = *self.people.entry(pseudonym).or_insert(next);
        let (next, last) = (self.seen.len(), (time.seconds(), line));
        let way = *self.ways.entry((person, levels[model])).or_insert(next);
        if way == next {
            let levels = levels.to_vec();
            self.seen.push(Seen { person, pseudonym, last, levels, moved: false, first: vec![None; stages] });
        }
        let seen = &mut self.seen[way];
        seen.moved |= seen.levels != levels;
        if last > seen.last {
            (seen.last, seen.levels) = (last, levels.to_vec());
        }
        let first = &mut seen.first[stage];
        self.repeated += u64::from(first.is_some());
        *first = Some(first.map_or(last.0, |first| first.min(last.0)));
    }

    fn finish<R: Read>(
        self,
        mut people: People,
        columns: &Columns,
        of: &FunnelColumns,
        reading: &mut Reading<'_, R>,
    ) -> Result<Vec<Wave>, ReadError> {
        let several = self.seen.len() > self.people.len();
        let mut pseudonyms = vec![0; if several { self.people.len() } else { 0 }];
        let mut ways = Ways::new(&of.stages, true);
        let mut odd = Oddities::default();
        let person = Person { weight: 1.0, ..Person::default() };
        for seen in self.seen {
            people.count(&person);
            if several {
                pseudonyms[seen.person as usize] = seen.pseudonym as u64;
            }
            let psu = several.then_some(seen.person);
            ways.add(&odd.way(seen, psu, of.stages.order().len()), reading)?;
        }
        let Oddities { skipped, disordered, movers } = odd;
        let repeated = self.repeated;
        let notices = [
            (repeated, Notice::RepeatedStages { events: repeated }),
            (skipped, Notice::SkippedStages { stages: skipped }),
            (disordered, Notice::DisorderedStages { stages: disordered }),
        ];
        reading.notices.extend(notices.into_iter().filter(|(count, _)| *count > 0).map(|(_, notice)| notice));
        let (from, to) = self.days.unwrap_or_default();
        let of_events = FunnelOf::Events { from, to, repeated, skipped, disordered, movers };
        let count = self.people.len() as u64;
        let funnel = Funnel { stages: of.stages.clone(), people: count, of: of_events };
        ways.finish(people, columns, funnel, several.then_some(pseudonyms), reading)
    }
}

impl Oddities {
    /// The way of somebody who was seen at some of so many stages, the return not counted among them.
    fn way(&mut self, seen: Seen, psu: Option<u32>, stages: usize) -> Way {
        let Seen { pseudonym, levels, moved, first, .. } = seen;
        let returned = first.get(stages).copied().flatten().is_some();
        let last_seen = first.iter().rposition(Option::is_some).unwrap_or_default();
        let furthest = last_seen.min(stages - 1);
        self.movers += u64::from(moved);
        self.skipped += first[..=last_seen].iter().filter(|time| time.is_none()).count() as u64;
        let is_before =
            |place: usize| first[..place].iter().flatten().any(|earlier| first[place] < Some(*earlier));
        let known = (1..first.len()).filter(|&place| first[place].is_some());
        self.disordered += known.filter(|&place| is_before(place)).count() as u64;
        let wait = |pair: &[Option<i64>]| Some(pair[1]? - pair[0]?).filter(|seconds| *seconds >= 0);
        let waits = first.windows(2).map(wait).collect();
        Way { pseudonym, levels, psu, furthest, returned, waits }
    }
}

//! Counts of people by stage → as many ways. Of these people nothing else is known: they count as drawn at random.

use std::collections::BTreeMap;
use std::io::Read;

use super::super::super::code::Code;
use super::super::super::dataset::{Funnel, FunnelOf};
use super::super::super::intake::ReadError;
use super::super::super::problems::{Position, Problem};
use super::super::columns::Columns;
use super::super::people::{People, Person, RefusedCities};
use super::super::row::Row;
use super::super::usage::read_count;
use super::super::{Reading, Wave};
use super::{FunnelColumns, Way, Ways};

/// The most people that a file may stand for.
const MOST_PEOPLE: u64 = 10_000_000;

/// The people of one model, segment and city, by stage: how many, and where that stands.
struct Counted {
    /// Where the first row begins.
    at: Position,
    stages: Vec<Option<(u64, Position)>>,
}

pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    of: &FunnelColumns,
    actors: usize,
) -> Result<Vec<Wave>, ReadError> {
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut people = People::new(columns);
    let mut refused = RefusedCities::new();
    let mut person = Person { weight: 1.0, ..Person::default() };
    let mut all: BTreeMap<Vec<u16>, Counted> = BTreeMap::new();
    let stages = of.stages.all().count();
    while let Some(next) = reading.rows.next(&mut reading.problems).map_err(io)? {
        let mut row = Row::new(next.cells, &mut reading.problems);
        people.read_levels(&mut row, columns, &mut refused, &mut person);
        let (stage, count) = (of.read(&mut row), read_count(&mut row, actors));
        let (Some(stage), Some(count), true) = (stage, count, row.is_valid()) else { continue };
        let at = row.cells.position(of.model);
        let new = || Counted { at, stages: vec![None; stages] };
        let counted = all.entry(person.dimensions.clone()).or_insert_with(new);
        match &mut counted.stages[stage] {
            Some((_, first)) => {
                let message = format!("this stage stands in line {} already", first.line);
                let hint = "each stage has one row for every model, segment and city";
                row.refuse(of.stage, Code::MissingStage, message, hint);
            }
            none => *none = Some((count, row.cells.position(actors))),
        }
    }
    let sound: Vec<(Vec<u16>, Vec<u64>)> =
        all.into_iter().filter_map(|(levels, counted)| Some((levels, counted.check(of, reading)?))).collect();
    let total: u64 = sound.iter().map(|(_, counts)| counts[0]).sum();
    if total > MOST_PEOPLE {
        let message = format!("the counts stand for {total} people, more than {MOST_PEOPLE}");
        let hint = "split the file, by city for example, and look at its parts";
        reading.problems.add(Problem::new(Position::START, Code::TooManyPeople, message).hint(hint));
    }
    if !reading.problems.is_empty() || total == 0 {
        return Ok(Vec::new());
    }
    let mut ways = Ways::new(&of.stages, false);
    let last = of.stages.order().len() - 1;
    let mut pseudonym = 0;
    for (levels, counts) in sound {
        let returned = counts.get(last + 1).copied().unwrap_or_default();
        for number in 0..counts[0] {
            let furthest = counts[..=last].iter().rposition(|&count| number < count).unwrap_or_default();
            people.count(&person);
            let way = Way {
                pseudonym,
                levels: levels.clone(),
                psu: None,
                furthest,
                returned: number < returned,
                waits: Vec::new(),
            };
            ways.add(&way, reading)?;
            pseudonym += 1;
        }
    }
    let funnel = Funnel { stages: of.stages.clone(), people: total, of: FunnelOf::Counts };
    ways.finish(people, columns, funnel, None, reading)
}

impl Counted {
    /// How many reached each stage; `None` where that is not told or cannot be, which is noted.
    fn check<R>(self, of: &FunnelColumns, reading: &mut Reading<'_, R>) -> Option<Vec<u64>> {
        let missing: Vec<&str> = of
            .stages
            .all()
            .zip(&self.stages)
            .filter(|(_, count)| count.is_none())
            .map(|(stage, _)| stage)
            .collect();
        if !missing.is_empty() {
            let message = format!("no row for {} of this model, segment and city", missing.join(", "));
            let hint = "a stage that nobody reached has a row with 0";
            reading.problems.add(Problem::new(self.at, Code::MissingStage, message).hint(hint));
            return None;
        }
        let counts: Vec<(u64, Position)> = self.stages.into_iter().flatten().collect();
        let names: Vec<&str> = of.stages.all().collect();
        let mut nests = true;
        for (place, [(before, _), (count, at)]) in counts.array_windows().enumerate() {
            if count > before {
                nests = false;
                let message = format!("{} {count}, and {} {before}", names[place + 1], names[place]);
                let hint = "nobody reaches a stage who did not reach the one before";
                reading.problems.add(Problem::new(*at, Code::NotNested, message).hint(hint));
            }
        }
        nests.then(|| counts.into_iter().map(|(count, _)| count).collect())
    }
}

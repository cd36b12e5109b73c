//! Funnels: how far people got through declared stages, from events or from nested counts. Out: a survey of *ways*, one row
//! for each person and model, as if each had been asked how far they got.
//!
//! `stage.reached` is yes for who is seen at the stage or at a later one, so that stages nest. `stage.wait` is the seconds
//! from the first time at the stage before to the first time at this one: not asked of those who did not get there, blank
//! where one of the two was not seen or the order was another. What undoes the last stage (`return.reached`) is asked of
//! those who reached it. A person who went several ways is one PSU.
//!
//! Refuses stages that are not declared, counts without a stage or with one twice, and a stage that more people reached
//! than the one before.

mod counts;
mod events;

use std::io::Read;

use crate::codebook::{Answer, Stages};

use super::super::code::Code;
use super::super::dataset::{Batch, Funnel, Number};
use super::super::intake::{NumberItem, ReadError};
use super::super::problems::{Position, Problem};
use super::super::shown::quoted;
use super::columns::Columns;
use super::numbers::{Values, too_many_values};
use super::people::People;
use super::row::Row;
use super::{Reading, Wave};

/// Where the columns of a funnel stand, and its stages.
#[derive(Debug)]
pub(super) struct FunnelColumns {
    pub(super) model: usize,
    pub(super) stage: usize,
    pub(super) of: FunnelRows,
    pub(super) stages: Stages,
}

/// What a row of a funnel is.
#[derive(Debug, Clone, Copy)]
pub(super) enum FunnelRows {
    /// An event, with the column of its time.
    Events(usize),
    /// A stage, with the column of how many people reached it.
    Counts(usize),
}

/// How far somebody got.
#[derive(Debug, Clone, Default)]
struct Way {
    pseudonym: u128,
    levels: Vec<u16>,
    psu: Option<u32>,
    /// The last stage that counts as reached.
    furthest: usize,
    returned: bool,
    /// Seconds to each stage but the first, and to the return, where they are known; empty where no file tells times.
    waits: Vec<Option<i64>>,
}

/// Ways on their way to the sink.
struct Ways<'f> {
    stages: &'f Stages,
    values: Vec<Values>,
    batch: Batch,
}

/// Reads all rows. The result counts only if no problem was noted.
pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    of: &FunnelColumns,
) -> Result<Vec<Wave>, ReadError> {
    match of.of {
        FunnelRows::Events(time) => events::read(reading, columns, of, time),
        FunnelRows::Counts(actors) => counts::read(reading, columns, of, actors),
    }
}

impl FunnelColumns {
    /// The place of the row's stage, that of a return behind the last; what is wrong with its cells is noted.
    fn read(&self, row: &mut Row<'_>) -> Option<usize> {
        if row.text(self.model).is_empty() {
            let hint = "every row needs a model, such as agent or maker";
            row.refuse(self.model, Code::EmptyModel, "no model".to_owned(), hint);
        }
        let cell = row.text(self.stage);
        let place = self.stages.all().position(|stage| stage == cell);
        if place.is_none() {
            let known = self.stages.all().collect::<Vec<_>>().join(", ");
            let what = if cell.is_empty() {
                "no stage".to_owned()
            } else {
                format!("unknown stage {}", quoted(cell))
            };
            row.refuse(self.stage, Code::UnknownStage, what, &format!("the stages are {known}"));
        }
        place
    }
}

impl<'f> Ways<'f> {
    fn new(stages: &'f Stages, has_times: bool) -> Self {
        let values = |stage: &str| Values::new(&NumberItem { item: Stages::wait(stage), scale: None });
        let waited: Vec<Values> = stages.all().skip(1).map(values).collect();
        Self { stages, values: if has_times { waited } else { Vec::new() }, batch: Batch::default() }
    }

    /// Takes one way, and gives out a batch that is full.
    fn add<R>(&mut self, way: &Way, reading: &mut Reading<'_, R>) -> Result<(), ReadError> {
        let batch = &mut self.batch;
        batch.pseudonyms.push(way.pseudonym);
        batch.strata.push(0);
        if let Some(psu) = way.psu {
            batch.psus.get_or_insert_default().push(psu);
        }
        batch.dimensions.resize_with(way.levels.len(), Vec::new);
        batch.dimensions.iter_mut().zip(&way.levels).for_each(|(codes, &code)| codes.push(code));
        let last = self.stages.order().len() - 1;
        let answers: Vec<Answer> =
            (0..self.stages.all().count()).map(|stage| way.answer(stage, last)).collect();
        batch.answers.resize_with(answers.len().div_ceil(Answer::PER_WORD), Vec::new);
        for (words, answers) in batch.answers.iter_mut().zip(answers.chunks(Answer::PER_WORD)) {
            let slots = answers.iter().enumerate();
            words.push(slots.fold(0, |word, (slot, &answer)| word | (answer as u64) << (2 * slot)));
        }
        batch.numbers.resize_with(self.values.len(), Vec::new);
        for (place, (codes, values)) in batch.numbers.iter_mut().zip(&mut self.values).enumerate() {
            let code = match (way.answer(place + 1, last), way.waits.get(place).copied().flatten()) {
                (Answer::Yes, Some(seconds)) => values.code(rounded(seconds) as f64),
                (Answer::Yes, None) => Some(Number::BLANK),
                _ => Some(Number::NOT_ASKED),
            };
            if code.is_none() {
                let (message, hint) = too_many_values(values.item());
                reading.problems.add(Problem::new(Position::START, Code::TooManyValues, message).hint(hint));
            }
            codes.push(code.unwrap_or(Number::BLANK));
        }
        if self.batch.len() == Batch::ROWS { self.give(reading) } else { Ok(()) }
    }

    fn give<R>(&mut self, reading: &mut Reading<'_, R>) -> Result<(), ReadError> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() || !reading.problems.is_empty() {
            return Ok(());
        }
        (reading.sink)(reading.wave.trim(), batch).map_err(ReadError::Sink)
    }

    /// The funnel, when all its ways are in.
    fn finish<R>(
        mut self,
        people: People,
        columns: &Columns,
        funnel: Funnel,
        psus: Option<Vec<u64>>,
        reading: &mut Reading<'_, R>,
    ) -> Result<Vec<Wave>, ReadError> {
        self.give(reading)?;
        let items = self.stages.all().map(Stages::reached).collect();
        let numbers = self.values.into_iter().map(Values::into_number).collect();
        let wave = reading.wave.trim();
        let mut wave = Wave::finish(people, wave, (items, numbers), columns, &mut reading.problems);
        wave.schema.psus = psus;
        wave.schema.funnel = Some(funnel);
        Ok(vec![wave])
    }
}

impl Way {
    /// Whether somebody reached a stage; a return is asked of those who reached the last.
    fn answer(&self, stage: usize, last: usize) -> Answer {
        let yes = |is_yes| if is_yes { Answer::Yes } else { Answer::No };
        match stage {
            stage if stage <= last => yes(stage <= self.furthest),
            _ if self.furthest < last => Answer::NotAsked,
            _ => yes(self.returned),
        }
    }
}

/// Whole seconds below an hour, whole minutes above, so that two years of them are few enough to be told apart.
fn rounded(seconds: i64) -> i64 {
    if seconds < 3600 { seconds } else { seconds / 60 * 60 }
}

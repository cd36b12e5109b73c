//! Sorted acts → users of every period, in batches, and what is said of each period.

use std::io::Read;

use crate::codebook::{Answer, Item};

use super::super::super::dataset::{Batch, Dimension, Schema, Stratum, Usage, UsageOf};
use super::super::super::intake::{NumberItem, ReadError};
use super::super::super::problems::{Position, Problem};
use super::super::days::Covered;
use super::super::levels::Levels;
use super::super::numbers::{Values, too_many_values};
use super::super::{Reading, Wave, is_personal_level};
use super::acts::Act;
use super::{Code, Log};

/// One period as far as its users are known.
struct Users {
    covered: Covered,
    events: u64,
    movers: u64,
    /// How the levels of the whole log are numbered among those of this period.
    levels: Vec<Levels>,
    values: Vec<Values>,
    batch: Batch,
    count: u64,
}

/// What one user did in one period.
struct User {
    period: i32,
    pseudonym: u128,
    /// By item.
    counts: Vec<u64>,
    last: (i64, u64),
    place: u32,
    moved: bool,
}

impl User {
    fn new(act: &Act, items: usize) -> Self {
        let Act { period, user: pseudonym, last, place, .. } = *act;
        Self { period, pseudonym, counts: vec![0; items], last, place, moved: false }
    }

    fn add(&mut self, act: &Act) {
        self.counts[act.item as usize] += act.count;
        self.moved |= act.moved || act.place != self.place;
        if act.last > self.last {
            (self.last, self.place) = (act.last, act.place);
        }
    }
}

/// Gives out the users of all periods, one period after the other.
pub(super) fn finish<R: Read>(log: Log, reading: &mut Reading<'_, R>) -> Result<Vec<Wave>, ReadError> {
    let Log { people, acts, items, places, days, .. } = log;
    let file = reading.file;
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let known = people.dimensions();
    let mut acts = acts.into_sorted().map_err(io)?;
    let mut waves = Vec::new();
    let mut period: Option<Users> = None;
    let mut user: Option<User> = None;
    loop {
        let act = acts.next().map_err(io)?;
        let is_same =
            |user: &User| act.is_some_and(|act| (act.period, act.user) == (user.period, user.pseudonym));
        if let Some(done) = user.take_if(|user| !is_same(user)) {
            let users = match &mut period {
                Some(users) => users,
                none => none.insert(Users::new(&known, &items.items, days.covered(done.period))),
            };
            users.add(&done, &places.places[done.place as usize], &known, reading)?;
            if act.is_none_or(|act| act.period != done.period) {
                waves.extend(
                    period.take().map(|users| users.finish(&items.items, people.is_synthetic(), reading)),
                );
            }
        }
        let Some(act) = act else { break };
        user.get_or_insert_with(|| User::new(&act, items.items.len())).add(&act);
    }
    waves.into_iter().collect()
}

impl Users {
    fn new(known: &[&Levels], items: &[Item], covered: Covered) -> Self {
        let events = |item: &Item| Values::new(&NumberItem { item: item.events(), scale: None });
        Self {
            covered,
            events: 0,
            movers: 0,
            levels: known.iter().map(|levels| Levels::new(levels.name())).collect(),
            values: items.iter().map(events).collect(),
            batch: Batch::default(),
            count: 0,
        }
    }

    /// Takes one user, and gives out a batch that is full.
    fn add<R>(
        &mut self,
        user: &User,
        place: &[u16],
        known: &[&Levels],
        reading: &mut Reading<'_, R>,
    ) -> Result<(), ReadError> {
        self.count += 1;
        self.events += user.counts.iter().sum::<u64>();
        self.movers += u64::from(user.moved);
        let batch = &mut self.batch;
        batch.pseudonyms.push(user.pseudonym);
        batch.strata.push(0);
        batch.dimensions.resize_with(place.len(), Vec::new);
        for (((codes, levels), known), &code) in
            batch.dimensions.iter_mut().zip(&mut self.levels).zip(known).zip(place)
        {
            let key = &known.keys()[usize::from(code)];
            // A period has no more levels than the log.
            codes.push(levels.get(key).or_else(|| levels.add(key, key).ok()).unwrap_or_default());
        }
        batch.answers.resize_with(user.counts.len().div_ceil(Answer::PER_WORD), Vec::new);
        for (words, counts) in batch.answers.iter_mut().zip(user.counts.chunks(Answer::PER_WORD)) {
            let answer = |count: u64| if count > 0 { Answer::Yes } else { Answer::No };
            let slots = counts.iter().enumerate();
            words.push(slots.fold(0, |word, (slot, &count)| word | (answer(count) as u64) << (2 * slot)));
        }
        batch.numbers.resize_with(user.counts.len(), Vec::new);
        for ((codes, values), &count) in batch.numbers.iter_mut().zip(&mut self.values).zip(&user.counts) {
            let code = values.code(count as f64);
            if code.is_none() {
                let (message, hint) = too_many_values(values.item());
                reading.problems.add(Problem::new(Position::START, Code::TooManyValues, message).hint(hint));
            }
            codes.push(code.unwrap_or_default());
        }
        if self.batch.len() == Batch::ROWS { self.give(reading) } else { Ok(()) }
    }

    fn give<R>(&mut self, reading: &mut Reading<'_, R>) -> Result<(), ReadError> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() || !reading.problems.is_empty() {
            return Ok(());
        }
        (reading.sink)(&self.covered.label, batch).map_err(ReadError::Sink)
    }

    fn finish<R>(
        mut self,
        items: &[Item],
        is_synthetic: bool,
        reading: &mut Reading<'_, R>,
    ) -> Result<Wave, ReadError> {
        self.give(reading)?;
        reading.notices.extend(self.covered.notice());
        let is_other = |levels: &&Levels| !["segment", "city"].contains(&levels.name());
        let is_suspect = |levels: &&Levels| levels.keys().iter().any(|key| is_personal_level(key));
        let suspects = self.levels.iter().filter(is_other).filter(is_suspect);
        let suspects = suspects.map(|levels| levels.name().to_owned()).collect();
        let dimensions: Vec<Dimension> = self.levels.into_iter().map(Levels::into_dimension).collect();
        let Covered { label, period, from, to, is_partial } = self.covered;
        let (events, movers) = (self.events, self.movers);
        let schema = Schema {
            wave: label,
            dimensions,
            items: items.to_vec(),
            numbers: self.values.into_iter().map(Values::into_number).collect(),
            strata: vec![Stratum { label: String::new(), fpc: None }],
            stratified: false,
            psus: None,
            max_weight: None,
            synthetic: is_synthetic,
            respondents: self.count,
            left_out: Vec::new(),
            usage: Some(Usage {
                of: UsageOf::Users,
                period,
                from,
                to,
                is_partial,
                events,
                movers,
                export: None,
            }),
            funnel: None,
        };
        Ok(Wave { schema, suspects })
    }
}

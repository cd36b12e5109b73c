//! Wide files: one row per respondent, one column of answers per item.
//!
//! A file is read in [parts](Part), by all threads where its rows need no mapping, and the parts are joined in their order: so
//! neither the respondents and their codes nor the problems depend on how many threads there are or where parts end. Nothing
//! is kept but a batch per wave and 16 bytes per respondent, for duplicates.

use std::cell::RefCell;
use std::io::Read;
use std::mem::take;

use super::super::dataset::{Batch, LeftOut, Screening};
use super::super::in_order::{Go, in_order};
use super::super::intake::ReadError;
use super::super::problems::{Problem, Problems};
use super::columns::{Columns, WideItems};
use super::numbers::Values;
use super::part::{Part, PartWave, Plan, ShortAnswers, Walkthrough, walk_through};
use super::people::People;
use super::seen::AllSeen;
use super::waves::{Waves, too_many_waves};
use super::{Reading, Sink, Wave};

/// One wave of a wide file, as far as it is read.
struct WideWave {
    people: People,
    batch: Batch,
    seen: AllSeen,
    /// By column of numbers.
    values: Vec<Values>,
    /// How many rows each rule left out.
    left_out: Vec<u64>,
}

/// A wide file, as far as its parts are joined.
struct Wide<'a> {
    plan: &'a Plan<'a>,
    waves: Waves<WideWave>,
    /// Whether it was said that there are too many waves.
    has_too_many_waves: bool,
}

/// Reads all rows. The result counts only if no problem was noted.
pub(super) fn read<R: Read>(
    reading: &mut Reading<'_, R>,
    columns: &Columns,
    items: &WideItems,
) -> Result<Vec<Wave>, ReadError> {
    let (file, rules) = (reading.file, reading.rows.rules());
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let plan = Plan {
        columns,
        items,
        pseudonym: reading.pseudonym,
        wave: reading.wave,
        rules: rules.len(),
        short: ShortAnswers::new(),
    };
    let mut wide = Wide { plan: &plan, waves: Waves::new(reading.wave), has_too_many_waves: false };
    let Reading { rows, problems, sink, threads, .. } = reading;
    if rows.mapped.is_none() {
        let (mut walked, spares) = (None, RefCell::new(Vec::new()));
        let records = &mut rows.records;
        in_order(
            *threads,
            || records.next_walk(spares.borrow_mut().pop().unwrap_or_default()).map_err(io),
            |walk| walk_through(&plan, file, walk),
            |Walkthrough { parts, end, spare }| {
                walked = Some(end);
                spares.borrow_mut().push(spare);
                parts.into_iter().try_for_each(|part| wide.absorb(part, problems, sink))?;
                Ok(if end.is_over { Go::Stop } else { Go::On })
            },
        )?;
        if let Some(end) = walked {
            records.passed(end);
        }
    } else {
        let mut part = Part::new(&plan, file);
        while let Some(next) = rows.next(&mut part.problems).map_err(io)? {
            part.take(&plan, next.cells, next.left_out);
            if part.is_full() {
                wide.absorb(std::mem::replace(&mut part, Part::new(&plan, file)), problems, sink)?;
            }
        }
        wide.absorb(part, problems, sink)?;
    }
    finish(wide.waves, reading, &plan, &rules)
}

impl Wide<'_> {
    /// Takes the part that follows. Batches that are full go to `sink`.
    fn absorb(&mut self, part: Part, problems: &mut Problems, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        problems.absorb(part.problems);
        let plan = self.plan;
        let mut found = Vec::new();
        for (label, own) in part.waves.into_labelled() {
            let new = || WideWave {
                people: People::new(plan.columns),
                batch: Batch::default(),
                seen: AllSeen::new(),
                values: plan.items.numbers.iter().map(|(_, number)| Values::new(number)).collect(),
                left_out: vec![0; plan.rules],
            };
            if let Some(wave) = self.waves.named(&label, new) {
                let is_valid = problems.is_empty();
                wave.absorb(own, &mut found, |batch| {
                    if is_valid { sink(&label, batch).map_err(ReadError::Sink) } else { Ok(()) }
                })?;
            } else if !std::mem::replace(&mut self.has_too_many_waves, true) {
                found.push(too_many_waves(own.first));
            }
        }
        found.sort_by_key(|problem| problem.at);
        for problem in found {
            problems.add(problem);
        }
        Ok(())
    }
}

impl WideWave {
    /// Takes the rows of the part that follows. What only the whole wave shows to be wrong goes to `problems`, and batches
    /// that are full to `sink`.
    fn absorb(
        &mut self,
        part: PartWave,
        problems: &mut Vec<Problem>,
        mut sink: impl FnMut(Batch) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut codes = self.people.absorb(part.people, problems);
        for (stratum, fpc) in part.corrections {
            problems.extend(self.people.correct(codes.strata[stratum as usize], fpc).err());
        }
        for (values, part) in self.values.iter_mut().zip(part.values) {
            codes.numbers.push(values.absorb(part, problems));
        }
        self.seen.absorb(part.seen);
        for (count, more) in self.left_out.iter_mut().zip(part.left_out) {
            *count += more;
        }
        let mut from = 0;
        while from < part.batch.len() {
            let to = part.batch.len().min(from + Batch::ROWS - self.batch.len());
            codes.append(&part.batch, from..to, &mut self.batch);
            from = to;
            if self.batch.len() == Batch::ROWS {
                sink(take(&mut self.batch))?;
            }
        }
        Ok(())
    }
}

fn finish<R>(
    waves: Waves<WideWave>,
    reading: &mut Reading<'_, R>,
    plan: &Plan<'_>,
    rules: &[Screening],
) -> Result<Vec<Wave>, ReadError> {
    let (columns, items) = (plan.columns, plan.items);
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::super::{Pace, read_at};
    use super::*;
    use crate::ingest::{Dialect, NumberItem, Options, Schema};

    /// A file of several waves, strata and clusters, whose cells are all good, or mostly.
    fn table() -> impl Strategy<Value = String> {
        fn of(cells: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
            prop::sample::select(cells)
        }
        let who = (
            0..60_usize,
            of(&["expat", "Chinese", "chinese", ""]),
            of(&["Beijing", "\"北京\"", "Xi'an", "Nowhere"]),
        );
        let design =
            (of(&["1.5", "0", "2", "x"]), of(&["a", "b"]), of(&["p", "q", "r"]), of(&["40", "41", "0.5"]));
        let said = (
            of(&["2014", "2015"]),
            of(&["iOS", "\"a\nb\""]),
            of(&["1", "0", "", "-3", "maybe"]),
            of(&["3", "4", "9"]),
        );
        let row = (who, design, said, of(&["\n", "\r\n", "\n\n", ",more\n", "\"\n", "\u{7}\n"]));
        (prop::collection::vec(row, 0..60), any::<bool>()).prop_map(|(rows, is_good)| {
            let mut text = "respondent_id,segment,city,weight,stratum,psu,fpc,wave,os,a.b,c.d\n".to_owned();
            for (at, (who, design, said, end)) in rows.into_iter().enumerate() {
                let ((id, segment, city), (weight, stratum, psu, fpc), (wave, os, yes, number)) =
                    (who, design, said);
                let good = |cell: &'static str, bad: &str, instead: &'static str| {
                    if is_good && bad == cell { instead } else { cell }
                };
                let (id, fpc, end) = if is_good { (at, "40", "\n") } else { (id, fpc, end) };
                let (segment, city) = (good(segment, "", "expat"), good(city, "Nowhere", "Beijing"));
                let (weight, yes, number) =
                    (good(weight, "x", "1"), good(yes, "maybe", "1"), good(number, "9", "5"));
                text.push_str(&format!(
                    "{id},{segment},{city},{weight},{stratum},{psu},{fpc},{wave},{os},{yes},{number}{end}"
                ));
            }
            text
        })
    }

    /// All that reading gives.
    type Read = (Vec<Schema>, Vec<(String, Batch)>);

    /// What reading gives, or the problems.
    fn read(text: &str, piece: usize, threads: usize) -> Result<Read, String> {
        let item = "c.d".parse().unwrap();
        let options = Options {
            file: "f.csv".to_owned(),
            dialect: Dialect { encoding: Some("utf-8".parse().unwrap()), ..Dialect::default() },
            numbers: vec![NumberItem { item, scale: Some((1, 5)) }],
            ..Options::default()
        };
        let pseudonym =
            |id: &str| u128::from_be_bytes(*blake3::hash(id.as_bytes()).as_bytes().first_chunk().unwrap());
        let mut batches = Vec::new();
        let mut sink = |wave: &str, batch: Batch| {
            batches.push((wave.to_owned(), batch));
            Ok(())
        };
        let intake = read_at(Pace { piece, threads }, Cursor::new(text), &options, &pseudonym, &mut sink);
        intake.map(|intake| (intake.schemas, batches)).map_err(|error| error.to_string())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn neither_threads_nor_pieces_matter((text, piece) in (table(), 1..400_usize)) {
            let whole = read(&text, 1 << 20, 1);
            for threads in [1, 2, 5] {
                prop_assert_eq!(&read(&text, piece, threads), &whole, "{:?}", text);
            }
        }
    }
}

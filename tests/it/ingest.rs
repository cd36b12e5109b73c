//! Reading files: good ones become what they say, bad ones are refused with everything that is wrong in them.

mod fixtures;
mod forms;
mod funnel;
mod prefixes;
mod records;
mod usage;

use std::io::Cursor;

use wxstats::ingest::{Batch, Dataset, Intake, Options, ReadError, read_dataset};

/// Any pseudonym will do, as long as it is the same for the same id.
fn pseudonym(id: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(id.as_bytes()).as_bytes()[..16]);
    u128::from_be_bytes(bytes)
}

fn read(file: &str, bytes: &[u8]) -> Result<(Dataset, Intake), ReadError> {
    let options = Options { file: file.to_owned(), ..Options::default() };
    read_dataset(Cursor::new(bytes), &options, &pseudonym)
}

/// A respondent's cells in words, by wave: the wave, pseudonym, levels, design and answers.
fn people(dataset: &Dataset) -> Vec<String> {
    let mut people = Vec::new();
    for part in &dataset.parts {
        let schema = &part.schema;
        for batch in &part.batches {
            people.extend((0..batch.len()).map(|row| {
                let levels = schema.dimensions.iter().zip(&batch.dimensions);
                let levels: Vec<&str> =
                    levels.map(|(d, codes)| d.levels[usize::from(codes[row])].as_str()).collect();
                let stratum = &schema.strata[batch.strata[row] as usize].label;
                let psu = batch.psus.as_ref().map(|psus| psus[row]);
                let weight = batch.weights.as_ref().map(|weights| weights[row]);
                let person = format!("{:032x}", batch.pseudonyms[row]);
                let answers = answers(batch, row, schema.items.len());
                format!(
                    "{:?} {} {levels:?} {stratum:?} {psu:?} {weight:?} {answers}",
                    schema.wave,
                    &person[..8]
                )
            }));
        }
    }
    people
}

/// One letter per item: yes, no, blank, - for not asked.
fn answers(batch: &Batch, row: usize, items: usize) -> String {
    (0..items).map(|item| ['-', 'b', 'n', 'y'][batch.answer(row, item) as usize]).collect()
}

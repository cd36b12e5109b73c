//! One batch ⇄ the bytes of one Parquet object.
//!
//! Answers stay packed, 32 to a 64-bit word; levels, strata and PSUs are codes; a pseudonym is two words.

use std::io::Cursor;

use polars::prelude::*;

use crate::ingest::{Batch, Ids, Schema};

const PSEUDONYM_HIGH: &str = "pseudonym_high";
const PSEUDONYM_LOW: &str = "pseudonym_low";
const STRATUM: &str = "stratum";
const PSU: &str = "psu";
const WEIGHT: &str = "weight";

fn dimension(index: usize) -> String {
    format!("dimension {index}")
}

fn number(index: usize) -> String {
    format!("number {index}")
}

fn answers(word: usize) -> String {
    format!("answers {word}")
}

/// The bytes of the object that holds `batch`. The same batch always gives the same bytes.
pub(super) fn encode(batch: &Batch) -> PolarsResult<Vec<u8>> {
    let mut columns = vec![
        column(PSEUDONYM_HIGH, batch.pseudonyms.iter().map(|id| (id >> 64) as u64).collect::<Vec<_>>()),
        column(PSEUDONYM_LOW, batch.pseudonyms.iter().map(|&id| id as u64).collect::<Vec<_>>()),
        column(STRATUM, &batch.strata),
    ];
    columns.extend(batch.psus.as_ref().map(|psus| column(PSU, psus)));
    columns.extend(batch.weights.as_ref().map(|weights| column(WEIGHT, weights)));
    for (index, codes) in batch.dimensions.iter().enumerate() {
        columns
            .push(column(&dimension(index), codes.iter().map(|&code| u32::from(code)).collect::<Vec<_>>()));
    }
    for (word, packed) in batch.answers.iter().enumerate() {
        columns.push(column(&answers(word), packed));
    }
    for (index, codes) in batch.numbers.iter().enumerate() {
        columns.push(column(&number(index), codes));
    }
    let mut frame = DataFrame::new(batch.len(), columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_statistics(StatisticsOptions::empty())
        .with_row_group_size(Some(Batch::ROWS))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}

fn column<T, Type>(name: &str, values: T) -> Column
where
    T: AsRef<[Type]>,
    Series: NamedFrom<T, [Type]>,
{
    Series::new(name.into(), values).into_column()
}

/// The batch in an object's bytes, which must have been verified.
pub(super) fn decode(bytes: Vec<u8>, schema: &Schema, ids: Ids) -> PolarsResult<Batch> {
    let mut reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
    let is_id = |name: &str| [PSEUDONYM_HIGH, PSEUDONYM_LOW].contains(&name);
    let columns = reader.schema()?;
    let wanted = columns.iter_names().filter(|name| ids == Ids::Read || !is_id(name.as_str()));
    let wanted: Vec<String> = wanted.map(PlSmallStr::to_string).collect();
    let word_count = wanted.iter().filter(|name| name.starts_with("answers ")).count();
    let frame = reader.with_columns(Some(wanted)).finish()?;
    Ok(Batch {
        pseudonyms: match ids {
            Ids::Read => pseudonyms(&frame)?,
            Ids::Skip => Vec::new(),
        },
        dimensions: (0..schema.dimensions.len())
            .map(|index| Ok(codes(&frame, &dimension(index))?.iter().map(|&code| code as u16).collect()))
            .collect::<PolarsResult<_>>()?,
        strata: codes(&frame, STRATUM)?,
        psus: schema.psus.as_ref().map(|_| codes(&frame, PSU)).transpose()?,
        weights: schema.max_weight.map(|_| weights(&frame)).transpose()?,
        numbers: (0..schema.numbers.len())
            .map(|index| codes(&frame, &number(index)))
            .collect::<PolarsResult<_>>()?,
        answers: (0..word_count).map(|word| words(&frame, &answers(word))).collect::<PolarsResult<_>>()?,
    })
}

fn pseudonyms(frame: &DataFrame) -> PolarsResult<Vec<u128>> {
    let (high, low) = (words(frame, PSEUDONYM_HIGH)?, words(frame, PSEUDONYM_LOW)?);
    Ok(high.iter().zip(&low).map(|(&high, &low)| (u128::from(high) << 64) | u128::from(low)).collect())
}

fn weights(frame: &DataFrame) -> PolarsResult<Vec<f64>> {
    Ok(frame.column(WEIGHT)?.f64()?.rechunk().cont_slice()?.to_vec())
}

fn codes(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.rechunk().cont_slice()?.to_vec())
}

fn words(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u64>> {
    Ok(frame.column(name)?.u64()?.rechunk().cont_slice()?.to_vec())
}

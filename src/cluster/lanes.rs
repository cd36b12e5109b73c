//! What a tally asks of a wave → one query, and its answer → [`Alike`].
//!
//! Everybody stands in the query's rows once for each of what is told apart together, a *lane*, with the answers as one number, four
//! states each, and numbers as a text. The cluster adds people, rows with weight and limbs of weights by all that is told apart.

use super::answer::Answer as Rows;
use super::people::People;
use super::profile::{Codes, Profile, of_wave, value};
use super::{ClusterError, cells, limbs};
use crate::codebook::Answer;
use crate::ingest::{Alike, Asked, Batch, Number, Together};

/// How many answers fit one number.
const MOST_TOGETHER: usize = 31;

/// The query of a wave.
///
/// # Errors
/// [`ClusterError::TooManyTogether`].
pub(super) fn sums_sql(people: &People, wave: &str, asked: &Asked) -> Result<String, ClusterError> {
    let keys = keys(people, asked);
    let lanes = asked.together.iter().enumerate().map(|(lane, together)| struct_sql(lane, together));
    let lanes = lanes.collect::<Result<Vec<_>, _>>()?;
    let (mut from, mut limbs) = (of_wave(people, wave), Vec::new());
    if people.weight.is_some() {
        from = limbs::cut(
            &limbs::cut(&format!("SELECT *, w * w AS ww FROM ({from})"), "w", "w", asked.w),
            "ww",
            "q",
            asked.w2,
        );
        limbs = ["wh", "wm", "wl", "qh", "qm", "ql"].map(str::to_owned).to_vec();
    }
    let inner: Vec<String> =
        keys.iter().cloned().chain(["w".to_owned()]).chain(limbs.iter().cloned()).collect();
    let by: Vec<String> = keys.into_iter().chain(["lane", "answers", "numbers"].map(str::to_owned)).collect();
    let sums = limbs.iter().map(|limb| format!(", SUM({limb})")).collect::<Vec<_>>().concat();
    Ok(format!(
        "SELECT {by}, COUNT(*), COUNT(CASE WHEN w > 0D THEN 1 END){sums} FROM (SELECT {inner}, INLINE(ARRAY({lanes})) FROM ({from})) \
         GROUP BY {by}",
        by = by.join(", "),
        inner = inner.join(", "),
        lanes = lanes.join(", "),
    ))
}

/// What every sum is told apart by, beside its lane.
fn keys(people: &People, asked: &Asked) -> Vec<String> {
    let stratum = people.stratum.map(|_| "stratum".to_owned());
    let psu = people.psu.map(|_| "psu".to_owned());
    stratum.into_iter().chain(psu).chain(asked.dimensions.iter().map(|at| format!("d{at}"))).collect()
}

fn struct_sql(lane: usize, together: &Together) -> Result<String, ClusterError> {
    if together.items.len() > MOST_TOGETHER {
        return Err(ClusterError::TooManyTogether);
    }
    let answers = together.items.iter().enumerate();
    let answers: Vec<String> =
        answers.map(|(at, item)| format!("{} * CAST(a{item} AS BIGINT)", 1_u64 << (2 * at))).collect();
    let answers = if answers.is_empty() { "CAST(0 AS BIGINT)".to_owned() } else { answers.join(" + ") };
    let numbers: Vec<String> = together.numbers.iter().map(|at| format!("x{at}")).collect();
    let numbers =
        if numbers.is_empty() { "''".to_owned() } else { format!("CONCAT_WS(' ', {})", numbers.join(", ")) };
    Ok(format!("NAMED_STRUCT('lane', CAST({lane} AS BIGINT), 'answers', {answers}, 'numbers', {numbers})"))
}

/// The sums of each lane.
///
/// # Errors
/// [`ClusterError::Changed`] where the table is not any more what the profile says; [`ClusterError::Answer`].
pub(super) fn alike(
    people: &People,
    Profile { schema, codes, .. }: &Profile,
    asked: &Asked,
    rows: &Rows,
) -> Result<Vec<Alike>, ClusterError> {
    let keys = keys(people, asked).len();
    let (lanes, answers, numbers) = (rows.counts(keys)?, rows.counts(keys + 1)?, rows.texts(keys + 2)?);
    let (respondents, n) = (rows.counts(keys + 3)?, rows.counts(keys + 4)?);
    let empty = || Alike {
        batch: Batch {
            psus: schema.psus.as_ref().map(|_| Vec::new()),
            dimensions: vec![Vec::new(); schema.dimensions.len()],
            answers: vec![Vec::new(); schema.items.len().div_ceil(Answer::PER_WORD)],
            numbers: vec![Vec::new(); schema.numbers.len()],
            ..Batch::default()
        },
        ..Alike::default()
    };
    let mut all: Vec<Alike> = asked.together.iter().map(|_| empty()).collect();
    let units = units(people, codes, rows)?;
    let dimensions = dimensions(asked, codes, rows, keys - asked.dimensions.len())?;
    let weights = weights(people, rows, keys + 5)?;
    for (row, lane) in lanes.into_iter().enumerate() {
        let (Some(alike), Some(together)) = (all.get_mut(lane as usize), asked.together.get(lane as usize))
        else {
            return Err(ClusterError::Answer { what: "a lane was not asked for" });
        };
        let batch = &mut alike.batch;
        batch.strata.push(units[row].0);
        batch.psus.iter_mut().for_each(|psus| psus.push(units[row].1));
        batch
            .dimensions
            .iter_mut()
            .zip(&dimensions)
            .for_each(|(codes, own)| codes.push(own.get(row).copied().unwrap_or(0)));
        push_answers(batch, together, answers[row]);
        push_numbers(batch, together, codes, numbers[row].as_deref().unwrap_or_default())?;
        alike.respondents.push(respondents[row]);
        alike.n.push(n[row]);
        alike.weights.extend(weights.get(row));
    }
    let is_everybody = |alike: &Alike| alike.respondents.iter().sum::<u64>() == schema.respondents;
    if all.iter().all(is_everybody) { Ok(all) } else { Err(ClusterError::Changed) }
}

/// Stratum and PSU of every row.
fn units(people: &People, codes: &Codes, rows: &Rows) -> Result<Vec<(u32, u32)>, ClusterError> {
    let count = rows.counts(0).map(|all| all.len()).or_else(|_| rows.texts(0).map(<[_]>::len))?;
    let none = vec![Some(String::new()); count];
    let strata = if people.stratum.is_some() { rows.texts(0)? } else { &none };
    let psus = if people.psu.is_some() { rows.texts(usize::from(people.stratum.is_some()))? } else { &none };
    let unit = |(stratum, psu): (&Option<String>, &Option<String>)| {
        let stratum = *codes.strata.get(stratum.as_deref()?)?;
        let psu = if people.psu.is_some() { *codes.psus.get(&(stratum, psu.clone()?))? } else { 0 };
        Some((stratum, psu))
    };
    strata.iter().zip(psus).map(unit).collect::<Option<_>>().ok_or(ClusterError::Changed)
}

/// The codes of every row by dimension; none of those that were not asked.
fn dimensions(
    asked: &Asked,
    codes: &Codes,
    rows: &Rows,
    first: usize,
) -> Result<Vec<Vec<u16>>, ClusterError> {
    let mut all = vec![Vec::new(); codes.levels.len()];
    for (column, &at) in (first..).zip(&asked.dimensions) {
        let code = |cell: &Option<String>| codes.levels[at].get(cell.as_deref()?).copied();
        let own: Option<Vec<u16>> = rows.texts(column)?.iter().map(code).collect();
        all[at] = own.ok_or(ClusterError::Changed)?;
    }
    Ok(all)
}

/// Σw and Σw² of every row; nothing where everybody weighs 1.
fn weights(people: &People, rows: &Rows, first: usize) -> Result<Vec<(i128, i128)>, ClusterError> {
    if people.weight.is_none() {
        return Ok(Vec::new());
    }
    let limbs = (first..first + 6).map(|column| rows.wholes(column)).collect::<Result<Vec<_>, _>>()?;
    let joined = |row: usize| {
        let limb = |at: usize| limbs[at][row];
        Some((limbs::joined([limb(0)?, limb(1)?, limb(2)?]), limbs::joined([limb(3)?, limb(4)?, limb(5)?])))
    };
    let all: Option<Vec<(i128, i128)>> = (0..limbs[0].len()).map(joined).collect();
    all.ok_or(ClusterError::Answer { what: "a sum is missing" })
}

fn push_answers(batch: &mut Batch, together: &Together, packed: u64) {
    batch.answers.iter_mut().for_each(|words| words.push(0));
    for (at, item) in together.items.iter().enumerate() {
        let answer = packed >> (2 * at) & 3;
        if let Some(word) = batch.answers[item / Answer::PER_WORD].last_mut() {
            *word |= answer << (2 * (item % Answer::PER_WORD));
        }
    }
}

fn push_numbers(
    batch: &mut Batch,
    together: &Together,
    codes: &Codes,
    texts: &str,
) -> Result<(), ClusterError> {
    batch.numbers.iter_mut().for_each(|codes| codes.push(Number::NOT_ASKED));
    let mut texts = texts.split(' ');
    for &at in &together.numbers {
        let code = match texts.next() {
            Some(cells::NOT_ASKED) => Some(Number::NOT_ASKED),
            Some(cells::BLANK) => Some(Number::BLANK),
            text => text.and_then(value).and_then(|value| codes.values[at].get(&value.to_bits()).copied()),
        };
        let (Some(code), Some(last)) = (code, batch.numbers[at].last_mut()) else {
            return Err(ClusterError::Changed);
        };
        *last = code;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
    use arrow_ipc::writer::StreamWriter;

    use super::*;
    use crate::cluster::people::tests::people;
    use crate::ingest::{Dimension, Schema, Stratum};

    fn asked() -> Asked {
        let together = [
            Together { items: BTreeSet::from([0, 1]), numbers: BTreeSet::new() },
            Together { items: BTreeSet::new(), numbers: BTreeSet::from([0]) },
        ];
        Asked { dimensions: BTreeSet::from([1]), together: together.to_vec(), w: -90, w2: -88 }
    }

    #[test]
    fn the_sql_of_sums() {
        let from = "SELECT *, w * w AS ww FROM (SELECT * FROM people WHERE wave = '2015')";
        let from = limbs::cut(&limbs::cut(from, "w", "w", -90), "ww", "q", -88);
        let expected = format!(
            "SELECT stratum, d1, lane, answers, numbers, COUNT(*), COUNT(CASE WHEN w > 0D THEN 1 END), SUM(wh), SUM(wm), SUM(wl), \
             SUM(qh), SUM(qm), SUM(ql) FROM (SELECT stratum, d1, w, wh, wm, wl, qh, qm, ql, INLINE(ARRAY(\
             NAMED_STRUCT('lane', CAST(0 AS BIGINT), 'answers', 1 * CAST(a0 AS BIGINT) + 4 * CAST(a1 AS BIGINT), 'numbers', ''), \
             NAMED_STRUCT('lane', CAST(1 AS BIGINT), 'answers', CAST(0 AS BIGINT), 'numbers', CONCAT_WS(' ', x0)))) \
             FROM ({from})) GROUP BY stratum, d1, lane, answers, numbers"
        );
        assert_eq!(sums_sql(&people(), "2015", &asked()).unwrap(), expected);
    }

    #[test]
    fn more_items_than_a_number_holds_are_refused() {
        let mut asked = asked();
        asked.together[0].items.extend(0..32);
        assert_eq!(sums_sql(&people(), "2015", &asked).unwrap_err(), ClusterError::TooManyTogether);
    }

    /// An answer of one row a lane: stratum, d1, lane, answers, numbers, people, n, limbs.
    fn answer(level: &str, number: &str) -> Rows {
        let texts = |texts: [&str; 2]| Arc::new(StringArray::from(texts.to_vec())) as ArrayRef;
        let wholes = |wholes: [i64; 2]| Arc::new(Int64Array::from(wholes.to_vec())) as ArrayRef;
        let columns = [
            texts(["s1", "s1"]),
            texts([level, level]),
            wholes([0, 1]),
            wholes([14, 0]),
            texts(["", number]),
        ];
        let sums = [[3, 3], [2, 2], [1, 1], [0, 0], [5, 5], [0, 0], [2, 2], [7, 7]].map(wholes);
        let columns =
            columns.into_iter().chain(sums).enumerate().map(|(at, column)| (at.to_string(), column, true));
        let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
        let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        let mut answer = Rows::default();
        answer.add(&writer.into_inner().unwrap()).unwrap();
        answer
    }

    fn profile() -> Profile {
        let dimension =
            |name: &str| Dimension { name: name.to_owned(), levels: vec!["a".to_owned(), "b".to_owned()] };
        let schema = Schema {
            wave: "2015".to_owned(),
            dimensions: ["segment", "city", "os"].map(dimension).to_vec(),
            items: ["moments.share", "moments.read"].map(|item| item.parse().unwrap()).to_vec(),
            numbers: vec![Number { item: "use.minutes".parse().unwrap(), values: vec![7.5] }],
            strata: vec![
                Stratum { label: "s0".to_owned(), fpc: None },
                Stratum { label: "s1".to_owned(), fpc: None },
            ],
            stratified: true,
            psus: None,
            max_weight: Some(9.0),
            synthetic: false,
            respondents: 3,
            left_out: Vec::new(),
            usage: None,
            funnel: None,
        };
        let levels = || [("甲".to_owned(), 0), ("乙".to_owned(), 1)].into_iter().collect();
        let codes = Codes {
            levels: vec![levels(), levels(), levels()],
            strata: [("s0".to_owned(), 0), ("s1".to_owned(), 1)].into_iter().collect(),
            values: vec![[(7.5_f64.to_bits(), Number::FIRST)].into_iter().collect()],
            ..Codes::default()
        };
        Profile { key: "2015".to_owned(), schema, codes }
    }

    #[test]
    fn sums_come_back_in_the_codes_of_the_wave() {
        let [first, second] =
            alike(&people(), &profile(), &asked(), &answer("乙", "7.5")).unwrap().try_into().unwrap();
        // 14 is yes to the second and no to the first: 3 · 4 + 2.
        assert_eq!((first.batch.answer(0, 0), first.batch.answer(0, 1)), (Answer::No, Answer::Yes));
        assert_eq!((first.batch.strata, first.batch.dimensions), (vec![1], vec![vec![0], vec![1], vec![0]]));
        assert_eq!(
            (first.respondents, first.n, first.weights),
            (vec![3], vec![2], vec![((1 << 62) + 5, (2 << 31) + 7)])
        );
        assert_eq!(second.batch.numbers, [[Number::FIRST]]);
    }

    #[test]
    fn a_table_that_changed_is_refused() {
        let mut fewer = profile();
        fewer.schema.respondents = 2;
        for (profile, answer) in
            [(profile(), answer("丙", "7.5")), (profile(), answer("乙", "8")), (fewer, answer("乙", "7.5"))]
        {
            assert_eq!(alike(&people(), &profile, &asked(), &answer).unwrap_err(), ClusterError::Changed);
        }
    }
}

//! The people of a table → a [`Profile`] of every wave: what its codes mean; or everything that is wrong with the table.
//!
//! A few queries, each of one scan: what cannot be, by wave; ids that come twice; the levels of all dimensions; strata and PSUs; the
//! values of numbers. What comes back is bounded by the levels, the PSUs and the values.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::people::People;
use super::session::Session;
use super::table::TableError;
use super::{ClusterError, cells, design, limbs, sql};
use crate::codebook::levels::{self, WAVE};
use crate::codebook::{Answer, Item};
use crate::ingest::{Code, Dimension, Number, Position, Problem, Problems, RoleLevels, Schema, quoted};

/// One wave: what its codes mean, and which cells they stand for.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// The wave as the people's view has it.
    pub(super) key: String,
    pub(super) schema: Schema,
    pub(super) codes: Codes,
}

/// The codes of what is written in a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Codes {
    /// By dimension: levels by cell.
    pub(super) levels: Vec<HashMap<String, u16>>,
    pub(super) strata: HashMap<String, u32>,
    /// By stratum and id.
    pub(super) psus: HashMap<(u32, String), u32>,
    /// By item of numbers: codes by the bits of values.
    pub(super) values: Vec<HashMap<u64, u32>>,
}

/// The most levels of a dimension, waves, and values of a number, as in files.
const MOST_LEVELS: usize = 1000;
const MOST_VALUES: usize = 1 << 20;

/// Something that a row may not say.
pub(super) struct Check {
    pub(super) column: usize,
    pub(super) code: Code,
    pub(super) what: String,
    pub(super) hint: String,
    pub(super) condition: String,
}

/// What the waves of some people are.
///
/// # Errors
/// Everything that is wrong with them; or why they cannot be asked.
pub(super) fn profiles(
    session: &Session,
    people: &People,
    mut problems: Problems,
) -> Result<Vec<Profile>, TableError> {
    let mut waves = counted(session, people, &mut problems)?;
    if waves.is_empty() && problems.is_empty() {
        let hint = "was it cut off, or the survey not yet answered?";
        problems.add(Problem::new(Position::START, Code::NoRows, "a header and no rows").hint(hint));
    }
    if problems.is_empty() {
        repeated(session, people, &mut problems)?;
        levelled(session, people, &mut waves, &mut problems)?;
        design::read(session, people, &mut waves, &mut problems)?;
        valued(session, people, &mut waves, &mut problems)?;
    }
    if !problems.is_empty() {
        return Err(TableError::Problems(problems));
    }
    let mut profiles: Vec<Profile> = waves.into_values().collect();
    profiles.sort_by(|a, b| levels::compare(WAVE, &a.schema.wave, &b.schema.wave));
    Ok(profiles)
}

/// The waves with their respondents and weights, and the rows that cannot be.
fn counted(
    session: &Session,
    people: &People,
    problems: &mut Problems,
) -> Result<BTreeMap<String, Profile>, ClusterError> {
    let checks = checks(people);
    let answer = session.query(&counted_sql(people, &checks))?;
    let mut waves = BTreeMap::new();
    let (labels, counts, synthetic) = (answer.texts(0)?, answer.counts(1)?, answer.counts(3)?);
    let most = answer.doubles(2)?;
    for (row, label) in labels.iter().flatten().enumerate() {
        if counts[row] > limbs::MOST {
            return Err(ClusterError::TooMany);
        }
        if people.weight.is_some() && most[row].is_some_and(|most| most <= 0.0) {
            let of = if label.is_empty() { String::new() } else { format!(" of wave {}", quoted(label)) };
            problems.add(Problem::new(Position::START, Code::ZeroWeights, format!("every weight{of} is 0")));
        }
        let schema = Schema {
            wave: label.clone(),
            dimensions: Vec::new(),
            items: people.yes_no.iter().map(|(_, item)| item.clone()).collect(),
            numbers: Vec::new(),
            strata: Vec::new(),
            stratified: people.stratum.is_some(),
            psus: None,
            max_weight: most[row].filter(|_| people.weight.is_some()),
            synthetic: synthetic[row] > 0,
            respondents: counts[row],
            left_out: Vec::new(),
            usage: None,
            funnel: None,
        };
        waves.insert(label.clone(), Profile { key: label.clone(), schema, codes: Codes::default() });
    }
    if waves.len() > MOST_LEVELS {
        let hint = "a wave is one round of a survey, such as 2015";
        problems.add(
            Problem::new(Position::START, Code::TooManyLevels, format!("more than {MOST_LEVELS} waves"))
                .hint(hint),
        );
    }
    for (check, at) in checks.into_iter().zip(4..) {
        let rows: u64 = answer.counts(at)?.iter().sum();
        if rows > 0 {
            problems.add(problem(check.column, check.code, &check.what, rows).hint(check.hint));
        }
    }
    Ok(waves)
}

fn counted_sql(people: &People, checks: &[Check]) -> String {
    let bad = checks.iter().map(|check| format!(", COUNT(CASE WHEN {} THEN 1 END)", check.condition));
    format!(
        "SELECT wave, COUNT(*), MAX(w), COUNT(CASE WHEN id LIKE 'synthetic-%' THEN 1 END){} FROM {} GROUP BY wave",
        bad.collect::<String>(),
        people.view
    )
}

/// What no row may say.
fn checks(people: &People) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut add = |column: Option<usize>, code, condition: &str, what: &str, hint: &str| {
        let (what, hint, condition) = (what.to_owned(), hint.to_owned(), condition.to_owned());
        checks.extend(column.map(|column| Check { column, code, what, hint, condition }));
    };
    add(people.id, Code::EmptyId, "id = ''", "no respondent_id", "every row needs an id");
    add(people.wave, Code::MissingWave, "wave = ''", "no wave", "every row of a file with waves has one");
    add(
        people.stratum,
        Code::MissingStratum,
        "stratum = ''",
        "no stratum",
        "every row of a stratified sample has one",
    );
    add(people.psu, Code::MissingPsu, "psu = ''", "no psu", "every row of a clustered sample has one");
    let hint = "fpc is the size of the population, or the fraction of it that was drawn";
    add(people.fpc, Code::BadFpc, "fpc IS NULL", "no fpc, or none that is a number above 0,", hint);
    let hint = "a weight is a number, 0 or above";
    add(
        people.weight,
        Code::BadWeight,
        "w IS NULL",
        "no weight, or none that is 0 or between 1e-100 and 1e100,",
        hint,
    );
    for (at, (column, item)) in people.yes_no.iter().enumerate() {
        let hint = format!("answers are {}", Answer::ACCEPTED);
        add(
            Some(*column),
            Code::UnknownAnswer,
            &format!("a{at} IS NULL"),
            &format!("unknown answers to {item}"),
            &hint,
        );
    }
    for (at, (column, number)) in people.numbers.iter().enumerate() {
        let hint = match number.scale {
            Some((low, high)) => format!("answers are whole numbers from {low} to {high}, empty or (跳过)"),
            None => "answers are numbers such as 12 or 0.5, empty or (跳过)".to_owned(),
        };
        let what = format!("unknown answers to {}", number.item);
        add(Some(*column), Code::BadNumber, &format!("x{at} IS NULL"), &what, &hint);
    }
    checks
}

/// Ids that stand in several rows of a wave.
fn repeated(session: &Session, people: &People, problems: &mut Problems) -> Result<(), ClusterError> {
    let Some(column) = people.id else { return Ok(()) };
    let answer = session.query(&repeated_sql(people))?;
    let ids: u64 = answer.counts(0)?.iter().sum();
    if ids > 0 {
        let rows: u64 = answer.counts(1)?.iter().sum();
        let what = format!("{ids} respondent_ids that stand");
        problems.add(
            problem(column, Code::DuplicateId, &what, rows).hint("every respondent has one row per wave"),
        );
    }
    Ok(())
}

fn repeated_sql(people: &People) -> String {
    format!(
        "SELECT COUNT(*), COALESCE(SUM(times), 0) FROM (SELECT COUNT(*) AS times FROM {} GROUP BY wave, id HAVING COUNT(*) > 1)",
        people.view
    )
}

/// The levels of every dimension.
fn levelled(
    session: &Session,
    people: &People,
    waves: &mut BTreeMap<String, Profile>,
    problems: &mut Problems,
) -> Result<(), ClusterError> {
    for profile in waves.values_mut() {
        let dimension = |levels: &RoleLevels| Dimension { name: levels.name.clone(), levels: Vec::new() };
        profile.schema.dimensions = people.dimensions.iter().map(dimension).collect();
        profile.codes.levels = vec![HashMap::new(); people.dimensions.len()];
    }
    let mut crowded: BTreeSet<usize> = BTreeSet::new();
    for ((place, cell, label), rows) in distinct(session, &people.view, 'd', people.dimensions.len())? {
        let dimension = &people.dimensions[place];
        let level = match dimension.level(&cell) {
            Ok(level) => level,
            Err(wrong) => {
                problems.add(in_rows(wrong, rows));
                continue;
            }
        };
        let Some(Profile { schema, codes, .. }) = waves.get_mut(&label) else {
            return Err(ClusterError::Changed);
        };
        let levels = &mut schema.dimensions[place].levels;
        let code = levels.iter().position(|known| *known == level).unwrap_or_else(|| {
            levels.push(level);
            levels.len() - 1
        });
        if levels.len() > MOST_LEVELS {
            crowded.insert(place);
        }
        codes.levels[place].insert(cell, code as u16);
    }
    for place in crowded {
        let RoleLevels { name, column, .. } = &people.dimensions[place];
        let message = format!("column {} has more than {MOST_LEVELS} different values", quoted(name));
        let hint = "a column to break down by has few; remove the column if it is an id, a time or free text";
        problems.add(Problem::new(position(*column), Code::TooManyLevels, message).hint(hint));
    }
    Ok(())
}

/// The different cells of columns of the same letter with their rows, by column, cell and wave: in an order of their own, so that the
/// same table has the same codes. Where there are too many, any of them.
pub(super) fn distinct(
    session: &Session,
    view: &str,
    letter: char,
    columns: usize,
) -> Result<BTreeMap<(usize, String, String), u64>, ClusterError> {
    let mut known = BTreeMap::new();
    if columns > 0 {
        let answer = session.query(&distinct_sql(view, letter, columns))?;
        let (labels, places, cells, rows) =
            (answer.texts(0)?, answer.counts(1)?, answer.texts(2)?, answer.counts(3)?);
        for (((label, place), cell), rows) in
            labels.iter().flatten().zip(places).zip(cells.iter().flatten()).zip(rows)
        {
            known.insert((place as usize, cell.clone(), label.clone()), rows);
        }
    }
    Ok(known)
}

fn distinct_sql(view: &str, letter: char, columns: usize) -> String {
    let each: Vec<String> = (0..columns).map(|at| format!("{letter}{at}")).collect();
    format!(
        "SELECT wave, CAST(place AS BIGINT), cell, COUNT(*) FROM (SELECT wave, POSEXPLODE(ARRAY({})) AS (place, cell) FROM {view}) \
         GROUP BY wave, place, cell LIMIT {}",
        each.join(", "),
        columns * (MOST_VALUES + 1)
    )
}

/// The values of every number.
fn valued(
    session: &Session,
    people: &People,
    waves: &mut BTreeMap<String, Profile>,
    problems: &mut Problems,
) -> Result<(), ClusterError> {
    let number = |item: &Item| Number { item: item.clone(), values: Vec::new() };
    for Profile { schema, codes, .. } in waves.values_mut() {
        schema.numbers = people.numbers.iter().map(|(_, own)| number(&own.item)).collect();
        codes.values = vec![HashMap::new(); people.numbers.len()];
    }
    let mut known: BTreeMap<(String, usize), Vec<f64>> = BTreeMap::new();
    for (place, cell, label) in distinct(session, &people.view, 'x', people.numbers.len())?.into_keys() {
        if ![cells::BLANK, cells::NOT_ASKED].contains(&cell.as_str()) {
            let value = value(&cell).ok_or(ClusterError::Answer { what: "a number is none" })?;
            known.entry((label, place)).or_default().push(value);
        }
    }
    for ((label, place), mut values) in known {
        values.sort_by(f64::total_cmp);
        values.dedup();
        if values.len() > MOST_VALUES {
            let (column, own) = &people.numbers[place];
            let message = format!("more than {MOST_VALUES} different answers to {}", own.item);
            let problem = Problem::new(position(*column), Code::TooManyValues, message);
            problems.add(problem.hint("round them, to whole minutes for example"));
        }
        let Some(Profile { schema, codes, .. }) = waves.get_mut(&label) else {
            return Err(ClusterError::Changed);
        };
        codes.values[place] = values.iter().map(|value| value.to_bits()).zip(Number::FIRST..).collect();
        schema.numbers[place].values = values;
    }
    Ok(())
}

/// The number that a text is; −0 is 0.
pub(super) fn value(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().map(|value| value + 0.0)
}

/// What is wrong with a cell, in so many rows.
pub(super) fn in_rows(wrong: Problem, rows: u64) -> Problem {
    Problem { message: format!("{} in {}", wrong.message, counted_rows(rows)), ..wrong }
}

pub(super) fn problem(column: usize, code: Code, what: &str, rows: u64) -> Problem {
    Problem::new(position(column), code, format!("{what} in {}", counted_rows(rows)))
}

fn counted_rows(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

pub(super) fn position(column: usize) -> Position {
    Position { line: 1, column: 1 + column as u64 }
}

/// The respondents of one wave.
pub(super) fn of_wave(people: &People, wave: &str) -> String {
    let which = people.wave.map_or_else(String::new, |_| format!(" WHERE wave = {}", sql::text(wave)));
    format!("SELECT * FROM {}{which}", people.view)
}

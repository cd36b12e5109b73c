//! Strata, PSUs and finite population corrections of the people of a table, wave by wave.

use std::collections::{BTreeMap, BTreeSet};

use super::ClusterError;
use super::people::People;
use super::profile::{Profile, position};
use super::session::Session;
use crate::ingest::{Code, Problem, Problems, Stratum, quoted};

/// The waves by their labels.
type Waves = BTreeMap<String, Profile>;

/// A PSU, or a stratum without PSUs: its rows, and the least and the greatest fpc that they give.
struct Unit {
    rows: u64,
    least: Option<f64>,
    most: Option<f64>,
}

/// What is found out on the way.
#[derive(Default)]
struct Found {
    /// PSUs, or respondents, by wave and stratum.
    drawn: BTreeMap<(String, u32), u64>,
    /// Strata in which rows give different fpc.
    differing: BTreeSet<String>,
}

/// Numbers the strata and the PSUs of every wave.
///
/// # Errors
/// Why the cluster gives no answer; what is wrong with the design goes to `problems`.
pub(super) fn read(
    session: &Session,
    people: &People,
    waves: &mut Waves,
    problems: &mut Problems,
) -> Result<(), ClusterError> {
    if people.stratum.or(people.psu).or(people.fpc).is_none() {
        for Profile { schema, codes, .. } in waves.values_mut() {
            schema.strata.push(Stratum { label: String::new(), fpc: None });
            codes.strata.insert(String::new(), 0);
        }
        return Ok(());
    }
    let answer = session.query(&design_sql(people))?;
    let (labels, strata, psus) = (answer.texts(0)?, answer.texts(1)?, answer.texts(2)?);
    let (rows, least, most) = (answer.counts(3)?, answer.doubles(4)?, answer.doubles(5)?);
    // In an order of their own, so that the same table has the same codes.
    let mut units: BTreeMap<(&str, &str, &str), Unit> = BTreeMap::new();
    let keys = labels.iter().flatten().zip(strata.iter().flatten()).zip(psus.iter().flatten());
    for (row, ((wave, stratum), psu)) in keys.enumerate() {
        units.insert((wave, stratum, psu), Unit { rows: rows[row], least: least[row], most: most[row] });
    }
    let mut found = Found::default();
    for ((wave, stratum, psu), unit) in units {
        let profile = waves.get_mut(wave).ok_or(ClusterError::Changed)?;
        let code = found.add(profile, stratum, &unit);
        if people.psu.is_some() {
            let psus = profile.schema.psus.get_or_insert_default();
            profile.codes.psus.insert((code, psu.to_owned()), psus.len() as u32);
            psus.push(psus.len() as u64);
        }
        let drawn = if people.psu.is_some() { 1 } else { unit.rows };
        *found.drawn.entry((wave.to_owned(), code)).or_default() += drawn;
    }
    if let Some(column) = people.fpc {
        found.check(people, waves, &mut |code, message, hint| {
            problems.add(Problem::new(position(column), code, message).hint(hint));
        });
    }
    Ok(())
}

fn design_sql(people: &People) -> String {
    format!(
        "SELECT wave, stratum, psu, COUNT(*), MIN(fpc), MAX(fpc) FROM {} GROUP BY wave, stratum, psu",
        people.view
    )
}

impl Found {
    /// The code of a unit's stratum.
    fn add(&mut self, Profile { schema, codes, .. }: &mut Profile, stratum: &str, unit: &Unit) -> u32 {
        let code = *codes.strata.entry(stratum.to_owned()).or_insert_with(|| {
            schema.strata.push(Stratum { label: stratum.to_owned(), fpc: unit.least });
            (schema.strata.len() - 1) as u32
        });
        let fpc = schema.strata[code as usize].fpc.map(f64::to_bits);
        if [unit.least, unit.most].iter().any(|other| other.map(f64::to_bits) != fpc) {
            self.differing.insert(stratum.to_owned());
        }
        code
    }

    /// What is wrong with the corrections.
    fn check(self, people: &People, waves: &Waves, refuse: &mut dyn FnMut(Code, String, &str)) {
        for stratum in self.differing {
            let hint = "fpc belongs to the stratum: all its rows must give the same";
            refuse(Code::FpcDiffers, format!("fpc differs within stratum {}", quoted(&stratum)), hint);
        }
        for ((wave, code), drawn) in self.drawn {
            let Some(Stratum { label, fpc: Some(size) }) =
                waves.get(&wave).map(|profile| &profile.schema.strata[code as usize])
            else {
                continue;
            };
            if *size > 1.0 && *size < drawn as f64 {
                let what = if people.psu.is_some() { "PSUs" } else { "respondents" };
                let of =
                    if label.is_empty() { String::new() } else { format!(" of stratum {}", quoted(label)) };
                let message = format!("fpc {size}, but {drawn} {what}{of} are in the table");
                let hint = "fpc is the size of the population, or the fraction of it that was drawn";
                refuse(Code::BadFpc, message, hint);
            }
        }
        let mixes = |profile: &Profile| {
            let sizes = || profile.schema.strata.iter().filter_map(|stratum| stratum.fpc);
            sizes().any(|size| size > 1.0) && sizes().any(|size| size <= 1.0)
        };
        if waves.values().any(mixes) {
            let message = "some fpc are population sizes, others sampling fractions".to_owned();
            refuse(Code::FpcMix, message, "give sizes (above 1) or fractions (up to 1), not both");
        }
    }
}

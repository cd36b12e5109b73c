//! Parts made for tests: random but valid.

use proptest::prelude::*;
use wxstats::codebook::{Answer, Item};
use wxstats::ingest::{Batch, Dimension, Part, Schema, Stratum};

/// One respondent of a made part.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) stratum: u32,
    pub(crate) psu: u32,
    pub(crate) weight: f64,
    pub(crate) levels: [u16; 2],
    pub(crate) answers: Vec<u8>,
}

/// Shape of a made part.
#[derive(Debug, Clone)]
pub(crate) struct Design {
    pub(crate) items: usize,
    pub(crate) clustered: bool,
    pub(crate) weighted: bool,
    pub(crate) people: Vec<Person>,
}

pub(crate) const STRATA: u32 = 3;
pub(crate) const PSUS_PER_STRATUM: u32 = 4;
pub(crate) const CITIES: [&str; 3] = ["Guangzhou", "Shanghai", "Beijing"];
pub(crate) const SEGMENTS: [&str; 2] = ["chinese", "expat"];

/// Any valid design of up to 80 people.
pub(crate) fn design() -> impl Strategy<Value = Design> {
    (1..40_usize, any::<bool>(), any::<bool>()).prop_flat_map(|(items, clustered, weighted)| {
        let weight = prop_oneof![1 => Just(0.0), 8 => 1e-3..1e3_f64];
        let person = (
            0..STRATA,
            0..PSUS_PER_STRATUM,
            weight,
            0..3_u16,
            0..2_u16,
            prop::collection::vec(0..4_u8, items),
        )
            .prop_map(move |(stratum, psu, weight, city, segment, answers)| Person {
                stratum,
                psu: stratum * PSUS_PER_STRATUM + psu,
                weight: if weighted { weight } else { 1.0 },
                levels: [segment, city],
                answers,
            });
        prop::collection::vec(person, 1..80).prop_map(move |people| Design {
            items,
            clustered,
            weighted,
            people,
        })
    })
}

/// The part in which these people stand, in batches of at most `rows`.
pub(crate) fn part(design: &Design, rows: usize) -> Part {
    let batches: Vec<Batch> = design.people.chunks(rows).map(|people| batch(people, design)).collect();
    Part {
        schema: Schema {
            wave: "2015".to_owned(),
            dimensions: vec![dimension("segment", &SEGMENTS), dimension("city", &CITIES)],
            items: (0..design.items)
                .map(|item| format!("feature_{item}.share").parse::<Item>().unwrap())
                .collect(),
            numbers: Vec::new(),
            strata: (0..STRATA).map(|code| Stratum { label: format!("s{code}"), fpc: None }).collect(),
            stratified: true,
            psus: design.clustered.then(|| (0..u64::from(STRATA * PSUS_PER_STRATUM)).collect()),
            max_weight: design.weighted.then(|| design.people.iter().map(|p| p.weight).fold(0.0, f64::max)),
            synthetic: false,
            respondents: design.people.len() as u64,
            left_out: Vec::new(),
            usage: None,
            funnel: None,
        },
        batches,
    }
}

fn dimension(name: &str, levels: &[&str]) -> Dimension {
    Dimension { name: name.to_owned(), levels: levels.iter().map(|&level| level.to_owned()).collect() }
}

fn batch(people: &[Person], design: &Design) -> Batch {
    let words = design.items.div_ceil(Answer::PER_WORD);
    Batch {
        pseudonyms: (0..people.len()).map(|row| row as u128).collect(),
        dimensions: (0..2).map(|at| people.iter().map(|person| person.levels[at]).collect()).collect(),
        strata: people.iter().map(|person| person.stratum).collect(),
        psus: design.clustered.then(|| people.iter().map(|person| person.psu).collect()),
        weights: design.weighted.then(|| people.iter().map(|person| person.weight).collect()),
        numbers: Vec::new(),
        answers: (0..words)
            .map(|word| {
                people
                    .iter()
                    .map(|person| {
                        let own = person.answers.iter().enumerate().skip(word * 32).take(32);
                        own.fold(0, |packed, (item, &answer)| packed | u64::from(answer) << (2 * (item % 32)))
                    })
                    .collect()
            })
            .collect(),
    }
}

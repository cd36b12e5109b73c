//! Strata and PSUs of several parts, numbered together: waves of different people apart, those of a panel linked.

use anyhow::Result;
use foldhash::{HashMap, HashMapExt};

use super::StratumSize;
use super::error::TallyError;
use super::plan::PanelLinks;
use crate::ingest::{Batch, Batches, Ids, Schema};

/// The sampling units of a tally.
pub(super) struct Units {
    /// By code.
    pub(super) strata: Vec<UnitStratum>,
    /// Number of PSUs of the data; `None` when respondents are the PSUs, or people.
    pub(super) psus: Option<u32>,
    /// How each part's codes translate.
    pub(super) parts: Vec<PartUnits>,
    /// How the waves of a panel are linked.
    pub(super) links: Option<PanelLinks>,
    /// The people of a panel, where they are its PSUs.
    pub(super) people: People,
}

/// The people of a panel.
pub(super) enum People {
    /// It is none, or people are in PSUs.
    NoUnits,
    /// By stratum: how many there are.
    Counted(Vec<u64>),
    /// Who is in which row.
    Linked(Linked),
}

/// The people of a panel, numbered.
pub(super) struct Linked {
    /// By part and batch: the person of every row.
    pub(super) rows: Vec<Vec<Vec<u32>>>,
    /// By stratum: how many there are.
    pub(super) sizes: Vec<u64>,
}

/// One stratum of a tally.
pub(super) struct UnitStratum {
    /// Wave and stratum; in a panel the stratum alone.
    pub(super) label: String,
    /// Finite population correction, as in the data.
    pub(super) fpc: Option<f64>,
}

/// One part's units in the codes of the tally.
pub(super) struct PartUnits {
    /// By the part's stratum.
    pub(super) strata: Vec<u32>,
    /// By the part's PSU; `None` where its respondents, or people, are the PSUs.
    psus: Option<Vec<u32>>,
}

impl Units {
    /// The units of waves that were drawn independently.
    pub(super) fn apart(schemas: &[&Schema]) -> Self {
        let mut units =
            Self { strata: Vec::new(), psus: None, parts: Vec::new(), links: None, people: People::NoUnits };
        for schema in schemas {
            let first = units.strata.len() as u32;
            units.strata.extend(schema.strata.iter().map(|stratum| UnitStratum {
                label: stratum_label(&schema.wave, &stratum.label),
                fpc: stratum.fpc,
            }));
            let psus = schema.psus.as_ref().map(|psus| {
                let first = *units.psus.get_or_insert(0);
                units.psus = Some(first + psus.len() as u32);
                (first..).take(psus.len()).collect()
            });
            let strata = (first..).take(schema.strata.len()).collect();
            units.parts.push(PartUnits { strata, psus });
        }
        units
    }

    /// The units of a panel: strata of one name are one, and so are PSUs of one id in a stratum; without PSUs the people
    /// are the PSUs, told apart by their ids if they are to be `linked`, and else counted.
    ///
    /// # Errors
    /// [`TallyError::PanelFpc`], [`TallyError::PanelStratum`], [`TallyError::PanelUnlinked`]; whatever [`Batches::batch`] reports.
    pub(super) fn of_panel(parts: &[&dyn Batches], clustered: bool, linked: bool) -> Result<Self> {
        let mut units =
            Self { strata: Vec::new(), psus: None, parts: Vec::new(), links: None, people: People::NoUnits };
        for part in parts {
            let strata = units.link_strata(part.schema())?;
            units.parts.push(PartUnits { strata, psus: None });
        }
        let people = units.link_people(parts, linked && !clustered)?;
        if clustered {
            units.link_psus(parts);
        } else {
            units.people = if linked { People::Linked(people) } else { People::Counted(people.sizes) };
        }
        Ok(units)
    }

    fn link_strata(&mut self, schema: &Schema) -> Result<Vec<u32>, TallyError> {
        let mut codes = Vec::new();
        for stratum in &schema.strata {
            let known = self.strata.iter().position(|known| known.label == stratum.label);
            let code = known.unwrap_or_else(|| {
                self.strata.push(UnitStratum { label: stratum.label.clone(), fpc: stratum.fpc });
                self.strata.len() - 1
            });
            if self.strata[code].fpc.map(f64::to_bits) != stratum.fpc.map(f64::to_bits) {
                return Err(TallyError::PanelFpc { stratum: stratum.label.clone() });
            }
            codes.push(code as u32);
        }
        Ok(codes)
    }

    fn link_psus(&mut self, parts: &[&dyn Batches]) {
        let mut codes: HashMap<u64, u32> = HashMap::new();
        for (units, part) in self.parts.iter_mut().zip(parts) {
            let mut translation = Vec::new();
            for &psu in part.schema().psus.iter().flatten() {
                let next = codes.len() as u32;
                translation.push(*codes.entry(psu).or_insert(next));
            }
            units.psus = Some(translation);
        }
        self.psus = Some(codes.len() as u32);
    }

    /// Numbers the people of all waves, and sees that they are linked and keep their stratum. Who is in which row is kept where
    /// it is `needed`.
    fn link_people(&mut self, parts: &[&dyn Batches], needed: bool) -> Result<Linked> {
        struct Person {
            stratum: u32,
            waves: u32,
        }
        let mut codes: HashMap<u128, u32> = HashMap::new();
        let mut people: Vec<Person> = Vec::new();
        let (mut moved, mut rows) = (0, Vec::new());
        for (units, part) in self.parts.iter().zip(parts) {
            let mut of_part = Vec::new();
            for index in 0..part.count() {
                let batch = part.batch(index, Ids::Read)?;
                let mut of_batch = Vec::new();
                for (&person, &stratum) in batch.pseudonyms.iter().zip(&batch.strata) {
                    let stratum = units.strata[stratum as usize];
                    let code = *codes.entry(person).or_insert(people.len() as u32);
                    if needed {
                        of_batch.push(code);
                    }
                    match people.get_mut(code as usize) {
                        None => people.push(Person { stratum, waves: 1 }),
                        Some(known) => {
                            known.waves += 1;
                            moved += u64::from(known.stratum != stratum);
                        }
                    }
                }
                of_part.push(of_batch);
            }
            rows.push(of_part);
        }
        let linked = people.iter().filter(|person| person.waves > 1).count() as u64;
        // A panel in which nobody is linked is none; that nobody comes back to a feature is an answer.
        if linked == 0 && parts.iter().any(|part| part.schema().usage.is_none()) {
            return Err(TallyError::PanelUnlinked.into());
        }
        if moved > 0 {
            return Err(TallyError::PanelStratum { people: moved }.into());
        }
        self.links = Some(PanelLinks { people: people.len() as u64, linked });
        let mut sizes = vec![0; self.strata.len()];
        for person in &people {
            sizes[person.stratum as usize] += 1;
        }
        Ok(Linked { rows, sizes })
    }

    /// Sees that the waves of a panel do not hold more of a stratum than there is.
    pub(super) fn check_sizes(&self, sizes: &[StratumSize]) -> Result<(), TallyError> {
        for (stratum, size) in self.strata.iter().zip(sizes) {
            if let Some(fpc) = size.fpc.filter(|&fpc| fpc > 1.0 && fpc < size.psus as f64) {
                let (stratum, drawn) = (stratum.label.clone(), size.psus);
                return Err(TallyError::PanelTooLarge { stratum, drawn, size: fpc });
            }
        }
        Ok(())
    }
}

impl PartUnits {
    /// The PSU of every row of a batch; `None` where rows have none.
    pub(super) fn psus(&self, batch: &Batch) -> Option<Vec<u32>> {
        let (codes, psus) = self.psus.as_ref().zip(batch.psus.as_ref())?;
        Some(psus.iter().map(|&psu| codes[psu as usize]).collect())
    }
}

fn stratum_label(wave: &str, stratum: &str) -> String {
    match (wave, stratum) {
        ("", stratum) => stratum.to_owned(),
        (wave, "") => wave.to_owned(),
        (wave, stratum) => format!("{wave}, {stratum}"),
    }
}

//! The sampling design of one wave: strata, PSUs and finite population corrections, numbered as they appear.

use foldhash::{HashMap, HashMapExt};

use super::super::code::Code;
use super::super::dataset::Stratum;
use super::super::problems::{Position, Problem, Problems};
use super::super::shown::quoted;
use super::columns::Columns;

/// The strata and PSUs seen so far. Without a stratum column there is one unnamed stratum.
#[derive(Debug, Default)]
pub(super) struct Design {
    by_label: HashMap<String, u32>,
    strata: Vec<Sampled>,
    /// Keyed hashes of the PSUs, and their strata.
    psus: Vec<(u64, u32)>,
    /// The codes of PSUs that came from parts of the file, by hash.
    by_hash: HashMap<u64, u32>,
    /// The first population size and the first sampling fraction, by line.
    first_size: Option<u64>,
    first_fraction: Option<u64>,
}

/// One stratum and what was drawn from it.
#[derive(Debug)]
struct Sampled {
    label: String,
    fpc: Option<(f64, Position)>,
    /// The codes of its PSUs, by id.
    psus: HashMap<String, u32>,
    drawn: u64,
    respondents: u64,
}

impl Design {
    /// The code of a stratum.
    pub(super) fn stratum(&mut self, label: &str) -> u32 {
        if let Some(&code) = self.by_label.get(label) {
            return code;
        }
        let code = self.strata.len() as u32;
        self.by_label.insert(label.to_owned(), code);
        self.strata.push(Sampled {
            label: label.to_owned(),
            fpc: None,
            psus: HashMap::new(),
            drawn: 0,
            respondents: 0,
        });
        code
    }

    /// The code of a PSU, which is a pair of a stratum and an id. An id may be a person's: it is kept as a pseudonym.
    pub(super) fn psu(&mut self, stratum: u32, id: &str, pseudonym: &dyn Fn(&str) -> u128) -> u32 {
        let Sampled { label, psus: known, drawn, .. } = &mut self.strata[stratum as usize];
        if let Some(&code) = known.get(id) {
            return code;
        }
        let code = self.psus.len() as u32;
        known.insert(id.to_owned(), code);
        *drawn += 1;
        self.psus.push((pseudonym(&format!("psu {label} {id}")) as u64, stratum));
        code
    }

    /// Takes the strata and PSUs of the part of the file that follows. By its codes, the codes here.
    pub(super) fn absorb(&mut self, part: Self) -> (Vec<u32>, Vec<u32>) {
        let mut strata = Vec::with_capacity(part.strata.len());
        for sampled in part.strata {
            let code = self.stratum(&sampled.label);
            self.strata[code as usize].respondents += sampled.respondents;
            strata.push(code);
        }
        let mut psus = Vec::with_capacity(part.psus.len());
        for (hash, stratum) in part.psus {
            let new = self.psus.len() as u32;
            let code = *self.by_hash.entry(hash).or_insert(new);
            if code == new {
                let stratum = strata[stratum as usize];
                self.strata[stratum as usize].drawn += 1;
                self.psus.push((hash, stratum));
            }
            psus.push(code);
        }
        (strata, psus)
    }

    /// Takes the correction that the row at `at` gives for its stratum.
    pub(super) fn correct(&mut self, stratum: u32, fpc: f64, at: Position) -> Result<(), Problem> {
        let sampled = &mut self.strata[stratum as usize];
        match sampled.fpc {
            Some((first, _)) if first.total_cmp(&fpc).is_eq() => return Ok(()),
            Some((first, first_at)) => {
                let message =
                    format!("fpc {fpc} differs from {first} in line {}, in one stratum", first_at.line);
                return Err(Problem::new(at, Code::FpcDiffers, message)
                    .hint("fpc belongs to the stratum: all its rows must give the same"));
            }
            None => sampled.fpc = Some((fpc, at)),
        }
        let is_size = fpc > 1.0;
        let (own, other) = if is_size {
            (&mut self.first_size, self.first_fraction)
        } else {
            (&mut self.first_fraction, self.first_size)
        };
        own.get_or_insert(at.line);
        let Some(line) = other else { return Ok(()) };
        let (this, that) = if is_size {
            ("population size", "sampling fraction")
        } else {
            ("sampling fraction", "population size")
        };
        let message = format!("fpc {fpc} is a {this}, that in line {line} a {that}");
        Err(Problem::new(at, Code::FpcMix, message)
            .hint("give sizes (above 1) or fractions (up to 1), not both"))
    }

    /// Counts one respondent of a stratum.
    pub(super) fn count(&mut self, stratum: u32) {
        self.strata[stratum as usize].respondents += 1;
    }

    /// The strata and the PSUs. Notes strata from which more was drawn than there is.
    pub(super) fn finish(
        self,
        columns: &Columns,
        problems: &mut Problems,
    ) -> (Vec<Stratum>, Option<Vec<u64>>) {
        let has_psus = columns.psu.is_some();
        let mut strata = Vec::with_capacity(self.strata.len());
        for sampled in self.strata {
            let drawn = if has_psus { sampled.drawn } else { sampled.respondents };
            if let Some((size, at)) = sampled.fpc
                && size > 1.0
                && size < drawn as f64
            {
                let what = if has_psus { "PSUs" } else { "respondents" };
                let of = if sampled.label.is_empty() {
                    String::new()
                } else {
                    format!(" of stratum {}", quoted(&sampled.label))
                };
                let message = format!("fpc {size}, but {drawn} {what}{of} are in the file");
                problems.add(
                    Problem::new(at, Code::BadFpc, message)
                        .hint("fpc is the size of the population, or the fraction of it that was drawn"),
                );
            }
            strata.push(Stratum { label: sampled.label, fpc: sampled.fpc.map(|(fpc, _)| fpc) });
        }
        (strata, has_psus.then(|| self.psus.into_iter().map(|(hash, _)| hash).collect()))
    }
}

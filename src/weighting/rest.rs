//! What the totals of a population file leave to those whom its other rows do not name.

use crate::codebook::project::{ProjectProblem, ProjectProblems};

use super::figure::quantity;
use super::population::{Population, PopulationRow};

/// Dimensions and level keys.
pub type Levels = Vec<(String, String)>;

/// Persons of a total who stand nowhere else in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// Where the total stands; empty: everybody.
    pub within: Levels,
    /// The rows that share it, by the levels that they add; all of the same dimensions.
    pub parts: Vec<Levels>,
    /// Persons, > 0.
    pub persons: f64,
    /// Line of the total.
    pub line: u64,
}

impl Population {
    /// The rest of every total, in the order of the file: what is left of it by the rows that fill in levels that it leaves
    /// blank. Rows that others stand between share those instead.
    ///
    /// # Errors
    /// A total that is less than its parts.
    pub fn rests(&self) -> Result<Vec<Rest>, ProjectProblems> {
        let (mut rests, mut problems) = (Vec::new(), Vec::new());
        for total in &self.rows {
            for (parts, persons) in self.parts(total) {
                match remainder(total.persons, persons) {
                    None => problems.push(self.too_many(total, persons)),
                    Some(None) => {}
                    Some(Some(persons)) => {
                        rests.push(Rest { within: self.levels(total), parts, persons, line: total.line });
                    }
                }
            }
        }
        ProjectProblems::none_or(problems, rests)
    }

    /// The levels that a row fills in.
    #[must_use]
    pub fn levels(&self, row: &PopulationRow) -> Levels {
        let named = self.dimensions.iter().zip(&row.levels);
        named.filter_map(|(dimension, level)| Some((dimension.clone(), level.clone()?))).collect()
    }

    /// The rows that share a total, by the dimensions that they add to it, with the sum of their persons.
    fn parts(&self, total: &PopulationRow) -> Vec<(Vec<Levels>, f64)> {
        let shares = |row: &&PopulationRow| {
            let between = |other: &PopulationRow| is_above(total, other) && is_above(other, row);
            is_above(total, row) && !self.rows.iter().any(between)
        };
        let mut groups: Vec<(Vec<Levels>, f64)> = Vec::new();
        for row in self.rows.iter().filter(shares) {
            let own = self.levels(total);
            let added: Levels = self.levels(row).into_iter().filter(|level| !own.contains(level)).collect();
            let is_alike = |(parts, _): &&mut (Vec<Levels>, f64)| {
                parts
                    .iter()
                    .all(|part| part.iter().map(|(name, _)| name).eq(added.iter().map(|(name, _)| name)))
            };
            match groups.iter_mut().find(is_alike) {
                Some((parts, persons)) => {
                    parts.push(added);
                    *persons += row.persons;
                }
                None => groups.push((vec![added], row.persons)),
            }
        }
        groups
    }

    fn too_many(&self, total: &PopulationRow, parts: f64) -> ProjectProblem {
        let message = format!(
            "the rows that share this total add up to {} persons, more than its {}",
            quantity(parts),
            quantity(total.persons)
        );
        total.place(&self.file).problem(message, "a row with its level left blank is the total of the others")
    }
}

/// Whether a row fills in all that `total` does, in the same way, and more.
fn is_above(total: &PopulationRow, row: &PopulationRow) -> bool {
    let mut levels = total.levels.iter().zip(&row.levels);
    total.levels != row.levels && levels.all(|(above, below)| above.is_none() || above == below)
}

/// What the total leaves to others, if anything. `None` when it is less than the sum.
#[expect(clippy::option_option, reason = "less than nothing, nothing, or something")]
pub(super) fn remainder(total: f64, sum: f64) -> Option<Option<f64>> {
    /// Persons that differ by less than this share of the total are the same.
    const SAME: f64 = 1e-9;
    let rest = total - sum;
    if rest < -SAME * total { None } else { Some((rest > SAME * total).then_some(rest)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rests(rows: &str) -> Result<Vec<(String, usize, f64)>, String> {
        let population =
            Population::parse(format!("segment,city,os,persons\n{rows}").as_bytes(), "p.csv").unwrap();
        let rests = population.rests().map_err(|problems| problems.to_string())?;
        let within =
            |rest: &Rest| rest.within.iter().map(|(_, level)| level.as_str()).collect::<Vec<_>>().join("+");
        Ok(rests.iter().map(|rest| (within(rest), rest.parts.len(), rest.persons)).collect())
    }

    #[test]
    fn a_total_leaves_what_its_parts_do_not_take() {
        assert_eq!(
            rests("expat,Guangzhou,,235000\nexpat,Shanghai,,209000\nexpat,Beijing,,107000\nexpat,,,800000\n"),
            Ok(vec![("expat".to_owned(), 3, 249_000.0)])
        );
        // iOS shares Guangzhou, not the whole; two margins of one total leave two rests.
        assert_eq!(
            rests("expat,Guangzhou,iOS,100\nexpat,Guangzhou,,235\nexpat,,,800\n,,,1000\n,Guangzhou,,500\n"),
            Ok(vec![
                ("expat+Guangzhou".to_owned(), 1, 135.0),
                ("expat".to_owned(), 1, 565.0),
                (String::new(), 1, 200.0),
                (String::new(), 1, 500.0),
                ("Guangzhou".to_owned(), 1, 265.0),
            ])
        );
        assert_eq!(rests("expat,,,100\nexpat,Guangzhou,,60\nexpat,Shanghai,,40\n"), Ok(Vec::new()));
        let said = rests("expat,,,99\nexpat,Guangzhou,,60\nexpat,Shanghai,,40\n").unwrap_err();
        assert!(
            said.starts_with(
                "p.csv:2:1: the rows that share this total add up to 100.0 persons, more than its 99.0"
            ),
            "{said}"
        );
    }
}

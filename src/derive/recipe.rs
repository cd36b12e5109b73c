//! A [`Recipe`]: a dimension that is made from another, level by level.

use std::collections::BTreeMap;

use crate::codebook::clean;
use crate::codebook::gazetteer::{Division, by_key};
use crate::codebook::project::{Derivation, MadeOf, ProjectProblem, Rule};
use crate::ingest::Schema;

/// How one dimension is made.
pub(super) struct Recipe<'a> {
    pub(super) name: &'a str,
    pub(super) how: How<'a>,
}

pub(super) enum How<'a> {
    /// From the city, by the gazetteer.
    Division(Division),
    /// As the codebook says.
    Rule(&'a Derivation),
}

impl Recipe<'_> {
    /// The new level of an old one.
    pub(super) fn level(&self, old: &str) -> Result<String, ProjectProblem> {
        let rule = match &self.how {
            How::Division(division) => {
                return Ok(by_key(old).map_or("", |city| division.level(city)).to_owned());
            }
            How::Rule(derivation) => &derivation.rule,
        };
        match rule {
            Rule::Recode { levels, others } => match (levels.get(old), others) {
                (Some(new), _) => Ok(new.clone()),
                (None, _) if old.is_empty() => Ok(String::new()),
                (None, Some(others)) => Ok(others.clone()),
                (None, None) => Err(self.problem(
                    format!("{} does not say what becomes of the level \"{}\"", self.name, clean(old)),
                    "list it in levels, or give \"*\" for all that are not listed",
                )),
            },
            Rule::Bands(_) if old.trim().is_empty() => Ok(String::new()),
            Rule::Bands(_) => match old.trim().parse::<f64>().ok().filter(|value| value.is_finite()) {
                Some(value) => self.band(value),
                None => Err(self.problem(
                    format!(
                        "{} cuts numbers into bands, and the level \"{}\" is none",
                        self.name,
                        clean(old)
                    ),
                    "recode the levels of a dimension that has words: levels = { … }",
                )),
            },
        }
    }

    /// The band of a number.
    pub(super) fn band(&self, value: f64) -> Result<String, ProjectProblem> {
        let How::Rule(Derivation { rule: Rule::Bands(bands), .. }) = &self.how else {
            return Ok(String::new());
        };
        bands.key(value).ok_or_else(|| {
            self.problem(
                format!("{} has bands of whole numbers, and the survey has {value}", self.name),
                "write the bounds with decimals, [18.0, 25.0], for bands that reach to below the next bound",
            )
        })
    }

    /// What is wrong with it, at its place in the codebook.
    pub(super) fn problem(&self, message: impl Into<String>, hint: impl Into<String>) -> ProjectProblem {
        let (file, (line, column)) = match &self.how {
            How::Division(_) => ("", (0, 0)),
            How::Rule(derivation) => (derivation.file.as_str(), derivation.at),
        };
        ProjectProblem {
            file: file.to_owned(),
            line,
            column,
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// What is wrong with it for a survey of these parts, whatever its levels.
    pub(super) fn check(&self, schemas: &[&Schema]) -> Vec<ProjectProblem> {
        let How::Rule(derivation) = &self.how else { return Vec::new() };
        let mut problems = Vec::new();
        if schemas.iter().any(|schema| has(schema, self.name)) {
            let hint = "give the derived dimension a name of its own";
            problems.push(self.problem(format!("the survey has a column {} already", self.name), hint));
        }
        match &derivation.of {
            MadeOf::Dimension(of) => {
                let is_division = Division::of_dimension(of).is_some_and(|_| is_there(schemas, "city"));
                if !is_division && !is_there(schemas, of) {
                    let known: Vec<&str> = schemas
                        .iter()
                        .flat_map(|schema| &schema.dimensions)
                        .map(|d| d.name.as_str())
                        .collect();
                    let hint = format!("it has {}", distinct(known).join(", "));
                    problems.push(self.problem(format!("the survey has no dimension {of}"), hint));
                }
                if let Rule::Recode { levels, others: Some(_) } = &derivation.rule {
                    problems.extend(self.slips(of, levels, schemas));
                }
            }
            MadeOf::Number(item) => {
                let is_number = |schema: &&Schema| schema.numbers.iter().any(|number| number.item == *item);
                if !schemas.iter().any(is_number) {
                    let is_asked = schemas.iter().any(|schema| schema.items.contains(item));
                    let what = if is_asked { "is answered with yes or no" } else { "is not asked" };
                    let hint = "bands are of a dimension or an item that has numbers";
                    problems.push(self.problem(format!("{item} {what}, so it has no bands"), hint));
                }
            }
        }
        problems
    }

    /// Listed levels that nobody has, where one that falls under `*` is written almost alike.
    fn slips(&self, of: &str, listed: &BTreeMap<String, String>, schemas: &[&Schema]) -> Vec<ProjectProblem> {
        const ALIKE: f64 = 0.9;
        let dimensions = schemas.iter().flat_map(|schema| &schema.dimensions);
        let own = dimensions.filter(|dimension| dimension.name == of).flat_map(|dimension| &dimension.levels);
        let own: Vec<&str> = distinct(own.map(String::as_str).collect());
        let alike = |a: &str, b: &str| strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase()) >= ALIKE;
        let absent = listed.keys().filter(|level| !own.contains(&level.as_str()));
        absent
            .filter_map(|level| {
                let meant = own.iter().find(|own| !listed.contains_key(**own) && alike(own, level))?;
                let message = format!("nobody has the level \"{}\" of {of}", clean(level));
                Some(self.problem(message, format!("did you mean {}? It falls under \"*\"", clean(meant))))
            })
            .collect()
    }
}

/// Whether a part has a dimension.
pub(super) fn has(schema: &Schema, name: &str) -> bool {
    schema.dimensions.iter().any(|dimension| dimension.name == name)
}

/// Whether any part has a dimension.
pub(super) fn is_there(schemas: &[&Schema], name: &str) -> bool {
    schemas.iter().any(|schema| has(schema, name))
}

/// Each once, in order of first appearance.
fn distinct(all: Vec<&str>) -> Vec<&str> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

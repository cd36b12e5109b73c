//! A filter as people write it → the same filter in the keys of a survey.

use std::collections::BTreeSet;

use crate::codebook::filter::{Expr, Filter, FilterError, Relation, Test, Word};
use crate::codebook::levels::{self, WAVE};
use crate::codebook::project::level_key;
use crate::codebook::{Answer, Item, Names};
use crate::ingest::Schema;

use super::condition::ANSWERS;

/// The filter with every level as the survey has it: cities by the gazetteer, all levels by their key or by their name in
/// either language, answers as yes, no, blank or not asked.
///
/// # Errors
/// A dimension, item or level that no part has, with what was probably meant; a comparison of what are no numbers.
pub fn resolve(filter: &Filter, schemas: &[&Schema], names: &Names) -> Result<Filter, FilterError> {
    let survey = Survey { schemas, names };
    Ok(Filter { expr: survey.expr(&filter.expr)? })
}

struct Survey<'a> {
    schemas: &'a [&'a Schema],
    names: &'a Names,
}

impl Survey<'_> {
    fn expr(&self, expr: &Expr) -> Result<Expr, FilterError> {
        let each = |parts: &[Expr]| parts.iter().map(|part| self.expr(part)).collect::<Result<_, _>>();
        Ok(match expr {
            Expr::Test(test) => Expr::Test(self.test(test)?),
            Expr::Not(inner) => Expr::Not(Box::new(self.expr(inner)?)),
            Expr::All(parts) => Expr::All(each(parts)?),
            Expr::Any(parts) => Expr::Any(each(parts)?),
        })
    }

    fn test(&self, test: &Test) -> Result<Test, FilterError> {
        let known = self.levels(&test.of.text);
        let relation = match &test.relation {
            Relation::Compared(comparison, bound) => {
                self.check_numbers(&test.of, known.as_deref())?;
                Relation::Compared(*comparison, number(bound)?)
            }
            Relation::In { levels, negated } => {
                let level = |word: &Word| match &known {
                    Some(known) => self.level(&test.of, word, known),
                    None => self.answer(&test.of, word),
                };
                Relation::In {
                    levels: levels.iter().map(level).collect::<Result<_, _>>()?,
                    negated: *negated,
                }
            }
        };
        Ok(Test { of: test.of.clone(), relation })
    }

    /// All levels of a dimension; `None` where no part has it.
    fn levels(&self, name: &str) -> Option<Vec<String>> {
        let mut found: BTreeSet<&String> = BTreeSet::new();
        for schema in self.schemas {
            let own = schema.dimensions.iter().filter(|dimension| dimension.name == name);
            found.extend(own.flat_map(|dimension| &dimension.levels));
            found.extend((name == WAVE).then_some(&schema.wave));
        }
        let mut levels: Vec<String> = found.into_iter().cloned().collect();
        levels::sort(name, &mut levels);
        (!levels.is_empty()).then_some(levels)
    }

    fn has_number(&self, item: &Item) -> bool {
        self.schemas.iter().flat_map(|schema| &schema.numbers).any(|number| number.item == *item)
    }

    /// A level as the survey has it.
    fn level(&self, of: &Word, word: &Word, known: &[String]) -> Result<Word, FilterError> {
        let found = |key: &str| Ok(Word { text: key.to_owned(), column: word.column });
        if known.contains(&word.text) {
            return found(&word.text);
        }
        let key = level_key(&of.text, &word.text);
        if let Some(key) = key.as_ref().ok().filter(|key| known.contains(key)) {
            return found(key);
        }
        let is_called_so = |key: &&String| {
            let name = self.names.level(&of.text, key);
            [&name.en, &name.zh].into_iter().any(|name| name.eq_ignore_ascii_case(&word.text))
        };
        if let Some(key) = known.iter().find(is_called_so) {
            return found(key);
        }
        let error = match key {
            Err(error) => {
                let hint = error.hint();
                let error = FilterError::new(word.column, error.to_string());
                return Err(match hint {
                    Some(hint) => error.hint(hint),
                    None => error,
                });
            }
            Ok(key) => {
                FilterError::new(word.column, format!("nobody in the survey has the {} \"{key}\"", of.text))
            }
        };
        Err(error.hint(meant(&word.text, known)))
    }

    /// An answer, or a number of an item that has numbers.
    fn answer(&self, of: &Word, word: &Word) -> Result<Word, FilterError> {
        let item = self.item(of)?;
        let said = |text: &str| Ok(Word { text: text.to_owned(), column: word.column });
        if word.text.eq_ignore_ascii_case("blank") {
            return said(ANSWERS[Answer::Blank as usize]);
        }
        let answer = Answer::parse(&word.text);
        if !self.has_number(&item) {
            return match answer {
                Some(answer) => said(ANSWERS[answer as usize]),
                None => Err(FilterError::new(word.column, format!("{item} is answered with yes or no"))
                    .hint("write yes, no, blank or \"not asked\"")),
            };
        }
        match answer {
            Some(answer @ (Answer::NotAsked | Answer::Blank)) => said(ANSWERS[answer as usize]),
            _ => number(word),
        }
    }

    /// The item that a word names.
    fn item(&self, of: &Word) -> Result<Item, FilterError> {
        let items = |schema: &&Schema| -> Vec<Item> {
            schema.items.iter().chain(schema.numbers.iter().map(|number| &number.item)).cloned().collect()
        };
        let known: BTreeSet<String> =
            self.schemas.iter().flat_map(items).map(|item| item.to_string()).collect();
        if let Some(item) = of.text.parse::<Item>().ok().filter(|item| known.contains(&item.to_string())) {
            return Ok(item);
        }
        let dimensions = self.schemas.iter().flat_map(|schema| &schema.dimensions);
        let mut dimensions: BTreeSet<String> = dimensions.map(|dimension| dimension.name.clone()).collect();
        dimensions.insert(WAVE.to_owned());
        let (what, known) = if of.text.contains('.') { ("item", known) } else { ("dimension", dimensions) };
        let known: Vec<String> = known.into_iter().collect();
        Err(FilterError::new(of.column, format!("the survey has no {what} \"{}\"", of.text))
            .hint(meant(&of.text, &known)))
    }

    /// Only numbers are more or less than others.
    fn check_numbers(&self, of: &Word, levels: Option<&[String]>) -> Result<(), FilterError> {
        let Some(levels) = levels else {
            let item = self.item(of)?;
            return if self.has_number(&item) {
                Ok(())
            } else {
                let message = format!("{item} is answered with yes or no, not with numbers");
                Err(FilterError::new(of.column, message).hint(format!("write {item} = yes")))
            };
        };
        let is_number = |level: &&String| level.trim().parse::<f64>().is_ok_and(f64::is_finite);
        match levels.iter().filter(|level| !level.is_empty()).find(|level| !is_number(level)) {
            None => Ok(()),
            Some(level) => {
                let message = format!("{} has levels that are no numbers, such as \"{level}\"", of.text);
                Err(FilterError::new(of.column, message).hint(format!("write {} = \"{level}\"", of.text)))
            }
        }
    }
}

/// A word that must be a number.
fn number(word: &Word) -> Result<Word, FilterError> {
    match word.text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(word.clone()),
        _ => {
            Err(FilterError::new(word.column, format!("a number was expected, but found \"{}\"", word.text)))
        }
    }
}

/// What was probably meant, else what there is.
fn meant(text: &str, known: &[String]) -> String {
    const ALIKE: f64 = 0.8;
    const LISTED: usize = 12;
    let score = |known: &String| strsim::jaro_winkler(&known.to_lowercase(), &text.to_lowercase());
    let nearest = known.iter().max_by(|a, b| score(a).total_cmp(&score(b)));
    if let Some(nearest) = nearest.filter(|nearest| score(nearest) >= ALIKE) {
        return format!("did you mean {nearest}?");
    }
    let listed: Vec<&str> =
        known.iter().filter(|level| !level.is_empty()).map(String::as_str).take(LISTED).collect();
    let more = if known.len() > LISTED { ", …" } else { "" };
    format!("there are {}{more}", listed.join(", "))
}

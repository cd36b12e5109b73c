//! A derived dimension of one part: where its codes come from, and what becomes of each.

use crate::codebook::project::{MadeOf, ProjectProblem};
use crate::ingest::{Batch, Dimension, Number, Schema};

use super::recipe::{How, Recipe};

/// A column of level codes that is made from another column.
pub(super) struct Column {
    from: From,
    /// The new code by the old one.
    translation: Vec<u16>,
}

/// The column that codes come from.
#[derive(Clone, Copy)]
pub(super) enum From {
    Dimension(usize),
    Number(usize),
}

impl Column {
    /// The column of a recipe and its levels; `None` where the part lacks what it is made from.
    ///
    /// # Errors
    /// Everything that the recipe makes of no old level.
    pub(super) fn new(
        recipe: &Recipe<'_>,
        schema: &Schema,
    ) -> Result<Option<(Self, Dimension)>, Vec<ProjectProblem>> {
        let of = match &recipe.how {
            How::Division(_) => &MadeOf::Dimension("city".to_owned()),
            How::Rule(derivation) => &derivation.of,
        };
        let (from, levels): (From, Vec<Result<String, ProjectProblem>>) = match of {
            MadeOf::Dimension(name) => {
                let Some(at) = schema.dimensions.iter().position(|own| own.name == *name) else {
                    return Ok(None);
                };
                let old = &schema.dimensions[at].levels;
                (From::Dimension(at), old.iter().map(|level| recipe.level(level)).collect())
            }
            MadeOf::Number(item) => {
                let Some(at) = schema.numbers.iter().position(|own| own.item == *item) else {
                    return Ok(None);
                };
                let blank = (0..Number::FIRST).map(|_| Ok(String::new()));
                let bands = schema.numbers[at].values.iter().map(|value| recipe.band(*value));
                (From::Number(at), blank.chain(bands).collect())
            }
        };
        let (mut translation, mut keys, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for level in levels {
            match level {
                Ok(level) => {
                    let known = keys.iter().position(|key| *key == level);
                    let code = known.unwrap_or_else(|| {
                        keys.push(level);
                        keys.len() - 1
                    });
                    translation.push(code as u16);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let dimension = Dimension { name: recipe.name.to_owned(), levels: keys };
        Ok(Some((Self { from, translation }, dimension)))
    }

    /// The column that it is made from.
    pub(super) fn from(&self) -> From {
        self.from
    }

    /// The new codes of a batch.
    pub(super) fn codes(&self, batch: &Batch) -> Vec<u16> {
        match self.from {
            From::Dimension(at) => {
                batch.dimensions[at].iter().map(|&code| self.translation[usize::from(code)]).collect()
            }
            From::Number(at) => {
                batch.numbers[at].iter().map(|&code| self.translation[code as usize]).collect()
            }
        }
    }
}

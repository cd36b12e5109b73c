//! [`Derived`]: a part with what the gazetteer and the codebook add to it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::codebook::gazetteer::Division;
use crate::codebook::project::{DatasetBook, ProjectProblem, ProjectProblems};
use crate::ingest::{Alike, Asked, Batch, Batches, Ids, Schema};

use super::column::{Column, From};
use super::net::{self, NetColumn};
use super::recipe::{How, Recipe, is_there};

/// A part with further dimensions and items, behind its own.
pub struct Derived {
    part: Arc<dyn Batches>,
    schema: Schema,
    columns: Vec<Column>,
    nets: Vec<NetColumn>,
}

/// The parts (waves) of one dataset with all that can be derived: the region and tier of its cities, unless a file has a
/// column of that name, and what the codebook says. A part that lacks what a dimension is made from, or all items of a net, goes
/// without it. Cost: one step per level here; per batch one step per respondent and derived column.
///
/// # Errors
/// All that cannot be derived from these parts, by its place in the codebook.
pub fn derive(parts: &[Arc<dyn Batches>], book: &DatasetBook) -> Result<Vec<Derived>, ProjectProblems> {
    let schemas: Vec<&Schema> = parts.iter().map(|part| part.schema()).collect();
    let divisions = Division::ALL.into_iter().filter(|division| !is_there(&schemas, division.key()));
    let divisions = divisions.map(|division| Recipe { name: division.key(), how: How::Division(division) });
    let rules = book.derive.iter().map(|(name, derivation)| Recipe { name, how: How::Rule(derivation) });
    let recipes: Vec<Recipe<'_>> = divisions.chain(rules).collect();
    let mut problems: Vec<ProjectProblem> =
        recipes.iter().flat_map(|recipe| recipe.check(&schemas)).collect();
    problems.extend(book.nets.iter().flat_map(|(name, net)| net::check(name, net, &schemas)));
    let mut derived = Vec::new();
    for part in parts {
        match Derived::new(part, &recipes, book) {
            Ok(part) => derived.push(part),
            Err(found) => problems.extend(found),
        }
    }
    let mut distinct: Vec<ProjectProblem> = Vec::new();
    for problem in problems {
        if !distinct.contains(&problem) {
            distinct.push(problem);
        }
    }
    ProjectProblems::none_or(distinct, derived)
}

impl Derived {
    fn new(
        part: &Arc<dyn Batches>,
        recipes: &[Recipe<'_>],
        book: &DatasetBook,
    ) -> Result<Self, Vec<ProjectProblem>> {
        let mut derived = Self {
            part: Arc::clone(part),
            schema: part.schema().clone(),
            columns: Vec::new(),
            nets: Vec::new(),
        };
        let mut problems = Vec::new();
        for recipe in recipes {
            // Regions and tiers stand first, so that what is made from them finds them.
            match Column::new(recipe, &derived.schema) {
                Ok(None) => {}
                Ok(Some((column, dimension))) => {
                    derived.columns.push(column);
                    derived.schema.dimensions.push(dimension);
                }
                Err(found) => problems.extend(found),
            }
        }
        for (name, net) in &book.nets {
            if let Some(net) = NetColumn::new(net, part.schema()) {
                derived.nets.push(net);
                derived.schema.items.push(name.clone());
            }
        }
        if problems.is_empty() { Ok(derived) } else { Err(problems) }
    }

    /// Adds what is derived to a batch of the part.
    fn add(&self, batch: &mut Batch) {
        for column in &self.columns {
            let codes = column.codes(batch);
            batch.dimensions.push(codes);
        }
        let asked = self.part.schema().items.len();
        for (net, index) in self.nets.iter().zip(asked..) {
            net.add(batch, index);
        }
    }

    /// What must be asked of the part, so that what is asked can be made of it.
    fn own(&self, asked: &Asked) -> Asked {
        let (dimensions, items) = (self.part.schema().dimensions.len(), self.part.schema().items.len());
        let mut own = Asked { dimensions: BTreeSet::new(), ..asked.clone() };
        for mut at in asked.dimensions.iter().copied() {
            loop {
                match at.checked_sub(dimensions).map(|derived| self.columns[derived].from()) {
                    None => break own.dimensions.extend([at]),
                    Some(From::Dimension(from)) => at = from,
                    Some(From::Number(from)) => {
                        break own.together.iter_mut().for_each(|together| together.numbers.extend([from]));
                    }
                }
            }
        }
        for together in &mut own.together {
            let nets = together.items.split_off(&items);
            together.items.extend(nets.into_iter().flat_map(|net| self.nets[net - items].items()));
        }
        own
    }
}

impl Batches for Derived {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn count(&self) -> usize {
        self.part.count()
    }

    fn batch(&self, index: usize, ids: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        let mut batch = self.part.batch(index, ids)?.into_owned();
        self.add(&mut batch);
        Ok(Cow::Owned(batch))
    }

    fn alike(&self, asked: &Asked) -> Option<anyhow::Result<Vec<Alike>>> {
        let mut alike = self.part.alike(&self.own(asked))?;
        alike.iter_mut().flatten().for_each(|alike| self.add(&mut alike.batch));
        Some(alike)
    }
}

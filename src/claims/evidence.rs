//! [`Evidence`]: a tally as claims see it; names of items, dimensions and levels become codes, or [`Reason`]s.

use std::collections::BTreeMap;

use super::needs::joint;
use super::statement::{Figure, Of};
use super::verdict::Reason;
use crate::codebook::project::Measured;
use crate::codebook::{Base, Item, Name, Names, Quantity};
use crate::estimate::{Design, Measure, Role, Single, Subject};
use crate::measure::{Shown, Terms, Unit, measure, variable};
use crate::table::{ItemLabel, Label, MeasureLabel};
use crate::tally::{Tally, Variable, WAVE};
use crate::weighting::Levels;

/// What claims are judged by.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// A tally of what the claims [need](super::Needs).
    pub tally: &'a Tally,
    /// Its cells, with their weights.
    pub design: Design<'a>,
    /// How an item is measured that is not answered with yes or no.
    pub measured: &'a BTreeMap<Item, Measured>,
    /// Display names.
    pub names: &'a Names,
    /// The level of a tallied dimension that all figures are of, and the filter that says so.
    pub filter: Option<&'a ((usize, u16), Label)>,
}

/// A figure in codes.
pub(super) struct Coded {
    /// For the estimators.
    pub(super) single: Single,
    /// What it is, in words.
    pub(super) label: Name,
    /// The same for tables.
    pub(super) measure: MeasureLabel,
    /// Its scale.
    pub(super) unit: Unit,
}

impl Evidence<'_> {
    /// Two figures so that they can be compared: where they may share people and are of different items, on the joint
    /// variable of both.
    pub(super) fn pair(&self, left: &Figure, right: &Figure) -> Result<(Coded, Coded), Vec<Reason>> {
        let (mut first, mut second) = both(self.figure(left), self.figure(right))?;
        if first.unit != second.unit {
            return Err(vec![Reason::Scales]);
        }
        if let (Some(a), Some(b)) = (left.quantity(), right.quantity())
            && variable(a) != variable(b)
        {
            let joint = self.index(&joint(a, b)).ok_or_else(|| vec![Reason::Scales])?;
            self.lift(&mut first, joint, 0);
            self.lift(&mut second, joint, variable(a).0.len());
        }
        Ok((first, second))
    }

    /// A figure in codes. Where there are several waves and it names none, it is of the latest.
    pub(super) fn figure(&self, figure: &Figure) -> Result<Coded, Vec<Reason>> {
        let mut within: Vec<(&str, &str)> =
            figure.within.iter().map(|(dimension, level)| (dimension.as_str(), level.as_str())).collect();
        let waves = self.levels(WAVE).unwrap_or_default();
        if let (true, Some(latest)) = (waves.len() > 1, waves.last())
            && !within.iter().any(|(dimension, _)| *dimension == WAVE)
        {
            within.push((WAVE, latest));
        }
        let (mut codes, mut reasons) = (Vec::new(), Vec::new());
        for &(dimension, level) in &within {
            match self.code(dimension, level) {
                Ok(code) => codes.push(code),
                Err(reason) => reasons.push(reason),
            }
        }
        let (of, unit, measure) = match self.subject(&figure.of) {
            Ok(subject) => subject,
            Err(reason) => {
                reasons.insert(0, reason);
                return Err(reasons);
            }
        };
        if !reasons.is_empty() {
            return Err(reasons);
        }
        let levels = within.iter().map(|(dimension, level)| self.names.level(dimension, level));
        let label = levels.fold(measure.name(), |label, level| {
            Name::new(format!("{}, {}", label.en, level.en), format!("{}，{}", label.zh, level.zh))
        });
        codes.extend(self.filter.iter().map(|(within, _)| *within));
        Ok(Coded { single: Single { of, within: codes, without: Vec::new() }, label, measure, unit })
    }

    /// The same of those who stand at none of some lists of levels. A level where nobody stands leaves nobody out.
    pub(super) fn figure_without(&self, figure: &Figure, without: &[Levels]) -> Result<Coded, Vec<Reason>> {
        let mut coded = self.figure(figure)?;
        for levels in without {
            let codes = levels.iter().map(|(dimension, level)| self.code(dimension, level));
            match codes.collect::<Result<Vec<_>, _>>() {
                Ok(codes) => coded.single.without.push(codes),
                Err(Reason::Level(..)) => {}
                Err(reason) => return Err(vec![reason]),
            }
        }
        Ok(coded)
    }

    /// The levels of a tallied dimension, in canonical order.
    pub(super) fn levels(&self, dimension: &str) -> Option<&[String]> {
        let known = self.tally.dimensions.iter().find(|known| known.name == dimension)?;
        Some(&known.levels)
    }

    fn code(&self, dimension: &str, level: &str) -> Result<(usize, u16), Reason> {
        let known = &self.tally.dimensions;
        let place = known.iter().position(|known| known.name == dimension);
        let place = place.ok_or_else(|| Reason::Dimension(dimension.to_owned()))?;
        let code = known[place].levels.iter().position(|known| known == level);
        let code = code.ok_or_else(|| Reason::Level(dimension.to_owned(), level.to_owned()))?;
        Ok((place, code as u16))
    }

    fn subject(&self, of: &Of) -> Result<(Subject, Unit, MeasureLabel), Reason> {
        let (quantity, is_share) = match of {
            Of::Rate(quantity) => (quantity, true),
            Of::Number(quantity) => (quantity, false),
            Of::Level(dimension, level) => {
                let (place, code) = self.code(dimension, level)?;
                let item = ItemLabel {
                    feature: Label { key: dimension.clone(), name: self.names.dimension(dimension) },
                    action: Label { key: level.clone(), name: self.names.level(dimension, level) },
                };
                let label = MeasureLabel { item, shown: Shown::Rate, per: None, counted: None };
                return Ok((Subject::Level(place, code), Unit::Share, label));
            }
        };
        let (measure, shown) = self.measure(quantity)?;
        if (shown.unit() == Unit::Share) != is_share {
            return Err(Reason::Kind(quantity.item.clone()));
        }
        let label = MeasureLabel::of(quantity, shown, self.names);
        Ok((Subject::Measure(measure), shown.unit(), label))
    }

    fn measure(&self, quantity: &Quantity) -> Result<(Measure, Shown), Reason> {
        let known = |item: &&Item| {
            self.tally.variables.contains(&Variable::from((*item).clone()))
                || self.index(&variable(quantity)).is_some()
        };
        if let Some(item) = quantity.items().into_iter().find(|item| !known(item)) {
            return Err(Reason::Item(item.clone()));
        }
        let index = self.index(&variable(quantity)).ok_or_else(|| Reason::Item(quantity.item.clone()))?;
        let measured = |item: &Item| self.measured.get(item).copied();
        let terms = Terms { measured: &measured, base: Base::Answered };
        measure(quantity, index, self.tally, terms).map_err(|_| Reason::Kind(quantity.item.clone()))
    }

    fn index(&self, variable: &Variable) -> Option<usize> {
        self.tally.variables.iter().position(|known| known == variable)
    }

    /// Sets a measure on a variable whose questions from `first` on are its own.
    fn lift(&self, coded: &mut Coded, joint: usize, first: usize) {
        let Subject::Measure(measure) = &mut coded.single.of else { return };
        let own = &self.tally.classes[measure.variable];
        let role = |class: &Vec<_>| {
            let place = own.iter().position(|own| class[first..].starts_with(own));
            place.map_or(Role::Outside, |place| measure.roles[place])
        };
        measure.roles = self.tally.classes[joint].iter().map(role).collect();
        measure.variable = joint;
    }
}

/// Both, or all reasons why not.
pub(super) fn both<A, B>(
    a: Result<A, Vec<Reason>>,
    b: Result<B, Vec<Reason>>,
) -> Result<(A, B), Vec<Reason>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(mut reasons), Err(more)) => {
            reasons.extend(more.into_iter().filter(|reason| !reasons.contains(reason)).collect::<Vec<_>>());
            Err(reasons)
        }
        (Err(reasons), _) | (_, Err(reasons)) => Err(reasons),
    }
}

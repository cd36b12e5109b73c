//! [`Anatomy`]: one figure taken apart, down to the rows that it rests on.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use super::grammar::{Refused, parse_figure};
use super::needs::Needs;
use super::statement::Figure;
use super::verdict::Reason;
use crate::codebook::{Item, Name};
use crate::estimate::{Base, Contrast, Estimate, Flag, Role, Settings, Subject, contrasts, t_quantile};
use crate::measure::{Unit, variable};
use crate::table::{Label, Mark, Source, Weights};
use crate::tally::Variable;

/// A figure and all that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Anatomy {
    /// What it is, in words.
    pub label: Name,
    /// Its scale.
    pub unit: Unit,
    /// Whom it is of: dimensions and levels.
    pub within: Vec<(String, String)>,
    /// The surveys it rests on, of which only the waves named in [`Anatomy::within`] count where there are several.
    pub sources: Vec<Source>,
    /// Which weights were used.
    pub weights: Weights,
    /// The filter that chooses whom it is of, if there is one.
    pub filter: Option<Label>,
    /// How it was estimated.
    pub settings: Settings,
    /// Who counts and who does not.
    pub base: Base,
    /// The strata that the base stands in.
    pub strata: usize,
    /// Whether PSUs are clusters, and not the respondents themselves.
    pub clustered: bool,
    /// The figure, t_{1−α/2} of its interval, and its flag; or why there is none.
    pub figure: Result<(Estimate, f64, Option<Flag>), Mark>,
}

impl Anatomy {
    /// Leaves the figure out where its flag withholds it.
    pub fn withhold(&mut self) {
        if let Ok((_, _, Some(flag @ Flag::Withheld(_)))) = self.figure {
            self.figure = Err(Mark::Flag(flag));
        }
    }
}

/// Reads one figure as claims write it: `rate(moments.share, segment=expat)`.
///
/// # Errors
/// The character (from 1) where it goes wrong, what was expected there, and a hint.
pub fn figure(text: &str) -> Result<Figure, (usize, String, String)> {
    parse_figure(text).map_err(|Refused { at, message, hint }| {
        (text[..text.floor_char_boundary(at.start)].chars().count() + 1, message, hint)
    })
}

impl Figure {
    /// What a tally must hold so that the figure can be taken apart; what the survey does not have is left out.
    #[must_use]
    pub fn needs(&self, items: &[Item], dimensions: &[String]) -> Needs {
        let named = self.dimensions().into_iter().filter(|name| dimensions.iter().any(|known| known == name));
        let by = named.map(str::to_owned).collect();
        let own = self.quantity().filter(|quantity| quantity.items().iter().all(|item| items.contains(item)));
        let any = items.iter().take(1).cloned().map(Variable::from);
        let variables = own.map(variable).into_iter().chain(any).collect::<Vec<_>>();
        Needs { by, variables: variables.into_iter().take(1).collect() }
    }
}

/// Takes a figure apart.
///
/// # Errors
/// What the survey does not have.
pub fn dissect(
    figure: &Figure,
    evidence: &Evidence<'_>,
    settings: Settings,
    sources: Vec<Source>,
    weights: Weights,
) -> Result<Anatomy, Vec<Reason>> {
    let coded = evidence.figure(figure)?;
    let contrast = Contrast { terms: vec![(1.0, coded.single.clone())], against: 0.0 };
    let row = contrasts(evidence.design, &[contrast], &settings).swap_remove(0).figures.swap_remove(0);
    let cells = &evidence.tally.cells;
    let counts = |group: usize| match &coded.single.of {
        Subject::Measure(measure) => cells
            .classes(group, measure.variable)
            .any(|entry| matches!(measure.roles[entry.class as usize], Role::Counts(_))),
        Subject::Level(..) => cells.everyone(group).n > 0,
    };
    let strata: BTreeSet<u32> = cells
        .groups()
        .iter()
        .enumerate()
        .filter(|(_, group)| coded.single.within.iter().all(|&(place, level)| group.levels[place] == level))
        .filter(|&(index, _)| counts(index))
        .map(|(_, group)| group.stratum)
        .collect();
    let is_named = |place: usize| evidence.filter.is_none_or(|((domain, _), _)| *domain != place);
    let within = coded.single.within.iter().filter(|(place, _)| is_named(*place)).map(|&(place, level)| {
        let dimension = &evidence.tally.dimensions[place];
        (dimension.name.clone(), dimension.levels[usize::from(level)].clone())
    });
    let figure = row.estimate.map_err(Mark::NotEstimable).map(|estimate| {
        let census = estimate.se <= 0.0 && estimate.interval.0 >= estimate.interval.1;
        let t = if census { 0.0 } else { t_quantile(settings.alpha(), estimate.df) };
        (estimate, t, row.flag)
    });
    Ok(Anatomy {
        label: coded.label,
        unit: coded.unit,
        within: within.collect(),
        sources,
        weights,
        filter: evidence.filter.map(|(_, filter)| filter.clone()),
        settings,
        base: row.base,
        strata: strata.len(),
        clustered: cells.clustered,
        figure,
    })
}

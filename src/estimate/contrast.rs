//! Contrasts: linear combinations of figures of any measures in any domains, each against a number.
//!
//! In: [`Contrast`]s over one sample. Out: a [`Contrasted`] each, with its figures. The figures may stand on the same
//! people or on others: the influence function of the combination is made class by class of every group, so whatever
//! they share is in the variance.

use std::collections::BTreeMap;

use super::design::{Design, Sample};
use super::domain::{Domain, Support, Unit, merge};
use super::figure::{Estimated, Figure};
use super::gap::{by_t, tested};
use super::variance::{Influence, degrees_of_freedom, is_census, variance};
use super::{EstimateRow, Gap, Measure, NotEstimable, Role, Settings, Statistic, interval, student};

/// A figure and the domain it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Single {
    /// What is estimated.
    pub of: Subject,
    /// Dimension and level: the domain is those who stand at all of these.
    pub within: Vec<(usize, u16)>,
    /// Of these, not those who stand at all the levels of one of the lists.
    pub without: Vec<Vec<(usize, u16)>>,
}

/// What is estimated in one domain.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// What is made of the answers.
    Measure(Measure),
    /// The share of those who stand at a level of a dimension.
    Level(usize, u16),
}

/// Σcθ against a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// Coefficients and figures. Figures that share a respondent must name the same variable.
    pub terms: Vec<(f64, Single)>,
    /// What Σcθ is tested against.
    pub against: f64,
}

/// What came of a [`Contrast`].
#[derive(Debug, Clone, PartialEq)]
pub struct Contrasted {
    /// The figures, in the order of the terms.
    pub figures: Vec<EstimateRow>,
    /// The combination and its tests, or why there are none.
    pub trial: Result<Trial, NotEstimable>,
}

/// An estimated combination with its two one-sided tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Σcθ̂.
    pub estimate: f64,
    /// Its standard error, from the joint covariance.
    pub se: f64,
    /// Two-sided confidence limits of Σcθ at the settings' level.
    pub interval: (f64, f64),
    /// Degrees of freedom of the union of the bases.
    pub df: u64,
    /// One-sided p-value: small where Σcθ lies above the number.
    pub p_above: f64,
    /// One-sided p-value: small where it lies below.
    pub p_below: f64,
}

/// Estimates the contrasts. Each stands alone: no p-value is corrected.
#[must_use]
pub fn contrasts<'a>(
    design: impl Into<Design<'a>>,
    contrasts: &[Contrast],
    settings: &Settings,
) -> Vec<Contrasted> {
    let sample = Sample::new(design.into(), settings);
    contrasts.iter().map(|contrast| Sides::new(&sample, contrast, settings).contrasted()).collect()
}

/// t_{1−α/2} with `df` ≥ 1 degrees of freedom, for `alpha` in (0, 1).
#[must_use]
pub fn t_quantile(alpha: f64, df: u64) -> f64 {
    student::quantile(alpha, df)
}

/// The smallest distance from the number that a one-sided test at `alpha` finds with probability `power`:
/// (t_{1−α} + t_{power})·SE.
#[must_use]
pub fn detectable(trial: &Trial, alpha: f64, power: f64) -> f64 {
    let t = |tail: f64| if tail < 0.5 { student::quantile(2.0 * tail, trial.df) } else { 0.0 };
    (t(alpha) + t(1.0 - power)) * trial.se
}

/// The figures of one contrast.
struct Sides<'a> {
    sample: &'a Sample<'a>,
    contrast: &'a Contrast,
    settings: &'a Settings,
    domains: Vec<Domain>,
    figures: Vec<Figure>,
}

impl<'a> Sides<'a> {
    fn new(sample: &'a Sample<'a>, contrast: &'a Contrast, settings: &'a Settings) -> Self {
        let domain =
            |(_, single): &(f64, Single)| Domain::within(sample.cells, &single.within, &single.without);
        let domains: Vec<Domain> = contrast.terms.iter().map(domain).collect();
        let figure = |((_, single), domain): (&(f64, Single), &Domain)| match &single.of {
            Subject::Measure(measure) => Figure::of(sample, domain, measure),
            Subject::Level(dimension, level) => {
                let support = domain.support_of_level(sample, *dimension, *level);
                Figure::on(sample, support, Statistic::Rate)
            }
        };
        let figures = contrast.terms.iter().zip(&domains).map(figure).collect();
        Self { sample, contrast, settings, domains, figures }
    }

    fn contrasted(&self) -> Contrasted {
        let figures = self.figures.iter().map(|figure| figure.row(&[], 0, self.settings)).collect();
        Contrasted { figures, trial: self.trial() }
    }

    fn trial(&self) -> Result<Trial, NotEstimable> {
        let sides = self.figures.iter().map(|figure| figure.estimated.as_ref().map_err(|why| *why));
        let sides: Vec<&Estimated> = sides.collect::<Result<_, _>>()?;
        if let ([(coefficient, _)], [side]) = (self.contrast.terms.as_slice(), sides.as_slice())
            && coefficient.total_cmp(&1.0).is_eq()
        {
            return self.single(side, &self.figures[0]);
        }
        let (units, by_point) = self.influence(&sides);
        let variance = variance(self.sample, &[Influence { units: &units, by_point }])?;
        let df = degrees_of_freedom(self.sample, &[&units]);
        let terms = self.contrast.terms.iter().zip(&sides);
        let estimate: f64 = terms.map(|((coefficient, _), side)| coefficient * side.value).sum();
        let gap = match sides.as_slice() {
            [first, second] if self.is_difference() => tested(self.settings, (first, second), variance, df)?,
            _ if is_census(self.sample, &units) => point(estimate, df),
            _ if variance > 0.0 => by_t(self.settings, Gap { se: variance.sqrt(), ..point(estimate, df) }),
            _ => return Err(NotEstimable::ZeroVariance),
        };
        Ok(Trial::of(&gap))
    }

    /// One figure against the number: a rate by its interval, any other by t.
    fn single(&self, side: &Estimated, figure: &Figure) -> Result<Trial, NotEstimable> {
        let against = self.contrast.against;
        let row = figure.row(&[], 0, self.settings).estimate?;
        let distance = side.value - against;
        let p = match &side.proportion {
            _ if side.census => f64::from(u8::from(distance.abs() <= 0.0)),
            Some(rate) => interval::p_value(rate, self.settings.interval, against),
            None => student::two_sided(distance / row.se, row.df),
        };
        let (p_above, p_below) = one_sided(distance, p);
        Ok(Trial { estimate: side.value, se: row.se, interval: row.interval, df: row.df, p_above, p_below })
    }

    /// Whether it is the first figure minus the second, against 0.
    fn is_difference(&self) -> bool {
        let coefficients = self.contrast.terms.iter().map(|(coefficient, _)| *coefficient);
        coefficients.eq([1.0, -1.0]) && self.contrast.against.abs() <= 0.0
    }

    /// The union of the bases, and the influence on Σcθ̂ per unit of weight: respondents of one class of a group share it.
    fn influence(&self, sides: &[&Estimated]) -> (Vec<Unit>, Vec<f64>) {
        let (mut units, mut points) = (Vec::new(), BTreeMap::new());
        for (group, key) in self.sample.cells.groups().iter().enumerate() {
            let inside: Vec<usize> =
                (0..sides.len()).filter(|&side| self.domains[side].contains(group)).collect();
            let variable = inside.iter().find_map(|&side| self.contrast.terms[side].1.of.variable());
            let variable = variable.unwrap_or_default();
            for entry in self.sample.cells.classes(group, variable).filter(|_| !inside.is_empty()) {
                let parts = inside.iter().filter_map(|&side| {
                    let (coefficient, single) = &self.contrast.terms[side];
                    let point = single.of.point(&self.figures[side].support, &key.levels, entry.class)?;
                    Some(coefficient * sides[side].by_point[point])
                });
                if let Some(sum) = parts.reduce(|sum, part| sum + part) {
                    let next = points.len();
                    let point = *points.entry(sum.to_bits()).or_insert(next);
                    units.push(Unit { place: self.sample.place(group), point, sums: entry.sums });
                }
            }
        }
        merge(&mut units);
        let mut by_point = vec![0.0; points.len()];
        for (bits, point) in points {
            by_point[point] = f64::from_bits(bits);
        }
        (units, by_point)
    }
}

impl Subject {
    /// The variable whose classes it tells apart.
    fn variable(&self) -> Option<usize> {
        match self {
            Self::Measure(measure) => Some(measure.variable),
            Self::Level(..) => None,
        }
    }

    /// The point of the base that respondents of a class stand at, if they are in the base.
    fn point(&self, support: &Support, levels: &[u16], class: u32) -> Option<usize> {
        match self {
            Self::Measure(measure) => match measure.roles[class as usize] {
                Role::Counts(point) => support.points.iter().position(|known| *known == point),
                Role::NotAsked | Role::Blank | Role::Outside => None,
            },
            Self::Level(dimension, level) => Some(usize::from(levels[*dimension] != *level)),
        }
    }
}

impl Trial {
    fn of(gap: &Gap) -> Self {
        let (p_above, p_below) = one_sided(gap.difference, gap.p);
        Self { estimate: gap.difference, se: gap.se, interval: gap.interval, df: gap.df, p_above, p_below }
    }
}

/// A combination without sampling error.
fn point(estimate: f64, df: u64) -> Gap {
    let p = f64::from(u8::from(estimate.abs() <= 0.0));
    let interval = (estimate, estimate);
    Gap { difference: estimate, se: 0.0, interval, df, t: None, p, p_adjusted: p, ratio: None }
}

/// The two one-sided p-values of a two-sided one: for lying above, and below.
fn one_sided(distance: f64, p: f64) -> (f64, f64) {
    if distance > 0.0 { (p / 2.0, 1.0 - p / 2.0) } else { (1.0 - p / 2.0, p / 2.0) }
}

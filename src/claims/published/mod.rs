//! Claims about published figures of platforms: held against what a metrics file states, without a test.
//!
//! Figures are taken as they are stated. A claim holds where it does whichever source is believed, and does not where it
//! does with none; where it depends on the source it cannot be tested, as the sources disagree.

mod grammar;
mod hold;
mod words;

pub(super) use grammar::FIGURES;
pub(super) use hold::hold;
pub(super) use words::{finding, reason};

use super::Side;
use crate::codebook::Name;
use crate::landscape::{Pace, Period};

/// What is said of published figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Saying {
    /// One figure lies above or below another.
    Compare {
        /// The figure.
        left: Metric,
        /// On which side it lies.
        side: Side,
        /// Of this one.
        right: Metric,
    },
    /// A figure lies above or below an amount.
    Against {
        /// The figure.
        figure: Metric,
        /// On which side it lies.
        side: Side,
        /// Of this.
        amount: Amount,
    },
    /// A figure lies within a margin of an amount.
    About {
        /// The figure.
        figure: Metric,
        /// The amount.
        amount: Amount,
        /// The margin to either side, > 0, in the unit of the figure; of percentages in points.
        margin: f64,
    },
    /// A figure goes up or down from period to period.
    Trend {
        /// The figure, of no period.
        figure: Metric,
        /// Up is above.
        side: Side,
    },
}

/// A published figure by its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Whose it is.
    pub platform: String,
    /// What is counted.
    pub metric: String,
    /// When; `None` of a trend.
    pub period: Option<Period>,
    /// Of whom or where; empty where nothing is said.
    pub scope: String,
    /// The time over which it grew; `None` of the figure itself.
    pub growth: Option<Pace>,
}

/// An amount that a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// As written: percentages in percent.
    pub value: f64,
    /// Whether it is a percentage.
    pub is_percent: bool,
}

/// What published figures say to one assertion.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Index into the claim's assertions.
    pub assertion: usize,
    /// Whether it holds, whichever source is believed.
    pub holds: bool,
    /// The figures, in order.
    pub figures: Vec<Published>,
}

/// A published figure with all that is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// What it is: `WeChat, Monthly active users, Q1 2017`.
    pub label: Name,
    /// How much, with its unit; where sources disagree, from the lowest to the highest.
    pub figure: Name,
    /// The lowest and the highest; of growth fractions.
    pub range: (f64, f64),
    /// Who says so.
    pub source: Name,
}

/// Why published figures cannot answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Unanswered {
    /// No published figures are given.
    NoFigures,
    /// Nobody states this figure.
    Unpublished(Name),
    /// The figure is published in several units, or in another than the amount.
    Unit(Name),
    /// The claim holds with some sources and not with others; the figures on which they disagree.
    Disagree(Vec<Published>),
    /// A trend of fewer than two periods of one length.
    OnePeriod(Name),
}

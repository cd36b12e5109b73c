//! [`Quantity`] → what the tally must tell apart ([`variable`]), and what the estimators then make of it ([`measure`]).
//!
//! In: quantities in terms of items, the codebook's word on numbers, and the classes that the tally found. Out: codes.
//! Refuses what makes no sense of the items as they were answered, such as the mean of yes and no.

mod error;
mod roles;

pub use error::MeasureError;

use crate::codebook::project::Measured;
use crate::codebook::{Kind, Quantity, Set, SetBase};
use crate::estimate::{Measure, Statistic};
use crate::tally::{Question, Reply, Variable};
use roles::Classes;

/// A statistic as data files and people call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Share of yes.
    Rate,
    /// Share of answers in the top boxes of a scale.
    TopBox,
    /// Share of mentions.
    Mentions,
    /// Net promoter score, −100 to 100.
    Nps,
    /// Mean of numbers.
    Mean,
    /// Sum of numbers per sum of others.
    Ratio,
    /// Persons.
    Persons,
    /// Sum of numbers.
    Sum,
    /// Difference of two rates.
    RateDifference,
    /// Difference of two means.
    MeanDifference,
}

/// The scale that a figure is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A fraction, written in percent; its gaps in points.
    Share,
    /// A difference of fractions, written in points.
    Points,
    /// A score from −100 to 100, and its gaps.
    Score,
    /// Any number.
    Number,
    /// A count, of persons or of what they did.
    Count,
}

impl Shown {
    /// As data files spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::TopBox => "top-box",
            Self::Mentions => "share-of-mentions",
            Self::Nps => "nps",
            Self::Mean => "mean",
            Self::Ratio => "ratio",
            Self::Persons | Self::Sum => "total",
            Self::RateDifference | Self::MeanDifference => "difference",
        }
    }

    /// The scale of its values.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Rate | Self::TopBox | Self::Mentions => Unit::Share,
            Self::RateDifference => Unit::Points,
            Self::Nps => Unit::Score,
            Self::Mean | Self::Ratio | Self::MeanDifference => Unit::Number,
            Self::Persons | Self::Sum => Unit::Count,
        }
    }
}

impl Unit {
    /// The scale of a difference of two values.
    #[must_use]
    pub fn of_gap(self) -> Self {
        if self == Self::Share { Self::Points } else { self }
    }
}

/// What the tally must tell apart for a quantity.
#[must_use]
pub fn variable(quantity: &Quantity) -> Variable {
    let item = Question::Item(quantity.item.clone());
    match &quantity.kind {
        Kind::Plain | Kind::Total | Kind::Mean => Variable(vec![item]),
        Kind::Per(other) | Kind::Minus(other) => Variable(vec![item, Question::Item(other.clone())]),
        Kind::Option(set) => Variable(vec![item, Question::Mentions(set.items.clone())]),
    }
}

/// What is estimated for a quantity, given the classes of its [`variable`] and what the codebook says of its item.
///
/// # Errors
/// [`MeasureError`] when the answers do not allow it.
pub fn measure(
    quantity: &Quantity,
    index: usize,
    classes: &[Vec<Reply>],
    measured: Option<Measured>,
) -> Result<(Measure, Shown), MeasureError> {
    let classes = Classes { quantity, classes };
    let (statistic, shown, roles) = match &quantity.kind {
        Kind::Plain if classes.is_number(0) => {
            let shown = match measured {
                Some(Measured::Nps) => Shown::Nps,
                Some(Measured::Top { .. }) => Shown::TopBox,
                Some(Measured::Number | Measured::Scale { .. }) | None => Shown::Mean,
            };
            let statistic = if shown == Shown::TopBox { Statistic::Rate } else { Statistic::Mean };
            (statistic, shown, classes.values(|value| score(measured, value)))
        }
        Kind::Plain => (Statistic::Rate, Shown::Rate, classes.values(|value| value)),
        Kind::Mean => {
            classes.need_number(0, "mean")?;
            (Statistic::Mean, Shown::Mean, classes.values(|value| value))
        }
        Kind::Total => {
            let shown = if classes.is_number(0) { Shown::Sum } else { Shown::Persons };
            (Statistic::Total, shown, classes.values(|value| value))
        }
        Kind::Per(_) => match (classes.is_number(0), classes.is_number(1)) {
            (false, true) => return Err(classes.mixed()),
            (true, true) => (Statistic::Ratio, Shown::Ratio, classes.per_number()),
            (true, false) => (Statistic::Mean, Shown::Mean, classes.among_yes()),
            (false, false) => (Statistic::Rate, Shown::Rate, classes.among_yes()),
        },
        Kind::Minus(_) => {
            let shown = match (classes.is_number(0), classes.is_number(1)) {
                (true, true) => Shown::MeanDifference,
                (false, false) => Shown::RateDifference,
                _ => return Err(classes.mixed()),
            };
            (Statistic::Difference, shown, classes.difference())
        }
        Kind::Option(Set { base: SetBase::Mentions, .. }) => {
            (Statistic::Share, Shown::Mentions, classes.of_mentions())
        }
        Kind::Option(set) => (Statistic::Rate, Shown::Rate, classes.option(set.base == SetBase::Asked)),
    };
    Ok((Measure { variable: index, statistic, roles }, shown))
}

/// What an answer on a scale counts for.
fn score(measured: Option<Measured>, value: f64) -> f64 {
    match measured {
        Some(Measured::Top { high, boxes, .. }) => {
            f64::from(u8::from(value > f64::from(high) - f64::from(boxes)))
        }
        Some(Measured::Nps) if value >= 9.0 => 100.0,
        Some(Measured::Nps) if value >= 7.0 => 0.0,
        Some(Measured::Nps) => -100.0,
        Some(Measured::Number | Measured::Scale { .. }) | None => value,
    }
}

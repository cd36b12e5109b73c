//! [`Quantity`] → what the tally must tell apart ([`variable`]), and what the estimators then make of it ([`measure`]).
//!
//! In: quantities in terms of items, the codebook's word on numbers, and the classes that the tally found. Out: codes.
//! Refuses what makes no sense of the items as they were answered, such as the mean of yes and no.

mod error;
mod roles;

pub use error::MeasureError;

use crate::codebook::project::Measured;
use crate::codebook::{Base, Item, Kind, Quantity};
use crate::estimate::{Measure, Statistic};
use crate::tally::{Question, Tally, Variable};
use roles::{Answered, Classes};

/// A statistic as data files and people call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Share of yes.
    Rate,
    /// Share of answers in the top boxes of a scale.
    TopBox,
    /// Share of mentions.
    Mentions,
    /// Share of answers that fall on one point of a scale.
    Point,
    /// Net promoter score, −100 to 100.
    Nps,
    /// Mean of numbers.
    Mean,
    /// Median of numbers.
    Median,
    /// Sum of numbers per sum of others.
    Ratio,
    /// Persons.
    Persons,
    /// Sum of numbers.
    Sum,
    /// Difference of two rates.
    RateDifference,
    /// Difference of two net promoter scores.
    ScoreDifference,
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
            Self::Point => "share-of-answers",
            Self::Nps => "nps",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Ratio => "ratio",
            Self::Persons | Self::Sum => "total",
            Self::RateDifference | Self::ScoreDifference | Self::MeanDifference => "difference",
        }
    }

    /// The scale of its values.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Rate | Self::TopBox | Self::Mentions | Self::Point => Unit::Share,
            Self::RateDifference => Unit::Points,
            Self::Nps | Self::ScoreDifference => Unit::Score,
            Self::Mean | Self::Median | Self::Ratio | Self::MeanDifference => Unit::Number,
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
        Kind::Plain | Kind::Total | Kind::Mean | Kind::Median | Kind::Point(_) => Variable(vec![item]),
        Kind::Per(other) | Kind::Minus(other) => Variable(vec![item, Question::Item(other.clone())]),
        Kind::Option(set) => Variable(vec![item, Question::Mentions(set.items.clone())]),
    }
}

/// What the codebook and the command line say beyond the answers themselves.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// How an item is measured that is not answered with yes or no.
    pub measured: &'a dyn Fn(&Item) -> Option<Measured>,
    /// Whom rates are of.
    pub base: Base,
}

/// What is estimated for a quantity, given the variable that the tally has at `index` for it.
///
/// # Errors
/// [`MeasureError`] when the answers do not allow it.
pub fn measure(
    quantity: &Quantity,
    index: usize,
    tally: &Tally,
    terms: Terms<'_>,
) -> Result<(Measure, Shown), MeasureError> {
    let classes = Classes::new(quantity, index, tally, terms)?;
    let (statistic, shown, roles) = match &quantity.kind {
        Kind::Plain => match classes.kind(0) {
            Answered::YesNo => (Statistic::Rate, Shown::Rate, classes.rate(terms.base)),
            Answered::Box => (Statistic::Rate, Shown::TopBox, classes.values()),
            Answered::Score => (Statistic::Mean, Shown::Nps, classes.values()),
            Answered::Number => (Statistic::Mean, Shown::Mean, classes.values()),
        },
        Kind::Mean => (Statistic::Mean, Shown::Mean, classes.numbers("mean")?),
        Kind::Median => (Statistic::Median, Shown::Median, classes.numbers("median")?),
        Kind::Total => match classes.kind(0) {
            Answered::YesNo => (Statistic::Total, Shown::Persons, classes.values()),
            _ => (Statistic::Total, Shown::Sum, classes.numbers("total")?),
        },
        Kind::Per(_) => match (classes.kind(0), classes.kind(1)) {
            (Answered::YesNo, Answered::YesNo) => (Statistic::Rate, Shown::Rate, classes.among_yes()),
            (Answered::Box, Answered::YesNo) => (Statistic::Rate, Shown::TopBox, classes.among_yes()),
            (Answered::Score, Answered::YesNo) => (Statistic::Mean, Shown::Nps, classes.among_yes()),
            (Answered::Number, Answered::YesNo) => (Statistic::Mean, Shown::Mean, classes.among_yes()),
            (Answered::Number, Answered::Number) => (Statistic::Ratio, Shown::Ratio, classes.per_number()),
            _ => return Err(classes.mixed()),
        },
        Kind::Minus(_) => {
            let shown = match (classes.kind(0), classes.kind(1)) {
                (Answered::YesNo | Answered::Box, Answered::YesNo | Answered::Box) => Shown::RateDifference,
                (Answered::Score, Answered::Score) => Shown::ScoreDifference,
                (Answered::Number, Answered::Number) => Shown::MeanDifference,
                _ => return Err(classes.mixed()),
            };
            (Statistic::Difference, shown, classes.difference())
        }
        Kind::Point(point) => (Statistic::Rate, Shown::Point, classes.point(*point)?),
        Kind::Option(_) if terms.base == Base::Mentions => {
            (Statistic::Share, Shown::Mentions, classes.of_mentions())
        }
        Kind::Option(_) => (Statistic::Rate, Shown::Rate, classes.option(terms.base)),
    };
    let point = match shown.unit() {
        Unit::Share | Unit::Points => Some(0.01),
        Unit::Score => Some(1.0),
        Unit::Number | Unit::Count => None,
    };
    Ok((Measure { tally: 0, variable: index, statistic, roles, point }, shown))
}

//! What every kind of chart is told: its words, its series, its figures.
//!
//! Everything here is ready to be shown: strings in one language, rates as fractions. No statistic is computed from it.

use crate::codebook::Lang;

use super::error::ChartError;
use super::palette::SEGMENTS;

/// The words around a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The finding, or a neutral title.
    pub title: String,
    /// Measure, base, period, unit.
    pub subtitle: String,
    /// Bases, test, weighting, source: one paragraph each.
    pub footer: Vec<String>,
    /// The text for people who do not see the chart; made from the figures when there is none.
    pub alt: Option<String>,
    /// The language of all the strings.
    pub lang: Lang,
}

/// A group of people; its place among all says its colour: of two, expats first, Chinese users second.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    /// Its display name.
    pub name: String,
}

/// The series of a chart by place, up to eight; the place of one that the chart leaves out is `None`.
pub type Segments = Vec<Option<Series>>;

/// Refuses more series than there are colours.
pub(super) fn check_segments(series: &[Option<Series>]) -> Result<(), ChartError> {
    if series.len() > SEGMENTS { Err(ChartError::Segments(series.len())) } else { Ok(()) }
}

/// Refuses a row that has not one side for each series.
pub(super) fn check_sides(sides: &[Side], series: &[Option<Series>], label: &str) -> Result<(), ChartError> {
    let is_sound = sides.len() == series.len().max(1);
    if is_sound { Ok(()) } else { Err(ChartError::Sides(label.to_owned())) }
}

/// The places of the series that a chart has.
pub(super) fn shown(series: &[Option<Series>]) -> Vec<usize> {
    series.iter().enumerate().filter(|(_, series)| series.is_some()).map(|(place, _)| place).collect()
}

/// A rate with its interval, as fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The rate, in `0..=1`.
    pub rate: f64,
    /// The interval's lower limit, at most the rate.
    pub low: f64,
    /// The interval's upper limit, at least the rate.
    pub high: f64,
    /// Whether it rests on few respondents: drawn hollow.
    pub caution: bool,
}

/// A rate that was published elsewhere: a stroke across the mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published {
    /// A fraction.
    pub rate: f64,
    /// What was said of it.
    pub bound: Bound,
}

/// On which side of a published number the rate was said to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At it, or about there.
    At,
    /// Above it.
    Over,
    /// Below it.
    Below,
}

/// What one series has to show in one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Side {
    /// A figure.
    Shown(Mark),
    /// No figure, and why ("n = 21, withheld"); empty when there is nothing to say.
    Missing(String),
}

impl Side {
    /// Nothing, and nothing to say about it: the side of a series that the chart has not.
    #[must_use]
    pub fn absent() -> Self {
        Self::Missing(String::new())
    }

    /// The figure, if there is one.
    #[must_use]
    pub fn mark(&self) -> Option<&Mark> {
        match self {
            Self::Shown(mark) => Some(mark),
            Self::Missing(_) => None,
        }
    }

    /// Why there is no figure, if there is something to say.
    pub(super) fn note(&self) -> Option<&str> {
        match self {
            Self::Missing(note) if !note.trim().is_empty() => Some(note),
            _ => None,
        }
    }
}

impl Published {
    /// Refuses what is not a fraction.
    pub(super) fn check(&self, label: &str) -> Result<(), ChartError> {
        if (0.0..=1.0).contains(&self.rate) { Ok(()) } else { Err(ChartError::Range(label.to_owned())) }
    }
}

impl Mark {
    /// Refuses what is not a fraction with its interval around it.
    pub(super) fn check(&self, label: &str) -> Result<(), ChartError> {
        let order = [0.0, self.low, self.rate, self.high, 1.0];
        if order.is_sorted_by(|a, b| *a <= *b + 1e-9) {
            Ok(())
        } else {
            Err(ChartError::Range(label.to_owned()))
        }
    }
}

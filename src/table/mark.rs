//! [`Mark`]: why a figure is missing or to be used with care, with its stable codes for data files.

use crate::estimate::{Flag, NotEstimable, Reason};

/// Why a figure is missing, or to be used with care.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// It cannot be estimated.
    NotEstimable(NotEstimable),
    /// It is withheld, or shown with care.
    Flag(Flag),
}

/// A mark as data files spell it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct MarkCode {
    /// `not-estimable`, `withheld` or `caution`.
    pub code: &'static str,
    /// The reason's slug.
    pub reason: &'static str,
    /// The value that crossed the line, where there is one.
    pub value: Option<f64>,
}

impl Mark {
    /// Whether the figure is not to be shown.
    #[must_use]
    pub fn hides(&self) -> bool {
        !matches!(self, Self::Flag(Flag::Caution(_)))
    }

    /// The mark as data files spell it.
    #[must_use]
    pub fn code(&self) -> MarkCode {
        let (code, (reason, value)) = match self {
            Self::NotEstimable(why) => ("not-estimable", (not_estimable(*why), None)),
            Self::Flag(Flag::Withheld(reason)) => ("withheld", reason_code(*reason)),
            Self::Flag(Flag::Caution(reason)) => ("caution", reason_code(*reason)),
        };
        MarkCode { code, reason, value }
    }
}

fn not_estimable(why: NotEstimable) -> &'static str {
    match why {
        NotEstimable::Empty => "empty",
        NotEstimable::ZeroDf => "zero-df",
        NotEstimable::LonePsu { .. } => "lone-psu",
        NotEstimable::ZeroVariance => "zero-variance",
        NotEstimable::Side => "side",
        NotEstimable::Uniform => "uniform",
        NotEstimable::Singular => "singular",
    }
}

fn reason_code(reason: Reason) -> (&'static str, Option<f64>) {
    match reason {
        Reason::Base(n) => ("base", Some(n as f64)),
        Reason::EffectiveBase(n_eff) => ("effective-base", Some(n_eff)),
        Reason::Width(width) => ("width", Some(width)),
        Reason::RelativeWidth(ratio) => ("relative-width", Some(ratio)),
        Reason::ComplementWidth(ratio) => ("complement-width", Some(ratio)),
        Reason::FewDf(df) => ("few-df", Some(df as f64)),
        Reason::Boundary => ("boundary", None),
    }
}

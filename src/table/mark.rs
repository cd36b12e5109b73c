//! [`Mark`]: why a figure is missing or to be used with care, with its stable codes for data files.

use crate::estimate::{Flag, NotEstimable, Reason};

/// Why a figure is missing, or to be used with care.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// It cannot be estimated.
    NotEstimable(NotEstimable),
    /// It is withheld, or shown with care.
    Flag(Flag),
    /// The same in a published table: the reason's value is the line that was crossed, not the value that crossed it,
    /// which would tell a small number.
    Published(Flag),
    /// It is withheld because it stands on a small count, which a published table does not tell.
    Disclosure,
}

/// A mark as data files spell it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct MarkCode {
    /// `not-estimable`, `withheld` or `caution`.
    pub code: &'static str,
    /// The reason's slug.
    pub reason: &'static str,
    /// The value that crossed the line, where there is one that may be told.
    pub value: Option<f64>,
}

impl Mark {
    /// Whether the figure is not to be shown.
    #[must_use]
    pub fn hides(&self) -> bool {
        !matches!(self, Self::Flag(Flag::Caution(_)) | Self::Published(Flag::Caution(_)))
    }

    /// The mark as a published table has it.
    #[must_use]
    pub(super) fn published(self) -> Self {
        match self {
            Self::Flag(Flag::Withheld(reason)) => Self::Published(Flag::Withheld(line(reason))),
            Self::Flag(Flag::Caution(reason)) => Self::Published(Flag::Caution(line(reason))),
            Self::NotEstimable(_) | Self::Published(_) | Self::Disclosure => self,
        }
    }

    /// The mark as data files spell it.
    #[must_use]
    pub fn code(&self) -> MarkCode {
        let (code, reason, value) = match self {
            Self::NotEstimable(why) => ("not-estimable", not_estimable(*why), None),
            Self::Flag(Flag::Withheld(why)) => ("withheld", reason(*why), value(*why)),
            Self::Flag(Flag::Caution(why)) => ("caution", reason(*why), value(*why)),
            Self::Published(Flag::Withheld(why)) => ("withheld", reason(*why), None),
            Self::Published(Flag::Caution(why)) => ("caution", reason(*why), None),
            Self::Disclosure => ("withheld", "small-count", None),
        };
        MarkCode { code, reason, value }
    }
}

fn not_estimable(why: NotEstimable) -> &'static str {
    match why {
        NotEstimable::Empty => "empty",
        NotEstimable::ZeroDenominator => "zero-denominator",
        NotEstimable::ZeroDf => "zero-df",
        NotEstimable::LonePsu { .. } => "lone-psu",
        NotEstimable::ZeroVariance => "zero-variance",
        NotEstimable::Side => "side",
        NotEstimable::Uniform => "uniform",
        NotEstimable::NotARate => "not-a-rate",
        NotEstimable::Singular => "singular",
    }
}

fn reason(why: Reason) -> &'static str {
    match why {
        Reason::Base(_) => "base",
        Reason::EffectiveBase(_) => "effective-base",
        Reason::Width(_) => "width",
        Reason::RelativeWidth(_) => "relative-width",
        Reason::ComplementWidth(_) => "complement-width",
        Reason::FewDf(_) => "few-df",
        Reason::Boundary => "boundary",
    }
}

fn value(why: Reason) -> Option<f64> {
    match why {
        Reason::Base(count) | Reason::FewDf(count) => Some(count as f64),
        Reason::EffectiveBase(value)
        | Reason::Width(value)
        | Reason::RelativeWidth(value)
        | Reason::ComplementWidth(value) => Some(value),
        Reason::Boundary => None,
    }
}

/// The reason with the line instead of the value that crossed it.
fn line(why: Reason) -> Reason {
    match why {
        Reason::Base(_) => Reason::Base(30),
        Reason::EffectiveBase(_) => Reason::EffectiveBase(30.0),
        Reason::Width(_) => Reason::Width(0.30),
        Reason::RelativeWidth(_) => Reason::RelativeWidth(1.30),
        Reason::ComplementWidth(_) => Reason::ComplementWidth(1.30),
        Reason::FewDf(_) => Reason::FewDf(8),
        Reason::Boundary => Reason::Boundary,
    }
}

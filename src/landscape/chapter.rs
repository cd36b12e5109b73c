//! The two chapters of what is published: the platforms side by side, and WeChat going abroad.

use super::{Growth, Landscape, Line};
use crate::codebook::Name;

/// What figures are told together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// Platforms: how many use them, and how that grew.
    Landscape,
    /// Countries, currencies, revenue, what travellers spend.
    Abroad,
}

/// Metrics of [`Chapter::Abroad`], and how those begin that belong there too.
const ABROAD: [&str; 3] = ["countries", "currencies", "revenue"];
const ABROAD_BEGINS: &str = "spending";

impl Chapter {
    /// Both, in the order in which they are told.
    pub const ALL: [Self; 2] = [Self::Landscape, Self::Abroad];

    /// The chapter that a metric belongs to.
    #[must_use]
    pub fn of(metric: &str) -> Self {
        if ABROAD.contains(&metric) || metric.starts_with(ABROAD_BEGINS) {
            Self::Abroad
        } else {
            Self::Landscape
        }
    }

    /// As data files and directories say it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Landscape => "landscape",
            Self::Abroad => "going-abroad",
        }
    }

    /// As people read it.
    #[must_use]
    pub fn name(self) -> Name {
        match self {
            Self::Landscape => Name::new("The landscape", "平台格局"),
            Self::Abroad => Name::new("Going abroad", "走向海外"),
        }
    }

    /// What its figures are, as a title that claims nothing.
    #[must_use]
    pub fn title(self) -> Name {
        match self {
            Self::Landscape => {
                Name::new("What is published of the platforms, side by side", "各平台的公开数字对照")
            }
            Self::Abroad => Name::new("What is published of WeChat abroad", "微信走向海外的公开数字"),
        }
    }
}

impl Landscape {
    /// The lines of a chapter.
    pub fn lines_of(&self, chapter: Chapter) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| Chapter::of(&line.series.metric) == chapter)
    }

    /// The growth of a chapter.
    pub fn growth_of(&self, chapter: Chapter) -> impl Iterator<Item = &Growth> {
        self.growth.iter().filter(move |growth| Chapter::of(&growth.series.metric) == chapter)
    }

    /// Whether a chapter has anything to tell.
    #[must_use]
    pub fn has(&self, chapter: Chapter) -> bool {
        self.lines_of(chapter).next().is_some() || self.growth_of(chapter).next().is_some()
    }
}

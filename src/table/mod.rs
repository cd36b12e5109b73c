//! Estimates → [`Table`]: rates and gaps with their names, bases, flags and notes, ready to be shown.
//!
//! The table is what every output is made from: text, CSV, JSON and Markdown here, charts and pages above. It computes
//! no statistic; it hides what a flag withholds.

mod csv;
pub(crate) mod figures;
mod json;
mod lay_out;
mod mark;
mod markdown;
pub mod sentence;
mod sheet;
mod text;

pub use csv::csv;
pub use json::json;
pub use lay_out::{Layout, lay_out};
pub use mark::{Mark, MarkCode};
pub(crate) use markdown::escape as escape_markdown;
pub use markdown::markdown;
pub use text::text;

use crate::codebook::Name;
use crate::estimate::{Base, Gap, RaoScott, Rate, Settings};
use crate::ingest::Origin;

/// Rates and gaps by domain, in display order.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The surveys it rests on.
    pub sources: Vec<Source>,
    /// How the figures were made.
    pub settings: Settings,
    /// Whether weights were used.
    pub weighted: bool,
    /// The dimensions of [`Row::by`], in order.
    pub by: Vec<Label>,
    /// Rates: by domain in level order, then by item.
    pub rows: Vec<Row>,
    /// The dimension whose levels [`Table::gaps`] compare.
    pub compared: Option<Label>,
    /// Gaps: by domain in level order, then by item.
    pub gaps: Vec<GapLine>,
    /// The levels that letters stand for, in the order of the letters; none where no letters were asked for.
    pub columns: Vec<Label>,
    /// Tests of items against the first of [`Table::by`].
    pub tests: Vec<TestLine>,
    /// What a reader must know, as sentences in both languages.
    pub notes: Vec<Name>,
}

/// One wave of one dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Dataset slug.
    pub dataset: String,
    /// Wave label; empty when there is none.
    pub wave: String,
    /// Respondents in the wave.
    pub respondents: u64,
    /// The file it was read from.
    pub origin: Origin,
    /// Whether the data says of itself that it is synthetic.
    pub synthetic: bool,
}

/// A stable key for data files and a name for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Key in data files: `Guangzhou`, `expat`, `moments`.
    pub key: String,
    /// Display name.
    pub name: Name,
}

/// A feature and an action with their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemLabel {
    /// The feature: Moments 朋友圈.
    pub feature: Label,
    /// The action: share 分享.
    pub action: Label,
}

impl ItemLabel {
    /// Feature and action as one name: `Moments: share`.
    #[must_use]
    pub fn name(&self) -> Name {
        let (feature, action) = (&self.feature.name, &self.action.name);
        Name::new(format!("{}: {}", feature.en, action.en), format!("{}：{}", feature.zh, action.zh))
    }
}

/// The rate of one item in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The domain: a level for each of [`Table::by`].
    pub by: Vec<Label>,
    /// The item.
    pub item: ItemLabel,
    /// The base, which stands even where the rate is withheld.
    pub base: Base,
    /// The rate; `None` when withheld or not estimable.
    pub rate: Option<Rate>,
    /// Letters of the columns of this row whose rate is significantly lower; upper case where strongly.
    pub letters: String,
    /// Why the rate is missing or to be used with care.
    pub mark: Option<Mark>,
}

/// The gap between two levels in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct GapLine {
    /// The domain: a level for each of [`Table::by`] but the compared one.
    pub by: Vec<Label>,
    /// The item.
    pub item: ItemLabel,
    /// The compared levels: the gap is the first's rate minus the second's.
    pub of: (Label, Label),
    /// The gap; `None` when withheld or not estimable.
    pub gap: Option<Gap>,
    /// Why the gap is missing or to be used with care.
    pub mark: Option<Mark>,
}

/// The test of one item against the first dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct TestLine {
    /// The domain: a level for each of [`Table::by`] but the first.
    pub by: Vec<Label>,
    /// The item.
    pub item: ItemLabel,
    /// The test; `None` when it cannot be made.
    pub test: Option<RaoScott>,
    /// Why there is none.
    pub mark: Option<Mark>,
}

/// Stands wherever made-up data shows.
const SYNTHETIC: (&str, &str) = (
    "Synthetic data, made for demonstration: nobody in it is real.",
    "合成数据，仅供演示：其中没有真实的人。",
);

/// What must be said first where one of the sources is made up.
#[must_use]
pub fn synthetic(sources: &[Source]) -> Option<Name> {
    sources.iter().any(|source| source.synthetic).then(|| Name::new(SYNTHETIC.0, SYNTHETIC.1))
}

impl GapLine {
    /// Whether the corrected test finds a difference at the settings' level.
    #[must_use]
    pub fn is_clear(&self, settings: &Settings) -> bool {
        self.gap.is_some_and(|gap| gap.p_adjusted < settings.alpha())
    }
}

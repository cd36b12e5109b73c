//! Estimates → [`Table`]: figures and gaps with their names, bases, flags and notes, ready to be shown.
//!
//! The table is what every output is made from: text, CSV, JSON and Markdown here, charts and pages above. It computes
//! no statistic; it hides what a flag withholds.

mod blocks;
mod by_view;
mod complement;
mod composition;
mod crosstab;
mod csv;
pub(crate) mod figures;
mod json;
mod lay_out;
mod legend;
mod listing;
mod mark;
mod markdown;
mod measure_label;
mod publish;
mod records;
mod scale;
mod screen;
mod screened;
pub mod sentence;
mod sheet;
mod source_view;
mod spans;
mod text;
mod used;
mod ways;
mod workbook;

pub(crate) use by_view::By;
pub use composition::{LevelShare, composition};
pub(crate) use crosstab::title as banner;
pub use csv::csv;
pub use json::json;
pub use lay_out::{Layout, lay_out};
pub use listing::Listing;
pub use mark::{Mark, MarkCode};
pub(crate) use markdown::escape as escape_markdown;
pub use markdown::markdown;
pub use publish::publish;
pub(crate) use records::text as inert;
pub(crate) use scale::Scale;
pub use screen::Screen;
pub use screened::screened;
pub(crate) use source_view::SourceView;
pub(crate) use text::below;
pub use text::text;
pub use used::base_of as base_of_usage;
pub use workbook::{Page, Workbook, WorkbookError};

use crate::codebook::{self, Lang, Name};
use crate::estimate::{self, RaoScott, Ratio, Settings, Test};
use crate::ingest::{Funnel, LeftOut, Origin, Usage};
use crate::measure::Shown;
use crate::tally::PanelLinks;
use crate::writing::count;

/// Figures and gaps by domain, in display order: one banner. Several banners over the same figures, such as everybody,
/// cities and systems, are several tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The surveys it rests on.
    pub sources: Vec<Source>,
    /// How the figures were made.
    pub settings: Settings,
    /// Which weights were used.
    pub weights: Weights,
    /// Whom rates are of.
    pub base: codebook::Base,
    /// How the waves of a panel are linked, if it is one.
    pub panel: Option<PanelLinks>,
    /// For whom it is.
    pub disclosure: Disclosure,
    /// Whom all figures are of: the filter as data files spell it, and in words. `None`: everybody.
    pub filter: Option<Label>,
    /// The dimensions of [`Row::by`], in order; none: everybody.
    pub by: Vec<Label>,
    /// Figures: by domain in level order, then by measure.
    pub rows: Vec<Row>,
    /// The dimension whose levels [`Table::gaps`] compare.
    pub compared: Option<Label>,
    /// Gaps: by domain in level order, then by measure.
    pub gaps: Vec<GapLine>,
    /// The dimension whose levels get letters.
    pub lettered: Option<Label>,
    /// Its levels, in the order of the letters.
    pub columns: Vec<Label>,
    /// Tests of rates against the first of [`Table::by`].
    pub tests: Vec<TestLine>,
    /// What a reader must know, as sentences in both languages.
    pub notes: Vec<Name>,
}

/// Which weights figures were made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weights {
    /// None: everybody counts 1.
    None,
    /// Those of the data.
    Base,
    /// Those of the data (or 1), calibrated to population targets.
    Calibrated {
        /// For data files: `raked to city, os`.
        key: String,
        /// As a sentence.
        note: Name,
        /// Whether the targets set the sizes of the segments.
        sizes_segments: bool,
    },
}

impl Weights {
    /// As data files say it.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Base => "weight",
            Self::Calibrated { key, .. } => key,
        }
    }

    /// As a sentence.
    #[must_use]
    pub fn note(&self) -> Name {
        match self {
            Self::None => Name::new("Figures are unweighted.", "数字未加权。"),
            Self::Base => Name::new("Figures are weighted; n is unweighted.", "数字经加权；n 为未加权人数。"),
            Self::Calibrated { note, .. } => {
                Name::new(format!("{} n is unweighted.", note.en), format!("{}n 为未加权人数。", note.zh))
            }
        }
    }
}

/// Whom a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// The company: everything is shown.
    Internal,
    /// Everybody: small counts are withheld and figures rounded, see [`publish()`].
    Publish,
}

impl Disclosure {
    /// As data files and the command line spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Publish => "publish",
        }
    }
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
    /// What the codebook's rules of quality left out; these are not among the respondents.
    pub left_out: Vec<LeftOut>,
    /// The period of a usage log that it is; `None` for a survey.
    pub usage: Option<Usage>,
    /// The stages whose funnel it is; `None` for what is no funnel.
    pub funnel: Option<Funnel>,
}

impl Source {
    /// As a sentence.
    #[must_use]
    pub fn note(&self) -> Name {
        let Self { dataset, wave, respondents, origin, .. } = self;
        let label = if wave.is_empty() { dataset.clone() } else { format!("{dataset} {wave}") };
        if let Some(usage) = self.usage {
            return used::note(&label, self, usage);
        }
        if let Some(funnel) = &self.funnel {
            return ways::note(&label, self, funnel);
        }
        let (en, zh) = screened(self)
            .map_or_else(Default::default, |out| (format!("; {}", out.en), format!("；{}", out.zh)));
        Name::new(
            format!("Source: {label}, {} respondents ({}){en}.", count(*respondents, Lang::En), origin.file),
            format!("来源：{label}，受访者 {} 人（{}）{zh}。", count(*respondents, Lang::Zh), origin.file),
        )
    }
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

/// What a figure says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureLabel {
    /// The item.
    pub item: ItemLabel,
    /// The statistic.
    pub shown: Shown,
    /// What it is set against: the other item of a ratio or difference, or the question of an option.
    pub per: Option<Label>,
    /// What is counted in a usage log; `None` in a survey.
    pub counted: Option<Counted>,
}

/// What a figure of a usage log counts; figures by people and by events differ, and are never mixed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Users, each once.
    People,
    /// How often something was done.
    Events,
}

/// The figure of one measure in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The domain: a level for each of [`Table::by`].
    pub by: Vec<Label>,
    /// What it says.
    pub measure: MeasureLabel,
    /// The base, which stands even where the figure is withheld.
    pub base: Base,
    /// The figure; `None` when withheld or not estimable.
    pub figure: Option<Figure>,
    /// Letters of the columns of this row whose figure is significantly lower; upper case where strongly.
    pub letters: String,
    /// Why the figure is missing or to be used with care.
    pub mark: Option<Mark>,
}

/// How many a figure stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Base {
    /// Respondents who count, as a rule those who answered; rounded to 5 in a published table.
    pub n: u64,
    /// Whether some were routed past the question.
    pub some_not_asked: bool,
    /// All counts; `None` in a published table.
    pub counts: Option<estimate::Base>,
}

/// A figure and how exact it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// In the unit of [`Shown::unit`](crate::measure::Shown::unit): rates are fractions.
    pub value: f64,
    /// Confidence limits.
    pub interval: (f64, f64),
    /// The rest; `None` in a published table.
    pub accuracy: Option<Accuracy>,
}

/// What stands behind an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: u64,
    /// Design effect, where there is one.
    pub deff: Option<f64>,
    /// Effective base, where there is one.
    pub n_eff: Option<f64>,
    /// The test of a difference within respondents against 0.
    pub test: Option<Test>,
}

/// The gap between two levels in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct GapLine {
    /// The domain: a level for each of [`Table::by`] but the compared one.
    pub by: Vec<Label>,
    /// What the two figures say.
    pub measure: MeasureLabel,
    /// The compared levels: the gap is the first's figure minus the second's.
    pub of: (Label, Label),
    /// The gap; `None` when withheld or not estimable.
    pub gap: Option<Gap>,
    /// Why the gap is missing or to be used with care.
    pub mark: Option<Mark>,
}

/// A gap, its test, and how exact it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// First figure minus second.
    pub difference: f64,
    /// Confidence limits.
    pub interval: (f64, f64),
    /// Whether the corrected test finds a difference at the settings' level.
    pub clear: bool,
    /// The rest; `None` in a published table.
    pub accuracy: Option<GapAccuracy>,
}

impl Gap {
    /// The gap of the same figures the other way round.
    #[must_use]
    pub fn turned(self) -> Self {
        let (low, high) = self.interval;
        let turned = |accuracy: GapAccuracy| GapAccuracy {
            t: accuracy.t.map(|t| -t),
            ratio: accuracy.ratio.and_then(Ratio::inverse),
            ..accuracy
        };
        Self {
            difference: 0.0 - self.difference,
            interval: (0.0 - high, 0.0 - low),
            accuracy: self.accuracy.map(turned),
            ..self
        }
    }
}

/// What stands behind a gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GapAccuracy {
    /// Standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: u64,
    /// The t statistic, where there is one.
    pub t: Option<f64>,
    /// p-value, uncorrected.
    pub p: f64,
    /// p-value, corrected.
    pub p_adjusted: f64,
    /// The ratio of two rates, where there is one.
    pub ratio: Option<Ratio>,
}

/// The test of one rate against the first dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct TestLine {
    /// The domain: a level for each of [`Table::by`] but the first.
    pub by: Vec<Label>,
    /// The rate.
    pub measure: MeasureLabel,
    /// The test; `None` when it cannot be made.
    pub test: Option<TestFigure>,
    /// Why there is none.
    pub mark: Option<Mark>,
}

/// A test and, but in a published table, its statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestFigure {
    /// p-value.
    pub p: f64,
    /// F with its degrees of freedom.
    pub statistic: Option<RaoScott>,
}

/// Stands wherever made-up data shows.
const SYNTHETIC: (&str, &str) = (
    "Synthetic data, made for demonstration: nobody in it is real.",
    "合成数据，仅供演示：其中没有真实的人。",
);

/// What must be said first where one of the sources is made up.
#[must_use]
pub fn synthetic(sources: &[Source]) -> Option<Name> {
    sources.iter().any(|source| source.synthetic).then(is_synthetic)
}

/// That data is made up.
pub(crate) fn is_synthetic() -> Name {
    Name::new(SYNTHETIC.0, SYNTHETIC.1)
}

/// Whom the figures of a table are of, where a filter says it.
#[must_use]
pub fn filtered(filter: &Label) -> Name {
    Name::new(
        format!("Only respondents with {}.", filter.name.en),
        format!("仅含符合以下条件的受访者：{}。", filter.name.zh),
    )
}

/// The notes of tables over the same figures, each once.
#[must_use]
pub fn notes(tables: &[Table]) -> Vec<&Name> {
    let mut notes: Vec<&Name> = Vec::new();
    for note in tables.iter().flat_map(|table| &table.notes) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

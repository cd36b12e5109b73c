//! `Dataset`: what a survey file is after it has been read and validated, and the hand-over to store and tally.
//!
//! A file holds one or more waves; each wave is a [`Part`]: a [`Schema`] that says what the codes mean, and
//! [`Batch`]es of at most [`Batch::ROWS`] respondents in columns of codes and packed answers.

use std::borrow::Cow;

use super::period::{Day, Period};
use super::platforms::ArticleExport;
use super::sums::{Alike, Asked};
use crate::codebook::{Answer, Item, Stages};

/// One input file, read and valid.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Slug of the dataset, by default the file's stem.
    pub name: String,
    /// Where it came from.
    pub origin: Origin,
    /// One part per wave, in wave order.
    pub parts: Vec<Part>,
}

/// Where a dataset came from: enough to recognise the file, nothing that leads to a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Origin {
    /// File name without its folders.
    pub file: String,
    /// BLAKE3 of the file's bytes, hexadecimal.
    pub blake3: String,
    /// Length of the file in bytes.
    pub bytes: u64,
}

impl Origin {
    /// Several files as one origin: all of their names and hashes, each once.
    #[must_use]
    pub fn joined<'a>(origins: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut each: Vec<&Self> = Vec::new();
        for origin in origins {
            if !each.contains(&origin) {
                each.push(origin);
            }
        }
        let list =
            |of: fn(&Self) -> &str| each.iter().map(|origin| of(origin)).collect::<Vec<_>>().join(", ");
        Self {
            file: list(|origin| &origin.file),
            blake3: list(|origin| &origin.blake3),
            bytes: each.iter().map(|origin| origin.bytes).sum(),
        }
    }
}

/// One wave of one dataset, in memory.
#[derive(Debug, Clone)]
pub struct Part {
    /// What the codes in `batches` mean.
    pub schema: Schema,
    /// The respondents, in file order.
    pub batches: Vec<Batch>,
}

/// What the codes of a part mean.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Schema {
    /// Wave label; empty when the file names none.
    pub wave: String,
    /// Columns to break down by: `segment` and `city` first, then the others in file order.
    pub dimensions: Vec<Dimension>,
    /// Items that are answered with yes or no, in the order of their packed answers.
    pub items: Vec<Item>,
    /// Items that are answered with a number, in the order of the batches' columns.
    pub numbers: Vec<Number>,
    /// Strata by code. One unnamed stratum when the file has no stratum column.
    pub strata: Vec<Stratum>,
    /// Whether the file has a stratum column.
    pub stratified: bool,
    /// The PSUs (pairs of stratum and id) by code, as keyed hashes, by which waves of a panel are linked; `None` when every
    /// respondent is a PSU.
    pub psus: Option<Vec<u64>>,
    /// Largest weight, or `None` when the file has no weight column (then every weight is 1).
    pub max_weight: Option<f64>,
    /// Whether the data says of itself that it is made up: an id begins with `synthetic-`.
    pub synthetic: bool,
    /// Number of respondents in the part.
    pub respondents: u64,
    /// Rules of the codebook that left interviews out, each with how many; they are not among the respondents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// What period of a usage log the part is of; `None` for a survey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// The stages whose funnel the part is; `None` for what is no funnel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funnel: Option<Funnel>,
}

/// What is said of a funnel: its rows are ways, one for each person and model, and their items say how far they got.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Funnel {
    /// The stages in their order.
    pub stages: Stages,
    /// The people who went these ways.
    pub people: u64,
    /// What it was made from.
    pub of: FunnelOf,
}

/// What a funnel was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunnelOf {
    /// How many got to each stage, each of whom counts as somebody drawn at random.
    Counts,
    /// Events.
    Events {
        /// The first day.
        from: Day,
        /// The last day.
        to: Day,
        /// Events at a stage where the same person was seen before.
        repeated: u64,
        /// Stages without an event of people who are seen at a later one.
        skipped: u64,
        /// Stages that people were first seen at before an earlier one.
        disordered: u64,
        /// People who stood on other levels (segment, city, …) earlier than at their last event, where they are counted.
        movers: u64,
    },
}

/// What the rows of a part are that is no survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UsageOf {
    /// Users who were active in a period of a log.
    Users,
    /// Users of a whole log, each once, by the period in which they joined.
    Cohorts,
    /// Users who were active in a log up to a period, with what they have done by then.
    SoFar,
    /// Articles of official accounts that were published in a period, or what they were in one city.
    Articles,
}

/// A period of a usage log or of the statistics of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Usage {
    /// What the part's rows are.
    pub of: UsageOf,
    /// How long the periods are that the log was cut into; `None` where it was left whole.
    pub period: Option<Period>,
    /// The first day that the log covers of the period.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Whether the log covers only some of the period's days.
    pub is_partial: bool,
    /// How often anything was done; of articles, how often they were read.
    pub events: u64,
    /// Users who stood on other levels (segment, city, …) earlier in the period than at its end, where they are counted.
    pub movers: u64,
    /// What wrote a table of articles that is not in the canonical schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<ArticleExport>,
}

/// What one rule left out of a part.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LeftOut {
    /// The rule.
    pub rule: Screening,
    /// How many interviews it left out that no rule before it did.
    pub respondents: u64,
}

/// A rule by which interviews are left out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Screening {
    /// A column does not say what it must: unfinished interviews, previews, people screened out.
    NotKept {
        /// The column as the codebook names it.
        column: String,
    },
    /// It took less time than it can have taken in earnest.
    TooFast {
        /// The fewest seconds.
        seconds: u64,
    },
    /// Every row of a matrix question was answered alike.
    StraightLine {
        /// The question as the codebook names it.
        question: String,
    },
    /// A device or address had so many interviews before.
    Repeated {
        /// The column as the codebook names it.
        column: String,
        /// How many interviews count.
        most: u64,
    },
}

/// A column to break down by, and its levels by code (in order of first appearance).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Dimension {
    /// Column name: `segment`, `city`, `os`, …
    pub name: String,
    /// Canonical level keys; the index is the code. A blank cell of an optional dimension is the level `""`.
    pub levels: Vec<String>,
}

/// An item that is answered with a number, and its values by code (in order of first appearance).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Number {
    /// The item.
    pub item: Item,
    /// The values that occur, finite, none twice; the first has the code [`Number::FIRST`].
    pub values: Vec<f64>,
}

impl Number {
    /// Code of those who were not asked.
    pub const NOT_ASKED: u32 = 0;
    /// Code of those who were asked and left it blank.
    pub const BLANK: u32 = 1;
    /// Code of the first value.
    pub const FIRST: u32 = 2;
}

/// One sampling stratum.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Stratum {
    /// Label in the file.
    pub label: String,
    /// Finite population correction: population size in PSUs if > 1, sampling fraction if ≤ 1.
    pub fpc: Option<f64>,
}

/// At most [`Batch::ROWS`] respondents of one part, column by column; every column has the same length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// Keyed hashes of the respondents' ids, 128 bits; none where [`Ids::Skip`] was asked for.
    pub pseudonyms: Vec<u128>,
    /// Level codes: one column per [`Schema::dimensions`].
    pub dimensions: Vec<Vec<u16>>,
    /// Stratum codes.
    pub strata: Vec<u32>,
    /// PSU codes, numbered over the whole part; `None` when every respondent is a PSU.
    pub psus: Option<Vec<u32>>,
    /// Weights, finite and ≥ 0; `None` when the file has no weight column.
    pub weights: Option<Vec<f64>>,
    /// Packed answers: item `i` stands in word `i / 32`, bits `2 * (i % 32)` and the next, as [`Answer`].
    pub answers: Vec<Vec<u64>>,
    /// Codes of numbers: one column per [`Schema::numbers`], as [`Number`] says.
    pub numbers: Vec<Vec<u32>>,
}

impl Batch {
    /// The most respondents in one batch, and so in one stored object.
    pub const ROWS: usize = 1 << 18;

    /// Number of respondents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.strata.len()
    }

    /// Whether the batch holds nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.strata.is_empty()
    }

    /// Keeps the respondents for whom `stays` is true; it has one value for each.
    pub fn retain(&mut self, stays: &[bool]) {
        fn keep<T>(column: &mut Vec<T>, stays: &[bool]) {
            let mut each = stays.iter();
            column.retain(|_| each.next().copied().unwrap_or_default());
        }
        keep(&mut self.pseudonyms, stays);
        keep(&mut self.strata, stays);
        self.psus.iter_mut().for_each(|column| keep(column, stays));
        self.weights.iter_mut().for_each(|column| keep(column, stays));
        self.dimensions.iter_mut().for_each(|column| keep(column, stays));
        self.answers.iter_mut().for_each(|column| keep(column, stays));
        self.numbers.iter_mut().for_each(|column| keep(column, stays));
    }

    /// The answer of respondent `row` to item `item`.
    #[must_use]
    pub fn answer(&self, row: usize, item: usize) -> Answer {
        let word = self.answers[item / Answer::PER_WORD][row];
        Answer::from_bits(word >> (2 * (item % Answer::PER_WORD)))
    }
}

/// A part whose batches can be had one by one, from memory or from the store.
pub trait Batches: Send + Sync {
    /// What the codes mean.
    fn schema(&self) -> &Schema;

    /// Number of batches.
    fn count(&self) -> usize;

    /// Batch `index`, below [`count`](Self::count).
    ///
    /// # Errors
    /// When the batch cannot be read or is damaged.
    fn batch(&self, index: usize, ids: Ids) -> anyhow::Result<Cow<'_, Batch>>;

    /// Sums of the respondents, an [`Alike`] for each of what is asked [together](Asked::together), where they stay elsewhere and
    /// no batch can be had; `None` where it can.
    fn alike(&self, _: &Asked) -> Option<anyhow::Result<Vec<Alike>>> {
        None
    }
}

/// Whether the pseudonyms of a batch are needed, which are most of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// They are.
    Read,
    /// They are not, and may be missing from the batch.
    Skip,
}

impl Batches for Part {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn count(&self) -> usize {
        self.batches.len()
    }

    fn batch(&self, index: usize, _: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        Ok(Cow::Borrowed(&self.batches[index]))
    }
}

//! What a report tells beside its survey: every other kind of data is a [`Chapter`].
//!
//! A chapter brings all that a report needs of it, so that the story knows no kind by name: its parts (charts, each with
//! the table and the file behind it), what a reader must know of it, what it rests on, and further files. A chapter that
//! has nothing to tell of the report's subject has no parts, and then nothing else of it is told either.

use super::ReportError;
use super::accounts::Accounts;
use super::adoption::Adoption;
use super::funnels::Funnels;
use super::people::People;
use super::sections::{Plate, View};
use super::story::Files;
use super::usage::Usage;
use crate::claims::{Headcounts, Judgement};
use crate::codebook::Name;
use crate::ingest::Origin;
use crate::landscape::Landscape;
use crate::table::Source;

/// What a report tells beside its survey.
#[derive(Debug, Clone)]
pub enum Chapter {
    /// A usage log.
    Usage(Box<Usage>),
    /// What rates come to in populations.
    Persons(Headcounts),
    /// What the survey's groups are made of.
    People(People),
    /// How far people get with features, why some do not use one, contacts and advertising.
    Adoption(Adoption),
    /// The ways through the stages of a sale.
    Funnels(Funnels),
    /// Published figures of platforms.
    Landscape(Landscape),
    /// The verdicts on claims.
    Claims(Judgement),
    /// Statistics of official accounts' articles.
    Accounts(Accounts),
}

impl Chapter {
    /// What it brings.
    pub(super) fn tells(&self) -> &dyn Tells {
        match self {
            Self::Usage(usage) => usage.as_ref(),
            Self::Persons(headcounts) => headcounts,
            Self::People(people) => people,
            Self::Adoption(adoption) => adoption,
            Self::Funnels(funnels) => funnels,
            Self::Landscape(landscape) => landscape,
            Self::Claims(judgement) => judgement,
            Self::Accounts(accounts) => accounts,
        }
    }
}

/// What a chapter brings to a report.
pub(super) trait Tells {
    /// What it shows of the report's subject, in order; empty where it has nothing to tell of it.
    ///
    /// # Errors
    /// [`ReportError::Data`].
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError>;

    /// Whether it is told before the survey.
    fn comes_first(&self) -> bool {
        false
    }

    /// What a reader must know of the data that it shows of the report's subject.
    fn notes(&self, _view: &View<'_>) -> Vec<Name> {
        Vec::new()
    }

    /// What that rests on beside the survey.
    fn bases(&self, _view: &View<'_>) -> Vec<Basis<'_>> {
        Vec::new()
    }

    /// Files of the bundle beyond those of its charts.
    ///
    /// # Errors
    /// [`ReportError::Data`].
    fn files(&self, _view: &View<'_>) -> Result<Files, ReportError> {
        Ok(Files::new())
    }
}

/// Charts and tables of one kind, under a heading of their own.
pub(super) struct Part {
    /// Its anchor in the page.
    pub(super) key: &'static str,
    pub(super) name: Name,
    pub(super) plates: Vec<Plate>,
    /// The strongest thing that it says of everybody, as a sentence for the summary of an overview: a difference only where
    /// the corrected test is clear.
    pub(super) finding: Option<String>,
}

/// What figures rest on.
pub(super) enum Basis<'a> {
    /// One wave of a dataset.
    Dataset(&'a Source),
    /// A file that is no dataset, and what stands in it.
    File { name: Name, origin: &'a Origin },
}

//! What figures rest on, as JSON says it.

use serde::Serialize;

use super::Source;
use crate::ingest::{Funnel, LeftOut, Usage};

/// One source under its stable names.
#[derive(Serialize)]
pub(crate) struct SourceView<'a> {
    dataset: &'a str,
    wave: &'a str,
    rows: u64,
    file: &'a str,
    blake3: &'a str,
    synthetic: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    left_out: &'a [LeftOut],
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    funnel: Option<&'a Funnel>,
}

impl<'a> SourceView<'a> {
    /// All sources, in their order.
    pub(crate) fn all(sources: &'a [Source]) -> Vec<Self> {
        let view = |source: &'a Source| Self {
            dataset: &source.dataset,
            wave: &source.wave,
            rows: source.respondents,
            file: &source.origin.file,
            blake3: &source.origin.blake3,
            synthetic: source.synthetic,
            left_out: &source.left_out,
            usage: source.usage,
            funnel: source.funnel.as_ref(),
        };
        sources.iter().map(view).collect()
    }
}

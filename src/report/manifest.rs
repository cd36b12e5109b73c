//! `manifest.json`: what is in a bundle, what it was made from, and how.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::chapter::Basis;
use crate::codebook::Lang;
use crate::ingest::{LeftOut, Usage};
use crate::table::Table;

/// The manifest's name in a bundle.
pub(super) const NAME: &str = "manifest.json";
const SCHEMA: &str = "wxstats.bundle/1";

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'a str,
    wxstats: &'a str,
    slug: &'a str,
    language: &'a str,
    settings: Settings<'a>,
    inputs: Vec<Input<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<Document<'a>>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Settings<'a> {
    level: f64,
    interval: &'a str,
    correction: &'a str,
    weights: &'a str,
    disclosure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
}

#[derive(Serialize)]
struct Input<'a> {
    dataset: &'a str,
    wave: &'a str,
    file: &'a str,
    bytes: u64,
    blake3: &'a str,
    respondents: u64,
    synthetic: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    left_out: &'a [LeftOut],
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
}

/// A file that the report rests on and that is no dataset.
#[derive(Serialize)]
struct Document<'a> {
    holds: &'a str,
    file: &'a str,
    bytes: u64,
    blake3: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    bytes: usize,
    blake3: String,
}

/// The manifest of a bundle with these files (paths with `/`, the manifest itself left out).
pub(super) fn write(
    slug: &str,
    lang: Lang,
    table: &Table,
    bases: &[Basis<'_>],
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<u8>, serde_json::Error> {
    let manifest = Manifest {
        schema: SCHEMA,
        wxstats: env!("CARGO_PKG_VERSION"),
        slug,
        language: lang.tag(),
        settings: Settings {
            level: table.settings.level,
            interval: table.settings.interval.key(),
            correction: table.settings.correction.key(),
            weights: table.weights.key(),
            disclosure: table.disclosure.key(),
            filter: table.filter.as_ref().map(|filter| filter.key.as_str()),
        },
        inputs: bases.iter().filter_map(input).collect(),
        documents: bases.iter().filter_map(document).collect(),
        files: files
            .iter()
            .map(|(path, bytes)| File {
                path,
                bytes: bytes.len(),
                blake3: blake3::hash(bytes).to_hex().to_string(),
            })
            .collect(),
    };
    let mut text = serde_json::to_vec_pretty(&manifest)?;
    text.push(b'\n');
    Ok(text)
}

fn input<'a>(basis: &'a Basis<'_>) -> Option<Input<'a>> {
    let Basis::Dataset(source) = basis else { return None };
    Some(Input {
        dataset: &source.dataset,
        wave: &source.wave,
        file: &source.origin.file,
        bytes: source.origin.bytes,
        blake3: &source.origin.blake3,
        respondents: source.respondents,
        synthetic: source.synthetic,
        left_out: &source.left_out,
        usage: source.usage,
    })
}

fn document<'a>(basis: &'a Basis<'_>) -> Option<Document<'a>> {
    let Basis::File { name, origin } = basis else { return None };
    Some(Document { holds: &name.en, file: &origin.file, bytes: origin.bytes, blake3: &origin.blake3 })
}

/// The files that the manifest of an earlier bundle lists, itself included; `None` when it is not one of ours.
pub(super) fn listed(text: &[u8]) -> Option<BTreeSet<String>> {
    #[derive(Deserialize)]
    struct Earlier {
        schema: String,
        files: Vec<Listed>,
    }
    #[derive(Deserialize)]
    struct Listed {
        path: String,
    }
    let earlier: Earlier = serde_json::from_slice(text).ok()?;
    if !earlier.schema.starts_with("wxstats.bundle/") {
        return None;
    }
    let mut files: BTreeSet<String> = earlier.files.into_iter().map(|file| file.path).collect();
    files.insert(NAME.to_owned());
    Some(files)
}

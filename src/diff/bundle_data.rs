//! The manifest and the figures of a bundle, as `wxstats report` writes them → [`BundleData`].

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::files::Input;
use crate::codebook::{Item, Names};
use crate::measure::Shown;
use crate::table::{ItemLabel, Label, MeasureLabel};

/// What a bundle holds.
#[derive(Debug, Clone, PartialEq)]
pub struct BundleData {
    /// Name of its directory.
    pub slug: String,
    /// Whether it was made for publishing.
    pub(super) published: bool,
    /// Whether its survey is a panel.
    pub(super) panel: bool,
    /// Whether data of it is made up.
    pub(super) synthetic: bool,
    /// The weights and the base that its figures were made with.
    pub(super) method: [String; 2],
    /// What its figures rest on.
    pub(super) inputs: Vec<Input>,
    /// Hash by path of its files.
    pub(super) files: BTreeMap<String, String>,
    /// Its figures.
    pub(super) figures: Vec<Figure>,
}

/// A figure of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Dimensions and levels.
    pub(super) by: Vec<(Label, Label)>,
    /// What it says.
    pub(super) measure: MeasureLabel,
    pub(super) n: u64,
    pub(super) estimate: Option<f64>,
    pub(super) se: Option<f64>,
    pub(super) df: Option<u64>,
}

/// The files are not those of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotABundle {
    /// Which file.
    pub file: &'static str,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for NotABundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not that of a bundle: {}", self.file, self.what)
    }
}

impl std::error::Error for NotABundle {}

impl BundleData {
    /// Reads the bytes of `manifest.json` and `data.json`.
    ///
    /// # Errors
    /// When they are not what `wxstats report` writes, or `data.json` is not the one that the manifest lists.
    pub fn parse(manifest: &[u8], data: &[u8], names: &Names) -> Result<Self, NotABundle> {
        let refuse = |file, what: String| NotABundle { file, what };
        let manifest: Manifest =
            serde_json::from_slice(manifest).map_err(|error| refuse("manifest.json", error.to_string()))?;
        if manifest.schema != "wxstats.bundle/1" {
            return Err(refuse("manifest.json", "its schema is not wxstats.bundle/1".to_owned()));
        }
        let files: BTreeMap<String, String> =
            manifest.files.into_iter().map(|file| (file.path, file.blake3)).collect();
        if files.get("data.json").map(String::as_str) != Some(blake3::hash(data).to_hex().as_str()) {
            return Err(refuse("data.json", "its bytes are not those that manifest.json lists".to_owned()));
        }
        let data: Data =
            serde_json::from_slice(data).map_err(|error| refuse("data.json", error.to_string()))?;
        if data.schema != "wxstats.table/1" {
            return Err(refuse("data.json", "its schema is not wxstats.table/1".to_owned()));
        }
        let figures = data
            .rows
            .into_iter()
            .map(|row| row.figure(names).map_err(|what| refuse("data.json", what)))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            slug: manifest.slug,
            published: data.settings.disclosure == "publish",
            panel: data.settings.panel,
            method: [data.settings.weights, data.settings.base],
            synthetic: data.source.iter().any(|source| source.synthetic),
            inputs: data.source.into_iter().map(Input::from).collect(),
            files,
            figures,
        })
    }
}

#[derive(Deserialize)]
struct Manifest {
    schema: String,
    slug: String,
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    path: String,
    blake3: String,
}

#[derive(Deserialize)]
struct Data {
    schema: String,
    source: Vec<Source>,
    settings: Settings,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Source {
    dataset: String,
    wave: String,
    rows: u64,
    file: String,
    blake3: String,
    synthetic: bool,
}

impl From<Source> for Input {
    fn from(Source { dataset, wave, rows, file, blake3, .. }: Source) -> Self {
        Self { dataset, wave, file, blake3, respondents: rows }
    }
}

#[derive(Deserialize)]
struct Settings {
    base: String,
    panel: bool,
    weights: String,
    disclosure: String,
}

#[derive(Deserialize)]
struct Row {
    by: serde_json::Map<String, serde_json::Value>,
    feature: String,
    action: String,
    statistic: String,
    per: Option<String>,
    n: u64,
    estimate: Option<f64>,
    se: Option<f64>,
    df: Option<u64>,
}

impl Row {
    fn figure(self, names: &Names) -> Result<Figure, String> {
        let shown = [
            Shown::Rate,
            Shown::TopBox,
            Shown::Nps,
            Shown::Mean,
            Shown::Median,
            Shown::Ratio,
            Shown::Mentions,
        ]
        .into_iter()
        .find(|shown| shown.key() == self.statistic)
        .ok_or_else(|| format!("the statistic \"{}\" is not one of a report", self.statistic))?;
        let label = |(dimension, level): (String, serde_json::Value)| {
            let level = level.as_str().unwrap_or_default().to_owned();
            let name = names.level(&dimension, &level);
            let of = Label { name: names.dimension(&dimension), key: dimension };
            (of, Label { key: level, name })
        };
        let item = Item { feature: self.feature, action: self.action };
        let per = self.per.map(|key| {
            let name = key
                .parse::<Item>()
                .map_or_else(|_| names.feature(&key), |item| ItemLabel::of(&item, names).name());
            Label { key, name }
        });
        Ok(Figure {
            by: self.by.into_iter().map(label).collect(),
            measure: MeasureLabel { item: ItemLabel::of(&item, names), shown, per, counted: None },
            n: self.n,
            estimate: self.estimate,
            se: self.se,
            df: self.df,
        })
    }
}

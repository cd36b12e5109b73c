//! What a report says, in one language and in order; the page and the Markdown are two dresses of it.

use super::grid::Grid;
use super::story::Formats;
use super::transparency::Statement;
use crate::codebook::Lang;

/// Everything that stands in a report.
pub(super) struct Contents {
    pub(super) lang: Lang,
    /// Above the title: what the report is about.
    pub(super) kicker: String,
    /// The main finding, or a neutral title.
    pub(super) title: String,
    /// That the data is made up, when it is.
    pub(super) synthetic: Option<String>,
    /// How many gaps are clear.
    pub(super) summary: String,
    /// At most six sentences.
    pub(super) findings: Vec<String>,
    /// The charts, each with its table.
    pub(super) exhibits: Vec<Exhibit>,
    /// Terms and their explanations.
    pub(super) method: Vec<(String, String)>,
    /// How the survey was made.
    pub(super) about: Vec<Statement>,
    /// What a reader must know about the data.
    pub(super) notes: Vec<String>,
    /// Name, file, respondents and BLAKE3 of each source.
    pub(super) sources: Vec<[String; 4]>,
    /// Bundles beside this one: name and relative address.
    pub(super) links: Vec<(String, String)>,
    /// The same report in another language, and where it is.
    pub(super) translation: Option<(Lang, String)>,
    /// Data files in the bundle.
    pub(super) downloads: Vec<&'static str>,
}

/// One chart and the table behind it.
pub(super) struct Exhibit {
    /// File name without ending, and the exhibit's id in the page.
    pub(super) slug: String,
    /// What is compared, without a finding.
    pub(super) heading: String,
    /// The chart's title.
    pub(super) title: String,
    /// The chart; `None` when every figure is withheld.
    pub(super) drawing: Option<Drawing>,
    /// The table behind it.
    pub(super) grid: Grid,
}

/// A chart as it stands in a page, and where its files are.
pub(super) struct Drawing {
    /// The element for screens that are wide enough.
    pub(super) wide: String,
    /// The element for phones.
    pub(super) narrow: String,
    /// The chart for people who do not see it.
    pub(super) alt: String,
    /// The file with its figures.
    pub(super) data: String,
    /// Its files, relative to the bundle, the PNG last.
    pub(super) files: Vec<String>,
}

impl Exhibit {
    /// Whether files of its chart were asked for and could not be made.
    pub(super) fn is_left_out(&self, formats: &Formats) -> bool {
        let wanted = formats.svg || formats.png;
        wanted && self.drawing.as_ref().is_some_and(|drawing| drawing.files.is_empty())
    }
}

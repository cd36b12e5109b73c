//! [`Story`]: what a report is made from.

use std::collections::BTreeMap;

use super::chapter::Chapter;
use super::template::Template;
use crate::chart::{ChartKind, Fonts, Size, Theme};
use crate::claims::Rates;
use crate::codebook::project::About;
use crate::codebook::{Lang, Name, Names};
use crate::table::{Label, Table};

/// What a report is made from.
#[derive(Debug, Clone)]
pub struct Story<'a> {
    /// What it is about.
    pub subject: Subject,
    /// What the project is called; else it is about WeChat.
    pub title: Option<&'a Name>,
    /// What its codebook says of how the survey was made.
    pub about: Option<&'a About>,
    /// Rates by city and segment, gaps between segments; `None` when the survey has no cities.
    pub by_city: Option<&'a Table>,
    /// The same by segment alone.
    pub overall: &'a Table,
    /// Rates by city, segment and wave, changes between waves; `None` when there is one wave.
    pub by_city_and_wave: Option<&'a Table>,
    /// The same by segment and wave alone.
    pub by_wave: Option<&'a Table>,
    /// Gaps between segments by city, in every wave; `None` where none are tested.
    pub gaps_by_city_and_wave: Option<&'a Table>,
    /// The same of all cities.
    pub gaps_by_wave: Option<&'a Table>,
    /// Shares of the points of scales, by city and segment; `None` where there is no scale.
    pub points_by_city: Option<&'a Table>,
    /// The same by segment alone.
    pub points: Option<&'a Table>,
    /// What was published elsewhere of such figures: strokes on the charts.
    pub rates: Option<&'a Rates>,
    /// What else is told, in order after the survey.
    pub chapters: &'a [Chapter],
    /// What the house makes of it; `None`: a report as all are.
    pub template: Option<&'a Template>,
    /// Verbs for sentences.
    pub names: &'a Names,
    /// The language of page, charts and Markdown.
    pub lang: Lang,
    /// The language of the same report in another directory, and that directory's name, which its page links.
    pub translation: Option<(Lang, &'static str)>,
    /// The reports written beside this one, which its page links.
    pub siblings: &'a [Subject],
    /// The files each chart is written to.
    pub formats: Formats,
    /// The fonts that charts are drawn in, and the page.
    pub fonts: Fonts,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// All respondents, and the cities compared.
    Overview,
    /// One city of [`Story::by_city`].
    City(Label),
}

/// Which charts are drawn, and the files each is written to. The page holds its charts in any case.
#[derive(Debug, Clone, PartialEq)]
pub struct Formats {
    /// `charts/*.svg`.
    pub svg: bool,
    /// `charts/*.png`.
    pub png: bool,
    /// Pixels of a PNG to the CSS px; `None`: what suits the size.
    pub scale: Option<f32>,
    /// How large the files are.
    pub size: Size,
    /// Their colours.
    pub theme: Theme,
    /// The kinds of charts; empty: all.
    pub only: Vec<ChartKind>,
}

impl Default for Formats {
    /// Everything, on white, at the size of a page.
    fn default() -> Self {
        Self { svg: true, png: true, scale: None, size: Size::Page, theme: Theme::LIGHT, only: Vec::new() }
    }
}

/// Files of a bundle, by their paths in it.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

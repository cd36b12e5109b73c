//! [`Story`] → [`Bundle`]: which sections a report has, drawn and dressed.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::bundle::Bundle;
use super::contents::{Contents, Drawing, Exhibit};
use super::pairs::Comparison;
use super::sections::{Plate, View, plates};
use super::words::Words;
use super::{ReportError, alone, findings, manifest, markdown, method, page, slug, transparency};
use crate::chart::{self, Chart, ChartError, ChartKind, Fonts, Size, Style, Theme};
use crate::claims::Judgement;
use crate::codebook::project::About;
use crate::codebook::{Lang, Name, Names};
use crate::landscape::{self, Chapter, Landscape};
use crate::table::{self, Label, Source, Table};

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
    /// Shares of the points of scales, by city and segment; `None` where there is no scale.
    pub points_by_city: Option<&'a Table>,
    /// The same by segment alone.
    pub points: Option<&'a Table>,
    /// Published figures of platforms, which an overview tells; `None` where there are none.
    pub landscape: Option<&'a Landscape>,
    /// The verdicts on claims; `None` where none are told.
    pub judgement: Option<&'a Judgement>,
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

/// The data files of published figures.
const LANDSCAPE: [&str; 2] = ["landscape.csv", "landscape.json"];

impl Story<'_> {
    /// Published figures, where the report tells them.
    fn published(&self) -> Option<&Landscape> {
        self.landscape.filter(|_| self.subject == Subject::Overview)
    }
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

/// Makes the report. Charts are drawn on all of rayon's threads; the result does not depend on how many there are.
///
/// # Errors
/// When the tables hold several segments and compare no two, the city is not in them, or a chart cannot be drawn.
pub fn build(story: &Story<'_>) -> Result<Bundle, ReportError> {
    let overall = Comparison::of(story.overall)?;
    let by_city = story.by_city.map(Comparison::of).transpose()?;
    let city = match &story.subject {
        Subject::Overview => None,
        Subject::City(city) => Some(city),
    };
    let here = match (city, &by_city) {
        (None, _) => &overall,
        (Some(city), Some(by_city)) if !by_city.in_place(Some(city)).is_empty() => by_city,
        (Some(city), _) => return Err(ReportError::UnknownCity { city: city.key.clone() }),
    };
    let words = Words {
        lang: story.lang,
        names: story.names,
        fonts: story.fonts,
        segments: &here.segments,
        filter: here.table.filter.as_ref(),
    };
    let by_wave = if city.is_some() { story.by_city_and_wave } else { story.by_wave };
    let points = if city.is_some() { story.points_by_city } else { story.points };
    let view = View {
        words,
        city,
        here,
        by_city: by_city.as_ref(),
        by_wave,
        points,
        landscape: story.published(),
        judgement: story.judgement,
    };
    let mut plates = plates(&view)?;
    let only = &story.formats.only;
    plates.retain(|plate| {
        only.is_empty() || plate.chart.as_ref().is_some_and(|chart| only.contains(&chart.kind()))
    });
    let (exhibits, charts): (Vec<Exhibit>, Vec<Files>) = plates
        .into_par_iter()
        .map(|plate| draw(plate, story))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .unzip();
    let left_out = exhibits.iter().filter(|exhibit| exhibit.is_left_out(&story.formats));
    let left_out = left_out.map(|exhibit| exhibit.slug.clone()).collect();
    let slugs = Slugs::of(by_city.as_ref());
    let contents = contents(story, &view, exhibits, &slugs);
    let illegible = illegible(&contents, story.fonts)?;
    let mut files: Files = charts.into_iter().flatten().collect();
    files.insert("index.html".to_owned(), page::page(&contents, story.fonts)?.into_bytes());
    files.insert(method::METHODS.to_owned(), method::METHODS_TEXT.as_bytes().to_vec());
    files.insert("report.md".to_owned(), markdown::markdown(&contents).into_bytes());
    files.extend(data(story, here.table)?);
    let slug = slugs.get(&story.subject);
    let published = story.published().map(|published| &published.origin);
    let manifest = manifest::write(&slug, story.lang, here.table, (sources(&view), published), &files)
        .map_err(|source| ReportError::Data { file: manifest::NAME, source: source.into() })?;
    files.insert(manifest::NAME.to_owned(), manifest);
    let Contents { summary, findings, .. } = contents;
    Ok(Bundle { slug, summary, findings, left_out, illegible, files })
}

type Files = BTreeMap<String, Vec<u8>>;

/// The characters that stand in charts and that no font has.
fn illegible(contents: &Contents, fonts: Fonts) -> Result<Vec<char>, ReportError> {
    let of_sources = contents.sources.iter().flatten();
    let of_grids = contents.exhibits.iter().flat_map(|exhibit| {
        let cells = exhibit.grid.rows.iter().flatten().chain(&exhibit.grid.head);
        cells.chain([&exhibit.title, &exhibit.grid.caption])
    });
    let words: String = of_grids.chain(of_sources).map(String::as_str).collect();
    let missing = fonts.missing(&words).map_err(|source| ReportError::Fonts { source })?;
    Ok(missing.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
}

/// Every figure behind the charts: the subject's table, and in an overview that of the cities beside it.
fn data(story: &Story<'_>, here: &Table) -> Result<Files, ReportError> {
    let mut files = Files::new();
    let mut add = |csv: &'static str, json: &'static str, table: &Table| -> Result<(), ReportError> {
        let text = table::csv(std::slice::from_ref(table))
            .map_err(|source| ReportError::Data { file: csv, source: source.into() })?;
        files.insert(csv.to_owned(), text.into_bytes());
        let text = table::json(std::slice::from_ref(table), story.lang)
            .map_err(|source| ReportError::Data { file: json, source: source.into() })?;
        files.insert(json.to_owned(), text.into_bytes());
        Ok(())
    };
    add("data.csv", "data.json", here)?;
    if let (Subject::Overview, Some(by_city)) = (&story.subject, story.by_city) {
        add("cities.csv", "cities.json", by_city)?;
    }
    if let Some(published) = story.published() {
        let [csv, json] = LANDSCAPE;
        let text = landscape::csv(published, &Chapter::ALL)
            .map_err(|source| ReportError::Data { file: csv, source: source.into() })?;
        files.insert(csv.to_owned(), text.into_bytes());
        let text = landscape::json(published, story.lang)
            .map_err(|source| ReportError::Data { file: json, source: source.into() })?;
        files.insert(json.to_owned(), text.into_bytes());
    }
    Ok(files)
}

/// Draws a plate's chart: its exhibit, and the chart's files.
fn draw(plate: Plate, story: &Story<'_>) -> Result<(Exhibit, Files), ReportError> {
    let mut files = Files::new();
    let drawing = match &plate.chart {
        None => None,
        Some(chart) => {
            let failed = |source| ReportError::Chart { chart: plate.slug.clone(), source };
            let inline = |size| {
                let style = Style { theme: Theme::LIGHT, size, fonts: story.fonts };
                chart::draw(chart, style).map_err(failed)
            };
            let (wide, narrow) = (inline(Size::Page)?, inline(Size::Wechat)?);
            // A page has room for every chart; a slide or a cover may not.
            files = match chart_files(&plate, chart, story) {
                Err(ChartError::NoRoom) => Files::new(),
                made => made.map_err(failed)?,
            };
            let data = format!("charts/{}.csv", plate.slug);
            let mut paths: Vec<String> = files.keys().cloned().collect();
            // Pictures with text first; the last one shows alike everywhere.
            paths.sort_by_key(|path| path.rsplit('.').next() != Some("svg"));
            files.insert(data.clone(), plate.csv.into_bytes());
            Some(Drawing { wide: wide.inline, narrow: narrow.inline, alt: wide.alt, data, files: paths })
        }
    };
    let Plate { slug, heading, title, grid, .. } = plate;
    Ok((Exhibit { slug, heading, title, drawing, grid }, files))
}

/// The files of a chart; numbered where one picture does not hold all of its rows.
fn chart_files(plate: &Plate, chart: &Chart, story: &Story<'_>) -> Result<Files, ChartError> {
    let Formats { svg, png, scale, size, theme, .. } = &story.formats;
    let style = Style { theme: *theme, size: *size, fonts: story.fonts };
    let parts = chart::draw_parts(chart, style)?;
    let mut files = Files::new();
    for (index, part) in parts.iter().enumerate() {
        let number = if parts.len() > 1 { format!("-{}", index + 1) } else { String::new() };
        let name = format!("charts/{}{number}", plate.slug);
        if *svg {
            files.insert(format!("{name}.svg"), part.text.clone().into_bytes());
        }
        if *png {
            let scale = scale.unwrap_or_else(|| size.scale());
            files.insert(format!("{name}.png"), chart::raster(part, scale)?);
        }
    }
    Ok(files)
}

fn contents(story: &Story<'_>, view: &View<'_>, exhibits: Vec<Exhibit>, slugs: &Slugs) -> Contents {
    let (words, table) = (&view.words, view.here.table);
    let about = match view.city {
        Some(city) => words.name(city).to_owned(),
        None => words.pick("all cities", "各城市").to_owned(),
    };
    let kicker = match story.title {
        Some(title) => format!("{} · {about}", words.pick(title.en.as_str(), title.zh.as_str())),
        None => words.pick(format!("WeChat in {about}"), format!("微信在{about}")),
    };
    let kicker = match &table.filter {
        Some(filter) => {
            let name = words.name(filter);
            let who = words.pick(format!("respondents with {name}"), format!("符合“{name}”的受访者"));
            format!("{kicker} · {who}")
        }
        None => kicker,
    };
    let link = |sibling: &Subject| {
        let name = match sibling {
            Subject::Overview => words.pick("All cities", "各城市").to_owned(),
            Subject::City(city) => words.name(city).to_owned(),
        };
        (name, format!("../{}/index.html", slugs.get(sibling)))
    };
    let synthetic = method::synthetic(words, table);
    let (summary, findings) = if view.here.is_alone() {
        (alone::summary(words), alone::findings(words, view.here, view.city))
    } else {
        (findings::summary(words, view.here, view.city), findings::findings(words, view.here, view.city))
    };
    Contents {
        lang: story.lang,
        title: exhibits.first().map_or_else(|| kicker.clone(), |exhibit| exhibit.title.clone()),
        kicker,
        synthetic: synthetic.clone(),
        summary,
        findings,
        exhibits,
        method: method::explained(words, table),
        about: transparency::statements(words, story.about, table, &view.here.in_place(view.city)),
        notes: notes(view)
            .into_iter()
            .cloned()
            .chain(story.published().into_iter().flat_map(landscape::notes))
            .map(|note| note.get(story.lang).to_owned())
            .filter(|note| Some(note) != synthetic.as_ref())
            .collect(),
        sources: sources(view)
            .iter()
            .map(|source| method::source_row(source, story.lang))
            .chain(story.published().map(|published| method::published_row(published, story.lang)))
            .collect(),
        translation: story.translation.map(|(lang, directory)| {
            (lang, format!("../../{directory}/{}/index.html", slugs.get(&story.subject)))
        }),
        links: story.siblings.iter().filter(|sibling| **sibling != story.subject).map(link).collect(),
        downloads: downloads(story),
    }
}

/// What stands under the figures, and what those of several waves add to it.
fn notes<'a>(view: &View<'a>) -> Vec<&'a Name> {
    let own = &view.here.table.notes;
    let added = view.by_wave.into_iter().flat_map(|table| &table.notes).filter(|note| !own.contains(note));
    own.iter().chain(added).collect()
}

/// All that the report rests on: every wave, where it shows several.
fn sources<'a>(view: &View<'a>) -> &'a [Source] {
    &view.by_wave.unwrap_or(view.here.table).sources
}

fn downloads(story: &Story<'_>) -> Vec<&'static str> {
    let mut files = vec!["data.csv", "data.json"];
    if story.subject == Subject::Overview && story.by_city.is_some() {
        files.extend(["cities.csv", "cities.json"]);
    }
    files.extend(story.published().iter().flat_map(|_| LANDSCAPE));
    files.extend(["report.md", method::METHODS, manifest::NAME]);
    files
}

/// The directory names of all cities of a table.
struct Slugs(BTreeMap<String, String>);

impl Slugs {
    fn of(by_city: Option<&Comparison<'_>>) -> Self {
        let mut cities: Vec<&Label> =
            by_city.iter().flat_map(|by_city| &by_city.pairs).filter_map(|pair| pair.place).collect();
        cities.sort();
        cities.dedup();
        let slugs = slug::of_cities(&cities);
        Self(cities.iter().map(|city| city.key.clone()).zip(slugs).collect())
    }

    fn get(&self, subject: &Subject) -> String {
        match subject {
            Subject::Overview => slug::OVERVIEW.to_owned(),
            Subject::City(city) => self.0.get(&city.key).cloned().unwrap_or_else(|| slug::of(&city.key)),
        }
    }
}

//! What a report says, in one language and in order; the page and the Markdown are two dresses of it.

use super::build::Told;
use super::grid::Grid;
use super::sections::{SURVEY, View};
use super::slug::Slugs;
use super::story::{Formats, Story, Subject};
use super::template::{Accent, Logo};
use super::transparency::Statement;
use super::{alone, findings, manifest, method, several, transparency, workbook};
use crate::codebook::{Lang, Name};

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
    /// At most six sentences of the survey, then one of each chapter that has found something.
    pub(super) findings: Vec<String>,
    /// The charts, each with its table, by what tells them.
    pub(super) sections: Vec<Section>,
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
    pub(super) downloads: Vec<String>,
    /// What a template sets above the title, in colour, and at the foot.
    pub(super) logo: Option<Logo>,
    pub(super) accent: Option<Accent>,
    pub(super) footer: Option<String>,
}

/// Charts and tables of one kind of data.
pub(super) struct Section {
    /// The end of its anchor in the page.
    pub(super) key: &'static str,
    pub(super) name: String,
    pub(super) exhibits: Vec<Exhibit>,
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

impl Contents {
    /// Puts together what is said of the story around its drawn sections, given what its parts have found and the data files
    /// beside the charts.
    pub(super) fn of(
        story: &Story<'_>,
        told: &Told<'_>,
        sections: Vec<Section>,
        (told_by_parts, mut downloads): (Vec<String>, Vec<String>),
        slugs: &Slugs,
    ) -> Self {
        let view = &told.view;
        let (words, table) = (&view.words, view.here.table);
        let kicker = kicker(story, view);
        let synthetic = method::synthetic(words, table);
        let (here, city) = (view.here, view.city);
        let (summary, mut findings) = match here.segments.len() {
            1 => (alone::summary(words), alone::findings(words, here, city)),
            2 => (findings::summary(words, here, city), findings::findings(words, here, city)),
            _ => (several::summary(words, here, city), several::findings(words, here, city)),
        };
        findings.extend(told_by_parts);
        downloads.extend([workbook::NAME, "report.md", method::METHODS, manifest::NAME].map(str::to_owned));
        let template = story.template.cloned().unwrap_or_default();
        let own_title = template.title.map(|title| title.get(story.lang).to_owned());
        let of_survey = sections.iter().filter(|section| section.key == SURVEY);
        let first = of_survey.chain(&sections).flat_map(|section| &section.exhibits).next();
        let notes = notes(told).into_iter().map(|note| note.get(story.lang).to_owned());
        Self {
            lang: story.lang,
            title: own_title
                .or_else(|| first.map(|exhibit| exhibit.title.clone()))
                .unwrap_or_else(|| kicker.clone()),
            kicker,
            notes: notes.filter(|note| Some(note) != synthetic.as_ref()).collect(),
            synthetic,
            summary,
            findings,
            sections,
            method: method::explained(words, table),
            about: transparency::statements(words, story.about, table, &view.here.in_place(view.city)),
            sources: told.bases().iter().map(|basis| method::source_row(basis, story.lang)).collect(),
            links: links(story, view, slugs),
            translation: story.translation.map(|(lang, directory)| {
                (lang, format!("../../{directory}/{}/index.html", slugs.get(&story.subject)))
            }),
            downloads,
            logo: template.logo,
            accent: template.accent,
            footer: template.footer.map(|footer| footer.get(story.lang).to_owned()),
        }
    }

    /// All charts and tables, in order.
    pub(super) fn exhibits(&self) -> impl Iterator<Item = &Exhibit> {
        self.sections.iter().flat_map(|section| &section.exhibits)
    }
}

/// What the report is about, above its title.
fn kicker(story: &Story<'_>, view: &View<'_>) -> String {
    let words = &view.words;
    let about = match view.city {
        Some(city) => words.name(city).to_owned(),
        None => words.pick("all cities", "各城市").to_owned(),
    };
    let kicker = match story.title {
        Some(title) => format!("{} · {about}", words.pick(title.en.as_str(), title.zh.as_str())),
        None => words.pick(format!("WeChat in {about}"), format!("微信在{about}")),
    };
    match &view.here.table.filter {
        Some(filter) => {
            let name = words.name(filter);
            let who = words.pick(format!("respondents with {name}"), format!("符合“{name}”的受访者"));
            format!("{kicker} · {who}")
        }
        None => kicker,
    }
}

/// The reports written beside this one.
fn links(story: &Story<'_>, view: &View<'_>, slugs: &Slugs) -> Vec<(String, String)> {
    let words = &view.words;
    let link = |sibling: &Subject| {
        let name = match sibling {
            Subject::Overview => words.pick("All cities", "各城市").to_owned(),
            Subject::City(city) => words.name(city).to_owned(),
        };
        (name, format!("../{}/index.html", slugs.get(sibling)))
    };
    story.siblings.iter().filter(|sibling| **sibling != story.subject).map(link).collect()
}

/// What stands under the figures, what those of several waves add to it, and what the chapters do.
fn notes(told: &Told<'_>) -> Vec<Name> {
    let view = &told.view;
    let own = &view.here.table.notes;
    let added = view.by_wave.into_iter().flat_map(|table| &table.notes).filter(|note| !own.contains(note));
    let of_chapters = told.chapters.iter().flat_map(|chapter| chapter.notes(view));
    let mut notes: Vec<Name> = Vec::new();
    for note in own.iter().chain(added).cloned().chain(of_chapters) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

//! `wxstats report`: bundles of page, charts and data, for chosen cities or for all.

mod adoption;
mod chapters;
mod editions;
mod funnels;
mod people;
mod pictures;
mod subjects;
mod tables;
mod template;
mod usage;

use anyhow::Result;
use rayon::prelude::*;

use self::chapters::{chapters, published};
use self::editions::{Edition, editions};
use self::pictures::{fonts, formats, warn_of_code_points};
use self::subjects::{compared, subjects};
use self::tables::{PointTables, Tables, WaveTables, scales};
use super::args::{Global, Report};
use super::figures::{Figures, Showing, Wanted};
use super::project::Project;
use super::shelf::Shelf;
use super::survey::Survey;
use super::ui::Ui;
use crate::chart::Fonts;
use crate::claims::Rates;
use crate::codebook::{Base, Name};
use crate::estimate::Settings;
use crate::report::{Bundle, Chapter, Formats, Story, Subject, Template, build};
use crate::tally::WAVE;
use crate::writing::wrap;

const CITY: &str = "city";
const SEGMENT: &str = "segment";

/// What is asked for, and where it is looked for.
struct Sought<'a> {
    command: &'a Report,
    /// All datasets there are.
    shelf: &'a Shelf,
    /// The survey that the report is of, with every wave.
    survey: &'a Survey,
    project: &'a Project,
    ui: &'a Ui,
}

pub(super) fn run(command: &Report, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let shelf = Shelf::open(&command.source, &project, global, ui)?;
    let survey = Survey::on(&shelf, &command.source, true, &project, ui)?;
    let shelf = beside(shelf, &survey, command, ui);
    let sought = Sought { command, shelf: &shelf, survey: &survey, project: &project, ui };
    let material = Material::gather(&sought)?;
    // Every bundle is made before the first is written.
    let mut bundles = Vec::new();
    for edition in editions(command, &project) {
        for bundle in material.bundles(&edition)? {
            bundles.push((edition.out.clone(), bundle));
        }
    }
    template::refuse_unknown_sections(material.template.as_ref(), &bundles)?;
    let mut found = String::new();
    for (out, bundle) in &bundles {
        let place = bundle.write(out)?;
        found.push_str(&format!("{}\n", place.join("index.html").display()));
        found.push_str(&indented(&bundle.summary));
        for chart in &bundle.left_out {
            ui.say(&format!(
                "{}: {chart} does not fit the size that is asked for, and was left out",
                bundle.slug
            ));
        }
        found.extend(bundle.findings.iter().map(|finding| indented(finding)));
    }
    warn_of_code_points(&bundles, ui);
    if ui.is_quiet() { Ok(()) } else { Ok(ui.data(&found)?) }
}

/// A sentence in lines that fit every terminal, the first of them less far in than the others.
fn indented(sentence: &str) -> String {
    const WIDTH: usize = 80;
    format!("  {}\n", wrap(sentence, WIDTH - 4).join("\n    "))
}

/// What is told beside the survey: everything, but where figures are of a filter's domain, which other datasets do not know.
fn beside(shelf: Shelf, survey: &Survey, command: &Report, ui: &Ui) -> Shelf {
    if command.source.filter.is_none() {
        return shelf;
    }
    let (own, others) = shelf.only(survey.dataset());
    if !others.is_empty() {
        let others = others.into_iter().collect::<Vec<_>>().join(", ");
        ui.say(&format!("--where is of {}; left out: {others}", survey.dataset()));
    }
    own
}

/// What bundles are made of, in any language.
struct Material {
    figures: Figures,
    title: Option<Name>,
    tables: Tables,
    waves: Option<WaveTables>,
    points: Option<PointTables>,
    rates: Option<Rates>,
    chapters: Vec<Chapter>,
    subjects: Vec<Subject>,
    formats: Formats,
    fonts: Fonts,
    template: Option<Template>,
}

impl Material {
    fn gather(sought: &Sought<'_>) -> Result<Self> {
        let Sought { command, survey, project, ui, .. } = sought;
        let wanted = |by| Wanted { by, entries: &[], base: Base::Answered };
        let latest = survey.latest();
        let figures = Figures::scan(latest.clone(), project, &wanted(&[CITY, SEGMENT]), ui)?;
        let subjects = subjects(&command.city, &figures.levels(CITY), figures.names())?;
        let formats = formats(command);
        let fonts = fonts(&command.font)?;
        let showing = Showing {
            settings: Settings::default(),
            show_withheld: false,
            disclosure: command.disclosure.into(),
        };
        let template = command.template.as_deref().map(|path| template::read(path, ui)).transpose()?;
        let (rates, chapters) = (published(sought)?, chapters(sought)?);
        let points = scales(&figures, project);
        let segments = figures.levels(SEGMENT);
        let compared = compared(command.compare.as_deref(), &segments, figures.names())?;
        let tables = Tables::of(&figures, compared.as_deref(), &points, showing)?;
        let waves = if survey.waves_apart().is_some() {
            let figures = Figures::scan((*survey).clone(), project, &wanted(&[CITY, SEGMENT, WAVE]), ui)?;
            let keys: Option<Vec<String>> =
                compared.map(|places| places.into_iter().map(|at| segments[at].clone()).collect());
            Some(WaveTables::of(&figures, keys.as_deref(), showing)?)
        } else {
            None
        };
        let points = if points.is_empty() {
            None
        } else {
            let wanted = Wanted { by: &[CITY, SEGMENT], entries: &points, base: Base::Answered };
            Some(PointTables::of(&Figures::scan(latest, project, &wanted, ui)?, showing)?)
        };
        let title = project.book().title.clone();
        Ok(Self {
            figures,
            title,
            tables,
            waves,
            points,
            rates,
            chapters,
            subjects,
            formats,
            fonts,
            template,
        })
    }

    fn bundles(&self, edition: &Edition) -> Result<Vec<Bundle>> {
        self.subjects
            .par_iter()
            .map(|subject| {
                let story = Story {
                    subject: subject.clone(),
                    title: self.title.as_ref(),
                    about: Some(self.figures.about()),
                    by_city: Some(&self.tables.by_city),
                    overall: &self.tables.overall,
                    by_city_and_wave: self.waves.as_ref().map(|waves| &waves.by_city),
                    by_wave: self.waves.as_ref().map(|waves| &waves.overall),
                    gaps_by_city_and_wave: self.waves.as_ref().and_then(|waves| waves.gaps_by_city.as_ref()),
                    gaps_by_wave: self.waves.as_ref().and_then(|waves| waves.gaps.as_ref()),
                    points_by_city: self.points.as_ref().map(|points| &points.by_city),
                    points: self.points.as_ref().map(|points| &points.overall),
                    rates: self.rates.as_ref(),
                    chapters: &self.chapters,
                    template: self.template.as_ref(),
                    names: self.figures.names(),
                    lang: edition.lang,
                    translation: edition.other,
                    siblings: &self.subjects,
                    formats: self.formats.clone(),
                    fonts: self.fonts,
                };
                Ok(build(&story)?)
            })
            .collect()
    }
}

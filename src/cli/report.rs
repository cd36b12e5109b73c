//! `wxstats report`: bundles of page, charts and data, for chosen cities or for all.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::args::{ChartFormat, Global, Report, ReportLang, ThemeArg};
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures, Showing, Wanted};
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::chart::{ChartError, Fonts, Theme};
use crate::codebook::{Base, Lang, Name, Names, gazetteer};
use crate::estimate::Settings;
use crate::measure::Shown;
use crate::report::{Bundle, Formats, Story, Subject, build};
use crate::table::{Label, Table};
use crate::tally::WAVE;

const CITY: &str = "city";
const SEGMENT: &str = "segment";

pub(super) fn run(command: &Report, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let waves = Survey::open(&command.source, true, &project, global, ui)?;
    let wanted = |by| Wanted { by, entries: &[], base: Base::Answered };
    let figures = Figures::scan(waves.latest(), &project, &wanted(&[CITY, SEGMENT]), ui)?;
    let subjects = subjects(&command.city, &figures.levels(CITY), figures.names())?;
    let formats = formats(command);
    let fonts = fonts(&command.font)?;
    let showing = Showing {
        settings: Settings::default(),
        show_withheld: false,
        disclosure: command.disclosure.into(),
    };
    let tables = Tables::of(&figures, showing)?;
    let waves = if waves.waves_apart().is_some() {
        let figures = Figures::scan(waves, &project, &wanted(&[CITY, SEGMENT, WAVE]), ui)?;
        Some(WaveTables::of(&figures, showing)?)
    } else {
        None
    };
    let title = project.book().title.clone();
    let material = Material { figures, title, tables, waves, subjects, formats, fonts };
    // Every bundle is made before the first is written.
    let mut bundles = Vec::new();
    for edition in editions(command, &project) {
        for bundle in material.bundles(&edition)? {
            bundles.push((edition.out.clone(), bundle));
        }
    }
    let mut found = String::new();
    for (out, bundle) in &bundles {
        let place = bundle.write(out)?;
        found.push_str(&format!("{}\n  {}\n", place.join("index.html").display(), bundle.summary));
        for chart in &bundle.left_out {
            ui.say(&format!(
                "{}: {chart} does not fit the size that is asked for, and was left out",
                bundle.slug
            ));
        }
        found.extend(bundle.findings.iter().map(|finding| format!("  {finding}\n")));
    }
    if ui.is_quiet() { Ok(()) } else { Ok(ui.data(&found)?) }
}

fn formats(command: &Report) -> Formats {
    Formats {
        svg: command.chart_format.contains(&ChartFormat::Svg),
        png: command.chart_format.contains(&ChartFormat::Png),
        scale: command.scale,
        size: command.size.into(),
        theme: match command.theme {
            ThemeArg::Light => Theme::LIGHT,
            ThemeArg::Dark => Theme::DARK,
        },
        only: command.only.iter().map(|&kind| kind.into()).collect(),
    }
}

/// The embedded fonts, and those that are given.
fn fonts(paths: &[PathBuf]) -> Result<Fonts> {
    if paths.is_empty() {
        return Ok(Fonts::default());
    }
    let files = paths
        .iter()
        .map(|path| fs::read(path).with_context(|| format!("reading {}", path.display())))
        .collect::<Result<Vec<_>>>()?;
    Fonts::with_extra(files).map_err(|error| match error {
        ChartError::ExtraFont(place) => {
            Refusal::usage(format!("{} is no font that charts can be drawn in", paths[place].display()))
                .hint("OpenType and TrueType files are read (.otf, .ttf)")
                .into()
        }
        other => other.into(),
    })
}

/// The chosen cities, or the overview and every city of the data.
fn subjects(chosen: &[String], there: &[String], names: &Names) -> Result<Vec<Subject>> {
    let label = |key: &String| Label { key: key.clone(), name: names.level(CITY, key) };
    if chosen.is_empty() {
        let cities = there.iter().map(|key| Subject::City(label(key)));
        return Ok(std::iter::once(Subject::Overview).chain(cities).collect());
    }
    let mut subjects = Vec::new();
    for text in chosen {
        let city = gazetteer::resolve(text)?;
        let key = there.iter().find(|key| *key == city.key).ok_or_else(|| {
            Refusal::data(format!(
                "this wave of the survey has nobody in {} ({})",
                city.name_en, city.name_zh
            ))
            .hint(format!("it has {}", there.join(", ")))
        })?;
        let subject = Subject::City(label(key));
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    Ok(subjects)
}

/// A page compares two segments; the others are named.
fn segments_left_out(figures: &Figures) -> Option<Name> {
    let (segments, names) = (figures.levels(SEGMENT), figures.names());
    let others: Vec<Name> = segments.iter().skip(2).map(|segment| names.level(SEGMENT, segment)).collect();
    let list =
        |lang, between: &str| others.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(between);
    (!others.is_empty()).then(|| {
        Name::new(
            format!("Not shown here, but in the data files: {}.", list(Lang::En, ", ")),
            format!("此处未展示、见数据文件：{}。", list(Lang::Zh, "、")),
        )
    })
}

/// The two tables that every page is made from.
struct Tables {
    by_city: Table,
    overall: Table,
}

impl Tables {
    fn of(figures: &Figures, showing: Showing) -> Result<Self> {
        let compare = |place| Some((place, Compared::FirstTwo));
        let by_city = Asked { by: vec![CITY, SEGMENT], compare: compare(1), ..Asked::default() };
        let overall = Asked { by: vec![SEGMENT], compare: compare(0), ..Asked::default() };
        // Each is a family of its own: what a city's page says does not depend on the overview.
        let table = |asked: Asked<'_>| {
            let mut tables = figures.tables(&[asked], showing)?;
            let mut table = tables.swap_remove(0);
            table.notes.extend(segments_left_out(figures));
            table.notes.extend(not_charted(figures));
            Ok::<_, anyhow::Error>(table)
        };
        Ok(Self { by_city: table(by_city)?, overall: table(overall)? })
    }
}

/// The same by wave, for what changed.
struct WaveTables {
    by_city: Table,
    overall: Table,
}

impl WaveTables {
    fn of(figures: &Figures, showing: Showing) -> Result<Self> {
        let table = |by: Vec<&str>| {
            let compare = Some((by.len() - 1, Compared::FirstWithEach));
            let asked = Asked { by, compare, ..Asked::default() };
            Ok::<_, anyhow::Error>(figures.tables(&[asked], showing)?.swap_remove(0))
        };
        Ok(Self { by_city: table(vec![CITY, SEGMENT, WAVE])?, overall: table(vec![SEGMENT, WAVE])? })
    }
}

/// Pages show rates; other figures are named.
fn not_charted(figures: &Figures) -> Option<Name> {
    let others = figures.quantities().iter().filter(|(_, shown)| *shown != Shown::Rate);
    let others: Vec<String> = others.map(|(quantity, _)| quantity.item.to_string()).collect();
    (!others.is_empty()).then(|| {
        Name::new(
            format!("Scales and numbers are not charted, but in the data files: {}.", others.join(", ")),
            format!("量表与数值项未作图、见数据文件：{}。", others.join("、")),
        )
    })
}

/// What bundles are made of, in any language.
struct Material {
    figures: Figures,
    title: Option<Name>,
    tables: Tables,
    waves: Option<WaveTables>,
    subjects: Vec<Subject>,
    formats: Formats,
    fonts: Fonts,
}

/// All bundles in one language.
struct Edition {
    lang: Lang,
    out: PathBuf,
    /// The language of the other edition and its directory, where there are two.
    other: Option<(Lang, &'static str)>,
}

/// One edition; two for `--lang both`, each in a directory of its own.
fn editions(command: &Report, project: &Project) -> Vec<Edition> {
    let lang = match command.lang {
        Some(ReportLang::En) => Some(Lang::En),
        Some(ReportLang::Zh) => Some(Lang::Zh),
        Some(ReportLang::Both) => None,
        None => Some(project.book().language.unwrap_or_default()),
    };
    let Some(lang) = lang else {
        const DIRECTORIES: [(Lang, &str); 2] = [(Lang::En, "en"), (Lang::Zh, "zh")];
        let [en, zh] = DIRECTORIES;
        let edition = |(lang, directory): (Lang, &str), other| Edition {
            lang,
            out: command.out.join(directory),
            other: Some(other),
        };
        return vec![edition(en, zh), edition(zh, en)];
    };
    vec![Edition { lang, out: command.out.clone(), other: None }]
}

impl Material {
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

//! `wxstats report`: bundles of page, charts and data, for chosen cities or for all.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::args::{ChartFormat, Global, Report, ReportLang, ThemeArg};
use super::evidence::{judged, parse_claims, read_claims};
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures, Showing, Wanted};
use super::metrics;
use super::project::Project;
use super::sample;
use super::survey::Survey;
use super::ui::Ui;
use crate::chart::{ChartError, Fonts, Theme};
use crate::claims::Judgement;
use crate::codebook::project::Measured;
use crate::codebook::{Base, Entry, Item, Lang, Name, Names, Quantity, clean, gazetteer};
use crate::estimate::Settings;
use crate::landscape::Landscape;
use crate::measure::Shown;
use crate::report::{Bundle, Formats, Story, Subject, build};
use crate::table::{Disclosure, Label, Table};
use crate::tally::WAVE;

const CITY: &str = "city";
const SEGMENT: &str = "segment";

pub(super) fn run(command: &Report, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let waves = Survey::open(&command.source, true, &project, global, ui)?;
    let wanted = |by| Wanted { by, entries: &[], base: Base::Answered };
    let latest = waves.latest();
    let figures = Figures::scan(latest.clone(), &project, &wanted(&[CITY, SEGMENT]), ui)?;
    let subjects = subjects(&command.city, &figures.levels(CITY), figures.names())?;
    let formats = formats(command);
    let fonts = fonts(&command.font)?;
    let showing = Showing {
        settings: Settings::default(),
        show_withheld: false,
        disclosure: command.disclosure.into(),
    };
    let landscape = match &command.metrics {
        Some(path) => Some(metrics::read(path, ui)?),
        None if command.source.sample => Some(metrics::read_sample(ui)?),
        None => None,
    };
    let judgement = judgement(command, &waves, &project, ui)?;
    let points = scales(&figures, &project);
    let compared = compared(command.compare.as_deref(), &figures.levels(SEGMENT), figures.names())?;
    let tables = Tables::of(&figures, compared, &points, showing)?;
    let waves = if waves.waves_apart().is_some() {
        let figures = Figures::scan(waves, &project, &wanted(&[CITY, SEGMENT, WAVE]), ui)?;
        Some(WaveTables::of(&figures, showing)?)
    } else {
        None
    };
    let points = if points.is_empty() {
        None
    } else {
        let wanted = Wanted { by: &[CITY, SEGMENT], entries: &points, base: Base::Answered };
        Some(PointTables::of(&Figures::scan(latest, &project, &wanted, ui)?, showing)?)
    };
    let title = project.book().title.clone();
    let material =
        Material { figures, title, tables, waves, points, landscape, judgement, subjects, formats, fonts };
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
    warn_of_code_points(&bundles, ui);
    if ui.is_quiet() { Ok(()) } else { Ok(ui.data(&found)?) }
}

/// The verdicts on the claims that are asked for; of the sample, on those that it was made to hold.
fn judgement(command: &Report, waves: &Survey, project: &Project, ui: &Ui) -> Result<Option<Judgement>> {
    let is_published = Disclosure::from(command.disclosure) == Disclosure::Publish;
    let claims = match &command.claims {
        Some(_) if is_published => {
            return Err(Refusal::usage("--claims does not go with --disclosure publish")
                .hint("verdicts tell unrounded figures, which are for use inside a company")
                .into());
        }
        Some(path) => read_claims(path, ui)?,
        None if command.source.sample && !is_published => {
            parse_claims(sample::CLAIMS, sample::CLAIMS_FILE, ui)?
        }
        None => return Ok(None),
    };
    let survey = if claims.speak_of_waves() { waves.clone() } else { waves.latest() };
    Ok(Some(judged(&claims, &survey, project, Settings::default(), ui)?))
}

/// Says once which characters pictures could not show.
fn warn_of_code_points(bundles: &[(PathBuf, Bundle)], ui: &Ui) {
    let all: BTreeSet<char> =
        bundles.iter().flat_map(|(_, bundle)| bundle.illegible.iter().copied()).collect();
    if all.is_empty() {
        return;
    }
    let list: Vec<String> = all.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    ui.say(&format!("warning: no font has {}; pictures show code points instead", list.join(", ")));
    ui.say("hint: --font FILE gives a font that has them");
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

/// The places of the two segments that are asked for, else of the first two; `None` where there is one only.
fn compared(asked: Option<&[String]>, segments: &[String], names: &Names) -> Result<Option<[usize; 2]>> {
    let Some(asked) = asked else { return Ok((segments.len() > 1).then_some([0, 1])) };
    let place = |text: &String| {
        let is_it = |key: &&String| {
            let name = names.level(SEGMENT, key);
            [key.as_str(), name.en.as_str(), name.zh.as_str()]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(text))
        };
        let unknown = || {
            Refusal::data(format!("this wave of the survey has nobody in the segment {}", clean(text)))
                .hint(format!("it has {}", segments.join(", ")))
        };
        segments.iter().position(|key| is_it(&key)).ok_or_else(unknown)
    };
    match asked {
        [first, second] => {
            let pair = [place(first)?, place(second)?];
            if pair[0] == pair[1] {
                return Err(Refusal::usage("--compare names the same segment twice").into());
            }
            Ok(Some(pair))
        }
        _ => Err(Refusal::usage(format!("--compare takes two segments, not {}", asked.len()))
            .hint("such as --compare expat,chinese: a gap is the first's rate minus the second's")
            .into()),
    }
}

/// A page compares two segments; which, and that there are others.
fn segments_left_out(figures: &Figures, compared: Option<[usize; 2]>) -> Option<Name> {
    let (segments, names) = (figures.levels(SEGMENT), figures.names());
    let [a, b] = compared?;
    let name = |at: usize| names.level(SEGMENT, &segments[at]);
    let others: Vec<Name> = (0..segments.len()).filter(|at| ![a, b].contains(at)).map(name).collect();
    let list =
        |lang, between: &str| others.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(between);
    (!others.is_empty()).then(|| {
        let [a, b] = [name(a), name(b)];
        Name::new(
            format!(
                "Compared are {} and {}; other groups stand in the data files: {}. wxstats report --compare chooses the two.",
                a.en,
                b.en,
                list(Lang::En, ", ")
            ),
            format!(
                "本报告比较{}与{}；其他群体见数据文件：{}。可用 wxstats report --compare 选定两者。",
                a.zh,
                b.zh,
                list(Lang::Zh, "、")
            ),
        )
    })
}

/// The two tables that every page is made from.
struct Tables {
    by_city: Table,
    overall: Table,
}

impl Tables {
    fn of(
        figures: &Figures,
        compared: Option<[usize; 2]>,
        scales: &[Entry],
        showing: Showing,
    ) -> Result<Self> {
        let compare = |place| compared.map(|[first, second]| (place, Compared::Pair(first, second)));
        let by_city = Asked { by: vec![CITY, SEGMENT], compare: compare(1), ..Asked::default() };
        let overall = Asked { by: vec![SEGMENT], compare: compare(0), ..Asked::default() };
        // Each is a family of its own: what a city's page says does not depend on the overview.
        let table = |asked: Asked<'_>| {
            let mut tables = figures.tables(&[asked], showing)?;
            let mut table = tables.swap_remove(0);
            table.notes.extend(segments_left_out(figures, compared));
            table.notes.extend(not_charted(figures, scales));
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

/// Charts show shares; items without any are named.
fn not_charted(figures: &Figures, charted: &[Entry]) -> Option<Name> {
    let is_other = |(quantity, shown): &&(Quantity, Shown)| {
        *shown != Shown::Rate && !charted.contains(&Entry::Points(quantity.item.clone()))
    };
    let others = figures.quantities().iter().filter(is_other);
    let others: Vec<String> = others.map(|(quantity, _)| quantity.item.to_string()).collect();
    (!others.is_empty()).then(|| {
        Name::new(
            format!(
                "Not charted, but in the table “Scales and numbers” and in the data files: {}.",
                others.join(", ")
            ),
            format!("未作图、见“量表与数值”表与数据文件：{}。", others.join("、")),
        )
    })
}

/// The scales of the survey that a bar can show.
fn scales(figures: &Figures, project: &Project) -> Vec<Entry> {
    /// A bar has so many colours.
    const MOST_POINTS: u32 = 11;
    let book = project.dataset(figures.dataset());
    let is_scale = |item: &&Item| {
        let scale = book.items.get(*item).copied().and_then(Measured::scale);
        scale.is_some_and(|(low, high)| low.abs_diff(high) < MOST_POINTS)
    };
    let items = figures.quantities().iter().map(|(quantity, _)| &quantity.item);
    items.filter(is_scale).cloned().map(Entry::Points).collect()
}

/// How the answers to scales are spread, in every place; compared are their means and scores.
struct PointTables {
    by_city: Table,
    overall: Table,
}

impl PointTables {
    fn of(figures: &Figures, showing: Showing) -> Result<Self> {
        let table = |by: Vec<&str>| {
            Ok::<_, anyhow::Error>(
                figures.tables(&[Asked { by, ..Asked::default() }], showing)?.swap_remove(0),
            )
        };
        Ok(Self { by_city: table(vec![CITY, SEGMENT])?, overall: table(vec![SEGMENT])? })
    }
}

/// What bundles are made of, in any language.
struct Material {
    figures: Figures,
    title: Option<Name>,
    tables: Tables,
    waves: Option<WaveTables>,
    points: Option<PointTables>,
    landscape: Option<Landscape>,
    judgement: Option<Judgement>,
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
                    points_by_city: self.points.as_ref().map(|points| &points.by_city),
                    points: self.points.as_ref().map(|points| &points.overall),
                    landscape: self.landscape.as_ref(),
                    judgement: self.judgement.as_ref(),
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

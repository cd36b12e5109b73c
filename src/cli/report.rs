//! `wxstats report`: bundles of page, charts and data, for chosen cities or for all.

use anyhow::Result;
use rayon::prelude::*;

use super::args::{ChartFormat, Global, Report};
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures};
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::{Lang, Name, gazetteer, levels};
use crate::estimate::Settings;
use crate::report::{Bundle, Formats, Story, Subject, build};
use crate::table::Label;

const CITY: &str = "city";
const SEGMENT: &str = "segment";

pub(super) fn run(command: &Report, global: &Global, ui: &Ui) -> Result<()> {
    let survey = Survey::open(&command.source, false, global, ui)?;
    let figures = Figures::scan(survey, &[CITY, SEGMENT], &[])?;
    let subjects = subjects(&command.city, figures.levels(CITY))?;
    let formats = Formats {
        svg: command.chart_format.contains(&ChartFormat::Svg),
        png: command.chart_format.contains(&ChartFormat::Png),
    };
    let bundles = bundles(&figures, &subjects, command.language.lang(), formats)?;
    let mut found = String::new();
    for bundle in &bundles {
        let place = bundle.write(&command.out)?;
        found.push_str(&format!("{}\n  {}\n", place.join("index.html").display(), bundle.summary));
        found.extend(bundle.findings.iter().map(|finding| format!("  {finding}\n")));
    }
    if ui.is_quiet() { Ok(()) } else { Ok(ui.data(&found)?) }
}

/// The chosen cities, or the overview and every city of the data.
fn subjects(chosen: &[String], there: &[String]) -> Result<Vec<Subject>> {
    let label = |key: &String| Label { key: key.clone(), name: levels::name(CITY, key) };
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
fn segments_left_out(segments: &[String]) -> Option<Name> {
    let others: Vec<Name> = segments.iter().skip(2).map(|segment| levels::name(SEGMENT, segment)).collect();
    let list =
        |lang, between: &str| others.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(between);
    (!others.is_empty()).then(|| {
        Name::new(
            format!("Not shown here, but in the data files: {}.", list(Lang::En, ", ")),
            format!("此处未展示、见数据文件：{}。", list(Lang::Zh, "、")),
        )
    })
}

/// Every bundle is made before the first is written.
fn bundles(figures: &Figures, subjects: &[Subject], lang: Lang, formats: Formats) -> Result<Vec<Bundle>> {
    let overall = Asked {
        by: &[SEGMENT],
        compare: Some(Compared::FirstTwo(SEGMENT)),
        letters: None,
        test: false,
        settings: Settings::default(),
        show_withheld: false,
    };
    let by_city = Asked { by: &[CITY, SEGMENT], ..overall };
    let (mut by_city, mut overall) = (figures.table(&by_city)?, figures.table(&overall)?);
    if let Some(note) = segments_left_out(figures.levels(SEGMENT)) {
        by_city.notes.push(note.clone());
        overall.notes.push(note);
    }
    subjects
        .par_iter()
        .map(|subject| {
            let story = Story {
                subject: subject.clone(),
                by_city: Some(&by_city),
                overall: &overall,
                names: figures.names(),
                lang,
                siblings: subjects,
                formats,
            };
            Ok(build(&story)?)
        })
        .collect()
}

//! `wxstats report`: bundles of page, charts and data, for chosen cities or for all.

use anyhow::Result;
use rayon::prelude::*;

use super::args::{Global, Report};
use super::exit::Refusal;
use super::figures::Figures;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::{Lang, gazetteer, levels};
use crate::report::{Bundle, Formats, Story, Subject, build};
use crate::table::Label;

const CITY: &str = "city";
const SEGMENT: &str = "segment";

pub(super) fn run(command: &Report, global: &Global, ui: &Ui) -> Result<()> {
    let survey = Survey::open(&command.source, false, global, ui)?;
    let figures = Figures::scan(survey, &[CITY, SEGMENT], &[])?;
    let subjects = subjects(&command.city, figures.levels(CITY))?;
    let bundles = bundles(&figures, &subjects, command.language.lang())?;
    for bundle in &bundles {
        let place = bundle.write(&command.out)?;
        let findings: Vec<String> = bundle.findings.iter().map(|finding| format!("  {finding}\n")).collect();
        ui.data(&format!("{}\n{}", place.join("index.html").display(), findings.concat()))?;
    }
    Ok(())
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
            Refusal::data(format!("the survey has nobody in {} ({})", city.name_en, city.name_zh))
                .hint(format!("it has {}", there.join(", ")))
        })?;
        let subject = Subject::City(label(key));
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    Ok(subjects)
}

/// Every bundle is made before the first is written.
fn bundles(figures: &Figures, subjects: &[Subject], lang: Lang) -> Result<Vec<Bundle>> {
    let by_city = figures.table(&[CITY, SEGMENT], Some(SEGMENT), false)?;
    let overall = figures.table(&[SEGMENT], Some(SEGMENT), false)?;
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
                formats: Formats::default(),
            };
            Ok(build(&story)?)
        })
        .collect()
}

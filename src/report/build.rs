//! [`Story`] → [`Bundle`]: what the survey and every chapter tell of the report's subject, drawn and dressed.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::bundle::Bundle;
use super::chapter::{Basis, Part, Tells};
use super::contents::{Contents, Section};
use super::drawing::draw;
use super::lineup::Comparison;
use super::sections::{View, survey};
use super::slug::Slugs;
use super::story::{Files, Story, Subject};
use super::words::Words;
use super::{ReportError, manifest, markdown, method, page, workbook};
use crate::chart::Fonts;
use crate::claims::Rates;
use crate::codebook::Name;
use crate::table::{self, Table};

/// What is told, and by whom: everything that a report says beyond its charts is asked of these.
pub(super) struct Told<'a> {
    pub(super) view: View<'a>,
    /// The chapters that have something to tell of the subject.
    pub(super) chapters: Vec<&'a dyn Tells>,
    /// What was published elsewhere.
    pub(super) rates: Option<&'a Rates>,
}

impl Told<'_> {
    /// All that the report rests on: every wave of the survey, where it shows several, then what the chapters rest on.
    pub(super) fn bases(&self) -> Vec<Basis<'_>> {
        let own = &self.view.by_wave.unwrap_or(self.view.here.table).sources;
        let name = Name::new("Published rates", "已发表的比例");
        let rates = self.rates.map(|rates| Basis::File { name, origin: &rates.origin });
        let others = self.chapters.iter().flat_map(|chapter| chapter.bases(&self.view));
        own.iter().map(Basis::Dataset).chain(rates).chain(others).collect()
    }
}

/// Makes the report. Charts are drawn on all of rayon's threads; the result does not depend on how many there are.
///
/// # Errors
/// When the tables hold several segments and compare no two, the city is not in them, or a chart cannot be drawn.
pub fn build(story: &Story<'_>) -> Result<Bundle, ReportError> {
    let beside = |table| Ok::<_, ReportError>(Comparison::of(table)?.beside(story.rates));
    let overall = beside(story.overall)?;
    let by_city = story.by_city.map(beside).transpose()?;
    let view = view(story, &overall, by_city.as_ref())?;
    let (mut parts, mut later) = (Vec::new(), Vec::new());
    let mut chapters = Vec::new();
    for chapter in story.chapters.iter().map(super::Chapter::tells) {
        let own = chapter.parts(&view)?;
        if !own.is_empty() {
            let place = if chapter.comes_first() { &mut parts } else { &mut later };
            place.extend(own);
            chapters.push(chapter);
        }
    }
    parts.push(survey(&view)?);
    parts.append(&mut later);
    let sections_there = parts.iter().map(|part| part.key.to_owned()).collect();
    let parts = chosen(parts, story.template.and_then(|template| template.sections.as_deref()));
    let is_overview = view.city.is_none();
    let told_by_parts =
        parts.iter().filter(|_| is_overview).filter_map(|part| part.finding.clone()).collect();
    let table = view.here.table;
    let mut files = data(story, table)?;
    for chapter in &chapters {
        files.extend(chapter.files(&view)?);
    }
    let told = Told { view, chapters, rates: story.rates };
    let downloads = files.keys().cloned().collect();
    let (sections, charts) = drawn(parts, story)?;
    let exhibits = sections.iter().flat_map(|section| &section.exhibits);
    let left_out = exhibits.filter(|exhibit| exhibit.is_left_out(&story.formats));
    let left_out = left_out.map(|exhibit| exhibit.slug.clone()).collect();
    let slugs = Slugs::of(by_city.as_ref());
    let contents = Contents::of(story, &told, sections, (told_by_parts, downloads), &slugs);
    let illegible = illegible(&contents, story.fonts)?;
    files.extend(charts);
    files.insert("index.html".to_owned(), page::page(&contents, story.fonts)?.into_bytes());
    files.insert(method::METHODS.to_owned(), method::METHODS_TEXT.as_bytes().to_vec());
    files.insert(workbook::NAME.to_owned(), workbook::workbook(&contents, &told.view)?);
    files.insert("report.md".to_owned(), markdown::markdown(&contents).into_bytes());
    let slug = slugs.get(&story.subject);
    let manifest = manifest::write(&slug, story.lang, table, &told.bases(), &files)
        .map_err(|source| ReportError::Data { file: manifest::NAME, source: source.into() })?;
    files.insert(manifest::NAME.to_owned(), manifest);
    let Contents { summary, findings, .. } = contents;
    Ok(Bundle { slug, summary, findings, sections: sections_there, left_out, illegible, files })
}

/// The parts that a template names, in its order; all of them without one.
fn chosen(parts: Vec<Part>, sections: Option<&[String]>) -> Vec<Part> {
    let Some(sections) = sections else { return parts };
    let place = |part: &Part| sections.iter().position(|section| section == part.key);
    let mut chosen: Vec<Part> = parts.into_iter().filter(|part| place(part).is_some()).collect();
    chosen.sort_by_key(place);
    chosen
}

/// What the report looks at.
fn view<'a>(
    story: &'a Story<'a>,
    overall: &'a Comparison<'a>,
    by_city: Option<&'a Comparison<'a>>,
) -> Result<View<'a>, ReportError> {
    let city = match &story.subject {
        Subject::Overview => None,
        Subject::City(city) => Some(city),
    };
    let here = match (city, by_city) {
        (None, _) => overall,
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
    let gaps_by_wave = if city.is_some() { story.gaps_by_city_and_wave } else { story.gaps_by_wave };
    Ok(View { words, city, here, by_city, by_wave, gaps_by_wave, points })
}

/// Every part with its charts drawn, those of the kinds that are asked for; and the charts' files.
fn drawn(parts: Vec<Part>, story: &Story<'_>) -> Result<(Vec<Section>, Files), ReportError> {
    let only = &story.formats.only;
    let mut files = Files::new();
    let mut sections = Vec::new();
    let is_wanted = |plate: &super::sections::Plate| {
        only.is_empty() || plate.chart.as_ref().is_some_and(|chart| only.contains(&chart.kind()))
    };
    let drawn = parts
        .into_par_iter()
        .map(|Part { key, name, plates, .. }| {
            let wanted: Vec<_> = plates.into_iter().filter(is_wanted).collect();
            let drawn = wanted.into_par_iter().map(|plate| draw(plate, story));
            Ok((key, name, drawn.collect::<Result<Vec<_>, ReportError>>()?))
        })
        .collect::<Result<Vec<_>, ReportError>>()?;
    for (key, name, drawn) in drawn {
        let (exhibits, charts): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
        files.extend(charts.into_iter().flatten());
        if !exhibits.is_empty() {
            sections.push(Section { key, name: name.get(story.lang).to_owned(), exhibits });
        }
    }
    Ok((sections, files))
}

/// The characters that stand in charts and that no font has.
fn illegible(contents: &Contents, fonts: Fonts) -> Result<Vec<char>, ReportError> {
    let of_sources = contents.sources.iter().flatten();
    let of_grids = contents.exhibits().flat_map(|exhibit| {
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
    Ok(files)
}

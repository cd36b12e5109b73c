//! Published figures as a chapter: a chart for each unit that several figures share, and tables of the rest and of growth.
//!
//! They stand in an overview only: nothing in them is of a city, of the survey, or of those whom a filter leaves.

use super::ReportError;
use super::chapter::{Basis, Part, Tells};
use super::grid::Grid;
use super::sections::{Plate, View};
use super::slug;
use super::story::Files;
use super::words::Words;
use crate::chart::{Chart, Head, SpanRow, Spans};
use crate::codebook::{Name, capital};
use crate::landscape::{
    self, Chapter, Family, Growth, Landscape, Line, Sheet, Sheets, bare_figure, measure, notes, platform,
    sheets,
};

/// Figures that are told in one sentence.
const SPELLED_OUT: usize = 3;

impl Tells for Landscape {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        if view.city.is_some() {
            return Ok(Vec::new());
        }
        let told = Chapter::ALL.into_iter().filter(|chapter| self.has(*chapter));
        told.map(|chapter| {
            let plates = plates(&view.words, self, chapter)?;
            let finding = finding(&view.words, self, chapter);
            Ok(Part { key: chapter.key(), name: chapter.name(), plates, finding })
        })
        .collect()
    }

    fn notes(&self, _view: &View<'_>) -> Vec<Name> {
        notes(self)
    }

    fn bases(&self, _view: &View<'_>) -> Vec<Basis<'_>> {
        vec![Basis::File { name: Name::new("Published figures", "公开数字"), origin: &self.origin }]
    }

    fn files(&self, view: &View<'_>) -> Result<Files, ReportError> {
        const CSV: &str = "landscape.csv";
        const JSON: &str = "landscape.json";
        let csv = landscape::csv(self, &Chapter::ALL)
            .map_err(|source| ReportError::Data { file: CSV, source: source.into() })?;
        let json = landscape::json(self, view.words.lang)
            .map_err(|source| ReportError::Data { file: JSON, source: source.into() })?;
        Ok([(CSV, csv), (JSON, json)].map(|(name, text)| (name.to_owned(), text.into_bytes())).into())
    }
}

/// How the platform that the latest growth is known of grew; where none is, the latest figures of the one that most is
/// known of.
fn finding(words: &Words<'_>, landscape: &Landscape, chapter: Chapter) -> Option<String> {
    let grown = landscape.growth_of(chapter).filter_map(|growth| {
        let is_it = |line: &&Line| line.series == growth.series && line.period == growth.to;
        Some((landscape.lines_of(chapter).find(is_it)?, growth))
    });
    // Of those up to one period the first.
    let latest = grown.fold(None, |latest: Option<(&Line, &Growth)>, one| match latest {
        Some(known) if known.0.period >= one.0.period => Some(known),
        _ => Some(one),
    });
    if let Some((line, growth)) = latest {
        let pace = growth.pace.name();
        let rate = match (landscape::rate(growth.rate.0), landscape::rate(growth.rate.1)) {
            (low, high) if low == high => low,
            (low, high) => words.pick(format!("{low} to {high}"), format!("{low}至{high}")),
        };
        let grew = words.pick(format!("{rate} {}", pace.en), format!("{} {rate}", pace.zh));
        let amount = bare_figure(line, words.lang);
        let of = measure(&line.series, words.names);
        return Some(stated(
            words,
            line,
            &[words
                .pick(format!("{amount} {}, {grew}", lower(&of.en)), format!("{} {amount}，{grew}", of.zh))],
        ));
    }
    let lines: Vec<&Line> = landscape.lines_of(chapter).collect();
    let of = |line: &Line| -> Vec<&Line> {
        let is_beside =
            |other: &&&Line| other.series.platform == line.series.platform && other.period == line.period;
        lines.iter().filter(is_beside).copied().collect()
    };
    // Of those that as much is known of the first: `max_by_key` takes the last.
    let most = lines.iter().rev().max_by_key(|line| (of(line).len(), line.period))?;
    let figures: Vec<String> = of(most)
        .into_iter()
        .take(SPELLED_OUT)
        .map(|line| landscape::figure(line, words.names, words.lang))
        .collect();
    Some(stated(words, most, &figures))
}

/// Figures with their platform and period, as a sentence.
fn stated(words: &Words<'_>, line: &Line, figures: &[String]) -> String {
    let (platform, period) = (platform(&line.series, words.names), line.period.name());
    let figures = words.list(figures, SPELLED_OUT);
    words.pick(
        format!("{}, {}: {figures}, as published.", platform.en, period.en),
        format!("{}，{}：{figures}（公开数字）。", platform.zh, period.zh),
    )
}

/// A name within a sentence.
fn lower(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn plates(words: &Words<'_>, landscape: &Landscape, chapter: Chapter) -> Result<Vec<Plate>, ReportError> {
    let families = landscape.families(chapter);
    let (charted, rest): (Vec<Family>, Vec<Family>) =
        families.into_iter().partition(|family| landscape.lines_in(family).nth(1).is_some());
    let mut plates = charted
        .iter()
        .map(|family| drawn(words, landscape, chapter, family))
        .collect::<Result<Vec<Plate>, ReportError>>()?;
    let others = landscape.only(|line| rest.iter().any(|family| family.has(line)));
    let heading = if charted.is_empty() {
        words.pick("Figures", "数字")
    } else {
        words.pick("Other figures", "其他数字")
    };
    let caption = words.pick("As published, with who says so", "公开数字及其来源");
    plates.extend(tabled(words, &others, chapter, ("figures", heading, caption), |all| all.figures)?);
    let heading = words.pick("Growth", "增长");
    let caption = words.pick("Growth, stated or computed, with its basis", "增长：所述或计算所得，及其依据");
    plates.extend(tabled(words, landscape, chapter, ("growth", heading, caption), |all| all.growth)?);
    Ok(plates)
}

/// The figures of a unit, drawn.
fn drawn(
    words: &Words<'_>,
    landscape: &Landscape,
    chapter: Chapter,
    family: &Family,
) -> Result<Plate, ReportError> {
    let own = landscape.only(|line| family.has(line));
    let (of, title) = (family.name(words.names), chapter.title());
    let of = of.get(words.lang);
    let title = words.pick(format!("{}: {of}", title.en), format!("{}：{of}", title.zh));
    let unit = family.unit(words.names);
    let caption = words.pick(
        format!("As published, by platform and period, {}; a dot for each figure that is stated", unit.en),
        format!("公开数字，按平台与时期，单位：{}；每个点为一个来源的数字", unit.zh),
    );
    let legible = |text: &str| words.fonts.legible(text);
    let head = Head {
        title: legible(&title),
        subtitle: legible(&caption),
        footer: notes(&own).iter().map(|note| legible(note.get(words.lang))).collect(),
        alt: None,
        lang: words.lang,
    };
    let rows = own.lines.iter().map(|line| row(words, line)).collect();
    let sheet = sheets(&own, chapter, words.names, words.lang).figures;
    Ok(Plate {
        slug: format!("{}-{}", chapter.key(), slug::of(&family.key)),
        heading: capital(of),
        title,
        chart: Some(Chart::Spans(Spans { head, rows })),
        grid: grid(words, sheet.unwrap_or_default(), caption),
        csv: data(&own)?,
    })
}

fn row(words: &Words<'_>, line: &Line) -> SpanRow {
    let legible = |text: &str| words.fonts.legible(text);
    let of = measure(&line.series, words.names);
    let (of, period) = (of.get(words.lang), line.period.name());
    let detail = words.pick(format!("{of}, {}", period.en), format!("{of}，{}", period.zh));
    SpanRow {
        label: legible(platform(&line.series, words.names).get(words.lang)),
        detail: legible(&detail),
        amounts: line.figures.iter().map(|cited| cited.value).collect(),
        value: legible(&bare_figure(line, words.lang)),
        derived: line.derived,
    }
}

/// One of a chapter's tables without a chart; `None` where it is empty.
fn tabled(
    words: &Words<'_>,
    landscape: &Landscape,
    chapter: Chapter,
    (slug, of, caption): (&str, &str, &str),
    which: impl Fn(Sheets) -> Option<Sheet>,
) -> Result<Option<Plate>, ReportError> {
    let Some(sheet) = which(sheets(landscape, chapter, words.names, words.lang)) else { return Ok(None) };
    Ok(Some(Plate {
        slug: format!("{}-{slug}", chapter.key()),
        heading: of.to_owned(),
        title: sheet.title.clone(),
        chart: None,
        grid: grid(words, sheet, caption.to_owned()),
        csv: data(landscape)?,
    }))
}

/// What a row is of in its first column.
fn grid(words: &Words<'_>, sheet: Sheet, caption: String) -> Grid {
    let merged = |cells: Vec<String>| {
        let (of, rest) = cells.split_at(cells.len().min(Sheet::NAMING));
        std::iter::once(of.join(words.pick(", ", "，"))).chain(rest.iter().cloned()).collect()
    };
    Grid { caption, head: merged(sheet.header), rows: sheet.rows.into_iter().map(merged).collect() }
}

fn data(landscape: &Landscape) -> Result<String, ReportError> {
    landscape::csv(landscape, &Chapter::ALL)
        .map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })
}

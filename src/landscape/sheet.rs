//! A chapter as tables of words and figures, the same in text, Markdown and on a page.

use super::vocabulary::{self, quantity, span};
use super::{Chapter, Growth, Landscape, Line, Series};
use crate::codebook::{Lang, Name, Names};
use crate::writing::{MINUS, fixed};

/// A table with its title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What it tells.
    pub title: String,
    /// A name for each column. The first [`Sheet::NAMING`] say what a row is of, the last who says so.
    pub header: Vec<String>,
    /// The rows, as many cells each as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// So many columns say what a row is of: measure, period, platform.
    pub const NAMING: usize = 3;
}

/// Whether a column of every sheet holds figures.
pub(super) fn is_figure(column: usize) -> bool {
    column == Sheet::NAMING
}

/// The tables of a chapter; `None` for one that would be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheets {
    /// What is stated, and derived.
    pub figures: Option<Sheet>,
    /// How it grew.
    pub growth: Option<Sheet>,
}

/// The tables of a chapter.
#[must_use]
pub fn sheets(landscape: &Landscape, chapter: Chapter, names: &Names, lang: Lang) -> Sheets {
    let sheet = |title: &str, last: [&str; 2], rows: Vec<Vec<String>>| {
        let first = lang.pick(["Measure", "Period", "Platform"], ["指标", "时期", "平台"]);
        let header = first.into_iter().chain(last).map(str::to_owned).collect();
        (!rows.is_empty()).then(|| Sheet { title: title.to_owned(), header, rows })
    };
    let figures = landscape.lines_of(chapter).map(|line| figure_cells(line, names, lang)).collect();
    let growth = landscape.growth_of(chapter).map(|growth| growth_cells(growth, names, lang)).collect();
    Sheets {
        figures: sheet(chapter.title().get(lang), lang.pick(["Figure", "Source"], ["数字", "来源"]), figures),
        growth: sheet(lang.pick("Growth", "增长"), lang.pick(["Growth", "Basis"], ["增长", "依据"]), growth),
    }
}

impl Sheets {
    /// Those that are not empty, in order.
    pub(super) fn all(self) -> impl Iterator<Item = Sheet> {
        self.figures.into_iter().chain(self.growth)
    }
}

/// What figures of a series are of: `Active users, worldwide`.
#[must_use]
pub fn measure(series: &Series, names: &Names) -> Name {
    vocabulary::measure(&series.metric, &series.scope, names)
}

/// Whose figures of a series are.
#[must_use]
pub fn platform(series: &Series, names: &Names) -> Name {
    vocabulary::platform(&series.platform, names)
}

fn figure_cells(line: &Line, names: &Names, lang: Lang) -> Vec<String> {
    let series = &line.series;
    vec![
        measure(series, names).get(lang).to_owned(),
        line.period.name().get(lang).to_owned(),
        platform(series, names).get(lang).to_owned(),
        figure(line, names, lang),
        sources(line, names, lang),
    ]
}

/// The figure of a line; where sources disagree, from the lowest to the highest.
#[must_use]
pub fn figure(line: &Line, names: &Names, lang: Lang) -> String {
    quantity(line.range(), &line.series.unit, line.derived, names, lang)
}

/// As [`figure`], without the unit.
#[must_use]
pub fn bare_figure(line: &Line, lang: Lang) -> String {
    vocabulary::bare(line.range(), &line.series.unit, line.derived, lang)
}

/// Who says what, each source once with each of its figures.
#[must_use]
pub fn sources(line: &Line, names: &Names, lang: Lang) -> String {
    let source = |text: &str| if text.is_empty() { not_stated(lang).to_owned() } else { text.to_owned() };
    let said = line.figures.iter().map(|cited| {
        if line.disagrees() {
            let figure = quantity((cited.value, cited.value), &line.series.unit, line.derived, names, lang);
            format!("{figure}{}{}", lang.pick(": ", "："), source(&cited.source))
        } else {
            source(&cited.source)
        }
    });
    let mut list: Vec<String> = Vec::new();
    for sentence in said {
        if !list.contains(&sentence) {
            list.push(sentence);
        }
    }
    let list = list.join(lang.pick("; ", "；"));
    if !line.derived {
        return list;
    }
    lang.pick(format!("derived from the growth stated by: {list}"), format!("由所述增长率推算：{list}"))
}

fn not_stated(lang: Lang) -> &'static str {
    lang.pick("source not stated", "未注明来源")
}

fn growth_cells(growth: &Growth, names: &Names, lang: Lang) -> Vec<String> {
    let series = &growth.series;
    let (from, to) = (growth.from.name(), growth.to.name());
    let (low, high) = (rate(growth.rate.0), rate(growth.rate.1));
    let rate = if low == high { low } else { span(&low, &high, lang) };
    let pace = growth.pace.name();
    vec![
        measure(series, names).get(lang).to_owned(),
        span(from.get(lang), to.get(lang), lang),
        platform(series, names).get(lang).to_owned(),
        lang.pick(format!("{rate} {}", pace.en), format!("{} {rate}", pace.zh)),
        match &growth.stated {
            None => lang.pick("computed from the figures above", "由上表数字计算").to_owned(),
            Some(source) if source.is_empty() => {
                lang.pick("stated, source not given", "所述增长率，未注明来源").to_owned()
            }
            Some(source) => lang.pick(format!("stated: {source}"), format!("所述增长率：{source}")),
        },
    ]
}

/// A rate of growth with its sign: `+23%`, `−4.5%`.
#[must_use]
pub fn rate(rate: f64) -> String {
    let size = fixed(rate * 100.0, 1);
    let size = size.strip_suffix(".0").unwrap_or(&size);
    match size {
        "0" => "0%".to_owned(),
        _ if rate < 0.0 => format!("{MINUS}{size}%"),
        _ => format!("+{size}%"),
    }
}

/// What a reader must know of the figures.
#[must_use]
pub fn notes(landscape: &Landscape) -> Vec<Name> {
    let mut notes = vec![Name::new(
        format!("Published figures, as {} gives them; none is of the survey.", landscape.origin.file),
        format!("公开数字，录自 {}，并非调查结果。", landscape.origin.file),
    )];
    if landscape.lines.iter().any(Line::disagrees) {
        notes.push(Name::new(
            "Where sources disagree the range of their figures is shown; nothing is averaged.",
            "来源不一致时列出其数字的范围，不取平均。",
        ));
    }
    if landscape.lines.iter().any(|line| line.derived) {
        notes.push(Name::new(
            "≈: nobody states the figure; it is a later figure divided by 1 + its stated growth, told to four digits.",
            "≈：无人直接给出该数字，由其后一期数字除以（1 + 所述增长率）推算，取四位有效数字。",
        ));
    }
    if landscape.growth.iter().any(|growth| growth.stated.is_none()) {
        notes.push(Name::new(
            "Growth is computed between figures of one platform, metric, scope, unit and length of period; between ranges it is the range of what they allow.",
            "增长率仅在同一平台、指标、口径、单位且时期长度相同的数字之间计算；数字为范围时，增长率亦为其可能的范围。",
        ));
    }
    notes
}

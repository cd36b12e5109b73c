//! Retention as tables of words and figures, the same in text, Markdown and on a page.

use super::{Cell, Cohort, Group, Retention, length};
use crate::codebook::Lang;
use crate::codebook::levels::{self, WAVE};
use crate::table::figures::{Decimals, level};
use crate::table::{Disclosure, Mark, sentence};
use crate::writing::count;

/// A table with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it tells.
    pub title: String,
    /// A name for each column; the first says what a row is of.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// What marks in it mean.
    pub legend: Vec<String>,
}

/// Whether a column of every sheet holds figures.
pub(super) fn is_figure(column: usize) -> bool {
    column > 0
}

/// The triangle and the curve of every group.
#[must_use]
pub fn sheets(retention: &Retention, lang: Lang) -> Vec<Sheet> {
    retention
        .groups
        .iter()
        .flat_map(|group| [triangle(retention, group, lang), curve(retention, group, lang)])
        .collect()
}

/// The group behind a title: `, Guangzhou, Expats`.
fn named(group: &Group, lang: Lang) -> String {
    let levels: Vec<&str> = group.levels.iter().map(|level| level.name.get(lang)).collect();
    match levels.as_slice() {
        [] => String::new(),
        levels => lang.pick(format!(": {}", levels.join(", ")), format!("：{}", levels.join("·"))),
    }
}

fn triangle(retention: &Retention, group: &Group, lang: Lang) -> Sheet {
    let (one, many) = length(retention.period);
    let title = lang.pick(
        format!("Active so many {} after joining{}", many.en, named(group, lang)),
        format!("加入后第若干{}仍活跃的比例{}", one.zh, named(group, lang)),
    );
    let mut header =
        vec![lang.pick("Joined", "加入时期").to_owned(), lang.pick("Users", "用户数").to_owned()];
    header.extend((1..=retention.reach).map(|after| format!("+{after}")));
    let rows = group.cohorts.iter().map(|cohort| {
        let cells = cohort.cells.iter().map(|cell| share(retention, cell));
        [cohort_name(cohort, lang), base(retention, cohort.users, lang)].into_iter().chain(cells).collect()
    });
    let cells: Vec<&Cell> = group.cohorts.iter().flat_map(|cohort| &cohort.cells).collect();
    Sheet { title, header, rows: rows.collect(), legend: legend(&cells, lang) }
}

fn curve(retention: &Retention, group: &Group, lang: Lang) -> Sheet {
    let (one, many) = length(retention.period);
    let level = level(retention.settings.level);
    let title = lang.pick(
        format!("All cohorts but the first together{}", named(group, lang)),
        format!("除首批外各批用户合计{}", named(group, lang)),
    );
    let header = [
        lang.pick(format!("{} later", crate::codebook::capital(&many.en)), format!("加入后第几{}", one.zh)),
        "n".to_owned(),
        lang.pick("Active", "仍活跃").to_owned(),
        lang.pick(format!("{level} interval"), format!("{level} 置信区间")),
        lang.pick("Note", "说明").to_owned(),
    ];
    let rows = group.curve.iter().map(|cell| {
        let interval = cell.figure.map(|figure| decimals().rate_interval(&figure)).unwrap_or_default();
        let n = if cell.unseen.is_some() { String::new() } else { base(retention, cell.n, lang) };
        let note = cell.mark.map(|mark| sentence::mark(&mark).get(lang).to_owned()).unwrap_or_default();
        vec![cell.after.to_string(), n, share(retention, cell), interval, note]
    });
    Sheet { title, header: header.to_vec(), rows: rows.collect(), legend: Vec::new() }
}

fn decimals() -> Decimals {
    Decimals::ONE
}

/// The period that a cohort joined in, as people read it; of the log's first one, that it may have been before.
#[must_use]
pub fn cohort_name(cohort: &Cohort, lang: Lang) -> String {
    let period = levels::name(WAVE, &cohort.label);
    let period = period.get(lang);
    if cohort.is_first { format!("≤ {period}") } else { period.to_owned() }
}

fn base(retention: &Retention, n: u64, lang: Lang) -> String {
    let number = count(n, lang);
    if retention.disclosure == Disclosure::Publish { format!("~{number}") } else { number }
}

/// A share, with a mark where it is to be used with care; a dash where it is withheld; nothing where it is not known.
fn share(retention: &Retention, cell: &Cell) -> String {
    let decimals = if retention.disclosure == Disclosure::Publish { Decimals::NONE } else { decimals() };
    match (cell.unseen, cell.figure) {
        (Some(_), _) => String::new(),
        (None, None) => "–".to_owned(),
        (None, Some(figure)) => {
            let mark = if cell.is_caution() { "*" } else { "" };
            format!("{}{mark}", decimals.percent(figure.value))
        }
    }
}

/// What a dash and a star mean, where there is one.
fn legend(cells: &[&Cell], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let mut reasons: Vec<&str> = Vec::new();
    for mark in cells.iter().filter(|cell| cell.figure.is_none()).filter_map(|cell| cell.mark) {
        let status = match mark {
            Mark::NotEstimable(_) => lang.pick("not estimable", "无法估计"),
            _ => lang.pick("withheld, for a small base or a wide interval", "基数过小或区间过宽，不予显示"),
        };
        if !reasons.contains(&status) {
            reasons.push(status);
        }
    }
    if !reasons.is_empty() {
        lines.push(format!("– {}", reasons.join(lang.pick("; ", "；"))));
    }
    if cells.iter().any(|cell| cell.is_caution()) {
        lines.push(lang.pick("* to be used with care", "* 谨慎使用").to_owned());
    }
    lines
}

//! The diagnosis for a terminal or a text file: a table for each margin, and what the weights cost.

use crate::codebook::{Lang, Names};
use crate::estimate::calibrate::{Scale, Weights};
use crate::writing::{columns, decimal, fixed};

use super::diagnosis::{Diagnosis, Line, MarginDiagnosis};
use super::figure::{decimals_for, factor, percent, quantity};
use super::words::{target, title, warning};

/// The diagnosis as aligned text, where a Chinese character takes two columns; lines end without spaces.
#[must_use]
pub fn text(diagnosis: &Diagnosis, names: &Names, lang: Lang) -> String {
    let mut out = format!("{}\n\n", diagnosis.weighting.note(names).get(lang));
    for margin in &diagnosis.margins {
        let unit = match margin.margin.scale {
            Scale::Persons => lang.pick(", in persons", "（人数）"),
            Scale::Shares => lang.pick(", in shares", "（比例）"),
        };
        out.push_str(&format!("{}{unit}\n", title(&margin.margin, names).get(lang)));
        out.push_str(&drawn(&margin_rows(margin, names, lang)));
        out.push('\n');
    }
    out.push_str(lang.pick("Weights\n", "权重\n"));
    out.push_str(&drawn(&weight_rows(diagnosis.n, [&diagnosis.before, &diagnosis.after], lang)));
    out.push('\n');
    if let Some(domain) = &diagnosis.domain {
        let name = domain.name.get(lang);
        out.push_str(
            &lang.pick(
                format!("Weights of respondents with {name}\n"),
                format!("符合“{name}”的受访者的权重\n"),
            ),
        );
        out.push_str(&drawn(&weight_rows(domain.n, [&domain.before, &domain.after], lang)));
        out.push('\n');
    }
    out.push_str(&factors(diagnosis, lang));
    for found in &diagnosis.warnings {
        let sentence = warning(found, diagnosis, names);
        out.push_str(&format!("{}{}\n", lang.pick("warning: ", "警告："), sentence.get(lang)));
    }
    out
}

fn margin_rows(margin: &MarginDiagnosis, names: &Names, lang: Lang) -> Vec<Vec<String>> {
    let header = lang.pick(
        ["Level", "n", "Target", "Before", "After", "Target %", "Before %", "After %", "Factor"],
        ["水平", "n", "目标", "加权前", "加权后", "目标 %", "加权前 %", "加权后 %", "系数"],
    );
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for (index, line) in margin.targets.iter().enumerate() {
        rows.push(cells(target(&margin.margin, index, names).get(lang), line, &margin.whole));
    }
    rows.push(cells(lang.pick("Total", "合计"), &margin.whole, &margin.whole));
    rows
}

fn cells(level: &str, line: &Line, whole: &Line) -> Vec<String> {
    let figure = |value: f64, whole: f64| decimal(value, decimals_for(whole));
    vec![
        level.to_owned(),
        decimal(line.n as f64, 0),
        figure(line.target, whole.target),
        figure(line.before, whole.before),
        figure(line.after, whole.after),
        percent(line.target / whole.target),
        percent(line.before / whole.before),
        percent(line.after / whole.after),
        factor(line.g()),
    ]
}

fn weight_rows(n: u64, [before, after]: [&Weights; 2], lang: Lang) -> Vec<Vec<String>> {
    let n = decimal(n as f64, 0);
    let row =
        |en: &str, zh: &str, before: String, after: String| vec![lang.pick(en, zh).to_owned(), before, after];
    let effective = |n: f64| decimal(n, 0);
    vec![
        row("", "", lang.pick("Before", "加权前").to_owned(), lang.pick("After", "加权后").to_owned()),
        row("Respondents", "受访者", n.clone(), n),
        row("Sum of weights", "权重之和", quantity(before.sum), quantity(after.sum)),
        row(
            "Design effect of weighting (Kish)",
            "加权的设计效应（Kish）",
            fixed(before.deff, 2),
            fixed(after.deff, 2),
        ),
        row("Effective n", "有效样本量", effective(before.effective_n), effective(after.effective_n)),
    ]
}

/// The factors, their limits and the way to them.
fn factors(diagnosis: &Diagnosis, lang: Lang) -> String {
    let (low, high, mean) = (factor(diagnosis.g.0), factor(diagnosis.g.1), factor(diagnosis.mean_g));
    let mut line = match lang {
        Lang::En => format!("Factors (after / before): {low} to {high}, {mean} on average"),
        Lang::Zh => format!("系数（加权后 / 加权前）：{low} 至 {high}，平均 {mean}"),
    };
    if let Some((lower, upper)) = diagnosis.weighting.bounds {
        let upper = if upper.is_finite() { factor(upper) } else { "∞".to_owned() };
        line.push_str(&match lang {
            Lang::En => format!("; bounds {} to {upper}", factor(lower)),
            Lang::Zh => format!("；界限 {} 至 {upper}", factor(lower)),
        });
    }
    let cycles = diagnosis.cycles;
    line.push_str(&match lang {
        Lang::En if cycles == 1 => "; 1 cycle\n".to_owned(),
        Lang::En => format!("; {cycles} cycles\n"),
        Lang::Zh => format!("；迭代 {cycles} 轮\n"),
    });
    line
}

/// Rows under a header; the first column holds words, the others figures.
fn drawn(rows: &[Vec<String>]) -> String {
    rows.split_first().map_or_else(String::new, |(header, rows)| columns(header, rows, |column| column > 0))
}

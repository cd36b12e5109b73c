//! An [`Anatomy`] for a sceptical reader: every step from the rows to the interval, with the numbers put in.

use super::anatomy::Anatomy;
use crate::codebook::{Lang, Name};
use crate::estimate::{Estimate, Flag, Interval};
use crate::measure::Unit;
use crate::table::figures::level;
use crate::table::{Mark, Scale, filtered, sentence, synthetic};
use crate::writing::count;

/// The anatomy as text: rows, weights, estimate, standard error, interval, flag.
#[must_use]
pub fn explanation(anatomy: &Anatomy, lang: Lang) -> String {
    let mut parts = vec![(headline(anatomy, lang), Vec::new())];
    parts.push((lang.pick("Rows", "数据行").to_owned(), rows(anatomy, lang)));
    match &anatomy.figure {
        Err(mark) => parts[0].1.push(sentence::mark(mark).get(lang).to_owned()),
        Ok((estimate, t, flag)) => {
            parts.push((lang.pick("Weights", "权重").to_owned(), weights(anatomy, estimate, lang)));
            parts.push((lang.pick("Figure", "数字").to_owned(), value(anatomy, estimate)));
            parts.push((lang.pick("Standard error", "标准误").to_owned(), error(anatomy, estimate, lang)));
            parts.push((lang.pick("Interval", "置信区间").to_owned(), interval(anatomy, estimate, *t, lang)));
            parts.push((lang.pick("Flag", "标记").to_owned(), vec![flagged(*flag).get(lang).to_owned()]));
        }
    }
    let parts = parts.into_iter().map(|(title, lines)| {
        lines.into_iter().fold(format!("{title}\n"), |text, line| text + "  " + &line + "\n")
    });
    let text = parts.collect::<Vec<_>>().join("\n");
    let note = synthetic(&anatomy.sources).map(|note| format!("\n{}\n", note.get(lang)));
    text + &note.unwrap_or_default()
}

fn headline(anatomy: &Anatomy, lang: Lang) -> String {
    let label = anatomy.label.get(lang);
    let Ok((estimate, ..)) = &anatomy.figure else { return label.to_owned() };
    let scale = scale(anatomy, estimate, lang);
    let (value, limits) = (scale.value(estimate.value), scale.limits(estimate.interval));
    let level = level(anatomy.settings.level);
    match lang {
        Lang::En => format!("{label}: {value}, {level} interval {limits}"),
        Lang::Zh => format!("{label}：{value}，{level} 置信区间 {limits}"),
    }
}

fn scale(anatomy: &Anatomy, estimate: &Estimate, lang: Lang) -> Scale {
    Scale::of(anatomy.unit, false, lang, [estimate.value].into_iter())
}

fn rows(anatomy: &Anatomy, lang: Lang) -> Vec<String> {
    let base = &anatomy.base;
    let mut lines: Vec<String> =
        anatomy.sources.iter().map(|source| source.note().get(lang).to_owned()).collect();
    lines.extend(anatomy.filter.as_ref().map(|filter| filtered(filter).get(lang).to_owned()));
    let within: Vec<String> =
        anatomy.within.iter().map(|(dimension, level)| format!("{dimension}={level}")).collect();
    let there = count(base.n + base.blank + base.not_asked + base.outside, lang);
    let whom = if within.is_empty() {
        lang.pick("everybody", "全部受访者").to_owned()
    } else {
        within.join(", ")
    };
    lines.push(lang.pick(
        format!("{there} of them are in the domain ({whom}) and have a weight above 0."),
        format!("其中 {there} 人属于该范围（{whom}）且权重大于 0。"),
    ));
    for (n, en, zh) in [
        (base.not_asked, "were not asked", "未被问到"),
        (base.blank, "were asked and left it blank", "被问到但留空"),
        (base.outside, "are outside for what they replied to the other item", "因对另一项的回答而不计入"),
    ] {
        if n > 0 {
            lines.push(
                lang.pick(format!("− {} {en}", count(n, lang)), format!("− {} 人{zh}", count(n, lang))),
            );
        }
    }
    lines.push(lang.pick(
        format!("= {} are the base n", count(base.n, lang)),
        format!("= 基数 n 为 {} 人", count(base.n, lang)),
    ));
    if let Some(yes) = base.yes {
        let (yes, no) = (count(yes, lang), count(base.n - yes, lang));
        lines.push(lang.pick(
            format!("{yes} of them count as yes, {no} as no."),
            format!("其中 {yes} 人计为“是”，{no} 人计为“否”。"),
        ));
    }
    lines
}

fn weights(anatomy: &Anatomy, estimate: &Estimate, lang: Lang) -> Vec<String> {
    let mut lines = vec![anatomy.weights.note().get(lang).to_owned()];
    let sum = anatomy.base.weighted_n;
    lines.push(format!("Σw = {}", decimal(sum)));
    if let (Some(n_eff), Some(deff)) = (estimate.n_eff, estimate.deff) {
        let (n_eff, deff) = (decimal(n_eff), decimal(deff));
        lines.push(lang.pick(
            format!("Weights and design make the base worth {n_eff} of a simple random sample (design effect {deff})."),
            format!("计入权重与抽样设计后，有效样本量为 {n_eff}（设计效应 {deff}）。"),
        ));
    }
    lines
}

fn value(anatomy: &Anatomy, estimate: &Estimate) -> Vec<String> {
    let sum = anatomy.base.weighted_n;
    let (numerator, letter) = (estimate.value * sum, if anatomy.unit == Unit::Share { "p" } else { "ȳ" });
    vec![format!(
        "{letter} = Σwy / Σw = {} / {} = {}",
        decimal(numerator),
        decimal(sum),
        decimal(estimate.value)
    )]
}

fn error(anatomy: &Anatomy, estimate: &Estimate, lang: Lang) -> Vec<String> {
    let strata = anatomy.strata as u64;
    let psus = if anatomy.clustered {
        lang.pick("PSUs", "初级抽样单位（PSU）")
    } else {
        lang.pick("respondents", "受访者")
    };
    let letter = if anatomy.unit == Unit::Share { "p" } else { "ȳ" };
    let mut lines = vec![
        format!("z = w(y − {letter}) / Σw"),
        "V = Σ_h f_h · n_h/(n_h − 1) · Σ_c (Σz in c − mean of h)²".to_owned(),
        format!("SE = √V = {}", decimal(estimate.se)),
    ];
    if matches!(anatomy.weights, crate::table::Weights::Calibrated { .. }) {
        lines.push(
            lang.pick(
                "z is first replaced by its residual on the margins of the weighting.",
                "z 先替换为其对加权边际的残差。",
            )
            .to_owned(),
        );
    }
    let (total, df) = (count(estimate.df + strata, lang), count(estimate.df, lang));
    lines.push(lang.pick(
        format!("df = {psus} − strata = {total} − {} = {df}", count(strata, lang)),
        format!("自由度 = {psus} − 层 = {total} − {} = {df}", count(strata, lang)),
    ));
    lines
}

fn interval(anatomy: &Anatomy, estimate: &Estimate, t: f64, lang: Lang) -> Vec<String> {
    let (p, q, se) = (decimal(estimate.value), decimal(1.0 - estimate.value), decimal(estimate.se));
    let limits = format!("{} … {}", decimal(estimate.interval.0), decimal(estimate.interval.1));
    if t <= 0.0 {
        return vec![lang.pick("A census: no sampling error.", "普查：没有抽样误差。").to_owned()];
    }
    let is_extreme = estimate.value <= 0.0 || estimate.value >= 1.0;
    let t = decimal(t);
    let formula = match anatomy.settings.interval {
        _ if anatomy.unit == Unit::Share && is_extreme => {
            lang.pick("exact binomial (Clopper–Pearson)", "精确二项（Clopper–Pearson）").to_owned()
        }
        Interval::Logit if anatomy.unit == Unit::Share => {
            format!("expit(logit {p} ± {t} · {se} / ({p} · {q}))")
        }
        Interval::Wilson if anatomy.unit == Unit::Share => {
            lang.pick("Wilson's, on the effective base", "Wilson 法，基于有效样本量").to_owned()
        }
        Interval::Beta if anatomy.unit == Unit::Share => {
            lang.pick("Korn–Graubard's, on the effective base", "Korn–Graubard 法，基于有效样本量").to_owned()
        }
        Interval::Asin if anatomy.unit == Unit::Share => {
            format!("sin²(asin √{p} ± {t} · {se} / (2 √({p} · {q})))")
        }
        _ => format!("{p} ± {t} · {se}"),
    };
    vec![format!("t = {t}"), format!("{formula} = {limits}")]
}

fn flagged(flag: Option<Flag>) -> Name {
    flag.map_or_else(
        || {
            Name::new(
                "None: base, effective base, width of the interval and degrees of freedom meet the standards (NCHS 2017).",
                "无：基数、有效样本量、置信区间宽度与自由度均符合标准（NCHS 2017）。",
            )
        },
        |flag| sentence::mark(&Mark::Flag(flag)),
    )
}

/// Four significant digits, and all digits of what is larger.
fn decimal(value: f64) -> String {
    let digits = if value.abs() > 0.0 { 3 - libm::floor(libm::log10(value.abs())) as i32 } else { 0 };
    let minus = if value < 0.0 { "−" } else { "" };
    format!("{minus}{:.*}", digits.clamp(0, 12) as usize, value.abs())
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_show_four_digits() {
        let shown = [0.083_12, 810.96, 1.962_9, 12_345.6, 0.0, -2.5].map(decimal);
        assert_eq!(shown, ["0.08312", "811.0", "1.963", "12346", "0", "−2.500"]);
    }
}

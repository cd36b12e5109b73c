//! How the figures were made, in the words that go under charts and into the method box.

use super::chapter::Basis;
use super::grid::NONE;
use super::lineup::{Comparison, Lineup, ROUTED};
use super::sections::View;
use super::words::Words;
use crate::codebook::{Lang, capital};
use crate::estimate::Correction;
use crate::ingest::{Origin, UsageOf};
use crate::table::figures::level;
use crate::table::{self, Disclosure, Mark, Source, Table, Weights};
use crate::writing::{count, count_range};

/// The file of a bundle that says how every figure is computed, and what is in it.
pub(super) const METHODS: &str = "methods.txt";
pub(super) const METHODS_TEXT: &str = include_str!("../../docs/METHODS.md");

/// The first line of everything that rests on made-up data, or nothing.
pub(super) fn synthetic(words: &Words<'_>, table: &Table) -> Option<String> {
    table::synthetic(&table.sources).map(|name| name.get(words.lang).to_owned())
}

/// Whom all figures are of, where a filter says it.
pub(super) fn filtered(words: &Words<'_>, table: &Table) -> Option<String> {
    table.filter.as_ref().map(|filter| table::filtered(filter).get(words.lang).to_owned())
}

/// The lines under one chart.
pub(super) fn footer(words: &Words<'_>, comparison: &Comparison<'_>, lineups: &[Lineup<'_>]) -> Vec<String> {
    let table = comparison.table;
    let base = |side: usize| {
        format!(
            "{} n = {}",
            words.segment(side),
            count_range(lineups.iter().map(|lineup| lineup.base(side)), words.lang)
        )
    };
    let bases: Vec<String> = (0..words.segments.len()).map(base).collect();
    let mut lines: Vec<String> = synthetic(words, table).into_iter().chain(filtered(words, table)).collect();
    let gaps = if comparison.is_alone() {
        String::new()
    } else {
        let rounding = rounding(words, table);
        words.pick(format!(" Gaps use {rounding} shares."), format!("差距按{rounding}的比例计算。"))
    };
    lines.push(words.pick(
        format!("Base: {}; {}.{gaps}", based_on(words, table), bases.join(", ")),
        format!("基数：{}；{}。{gaps}", based_on(words, table), bases.join("，")),
    ));
    if lineups.iter().any(Lineup::is_routed) {
        lines.push(format!("{ROUTED} {}", routed(words)));
    }
    lines.extend(method_and_sources(words, table));
    lines
}

/// The lines under one chart that has strokes at what was published elsewhere.
pub(super) fn footer_of_strokes(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    lineups: &[Lineup<'_>],
) -> Vec<String> {
    footer(words, comparison, lineups).into_iter().chain(published(words, comparison, lineups)).collect()
}

/// Who published the figures that strokes stand at; nothing where there is none.
fn published(words: &Words<'_>, comparison: &Comparison<'_>, lineups: &[Lineup<'_>]) -> Option<String> {
    let sources = comparison.publishers(lineups);
    let list = sources.join(words.pick("; ", "；"));
    (!sources.is_empty()).then(|| {
        words.pick(
            format!("Strokes: published figures, not of this survey. Source: {list}."),
            format!("竖线为已发表的数字，并非本调查所得。来源：{list}。"),
        )
    })
}

fn is_usage(table: &Table) -> bool {
    table.sources.iter().any(|source| source.usage.is_some_and(|usage| usage.of == UsageOf::Users))
}

/// Whom figures are of before a filter: those who answered, or by a usage log those who were active.
fn based_on<'a>(words: &Words<'a>, table: &Table) -> &'a str {
    if is_usage(table) {
        words.pick(
            "active users, who did anything in the period that the log tells of; rates by people",
            "该期内日志中有任何行为的活跃用户；比例按人计",
        )
    } else {
        words.pick("respondents who answered", "作答的受访者")
    }
}

/// What it means that some were not asked.
fn routed<'a>(words: &Words<'a>) -> &'a str {
    words.pick(
        "Of those asked: the others were routed past the question.",
        "仅含被问到者；其余受访者按跳转逻辑未被问到。",
    )
}

/// The lines under a chart of the answers to a scale.
pub(super) fn scale_footer(words: &Words<'_>, table: &Table, is_routed: bool) -> Vec<String> {
    let mut lines: Vec<String> = synthetic(words, table).into_iter().chain(filtered(words, table)).collect();
    lines.push(
        words
            .pick(
                "Base: respondents who answered, n under each name. The shares of a bar add up to 100% but for rounding.",
                "基数：作答的受访者，n 见各名称下方。每条各段之和为 100%，四舍五入除外。",
            )
            .to_owned(),
    );
    if is_routed {
        lines.push(routed(words).to_owned());
    }
    lines.extend(method_and_sources(words, table));
    lines
}

/// The lines under a chart of waves, given the bases of each segment.
pub(super) fn waves_footer(view: &View<'_>, table: &Table, bases: &[String]) -> Vec<String> {
    let words = &view.words;
    let mut lines: Vec<String> = synthetic(words, table).into_iter().chain(filtered(words, table)).collect();
    lines.push(words.pick(
        format!("Base: {}; {}.", based_on(words, table), bases.join("; ")),
        format!("基数：{}；{}。", based_on(words, table), bases.join("；")),
    ));
    let is_panel = table.panel.is_some() && !is_usage(table);
    lines.extend(is_panel.then(|| {
        words.pick("The waves are a panel of the same people.", "各次调查为同一固定样本。").to_owned()
    }));
    lines.extend(view.gaps_by_wave.map(|gaps| {
        let tested = tested(words, gaps);
        words.pick(
            format!("Changes and gaps are two families of tests; gaps within waves: {tested}."),
            format!("变化与差距分属两组检验；各次调查内的差距：{tested}。"),
        )
    }));
    lines.extend(method_and_sources(words, table));
    lines
}

/// The lines under a chart of another dataset than the survey, given whom its figures are of. What more there is to know stands
/// among the notes of the report.
pub(super) fn chapter_footer(words: &Words<'_>, table: &Table, base: &str) -> Vec<String> {
    let mut lines: Vec<String> = synthetic(words, table).into_iter().chain(filtered(words, table)).collect();
    lines.push(base.to_owned());
    lines.extend(method_and_sources(words, table));
    lines
}

/// The last two lines of every footer: intervals, tests and weighting; then the sources.
fn method_and_sources(words: &Words<'_>, table: &Table) -> [String; 2] {
    let between = words.pick(" ", "");
    let method = format!("{}{between}{}", intervals(words, table), weighting(words, table));
    let sources = words.pick(
        format!("Source: {}.", sources(words, table).join("; ")),
        format!("来源：{}。", sources(words, table).join("；")),
    );
    [method, sources]
}

/// How many gaps are one family of tests: those that could be estimated, the withheld ones too.
fn family(table: &Table) -> u64 {
    table.gaps.iter().filter(|line| !matches!(line.mark, Some(Mark::NotEstimable(_)))).count() as u64
}

/// What gaps are differences of.
fn rounding<'a>(words: &Words<'a>, table: &Table) -> &'a str {
    match table.disclosure {
        Disclosure::Internal => words.pick("unrounded", "未取整"),
        Disclosure::Publish => words.pick("rounded", "取整后"),
    }
}

/// Intervals and tests in one sentence.
fn intervals(words: &Words<'_>, table: &Table) -> String {
    let intervals = level_and_interval(table);
    if table.compared.is_none() {
        return words.pick(
            format!("{intervals} intervals, design-based."),
            format!("{intervals} 置信区间，按抽样设计估计。"),
        );
    }
    let tested = tested(words, table);
    words.pick(
        format!("{intervals} intervals, design-based; gaps: {tested}."),
        format!("{intervals} 置信区间，按抽样设计估计；差距：{tested}。"),
    )
}

/// How the gaps of a table are tested, and corrected for their number.
fn tested(words: &Words<'_>, table: &Table) -> String {
    let gaps = count(family(table), words.lang);
    let (en, zh) = match table.settings.correction {
        Correction::Holm => {
            (format!("Holm-corrected over {gaps} gaps"), format!("按 {gaps} 项差距作 Holm 校正"))
        }
        Correction::BenjaminiHochberg => (
            format!("corrected after Benjamini and Hochberg over {gaps} gaps"),
            format!("按 {gaps} 项差距作 Benjamini–Hochberg 校正"),
        ),
        Correction::None => ("not corrected for their number".to_owned(), "未作多重比较校正".to_owned()),
    };
    words.pick(format!("t test, {en}"), format!("t 检验，{zh}"))
}

/// The correction of p-values as the end of a clause, in English and in Chinese.
pub(super) fn corrected(correction: Correction) -> (&'static str, &'static str) {
    match correction {
        Correction::Holm => (", Holm-corrected", "，经 Holm 校正"),
        Correction::BenjaminiHochberg => {
            (", corrected after Benjamini and Hochberg", "，经 Benjamini–Hochberg 校正")
        }
        Correction::None => (", not corrected", "，未作多重比较校正"),
    }
}

/// How the intervals are called: `95% logit`.
pub(super) fn level_and_interval(table: &Table) -> String {
    format!("{} {}", level(table.settings.level), table.settings.interval.key())
}

/// Which weights were used.
pub(super) fn weighting(words: &Words<'_>, table: &Table) -> String {
    match &table.weights {
        Weights::None => words.pick("Unweighted.", "未加权。").to_owned(),
        Weights::Base => words.pick("Weighted.", "已加权。").to_owned(),
        Weights::Calibrated { note, .. } => note.get(words.lang).to_owned(),
    }
}

/// Dataset, wave and file of each source.
pub(super) fn sources(words: &Words<'_>, table: &Table) -> Vec<String> {
    table
        .sources
        .iter()
        .map(|source| {
            let (name, file) = (source_name(source), &source.origin.file);
            let out = table::screened(source).map(|out| out.get(words.lang).to_owned());
            let out = out.map_or_else(String::new, |out| words.pick(format!(", {out}"), format!("，{out}")));
            words.pick(format!("{name} ({file}){out}"), format!("{name}（{file}）{out}"))
        })
        .collect()
}

/// Dataset and wave: `expats 2015`.
pub(super) fn source_name(source: &Source) -> String {
    if source.wave.is_empty() {
        source.dataset.clone()
    } else {
        format!("{} {}", source.dataset, source.wave)
    }
}

/// What the table's notes leave open: terms and their explanations for the method box.
pub(super) fn explained(words: &Words<'_>, table: &Table) -> Vec<(String, String)> {
    let term = |en: &str, zh: &str| words.pick(en.to_owned(), zh.to_owned());
    let gaps = || {
        let (a, b) = (words.segment(0), words.segment(1));
        let (en, zh) = if words.are_several() {
            (
                format!(
                    "Every two of the {} are compared; ranges are the highest rate minus the lowest",
                    words.groups()
                ),
                format!("{}两两比较；“最大差距”为最高比例减最低比例", words.groups()),
            )
        } else {
            (format!("{} minus {b}", capital(a)), format!("{a}减{b}"))
        };
        (
            term("Gaps", "差距"),
            words.pick(
                format!("{en}, in percentage points, from {} rates. A gap is called clear when its corrected p-value is below {}; the correction counts all {} gaps of the table, of every city. Intervals are not corrected, so one may leave out 0 where the corrected test finds no clear difference. Where a rate is 0% or 100% the interval and p-value are MOVER's instead of t's.", rounding(words, table), alpha(table), family(table)),
                format!("{zh}，单位为百分点，按{}的比例计算。校正后 p 值小于 {} 的差距称为“显著”；校正计入表内全部 {} 项差距（含各城市）。置信区间未作校正，因此区间不含 0 而校正后检验仍可能不显著。比例为 0% 或 100% 时，区间与 p 值改用 MOVER 法。", rounding(words, table), alpha(table), family(table)),
            ),
        )
    };
    let others = [
        (
            term("Withheld", "不予显示"),
            term(
                "Rates on fewer than 30 respondents or an effective base under 30, or with a 95% Korn–Graubard interval that is 30 points wide or, above 5 points, wider than 1.3 times the rate. The base stays.",
                "样本量或有效样本量不足 30 的比例，以及 95% Korn–Graubard 区间宽达 30 个百分点，或宽于 5 个百分点且超过该比例 1.3 倍的比例。基数照常列出。",
            ),
        ),
        (
            term("With care", "谨慎使用"),
            term(
                "Fewer than 8 degrees of freedom, a rate of 0% or 100%, or an interval, above 5 points, wider than 1.3 times the distance from the rate to 100%. After the NCHS presentation standards for proportions (2017).",
                "自由度不足 8、比例为 0% 或 100%，或区间宽于 5 个百分点且超过该比例与 100% 之差的 1.3 倍。依据 NCHS 比例数据发布标准（2017）。",
            ),
        ),
        (
            term("Rounding", "取整"),
            match table.disclosure {
                Disclosure::Internal => term(
                    "Whole percents and points, one decimal where all figures are small, halves away from zero. The data files hold every digit.",
                    "四舍五入为整数百分比和整数百分点；数值都很小时保留一位小数。数据文件保留全部数位。",
                ),
                Disclosure::Publish => term(
                    "Whole percents and points, bases to 5 (those below 10 read 5), halves away from zero; the data files too. Figures on counts from 1 to 9 are withheld, and those from which one could be worked out.",
                    "四舍五入为整数百分比和整数百分点，样本量取整至 5（不足 10 记为 5），数据文件亦然；人数为 1 至 9 的数字，以及可据以推算出这些人数的数字，不予显示。",
                ),
            },
        ),
    ];
    (words.segments.len() > 1).then(gaps).into_iter().chain(others).collect()
}

fn alpha(table: &Table) -> f64 {
    (table.settings.alpha() * 1e6).round() / 1e6
}

/// What figures rest on as a row: name, file, respondents, BLAKE3.
pub(super) fn source_row(basis: &Basis<'_>, lang: Lang) -> [String; 4] {
    let (name, Origin { file, blake3, .. }, respondents) = match basis {
        Basis::Dataset(source) => (source_name(source), &source.origin, count(source.respondents, lang)),
        Basis::File { name, origin } => (name.get(lang).to_owned(), *origin, NONE.to_owned()),
    };
    [name, file.clone(), respondents, blake3.clone()]
}

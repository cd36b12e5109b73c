//! [`Judgement`] → sentences, in both languages.

use super::published;
use super::rates::Untold;
use super::statement::Statement;
use super::verdict::{Form, Judgement, LeftOut, Outcome, Reason, Shown, Test, Verdict};
use crate::codebook::{Lang, Name};
use crate::estimate::Correction;
use crate::ingest::Origin;
use crate::measure::Unit;
use crate::table::figures::{level, p_value};
use crate::table::{Scale, filtered, sentence, synthetic};
use crate::writing::count;

/// `supported`, `contradicted`, `not clear` or `not testable`.
pub(crate) fn outcome(outcome: &Outcome) -> Name {
    let (en, zh) = match outcome {
        Outcome::Supported => ("supported", "得到支持"),
        Outcome::Contradicted => ("contradicted", "与数据相悖"),
        Outcome::NotClear => ("not clear", "尚不明确"),
        Outcome::NotTestable(_) => ("not testable", "无法检验"),
    };
    Name::new(en, zh)
}

/// `15 claims: 13 supported, 1 not clear, 1 not testable.`
pub(crate) fn summary(verdicts: &[&Verdict]) -> Name {
    let all =
        [Outcome::Supported, Outcome::Contradicted, Outcome::NotClear, Outcome::NotTestable(Vec::new())];
    let counts: Vec<(usize, Name)> = all
        .iter()
        .map(|kind| {
            (verdicts.iter().filter(|verdict| verdict.outcome.key() == kind.key()).count(), outcome(kind))
        })
        .filter(|(count, _)| *count > 0)
        .collect();
    let list = |lang| {
        let part = |(count, name): &(usize, Name)| match lang {
            Lang::En => format!("{count} {}", name.en),
            Lang::Zh => format!("{count} 条{}", name.zh),
        };
        counts.iter().map(part).collect::<Vec<_>>().join(lang.pick(", ", "，"))
    };
    let size = verdicts.len();
    let noun = if size == 1 { "claim" } else { "claims" };
    Name::new(
        format!("{size} {noun}: {}.", list(Lang::En)),
        format!("共 {size} 条论断：{}。", list(Lang::Zh)),
    )
}

/// One test: its figures, and what they come to.
pub(crate) fn test(test: &Test, confidence: f64) -> Name {
    both(|lang| {
        let (scale, gaps) = (scale(test, test.unit, lang), scale(test, test.unit.of_gap(), lang));
        let figure = |shown: &Shown| described(shown, scale, lang);
        let figures: Vec<String> = test.figures.iter().map(figure).collect();
        let unit = if test.unit == Unit::Share { lang.pick(" points", " 个百分点") } else { "" };
        let colon = lang.pick(": ", "：");
        match test.form {
            Form::Difference => format!(
                "{}{colon}{}{unit}{}",
                figures.join(" − "),
                gaps.gap(test.trial.estimate),
                interval(&gaps.limits(test.trial.interval), confidence, lang)
            ),
            Form::Slope => format!(
                "{}{colon}{}{unit}{}{}",
                figures.join(" → "),
                gaps.gap(test.trial.estimate),
                lang.pick(" from wave to wave", "（每一波）"),
                interval(&gaps.limits(test.trial.interval), confidence, lang)
            ),
            Form::Against(_) | Form::About(..) => {
                let limits = scale.limits(test.trial.interval);
                format!("{}{}", figures.concat(), interval(&limits, confidence, lang))
            }
        }
    })
}

/// What the p-values of a claim are, and what the data could have shown.
pub(crate) fn decision(verdict: &Verdict, family: usize) -> Option<Name> {
    let p = verdict.p?;
    let test = verdict.tests.iter().max_by(|a, b| a.detectable.total_cmp(&b.detectable))?;
    let (raw, corrected, en, zh) = if verdict.outcome == Outcome::Contradicted {
        (p.opposing, p.opposing_adjusted, "for the opposite", "（反面）")
    } else {
        (p.supporting, p.supporting_adjusted, "for the claim", "（论断）")
    };
    let (raw, corrected) = (equal(raw), equal(corrected));
    let smallest = smallest(test);
    Some(Name::new(
        format!("p {raw} {en}, {corrected} corrected over {family} claims; {}", smallest.en),
        format!("p {raw}{zh}，按 {family} 条论断校正后 {corrected}；{}", smallest.zh),
    ))
}

/// The smallest difference that the data would have shown.
fn smallest(test: &Test) -> Name {
    both(|lang| {
        let size =
            scale(test, test.unit.of_gap(), lang).gap(test.detectable).trim_start_matches('+').to_owned();
        let unit = if test.unit == Unit::Share { lang.pick(" points", " 个百分点") } else { "" };
        match test.form {
            Form::About(..) => lang.pick(
                format!("the smallest margin this data would have shown is ±{size}{unit}"),
                format!("这些数据能够证实的最小容差为 ±{size}{unit}"),
            ),
            Form::Difference | Form::Against(_) | Form::Slope => lang.pick(
                format!("the smallest difference this data would have shown is {size}{unit}"),
                format!("这些数据能够发现的最小差异为 {size}{unit}"),
            ),
        }
    })
}

/// Why a claim cannot be tested.
pub(crate) fn reason(reason: &Reason) -> Name {
    match reason {
        Reason::Item(item) => {
            Name::new(format!("the survey does not ask {item}"), format!("调查没有问 {item}"))
        }
        Reason::Dimension(name) => {
            Name::new(format!("the survey has no dimension {name}"), format!("调查没有维度 {name}"))
        }
        Reason::Level(dimension, level) => Name::new(
            format!("nobody in the survey stands at {dimension}={level}"),
            format!("调查中没有 {dimension}={level} 的人"),
        ),
        Reason::Kind(item) => Name::new(
            format!(
                "{item} is not answered in a way that has this figure: rate is of yes and no, mean and median of numbers"
            ),
            format!("{item} 的回答方式得不出这种数字：rate 用于是否题，mean 和 median 用于数值题"),
        ),
        Reason::Scales => Name::new("the two figures are not on one scale", "两个数字的尺度不同"),
        Reason::Figure(label, mark) => {
            let why = sentence::mark(mark);
            Name::new(format!("{}: {}", label.en, why.en), format!("{}：{}", label.zh, why.zh))
        }
        Reason::NotEstimable(why) => sentence::reason(&crate::table::Mark::NotEstimable(*why)),
        Reason::OneWave => Name::new("a trend needs two waves or more", "趋势至少需要两波调查"),
        Reason::TrendAtBoundary => {
            Name::new("a trend over a rate of 0% or 100% has no test", "含 0% 或 100% 比例的趋势无法检验")
        }
        Reason::NoRest => Name::new("no other level is left to rank", "没有其他水平可供排名"),
        Reason::Untold(what) => untold(*what),
        Reason::NoSurvey => Name::new("no survey is looked at", "没有调查数据"),
        Reason::Published(unanswered) => published::reason(unanswered),
    }
}

/// What a published row does not say, and where it can be said.
fn untold(what: Untold) -> Name {
    let (en, zh) = match what {
        Untold::Item => ("the row names no item (feature, action)", "该行没有写明项目（feature、action）"),
        Untold::Margin => (
            "the row does not say how far off still counts as about (margin_points)",
            "该行没有说明“约”的容差（margin_points）",
        ),
        Untold::Than => ("the row does not say than what (than_…)", "该行没有说明与什么相比（than_… 各列）"),
        Untold::Rank => {
            ("the row cannot write down a ranking; a claims file can", "该行写不出名次的先后，可写入论断文件")
        }
    };
    Name::new(en, zh)
}

/// Why a level is missing from a ranking.
pub(crate) fn left_out(left_out: &LeftOut) -> Name {
    let why = sentence::mark(&left_out.mark);
    Name::new(
        format!("without {}: {}", left_out.level.en, why.en),
        format!("不含{}：{}", left_out.level.zh, why.zh),
    )
}

/// What must be known of all verdicts: data, weights, method.
pub(crate) fn notes(judgement: &Judgement) -> Vec<Name> {
    let mut notes = grounds(judgement);
    if judgement.sources.is_empty() {
        return notes;
    }
    notes.push(Name::new(
        "Tests are one-sided; about is two one-sided tests. A claim of several tests is supported only where all are clear, and contradicted where the opposite of one is.",
        "均为单侧检验；“about”为两个单侧检验。含多项检验的论断，全部明确方为得到支持，任一项的反面明确即为与数据相悖。",
    ));
    notes.push(Name::new(
        "The smallest difference is what a test at the corrected level finds four times out of five.",
        "最小差异指在校正后的水平上五次中有四次能够发现的差异。",
    ));
    notes
}

/// What they rest on, and at which level they are.
pub(crate) fn grounds(judgement: &Judgement) -> Vec<Name> {
    let mut notes: Vec<Name> = synthetic(&judgement.sources).into_iter().collect();
    notes.extend(judgement.sources.iter().map(crate::table::Source::note));
    notes.extend(judgement.filter.as_ref().map(filtered));
    notes.extend(judgement.published.as_ref().filter(|_| holds_published(judgement)).map(held));
    if judgement.sources.is_empty() {
        return notes;
    }
    notes.push(judgement.weights.note());
    notes.push(method(judgement));
    notes
}

/// Whether a claim speaks of published figures.
fn holds_published(judgement: &Judgement) -> bool {
    let of_claim = |verdict: &Verdict| {
        let asserts = &verdict.claim.asserts;
        asserts.iter().any(|assertion| matches!(assertion.statement, Statement::Published(_)))
    };
    judgement.verdicts.iter().any(of_claim)
}

/// How claims about published figures are judged.
fn held(origin: &Origin) -> Name {
    let file = &origin.file;
    Name::new(
        format!(
            "Claims about published figures are held against {file} as it stands, without a test: supported where they hold whichever source is believed, contradicted where they hold with none; where sources disagree on it, not testable."
        ),
        format!(
            "有关公开数字的论断直接与 {file} 所载对照，不作检验：无论采信哪个来源都成立，即得到支持；都不成立，即与数据相悖；各来源说法不一时无法检验。"
        ),
    )
}

fn method(judgement: &Judgement) -> Name {
    let (level, family) = (level(judgement.settings.level), judgement.family);
    let (en, zh) = match judgement.settings.correction {
        Correction::Holm => ("Holm-corrected", "作 Holm 校正"),
        Correction::BenjaminiHochberg => {
            ("corrected after Benjamini and Hochberg", "作 Benjamini–Hochberg 校正")
        }
        Correction::None => ("not corrected", "未校正"),
    };
    Name::new(
        format!(
            "Verdicts at the {level} level, {en} over the {family} claims that can be tested; intervals are not corrected."
        ),
        format!("判定水平 {level}，按可检验的 {family} 条论断{zh}；置信区间未校正。"),
    )
}

fn scale(test: &Test, unit: Unit, lang: Lang) -> Scale {
    let values: Vec<f64> = test.figures.iter().map(|figure| figure.value).collect();
    Scale::of(unit, false, lang, values.into_iter())
}

/// `Moments: share, Expats, Guangzhou 8.1% (n 551)`.
fn described(shown: &Shown, scale: Scale, lang: Lang) -> String {
    let n = count(shown.n, lang);
    let value = scale.value(shown.value);
    let care = shown.mark.as_ref().map(|mark| sentence::mark(mark).get(lang).to_owned());
    let care = care.map(|care| lang.pick(format!("; {care}"), format!("；{care}"))).unwrap_or_default();
    match lang {
        Lang::En => format!("{} {value} (n {n}{care})", shown.label.en),
        Lang::Zh => format!("{} {value}（n {n}{care}）", shown.label.zh),
    }
}

fn interval(limits: &str, confidence: f64, lang: Lang) -> String {
    let level = level(confidence);
    match lang {
        Lang::En => format!(", {level} interval {limits}"),
        Lang::Zh => format!("，{level} 置信区间 {limits}"),
    }
}

/// `= 0.004` or `< 0.001`.
fn equal(p: f64) -> String {
    let p = p_value(p);
    if p.starts_with('<') { p.replace('<', "< ") } else { format!("= {p}") }
}

fn both(words: impl Fn(Lang) -> String) -> Name {
    Name::new(words(Lang::En), words(Lang::Zh))
}

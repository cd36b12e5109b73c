//! [`Mark`] → words: why a figure is missing or to be used with care, in both languages.
//!
//! The sentences say the value that crossed the line and the line, so that nobody has to look either up. Values are
//! rounded away from the line they crossed: an effective base of 29.7 is "29, fewer than 30". Those of published tables
//! say the line only.

use super::Mark;
use crate::codebook::Name;
use crate::estimate::{Flag, NotEstimable, Reason};

/// The mark in full: `withheld: n = 21, fewer than 30`.
#[must_use]
pub fn mark(mark: &Mark) -> Name {
    let (status, reason) = (status(mark), reason(mark));
    Name::new(format!("{}: {}", status.en, reason.en), format!("{}：{}", status.zh, reason.zh))
}

/// What the mark does to the figure: `withheld`, `with care` or `not estimable`.
#[must_use]
pub fn status(mark: &Mark) -> Name {
    match mark {
        Mark::NotEstimable(_) => Name::new("not estimable", "无法估计"),
        Mark::Flag(Flag::Withheld(_)) | Mark::Published(Flag::Withheld(_)) | Mark::Disclosure => {
            Name::new("withheld", "不予显示")
        }
        Mark::Flag(Flag::Caution(_)) | Mark::Published(Flag::Caution(_)) => {
            Name::new("with care", "谨慎使用")
        }
    }
}

/// The reason alone: `n = 21, fewer than 30`.
#[must_use]
pub fn reason(mark: &Mark) -> Name {
    match mark {
        Mark::NotEstimable(why) => not_estimable(*why),
        Mark::Flag(Flag::Withheld(why) | Flag::Caution(why)) => flagged(*why),
        Mark::Published(Flag::Withheld(why) | Flag::Caution(why)) => published(*why),
        Mark::Disclosure => Name::new(
            "base, yes or no count under 10, or telling one that is",
            "基数、“是”或“否”的人数不足 10，或可据以推算出这样的人数",
        ),
    }
}

fn not_estimable(why: NotEstimable) -> Name {
    let (en, zh) = match why {
        NotEstimable::Empty => ("nobody in the base", "基数为零"),
        NotEstimable::ZeroDenominator => ("the denominator is zero", "分母为零"),
        NotEstimable::ZeroDf => ("no degrees of freedom", "自由度为零"),
        NotEstimable::LonePsu { .. } => ("one PSU only in a stratum", "某一层只有一个初级抽样单位（PSU）"),
        NotEstimable::ZeroVariance => ("the estimated variance is zero", "估计方差为零"),
        NotEstimable::Side => ("one of the two figures cannot be estimated", "两个数值中有一个无法估计"),
        NotEstimable::Uniform => ("one answer or one level only", "只有一种回答或一个水平"),
        NotEstimable::NotARate => ("only rates are tested", "只对比例作检验"),
        NotEstimable::Singular => {
            ("more columns than the PSUs can tell apart", "列数多于初级抽样单位所能区分的数目")
        }
    };
    Name::new(en, zh)
}

fn flagged(why: Reason) -> Name {
    match why {
        Reason::Base(n) => Name::new(format!("n = {n}, fewer than 30"), format!("n = {n}，不足 30")),
        Reason::EffectiveBase(n) => {
            let n = n.floor();
            Name::new(format!("effective base {n}, fewer than 30"), format!("有效样本量 {n}，不足 30"))
        }
        Reason::Width(width) => {
            let points = percent(width);
            Name::new(
                format!("95% interval {points} points wide"),
                format!("95% 置信区间宽达 {points} 个百分点"),
            )
        }
        Reason::RelativeWidth(ratio) => {
            let times = times(ratio);
            Name::new(
                format!("95% interval {times} times the rate"),
                format!("95% 置信区间宽达该比例的 {times} 倍"),
            )
        }
        Reason::ComplementWidth(ratio) => {
            let times = times(ratio);
            Name::new(
                format!("95% interval {times} times the distance to 100%"),
                format!("95% 置信区间宽达该比例与 100% 之差的 {times} 倍"),
            )
        }
        Reason::FewDf(df) => {
            let noun = if df == 1 { "degree" } else { "degrees" };
            Name::new(format!("{df} {noun} of freedom, fewer than 8"), format!("自由度为 {df}，不足 8"))
        }
        Reason::Boundary => Name::new("a rate of 0% or 100%", "比例为 0% 或 100%"),
    }
}

/// The line that was crossed, without the value that crossed it.
fn published(why: Reason) -> Name {
    let (en, zh) = match why {
        Reason::Base(_) => ("n fewer than 30", "n 不足 30"),
        Reason::EffectiveBase(_) => ("effective base fewer than 30", "有效样本量不足 30"),
        Reason::Width(_) => {
            ("95% interval 30 points wide or wider", "95% 置信区间宽度达到 30 个百分点或以上")
        }
        Reason::RelativeWidth(_) => {
            ("95% interval wider than 1.3 times the rate", "95% 置信区间宽度超过该比例的 1.3 倍")
        }
        Reason::ComplementWidth(_) => (
            "95% interval wider than 1.3 times the distance to 100%",
            "95% 置信区间宽度超过该比例与 100% 之差的 1.3 倍",
        ),
        Reason::FewDf(_) => ("fewer than 8 degrees of freedom", "自由度不足 8"),
        Reason::Boundary => return flagged(why),
    };
    Name::new(en, zh)
}

/// To one decimal, away from the 1.3 that it is beyond.
fn times(ratio: f64) -> f64 {
    (ratio * 10.0 - 1e-9).ceil() / 10.0
}

fn percent(ratio: f64) -> f64 {
    (ratio * 100.0 + 1e-9).round()
}

#[cfg(test)]
mod tests {
    use std::iter::successors;

    use super::*;

    /// The variant after this one; a new one does not compile until it stands here.
    fn next_reason(reason: &Reason) -> Option<Reason> {
        Some(match reason {
            Reason::Base(_) => Reason::EffectiveBase(29.7),
            Reason::EffectiveBase(_) => Reason::Width(0.344),
            Reason::Width(_) => Reason::RelativeWidth(1.42),
            Reason::RelativeWidth(_) => Reason::ComplementWidth(1.42),
            Reason::ComplementWidth(_) => Reason::FewDf(1),
            Reason::FewDf(_) => Reason::Boundary,
            Reason::Boundary => return None,
        })
    }

    /// The variant after this one; a new one does not compile until it stands here.
    fn next_not_estimable(why: NotEstimable) -> Option<NotEstimable> {
        Some(match why {
            NotEstimable::Empty => NotEstimable::ZeroDenominator,
            NotEstimable::ZeroDenominator => NotEstimable::ZeroDf,
            NotEstimable::ZeroDf => NotEstimable::LonePsu { stratum: 3 },
            NotEstimable::LonePsu { .. } => NotEstimable::ZeroVariance,
            NotEstimable::ZeroVariance => NotEstimable::Side,
            NotEstimable::Side => NotEstimable::Uniform,
            NotEstimable::Uniform => NotEstimable::NotARate,
            NotEstimable::NotARate => NotEstimable::Singular,
            NotEstimable::Singular => return None,
        })
    }

    fn every_mark() -> Vec<Mark> {
        let reasons: Vec<Reason> = successors(Some(Reason::Base(21)), next_reason).collect();
        let flags = reasons.iter().flat_map(|&reason| [Flag::Withheld(reason), Flag::Caution(reason)]);
        let mut marks = vec![Mark::Disclosure];
        marks.extend(
            successors(Some(NotEstimable::Empty), |why| next_not_estimable(*why)).map(Mark::NotEstimable),
        );
        marks.extend(flags.flat_map(|flag| [Mark::Flag(flag), Mark::Flag(flag).published()]));
        marks
    }

    #[test]
    fn every_mark_reads_as_a_sentence_in_both_languages() {
        let marks = every_mark();
        for (index, given) in marks.iter().enumerate() {
            let (Name { en, zh }, code) = (mark(given), given.code());
            let slugs = [code.code, code.reason].map(str::to_owned);
            assert!(
                en.is_ascii() && en.split_once(": ").is_some_and(|(a, b)| a.len() > 3 && b.len() > 9),
                "{en}"
            );
            assert!(!zh.is_ascii() && zh.contains('：') && !zh.ends_with('：'), "{zh}");
            for text in [&en, &zh] {
                assert!(!text.contains("NaN") && !text.contains("  ") && !text.ends_with(' '), "{text}");
                assert!(
                    !slugs.iter().any(|slug| slug.contains('-') && text.contains(slug.as_str())),
                    "{text}"
                );
            }
            let others = &marks[..index];
            assert!(
                others
                    .iter()
                    .all(|other| other.published() == given.published() || mark(other) != mark(given)),
                "{en}"
            );
        }
    }

    #[test]
    fn no_published_mark_says_the_number() {
        for given in every_mark().into_iter().filter(|mark| !matches!(mark, Mark::Flag(_))) {
            let Name { en, zh } = mark(&given);
            let digits = |text: &str| text.replace("100%", "").replace("0% or", "").replace("0% 或", "");
            for text in [digits(&en), digits(&zh)] {
                for number in ["21", "29", "34", "142", " 1 "] {
                    assert!(!text.contains(number), "{text}");
                }
            }
            assert_eq!(given.code().value, None);
            assert_eq!(given.published(), given);
        }
    }

    #[test]
    fn the_value_and_the_line_are_said() {
        let withheld = |reason| mark(&Mark::Flag(Flag::Withheld(reason)));
        assert_eq!(
            withheld(Reason::EffectiveBase(29.7)),
            Name::new("withheld: effective base 29, fewer than 30", "不予显示：有效样本量 29，不足 30")
        );
        assert_eq!(
            withheld(Reason::Width(0.344)),
            Name::new("withheld: 95% interval 34 points wide", "不予显示：95% 置信区间宽达 34 个百分点")
        );
        assert_eq!(
            mark(&Mark::Flag(Flag::Caution(Reason::FewDf(1)))),
            Name::new("with care: 1 degree of freedom, fewer than 8", "谨慎使用：自由度为 1，不足 8")
        );
        assert_eq!(
            mark(&Mark::Flag(Flag::Withheld(Reason::Base(21))).published()),
            Name::new("withheld: n fewer than 30", "不予显示：n 不足 30")
        );
        assert_eq!(
            mark(&Mark::Disclosure),
            Name::new(
                "withheld: base, yes or no count under 10, or telling one that is",
                "不予显示：基数、“是”或“否”的人数不足 10，或可据以推算出这样的人数"
            )
        );
    }
}

//! [`Mark`] → words: why a figure is missing or to be used with care, in both languages.
//!
//! The sentences say the value that crossed the line and the line, so that nobody has to look either up. Values are
//! rounded away from the line they crossed: an effective base of 29.7 is "29, fewer than 30".

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
        Mark::Flag(Flag::Withheld(_)) => Name::new("withheld", "不予显示"),
        Mark::Flag(Flag::Caution(_)) => Name::new("with care", "谨慎使用"),
    }
}

/// The reason alone: `n = 21, fewer than 30`.
#[must_use]
pub fn reason(mark: &Mark) -> Name {
    match mark {
        Mark::NotEstimable(why) => not_estimable(*why),
        Mark::Flag(Flag::Withheld(why) | Flag::Caution(why)) => flagged(*why),
    }
}

fn not_estimable(why: NotEstimable) -> Name {
    match why {
        NotEstimable::Empty => Name::new("nobody answered", "无人作答"),
        NotEstimable::ZeroDf => Name::new("no degrees of freedom", "自由度为零"),
        NotEstimable::LonePsu { .. } => {
            Name::new("one PSU only in a stratum", "某一层只有一个初级抽样单位（PSU）")
        }
        NotEstimable::ZeroVariance => Name::new("the estimated variance is zero", "估计方差为零"),
        NotEstimable::Uniform => Name::new("one answer or one level only", "只有一种回答或一个水平"),
        NotEstimable::Singular => {
            Name::new("more columns than the PSUs can tell apart", "列数多于初级抽样单位所能区分的数目")
        }
        NotEstimable::Side => {
            Name::new("one of the two rates cannot be estimated", "两个比例中有一个无法估计")
        }
    }
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
            let percent = percent(ratio);
            Name::new(
                format!("95% interval {percent}% as wide as the rate is high"),
                format!("95% 置信区间宽度是该比例的 {percent}%"),
            )
        }
        Reason::ComplementWidth(ratio) => {
            let percent = percent(ratio);
            Name::new(
                format!("95% interval {percent}% as wide as the rate is short of 100%"),
                format!("95% 置信区间宽度是该比例与 100% 之差的 {percent}%"),
            )
        }
        Reason::FewDf(df) => {
            let noun = if df == 1 { "degree" } else { "degrees" };
            Name::new(format!("{df} {noun} of freedom, fewer than 8"), format!("自由度为 {df}，不足 8"))
        }
        Reason::Boundary => Name::new("a rate of 0% or 100%", "比例为 0% 或 100%"),
    }
}

fn percent(ratio: f64) -> f64 {
    (ratio * 100.0 + 1e-9).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withheld(reason: Reason) -> Mark {
        Mark::Flag(Flag::Withheld(reason))
    }

    #[test]
    fn every_mark_has_its_sentence_in_both_languages() {
        let cases = [
            (withheld(Reason::Base(21)), "withheld: n = 21, fewer than 30", "不予显示：n = 21，不足 30"),
            (
                withheld(Reason::EffectiveBase(29.7)),
                "withheld: effective base 29, fewer than 30",
                "不予显示：有效样本量 29，不足 30",
            ),
            (
                withheld(Reason::Width(0.344)),
                "withheld: 95% interval 34 points wide",
                "不予显示：95% 置信区间宽达 34 个百分点",
            ),
            (
                withheld(Reason::RelativeWidth(1.42)),
                "withheld: 95% interval 142% as wide as the rate is high",
                "不予显示：95% 置信区间宽度是该比例的 142%",
            ),
            (
                Mark::Flag(Flag::Caution(Reason::ComplementWidth(1.42))),
                "with care: 95% interval 142% as wide as the rate is short of 100%",
                "谨慎使用：95% 置信区间宽度是该比例与 100% 之差的 142%",
            ),
            (
                Mark::Flag(Flag::Caution(Reason::FewDf(1))),
                "with care: 1 degree of freedom, fewer than 8",
                "谨慎使用：自由度为 1，不足 8",
            ),
            (
                Mark::Flag(Flag::Caution(Reason::Boundary)),
                "with care: a rate of 0% or 100%",
                "谨慎使用：比例为 0% 或 100%",
            ),
            (Mark::NotEstimable(NotEstimable::Empty), "not estimable: nobody answered", "无法估计：无人作答"),
            (
                Mark::NotEstimable(NotEstimable::ZeroDf),
                "not estimable: no degrees of freedom",
                "无法估计：自由度为零",
            ),
            (
                Mark::NotEstimable(NotEstimable::LonePsu { stratum: 3 }),
                "not estimable: one PSU only in a stratum",
                "无法估计：某一层只有一个初级抽样单位（PSU）",
            ),
            (
                Mark::NotEstimable(NotEstimable::ZeroVariance),
                "not estimable: the estimated variance is zero",
                "无法估计：估计方差为零",
            ),
            (
                Mark::NotEstimable(NotEstimable::Side),
                "not estimable: one of the two rates cannot be estimated",
                "无法估计：两个比例中有一个无法估计",
            ),
        ];
        for (given, en, zh) in cases {
            assert_eq!(mark(&given), Name::new(en, zh));
        }
    }
}

//! What published figures say, in words.

use super::{Finding, Metric, Published, Unanswered};
use crate::codebook::{Name, Names};
use crate::landscape::{Pace, Period, Series, measure, platform, rate};

/// `WeChat, Monthly active users, Q1 2017`.
pub(super) fn label(metric: &Metric, names: &Names) -> Name {
    let Metric { platform: whose, metric: what, period, scope, growth } = metric.clone();
    let series = Series { platform: whose, metric: what, scope, unit: String::new() };
    let (whose, what) = (platform(&series, names), measure(&series, names));
    let mut parts = vec![whose, what];
    parts.extend(period.map(Period::name));
    parts.extend(growth.map(|pace| match pace.name() {
        name if pace == Pace::Compound => name,
        name => Name::new(format!("growth {}", name.en), format!("{}增长", name.zh)),
    }));
    let join = |of: fn(&Name) -> &str, between: &str| parts.iter().map(of).collect::<Vec<_>>().join(between);
    Name::new(join(|name| &name.en, ", "), join(|name| &name.zh, "，"))
}

/// A growth, or a range of growths: `+23%`.
pub(super) fn percent((low, high): (f64, f64)) -> Name {
    let (low, high) = (rate(low), rate(high));
    if low == high {
        Name::new(low.as_str(), low.as_str())
    } else {
        Name::new(format!("{low} to {high}"), format!("{low}至{high}"))
    }
}

/// `WeChat, Monthly active users, Q1 2017: 938 million users (WeChat Goes West …)`.
fn published(published: &Published) -> Name {
    let Published { label, figure, source, .. } = published;
    Name::new(
        format!("{}: {} ({})", label.en, figure.en, source.en),
        format!("{}：{}（{}）", label.zh, figure.zh, source.zh),
    )
}

/// The figures that an assertion was held against.
pub(in crate::claims) fn finding(finding: &Finding) -> Vec<Name> {
    finding.figures.iter().map(published).collect()
}

/// Why an assertion cannot be tested.
pub(in crate::claims) fn reason(unanswered: &Unanswered) -> Name {
    match unanswered {
        Unanswered::NoFigures => Name::new(
            "no published figures are given (--metrics FILE gives them)",
            "没有提供公开数字（可用 --metrics FILE 提供）",
        ),
        Unanswered::Unpublished(label) => {
            Name::new(format!("nobody states {}", label.en), format!("无人公布{}", label.zh))
        }
        Unanswered::Unit(label) => Name::new(
            format!("{} is published in another unit", label.en),
            format!("{}以另一种单位公布", label.zh),
        ),
        Unanswered::Disagree(figures) => {
            let list = |of: fn(&Name) -> &str, between: &str| {
                figures
                    .iter()
                    .map(|figure| of(&published(figure)).to_owned())
                    .collect::<Vec<_>>()
                    .join(between)
            };
            Name::new(
                format!(
                    "the sources disagree, and it depends on which is believed: {}",
                    list(|name| &name.en, "; ")
                ),
                format!("各来源说法不一，结论取决于采信哪一个：{}", list(|name| &name.zh, "；")),
            )
        }
        Unanswered::OnePeriod(label) => Name::new(
            format!("{}: a trend needs two periods or more, of one length and unit", label.en),
            format!("{}：趋势至少需要两个长度和单位相同的时期", label.zh),
        ),
    }
}

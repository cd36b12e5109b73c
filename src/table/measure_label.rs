//! [`MeasureLabel`] → the name of a row: `Moments: share, among Moments: read`.

use super::{Counted, ItemLabel, Label, MeasureLabel};
use crate::codebook::names::article_rate;
use crate::codebook::{Item, Kind, Name, Names, Quantity};
use crate::measure::Shown;

impl ItemLabel {
    /// The item with its display names.
    #[must_use]
    pub fn of(Item { feature, action }: &Item, names: &Names) -> Self {
        Self {
            feature: Label { key: feature.clone(), name: names.feature(feature) },
            action: Label { key: action.clone(), name: names.action(action) },
        }
    }
}

impl MeasureLabel {
    /// What a quantity that is shown as `shown` says.
    #[must_use]
    pub fn of(quantity: &Quantity, shown: Shown, names: &Names) -> Self {
        let per = match &quantity.kind {
            Kind::Per(other) | Kind::Minus(other) => {
                Some(Label { key: other.to_string(), name: ItemLabel::of(other, names).name() })
            }
            Kind::Option(set) => Some(Label { key: set.key.clone(), name: names.feature(&set.key) }),
            Kind::Point(point) => {
                let point = point.to_string();
                Some(Label { name: Name::new(point.clone(), point.clone()), key: point })
            }
            Kind::Plain | Kind::Total | Kind::Mean | Kind::Median => None,
        };
        Self { item: ItemLabel::of(&quantity.item, names), shown, per, counted: None }
    }

    /// What the figure says, in words: the item, what it is set against, the statistic where it is no plain rate, and the
    /// unit where it could be mistaken.
    #[must_use]
    pub fn name(&self) -> Name {
        let Name { en, zh } = self.statistic();
        match (self.counted, self.shown) {
            (Some(Counted::People), Shown::Rate | Shown::RateDifference | Shown::Ratio) => {
                Name::new(format!("{en}, by people"), format!("{zh}（按人）"))
            }
            (Some(Counted::Events), Shown::Ratio) => {
                Name::new(format!("{en}, by events"), format!("{zh}（按次）"))
            }
            _ => Name::new(en, zh),
        }
    }

    fn statistic(&self) -> Name {
        let item = self.item.name();
        let Some(other) = &self.per else { return self.with_statistic(&item) };
        if let Some(rate) = self.article_rate(other).filter(|_| self.shown == Shown::Ratio) {
            let feature = &self.item.feature.name;
            return Name::new(format!("{}: {}", feature.en, rate.en), format!("{}：{}", feature.zh, rate.zh));
        }
        match self.shown {
            Shown::Point => {
                joined(&item, other, |a, b| format!("{a}, answer {b}"), |a, b| format!("{a}，答“{b}”"))
            }
            Shown::Ratio => {
                joined(&item, other, |a, b| format!("{a} per {b}"), |a, b| format!("{a}与{b}之比"))
            }
            Shown::RateDifference => joined(
                &item,
                other,
                |a, b| format!("{a} minus {b}, points"),
                |a, b| format!("{a}与{b}之差（百分点）"),
            ),
            Shown::MeanDifference | Shown::ScoreDifference => joined(
                &item,
                other,
                |a, b| format!("{a} minus {b}, mean"),
                |a, b| format!("{a}与{b}的均值之差"),
            ),
            _ if is_item(other) => joined(
                &self.with_statistic(&item),
                other,
                |a, b| format!("{a}, among {b}"),
                |a, b| format!("{a}（在{}中）", those_who(b)),
            ),
            _ => self.with_statistic(&joined(
                &item,
                other,
                |a, b| format!("{a} ({b})"),
                |a, b| format!("{a}（{b}）"),
            )),
        }
    }

    /// The name of a rate of articles that has one.
    fn article_rate(&self, other: &Label) -> Option<Name> {
        let (feature, whole) = other.key.split_once('.')?;
        let is_articles = feature == "articles" && self.item.feature.key == "articles";
        is_articles.then(|| article_rate(&self.item.action.key, whole)).flatten()
    }

    fn with_statistic(&self, item: &Name) -> Name {
        let (en, zh) = match self.shown {
            Shown::TopBox => ("top box", "高分选项占比"),
            Shown::Mentions => ("share of mentions", "占提及总数之比"),
            Shown::Nps | Shown::ScoreDifference => ("NPS", "净推荐值"),
            Shown::Mean | Shown::MeanDifference => ("mean", "均值"),
            Shown::Median => ("median", "中位数"),
            Shown::Persons => ("persons", "人数"),
            Shown::Sum => ("sum", "总和"),
            Shown::Rate | Shown::Point | Shown::Ratio | Shown::RateDifference => return item.clone(),
        };
        Name::new(format!("{}, {en}", item.en), format!("{}，{zh}", item.zh))
    }
}

/// Whether the label is that of an item, whose key is written `feature.action`, and not of a question.
fn is_item(label: &Label) -> bool {
    label.key.contains('.')
}

fn joined(
    item: &Name,
    other: &Label,
    en: impl Fn(&str, &str) -> String,
    zh: impl Fn(&str, &str) -> String,
) -> Name {
    Name::new(en(&item.en, &other.name.en), zh(&item.zh, &other.name.zh))
}

/// `朋友圈：阅读` → `阅读朋友圈者`.
fn those_who(item: &str) -> String {
    match item.split_once('：') {
        Some((feature, action)) => format!("{action}{feature}者"),
        None => format!("“{item}”者"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ItemLabel;

    fn label(key: &str, en: &str, zh: &str) -> Label {
        Label { key: key.to_owned(), name: Name::new(en, zh) }
    }

    fn named(shown: Shown, per: Option<Label>) -> (String, String) {
        counted(shown, per, None)
    }

    fn counted(shown: Shown, per: Option<Label>, counted: Option<Counted>) -> (String, String) {
        let item = ItemLabel {
            feature: label("moments", "Moments", "朋友圈"),
            action: label("share", "share", "分享"),
        };
        let Name { en, zh } = MeasureLabel { item, shown, per, counted }.name();
        (en, zh)
    }

    #[test]
    fn a_name_says_what_the_figure_is() {
        let read = || Some(label("moments.read", "Moments: read", "朋友圈：阅读"));
        let set = || Some(label("share_where", "Share where", "分享渠道"));
        let cases = [
            (Shown::Rate, None, "Moments: share", "朋友圈：分享"),
            (Shown::Rate, read(), "Moments: share, among Moments: read", "朋友圈：分享（在阅读朋友圈者中）"),
            (Shown::Rate, set(), "Moments: share (Share where)", "朋友圈：分享（分享渠道）"),
            (
                Shown::Mentions,
                set(),
                "Moments: share (Share where), share of mentions",
                "朋友圈：分享（分享渠道），占提及总数之比",
            ),
            (Shown::Point, Some(label("4", "4", "4")), "Moments: share, answer 4", "朋友圈：分享，答“4”"),
            (Shown::TopBox, None, "Moments: share, top box", "朋友圈：分享，高分选项占比"),
            (Shown::Nps, None, "Moments: share, NPS", "朋友圈：分享，净推荐值"),
            (Shown::Mean, None, "Moments: share, mean", "朋友圈：分享，均值"),
            (Shown::Median, None, "Moments: share, median", "朋友圈：分享，中位数"),
            (
                Shown::Mean,
                read(),
                "Moments: share, mean, among Moments: read",
                "朋友圈：分享，均值（在阅读朋友圈者中）",
            ),
            (Shown::Ratio, read(), "Moments: share per Moments: read", "朋友圈：分享与朋友圈：阅读之比"),
            (Shown::Persons, None, "Moments: share, persons", "朋友圈：分享，人数"),
            (Shown::Sum, None, "Moments: share, sum", "朋友圈：分享，总和"),
            (
                Shown::RateDifference,
                read(),
                "Moments: share minus Moments: read, points",
                "朋友圈：分享与朋友圈：阅读之差（百分点）",
            ),
            (
                Shown::MeanDifference,
                read(),
                "Moments: share minus Moments: read, mean",
                "朋友圈：分享与朋友圈：阅读的均值之差",
            ),
        ];
        for (shown, per, en, zh) in cases {
            assert_eq!(named(shown, per), (en.to_owned(), zh.to_owned()));
        }
    }

    #[test]
    fn figures_of_logs_say_what_they_count() {
        let read = || Some(label("moments.read", "Moments: read", "朋友圈：阅读"));
        let (people, events) = (Some(Counted::People), Some(Counted::Events));
        for (shown, per, counts, en, zh) in [
            (Shown::Rate, None, people, "Moments: share, by people", "朋友圈：分享（按人）"),
            (Shown::Persons, None, people, "Moments: share, persons", "朋友圈：分享，人数"),
            (
                Shown::Ratio,
                read(),
                events,
                "Moments: share per Moments: read, by events",
                "朋友圈：分享与朋友圈：阅读之比（按次）",
            ),
            (Shown::Mean, None, events, "Moments: share, mean", "朋友圈：分享，均值"),
        ] {
            assert_eq!(counted(shown, per, counts), (en.to_owned(), zh.to_owned()));
        }
    }
}

//! The nouns and verbs that titles and findings are built from, in one language.

use crate::chart::Fonts;
use crate::codebook::{Lang, Names, capital};
use crate::table::{ItemLabel, Label};

/// Language, compared segments and verbs of one report.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) lang: Lang,
    pub(super) names: &'a Names,
    /// What charts are drawn in.
    pub(super) fonts: Fonts,
    /// The compared segments, the one that all others are held against first. Or the only segment.
    pub(super) segments: &'a [&'a Label],
    /// Whom all figures are of, if not of everybody.
    pub(super) filter: Option<&'a Label>,
}

impl Words<'_> {
    /// The first in an English report, the second in a Chinese one.
    pub(super) fn pick<T>(&self, en: T, zh: T) -> T {
        self.lang.pick(en, zh)
    }

    /// Name of a label in the report's language.
    pub(super) fn name<'b>(&self, label: &'b Label) -> &'b str {
        label.name.get(self.lang)
    }

    /// Name of a segment as it stands inside a sentence.
    pub(super) fn segment(&self, side: usize) -> &str {
        inside(self.name(self.segments[side]))
    }

    /// Whether more than two are compared, so that sentences speak of groups.
    pub(super) fn are_several(&self) -> bool {
        self.segments.len() > 2
    }

    /// So many: `five groups`, 五个群体.
    pub(super) fn groups(&self) -> String {
        const NUMBERS: [(&str, &str); 6] = [
            ("three", "三"),
            ("four", "四"),
            ("five", "五"),
            ("six", "六"),
            ("seven", "七"),
            ("eight", "八"),
        ];
        let count = self.segments.len();
        let number = count.checked_sub(3).and_then(|place| NUMBERS.get(place));
        match number {
            Some((en, zh)) => self.pick(format!("{en} groups"), format!("{zh}个群体")),
            None => self.pick(format!("{count} groups"), format!("{count} 个群体")),
        }
    }

    /// The place of a segment among the colours: in a comparison its own, and alone that which it has in others.
    pub(super) fn color(&self, side: usize) -> usize {
        match self.segments {
            [only] => usize::from(only.key == "chinese"),
            _ => side,
        }
    }

    /// What people do: `share`, 分享.
    pub(super) fn verb(&self, action: &Label) -> String {
        self.names.verb(&action.key).get(self.lang).to_owned()
    }

    /// What people do with a feature: `share Moments`, `take part in Community`; in Chinese the rate's name, 朋友圈分享率.
    pub(super) fn doing(&self, item: &ItemLabel) -> String {
        let (verb, feature) = (self.verb(&item.action), self.name(&item.feature));
        let preposition = match item.action.key.as_str() {
            "comment" | "post" | "click" => " on",
            "take_part" => " in",
            "pay" => " with",
            "search" => " for",
            _ => "",
        };
        self.pick(format!("{verb}{preposition} {feature}"), format!("{feature}{verb}率"))
    }

    /// An item as one name: `Moments: share`.
    pub(super) fn name_of_item(&self, item: &ItemLabel) -> String {
        item.name().get(self.lang).to_owned()
    }

    /// Where: `In Guangzhou`, 在广州; for everybody `Across all cities`, 各城市合计.
    pub(super) fn place(&self, city: Option<&Label>) -> String {
        match city {
            Some(city) => {
                let name = self.name(city);
                self.pick(format!("In {name}"), format!("在{name}"))
            }
            None => self.pick("Across all cities", "各城市合计").to_owned(),
        }
    }

    /// At most `most` of the given, then how many more: `a, b and 2 more`, a、b 等 4 项.
    pub(super) fn list(&self, all: &[String], most: usize) -> String {
        let shown = &all[..all.len().min(most)];
        let rest = all.len() - shown.len();
        match (self.lang, rest, shown) {
            (Lang::En, 0, [first @ .., last]) if !first.is_empty() => {
                format!("{} and {last}", first.join(", "))
            }
            (Lang::En, 0, _) => shown.join(", "),
            (Lang::En, _, _) => format!("{} and {rest} more", shown.join(", ")),
            (Lang::Zh, 0, _) => shown.join("、"),
            (Lang::Zh, _, _) => format!("{}等 {} 项", shown.join("、"), all.len()),
        }
    }
}

/// A group's name inside a sentence. Names are capitalised, and many are proper adjectives, so only those that are known not
/// to be lose their capital.
pub(super) fn inside(name: &str) -> &str {
    match name {
        "Agents" => "agents",
        "Expats" => "expats",
        "Makers" => "makers",
        name => name,
    }
}

/// What an action is called at the head of an English title.
pub(super) fn noun(action: &Label) -> String {
    match action.key.as_str() {
        "use" => "Use".to_owned(),
        "aware" => "Awareness".to_owned(),
        "like" => "Likes".to_owned(),
        _ => format!("“{}”", capital(&action.name.en)),
    }
}

/// Whether English can say of an action, without an object, that some do it more than others: "share more", not "use
/// more".
pub(super) fn stands_alone(action: &Label) -> bool {
    matches!(action.key.as_str(), "share" | "read" | "comment" | "post" | "forward" | "take_part")
}

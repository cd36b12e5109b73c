//! A filter written out: in the spelling of data files, or in words of both languages.

use super::tokens::is_bare;
use super::{Expr, Filter, Relation, Test, Word};
use crate::codebook::{Item, Lang, Name, Names};

/// How a filter is written.
pub(super) trait Writer {
    /// What stands between parts that all hold, and between those of which any does.
    fn between(&self) -> [&'static str; 2];
    /// A condition turned round.
    fn not(&self, inner: &str) -> String;
    /// One statement.
    fn test(&self, test: &Test) -> String;
}

/// The text of a condition; brackets only where they are needed.
pub(super) fn written(expr: &Expr, writer: &impl Writer) -> String {
    let [and, or] = writer.between();
    let joined = |parts: &[Expr], between: &str, within: fn(&Expr) -> bool| {
        let part = |part: &Expr| {
            let text = written(part, writer);
            if within(part) { format!("({text})") } else { text }
        };
        parts.iter().map(part).collect::<Vec<_>>().join(between)
    };
    match expr {
        Expr::Test(test) => writer.test(test),
        Expr::Not(inner) => writer.not(&written(inner, writer)),
        Expr::All(parts) => joined(parts, and, |part| matches!(part, Expr::Any(_) | Expr::All(_))),
        Expr::Any(parts) => joined(parts, or, |part| matches!(part, Expr::Any(_))),
    }
}

/// The one spelling of data files.
pub(super) struct Plain;

impl Writer for Plain {
    fn between(&self) -> [&'static str; 2] {
        [" and ", " or "]
    }

    fn not(&self, inner: &str) -> String {
        format!("not ({inner})")
    }

    fn test(&self, test: &Test) -> String {
        let word = |Word { text, .. }: &Word| match text {
            text if is_bare(text) => text.clone(),
            text if text.contains('"') => format!("'{text}'"),
            text => format!("\"{text}\""),
        };
        let of = word(&test.of);
        match &test.relation {
            Relation::Compared(comparison, number) => format!("{of} {} {}", comparison.sign(), word(number)),
            Relation::In { levels, negated } => match levels.as_slice() {
                [level] => format!("{of} {} {}", if *negated { "!=" } else { "=" }, word(level)),
                levels => {
                    let list = levels.iter().map(word).collect::<Vec<_>>().join(", ");
                    format!("{of} {} ({list})", if *negated { "not in" } else { "in" })
                }
            },
        }
    }
}

/// Display names in one language.
struct InWords<'a> {
    names: &'a Names,
    lang: Lang,
}

impl InWords<'_> {
    fn of(&self, word: &Word) -> String {
        match word.text.parse::<Item>() {
            Ok(item) => {
                let (feature, action) = (self.names.feature(&item.feature), self.names.action(&item.action));
                let between = self.lang.pick(": ", "：");
                format!("{}{between}{}", feature.get(self.lang), action.get(self.lang))
            }
            Err(_) => self.names.dimension(&word.text).get(self.lang).to_owned(),
        }
    }

    fn level(&self, of: &Word, level: &Word) -> String {
        if of.text.parse::<Item>().is_err() {
            return self.names.level(&of.text, &level.text).get(self.lang).to_owned();
        }
        let answer = match level.text.as_str() {
            "yes" => "是",
            "no" => "否",
            "blank" => "留空",
            "not asked" => "未被问到",
            number => number,
        };
        self.lang.pick(level.text.as_str(), answer).to_owned()
    }
}

impl Writer for InWords<'_> {
    fn between(&self) -> [&'static str; 2] {
        self.lang.pick([" and ", " or "], [" 且 ", " 或 "])
    }

    fn not(&self, inner: &str) -> String {
        self.lang.pick(format!("not ({inner})"), format!("非（{inner}）"))
    }

    fn test(&self, test: &Test) -> String {
        let of = self.of(&test.of);
        match &test.relation {
            Relation::Compared(comparison, number) => {
                let sign = match comparison.sign() {
                    "<=" => "≤",
                    ">=" => "≥",
                    sign => sign,
                };
                format!("{of} {sign} {}", number.text)
            }
            Relation::In { levels, negated } => {
                let levels = levels.iter().map(|level| self.level(&test.of, level)).collect::<Vec<_>>();
                let sign = if *negated { "≠" } else { "=" };
                if let [level] = levels.as_slice() {
                    return format!("{of} {sign} {level}");
                }
                match (self.lang, negated) {
                    (Lang::En, false) => format!("{of} in ({})", levels.join(", ")),
                    (Lang::En, true) => format!("{of} not in ({})", levels.join(", ")),
                    (Lang::Zh, false) => format!("{of}属于（{}）", levels.join("、")),
                    (Lang::Zh, true) => format!("{of}不属于（{}）", levels.join("、")),
                }
            }
        }
    }
}

impl Filter {
    /// The filter in words: `Operating system = iOS and City in (Guangzhou, Shenzhen)`, 操作系统 = iOS 且 城市属于（广州、深圳）.
    #[must_use]
    pub fn name(&self, names: &Names) -> Name {
        let text = |lang| written(&self.expr, &InWords { names, lang });
        Name::new(text(Lang::En), text(Lang::Zh))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_said_in_both_languages() {
        for (text, en, zh) in [
            (
                "os=iOS and wave=2015",
                "Operating system = iOS and Wave = 2015",
                "操作系统 = iOS 且 期次 = 2015",
            ),
            (
                "city in (Guangzhou, Shenzhen) or not (tier = \"New tier 1\")",
                "City in (Guangzhou, Shenzhen) or not (City tier = New tier 1)",
                "城市属于（广州、深圳） 或 非（城市等级 = 新一线）",
            ),
            ("moments.read != yes", "Moments: read ≠ yes", "朋友圈：阅读 ≠ 是"),
            ("moments.minutes >= 30", "Moments: minutes ≥ 30", "朋友圈：分钟数 ≥ 30"),
        ] {
            let filter: Filter = text.parse().unwrap();
            assert_eq!(filter.name(&Names::default()), Name::new(en, zh));
        }
    }
}

//! What platforms write where there is no answer, and what respondents write beside an option.

use std::borrow::Cow;

use crate::codebook::Platform;

/// The state of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Said<'a> {
    /// Routed past.
    NotAsked,
    /// Asked and left blank.
    Blank,
    /// Something, write-ins taken off.
    Text(Cow<'a, str>),
}

/// How one platform writes its codes.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Tokens {
    platform: Platform,
}

impl Tokens {
    pub(in super::super) fn of(platform: Platform) -> Self {
        Self { platform }
    }

    /// What a cell says.
    pub(in super::super) fn read(self, cell: &str) -> Said<'_> {
        let cell = cell.trim();
        if cell.is_empty() || self.is_blank(cell) {
            return Said::Blank;
        }
        if is_not_asked(cell) {
            return Said::NotAsked;
        }
        let text = without_write_ins(cell);
        match text.trim() {
            "" => Said::Blank,
            trimmed if trimmed.len() == text.len() => Said::Text(text),
            trimmed => Said::Text(Cow::Owned(trimmed.to_owned())),
        }
    }

    fn is_blank(self, cell: &str) -> bool {
        let code = match self.platform {
            Platform::Wjx => "-2",
            Platform::Qualtrics => "-99",
            Platform::SurveyMonkey => "-",
            _ => "",
        };
        cell == code || bare(cell) == "空"
    }
}

fn is_not_asked(cell: &str) -> bool {
    cell == "-3" || cell == "跳过" || bare(cell) == "跳过"
}

/// A cell without brackets around it: `( 跳过)` and `（跳过）` are 跳过.
fn bare(cell: &str) -> &str {
    let inner = cell.strip_prefix(['(', '（']).and_then(|cell| cell.strip_suffix([')', '）']));
    inner.unwrap_or_default().trim()
}

/// A cell without `〖…〗`, what respondents wrote beside an option.
fn without_write_ins(cell: &str) -> Cow<'_, str> {
    if !cell.contains('〖') {
        return Cow::Borrowed(cell);
    }
    let mut kept = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('〖') {
        kept.push_str(before);
        rest = after_write_in(after);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// What follows a write-in, of which `text` is the rest. Respondents may write brackets themselves: only a bracket that no letter
/// and no other bracket follows ends what they wrote.
fn after_write_in(text: &str) -> &str {
    let ends = |after: &&str| !after.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '〗');
    text.match_indices('〗').map(|(at, close)| &text[at + close.len()..]).find(ends).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_is_told_from_answers() {
        let wjx = Tokens::of(Platform::Wjx);
        for cell in ["(跳过)", "（跳过）", "( 跳过)", "跳过", "-3"] {
            assert_eq!(wjx.read(cell), Said::NotAsked, "{cell}");
        }
        for cell in ["", " ", "(空)", "（空）", "-2", "〖只有这个〗"] {
            assert_eq!(wjx.read(cell), Said::Blank, "{cell}");
        }
        assert_eq!(Tokens::of(Platform::Generic).read("-2"), Said::Text("-2".into()));
        assert_eq!(Tokens::of(Platform::Qualtrics).read("-99"), Said::Blank);
    }

    #[test]
    fn write_ins_are_taken_off_with_the_separators_inside_them() {
        let read = |cell| match Tokens::of(Platform::Wjx).read(cell) {
            Said::Text(text) => text.into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(read("四人间〖是上床下桌〗┋六人间"), "四人间┋六人间");
        assert_eq!(read("其他【请注明】〖a┋b〗"), "其他【请注明】");
        assert_eq!(read("本科〖大一"), "本科");
        assert_eq!(read("其他〖张〖三〗先生〗┋运动"), "其他┋运动");
        assert_eq!(read("其他〖a〗b〗, c"), "其他, c");
    }
}

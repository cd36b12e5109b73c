//! Text cut into lines: Latin at spaces, Han between any two characters that may be parted (kinsoku).

use super::terms;
use super::words::Type;
use crate::codebook::{Lang, clean};

/// Closing marks, which do not start a line.
const NOT_FIRST: &str = "、。，．：；！？）］｝」』】》〉〕”’…—·％%),.:;!?]}~～";
/// Opening marks, which do not end a line.
const NOT_LAST: &str = "（［｛「『【《〈〔“‘([{$¥￥";

/// What a break inside a run of Han costs [`balanced`], against a break at a space or after punctuation, as a share of the
/// squared line width.
const MID_WORD: f64 = 0.2;
/// The same of a break inside one of the known words.
const IN_TERM: f64 = 0.8;

/// A piece of text that is not broken.
struct Atom {
    text: String,
    /// A space follows.
    space: bool,
    width: f64,
}

impl Atom {
    /// Whether a reader expects a break after it.
    fn ends_a_word(&self) -> bool {
        self.space || self.text.ends_with(|c| NOT_FIRST.contains(c))
    }
}

/// The text in as few lines as fit the width, each filled before the next. No lines for an empty text.
pub(super) fn wrap(text: &str, width: f64, ty: Type) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut space = false;
    for atom in atoms(&clean(text), width, ty) {
        match lines.last_mut() {
            Some(line) => {
                let joined = format!("{line}{}{}", if space { " " } else { "" }, atom.text);
                if ty.width(&joined) <= width {
                    *line = joined;
                } else {
                    lines.push(atom.text);
                }
            }
            None => lines.push(atom.text),
        }
        space = atom.space;
    }
    lines
}

/// The text in as few lines as fit the width, broken so that the lines are of similar length and Han words stay whole
/// where punctuation allows it.
pub(super) fn balanced(text: &str, width: f64, ty: Type) -> Vec<String> {
    let greedy = wrap(text, width, ty);
    if greedy.len() < 2 {
        return greedy;
    }
    let atoms = atoms(&clean(text), width, ty);
    let space = ty.width(" ");
    let penalties = penalties(&atoms);
    // best[l][i]: the least cost of the first i atoms in l lines, and where the last of these lines starts.
    let mut best = vec![vec![(f64::INFINITY, 0_usize); atoms.len() + 1]; greedy.len() + 1];
    best[0][0].0 = 0.0;
    for line in 1..=greedy.len() {
        for end in 1..=atoms.len() {
            let mut length = 0.0;
            for start in (0..end).rev() {
                let gap = if atoms[start].space && start + 1 < end { space } else { 0.0 };
                length += atoms[start].width + gap;
                if length > width {
                    break;
                }
                let cost = best[line - 1][start].0 + length * length + penalties[end - 1] * width * width;
                if cost < best[line][end].0 {
                    best[line][end] = (cost, start);
                }
            }
        }
    }
    if best[greedy.len()][atoms.len()].0.is_infinite() {
        return greedy;
    }
    let mut ends = vec![atoms.len()];
    for line in (1..=greedy.len()).rev() {
        ends.push(best[line][ends[ends.len() - 1]].1);
    }
    ends.reverse();
    ends.windows(2).map(|bounds| joined(&atoms[bounds[0]..bounds[1]])).collect()
}

/// What a break after each atom costs, as a share of the squared line width.
fn penalties(atoms: &[Atom]) -> Vec<f64> {
    let whole: String = atoms.iter().map(|atom| atom.text.as_str()).collect::<String>().split(' ').collect();
    let inside = terms::inside(&whole);
    let mut end = 0;
    let after = |(i, atom): (usize, &Atom)| {
        end += atom.text.len() - atom.text.matches(' ').count();
        if atom.ends_a_word() || i + 1 == atoms.len() {
            0.0
        } else if inside.contains(&end) {
            IN_TERM
        } else {
            MID_WORD
        }
    };
    atoms.iter().enumerate().map(after).collect()
}

/// The text in lines as by [`balanced`] that part no Latin word; `None` when a word is too wide for that.
pub(super) fn wrap_whole(text: &str, width: f64, ty: Type) -> Option<Vec<String>> {
    let text = clean(text);
    let is_whole = |word: &str| !word.is_ascii() || ty.width(word) <= width;
    (width > 0.0 && text.split(' ').all(is_whole)).then(|| balanced(&text, width, ty))
}

/// The text, cut with an ellipsis where it is wider than `width`.
pub(super) fn fit(text: &str, width: f64, ty: Type) -> String {
    let mut text = clean(text);
    if ty.width(&text) <= width {
        return text;
    }
    while text.pop().is_some() {
        let cut = format!("{}…", text.trim_end());
        if ty.width(&cut) <= width {
            return cut;
        }
    }
    text
}

fn joined(atoms: &[Atom]) -> String {
    let mut line = String::new();
    for (i, atom) in atoms.iter().enumerate() {
        line.push_str(&atom.text);
        if atom.space && i + 1 < atoms.len() {
            line.push(' ');
        }
    }
    line
}

/// The pieces of a clean text; one that is wider than `width` is cut between characters.
fn atoms(text: &str, width: f64, ty: Type) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut open = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == ' ' {
            if let Some(atom) = atoms.last_mut() {
                // A number stays with its measure word: 9 项.
                let measured = atom.text.ends_with(|last: char| last.is_ascii_digit());
                if let Some(unit) = chars.next_if(|next| measured && is_cjk(*next)) {
                    atom.text.extend([' ', unit]);
                    continue;
                }
                atom.space = true;
            }
            open = false;
            continue;
        }
        match atoms.last_mut() {
            Some(atom) if open && !may_part(&atom.text, c, ty.set.lang) => atom.text.push(c),
            _ => atoms.push(Atom { text: c.to_string(), space: false, width: 0.0 }),
        }
        open = true;
    }
    atoms.into_iter().flat_map(|atom| cut(atom, width, ty)).collect()
}

fn cut(atom: Atom, width: f64, ty: Type) -> Vec<Atom> {
    let whole = ty.width(&atom.text);
    if whole <= width {
        return vec![Atom { width: whole, ..atom }];
    }
    // Pieces of about the same length, so that no single character is left over.
    let even = whole / (whole / width).ceil();
    let mut pieces: Vec<Atom> = Vec::new();
    for c in atom.text.chars() {
        let longer = pieces.last().map(|piece| format!("{}{c}", piece.text));
        match (pieces.last_mut(), longer) {
            (Some(piece), Some(longer)) if piece.width + 1e-9 < even && ty.width(&longer) <= width => {
                piece.width = ty.width(&longer);
                piece.text = longer;
            }
            _ => pieces.push(Atom { text: c.to_string(), space: false, width: ty.width(&c.to_string()) }),
        }
    }
    if let Some(last) = pieces.last_mut() {
        last.space = atom.space;
    }
    pieces
}

fn may_part(before: &str, next: char, lang: Lang) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    // Han in English is a name: it stays whole.
    if lang == Lang::En && is_cjk(last) && is_cjk(next) {
        return false;
    }
    (is_cjk(last) || is_cjk(next)) && !NOT_FIRST.contains(next) && !NOT_LAST.contains(last)
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::super::words::Typeset;
    use super::*;

    fn title(lang: Lang) -> Type {
        Typeset::new(lang).unwrap().bold(24.0)
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        for (lang, text) in [
            (
                Lang::En,
                "The feature gap looks the same in every city; translation (翻译) is the exception, 12% of it",
            ),
            (
                Lang::Zh,
                "各城市的功能差距大同小异，只有“翻译”是例外（见下图），其余WeChat Pay功能相差不到12%。",
            ),
        ] {
            for width in [90.0, 150.0, 240.0, 400.0, 2000.0] {
                for lines in [wrap(text, width, title(lang)), balanced(text, width, title(lang))] {
                    let kept: String = lines.concat().chars().filter(|c| *c != ' ').collect();
                    assert_eq!(kept, text.replace(' ', ""));
                    for line in &lines {
                        assert!(title(lang).width(line) <= width + 1.0, "{line} at {width}");
                        let (first, last) = (line.chars().next().unwrap(), line.chars().next_back().unwrap());
                        assert!(!NOT_FIRST.contains(first) && !NOT_LAST.contains(last), "{line}");
                    }
                }
            }
        }
    }

    #[test]
    fn titles_are_balanced_and_break_after_punctuation() {
        let en = "The feature gap looks the same in every city; translation is the exception";
        let lines = balanced(en, 836.0, title(Lang::En));
        assert_eq!(lines, ["The feature gap looks the same in", "every city; translation is the exception"]);
        let zh = "外籍用户在每个城市发朋友圈的比例都低于中国用户，而在广州这一差距最小，在北京最大";
        let lines = balanced(zh, 836.0, title(Lang::Zh));
        assert_eq!(
            lines,
            ["外籍用户在每个城市发朋友圈的比例都低于中国用户，", "而在广州这一差距最小，在北京最大"]
        );
    }

    #[test]
    fn a_han_name_in_english_stays_whole() {
        let ty = title(Lang::En);
        let text = "Reading rate of Moments 朋友圈, by city";
        for width in 100..500 {
            let lines = wrap(text, f64::from(width), ty);
            assert!(lines.iter().any(|line| line.contains("朋友圈,")), "{lines:?}");
        }
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_a_label_gets_an_ellipsis() {
        let lines = wrap("Llanfairpwllgwyngyllgogerychwyrndrobwll", 120.0, title(Lang::En));
        assert!(lines.len() > 2 && lines.iter().all(|line| title(Lang::En).width(line) <= 120.0));
        let cut = fit("n = 21, withheld", 100.0, title(Lang::En));
        assert!(cut.ends_with('…') && title(Lang::En).width(&cut) <= 100.0, "{cut}");
        assert_eq!(fit("n = 21", 900.0, title(Lang::En)), "n = 21");
        assert!(wrap("  ", 100.0, title(Lang::En)).is_empty());
    }
}

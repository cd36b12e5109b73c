//! Text broken into lines of a width, where a Chinese character takes two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What may not begin a line.
const CLOSING: &str = "，。、：；！？）】》”’·,.:;!?)]}%";
/// What may not end a line.
const OPENING: &str = "（【《“‘([{";

/// The text in lines of at most `width` columns, broken at spaces and between Chinese characters; a longer word stands
/// alone on its line. At least one line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() && line.width() + piece.trim_end().width() > width {
            lines.push(piece);
        } else {
            line.push_str(&piece);
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// What stays together: a word with the spaces after it, or a Chinese character with its punctuation.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        let is_joined = pieces.last().and_then(|piece| piece.chars().last()).is_some_and(|before| {
            c == ' ' || CLOSING.contains(c) || OPENING.contains(before) || (!is_break(before) && !is_wide(c))
        });
        match pieces.last_mut() {
            Some(piece) if is_joined => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

/// Whether a line may end after the character.
fn is_break(c: char) -> bool {
    c == ' ' || is_wide(c)
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters() {
        assert_eq!(wrap("Moments: share, among readers", 16), ["Moments: share,", "among readers"]);
        assert_eq!(wrap("朋友圈：分享（在阅读者中）", 12), ["朋友圈：分享", "（在阅读者", "中）"]);
        assert_eq!(wrap("Unbreakableword x", 5), ["Unbreakableword", "x"]);
        assert_eq!(wrap("WeChat支付", 8), ["WeChat支", "付"]);
        assert_eq!(wrap("", 5), [""]);
    }
}

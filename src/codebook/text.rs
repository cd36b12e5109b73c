//! Words from elsewhere, made fit to be shown: on a terminal, in a chart, on a page.

/// The text without what cannot be seen: control, bidirectional, joining and other invisible characters, and
/// noncharacters. White space of any kind and length becomes one space; none is left at the ends.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text with a capital at its start.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a reader sees nothing of the character although it is no white space.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let code = u32::from(c);
    (c.is_control() && !c.is_whitespace())
        || matches!(code, 0xAD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x180B..=0x180F | 0x3164 | 0xFEFF)
        || matches!(code, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFFF0..=0xFFFB)
        || matches!(code, 0xFDD0..=0xFDEF | 0xE0000..=0xE0FFF)
        || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_goes_and_white_space_collapses() {
        assert_eq!(clean("  a\u{202E}b\u{0}\t\n c\u{3000}d\u{FFFE} "), "ab c d");
        assert_eq!(clean("\u{FEFF}朋友圈\u{FE0F}"), "朋友圈");
        assert_eq!(clean("\u{1}\u{200B} "), "");
    }
}

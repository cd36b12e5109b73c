//! Strings made fit to be drawn: [`clean`] and [`escape`].

/// The text without what cannot be drawn: control, bidirectional, joining and other invisible characters, and
/// noncharacters. White space of any kind and length becomes one space; none is left at the ends.
pub(crate) fn clean(text: &str) -> String {
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

/// The text as XML character data or attribute value.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
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

    #[test]
    fn markup_is_text() {
        assert_eq!(escape("<b a=\"1\" c='2'>&"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
    }
}

//! Text → HTML and Markdown, safe whatever the text says.

use std::fmt::Write;

use crate::chart::escape;
use crate::codebook::clean;

/// Text that can stand in an HTML element or a quoted attribute, without characters that cannot be seen.
pub(super) fn html(text: &str) -> String {
    escape(&clean(text))
}

/// Text that shows as itself in Markdown as GitHub reads it, also inside a table: every ASCII punctuation mark that
/// could begin something there gets a backslash, those of HTML become entities, `@` and URLs make no links.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '@' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_active_passes() {
        assert_eq!(
            html("<script>alert(\"x\")</script>"),
            "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"
        );
        assert_eq!(html("a\u{202E}b\u{0}c\u{7}\nd & 'e'"), "abc d &amp; &#39;e&#39;");
        assert_eq!(markdown("a|b\n[x](http://e.org) <b>"), "a\\|b \\[x\\](http&#58;//e.org) &lt;b&gt;");
        assert_eq!(markdown("@someone www.e.org"), "&#64;someone www&#46;e.org");
    }

    #[test]
    fn ordinary_words_stay() {
        assert_eq!(html("Moments 朋友圈 −23"), "Moments 朋友圈 −23");
        assert_eq!(markdown("8% (95% interval −27 to −19)"), "8% (95% interval −27 to −19)");
    }
}

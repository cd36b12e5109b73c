//! Text → HTML, safe whatever the text says.

use crate::chart::escape;
use crate::codebook::clean;

/// Text that can stand in an HTML element or a quoted attribute, without characters that cannot be seen.
pub(super) fn html(text: &str) -> String {
    escape(&clean(text))
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
    }

    #[test]
    fn ordinary_words_stay() {
        assert_eq!(html("Moments 朋友圈 −23"), "Moments 朋友圈 −23");
    }
}

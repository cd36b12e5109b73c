//! [`Screen`]: what a table of text is laid out for.

/// How wide a table may be, and whether it has bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns of text.
    pub columns: usize,
    /// Whether shares have bars beside them, where the table is narrow enough to hold them.
    pub bars: bool,
}

impl Screen {
    /// A page, as files and pipes have it.
    pub const PAGE: Self = Self { columns: 100, bars: false };
}

/// Places that a bar of 100% takes.
const FULL: f64 = 10.0;
/// By eighths.
const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A share as a bar, behind a space: `27.1%` → ` ██▋`. What rounds to nothing has the thinnest bar.
pub(super) fn bar(share: f64) -> String {
    let eighths = ((share.clamp(0.0, 1.0) * FULL * 8.0).round() as usize).max(1);
    format!(" {}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_are_drawn_by_eighths() {
        assert_eq!([0.271, 0.0, 0.5, 1.0].map(bar), [" ██▊", " ▏", " █████", " ██████████"]);
    }
}

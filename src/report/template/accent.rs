//! The accent colour of a page, for its light and its dark appearance, measured against both.

use crate::chart::Theme;

/// The paper of each appearance.
pub(super) const LIGHT: &str = Theme::LIGHT.paper;
pub(super) const DARK: &str = Theme::DARK.paper;
/// WCAG 2.2, success criterion 1.4.3: links are text.
const LEAST: f64 = 4.5;

/// Two colours, `#rrggbb`, each readable on its paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Accent {
    pub(super) light: String,
    pub(super) dark: String,
}

impl Accent {
    /// The style that puts it in the place of the page's own.
    pub(in crate::report) fn style(&self) -> String {
        let Self { light, dark } = self;
        format!(
            ":root{{--link:{light}}}@media (prefers-color-scheme:dark){{:root{{--link:{dark}}}}}header::before{{background:var(--link)}}\n"
        )
    }
}

/// The colour, if it can be read on the paper; else why not.
pub(super) fn readable(color: &str, paper: &str) -> Result<String, String> {
    let Some(light) = luminance(color) else {
        return Err("that is no colour".to_owned());
    };
    let ratio = contrast(light, luminance(paper).unwrap_or(1.0));
    if ratio < LEAST {
        // Rounded down, so that what is refused never reads as enough.
        let ratio = (ratio * 100.0).floor() / 100.0;
        return Err(format!("{color} on {paper} has a contrast of {ratio:.2}; text takes {LEAST}"));
    }
    Ok(color.to_ascii_lowercase())
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of `#rrggbb` after WCAG 2.2.
fn luminance(color: &str) -> Option<f64> {
    let hex =
        color.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_measured_against_the_paper() {
        assert_eq!(readable("#0F5C6C", LIGHT), Ok("#0f5c6c".to_owned()));
        assert_eq!(
            readable("#FFCC00", LIGHT),
            Err("#FFCC00 on #FFFFFF has a contrast of 1.51; text takes 4.5".to_owned())
        );
        assert!(readable("#0F5C6C", DARK).is_err() && readable("#74C8D6", DARK).is_ok());
        assert_eq!(readable("red", LIGHT), Err("that is no colour".to_owned()));
        assert_eq!(luminance("#FFFFFF"), Some(1.0));
    }
}

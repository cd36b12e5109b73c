//! How a chart looks, whatever it shows ([`Style`]), and the style sheet of charts inside a page.

use super::font::Fonts;
use super::size::Size;
use super::theme::{Role, Theme};

/// Colours, canvas and fonts of a chart. Made from a theme alone, it is for a page and uses the embedded fonts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Its colours.
    pub theme: Theme,
    /// What it is for.
    pub size: Size,
    /// Fonts for what the embedded ones lack.
    pub fonts: Fonts,
}

impl From<&Theme> for Style {
    fn from(theme: &Theme) -> Self {
        Self { theme: *theme, size: Size::default(), fonts: Fonts::default() }
    }
}

impl From<&Style> for Style {
    fn from(style: &Style) -> Self {
        *style
    }
}

/// The class of every chart in a page.
pub(super) const CHART: &str = "wx-chart";

impl Role {
    /// The class of what is filled with it in a page.
    pub(super) fn fill_class(self) -> String {
        format!("f-{}", self.name())
    }

    /// The class of what is drawn with it in a page.
    pub(super) fn stroke_class(self) -> String {
        format!("s-{}", self.name())
    }
}

/// The style sheet for [`Svg::inline`](super::Svg::inline): one theme, and another for readers whose screens are dark. Each
/// colour is a custom property of `.wx-chart` (`--wx-ink`), so that a page may set it by other means.
#[must_use]
pub fn style_sheet(light: &Theme, dark: &Theme) -> String {
    let colors = |theme: &Theme| -> String {
        let of = |role: Role| format!("--wx-{}:{};", role.name(), theme.paint(role));
        Role::all().map(of).collect()
    };
    let mut out = format!(
        ".{CHART}{{{}}}\n@media screen and (prefers-color-scheme:dark){{.{CHART}{{{}}}}}\n",
        colors(light),
        colors(dark)
    );
    for role in Role::all() {
        let (name, fill, stroke) = (role.name(), role.fill_class(), role.stroke_class());
        out.push_str(&format!(
            ".{CHART} .{fill}{{fill:var(--wx-{name})}}.{CHART} .{stroke}{{stroke:var(--wx-{name})}}\n"
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_colour_has_a_class_of_its_own_in_both_appearances() {
        let names: BTreeSet<String> = Role::all().map(Role::name).collect();
        assert_eq!(names.len(), Role::all().count());
        let css = style_sheet(&Theme::LIGHT, &Theme::DARK);
        for name in &names {
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric()), "{name}");
            assert_eq!(css.matches(&format!("--wx-{name}:")).count(), 2, "{name}");
            assert_eq!(css.matches(&format!("var(--wx-{name})")).count(), 2, "{name}");
        }
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }
}

//! [`Drawing`] → [`Svg`]: text a designer can edit, in CSS px.

use std::fmt::Write;

use super::font::{Script, Weight};
use super::scene::{Drawing, GRID, Paint, Pencil, Shape, Style};
use super::text::escape;
use super::textbox::TextBox;
use super::theme::{Role, Theme};
use super::words::{Anchor, Typeset, Words};
use crate::codebook::clean;

/// The first name is the embedded font's; the others are near it where that is not installed.
const LATIN: &str =
    "Inter, 'Helvetica Neue', Arial, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
const HAN: &str =
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// A chart as SVG.
#[derive(Debug, Clone, PartialEq)]
pub struct Svg {
    /// The document.
    pub text: String,
    /// Width in CSS px.
    pub width: u32,
    /// Height in CSS px.
    pub height: u32,
    /// The chart's title.
    pub title: String,
    /// The text for people who do not see the chart.
    pub alt: String,
    /// Where each text stands.
    pub texts: Vec<TextBox>,
}

/// Prints a drawing in a theme's colours.
pub(super) fn print(drawing: &Drawing, title: &str, alt: &str, set: Typeset, theme: &Theme) -> Svg {
    let (width, height) = drawing.size;
    let (title, alt) = (clean(title), clean(alt));
    let lang = set.lang.tag();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"{lang}\" xml:lang=\"{lang}\" font-family=\"{}\">\n\
         <title>{}</title>\n<desc>{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
        family(Script::of(set.lang)),
        escape(&title),
        escape(&alt),
        theme.paper,
    );
    for shape in &drawing.shapes {
        out.push_str(&element(shape, set, theme));
        out.push('\n');
    }
    out.push_str("</svg>\n");
    Svg { text: out, width, height, title, alt, texts: drawing.texts().collect() }
}

fn family(script: Script) -> &'static str {
    match script {
        Script::Latin => LATIN,
        Script::Han => HAN,
    }
}

fn element(shape: &Shape, set: Typeset, theme: &Theme) -> String {
    match shape {
        Shape::Line { points, pencil } => {
            let cap = if pencil.round { " stroke-linecap=\"round\"" } else { "" };
            format!("<path d=\"{}\"{}{cap}/>", path(points), outline(*pencil, theme))
        }
        Shape::Rect { from, to, style } => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>",
            number(from.0),
            number(from.1),
            number(to.0 - from.0),
            number(to.1 - from.1),
            closed(*style, theme),
        ),
        Shape::Circle { center, radius, style } => format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
            number(center.0),
            number(center.1),
            number(*radius as i32),
            closed(*style, theme),
        ),
        Shape::Polygon { points, paint } => {
            format!("<path d=\"{}Z\"{}/>", path(points), fill(*paint, theme))
        }
        Shape::Text { at, words } => text(*at, words, set, theme),
    }
}

/// A grid length in CSS px, without needless zeros.
fn number(steps: i32) -> String {
    let hundredths = steps * (100 / GRID);
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    match (size / 100, size % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}

fn path(points: &[(i32, i32)]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let command = if i == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(out, "{command}{} {}", number(*x), number(*y));
    }
    out
}

fn opacity(name: &str, paint: Paint) -> String {
    if paint.opacity < 1.0 { format!(" {name}-opacity=\"{}\"", paint.opacity) } else { String::new() }
}

fn fill(paint: Paint, theme: &Theme) -> String {
    format!(" fill=\"{}\"{}", theme.paint(paint.role), opacity("fill", paint))
}

fn outline(pencil: Pencil, theme: &Theme) -> String {
    let dash = pencil.dash.map(|(on, off)| format!(" stroke-dasharray=\"{} {}\"", number(on), number(off)));
    format!(
        " fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}{}",
        theme.paint(pencil.paint.role),
        number(pencil.width),
        opacity("stroke", pencil.paint),
        dash.unwrap_or_default(),
    )
}

fn closed(style: Style, theme: &Theme) -> String {
    match style {
        Style::Fill(paint) => fill(paint, theme),
        Style::Outline(pencil) => outline(pencil, theme),
    }
}

fn text((x, y): (i32, i32), words: &Words, set: Typeset, theme: &Theme) -> String {
    let mut out = format!("<text x=\"{}\" y=\"{}\" font-size=\"{}\"", number(x), number(y), words.ty.size);
    if words.ty.weight != Weight::Regular {
        let _ = write!(out, " font-weight=\"{}\"", words.ty.weight.css());
    }
    match words.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    let _ = write!(out, " fill=\"{}\"", theme.paint(words.role));
    if words.halo {
        let paper = theme.paint(Role::Paper);
        let _ = write!(
            out,
            " stroke=\"{paper}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
        );
    }
    if words.angle != 0.0 {
        let _ = write!(out, " transform=\"rotate({:.2} {} {})\"", words.angle, number(x), number(y));
    }
    let _ = write!(out, ">{}</text>", runs(words, set));
    out
}

/// The text with a `<tspan>` around what the language's own face does not have, so that no renderer has to guess.
fn runs(words: &Words, set: Typeset) -> String {
    let own = Script::of(set.lang);
    let mut out = String::new();
    for run in set.fonts.runs(&words.text, set.lang) {
        let text = escape(&run.text);
        if run.script == own {
            out.push_str(&text);
        } else {
            let lang = if run.script == Script::Han { " lang=\"zh-Hans\"" } else { "" };
            let _ = write!(out, "<tspan font-family=\"{}\"{lang}>{text}</tspan>", family(run.script));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> = [0, 1, 2, 10, 20, 25, -1, -40, 18000].into_iter().map(number).collect();
        assert_eq!(shown, ["0", "0.05", "0.1", "0.5", "1", "1.25", "-0.05", "-2", "900"]);
    }
}

//! [`Drawing`] → [`Svg`]: text a designer can edit, in CSS px.
//!
//! The document is printed twice: with literal colours, for files, and with a class beside each of them, for use inside a
//! page whose style sheet ([`style_sheet`](super::style_sheet)) follows the reader's light or dark appearance.

use std::fmt::Write;

use super::face::{Script, Weight};
use super::font::Fonts;
use super::scene::{Drawing, GRID, Paint, Pencil, Shape, Style};
use super::style::{self, CHART};
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
    /// The document for use inside a page: every colour has a class beside it, which a style sheet may repaint.
    pub inline: String,
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
    /// The fonts it was laid out in.
    pub fonts: Fonts,
}

/// Prints a drawing in a theme's colours.
pub(super) fn print(
    drawing: &Drawing,
    (title, alt): (&str, &str),
    set: Typeset,
    style: &style::Style,
) -> Svg {
    let (title, alt) = (clean(title), clean(alt));
    let printed = |classed| Printer { set, theme: &style.theme, classed }.document(drawing, &title, &alt);
    let (text, inline) = (printed(false), printed(true));
    let [width, height] = [drawing.size.0, drawing.size.1].map(|length| set.canvas.css_px(length));
    let texts = drawing.texts().map(|text| text.enlarged(set.canvas.zoom)).collect();
    Svg { text, inline, width, height, title, alt, texts, fonts: style.fonts }
}

/// Writes one document.
struct Printer<'a> {
    set: Typeset,
    theme: &'a Theme,
    /// Whether colours have classes beside them.
    classed: bool,
}

impl Printer<'_> {
    fn document(&self, drawing: &Drawing, title: &str, alt: &str) -> String {
        let (width, height) = drawing.size;
        let lang = self.set.lang.tag();
        let class = if self.classed { format!(" class=\"{CHART}\"") } else { String::new() };
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"{lang}\" xml:lang=\"{lang}\" font-family=\"{}\"{class}>\n\
             <title>{}</title>\n<desc>{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"{}/>\n",
            self.set.canvas.css_px(width),
            self.set.canvas.css_px(height),
            self.family(Script::of(self.set.lang)),
            escape(title),
            escape(alt),
            self.theme.paint(Role::Paper),
            self.classes(Some(Role::Paper), None),
        );
        for shape in &drawing.shapes {
            out.push_str(&self.element(shape));
            out.push('\n');
        }
        out.push_str("</svg>\n");
        out
    }

    fn family(&self, script: Script) -> String {
        match script {
            Script::Latin => LATIN.to_owned(),
            Script::Han => HAN.to_owned(),
            Script::Extra(_) => format!("'{}', sans-serif", self.set.fonts.family(script)),
        }
    }

    /// The attribute that lets a style sheet repaint an element.
    fn classes(&self, fill: Option<Role>, stroke: Option<Role>) -> String {
        let names: Vec<String> =
            [fill.map(Role::fill_class), stroke.map(Role::stroke_class)].into_iter().flatten().collect();
        if self.classed && !names.is_empty() {
            format!(" class=\"{}\"", names.join(" "))
        } else {
            String::new()
        }
    }

    fn element(&self, shape: &Shape) -> String {
        match shape {
            Shape::Line { points, pencil } => {
                let cap = if pencil.round { " stroke-linecap=\"round\"" } else { "" };
                format!("<path d=\"{}\"{}{cap}/>", path(points), self.outline(*pencil))
            }
            Shape::Rect { from, to, style } => format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>",
                number(from.0),
                number(from.1),
                number(to.0 - from.0),
                number(to.1 - from.1),
                self.closed(*style),
            ),
            Shape::Circle { center, radius, style } => format!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
                number(center.0),
                number(center.1),
                number(*radius as i32),
                self.closed(*style),
            ),
            Shape::Polygon { points, paint } => {
                format!("<path d=\"{}Z\"{}/>", path(points), self.fill(*paint))
            }
            Shape::Text { at, words } => self.text(*at, words),
        }
    }

    fn fill(&self, paint: Paint) -> String {
        let color = self.theme.paint(paint.role);
        format!(" fill=\"{color}\"{}{}", opacity("fill", paint), self.classes(Some(paint.role), None))
    }

    fn outline(&self, pencil: Pencil) -> String {
        let dash =
            pencil.dash.map(|(on, off)| format!(" stroke-dasharray=\"{} {}\"", number(on), number(off)));
        format!(
            " fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}{}{}",
            self.theme.paint(pencil.paint.role),
            number(pencil.width),
            opacity("stroke", pencil.paint),
            dash.unwrap_or_default(),
            self.classes(None, Some(pencil.paint.role)),
        )
    }

    fn closed(&self, style: Style) -> String {
        match style {
            Style::Fill(paint) => self.fill(paint),
            Style::Outline(pencil) => self.outline(pencil),
        }
    }

    fn text(&self, (x, y): (i32, i32), words: &Words) -> String {
        let mut out =
            format!("<text x=\"{}\" y=\"{}\" font-size=\"{}\"", number(x), number(y), words.ty.size);
        if words.ty.weight != Weight::Regular {
            let _ = write!(out, " font-weight=\"{}\"", words.ty.weight.css());
        }
        match words.anchor {
            Anchor::Start => {}
            Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
            Anchor::End => out.push_str(" text-anchor=\"end\""),
        }
        let _ = write!(out, " fill=\"{}\"", self.theme.paint(words.role));
        if words.halo {
            let paper = self.theme.paint(Role::Paper);
            let _ = write!(
                out,
                " stroke=\"{paper}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            );
        }
        if words.angle != 0.0 {
            let _ = write!(out, " transform=\"rotate({:.2} {} {})\"", words.angle, number(x), number(y));
        }
        let classes = self.classes(Some(words.role), words.halo.then_some(Role::Paper));
        let _ = write!(out, "{classes}>{}</text>", self.runs(words));
        out
    }

    /// The text with a `<tspan>` around what the language's own face does not have, so that no renderer has to guess.
    fn runs(&self, words: &Words) -> String {
        let own = Script::of(self.set.lang);
        let mut out = String::new();
        for run in self.set.fonts.runs(&words.text, self.set.lang) {
            let text = escape(&run.text);
            if run.script == own {
                out.push_str(&text);
            } else {
                let lang = if run.script == Script::Han { " lang=\"zh-Hans\"" } else { "" };
                let _ =
                    write!(out, "<tspan font-family=\"{}\"{lang}>{text}</tspan>", self.family(run.script));
            }
        }
        out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> = [0, 1, 2, 10, 20, 25, -1, -40, 18000].into_iter().map(number).collect();
        assert_eq!(shown, ["0", "0.05", "0.1", "0.5", "1", "1.25", "-0.05", "-2", "900"]);
    }
}

//! [`Svg`] → PNG, by resvg with the embedded fonts alone.
//!
//! The picture is opaque RGB, says its resolution and colour space, and carries title and alt text; it holds no time, so the
//! same chart is the same bytes.

use std::sync::{Arc, OnceLock};

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, SrgbRenderingIntent, Unit};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, FontFamily, Tree, fontdb};

use super::error::ChartError;
use super::face::Faces;
use super::font::Fonts;
use super::svg::Svg;

/// CSS px per inch.
const DPI: f32 = 96.0;

/// The picture of a chart as PNG, `scale` pixels to the CSS px.
///
/// # Errors
/// [`ChartError::Raster`] when the scale is not positive or the picture would be too large.
pub fn raster(svg: &Svg, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = tree(svg)?;
    let side = |length: u32| (length as f32 * scale).round() as u32;
    let (width, height) = (side(svg.width), side(svg.height));
    let mut pixmap = Pixmap::new(width, height)
        .ok_or_else(|| ChartError::Raster(format!("{width} × {height} pixels cannot be drawn")))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let rgb: Vec<u8> =
        pixmap.data().as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    encode(&rgb, (width, height), svg, scale).map_err(|e| ChartError::Raster(e.to_string()))
}

fn encode(rgb: &[u8], size: (u32, u32), svg: &Svg, scale: f32) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, size.0, size.1);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    // Flat areas compress better without a filter.
    encoder.set_filter(Filter::NoFilter);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let per_metre = (DPI * scale / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), svg.title.clone())?;
    encoder.add_itxt_chunk("Description".to_owned(), svg.alt.clone())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(out)
}

fn tree(svg: &Svg) -> Result<Tree, ChartError> {
    static EMBEDDED: OnceLock<usvg::Options<'static>> = OnceLock::new();
    let parsed = if svg.fonts == Fonts::default() {
        let faces = Faces::new(svg.fonts)?;
        Tree::from_str(&svg.text, EMBEDDED.get_or_init(|| options(faces)))
    } else {
        Tree::from_str(&svg.text, &options(Faces::new(svg.fonts)?))
    };
    parsed.map_err(|e| ChartError::Raster(e.to_string()))
}

/// The fonts are chosen by the first family an element names and its weight; there is no fallback, since the runs of a text
/// are already split by face.
fn options(faces: Faces) -> usvg::Options<'static> {
    let mut database = fontdb::Database::new();
    let mut loaded = Vec::new();
    for (script, weight, bytes) in faces.files() {
        let source = fontdb::Source::Binary(Arc::new(bytes));
        loaded.push((script, weight, database.load_font_source(source).first().copied()));
    }
    let select_font = move |font: &usvg::Font, _: &mut Arc<fontdb::Database>| {
        let FontFamily::Named(name) = font.families().first()? else { return None };
        let (script, weight) = faces.named(name, font.weight())?;
        loaded.iter().find(|face| (face.0, face.1) == (script, weight)).and_then(|face| face.2)
    };
    usvg::Options {
        fontdb: Arc::new(database),
        font_resolver: usvg::FontResolver {
            select_font: Box::new(select_font),
            select_fallback: Box::new(|_, _, _| None),
        },
        ..usvg::Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Drawing, Shape, grid};
    use super::super::style::Style;
    use super::super::svg::print;
    use super::super::theme::{Role, Theme};
    use super::super::words::{Typeset, Words};
    use super::*;
    use crate::codebook::Lang;

    /// What is measured is what is rendered, whatever the faces, weights and sizes.
    #[test]
    fn texts_are_as_wide_as_measured() {
        for lang in [Lang::En, Lang::Zh] {
            let set = Typeset::new(lang).unwrap();
            let mut drawing = Drawing::new(900.0, 400.0);
            let texts = [
                "AVATAR Wave To Type",
                "Guangzhou 广州",
                "公众号（WeChat）“订阅”",
                "n = 21, −45 ≥ 3 | x",
                "朋友圈 · 语音 & 视频…",
            ];
            for (i, text) in texts.iter().enumerate() {
                for (j, ty) in [set.regular(14.0), set.semibold(13.0), set.bold(24.0)].into_iter().enumerate()
                {
                    let at = (grid(20.0 + 280.0 * j as f64), grid(40.0 + 40.0 * i as f64));
                    drawing.shapes.push(Shape::Text { at, words: Words::new(text, ty, Role::Ink) });
                }
            }
            let svg = print(&drawing, ("", ""), set, &Style::from(&Theme::LIGHT));
            let tree = tree(&svg).unwrap();
            let rendered: Vec<f32> = tree
                .root()
                .children()
                .iter()
                .filter_map(|node| match node {
                    usvg::Node::Text(text) => Some(text.bounding_box().width()),
                    _ => None,
                })
                .collect();
            assert_eq!(rendered.len(), svg.texts.len());
            for (width, text) in rendered.iter().zip(&svg.texts) {
                let measured = text.corners[1].0 - text.corners[0].0;
                assert!((f64::from(*width) - measured).abs() < 0.02, "{}: {width}, {measured}", text.text);
            }
        }
    }
}

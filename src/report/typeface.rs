//! The fonts of a page, inside it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::chart::{ChartError, Fonts, WebFont, web_fonts};
use crate::codebook::Lang;

/// Style rules that hold the faces which draw a text.
///
/// # Errors
/// [`ChartError::Font`] when a font cannot be read.
pub(super) fn faces(text: &str, lang: Lang, fonts: Fonts) -> Result<String, ChartError> {
    Ok(web_fonts(text, lang, fonts)?.iter().map(face).collect())
}

fn face(font: &WebFont) -> String {
    let WebFont { family, weight, bytes } = font;
    format!(
        "@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/sfnt;base64,{})}}\n",
        STANDARD.encode(bytes)
    )
}

//! The text of a page → the faces that draw it, as web fonts.
//!
//! A chart that stands in a page as SVG is drawn by the browser: with these faces its texts are as wide as they were laid
//! out, on every machine and without a network. Inter, which is small, goes whole with its kerning; of all others only the
//! characters that the page uses. The same text gives the same bytes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use skrifa::charmap::Charmap;

use super::error::ChartError;
use super::face::{Faces, Script};
use super::font::Fonts;
use crate::codebook::Lang;

/// A face as a browser loads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebFont {
    /// The family, as the charts name it.
    pub family: &'static str,
    /// Its weight in CSS.
    pub weight: u16,
    /// The font file, TrueType or OpenType.
    pub bytes: Cow<'static, [u8]>,
}

/// The faces that draw a text in a language, whose own face is asked first; none that draws nothing of it. Characters
/// that no font has are left to the browser.
///
/// # Errors
/// [`ChartError::Font`] when a font cannot be read or cut.
pub fn web_fonts(text: &str, lang: Lang, fonts: Fonts) -> Result<Vec<WebFont>, ChartError> {
    let faces = Faces::new(fonts)?;
    let characters: BTreeSet<char> = text.chars().filter(|c| faces.covers(*c)).collect();
    let runs = faces.runs(&characters.into_iter().collect::<String>(), lang);
    let mut found = Vec::new();
    for (script, weight, file) in faces.files() {
        let drawn: BTreeSet<char> =
            runs.iter().filter(|run| run.script == script).flat_map(|run| run.text.chars()).collect();
        if !drawn.is_empty() {
            let bytes =
                if script == Script::Latin { Cow::Borrowed(file) } else { Cow::Owned(cut(file, &drawn)?) };
            found.push(WebFont { family: faces.family(script), weight, bytes });
        }
    }
    Ok(found)
}

/// A font with only these characters.
fn cut(font: &[u8], characters: &BTreeSet<char>) -> Result<Vec<u8>, ChartError> {
    let map = Charmap::new(&skrifa::FontRef::from_index(font, 0).map_err(|_| ChartError::Font)?);
    let glyphs =
        characters.iter().filter_map(|c| map.map(*c)).filter_map(|id| u16::try_from(id.to_u32()).ok());
    // Glyph 0 stands for what is missing, and every font must have it.
    let glyphs: BTreeSet<u16> = std::iter::once(0).chain(glyphs).collect();
    let glyphs: Vec<u16> = glyphs.into_iter().collect();
    let data = ReadScope::new(font).read::<FontData<'_>>().map_err(|_| ChartError::Font)?;
    let tables = data.table_provider(0).map_err(|_| ChartError::Font)?;
    subset(&tables, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode).map_err(|_| ChartError::Font)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts(text: &str, lang: Lang) -> Vec<WebFont> {
        web_fonts(text, lang, Fonts::default()).unwrap()
    }

    #[test]
    fn only_faces_with_something_to_draw_are_embedded() {
        let names = |text: &str, lang| -> Vec<(&str, u16)> {
            fonts(text, lang).iter().map(|font| (font.family, font.weight)).collect()
        };
        let inter = [("Inter", 400), ("Inter", 600), ("Inter", 700)];
        let noto = [("Noto Sans SC", 400), ("Noto Sans SC", 700)];
        assert_eq!(names("Moments, 95%\n", Lang::En), inter);
        assert_eq!(names("Moments 朋友圈", Lang::En), [&inter[..], &noto[..]].concat());
        assert_eq!(names("朋友圈 Moments 95%", Lang::Zh), noto);
        assert_eq!(names("\u{1F600}\n", Lang::Zh), []);
    }

    #[test]
    fn a_cut_face_has_the_characters_and_is_small() {
        let text = "广州朋友圈中国用户比外籍用户分享更多，差距 −23 个百分点";
        for font in fonts(text, Lang::Zh) {
            let map = Charmap::new(&skrifa::FontRef::new(&font.bytes).unwrap());
            assert!(text.chars().all(|c| map.map(c).is_some_and(|glyph| glyph.to_u32() != 0)));
            assert!(map.map('深').is_none());
            assert!(font.bytes.len() < 12_000, "{} bytes", font.bytes.len());
        }
        assert_eq!(fonts(text, Lang::Zh), fonts(text, Lang::Zh));
    }

    #[test]
    fn extra_fonts_bring_what_the_embedded_ones_lack() {
        let file = |name: &str| {
            let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/chart/");
            std::fs::read(format!("{directory}{name}")).unwrap()
        };
        let extra = Fonts::with_extra(vec![file("extra.ttf"), file("extra-bold.ttf")]).unwrap();
        let found = web_fonts("a\u{1F600}", Lang::En, extra).unwrap();
        let weights: Vec<u16> = found.iter().map(|font| font.weight).collect();
        assert_eq!(weights, [400, 600, 700, 400, 700]);
        assert_ne!(found[3].family, "Inter");
        let map = Charmap::new(&skrifa::FontRef::new(&found[3].bytes).unwrap());
        assert!(map.map('\u{1F600}').is_some() && map.map('\u{E01}').is_none());
        assert_eq!(web_fonts("a", Lang::En, extra).unwrap().len(), 3);
    }
}

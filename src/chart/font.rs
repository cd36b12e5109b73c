//! The embedded fonts, and how wide a text is in them.
//!
//! Inter draws Latin, Noto Sans SC draws Han; each text is split into runs by what the faces cover, so that what is measured
//! here is what is rendered. Fonts of the machine are never used. Both are under the SIL Open Font License 1.1.

use std::sync::OnceLock;

use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::charmap::Charmap;

use crate::codebook::Lang;

use super::error::ChartError;

/// Inter 4.1, weight 400, tabular digits.
pub const INTER_REGULAR: &[u8] = include_bytes!("../../data/fonts/InterT-Regular.ttf");
/// Inter 4.1, weight 600, tabular digits.
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../../data/fonts/InterT-SemiBold.ttf");
/// Inter 4.1, weight 700, tabular digits.
pub const INTER_BOLD: &[u8] = include_bytes!("../../data/fonts/InterT-Bold.ttf");
/// Noto Sans SC, weight 400, the characters of GB2312.
pub const NOTO_SC_REGULAR: &[u8] = include_bytes!("../../data/fonts/NotoSansSC-Regular-l2.otf");
/// Noto Sans SC, weight 700, the characters of GB2312.
pub const NOTO_SC_BOLD: &[u8] = include_bytes!("../../data/fonts/NotoSansSC-Bold-l2.otf");

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
    Bold,
}

impl Weight {
    /// As in CSS.
    pub(super) fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
            Self::Bold => 700,
        }
    }
}

/// The script a face is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Han,
}

impl Script {
    /// The script of a language's own face, which is asked first.
    pub(super) fn of(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::Latin,
            Lang::Zh => Self::Han,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Latin => Self::Han,
            Self::Han => Self::Latin,
        }
    }
}

/// The file of the face that draws a script in a weight; Han has no 600 and takes 700.
pub(super) fn bytes(script: Script, weight: Weight) -> &'static [u8] {
    match (script, weight) {
        (Script::Latin, Weight::Regular) => INTER_REGULAR,
        (Script::Latin, Weight::SemiBold) => INTER_SEMIBOLD,
        (Script::Latin, Weight::Bold) => INTER_BOLD,
        (Script::Han, Weight::Regular) => NOTO_SC_REGULAR,
        (Script::Han, Weight::SemiBold | Weight::Bold) => NOTO_SC_BOLD,
    }
}

/// A stretch of text that one face draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) script: Script,
}

/// The faces, ready to measure.
pub(super) struct Fonts {
    latin: [Face; 3],
    han: [Face; 2],
}

struct Face {
    font: harfrust::FontRef<'static>,
    shaper: ShaperData,
    charmap: Charmap<'static>,
    units_per_em: f64,
}

impl Fonts {
    /// The faces, read once per process.
    pub(super) fn get() -> Result<&'static Self, ChartError> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
        FONTS.get_or_init(Self::read).as_ref().ok_or(ChartError::Font)
    }

    fn read() -> Option<Self> {
        let latin = [Face::read(INTER_REGULAR)?, Face::read(INTER_SEMIBOLD)?, Face::read(INTER_BOLD)?];
        Some(Self { latin, han: [Face::read(NOTO_SC_REGULAR)?, Face::read(NOTO_SC_BOLD)?] })
    }

    fn face(&self, script: Script, weight: Weight) -> &Face {
        match (script, weight) {
            (Script::Latin, Weight::Regular) => &self.latin[0],
            (Script::Latin, Weight::SemiBold) => &self.latin[1],
            (Script::Latin, Weight::Bold) => &self.latin[2],
            (Script::Han, Weight::Regular) => &self.han[0],
            (Script::Han, Weight::SemiBold | Weight::Bold) => &self.han[1],
        }
    }

    /// The script whose face draws a character; `None` when neither has it. All weights of a script cover the same.
    fn script(&self, c: char, lang: Lang) -> Option<Script> {
        let first = Script::of(lang);
        [first, first.other()].into_iter().find(|script| {
            self.face(*script, Weight::Regular).charmap.map(c).is_some_and(|g| g.to_u32() != 0)
        })
    }

    /// Whether some face draws the character.
    pub(super) fn covers(&self, c: char) -> bool {
        self.script(c, Lang::En).is_some()
    }

    /// The text split by face. Characters that no face has go to the language's own.
    pub(super) fn runs(&self, text: &str, lang: Lang) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for c in text.chars() {
            let script = self.script(c, lang).unwrap_or(Script::of(lang));
            match runs.last_mut() {
                Some(run) if run.script == script => run.text.push(c),
                _ => runs.push(Run { text: c.to_string(), script }),
            }
        }
        runs
    }

    /// The advance width of the shaped text, in the unit of `size`.
    pub(super) fn width(&self, text: &str, size: f64, weight: Weight, lang: Lang) -> f64 {
        self.runs(text, lang).iter().map(|run| self.face(run.script, weight).width(&run.text, size)).sum()
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = harfrust::FontRef::new(bytes).ok()?;
        let shaper = ShaperData::new(&font);
        let units_per_em = f64::from(shaper.shaper(&font).build().units_per_em());
        let charmap = Charmap::new(&skrifa::FontRef::new(bytes).ok()?);
        Some(Self { font, shaper, charmap, units_per_em })
    }

    fn width(&self, text: &str, size: f64) -> f64 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaper = self.shaper.shaper(&self.font).build();
        let glyphs = shaper.shape(buffer, ShapeOptions::new());
        let units: i64 = glyphs.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
        units as f64 / self.units_per_em * size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_face_comes_first() {
        let fonts = Fonts::get().unwrap();
        let en = fonts.runs("Moments 朋友圈, n ≥ 3", Lang::En);
        let scripts: Vec<Script> = en.iter().map(|run| run.script).collect();
        assert_eq!(scripts, [Script::Latin, Script::Han, Script::Latin]);
        assert_eq!(fonts.runs("95% 置信区间 · n ≥ 3", Lang::Zh).len(), 1);
    }

    #[test]
    fn every_weight_of_a_script_covers_the_same() {
        let fonts = Fonts::get().unwrap();
        for code in 0x20..0xFFFF_u32 {
            let Some(c) = char::from_u32(code) else { continue };
            let has = |face: &Face| face.charmap.map(c).is_some();
            assert!(fonts.latin.iter().all(|f| has(f) == has(&fonts.latin[0])), "U+{code:04X}");
            assert_eq!(has(&fonts.han[0]), has(&fonts.han[1]), "U+{code:04X}");
        }
    }

    #[test]
    fn city_names_of_the_second_level_are_covered() {
        let fonts = Fonts::get().unwrap();
        assert!("深圳东莞衢州亳州泸州濮阳漯河儋州".chars().all(|c| fonts.covers(c)));
        assert!(!fonts.covers('\u{1F600}'));
    }

    #[test]
    fn digits_have_one_width_and_pairs_are_kerned() {
        let fonts = Fonts::get().unwrap();
        let width = |text: &str| fonts.width(text, 100.0, Weight::Regular, Lang::En);
        assert!((width("1111") - width("8888")).abs() < 1e-9);
        assert!(width("AVATAR") < "AVATAR".chars().map(|c| width(&c.to_string())).sum());
        assert!((width("朋友圈") - 300.0).abs() < 1e-9);
    }
}

//! Faces, ready to measure: how wide a text is, and which face draws which part of it.
//!
//! Each text is split into runs by what the faces cover, so that what is measured here is what is rendered.

use std::sync::OnceLock;

use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use skrifa::string::StringId;

use crate::codebook::Lang;

use super::error::ChartError;
use super::font::{Family, Fonts, INTER_BOLD, INTER_REGULAR, INTER_SEMIBOLD, NOTO_SC_BOLD, NOTO_SC_REGULAR};

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

/// Whose faces draw a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Han,
    /// The family at this place among [`Fonts`].
    Extra(usize),
}

impl Script {
    /// The script of a language's own face, which is asked first.
    pub(super) fn of(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::Latin,
            Lang::Zh => Self::Han,
        }
    }
}

/// A stretch of text that one face draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) script: Script,
}

/// The embedded faces.
struct Embedded {
    latin: [Face; 3],
    han: [Face; 2],
}

impl Embedded {
    /// Read once per process.
    fn get() -> Result<&'static Self, ChartError> {
        static EMBEDDED: OnceLock<Option<Embedded>> = OnceLock::new();
        EMBEDDED.get_or_init(Self::read).as_ref().ok_or(ChartError::Font)
    }

    fn read() -> Option<Self> {
        let latin = [Face::read(INTER_REGULAR)?, Face::read(INTER_SEMIBOLD)?, Face::read(INTER_BOLD)?];
        Some(Self { latin, han: [Face::read(NOTO_SC_REGULAR)?, Face::read(NOTO_SC_BOLD)?] })
    }
}

/// All faces, ready to measure.
#[derive(Clone, Copy)]
pub(super) struct Faces {
    embedded: &'static Embedded,
    extra: &'static [Family],
}

impl Faces {
    pub(super) fn new(fonts: Fonts) -> Result<Self, ChartError> {
        Ok(Self { embedded: Embedded::get()?, extra: fonts.extra })
    }

    /// The face that draws a script in a weight. Han has no 600 and takes 700; other families take what is nearest.
    fn face(&self, script: Script, weight: u16) -> &'static Face {
        let embedded = self.embedded;
        match (script, weight) {
            (Script::Latin, ..=400) => &embedded.latin[0],
            (Script::Latin, ..=600) => &embedded.latin[1],
            (Script::Latin, _) => &embedded.latin[2],
            (Script::Han, ..=400) => &embedded.han[0],
            (Script::Han, _) => &embedded.han[1],
            (Script::Extra(i), _) => self.extra[i].nearest(weight).unwrap_or(&embedded.latin[0]),
        }
    }

    /// The script whose face draws a character; `None` when none has it. All weights of an embedded script cover the same.
    fn script(&self, c: char, lang: Lang) -> Option<Script> {
        let embedded = match lang {
            Lang::En => [Script::Latin, Script::Han],
            Lang::Zh => [Script::Han, Script::Latin],
        };
        let own = embedded.into_iter().find(|script| self.face(*script, 400).covers(c));
        own.or_else(|| self.extra.iter().position(|family| family.covers(c)).map(Script::Extra))
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
        let runs = self.runs(text, lang);
        runs.iter().map(|run| self.face(run.script, weight.css()).width(&run.text, size)).sum()
    }

    /// The name that stands for a script's faces in a document.
    pub(super) fn family(&self, script: Script) -> &'static str {
        match script {
            Script::Latin => "Inter",
            Script::Han => "Noto Sans SC",
            Script::Extra(i) => &self.extra[i].name,
        }
    }

    /// The file of every face, with its script and weight.
    pub(super) fn files(&self) -> Vec<(Script, u16, &'static [u8])> {
        let of = |script| move |face: &'static Face| (script, face.weight, face.bytes);
        let extra = self.extra.iter().enumerate();
        let latin = self.embedded.latin.iter().map(of(Script::Latin));
        let han = self.embedded.han.iter().map(of(Script::Han));
        latin.chain(han).chain(extra.flat_map(|(i, f)| f.faces.iter().map(of(Script::Extra(i))))).collect()
    }

    /// The script that a name in a document stands for, and the weight of its face for a wanted weight.
    pub(super) fn named(&self, family: &str, weight: u16) -> Option<(Script, u16)> {
        let extra = (0..self.extra.len()).map(Script::Extra);
        let mut scripts = [Script::Latin, Script::Han].into_iter().chain(extra);
        let script = scripts.find(|script| self.family(*script) == family)?;
        Some((script, self.face(script, weight).weight))
    }
}

/// One font file.
pub(super) struct Face {
    pub(super) bytes: &'static [u8],
    font: harfrust::FontRef<'static>,
    shaper: ShaperData,
    charmap: Charmap<'static>,
    units_per_em: f64,
    /// As in CSS.
    pub(super) weight: u16,
}

impl Face {
    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = harfrust::FontRef::from_index(bytes, 0).ok()?;
        let shaper = ShaperData::new(&font);
        let units_per_em = f64::from(shaper.shaper(&font).build().units_per_em());
        let own = skrifa::FontRef::from_index(bytes, 0).ok()?;
        let weight = own.attributes().weight.value().round() as u16;
        Some(Self { bytes, font, shaper, charmap: Charmap::new(&own), units_per_em, weight })
    }

    /// Its family's name, fit to stand between quotes in a style, and apart from the embedded ones.
    pub(super) fn family(&self) -> Option<String> {
        let font = skrifa::FontRef::from_index(self.bytes, 0).ok()?;
        let name = [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]
            .into_iter()
            .find_map(|id| font.localized_strings(id).english_or_first())?;
        let name: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect();
        let taken = matches!(name.as_str(), "Inter" | "Noto Sans SC");
        Some(if taken { format!("{name} Extra") } else { name })
    }

    pub(super) fn covers(&self, c: char) -> bool {
        self.charmap.map(c).is_some_and(|glyph| glyph.to_u32() != 0)
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
        let fonts = Faces::new(Fonts::default()).unwrap();
        let en = fonts.runs("Moments 朋友圈, n ≥ 3", Lang::En);
        let scripts: Vec<Script> = en.iter().map(|run| run.script).collect();
        assert_eq!(scripts, [Script::Latin, Script::Han, Script::Latin]);
        assert_eq!(fonts.runs("95% 置信区间 · n ≥ 3", Lang::Zh).len(), 1);
    }

    #[test]
    fn every_weight_of_a_script_covers_the_same() {
        let fonts = Faces::new(Fonts::default()).unwrap();
        for code in 0x20..0xFFFF_u32 {
            let Some(c) = char::from_u32(code) else { continue };
            let has = |face: &Face| face.charmap.map(c).is_some();
            let Embedded { latin, han } = fonts.embedded;
            assert!(latin.iter().all(|face| has(face) == has(&latin[0])), "U+{code:04X}");
            assert_eq!(has(&han[0]), has(&han[1]), "U+{code:04X}");
        }
    }

    #[test]
    fn city_names_of_the_second_level_are_covered() {
        let fonts = Faces::new(Fonts::default()).unwrap();
        assert!("深圳东莞衢州亳州泸州濮阳漯河儋州".chars().all(|c| fonts.covers(c)));
        assert!(!fonts.covers('\u{1F600}'));
    }

    #[test]
    fn digits_have_one_width_and_pairs_are_kerned() {
        let fonts = Faces::new(Fonts::default()).unwrap();
        let width = |text: &str| fonts.width(text, 100.0, Weight::Regular, Lang::En);
        assert!((width("1111") - width("8888")).abs() < 1e-9);
        assert!(width("AVATAR") < "AVATAR".chars().map(|c| width(&c.to_string())).sum());
        assert!((width("朋友圈") - 300.0).abs() < 1e-9);
    }
}

//! The fonts: the embedded ones, and the caller's for what those lack.
//!
//! Inter draws Latin, Noto Sans SC draws Han, both under the SIL Open Font License 1.1. Fonts of the machine are never used.

use std::fmt;

use crate::codebook::clean;

use super::error::ChartError;
use super::face::{Face, Faces};

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

/// Fonts for characters that the embedded ones lack, asked in the caller's order. None by default.
///
/// A program reads them once; they stay in memory until it ends, as the embedded ones do.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fonts {
    pub(super) extra: &'static [Family],
}

impl Fonts {
    /// The embedded fonts, then these files (TrueType or OpenType; of a collection the first face). Files of one family are
    /// its weights.
    ///
    /// # Errors
    /// [`ChartError::ExtraFont`] with the place of the first file that is no font.
    pub fn with_extra(files: Vec<Vec<u8>>) -> Result<Self, ChartError> {
        let mut families: Vec<Family> = Vec::new();
        for (i, file) in files.into_iter().enumerate() {
            let face = Face::read(file.leak()).ok_or(ChartError::ExtraFont(i))?;
            let name = face.family().ok_or(ChartError::ExtraFont(i))?;
            match families.iter_mut().find(|family| family.name == name) {
                Some(family) => family.faces.push(face),
                None => families.push(Family { name, faces: vec![face] }),
            }
        }
        Ok(Self { extra: families.leak() })
    }

    /// The characters of a text that no font has, in order; for an error that names them where they come from.
    ///
    /// # Errors
    /// [`ChartError::Font`].
    pub fn missing(self, text: &str) -> Result<Vec<char>, ChartError> {
        let faces = Faces::new(self)?;
        Ok(clean(text).chars().filter(|c| !faces.covers(*c)).collect())
    }

    /// The text with the code point of every character that no font has in its place, for words that come from data:
    /// `a😀` becomes `a[U+1F600]`.
    #[must_use]
    pub fn legible(self, text: &str) -> String {
        let Ok(faces) = Faces::new(self) else { return text.to_owned() };
        let mut out = String::with_capacity(text.len());
        for c in clean(text).chars() {
            if faces.covers(c) {
                out.push(c);
            } else {
                out.push_str(&format!("[U+{:04X}]", u32::from(c)));
            }
        }
        out
    }
}

/// The faces of one name among the caller's.
pub(super) struct Family {
    pub(super) name: String,
    /// At least one.
    pub(super) faces: Vec<Face>,
}

impl Family {
    /// The face whose weight is nearest.
    pub(super) fn nearest(&self, weight: u16) -> Option<&Face> {
        self.faces.iter().min_by_key(|face| face.weight.abs_diff(weight))
    }

    pub(super) fn covers(&self, c: char) -> bool {
        self.faces.iter().all(|face| face.covers(c))
    }
}

impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} files)", self.name, self.faces.len())
    }
}

impl PartialEq for Family {
    fn eq(&self, other: &Self) -> bool {
        let bytes = |family: &Self| family.faces.iter().map(|face| face.bytes).collect::<Vec<_>>();
        self.name == other.name && bytes(self) == bytes(other)
    }
}

//! The diverging ramp of gaps: 25 steps from teal (the second group is ahead) over grey to orange (the first is).
//!
//! The steps are interpolated in linear light between the design's eleven colours. The text on a step has a contrast of at
//! least 4.5 with it.

/// A colour of the ramp, and the text on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    /// The colour.
    pub fill: &'static str,
    /// Text that is to be seen.
    pub text: &'static str,
    /// Text that is to stand back, where the colour leaves room for it.
    pub faint: &'static str,
}

/// The shades from the second group far ahead to the first.
pub type Ramp = [Shade; 2 * STEPS + 1];

/// Steps from no gap to either end.
pub(super) const STEPS: usize = 12;

/// The place of the shade that is nearest to a gap (a fraction), on a ramp that reaches to `reach` on both sides; the ends
/// take what is beyond.
pub(super) fn place(difference: f64, reach: f64) -> u8 {
    let steps = STEPS as f64;
    ((difference / reach).clamp(-1.0, 1.0) * steps + steps).round() as u8
}

/// All places, from the teal end.
pub(super) fn places() -> impl Iterator<Item = u8> + Clone {
    0..=2 * STEPS as u8
}

const fn shade(fill: &'static str, text: &'static str, faint: &'static str) -> Shade {
    Shade { fill, text, faint }
}

/// Of [`Theme::LIGHT`](super::Theme::LIGHT).
pub(super) const LIGHT: Ramp = [
    shade("#0F5C6C", "#FFFFFF", "#FFFFFF"),
    shade("#1D6C7D", "#FFFFFF", "#FFFFFF"),
    shade("#277A8C", "#FFFFFF", "#FFFFFF"),
    shade("#408B9B", "#000000", "#000000"),
    shade("#599DAB", "#1B2530", "#1B2530"),
    shade("#6FADB9", "#1B2530", "#1B2530"),
    shade("#8DBEC7", "#1B2530", "#1B2530"),
    shade("#A5CDD5", "#1B2530", "#1B2530"),
    shade("#BCD9DF", "#1B2530", "#4A5763"),
    shade("#D1E5E9", "#1B2530", "#4A5763"),
    shade("#E0EDEF", "#1B2530", "#4A5763"),
    shade("#EBF1F3", "#1B2530", "#4A5763"),
    shade("#F5F6F6", "#1B2530", "#4A5763"),
    shade("#F8F0EB", "#1B2530", "#4A5763"),
    shade("#FAE9E0", "#1B2530", "#4A5763"),
    shade("#FADECF", "#1B2530", "#4A5763"),
    shade("#F8CFB9", "#1B2530", "#4A5763"),
    shade("#F6BFA1", "#1B2530", "#4A5763"),
    shade("#F4AE8B", "#1B2530", "#1B2530"),
    shade("#F19A70", "#1B2530", "#1B2530"),
    shade("#EB885B", "#1B2530", "#1B2530"),
    shade("#E47244", "#1B2530", "#1B2530"),
    shade("#D95E2C", "#000000", "#000000"),
    shade("#C75124", "#FFFFFF", "#FFFFFF"),
    shade("#B3411A", "#FFFFFF", "#FFFFFF"),
];

/// Of [`Theme::DARK`](super::Theme::DARK).
pub(super) const DARK: Ramp = [
    shade("#74C8D6", "#11171D", "#11171D"),
    shade("#62B7C6", "#11171D", "#11171D"),
    shade("#4BA3B4", "#11171D", "#11171D"),
    shade("#3A91A3", "#11171D", "#11171D"),
    shade("#308293", "#000000", "#000000"),
    shade("#257182", "#F1F4F6", "#F1F4F6"),
    shade("#226575", "#F1F4F6", "#F1F4F6"),
    shade("#1E5665", "#F1F4F6", "#F1F4F6"),
    shade("#1D4C58", "#F1F4F6", "#B6C0C9"),
    shade("#1D414C", "#F1F4F6", "#B6C0C9"),
    shade("#1E3841", "#F1F4F6", "#B6C0C9"),
    shade("#1F313A", "#F1F4F6", "#B6C0C9"),
    shade("#202A32", "#F1F4F6", "#B6C0C9"),
    shade("#342E2F", "#F1F4F6", "#B6C0C9"),
    shade("#42312B", "#F1F4F6", "#B6C0C9"),
    shade("#55362A", "#F1F4F6", "#B6C0C9"),
    shade("#673B2A", "#F1F4F6", "#B6C0C9"),
    shade("#78412A", "#F1F4F6", "#F1F4F6"),
    shade("#8F4A2C", "#F1F4F6", "#F1F4F6"),
    shade("#A3522E", "#F1F4F6", "#F1F4F6"),
    shade("#B95E34", "#000000", "#000000"),
    shade("#CE6A3B", "#11171D", "#11171D"),
    shade("#DF7A4D", "#11171D", "#11171D"),
    shade("#EC9067", "#11171D", "#11171D"),
    shade("#F9A27B", "#11171D", "#11171D"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_takes_the_nearest_shade_and_the_ends_take_the_rest() {
        let places = [0.0, 0.02, 0.03, -0.03, 0.6, 0.9, -1.0].map(|gap| place(gap, 0.6));
        assert_eq!(places, [12, 12, 13, 11, 24, 24, 0]);
        assert_eq!(place(-0.05, 0.1), 6);
    }
}

//! The colours of a chart, by role.
//!
//! Drawing code names a [`Role`]; only the printing of the SVG looks up what it is in a [`Theme`]. So one drawing can be
//! printed light or dark, or, inside a page, with CSS variables as its colours.

use plotters::style::Color;
use plotters_backend::BackendColor;

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Role {
    Paper,
    Band,
    Ink,
    Ink2,
    Ink3,
    Grid,
    Axis,
    Neutral,
    /// The marks of the first and of the second series.
    Mark0,
    Mark1,
    /// Text in the tone of the first and of the second series.
    Text0,
    Text1,
}

impl Role {
    const ALL: [Self; 12] = [
        Self::Paper,
        Self::Band,
        Self::Ink,
        Self::Ink2,
        Self::Ink3,
        Self::Grid,
        Self::Axis,
        Self::Neutral,
        Self::Mark0,
        Self::Mark1,
        Self::Text0,
        Self::Text1,
    ];

    /// The colour of a series' marks.
    pub(super) fn mark(series: usize) -> Self {
        if series == 0 { Self::Mark0 } else { Self::Mark1 }
    }

    /// The colour of text that belongs to a series.
    pub(super) fn text(series: usize) -> Self {
        if series == 0 { Self::Text0 } else { Self::Text1 }
    }

    /// The role behind a colour that came back from plotters.
    pub(super) fn of(color: BackendColor) -> Self {
        Self::ALL.get(usize::from(color.rgb.0)).copied().unwrap_or(Self::Ink)
    }
}

/// plotters carries a colour as three bytes and an opacity; ours carries the role in the first byte.
impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}

/// The colours of one appearance, as CSS colours.
///
/// Files need literal colours; a chart inside a page may be given `var(--…)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The background.
    pub paper: &'static str,
    /// The background of a column or group set apart.
    pub band: &'static str,
    /// Titles and labels.
    pub ink: &'static str,
    /// Subtitles and axis titles.
    pub ink2: &'static str,
    /// Notes, tick labels, and gaps that are not clear.
    pub ink3: &'static str,
    /// Gridlines.
    pub grid: &'static str,
    /// The line at zero, guides.
    pub axis: &'static str,
    /// The bar between two marks.
    pub neutral: &'static str,
    /// The first series: expats.
    pub first: Tone,
    /// The second series: Chinese users.
    pub second: Tone,
}

/// The colours of one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    /// Of its marks.
    pub mark: &'static str,
    /// Of its text.
    pub text: &'static str,
}

impl Theme {
    /// Dark on white.
    pub const LIGHT: Self = Self {
        paper: "#FFFFFF",
        band: "#F6F7F8",
        ink: "#1B2530",
        ink2: "#4A5763",
        ink3: "#66727E",
        grid: "#E7EAED",
        axis: "#8C97A1",
        neutral: "#C3CAD1",
        first: Tone { mark: "#E0632F", text: "#B8441B" },
        second: Tone { mark: "#0F5C6C", text: "#0F5C6C" },
    };

    /// Light on dark.
    pub const DARK: Self = Self {
        paper: "#11171D",
        band: "#171F27",
        ink: "#F1F4F6",
        ink2: "#B6C0C9",
        ink3: "#8D99A5",
        grid: "#26303A",
        axis: "#5F6C78",
        neutral: "#43505C",
        first: Tone { mark: "#FF9F6E", text: "#FFAE85" },
        second: Tone { mark: "#2F93A6", text: "#74C8D6" },
    };

    pub(super) fn paint(&self, role: Role) -> &'static str {
        match role {
            Role::Paper => self.paper,
            Role::Band => self.band,
            Role::Ink => self.ink,
            Role::Ink2 => self.ink2,
            Role::Ink3 => self.ink3,
            Role::Grid => self.grid,
            Role::Axis => self.axis,
            Role::Neutral => self.neutral,
            Role::Mark0 => self.first.mark,
            Role::Mark1 => self.second.mark,
            Role::Text0 => self.first.text,
            Role::Text1 => self.second.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linear sRGB of `#RRGGBB`.
    fn linear(hex: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| {
            let byte = u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            let v = f64::from(byte) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
        })
    }

    fn apply(m: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
        m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
    }

    fn luminance(hex: &str) -> f64 {
        let [r, g, b] = linear(hex);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG 2 contrast ratio.
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// Björn Ottosson's `OKLab`.
    fn oklab(rgb: [f64; 3]) -> [f64; 3] {
        let lms = apply(
            [
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            rgb,
        );
        apply(
            [
                [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
            ],
            lms.map(libm::cbrt),
        )
    }

    /// Machado, Oliveira and Fernandes (2009), severity 1: none, protan, deutan, tritan.
    const VISION: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn distance(a: &str, b: &str, vision: [[f64; 3]; 3]) -> f64 {
        let seen = |hex| oklab(apply(vision, linear(hex)).map(|v| v.clamp(0.0, 1.0)));
        let (a, b) = (seen(a), seen(b));
        100.0 * libm::sqrt((0..3).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum())
    }

    #[test]
    fn text_is_readable_on_paper_and_band() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for back in [theme.paper, theme.band] {
                for text in [theme.ink, theme.ink2, theme.ink3, theme.first.text, theme.second.text] {
                    assert!(contrast(text, back) >= 4.5, "{text} on {back}: {}", contrast(text, back));
                }
            }
        }
    }

    #[test]
    fn marks_and_the_zero_line_stand_out_from_paper() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for mark in [theme.first.mark, theme.second.mark] {
                assert!(contrast(mark, theme.paper) >= 3.0, "{mark}");
            }
            assert!(contrast(theme.axis, theme.paper) >= 2.9, "{}", theme.axis);
        }
    }

    #[test]
    fn the_two_series_differ_for_every_kind_of_colour_vision_and_in_grey() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            let (a, b) = (theme.first.mark, theme.second.mark);
            for vision in VISION {
                assert!(distance(a, b, vision) >= 15.0, "{a} {b}: {}", distance(a, b, vision));
            }
            assert!(contrast(a, b) >= 1.7, "{a} {b}: {}", contrast(a, b));
        }
    }

    #[test]
    fn a_role_survives_the_way_through_plotters() {
        for role in Role::ALL {
            assert_eq!(Role::of(role.mix(0.32).to_backend_color()), role);
        }
    }
}

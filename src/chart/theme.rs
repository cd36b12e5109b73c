//! The colours of a chart, by role.
//!
//! Drawing code names a [`Role`]; only the printing of the SVG looks up what it is in a [`Theme`]. So one drawing can be
//! printed light or dark, or, inside a page, with CSS variables as its colours.

use plotters::style::Color;
use plotters_backend::BackendColor;

use super::palette::{
    COUNTERS, DARK_COUNTERS, DARK_OTHERS, DARK_STEPS, LIGHT_COUNTERS, LIGHT_OTHERS, LIGHT_STEPS, SEGMENTS,
    STEPS,
};
use super::ramp::{self, Ramp};

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Paper,
    Band,
    Ink,
    Ink2,
    Ink3,
    Grid,
    Axis,
    Neutral,
    /// The marks of a series, by its place.
    Mark(u8),
    /// Text in the tone of a series.
    Text(u8),
    /// A colour of the sequential ramp, from the faintest; also the upper side of the diverging one.
    Step(u8),
    /// A colour of the lower side of the diverging ramp, from the faintest.
    Counter(u8),
    /// The middle of the diverging ramp.
    Middle,
    /// A gap, by its shade's place on the ramp of gaps.
    Gap(u8),
    /// Text on a gap.
    GapText(u8),
    /// Text on a gap that is to stand back.
    GapFaint(u8),
}

impl Role {
    const PLAIN: [Self; 9] = [
        Self::Paper,
        Self::Band,
        Self::Ink,
        Self::Ink2,
        Self::Ink3,
        Self::Grid,
        Self::Axis,
        Self::Neutral,
        Self::Middle,
    ];

    /// Every role, once.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let series = 0..SEGMENTS as u8;
        Self::PLAIN
            .into_iter()
            .chain(series.clone().map(Self::Mark))
            .chain(series.map(Self::Text))
            .chain((0..STEPS as u8).map(Self::Step))
            .chain((0..COUNTERS as u8).map(Self::Counter))
            .chain(
                ramp::places()
                    .flat_map(|place| [Self::Gap(place), Self::GapText(place), Self::GapFaint(place)]),
            )
    }

    /// Its name in style sheets: `mark0`.
    pub(super) fn name(self) -> String {
        format!("{self:?}").to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "")
    }

    /// The colour of a series' marks.
    pub(super) fn mark(series: usize) -> Self {
        Self::Mark(series as u8)
    }

    /// The colour of text that belongs to a series.
    pub(super) fn text(series: usize) -> Self {
        Self::Text(series as u8)
    }

    /// The role behind a colour that came back from plotters.
    pub(super) fn of(color: BackendColor) -> Self {
        Self::all().nth(usize::from(color.rgb.0)).unwrap_or(Self::Ink)
    }
}

/// plotters carries a colour as three bytes and an opacity; ours carries the role's place among all in the first byte.
impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        let place = Self::all().position(|role| role == *self).unwrap_or_default();
        BackendColor { alpha: 1.0, rgb: (place as u8, 0, 0) }
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
    /// Further series.
    pub others: [Tone; SEGMENTS - 2],
    /// The points of a scale, from the faintest.
    pub steps: [&'static str; STEPS],
    /// The lower side of a scale with a middle, from the faintest.
    pub counters: [&'static str; COUNTERS],
    /// The middle of a scale.
    pub middle: &'static str,
    /// Gaps, from the second series far ahead to the first.
    pub gaps: Ramp,
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
        others: LIGHT_OTHERS,
        steps: LIGHT_STEPS,
        counters: LIGHT_COUNTERS,
        middle: "#DFE3E7",
        gaps: ramp::LIGHT,
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
        others: DARK_OTHERS,
        steps: DARK_STEPS,
        counters: DARK_COUNTERS,
        middle: "#333C45",
        gaps: ramp::DARK,
    };

    fn tone(&self, series: u8) -> Tone {
        match series {
            0 => self.first,
            1 => self.second,
            other => self.others[usize::from(other - 2) % self.others.len()],
        }
    }

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
            Role::Mark(series) => self.tone(series).mark,
            Role::Text(series) => self.tone(series).text,
            Role::Step(step) => self.steps[usize::from(step) % STEPS],
            Role::Counter(step) => self.counters[usize::from(step) % COUNTERS],
            Role::Middle => self.middle,
            Role::Gap(place) => self.gaps[usize::from(place)].fill,
            Role::GapText(place) => self.gaps[usize::from(place)].text,
            Role::GapFaint(place) => self.gaps[usize::from(place)].faint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scale_colors::{Alignment, point_roles, text_on};
    use super::super::segments::FAINT;
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
                let series = (0..SEGMENTS).map(|i| theme.paint(Role::text(i)));
                for text in [theme.ink, theme.ink2, theme.ink3].into_iter().chain(series) {
                    assert!(contrast(text, back) >= 4.5, "{text} on {back}: {}", contrast(text, back));
                }
            }
        }
    }

    #[test]
    fn marks_and_the_zero_line_stand_out_from_paper() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for mark in (0..SEGMENTS).map(|i| theme.paint(Role::mark(i))) {
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

    /// The least distance of two colours for any kind of colour vision.
    fn least_distance(a: &str, b: &str) -> f64 {
        VISION.into_iter().map(|vision| distance(a, b, vision)).fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn up_to_four_series_differ_like_the_pair_and_up_to_eight_nearly_so() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            let marks: Vec<&str> = (0..SEGMENTS).map(|i| theme.paint(Role::mark(i))).collect();
            for (i, a) in marks.iter().enumerate() {
                for b in &marks[..i] {
                    let (least, floor) = (least_distance(a, b), if i < 4 { 15.0 } else { 12.0 });
                    assert!(least >= floor, "{a} {b}: {least}");
                }
            }
        }
    }

    #[test]
    fn the_steps_of_a_scale_grow_evenly_and_can_be_told_apart() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            let counters = std::iter::once(theme.middle).chain(theme.counters);
            for ramp in [theme.steps.to_vec(), counters.collect()] {
                for pair in ramp.windows(2) {
                    let away = contrast(pair[1], theme.paper) / contrast(pair[0], theme.paper);
                    let least = least_distance(pair[0], pair[1]);
                    assert!(away > 1.0 && (1.8..12.0).contains(&least), "{pair:?}: {least}");
                }
            }
            assert!(contrast(theme.steps[0], theme.paper) >= 1.25, "the faintest shows on paper");
        }
    }

    #[test]
    fn neighbours_on_every_scale_differ_for_every_kind_of_colour_vision() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for (points, alignment) in
                (2..=11).flat_map(|points| [Alignment::Filled, Alignment::Centered].map(|a| (points, a)))
            {
                let roles = point_roles(points, alignment);
                for pair in roles.windows(2) {
                    let least = least_distance(theme.paint(pair[0]), theme.paint(pair[1]));
                    assert!(least >= 3.75, "{points} {alignment:?} {pair:?}: {least}");
                }
            }
        }
    }

    /// `over` at an opacity on `under`, as renderers blend.
    fn blended(over: &str, under: &str, opacity: f64) -> String {
        let byte = |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
        let mix = |at| (byte(over, at) * opacity + byte(under, at) * (1.0 - opacity)).round() as u8;
        format!("#{:02X}{:02X}{:02X}", mix(1), mix(3), mix(5))
    }

    #[test]
    fn text_is_readable_on_every_step_of_a_scale() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            let steps = (0..STEPS as u8).map(Role::Step).chain((0..COUNTERS as u8).map(Role::Counter));
            for role in steps.chain([Role::Middle]) {
                let (text, back) = (theme.paint(text_on(role)), theme.paint(role));
                assert!(contrast(text, back) >= 4.5, "{text} on {back}: {}", contrast(text, back));
                let faint = blended(back, theme.paper, FAINT);
                assert!(contrast(theme.ink, &faint) >= 4.5, "ink on {faint}");
            }
        }
    }

    #[test]
    fn the_sides_of_a_diverging_ramp_differ_and_weigh_the_same() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for (i, low) in theme.counters.iter().enumerate() {
                let high = theme.steps[2 * (i + 1)];
                let least = least_distance(low, high);
                assert!(least >= 6.0, "{low} {high}: {least}");
                assert!(contrast(low, high) < 1.25, "{low} {high}: {}", contrast(low, high));
            }
        }
    }

    /// The ramp's colours in the design, from no gap to the ends: teal, then orange.
    const RAMPS: [(Theme, [[&str; 6]; 2]); 2] = [
        (
            Theme::LIGHT,
            [
                ["#F5F6F6", "#DCEBEE", "#A9D0D7", "#68A9B6", "#2A7F91", "#0F5C6C"],
                ["#F5F6F6", "#FBE6DB", "#F7C2A5", "#F0966A", "#E0632F", "#B3411A"],
            ],
        ),
        (
            Theme::DARK,
            [
                ["#202A32", "#1D3A43", "#1D5361", "#267385", "#3F9AAC", "#74C8D6"],
                ["#202A32", "#47322A", "#733F2A", "#A6532E", "#D9703F", "#F9A27B"],
            ],
        ),
    ];

    #[test]
    fn the_ramp_of_gaps_is_the_designs_in_linear_light() {
        for (theme, sides) in RAMPS {
            for (side, stops) in sides.iter().enumerate() {
                for i in 0..=ramp::STEPS {
                    let at = i as f64 * 5.0 / ramp::STEPS as f64;
                    let from = (at as usize).min(4);
                    let (a, b) = (linear(stops[from]), linear(stops[from + 1]));
                    let place = if side == 0 { ramp::STEPS - i } else { ramp::STEPS + i };
                    let step = linear(theme.gaps[place].fill);
                    for channel in 0..3 {
                        let wanted = a[channel] + (b[channel] - a[channel]) * (at - from as f64);
                        assert!((step[channel] - wanted).abs() < 0.005, "{}", theme.gaps[place].fill);
                    }
                }
            }
        }
    }

    #[test]
    fn text_is_readable_on_gaps_and_the_sides_differ_for_every_kind_of_colour_vision() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for shade in theme.gaps {
                assert!(contrast(shade.text, shade.fill) >= 4.5, "{shade:?}");
                assert!(contrast(shade.faint, shade.fill) >= 4.5, "{shade:?}");
            }
            for i in 6..=ramp::STEPS {
                let (a, b) = (theme.gaps[ramp::STEPS - i].fill, theme.gaps[ramp::STEPS + i].fill);
                assert!(least_distance(a, b) >= 8.0, "{a} {b}: {}", least_distance(a, b));
            }
        }
    }

    #[test]
    fn a_role_survives_the_way_through_plotters() {
        for role in Role::all() {
            assert_eq!(Role::of(role.mix(0.32).to_backend_color()), role);
        }
    }
}

//! The colours of segments beyond the first two, and of the points of a scale.
//!
//! All were chosen by search, for colours that keep apart for every kind of colour vision; the tests of `theme` say how
//! far. Hues agree between light and dark. Scales keep away from the hues of expats and Chinese users, which have a meaning.

use super::theme::Tone;

/// How many segments can be told apart by colour.
pub const SEGMENTS: usize = 8;
/// How many colours a sequential ramp has.
pub(super) const STEPS: usize = 21;
/// How many colours the side of a diverging ramp has that is not the sequential one.
pub(super) const COUNTERS: usize = 10;

pub(super) const LIGHT_OTHERS: [Tone; SEGMENTS - 2] = [
    Tone { mark: "#588FF8", text: "#2A66D0" },
    Tone { mark: "#310284", text: "#310284" },
    Tone { mark: "#66480D", text: "#66480D" },
    Tone { mark: "#BA849B", text: "#8F5C74" },
    Tone { mark: "#580C34", text: "#580C34" },
    Tone { mark: "#7C58B9", text: "#7250B2" },
];

pub(super) const DARK_OTHERS: [Tone; SEGMENTS - 2] = [
    Tone { mark: "#93BEF8", text: "#93BEF8" },
    Tone { mark: "#7848C8", text: "#A78BE6" },
    Tone { mark: "#B1820E", text: "#CF9F33" },
    Tone { mark: "#FCDBE4", text: "#FCDBE4" },
    Tone { mark: "#AC3F4A", text: "#E97F88" },
    Tone { mark: "#A67FFC", text: "#B798FF" },
];

// Even in OKLab lightness, but for a leap after the eleventh colour: no lightness lies where neither ink nor paper can be
// read on it.

pub(super) const LIGHT_STEPS: [&str; STEPS] = [
    "#D3E4FE", "#C7DCFC", "#BBD4FA", "#AFCBF8", "#A4C2F6", "#99BAF3", "#8EB1F1", "#84A8EE", "#7A9FEC",
    "#7096E9", "#668DE6", "#4D72D0", "#486AC5", "#4362BA", "#3F5AAF", "#3A52A5", "#354A9A", "#304290",
    "#2B3B86", "#27337C", "#222C72",
];

pub(super) const DARK_STEPS: [&str; STEPS] = [
    "#2B3657", "#2D3B61", "#2F406B", "#314574", "#334A7E", "#354F89", "#365593", "#385A9D", "#3960A8",
    "#3965B2", "#396BBD", "#5386D5", "#5E90DC", "#699AE2", "#74A4E8", "#80AFEE", "#8BB9F4", "#97C3FA",
    "#A5CDFF", "#B6D7FE", "#C8E1FE",
];

pub(super) const LIGHT_COUNTERS: [&str; COUNTERS] = [
    "#E6CFA7", "#DBBC8C", "#D0AA70", "#C59854", "#BA8535", "#966415", "#855508", "#734701", "#603902",
    "#4E2C01",
];

pub(super) const DARK_COUNTERS: [&str; COUNTERS] = [
    "#573C1B", "#65451B", "#734F1A", "#815918", "#906314", "#B28742", "#C39B59", "#D5B06F", "#E7C586",
    "#F9DA9D",
];

//! Lengths of time as people write them.

use super::fixed;
use crate::codebook::Lang;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;

/// `45 s`, `12 min`, `5.2 h`, `3.4 days`: in the unit in which it is at least one, of days two; hours and days with one decimal.
pub(crate) fn duration(seconds: f64, lang: Lang) -> String {
    let (number, en, zh) = match seconds {
        s if s < MINUTE => (fixed(s, 0), "s", "秒"),
        s if s < HOUR => (fixed(s / MINUTE, 0), "min", "分钟"),
        s if s < 2.0 * DAY => (fixed(s / HOUR, 1), "h", "小时"),
        s => (fixed(s / DAY, 1), "days", "天"),
    };
    format!("{number} {}", lang.pick(en, zh))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_length_has_its_unit() {
        for (seconds, en, zh) in [
            (0.0, "0 s", "0 秒"),
            (59.0, "59 s", "59 秒"),
            (90.0, "2 min", "2 分钟"),
            (3600.0, "1.0 h", "1.0 小时"),
            (172_800.0, "2.0 days", "2.0 天"),
        ] {
            assert_eq!(
                (duration(seconds, Lang::En).as_str(), duration(seconds, Lang::Zh).as_str()),
                (en, zh)
            );
        }
    }
}

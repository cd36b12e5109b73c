//! The numbers along an axis.

/// A range of fractions and the ticks in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Its lower end.
    pub(super) low: f64,
    /// Its upper end.
    pub(super) high: f64,
    /// The ticks, ascending; at least one.
    pub(super) ticks: Vec<f64>,
}

/// Units of a scale in one: hundredths of a point, so that ticks print as what they are.
const UNITS: f64 = 1e4;
/// Steps between ticks, in units: 0.1 to 20 points.
const STEPS: [i64; 8] = [10, 20, 50, 100, 200, 500, 1000, 2000];
/// Ends of halved scales, in units: 0.4 to 100 points.
const ENDS: [i64; 10] = [40, 100, 200, 400, 1000, 2000, 4000, 6000, 8000, 10_000];

impl Scale {
    /// From 0 to the first tick at or above `high`, in at most six steps of 1, 2 or 5 times a power of ten.
    pub(super) fn from_zero(high: f64) -> Self {
        let high = ((high.clamp(0.0, 1.0) * UNITS - 1e-6).ceil() as i64).max(50);
        let step = STEPS.into_iter().find(|step| high <= step * 6).unwrap_or(2000);
        let last = (high + step - 1) / step;
        Self { low: 0.0, high: (last * step) as f64 / UNITS, ticks: ticks(0, last, step) }
    }

    /// From 0 to a round number at or above `high`, with one tick between: for plots that are small.
    pub(super) fn halved(high: f64) -> Self {
        let high = (high.clamp(0.0, 1.0) * UNITS - 1e-6).ceil() as i64;
        let last = ENDS.into_iter().find(|end| high <= *end).unwrap_or(10_000);
        Self { low: 0.0, high: last as f64 / UNITS, ticks: ticks(0, 2, last / 2) }
    }

    /// Around `low..=high`, from zero when that costs little; ends on a tick only where one is near.
    pub(super) fn around(low: f64, high: f64) -> Self {
        let low = if low <= high / 3.0 { 0.0 } else { low.max(0.0) * UNITS };
        let high = (high.min(1.0) * UNITS).max(low + 50.0);
        let step = STEPS.into_iter().find(|step| high - low <= *step as f64 * 7.0).unwrap_or(2000);
        let near = (high - low) * 0.06;
        let (below, above) = (low / step as f64 + 1e-9, high / step as f64 - 1e-9);
        let reach = |tick: f64, end: f64| if (tick - end).abs() <= near { tick } else { end };
        let low = reach(below.floor() * step as f64, low);
        let high = reach(above.ceil() * step as f64, high);
        let first = (low / step as f64 - 1e-9).ceil() as i64;
        let last = (high / step as f64 + 1e-9).floor() as i64;
        Self { low: low / UNITS, high: high / UNITS, ticks: ticks(first, last, step) }
    }

    /// From the tick at or below `low` to that at or above `high`, from zero when that costs little; at least five points.
    pub(super) fn between(low: f64, high: f64) -> Self {
        let high = high.clamp(0.05, 1.0) * UNITS - 1e-6;
        let low =
            if low <= high / UNITS / 3.0 { 0.0 } else { (low * UNITS + 1e-6).min(high - 500.0).max(0.0) };
        let ends = |step: i64| ((low / step as f64).floor() as i64, (high / step as f64).ceil() as i64);
        let few = |step: &i64| ends(*step).1 - ends(*step).0 <= 6;
        let step = STEPS.into_iter().find(few).unwrap_or(2000);
        let (first, last) = ends(step);
        let end = |tick: i64| (tick * step) as f64 / UNITS;
        Self { low: end(first), high: end(last), ticks: ticks(first, last, step) }
    }

    /// The ticks with their labels; the last carries the percent sign.
    pub(super) fn labels(&self) -> impl Iterator<Item = (f64, String)> {
        let last = self.ticks.len().saturating_sub(1);
        self.ticks.iter().enumerate().map(move |(i, tick)| {
            let sign = if i == last { "%" } else { "" };
            // Shortest form: 0.1 steps need a decimal, others do not.
            (*tick, format!("{}{sign}", (tick * UNITS).round() / 100.0))
        })
    }
}

fn ticks(first: i64, last: i64, step: i64) -> Vec<f64> {
    (first..=last).map(|i| (i * step) as f64 / UNITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_on_a_tick_above_the_data() {
        for i in 0..=1000 {
            let high = f64::from(i) / 1000.0;
            let scale = Scale::from_zero(high);
            assert!(scale.high + 1e-9 >= high && scale.high <= 1.0, "{high}: {scale:?}");
            assert!((4..=7).contains(&scale.ticks.len()), "{high}: {scale:?}");
        }
        for i in 0..=1000 {
            let high = f64::from(i) / 1000.0;
            assert!(Scale::halved(high).high + 1e-9 >= high);
        }
        let labels: Vec<String> = Scale::from_zero(0.112).labels().map(|(_, l)| l).collect();
        assert_eq!(labels, ["0", "2", "4", "6", "8", "10", "12%"]);
        let labels: Vec<String> = Scale::from_zero(0.0).labels().map(|(_, l)| l).collect();
        assert_eq!(labels, ["0", "0.1", "0.2", "0.3", "0.4", "0.5%"]);
        let labels: Vec<String> = Scale::around(0.405, 0.89).labels().map(|(_, l)| l).collect();
        assert_eq!(labels, ["40", "50", "60", "70", "80", "90%"]);
        let labels: Vec<String> = Scale::halved(0.97).labels().map(|(_, l)| l).collect();
        assert_eq!(labels, ["0", "50", "100%"]);
        let scale = Scale::around(0.157, 0.806);
        assert_eq!((scale.low, scale.high, scale.ticks.len()), (0.0, 0.806, 5));
        let labels: Vec<String> = Scale::between(0.52, 0.9).labels().map(|(_, l)| l).collect();
        assert_eq!(labels, ["50", "60", "70", "80", "90%"]);
        for i in 0..=100 {
            for j in i..=100 {
                let (low, high) = (f64::from(i) / 100.0, f64::from(j) / 100.0);
                let scale = Scale::between(low, high);
                assert!(scale.low <= low + 1e-9 && scale.high + 1e-9 >= high, "{low}, {high}: {scale:?}");
                assert!(scale.low >= 0.0 && scale.high <= 1.0 && (3..=7).contains(&scale.ticks.len()));
            }
        }
        for (low, high) in [(0.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.333, 0.334), (0.0, 1.0)] {
            let scale = Scale::around(low, high);
            assert!(scale.low <= low && scale.high >= high && scale.ticks.len() > 1, "{scale:?}");
        }
    }
}

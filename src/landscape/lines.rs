//! Figures side by side: what every source says of one platform, metric, scope and period, and growth between periods.
//!
//! Sources that disagree make a range, from the lowest figure to the highest; nothing is averaged, and growth between
//! ranges is a range. Figures of different metrics, scopes, units or lengths of period are never held against each other.

use super::Period;
use super::figure::{Metrics, Pace, Series, Stated, StatedGrowth};
use crate::ingest::Origin;

/// All that a metrics file says, side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Landscape {
    /// The file it rests on.
    pub origin: Origin,
    /// Metrics in the order in which the file first names them, of each its scopes and units in theirs, of these the periods
    /// in their order, and in each period the platforms from the highest figure to the lowest.
    pub lines: Vec<Line>,
    /// Growth, in the order of the series of `lines`, then by pace and period.
    pub growth: Vec<Growth>,
}

/// What is said of one series in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What the figures are of.
    pub series: Series,
    /// When.
    pub period: Period,
    /// At least one, the lowest first.
    pub figures: Vec<Cited>,
    /// Whether nobody states them: they follow from a later figure and its stated growth.
    pub derived: bool,
}

/// A figure and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    /// In the unit of the series.
    pub value: f64,
    /// Of the figure, or of the growth that it is derived from; empty where the file does not tell.
    pub source: String,
}

/// How a series grew.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// What grew.
    pub series: Series,
    /// Over which time.
    pub pace: Pace,
    /// The period compared with.
    pub from: Period,
    /// The period that grew.
    pub to: Period,
    /// The lowest and the highest rate that the figures allow, as fractions; equal where there is one figure each.
    pub rate: (f64, f64),
    /// Who states it; `None` where it is computed from the figures.
    pub stated: Option<String>,
}

impl Line {
    /// The lowest and the highest figure.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let values = || self.figures.iter().map(|figure| figure.value);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    }

    /// Whether sources say different things.
    #[must_use]
    pub fn disagrees(&self) -> bool {
        self.range().0 < self.range().1
    }
}

impl Landscape {
    /// Lays the figures of a file side by side.
    #[must_use]
    pub fn of(metrics: &Metrics) -> Self {
        let mut order: Vec<Group<'_>> = Vec::new();
        for figure in &metrics.figures {
            let group = group(&figure.series);
            if !order.contains(&group) {
                order.push(group);
            }
        }
        let place = |series: &Series| {
            let metric = order.iter().position(|(metric, ..)| *metric == series.metric);
            (metric, order.iter().position(|known| *known == group(series)))
        };
        let mut lines = stated(&metrics.figures);
        let mut growth = computed(&lines);
        growth.extend(metrics.growth.iter().flat_map(|stated| told(stated, &lines)));
        let derived: Vec<Line> = metrics.growth.iter().flat_map(|stated| before(stated, &lines)).collect();
        for line in derived {
            add(&mut lines, line);
        }
        lines.sort_by(|a, b| {
            (place(&a.series), a.period)
                .cmp(&(place(&b.series), b.period))
                .then(b.range().1.total_cmp(&a.range().1))
                .then(a.series.cmp(&b.series))
        });
        growth.sort_by(|a, b| {
            (place(&a.series), &a.series, a.pace, a.to, &a.stated).cmp(&(
                place(&b.series),
                &b.series,
                b.pace,
                b.to,
                &b.stated,
            ))
        });
        Self { origin: metrics.origin.clone(), lines, growth }
    }
}

/// What makes lines stand together: metric, scope, unit.
type Group<'a> = (&'a str, &'a str, &'a str);

fn group(series: &Series) -> Group<'_> {
    (&series.metric, &series.scope, &series.unit)
}

fn stated(figures: &[Stated]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for Stated { series, period, value, source, .. } in figures {
        let cited = vec![Cited { value: *value, source: source.clone() }];
        add(&mut lines, Line { series: series.clone(), period: *period, figures: cited, derived: false });
    }
    lines
}

/// Adds the figures of a line to that of the same series and period, if there is one.
fn add(lines: &mut Vec<Line>, line: Line) {
    match lines.iter_mut().find(|known| known.series == line.series && known.period == line.period) {
        Some(known) => {
            known.figures.extend(line.figures);
            known.figures.sort_by(|a, b| a.value.total_cmp(&b.value).then_with(|| a.source.cmp(&b.source)));
        }
        None => lines.push(line),
    }
}

/// Growth between any two stated lines of a series that are a year or a quarter apart, and between the first and the last
/// that are at least two years apart. Shares have none: their change is in points.
fn computed(lines: &[Line]) -> Vec<Growth> {
    let mut growth = Vec::new();
    for to in lines.iter().filter(|line| line.series.unit != super::vocabulary::PERCENT) {
        let of_series = || lines.iter().filter(|line| line.series == to.series);
        for pace in [Pace::YearOnYear, Pace::QuarterOnQuarter] {
            let is_compared = pace == Pace::YearOnYear || to.period.is_quarter();
            let earlier = pace.months().filter(|_| is_compared).and_then(|months| to.period.earlier(months));
            let from = of_series().find(|line| Some(line.period) == earlier);
            growth.extend(from.and_then(|from| between(from, to, pace, 1.0)));
        }
        let alike = || of_series().filter(|line| line.period.months_since(to.period).is_some());
        let last = alike().map(|line| line.period).max();
        let first = alike().min_by_key(|line| line.period);
        if let (Some(first), true) = (first, last == Some(to.period)) {
            let months = to.period.months_since(first.period).unwrap_or_default();
            if months >= 24 {
                growth.extend(between(first, to, Pace::Compound, f64::from(months) / 12.0));
            }
        }
    }
    growth
}

/// The growth from one line to another over so many years, where both are above 0 and at least 0.
fn between(from: &Line, to: &Line, pace: Pace, years: f64) -> Option<Growth> {
    let ((from_low, from_high), (to_low, to_high)) = (from.range(), to.range());
    let rate = |from: f64, to: f64| libm::pow(to / from, 1.0 / years) - 1.0;
    (from_low > 0.0 && to_low >= 0.0).then(|| Growth {
        series: to.series.clone(),
        pace,
        from: from.period,
        to: to.period,
        rate: (rate(from_high, to_low), rate(from_low, to_high)),
        stated: None,
    })
}

/// The lines that a stated growth is of: of its platform, metric, scope and period, whatever their unit.
fn grown<'a>(stated: &'a StatedGrowth, lines: &'a [Line]) -> impl Iterator<Item = &'a Line> {
    lines.iter().filter(|line| {
        let Series { platform, metric, scope, .. } = &line.series;
        (platform, metric, scope, line.period)
            == (&stated.platform, &stated.metric, &stated.scope, stated.period)
    })
}

/// A stated growth as a row; of a series of its own where the file has no figure that it is of.
fn told(stated: &StatedGrowth, lines: &[Line]) -> Vec<Growth> {
    let Some(from) = stated.pace.months().and_then(|months| stated.period.earlier(months)) else {
        return Vec::new();
    };
    let row = |series: Series| Growth {
        series,
        pace: stated.pace,
        from,
        to: stated.period,
        rate: (stated.rate, stated.rate),
        stated: Some(stated.source.clone()),
    };
    let rows: Vec<Growth> = grown(stated, lines).map(|line| row(line.series.clone())).collect();
    if !rows.is_empty() {
        return rows;
    }
    let StatedGrowth { platform, metric, scope, .. } = stated.clone();
    vec![row(Series { platform, metric, scope, unit: String::new() })]
}

/// What the figures were before they grew, where nobody states it.
fn before(stated: &StatedGrowth, lines: &[Line]) -> Vec<Line> {
    let Some(period) = stated.pace.months().and_then(|months| stated.period.earlier(months)) else {
        return Vec::new();
    };
    let is_known =
        |line: &Line| lines.iter().any(|known| known.series == line.series && known.period == period);
    grown(stated, lines)
        .filter(|line| !is_known(line))
        .map(|line| Line {
            series: line.series.clone(),
            period,
            figures: line
                .figures
                .iter()
                .map(|figure| Cited {
                    value: figure.value / (1.0 + stated.rate),
                    source: stated.source.clone(),
                })
                .collect(),
            derived: true,
        })
        .collect()
}

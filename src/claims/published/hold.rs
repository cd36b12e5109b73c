//! A [`Saying`] and published figures → a [`Finding`], or why there is none.

use super::words::{label, percent};
use super::{Amount, Finding, Metric, Published, Saying, Unanswered};
use crate::claims::Side;
use crate::codebook::{Lang, Name, Names};
use crate::landscape::{Landscape, Line, PERCENT, figure, sources};

/// What the figures say to one assertion, whose index is left at 0.
pub(in crate::claims) fn hold(
    saying: &Saying,
    published: Option<&Landscape>,
    names: &Names,
) -> Result<Finding, Unanswered> {
    let ledger = Ledger { landscape: published.ok_or(Unanswered::NoFigures)?, names };
    match saying {
        Saying::Compare { left, side, right } => {
            let (left, right) = (ledger.find(left)?, ledger.find(right)?);
            if left.unit != right.unit {
                return Err(Unanswered::Unit(right.published.label));
            }
            let (a, b) = (left.published.range, right.published.range);
            let all = on_side(a.0, a.1, *side, b);
            let none = !on_side_somewhere(a, *side, b);
            decided(all, none, vec![left.published, right.published])
        }
        Saying::Against { figure, side, amount } => {
            let found = ledger.find(figure)?;
            let value = found.on_scale(*amount)?;
            let (low, high) = found.published.range;
            let all = on_side(low, high, *side, (value, value));
            let none = !on_side_somewhere((low, high), *side, (value, value));
            decided(all, none, vec![found.published])
        }
        Saying::About { figure, amount, margin } => {
            let found = ledger.find(figure)?;
            let value = found.on_scale(*amount)?;
            let margin = if found.is_growth { margin / 100.0 } else { *margin };
            // A limit that is met is met, whatever rounding makes of it.
            let margin = margin + 1e-9 * value.abs().max(margin);
            let is_near = |figure: f64| (figure - value).abs() <= margin;
            let figures = &found.each;
            let (all, none) = (
                figures.iter().all(|&figure| is_near(figure)),
                !figures.iter().any(|&figure| is_near(figure)),
            );
            decided(all, none, vec![found.published])
        }
        Saying::Trend { figure, side } => ledger.trend(figure, *side),
    }
}

/// What is decided whichever source is believed.
fn decided(all: bool, none: bool, figures: Vec<Published>) -> Result<Finding, Unanswered> {
    if all || none {
        return Ok(Finding { assertion: 0, holds: all, figures });
    }
    Err(Unanswered::Disagree(figures.into_iter().filter(|figure| figure.range.0 < figure.range.1).collect()))
}

/// Whether all of a range lies on one side of all of another.
fn on_side(low: f64, high: f64, side: Side, (other_low, other_high): (f64, f64)) -> bool {
    match side {
        Side::Above => low > other_high,
        Side::Below => high < other_low,
    }
}

/// Whether some of a range lies on one side of some of another.
fn on_side_somewhere((low, high): (f64, f64), side: Side, (other_low, other_high): (f64, f64)) -> bool {
    match side {
        Side::Above => high > other_low,
        Side::Below => low < other_high,
    }
}

/// Published figures, and what they are called.
struct Ledger<'a> {
    landscape: &'a Landscape,
    names: &'a Names,
}

/// A figure that somebody states.
struct Found {
    published: Published,
    /// What each source says.
    each: Vec<f64>,
    unit: String,
    is_growth: bool,
}

impl Found {
    /// An amount on the scale of the figure.
    fn on_scale(&self, amount: Amount) -> Result<f64, Unanswered> {
        if amount.is_percent != (self.is_growth || self.unit == PERCENT) {
            return Err(Unanswered::Unit(self.published.label.clone()));
        }
        Ok(if self.is_growth { amount.value / 100.0 } else { amount.value })
    }
}

impl Ledger<'_> {
    fn find(&self, metric: &Metric) -> Result<Found, Unanswered> {
        if metric.growth.is_some() { self.growth(metric) } else { self.line(metric) }
    }

    fn line(&self, metric: &Metric) -> Result<Found, Unanswered> {
        let label = label(metric, self.names);
        let mut lines = self.lines(metric).filter(|line| Some(line.period) == metric.period);
        let line = lines.next().ok_or_else(|| Unanswered::Unpublished(label.clone()))?;
        if lines.next().is_some() {
            return Err(Unanswered::Unit(label));
        }
        Ok(self.found(line, label))
    }

    fn lines(&self, metric: &Metric) -> impl Iterator<Item = &Line> {
        self.landscape.lines.iter().filter(move |line| {
            let of = (&line.series.platform, &line.series.metric, &line.series.scope);
            of == (&metric.platform, &metric.metric, &metric.scope)
        })
    }

    fn found(&self, line: &Line, label: Name) -> Found {
        let words = |of: &dyn Fn(Lang) -> String| Name::new(of(Lang::En), of(Lang::Zh));
        Found {
            published: Published {
                label,
                figure: words(&|lang| figure(line, self.names, lang)),
                range: line.range(),
                source: words(&|lang| sources(line, self.names, lang)),
            },
            each: line.figures.iter().map(|cited| cited.value).collect(),
            unit: line.series.unit.clone(),
            is_growth: false,
        }
    }

    fn growth(&self, metric: &Metric) -> Result<Found, Unanswered> {
        let label = label(metric, self.names);
        let rows: Vec<_> = self
            .landscape
            .growth
            .iter()
            .filter(|growth| {
                let of = (&growth.series.platform, &growth.series.metric, &growth.series.scope);
                of == (&metric.platform, &metric.metric, &metric.scope)
                    && (Some(growth.pace), Some(growth.to)) == (metric.growth, metric.period)
            })
            .collect();
        let each: Vec<f64> = rows.iter().flat_map(|growth| [growth.rate.0, growth.rate.1]).collect();
        let (low, high) = each
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), rate| (low.min(*rate), high.max(*rate)));
        if rows.is_empty() {
            return Err(Unanswered::Unpublished(label));
        }
        let (mut en, mut zh): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for growth in &rows {
            let source = match &growth.stated {
                None => Name::new("computed from the figures", "由数字计算"),
                Some(source) if source.is_empty() => Name::new("source not stated", "未注明来源"),
                Some(source) => Name::new(source.as_str(), source.as_str()),
            };
            if !en.contains(&source.en) {
                en.push(source.en);
                zh.push(source.zh);
            }
        }
        let source = Name::new(en.join("; "), zh.join("；"));
        let published = Published { label, figure: percent((low, high)), range: (low, high), source };
        Ok(Found { published, each, unit: PERCENT.to_owned(), is_growth: true })
    }

    /// From each period to the next of one length and unit.
    fn trend(&self, metric: &Metric, side: Side) -> Result<Finding, Unanswered> {
        let whole = label(metric, self.names);
        let mut lines: Vec<&Line> = self.lines(metric).collect();
        if lines.is_empty() {
            return Err(Unanswered::Unpublished(whole));
        }
        lines.sort_by_key(|line| line.period);
        let is_alike =
            |[a, b]: &[&Line; 2]| a.series.unit == b.series.unit && b.period.months_since(a.period).is_some();
        if lines.len() < 2 || !lines.array_windows().all(is_alike) {
            return Err(Unanswered::OnePeriod(whole));
        }
        let steps = || lines.array_windows().map(|[before, line]| (before.range(), line.range()));
        let all = steps().all(|(before, line)| on_side(line.0, line.1, side, before));
        let none = steps().any(|(before, line)| !on_side_somewhere(line, side, before));
        let named = |line: &&Line| {
            let of = Metric { period: Some(line.period), ..metric.clone() };
            self.found(line, label(&of, self.names)).published
        };
        decided(all, none, lines.iter().map(named).collect())
    }
}

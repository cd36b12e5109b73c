//! The one figure that a chart is about, for the cover of an article.
//!
//! It is chosen, not computed: of a dumbbell chart the widest clear gap, rather one that needs no care; of a bar chart the
//! highlighted city; of small multiples the first row of the first plot; of ranked rows the highlighted or else the first; of
//! a funnel its last stage; of a trend the last wave. Of more than two groups it is the highest and the lowest rate.

use plotters::style::Color;

use super::bars::Bars;
use super::cover::INSIDE;
use super::dumbbell::{Dumbbell, DumbbellRow};
use super::error::ChartError;
use super::funnel::{Funnel, Stage};
use super::marks;
use super::multiples::Multiples;
use super::number::Scale;
use super::pen::{Pen, Rect, line};
use super::ranked::{Ranked, RankedRow};
use super::spec::{self, Mark, Segments, Series, Side};
use super::theme::Role;
use super::trend::Trend;
use super::words::Words;
use super::wrap::{fit, wrap};
use crate::table::figures::Decimals;

/// Height of a headline figure with what belongs to it.
const HEADLINE: f64 = 180.0;
/// Sizes of its figures, the first that fits being taken.
const FIGURES: [f64; 3] = [56.0, 46.0, 36.0];

/// The figure that a chart is about.
pub(super) struct Headline {
    /// What it is of: a feature, a city.
    name: String,
    series: Segments,
    sides: Vec<Side>,
    /// The upper end of the chart's figures.
    high: f64,
}

impl Headline {
    fn new(name: String, series: &[Option<Series>], sides: &[Side]) -> Self {
        let high = sides.iter().filter_map(Side::mark).map(|mark| mark.high).fold(0.0, f64::max);
        let mut series = series.to_vec();
        if let ([(_, lowest), _, .., (_, highest)], true) =
            (marks::ascending(sides).as_slice(), spec::shown(&series).len() > 2)
        {
            for (place, series) in series.iter_mut().enumerate() {
                series.take_if(|_| ![*lowest, *highest].contains(&place));
            }
        }
        let sides = sides.iter().zip(&series);
        let sides = sides.map(|(side, series)| if series.is_some() { side.clone() } else { Side::absent() });
        Self { name, sides: sides.collect(), series, high }
    }

    pub(super) fn checked(self) -> Result<Self, ChartError> {
        self.marks().try_for_each(|(_, mark)| mark.check(&self.name))?;
        Ok(self)
    }

    pub(super) fn of_dumbbell(chart: &Dumbbell) -> Option<Self> {
        let sound = |row: &DumbbellRow| row.sides.iter().filter_map(Side::mark).all(|mark| !mark.caution);
        let gap = |row: &DumbbellRow| row.gap.map_or((false, 0.0), |gap| (gap.clear, gap.difference.abs()));
        // Of equal gaps the upper row's: `max_by` takes the last.
        let order = |a: &&DumbbellRow, b: &&DumbbellRow| {
            let (gap_a, gap_b) = (gap(a), gap(b));
            gap_a.0.cmp(&gap_b.0).then(sound(a).cmp(&sound(b))).then(gap_a.1.total_cmp(&gap_b.1))
        };
        let shown = chart.rows.iter().rev().filter(|row| row.sides.iter().any(|side| side.mark().is_some()));
        let row = shown.max_by(order)?;
        let name = named(&row.label, row.second_label.as_deref());
        Some(Self::new(name, &chart.series, &row.sides))
    }

    pub(super) fn of_bars(chart: &Bars) -> Option<Self> {
        let has_mark = |i: &usize| {
            chart.groups.get(*i).is_some_and(|group| group.sides.iter().any(|side| side.mark().is_some()))
        };
        let i = chart.highlighted.filter(has_mark).or_else(|| (0..chart.groups.len()).find(has_mark))?;
        let group = &chart.groups[i];
        let name = named(&group.label, group.second_label.as_deref());
        Some(Self::new(name, &chart.series, &group.sides))
    }

    pub(super) fn of_multiples(chart: &Multiples) -> Option<Self> {
        let panel = chart.panels.first()?;
        let shown = |(_, sides): &(&String, &Vec<Side>)| sides.iter().any(|side| side.mark().is_some());
        let (row, sides) = chart.rows.iter().zip(&panel.sides).find(shown)?;
        let name = format!("{} · {row}", panel.label);
        Some(Self::new(name, &chart.series, sides))
    }

    /// Of up to two segments.
    pub(super) fn of_ranked(chart: &Ranked) -> Option<Self> {
        let has_mark = |row: &&RankedRow| row.sides.iter().any(|side| side.mark().is_some());
        let highlighted = chart.highlighted.and_then(|i| chart.rows.get(i)).filter(has_mark);
        let row = highlighted.or_else(|| chart.rows.iter().find(has_mark))?;
        let name = named(&row.label, row.second_label.as_deref());
        match (chart.series.as_slice(), row.sides.as_slice()) {
            (series @ ([_] | [_, _]), sides) => Some(Self::new(name, series, sides)),
            _ => None,
        }
    }

    pub(super) fn of_funnel(chart: &Funnel) -> Option<Self> {
        let shown = |stage: &&Stage| stage.sides.iter().any(|side| side.mark().is_some());
        let stage = chart.stages.iter().rev().find(shown)?;
        Some(Self::new(named(&stage.label, stage.second_label.as_deref()), &chart.series, &stage.sides))
    }

    /// Of the two segments that a pair's colours are for.
    pub(super) fn of_trend(chart: &Trend) -> Option<Self> {
        let (mut series, mut sides) = ([None, None], [Side::absent(), Side::absent()]);
        for line in &chart.lines {
            *series.get_mut(line.place)? = Some(line.series.clone());
            sides[line.place] = line.points.last()?.side.clone();
        }
        let name = chart.waves.last()?.label.clone();
        sides.iter().any(|side| side.mark().is_some()).then(|| Self::new(name, &series, &sides))
    }

    fn marks(&self) -> impl Iterator<Item = (usize, &Mark)> {
        self.sides.iter().enumerate().filter_map(|(i, side)| side.mark().map(|mark| (i, mark)))
    }

    /// The name of what it is of, a large figure for each group, and the two on one scale.
    pub(super) fn paint(&self, pen: &Pen<'_>, card: &Rect) -> Result<(), ChartError> {
        pen.rect(*card, Role::Band)?;
        let (left, right) = (card.left + INSIDE, card.right - INSIDE);
        let top = card.top + (card.height() - HEADLINE) / 2.0;
        let ty = pen.set.semibold(16.0);
        pen.words((left, top + 14.0), Words::new(&fit(&self.name, right - left, ty), ty, Role::Ink))?;
        let shown = spec::shown(&self.series);
        let column = (right - left) / shown.len().max(1) as f64;
        for (place, series) in shown.into_iter().enumerate() {
            self.paint_figure(pen, series, (left + column * place as f64, top), column - 12.0)?;
        }
        self.paint_marks(pen, (left, right), top + 162.0)
    }

    /// A group's name over its figure, or over why there is none.
    fn paint_figure(
        &self,
        pen: &Pen<'_>,
        series: usize,
        (left, top): (f64, f64),
        width: f64,
    ) -> Result<(), ChartError> {
        let set = pen.set;
        let ty = set.semibold(14.0);
        let name = self.series[series].as_ref().map_or("", |series| series.name.as_str());
        pen.words((left, top + 54.0), Words::new(&fit(name, width, ty), ty, Role::text(series)))?;
        match &self.sides[series] {
            Side::Shown(mark) => {
                let percent = |mark: &Mark| Decimals::up_to(self.high).percent(mark.rate);
                let text = percent(mark);
                // Both in one size, so that neither looks the larger for being the shorter.
                let both: Vec<String> = self.marks().map(|(_, mark)| percent(mark)).collect();
                let fits = |size: &f64| both.iter().all(|text| set.bold(*size).width(text) <= width);
                let size = FIGURES.into_iter().find(fits).unwrap_or(FIGURES[0]);
                pen.words((left, top + 114.0), Words::new(&text, set.bold(size), Role::text(series)))
            }
            Side::Missing(note) => {
                let ty = set.regular(13.0);
                for (i, text) in wrap(note, width, ty).iter().take(3).enumerate() {
                    pen.words((left, top + 78.0 + 18.0 * i as f64), Words::new(text, ty, Role::Ink3))?;
                }
                Ok(())
            }
        }
    }

    /// The two rates with their intervals on a line from zero.
    fn paint_marks(&self, pen: &Pen<'_>, (left, right): (f64, f64), y: f64) -> Result<(), ChartError> {
        let scale = Scale::from_zero(self.high);
        let x = |rate: f64| left + rate / scale.high * (right - left);
        pen.line((left, y), (right, y), 1.0, Role::Grid)?;
        pen.line((left, y - 14.0), (left, y + 14.0), 1.0, Role::Axis)?;
        let rates: Vec<f64> = self.marks().map(|(_, mark)| x(mark.rate)).collect();
        if let [a, b] = rates.as_slice() {
            pen.line((*a, y), (*b, y), 5.0, Role::Neutral)?;
        }
        for (series, mark) in self.marks() {
            pen.faint_pill((x(mark.low), y), (x(mark.high), y), 14.0, Role::mark(series))?;
        }
        for (series, mark) in self.marks() {
            let role = Role::mark(series);
            if mark.caution {
                pen.circle((x(mark.rate), y), 9.0, Role::Paper.filled())?;
                pen.circle((x(mark.rate), y), 7.6, line(&role, 2.8))?;
            } else {
                pen.circle((x(mark.rate), y), 9.0, role.filled())?;
            }
        }
        Ok(())
    }
}

fn named(label: &str, second: Option<&str>) -> String {
    std::iter::once(label).chain(second).collect::<Vec<_>>().join(" ")
}

//! Strokes at published figures across the marks of dumbbells, columns, rows and ranked dots.

use wxstats::chart::{Bound, Chart, ChartError, Published, Theme, draw};
use wxstats::codebook::Lang;

use super::check_golden;
use super::samples::{bars, dumbbell};

fn at(rate: f64, bound: Bound) -> Published {
    Published { rate, bound }
}

pub(super) fn on_dumbbells(lang: Lang) -> Chart {
    let mut chart = dumbbell(lang);
    if let Chart::Dumbbell(chart) = &mut chart {
        chart.rows[0].published = vec![vec![at(0.3, Bound::At)], vec![at(0.75, Bound::Over)]];
        chart.rows[1].published = vec![vec![at(0.25, Bound::Below)], Vec::new()];
        // Where the value would stand.
        chart.rows[2].published[1] = vec![at(0.7, Bound::At)];
        // Of a side that is withheld.
        chart.rows[5].published[0] = vec![at(0.4, Bound::At)];
    }
    chart
}

pub(super) fn on_bars(lang: Lang, cities: usize) -> Chart {
    let mut chart = bars(lang, cities);
    if let Chart::Bars(chart) = &mut chart {
        chart.groups[0].published = vec![vec![at(0.08, Bound::At)], vec![at(0.25, Bound::Over)]];
        chart.groups[1].published[0] = vec![at(0.1, Bound::Below)];
        chart.groups[3].published[0] = vec![at(0.05, Bound::At)];
    }
    chart
}

#[test]
fn strokes_are_drawn_as_before() {
    check_golden("published-dumbbell", on_dumbbells);
    check_golden("published-columns", |lang| on_bars(lang, 6));
    check_golden("published-rows", |lang| on_bars(lang, 14));
}

#[test]
fn a_published_figure_is_a_fraction() {
    for chart in [on_dumbbells(Lang::En), on_bars(Lang::En, 4)] {
        let mut chart = chart;
        match &mut chart {
            Chart::Dumbbell(chart) => chart.rows[0].published[0][0].rate = 30.0,
            Chart::Bars(chart) => chart.groups[0].published[0][0].rate = -0.1,
            _ => {}
        }
        assert!(matches!(draw(&chart, &Theme::LIGHT), Err(ChartError::Range(_))));
    }
}

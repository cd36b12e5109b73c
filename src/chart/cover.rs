//! The cover of an article: the title, and beside it what the chart is about.
//!
//! What is shown is chosen, not computed: a [`Headline`], or [figures](FiguresCard), or of a scatter plot all bubbles, without
//! labels. A chart without any of these gets its title in larger type.

use plotters::style::Color;

use super::error::ChartError;
use super::figures_card::FiguresCard;
use super::frame::{brand, tag};
use super::headline::Headline;
use super::legend::Legend;
use super::pen::{Pen, Rect, line};
use super::scatter::{Point, Scatter};
use super::scene::Drawing;
use super::terms;
use super::theme::Role;
use super::words::{Anchor, Type, Typeset, Words};
use super::wrap::{balanced, fit, wrap};
use super::{Chart, Head};
use crate::codebook::Lang;

/// Width of the card beside the title, the space before it, and that inside its edges.
const CARD: f64 = 312.0;
const GUTTER: f64 = 40.0;
pub(super) const INSIDE: f64 = 22.0;
/// Sizes of the title, the first whose lines fit being taken.
const TITLES: [f64; 6] = [54.0, 48.0, 42.0, 36.0, 30.0, 24.0];
/// The largest of a title beside a card.
const BESIDE_CARD: f64 = 42.0;
/// A Chinese title is broken between its clauses only, where that leaves it so large, and else between known words.
const CLAUSES: f64 = 36.0;
/// Distance of the title's baselines, by its size.
const LEADING: f64 = 1.28;
const SUBTITLE: (f64, f64) = (16.0, 24.0);
/// Space between title and subtitle.
const BETWEEN: f64 = 12.0;
/// Radius of the bubble with the most respondents.
const BUBBLE: f64 = 15.0;
/// Kept free at the foot, for the brand.
const FOOT: f64 = 58.0;

/// Draws the cover.
pub(super) fn draw(chart: &Chart, set: Typeset) -> Result<Drawing, ChartError> {
    let canvas = set.canvas;
    let height = canvas.height.ok_or(ChartError::NoRoom)?;
    let mut drawing = Drawing::new(canvas.width, height);
    let pen = Pen::new(&mut drawing, set);
    tag(&pen, canvas.margin)?;
    let card = Card::of(chart)?;
    let width = canvas.content() - if card.is_some() { CARD + GUTTER } else { 0.0 };
    let room =
        Rect { left: canvas.margin, top: canvas.above, right: canvas.margin + width, bottom: height - FOOT };
    let largest = if card.is_some() { BESIDE_CARD } else { f64::INFINITY };
    words(chart.head(), &room, largest, &pen)?;
    pen.words((canvas.width - canvas.margin, height - 26.0), brand(set))?;
    notice(chart.head(), &pen, (canvas.margin, height - 26.0), width)?;
    let right = canvas.width - canvas.margin;
    let beside = Rect { left: right - CARD, right, ..room };
    match card {
        Some(Card::Headline(headline)) => headline.paint(&pen, &beside)?,
        Some(Card::Figures(figures)) => figures.paint(&pen, &beside)?,
        Some(Card::Bubbles(chart)) => bubbles(chart, &pen, beside)?,
        None => {}
    }
    drop(pen);
    Ok(drawing)
}

/// The first line of the footer, which says what must be known first: that data is made up, or what the base is.
fn notice(head: &Head, pen: &Pen<'_>, at: (f64, f64), width: f64) -> Result<(), ChartError> {
    let ty = pen.set.regular(11.5);
    let Some(first) = head.footer.first() else { return Ok(()) };
    pen.words(at, Words::new(&fit(first, width, ty), ty, Role::Ink3))
}

/// Whether a line of a Chinese title ends within a clause.
fn parts_clauses(title: &[String], lang: Lang) -> bool {
    let inner = &title[..title.len().saturating_sub(1)];
    lang == Lang::Zh && inner.iter().any(|line| line.ends_with(char::is_alphanumeric))
}

/// What stands beside the title.
enum Card<'a> {
    Headline(Headline),
    Figures(FiguresCard),
    Bubbles(&'a Scatter),
}

impl<'a> Card<'a> {
    fn of(chart: &'a Chart) -> Result<Option<Self>, ChartError> {
        match chart {
            Chart::Dumbbell(chart) => Headline::of_dumbbell(chart).map(Headline::checked).transpose(),
            Chart::Bars(chart) => Headline::of_bars(chart).map(Headline::checked).transpose(),
            Chart::Multiples(chart) => Headline::of_multiples(chart).map(Headline::checked).transpose(),
            Chart::Scatter(chart) => {
                chart.points.iter().try_for_each(|point| {
                    point.x.check(&point.label).and_then(|()| point.y.check(&point.label))
                })?;
                return Ok((!chart.points.is_empty()).then_some(Self::Bubbles(chart)));
            }
            Chart::Ranked(chart) => match Headline::of_ranked(chart) {
                Some(headline) => headline.checked().map(Some),
                None => return Ok(FiguresCard::of_ranked(chart).map(Self::Figures)),
            },
            Chart::Funnel(chart) => Headline::of_funnel(chart).map(Headline::checked).transpose(),
            Chart::Trend(chart) => match Headline::of_trend(chart) {
                Some(headline) => headline.checked().map(Some),
                None => return Ok(FiguresCard::of_trend(chart).map(Self::Figures)),
            },
            Chart::Heatmap(chart) => return Ok(FiguresCard::of_heatmap(chart).map(Self::Figures)),
            Chart::Stacked(chart) => return Ok(FiguresCard::of_stacked(chart).map(Self::Figures)),
            Chart::Spans(chart) => return Ok(FiguresCard::of_spans(chart).map(Self::Figures)),
            Chart::Persons(chart) => return Ok(FiguresCard::of_persons(chart).map(Self::Figures)),
            Chart::Cohorts(chart) => return Ok(FiguresCard::of_cohorts(chart).map(Self::Figures)),
        }
        .map(|headline| headline.map(Self::Headline))
    }
}

/// The bubbles of a scatter plot on scales from zero, with the names of groups and axes.
fn bubbles(chart: &Scatter, pen: &Pen<'_>, card: Rect) -> Result<(), ChartError> {
    pen.rect(card, Role::Band)?;
    let rect = Rect {
        left: card.left + INSIDE,
        top: card.top + 76.0,
        right: card.right - INSIDE,
        bottom: card.bottom - 44.0,
    };
    let ty = pen.set.semibold(12.5);
    let name = |text: String| Words::new(&fit(&text, rect.width(), ty), ty, Role::Ink2);
    Legend::new(&chart.series, Vec::new(), rect.width(), pen.set).paint(pen, (rect.left, card.top + 4.0))?;
    pen.words((rect.left, rect.top - 12.0), name(format!("↑ {}", chart.y_label)))?;
    let x_name = name(format!("{} →", chart.x_label)).anchored(Anchor::End);
    pen.words((rect.right, card.bottom - 18.0), x_name)?;
    pen.line((rect.left, rect.top), (rect.left, rect.bottom), 1.0, Role::Axis)?;
    pen.line((rect.left, rect.bottom), (rect.right, rect.bottom), 1.0, Role::Axis)?;
    let high = |of: fn(&Point) -> f64| chart.points.iter().map(of).fold(0.01, f64::max);
    let (x, y) = (high(|point| point.x.rate), high(|point| point.y.rate));
    let most = high(|point| point.n as f64);
    for point in &chart.points {
        let radius = (BUBBLE * libm::sqrt(point.n as f64 / most)).max(3.0);
        let center = (
            rect.left + point.x.rate / x * (rect.width() - BUBBLE),
            rect.bottom - point.y.rate / y * (rect.height() - BUBBLE),
        );
        let role = Role::mark(point.series);
        pen.circle(center, radius + 1.2, Role::Band.filled())?;
        if point.x.caution || point.y.caution {
            pen.circle(center, radius - 1.0, line(&role, 2.0))?;
        } else {
            pen.circle(center, radius, role.mix(0.88).filled())?;
        }
    }
    Ok(())
}

/// Title and subtitle in the largest type that fits, up to `largest`, in the middle of the height.
fn words(head: &Head, room: &Rect, largest: f64, pen: &Pen<'_>) -> Result<(), ChartError> {
    let subtitle_type = pen.set.regular(SUBTITLE.0);
    let subtitle = wrap(&head.subtitle, room.width(), subtitle_type);
    let lay_out = |size: f64| {
        let ty = pen.set.bold(size);
        let title = balanced(&head.title, room.width(), ty);
        let title_height = size * LEADING * title.len() as f64;
        (ty, title, title_height)
    };
    let fits = |height: f64| height + BETWEEN + SUBTITLE.1 * subtitle.len() as f64 <= room.height();
    let fitting: Vec<(Type, Vec<String>, f64)> = TITLES
        .into_iter()
        .filter(|size| *size <= largest)
        .map(lay_out)
        .filter(|(_, _, height)| fits(*height))
        .collect();
    let between_clauses =
        fitting.iter().find(|(ty, title, _)| ty.size >= CLAUSES && !parts_clauses(title, pen.set.lang));
    let whole = between_clauses.or(fitting.iter().find(|(_, title, _)| !terms::are_parted(title)));
    let (ty, title, title_height) = whole.or(fitting.first()).cloned().ok_or(ChartError::NoRoom)?;
    let height = title_height + BETWEEN + SUBTITLE.1 * subtitle.len() as f64;
    let mut foot = room.top + (room.height() - height) / 2.0;
    for text in &title {
        foot += ty.size * LEADING;
        pen.words((room.left, foot - 0.3 * ty.size), Words::new(text, ty, Role::Ink))?;
    }
    foot += BETWEEN;
    for text in &subtitle {
        foot += SUBTITLE.1;
        pen.words((room.left, foot - 7.0), Words::new(text, subtitle_type, Role::Ink2))?;
    }
    Ok(())
}

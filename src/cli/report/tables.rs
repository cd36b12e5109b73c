//! The tables of the survey that every page is made from.

use anyhow::Result;

use super::subjects::segments_left_out;
use super::{CITY, SEGMENT};
use crate::cli::figures::{Asked, Compared, Figures, Showing};
use crate::cli::project::Project;
use crate::codebook::project::Measured;
use crate::codebook::{Entry, Item, Name, Quantity};
use crate::measure::Shown;
use crate::table::Table;
use crate::tally::WAVE;

/// The two tables that every page is made from.
pub(super) struct Tables {
    pub(super) by_city: Table,
    pub(super) overall: Table,
}

impl Tables {
    pub(super) fn of(
        figures: &Figures,
        compared: Option<&[usize]>,
        scales: &[Entry],
        showing: Showing,
    ) -> Result<Self> {
        // Of more than two segments, letters say who is above whom.
        let asked = |by: Vec<&'static str>| {
            let place = by.len() - 1;
            let letters = compared.filter(|compared| compared.len() > 2).map(|_| place);
            let compare = compared.map(|compared| (place, Compared::Each(compared)));
            Asked { by, compare, letters, ..Asked::default() }
        };
        let (by_city, overall) = (asked(vec![CITY, SEGMENT]), asked(vec![SEGMENT]));
        // Each is a family of its own: what a city's page says does not depend on the overview.
        let table = |asked: Asked<'_>| {
            let mut tables = figures.tables(&[asked], showing)?;
            let mut table = tables.swap_remove(0);
            table.notes.extend(segments_left_out(figures, compared));
            table.notes.extend(not_charted(figures, scales));
            Ok::<_, anyhow::Error>(table)
        };
        Ok(Self { by_city: table(by_city)?, overall: table(overall)? })
    }
}

/// The same by wave, for what changed.
pub(super) struct WaveTables {
    pub(super) by_city: Table,
    pub(super) overall: Table,
    /// Compared are the segments in every wave, where they are two: a trend shows the gap of no more.
    pub(super) gaps_by_city: Option<Table>,
    pub(super) gaps: Option<Table>,
}

impl WaveTables {
    /// The tables of all waves, given the keys of the segments that are compared.
    pub(super) fn of(figures: &Figures, compared: Option<&[String]>, showing: Showing) -> Result<Self> {
        let table = |by: Vec<&str>, compare: (usize, Compared<'_>)| {
            let asked = Asked { by, compare: Some(compare), ..Asked::default() };
            Ok::<_, anyhow::Error>(figures.tables(&[asked], showing)?.swap_remove(0))
        };
        let changes = |by: Vec<&'static str>| {
            let wave = by.len() - 1;
            table(by, (wave, Compared::FirstWithEach))
        };
        let segments = figures.levels(SEGMENT);
        let place = |key: &String| segments.iter().position(|segment| segment == key);
        let two = compared.filter(|compared| compared.len() == 2).unwrap_or_default();
        let places: Vec<usize> = two.iter().filter_map(place).collect();
        let gaps = |by: Vec<&'static str>| {
            let segment = by.len() - 2;
            (places.len() == 2).then(|| table(by, (segment, Compared::Each(&places)))).transpose()
        };
        Ok(Self {
            by_city: changes(vec![CITY, SEGMENT, WAVE])?,
            overall: changes(vec![SEGMENT, WAVE])?,
            gaps_by_city: gaps(vec![CITY, SEGMENT, WAVE])?,
            gaps: gaps(vec![SEGMENT, WAVE])?,
        })
    }
}

/// Charts show shares; items without any are named.
fn not_charted(figures: &Figures, charted: &[Entry]) -> Option<Name> {
    let is_other = |(quantity, shown): &&(Quantity, Shown)| {
        *shown != Shown::Rate && !charted.contains(&Entry::Points(quantity.item.clone()))
    };
    let others = figures.quantities().iter().filter(is_other);
    let others: Vec<String> = others.map(|(quantity, _)| quantity.item.to_string()).collect();
    (!others.is_empty()).then(|| {
        Name::new(
            format!(
                "Not charted, but in the table “Scales and numbers” and in the data files: {}.",
                others.join(", ")
            ),
            format!("未作图、见“量表与数值”表与数据文件：{}。", others.join("、")),
        )
    })
}

/// The scales of the survey that a bar can show.
pub(super) fn scales(figures: &Figures, project: &Project) -> Vec<Entry> {
    /// A bar has so many colours.
    const MOST_POINTS: u32 = 11;
    let book = project.dataset(figures.dataset());
    let is_scale = |item: &&Item| {
        let scale = book.items.get(*item).copied().and_then(Measured::scale);
        scale.is_some_and(|(low, high)| low.abs_diff(high) < MOST_POINTS)
    };
    let items = figures.quantities().iter().map(|(quantity, _)| &quantity.item);
    items.filter(is_scale).cloned().map(Entry::Points).collect()
}

/// How the answers to scales are spread, in every place; compared are their means and scores.
pub(super) struct PointTables {
    pub(super) by_city: Table,
    pub(super) overall: Table,
}

impl PointTables {
    pub(super) fn of(figures: &Figures, showing: Showing) -> Result<Self> {
        let table = |by: Vec<&str>| {
            Ok::<_, anyhow::Error>(
                figures.tables(&[Asked { by, ..Asked::default() }], showing)?.swap_remove(0),
            )
        };
        Ok(Self { by_city: table(vec![CITY, SEGMENT])?, overall: table(vec![SEGMENT])? })
    }
}

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
        let mut tables = figures.families(&[&[by_city], &[overall]], showing)?;
        for table in &mut tables {
            table.notes.extend(segments_left_out(figures, compared));
            table.notes.extend(not_charted(figures, scales));
        }
        let overall = tables.swap_remove(1);
        Ok(Self { by_city: tables.swap_remove(0), overall })
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
        // What is compared stands so many places from the end.
        let tables = |from_end: usize, compared: Compared<'_>| {
            let asked = |by: Vec<&'static str>| {
                let compare = Some((by.len() - from_end, compared));
                [Asked { by, compare, ..Asked::default() }]
            };
            let [by_city, overall] = [vec![CITY, SEGMENT, WAVE], vec![SEGMENT, WAVE]].map(asked);
            let mut tables = figures.families(&[&by_city, &overall], showing)?;
            let overall = tables.swap_remove(1);
            Ok::<_, anyhow::Error>((tables.swap_remove(0), overall))
        };
        let segments = figures.levels(SEGMENT);
        let place = |key: &String| segments.iter().position(|segment| segment == key);
        let two = compared.filter(|compared| compared.len() == 2).unwrap_or_default();
        let places: Vec<usize> = two.iter().filter_map(place).collect();
        let (by_city, overall) = tables(1, Compared::FirstWithEach)?;
        let gaps = (places.len() == 2).then(|| tables(2, Compared::Each(&places))).transpose()?;
        let (gaps_by_city, gaps) = gaps.unzip();
        Ok(Self { by_city, overall, gaps_by_city, gaps })
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
        let asked = |by| Asked { by, ..Asked::default() };
        let mut tables = figures.tables(&[asked(vec![CITY, SEGMENT]), asked(vec![SEGMENT])], showing)?;
        let overall = tables.swap_remove(1);
        Ok(Self { by_city: tables.swap_remove(0), overall })
    }
}

//! What to sum by what ([`Plan`]), the result with its keys ([`Tally`]), and how codes are made to agree across parts.

use std::collections::BTreeSet;
use std::fmt;

use super::{Cells, Grid};
use crate::codebook::{Item, levels};
use crate::ingest::{Batches, Dimension, Schema};

/// Name of the dimension that tells waves apart; every dataset has it.
pub const WAVE: &str = "wave";

/// What the tally sums, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Dimensions to sum by, in the order of the cells' levels.
    pub by: Vec<String>,
    /// Items to sum; none means every item of the parts.
    pub items: Vec<Item>,
}

/// Cells, and the keys behind their codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The sums.
    pub cells: Cells,
    /// The plan's dimensions with their levels by code, in canonical order.
    pub dimensions: Vec<Dimension>,
    /// Items by index.
    pub items: Vec<Item>,
    /// Labels of the cells' strata: wave and stratum.
    pub strata: Vec<String>,
    /// Whether the respondents carry weights.
    pub weighted: bool,
    /// Whether there is more than the one unnamed stratum.
    pub stratified: bool,
}

/// Why the tally cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TallyError {
    /// No part has this dimension.
    UnknownDimension {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No part has this item.
    UnknownItem {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Some parts have weights, or PSUs, and others do not.
    MixedDesign {
        /// `weight` or `psu`.
        column: &'static str,
        /// A wave that has the column.
        with: String,
        /// A wave that does not.
        without: String,
    },
    /// A dimension has more levels than there are codes.
    TooManyLevels {
        /// The dimension.
        name: String,
    },
    /// The product of strata, PSUs and levels exceeds 2⁶³.
    TooManyCells,
}

impl fmt::Display for TallyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownDimension { name, known } => {
                write!(f, "no dimension is called \"{name}\"; there are {}", known.join(", "))
            }
            Self::UnknownItem { name, known } => {
                write!(f, "no item is called \"{name}\"; there are {}", known.join(", "))
            }
            Self::MixedDesign { column, with, without } => write!(
                f,
                "wave \"{with}\" has a {column} column and wave \"{without}\" has none; they cannot be estimated together"
            ),
            Self::TooManyLevels { name } => write!(f, "{name} has more than 65,535 levels"),
            Self::TooManyCells => f.write_str(
                "strata, PSUs and levels combine to more than 2^63 cells; break down by fewer dimensions",
            ),
        }
    }
}

impl std::error::Error for TallyError {}

/// Codes on which all parts agree: the frame into which every part is translated.
pub(super) struct Frame {
    pub(super) dimensions: Vec<Dimension>,
    pub(super) items: Vec<Item>,
    pub(super) grid: Grid,
    pub(super) weighted: bool,
    pub(super) clustered: bool,
    pub(super) parts: Vec<PartCodes>,
}

/// How one part's codes translate into the frame's.
pub(super) struct PartCodes {
    /// For each of the plan's dimensions: where its codes stand in the batch, and the frame's code of each.
    pub(super) dimensions: Vec<Codes>,
    /// Where each of the frame's items stands in the part; `None` when the part does not ask it.
    pub(super) items: Vec<Option<usize>>,
    /// The frame's code of the part's stratum 0; strata of a part stay together.
    pub(super) first_stratum: u32,
    /// The frame's code of the part's PSU 0.
    pub(super) first_psu: u32,
}

/// The codes of one dimension in one part.
pub(super) enum Codes {
    /// The whole part has one level: its wave, or the blank of a column it lacks.
    Constant(u16),
    /// Column of the batch, and the frame's code by the part's code.
    Column { column: usize, translation: Vec<u16> },
}

impl Frame {
    pub(super) fn new(parts: &[&dyn Batches], plan: &Plan) -> Result<Self, TallyError> {
        let schemas: Vec<&Schema> = parts.iter().map(|part| part.schema()).collect();
        let dimensions =
            plan.by.iter().map(|name| frame_levels(&schemas, name)).collect::<Result<Vec<_>, _>>()?;
        let items = frame_items(&schemas, &plan.items)?;
        let weighted = agree(&schemas, "weight", |schema| schema.max_weight.is_some())?;
        let clustered = agree(&schemas, "psu", |schema| schema.psus.is_some())?;
        let max_weight = schemas.iter().filter_map(|schema| schema.max_weight).fold(0.0, f64::max);
        let (mut first_stratum, mut first_psu) = (0, 0);
        let codes = schemas
            .iter()
            .map(|schema| {
                let codes = PartCodes::new(schema, &dimensions, &items, first_stratum, first_psu);
                first_stratum += schema.strata.len() as u32;
                first_psu += schema.psus.unwrap_or(0);
                codes
            })
            .collect();
        Ok(Self {
            dimensions,
            items,
            grid: Grid::for_weights_up_to(if max_weight > 0.0 { max_weight } else { 1.0 }),
            weighted,
            clustered,
            parts: codes,
        })
    }
}

impl PartCodes {
    fn new(
        schema: &Schema,
        dimensions: &[Dimension],
        items: &[Item],
        first_stratum: u32,
        first_psu: u32,
    ) -> Self {
        let position = |levels: &[String], level: &str| {
            levels.iter().position(|known| known == level).unwrap_or_default() as u16
        };
        let dimensions = dimensions
            .iter()
            .map(|frame| {
                if frame.name == WAVE {
                    return Codes::Constant(position(&frame.levels, &schema.wave));
                }
                match schema.dimensions.iter().position(|own| own.name == frame.name) {
                    Some(column) => Codes::Column {
                        column,
                        translation: schema.dimensions[column]
                            .levels
                            .iter()
                            .map(|level| position(&frame.levels, level))
                            .collect(),
                    },
                    None => Codes::Constant(position(&frame.levels, "")),
                }
            })
            .collect();
        let items = items.iter().map(|item| schema.items.iter().position(|own| own == item)).collect();
        Self { dimensions, items, first_stratum, first_psu }
    }
}

/// All levels of one dimension over all parts, in canonical order.
fn frame_levels(schemas: &[&Schema], name: &str) -> Result<Dimension, TallyError> {
    let mut found = BTreeSet::new();
    let mut missing_somewhere = false;
    for schema in schemas {
        if name == WAVE {
            found.insert(schema.wave.clone());
        } else if let Some(dimension) = schema.dimensions.iter().find(|dimension| dimension.name == name) {
            found.extend(dimension.levels.iter().cloned());
        } else {
            missing_somewhere = true;
        }
    }
    if found.is_empty() {
        let mut known: BTreeSet<String> =
            schemas.iter().flat_map(|schema| schema.dimensions.iter().map(|d| d.name.clone())).collect();
        known.insert(WAVE.to_owned());
        return Err(TallyError::UnknownDimension {
            name: name.to_owned(),
            known: known.into_iter().collect(),
        });
    }
    if missing_somewhere {
        found.insert(String::new());
    }
    if found.len() > usize::from(u16::MAX) {
        return Err(TallyError::TooManyLevels { name: name.to_owned() });
    }
    let mut levels: Vec<String> = found.into_iter().collect();
    levels::sort(name, &mut levels);
    Ok(Dimension { name: name.to_owned(), levels })
}

/// The asked-for items, or all items of all parts in order of first appearance.
fn frame_items(schemas: &[&Schema], asked: &[Item]) -> Result<Vec<Item>, TallyError> {
    let mut known: Vec<Item> = Vec::new();
    for item in schemas.iter().flat_map(|schema| &schema.items) {
        if !known.contains(item) {
            known.push(item.clone());
        }
    }
    if asked.is_empty() {
        return Ok(known);
    }
    match asked.iter().find(|item| !known.contains(item)) {
        Some(item) => Err(TallyError::UnknownItem {
            name: item.to_string(),
            known: known.iter().map(Item::to_string).collect(),
        }),
        None => Ok(asked.to_vec()),
    }
}

fn agree(
    schemas: &[&Schema],
    column: &'static str,
    has: impl Fn(&Schema) -> bool,
) -> Result<bool, TallyError> {
    let with = schemas.iter().find(|schema| has(schema));
    let without = schemas.iter().find(|schema| !has(schema));
    match (with, without) {
        (Some(with), Some(without)) => {
            Err(TallyError::MixedDesign { column, with: with.wave.clone(), without: without.wave.clone() })
        }
        (with, _) => Ok(with.is_some()),
    }
}

//! What to sum by what ([`Plan`]), the result with its keys ([`Tally`]), and how codes are made to agree across parts.

use std::collections::BTreeSet;

use super::error::TallyError;
use super::units::{People, Units};
use super::variable::{Question, Reply, Variable};
use super::{Cells, Grid};
use crate::codebook::levels::{self, WAVE};
use crate::codebook::{Answer, Item};
use crate::derive::DOMAIN;
use crate::ingest::{Batches, Dimension, Number, Schema};

/// What the tally sums, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Dimensions to sum by, in the order of the cells' levels.
    pub by: Vec<String>,
    /// What is told apart among the respondents of a cell.
    pub variables: Vec<Variable>,
    /// Whether the parts are waves of the same people.
    pub panel: Panel,
}

/// Whether several parts are waves of the same people, each of them then a PSU over all waves unless the data has PSUs; and
/// what must be known of who is in which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    /// They are of different people.
    #[default]
    Not,
    /// They are, and no figure is of several waves, or compared with one of another wave: whoever is in a figure is in it once. So it is
    /// enough to count the people; the cells tell nobody apart, and take no room for each.
    WaveByWave,
    /// They are, and people are linked by their ids, so that the cells tell everybody apart.
    Linked,
}

/// Cells, and the keys behind their codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The sums.
    pub cells: Cells,
    /// The plan's dimensions with their levels by code, in canonical order.
    pub dimensions: Vec<Dimension>,
    /// The plan's variables.
    pub variables: Vec<Variable>,
    /// By variable and question: whether it is answered with a number.
    pub numbers: Vec<Vec<bool>>,
    /// How many people the waves of a panel have, and how many of them are in several; `None` when it is no panel.
    pub panel: Option<PanelLinks>,
    /// By variable: what each class means, as a reply to each of its questions. Only classes that somebody is in.
    pub classes: Vec<Vec<Vec<Reply>>>,
    /// Labels of the cells' strata: wave and stratum.
    pub strata: Vec<String>,
    /// Whether the respondents carry weights.
    pub weighted: bool,
    /// Whether there is more than the one unnamed stratum.
    pub stratified: bool,
}

/// How the waves of a panel are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanelLinks {
    /// People in any of the waves.
    pub people: u64,
    /// People in more than one.
    pub linked: u64,
}

/// Codes on which all parts agree: the frame into which every part is translated.
pub(super) struct Frame {
    pub(super) dimensions: Vec<Dimension>,
    /// By variable and question: what each code means.
    pub(super) replies: Vec<Vec<Vec<Reply>>>,
    pub(super) grid: Grid,
    pub(super) weighted: bool,
    pub(super) units: Units,
    pub(super) parts: Vec<PartCodes>,
}

/// How one part's codes translate into the frame's.
pub(super) struct PartCodes {
    /// For each of the plan's dimensions: where its codes stand in the batch, and the frame's code of each.
    pub(super) dimensions: Vec<Codes>,
    /// By variable and question.
    pub(super) questions: Vec<Vec<ReplyCodes>>,
}

/// The codes of one dimension in one part.
pub(super) enum Codes {
    /// The whole part has one level: its wave, or the blank of a column it lacks.
    Constant(u16),
    /// Column of the batch, and the frame's code by the part's code.
    Column { column: usize, translation: Vec<u16> },
}

/// The replies to one question in one part; codes 0 and 1 are not asked and blank.
pub(super) enum ReplyCodes {
    /// The part does not ask it.
    NotAsked,
    /// The answers to an item, whose bits are the codes.
    Answers(usize),
    /// A column of numbers, and the frame's code by the part's code.
    Numbers { column: usize, translation: Vec<u32> },
    /// Code 2 is no mention; the items are those that the part asks.
    Mentions(Vec<usize>),
}

impl Frame {
    pub(super) fn new(parts: &[&dyn Batches], plan: &Plan) -> anyhow::Result<Self> {
        let schemas: Vec<&Schema> = parts.iter().map(|part| part.schema()).collect();
        let dimensions =
            plan.by.iter().map(|name| frame_levels(&schemas, name)).collect::<Result<Vec<_>, _>>()?;
        let replies = plan
            .variables
            .iter()
            .map(|variable| variable.0.iter().map(|question| frame_replies(&schemas, question)).collect())
            .collect::<Result<Vec<Vec<_>>, _>>()?;
        let weighted = agree(&schemas, "weight", |schema| schema.max_weight.is_some())?;
        let clustered = agree(&schemas, "psu", |schema| schema.psus.is_some())?;
        let units = match plan.panel {
            Panel::WaveByWave | Panel::Linked if parts.len() > 1 => {
                Units::of_panel(parts, clustered, plan.panel == Panel::Linked)?
            }
            _ => Units::apart(&schemas),
        };
        let max_weight = schemas.iter().filter_map(|schema| schema.max_weight).fold(0.0, f64::max);
        let mut frame = Self {
            dimensions,
            replies,
            grid: Grid::for_weights_up_to(if max_weight > 0.0 { max_weight } else { 1.0 }),
            weighted,
            units,
            parts: Vec::new(),
        };
        for schema in schemas {
            let dimensions = frame.dimensions.iter().map(|frame| Codes::new(schema, frame)).collect();
            let variables = plan.variables.iter().zip(&frame.replies);
            let questions = variables
                .map(|(variable, replies)| {
                    let questions = variable.0.iter().zip(replies);
                    questions.map(|(question, replies)| ReplyCodes::new(schema, question, replies)).collect()
                })
                .collect();
            frame.parts.push(PartCodes { dimensions, questions });
        }
        Ok(frame)
    }

    /// Whether rows are clustered in PSUs.
    pub(super) fn clustered(&self) -> bool {
        self.units.psus.is_some() || matches!(self.units.people, People::Linked(_))
    }

    /// Number of classes of a variable, empty ones included.
    pub(super) fn cardinality(&self, variable: usize) -> Result<u64, TallyError> {
        let sizes = self.replies[variable].iter().map(|replies| replies.len() as u64);
        sizes.into_iter().try_fold(1, u64::checked_mul).ok_or(TallyError::TooManyCells)
    }

    /// What a class means, as a reply to each of the variable's questions. The last question's code runs fastest.
    pub(super) fn class(&self, variable: usize, mut class: u64) -> Vec<Reply> {
        let mut replies: Vec<Reply> = Vec::new();
        for question in self.replies[variable].iter().rev() {
            replies.push(question[(class % question.len() as u64) as usize]);
            class /= question.len() as u64;
        }
        replies.reverse();
        replies
    }
}

impl Codes {
    fn new(schema: &Schema, frame: &Dimension) -> Self {
        let position =
            |level: &str| frame.levels.iter().position(|known| known == level).unwrap_or_default() as u16;
        if frame.name == WAVE {
            return Self::Constant(position(&schema.wave));
        }
        match schema.dimensions.iter().position(|own| own.name == frame.name) {
            Some(column) => {
                let levels = &schema.dimensions[column].levels;
                Self::Column { column, translation: levels.iter().map(|level| position(level)).collect() }
            }
            None => Self::Constant(position("")),
        }
    }
}

impl ReplyCodes {
    fn new(schema: &Schema, question: &Question, replies: &[Reply]) -> Self {
        let yes_no = |item: &Item| schema.items.iter().position(|own| own == item);
        match question {
            Question::Mentions(items) => {
                let asked: Vec<usize> = items.iter().filter_map(yes_no).collect();
                if asked.is_empty() { Self::NotAsked } else { Self::Mentions(asked) }
            }
            Question::Item(item) => {
                if let Some(index) = yes_no(item) {
                    return Self::Answers(index);
                }
                let Some(column) = schema.numbers.iter().position(|own| own.item == *item) else {
                    return Self::NotAsked;
                };
                // Not asked and blank, then the values in their order.
                let known: Vec<f64> = replies
                    .iter()
                    .filter_map(|reply| if let Reply::Number(value) = reply { Some(*value) } else { None })
                    .collect();
                let code = |value: &f64| {
                    let place = known.binary_search_by(|known| known.total_cmp(value));
                    Number::FIRST + place.unwrap_or_default() as u32
                };
                let values = schema.numbers[column].values.iter().map(code);
                Self::Numbers { column, translation: [0, 1].into_iter().chain(values).collect() }
            }
        }
    }
}

/// What the codes of a question mean in all parts.
fn frame_replies(schemas: &[&Schema], question: &Question) -> Result<Vec<Reply>, TallyError> {
    let known = items_of(schemas);
    if let Some(item) = question.items().iter().find(|item| !known.contains(item)) {
        let known = known.iter().map(Item::to_string).collect();
        return Err(TallyError::UnknownItem { name: item.to_string(), known });
    }
    let number =
        |item: &Item| schemas.iter().flat_map(|schema| &schema.numbers).any(|number| number.item == *item);
    let yes_no = |item: &Item| schemas.iter().any(|schema| schema.items.contains(item));
    let not_yes_no = |item: &Item| TallyError::NotYesNo { name: item.to_string() };
    match question {
        Question::Mentions(items) => {
            if let Some(item) = items.iter().find(|item| number(item)) {
                return Err(not_yes_no(item));
            }
            let mentions = (0..=items.len() as u32).map(Reply::Mentions);
            Ok([Reply::NotAsked, Reply::Blank].into_iter().chain(mentions).collect())
        }
        Question::Item(item) if number(item) => {
            if yes_no(item) {
                return Err(not_yes_no(item));
            }
            let numbers = schemas.iter().flat_map(|schema| &schema.numbers);
            let mut values: Vec<f64> = numbers
                .filter(|number| number.item == *item)
                .flat_map(|number| &number.values)
                .copied()
                .collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            let values = values.into_iter().map(Reply::Number);
            Ok([Reply::NotAsked, Reply::Blank].into_iter().chain(values).collect())
        }
        Question::Item(_) => Ok(Answer::ALL.map(Reply::from).to_vec()),
    }
}

/// All items that the parts ask, in order of first appearance.
#[must_use]
pub fn items(parts: &[&dyn Batches]) -> Vec<Item> {
    items_of(&parts.iter().map(|part| part.schema()).collect::<Vec<_>>())
}

fn items_of(schemas: &[&Schema]) -> Vec<Item> {
    let mut known: Vec<Item> = Vec::new();
    for schema in schemas {
        for item in schema.items.iter().chain(schema.numbers.iter().map(|number| &number.item)) {
            if !known.contains(item) {
                known.push(item.clone());
            }
        }
    }
    known
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
        known.remove(DOMAIN);
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

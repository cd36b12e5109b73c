//! The cells that describe a respondent, wide or long: typed, and coded by the dictionaries of their wave.

use std::collections::HashMap;

use crate::codebook::{
    Item,
    gazetteer::{self, CityError},
};

use super::super::code::Code;
use super::super::dataset::{Batch, Number, Schema};
use super::super::problems::{Position, Problem, Problems};
use super::super::shown::quoted;
use super::codes::Codes;
use super::columns::Columns;
use super::design::Design;
use super::levels::{Levels, MAX_LEVELS, TooMany};
use super::row::Row;

/// One respondent without the answers.
#[derive(Debug, Default)]
pub(super) struct Person {
    /// `None` when the id is missing.
    pub(super) pseudonym: Option<u128>,
    pub(super) dimensions: Vec<u16>,
    pub(super) stratum: u32,
    pub(super) psu: u32,
    /// The correction that the row gives for the stratum, and where it stands; it is for [`People::correct`].
    pub(super) fpc: Option<(f64, Position)>,
    pub(super) weight: f64,
}

/// City cells that the gazetteer refuses, and why; looking them up is slow.
pub(super) type RefusedCities = HashMap<String, RefusedCity>;

/// Why the gazetteer refuses a city cell.
#[derive(Debug, Clone)]
pub(super) struct RefusedCity {
    code: Code,
    message: String,
    hint: Option<String>,
}

impl RefusedCity {
    pub(super) fn new(cell: &str, error: &CityError) -> Self {
        let code = match error {
            CityError::Ambiguous { .. } => Code::AmbiguousCity,
            _ => Code::UnknownCity,
        };
        // The error repeats the cell as it is; what is shown must be harmless.
        let message = error.to_string().replace(&format!("\"{}\"", cell.trim()), &quoted(cell));
        Self { code, message, hint: error.hint() }
    }

    /// As a problem of the cell at `at`.
    pub(super) fn problem(self, at: Position) -> Problem {
        let Self { code, message, hint } = self;
        Problem { at, code, message, hint }
    }
}

/// What the ids of people who were made up begin with.
const SYNTHETIC: &str = "synthetic-";

/// What the codes of one wave mean so far.
#[derive(Debug)]
pub(super) struct People {
    dimensions: Vec<Levels>,
    design: Design,
    is_synthetic: bool,
    count: u64,
    max_weight: Option<f64>,
}

impl People {
    pub(super) fn new(columns: &Columns) -> Self {
        Self::with_levels(columns, Levels::new)
    }

    /// Those of a part of a file, to be [absorbed](Self::absorb).
    pub(super) fn of_part(columns: &Columns) -> Self {
        Self::with_levels(columns, Levels::of_part)
    }

    fn with_levels(columns: &Columns, levels: fn(&str) -> Levels) -> Self {
        let known = [columns.segment.map(|_| "segment"), columns.city.map(|_| "city")];
        let others = columns.dimensions.iter().map(|(_, name)| name.as_str());
        let mut design = Design::default();
        if columns.stratum.is_none() {
            design.stratum("");
        }
        Self {
            dimensions: known.into_iter().flatten().chain(others).map(levels).collect(),
            design,
            is_synthetic: false,
            count: 0,
            max_weight: None,
        }
    }

    /// Reads the row's respondent into `person`. What is wrong with a cell is noted and leaves the person's value open.
    pub(super) fn read(
        &mut self,
        row: &mut Row<'_>,
        columns: &Columns,
        refused: &mut RefusedCities,
        pseudonym: &dyn Fn(&str) -> u128,
        person: &mut Person,
    ) {
        let id = row.text(columns.id);
        if id.is_empty() {
            let what = format!("no {}", columns.name(columns.id));
            row.refuse(columns.id, Code::EmptyId, what, "every row needs an id");
        }
        self.is_synthetic |= id.starts_with(SYNTHETIC);
        person.pseudonym = (!id.is_empty()).then(|| pseudonym(id));
        self.read_levels(row, columns, refused, person);
        person.weight = columns.weight.and_then(|column| weight(row, column)).unwrap_or(1.0);
        self.design(row, columns, pseudonym, person);
    }

    /// Reads the levels that the row's respondents stand at.
    pub(super) fn read_levels(
        &mut self,
        row: &mut Row<'_>,
        columns: &Columns,
        refused: &mut RefusedCities,
        person: &mut Person,
    ) {
        person.dimensions.clear();
        if let Some(column) = columns.segment {
            person.dimensions.push(segment(&mut self.dimensions[0], row, column));
        }
        if let Some(column) = columns.city {
            let levels = &mut self.dimensions[usize::from(columns.segment.is_some())];
            person.dimensions.push(city(levels, row, column, refused));
        }
        let first = person.dimensions.len();
        for (levels, &(column, _)) in self.dimensions[first..].iter_mut().zip(&columns.dimensions) {
            let cell = row.cells.cell(column);
            let code = levels.get(cell).unwrap_or_else(|| add(levels, row, column, cell.trim()));
            person.dimensions.push(code);
        }
    }

    fn design(
        &mut self,
        row: &mut Row<'_>,
        columns: &Columns,
        pseudonym: &dyn Fn(&str) -> u128,
        person: &mut Person,
    ) {
        (person.stratum, person.fpc) = (0, None);
        if let Some(column) = columns.stratum {
            match row.text(column) {
                "" => {
                    row.refuse(
                        column,
                        Code::MissingStratum,
                        "no stratum".to_owned(),
                        "every row of a stratified sample has one",
                    );
                    return;
                }
                label => person.stratum = self.design.stratum(label),
            }
        }
        if let Some(column) = columns.psu {
            match row.text(column) {
                "" if column == columns.id => {}
                "" => row.refuse(
                    column,
                    Code::MissingPsu,
                    "no psu".to_owned(),
                    "every row of a clustered sample has one",
                ),
                id => person.psu = self.design.psu(person.stratum, id, pseudonym),
            }
        }
        if let Some(column) = columns.fpc {
            person.fpc = fpc(row, column).map(|fpc| (fpc, row.cells.position(column)));
        }
    }

    /// Takes the correction that the row at `at` gives for its stratum.
    pub(super) fn correct(&mut self, stratum: u32, (fpc, at): (f64, Position)) -> Result<(), Problem> {
        self.design.correct(stratum, fpc, at)
    }

    /// Takes those of the part of the file that follows. What only both together show to be wrong goes to `problems`. By the
    /// codes of the part, the codes here.
    pub(super) fn absorb(&mut self, part: Self, problems: &mut Vec<Problem>) -> Codes {
        let mut dimensions = Vec::with_capacity(self.dimensions.len());
        for (levels, part) in self.dimensions.iter_mut().zip(part.dimensions) {
            let (codes, too_many) = levels.absorb(part);
            problems.extend(too_many.map(|at| too_many_levels(levels, at)));
            dimensions.push(codes);
        }
        let (strata, psus) = self.design.absorb(part.design);
        self.is_synthetic |= part.is_synthetic;
        self.count += part.count;
        self.max_weight = self.max_weight.into_iter().chain(part.max_weight).reduce(f64::max);
        Codes { dimensions, strata, psus, numbers: Vec::new() }
    }

    /// Counts a respondent who was read from a valid row.
    pub(super) fn count(&mut self, person: &Person) {
        self.count += 1;
        self.design.count(person.stratum);
        self.max_weight = Some(self.max_weight.map_or(person.weight, |most| most.max(person.weight)));
    }

    /// The levels of all dimensions, by code.
    pub(super) fn dimensions(&self) -> Vec<&Levels> {
        self.dimensions.iter().collect()
    }

    /// Whether an id says that somebody was made up.
    pub(super) fn is_synthetic(&self) -> bool {
        self.is_synthetic
    }

    /// The names of dimensions other than segment and city whose levels `is_suspect`.
    pub(super) fn suspects(&self, is_suspect: fn(&str) -> bool) -> impl Iterator<Item = &str> {
        let is_other = |levels: &&Levels| !["segment", "city"].contains(&levels.name());
        let others = self.dimensions.iter().filter(is_other);
        others.filter(move |levels| levels.keys().iter().any(|key| is_suspect(key))).map(Levels::name)
    }

    /// What the codes of the wave mean. Notes what only the whole wave shows to be wrong.
    pub(super) fn finish(
        self,
        wave: &str,
        (items, numbers): (Vec<Item>, Vec<Number>),
        columns: &Columns,
        problems: &mut Problems,
    ) -> Schema {
        let max_weight = columns.weight.and(self.max_weight);
        if max_weight == Some(0.0) {
            let of = if wave.is_empty() { String::new() } else { format!(" of wave {}", quoted(wave)) };
            problems.add(Problem::new(Position::START, Code::ZeroWeights, format!("every weight{of} is 0")));
        }
        let (strata, psus) = self.design.finish(columns, problems);
        Schema {
            wave: wave.to_owned(),
            dimensions: self.dimensions.into_iter().map(Levels::into_dimension).collect(),
            items,
            numbers,
            strata,
            stratified: columns.stratum.is_some(),
            psus,
            max_weight,
            synthetic: self.is_synthetic,
            respondents: self.count,
            left_out: Vec::new(),
            usage: None,
            funnel: None,
        }
    }
}

/// Appends a person to a batch, the answers left out.
pub(super) fn append(batch: &mut Batch, person: &Person, columns: &Columns) {
    batch.pseudonyms.extend(person.pseudonym);
    batch.dimensions.resize_with(person.dimensions.len(), Vec::new);
    for (codes, &code) in batch.dimensions.iter_mut().zip(&person.dimensions) {
        codes.push(code);
    }
    batch.strata.push(person.stratum);
    if columns.psu.is_some() {
        batch.psus.get_or_insert_default().push(person.psu);
    }
    if columns.weight.is_some() {
        batch.weights.get_or_insert_default().push(person.weight);
    }
}

fn segment(levels: &mut Levels, row: &mut Row<'_>, column: usize) -> u16 {
    let cell = row.cells.cell(column);
    if let Some(code) = levels.get(cell) {
        return code;
    }
    let key = cell.trim().to_ascii_lowercase();
    if key.is_empty() {
        row.refuse(
            column,
            Code::EmptySegment,
            "no segment".to_owned(),
            "every row needs a segment, such as expat or chinese",
        );
        return 0;
    }
    add(levels, row, column, &key)
}

fn city(levels: &mut Levels, row: &mut Row<'_>, column: usize, refused: &mut RefusedCities) -> u16 {
    const MOST_REFUSED: usize = 1 << 16;
    let cell = row.cells.cell(column);
    if let Some(code) = levels.get(cell) {
        return code;
    }
    if cell.trim().is_empty() {
        row.refuse(column, Code::EmptyCity, "no city".to_owned(), "every row needs a city");
        return 0;
    }
    let refusal = match refused.get(cell) {
        Some(known) => known.clone(),
        None => match gazetteer::resolve(cell) {
            Ok(city) => return add(levels, row, column, city.key),
            Err(error) => {
                let refusal = RefusedCity::new(cell, &error);
                if refused.len() < MOST_REFUSED {
                    refused.insert(cell.to_owned(), refusal.clone());
                }
                refusal
            }
        },
    };
    row.add(refusal.problem(row.cells.position(column)));
    0
}

fn add(levels: &mut Levels, row: &mut Row<'_>, column: usize, key: &str) -> u16 {
    let code = levels.add(row.cells.cell(column), key);
    levels.note_first(|| row.cells.position(column));
    code.unwrap_or_else(|TooMany| {
        row.add(too_many_levels(levels, row.cells.position(column)));
        0
    })
}

fn too_many_levels(levels: &Levels, at: Position) -> Problem {
    let message = format!("column {} has more than {MAX_LEVELS} different values", quoted(levels.name()));
    Problem::new(at, Code::TooManyLevels, message)
        .hint("a column to break down by has few; remove the column if it is an id, a time or free text")
}

fn weight(row: &mut Row<'_>, column: usize) -> Option<f64> {
    const HINT: &str = "a weight is a number, 0 or above";
    /// Squares of weights must stay within the range of a double.
    const RANGE: std::ops::RangeInclusive<f64> = 1e-100..=1e100;
    let cell = row.text(column);
    if cell.is_empty() {
        row.refuse(column, Code::MissingWeight, "no weight".to_owned(), HINT);
        return None;
    }
    let what = match cell.parse::<f64>() {
        // The sum turns -0 into 0.
        Ok(weight) if weight == 0.0 || RANGE.contains(&weight) => return Some(weight + 0.0),
        Ok(weight) if weight.is_finite() && weight > 0.0 => "is not between 1e-100 and 1e100",
        Ok(weight) if weight < 0.0 && weight.is_finite() => "is negative",
        Ok(_) => "is not finite",
        Err(_) => "is not a number",
    };
    row.refuse(column, Code::BadWeight, format!("weight {} {what}", quoted(cell)), HINT);
    None
}

fn fpc(row: &mut Row<'_>, column: usize) -> Option<f64> {
    let cell = row.text(column);
    let what = match cell.parse::<f64>() {
        Ok(fpc) if fpc.is_finite() && fpc > 0.0 => return Some(fpc),
        _ if cell.is_empty() => "no fpc".to_owned(),
        _ => format!("fpc {} is not a number above 0", quoted(cell)),
    };
    row.refuse(
        column,
        Code::BadFpc,
        what,
        "fpc is the size of the population, or the fraction of it that was drawn",
    );
    None
}

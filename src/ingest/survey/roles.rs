//! The header of a table that stays where it is, on a cluster for example, to what its columns hold; and the levels that its cells
//! stand for.
//!
//! In: the names of its columns, and what the codebook says of them. Out: [`Roles`]. Refuses what a file with that header is
//! refused for, and tables that are neither a survey with a row for every respondent nor a usage log.

use crate::codebook::gazetteer;
use crate::codebook::project::{ALL_OTHERS, AnswerSource, Cells, ColumnRef, ColumnsBook, Role, Source};

use super::super::code::Code;
use super::super::intake::{NumberItem, Options};
use super::super::problems::{Position, Problem, Problems};
use super::super::shown::quoted;
use super::columns::{self, Columns, Form, Names};
use super::people::RefusedCity;
use crate::codebook::Item;

/// What the columns of a table hold; columns are places in its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// The ids of respondents, or users; `None` where every row is a respondent of its own.
    pub id: Option<usize>,
    /// Segment and city, as far as there are such, then the others.
    pub dimensions: Vec<RoleLevels>,
    /// Weights.
    pub weight: Option<usize>,
    /// Sampling strata.
    pub stratum: Option<usize>,
    /// Primary sampling units.
    pub psu: Option<usize>,
    /// Finite population corrections.
    pub fpc: Option<usize>,
    /// Waves.
    pub wave: Option<usize>,
    /// What its rows are.
    pub rows: RoleRows,
    /// Columns that are left out as personal data.
    pub dropped: Vec<String>,
}

/// What the rows of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleRows {
    /// Respondents.
    Respondents {
        /// Items of yes and no.
        yes_no: Vec<(usize, Item)>,
        /// Items of numbers.
        numbers: Vec<(usize, NumberItem)>,
    },
    /// Events, each of some user.
    Events {
        /// The feature.
        feature: usize,
        /// What was done with it.
        action: usize,
        /// When.
        time: usize,
        /// How often.
        count: Option<usize>,
    },
}

/// A column to break down by, and what its cells stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleLevels {
    /// Name of the dimension.
    pub name: String,
    /// The column.
    pub column: usize,
    /// Cells and their levels as the codebook gives them; none where cells are levels as they are.
    levels: Vec<(String, String)>,
}

impl Roles {
    /// The roles of a table's columns; `None` when something is wrong with them, which is noted.
    pub fn of(names: &[String], options: &Options, problems: &mut Problems) -> Option<Self> {
        let before = problems.total();
        if !options.quality.is_empty() {
            let hint = "rules of quality look at every row as it is read; leave rows out before";
            refuse(
                problems,
                Code::UnclearColumn,
                "the codebook leaves rows out, and this table is not read here",
                hint,
            );
        }
        let positions = (1..).take(names.len()).map(|column| Position { line: 1, column }).collect();
        let roles = if options.columns.is_empty() {
            let columns = columns::read(&Names::new(names, positions), options, problems)?;
            Self::new(columns, |column| column, |_| Vec::new(), problems)
        } else {
            Self::declared(names, options, problems)
        };
        roles.filter(|_| problems.total() == before)
    }

    /// Those that the codebook declares.
    fn declared(names: &[String], options: &Options, problems: &mut Problems) -> Option<Self> {
        let ColumnsBook { roles, dimensions, answers, .. } = &options.columns;
        let (mut canonical, mut places) = (Vec::new(), Vec::new());
        let mut add = |name: String, place: Option<usize>| {
            canonical.push(name);
            places.push(place.unwrap_or_default());
        };
        if roles.get(&Role::RespondentId).is_none_or(|source| *source == Source::Row) {
            add(Role::RespondentId.key().to_owned(), None);
        }
        let named = roles.iter().map(|(role, source)| (role.key(), source));
        for (name, source) in named.chain(dimensions.iter().map(|(name, source)| (name.as_str(), source))) {
            match source {
                Source::Row => {}
                Source::Column { column, .. } => add(name.to_owned(), find(names, column, problems)),
                Source::Value(_) => {
                    let hint = "give the table a column of it";
                    refuse(problems, Code::UnclearColumn, format!("{name} is one value for everybody"), hint);
                }
            }
        }
        for (item, AnswerSource { column, row, cells }) in answers {
            if row.is_some() || *cells != Cells::Answers {
                let hint = "give the table a column of its answers: 1, 0, empty or -3, or a number";
                let message = format!(
                    "the codebook reads {item} from words or options, and this table is not read here"
                );
                refuse(problems, Code::UnclearColumn, message, hint);
            }
            add(item.to_string(), find(names, column, problems));
        }
        let columns = columns::declared(&canonical, options, problems)?;
        let levels = |name: &str| {
            let role = Role::ALL.into_iter().find(|role| role.key() == name);
            let source = role.and_then(|role| roles.get(&role));
            let other = || dimensions.iter().find(|(own, _)| own == name).map(|(_, source)| source);
            match source.or_else(other) {
                Some(Source::Column { levels, .. }) => levels.clone(),
                _ => Vec::new(),
            }
        };
        let mut made = Self::new(columns, |column| places[column], levels, problems)?;
        if !roles.contains_key(&Role::RespondentId) || roles[&Role::RespondentId] == Source::Row {
            made.id = None;
        }
        Some(made)
    }

    fn new(
        columns: Columns,
        place: impl Fn(usize) -> usize,
        levels: impl Fn(&str) -> Vec<(String, String)>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let rows = match columns.form {
            Form::Wide(items) => RoleRows::Respondents {
                yes_no: items.yes_no.into_iter().map(|(column, item)| (place(column), item)).collect(),
                numbers: items.numbers.into_iter().map(|(column, item)| (place(column), item)).collect(),
            },
            Form::Events(events) => RoleRows::Events {
                feature: events.feature,
                action: events.action,
                time: events.time,
                count: events.count,
            },
            Form::Long(_) | Form::Articles(_) | Form::Funnel(_) => {
                let hint = "a survey with a row for every respondent, or a usage log, is; read others here, without --engine";
                refuse(problems, Code::UnclearColumn, "no table of this form is summed where it is", hint);
                return None;
            }
        };
        let known = [(columns.segment, "segment"), (columns.city, "city")];
        let known = known.into_iter().filter_map(|(column, name)| Some((column?, name.to_owned())));
        let dimensions = known.chain(columns.dimensions).map(|(column, name)| {
            let levels = levels(&name);
            RoleLevels { name, column: place(column), levels }
        });
        for name in ["respondent_id", "weight", "stratum", "psu", "fpc", "wave"] {
            if !levels(name).is_empty() {
                let hint = "levels are for segment, city and dimensions; give the table such a column";
                refuse(problems, Code::UnclearColumn, format!("the codebook gives levels for {name}"), hint);
            }
        }
        let placed = |column: Option<usize>| column.map(&place);
        Some(Self {
            id: Some(place(columns.id)),
            dimensions: dimensions.collect(),
            weight: placed(columns.weight),
            stratum: placed(columns.stratum),
            psu: placed(columns.psu),
            fpc: placed(columns.fpc),
            wave: placed(columns.wave),
            rows,
            dropped: columns.dropped,
        })
    }
}

impl RoleLevels {
    /// The level that a cell stands for.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn level(&self, cell: &str) -> Result<String, Problem> {
        let cell = cell.trim();
        let cell = if self.levels.is_empty() { cell } else { self.declared(cell)? };
        let missing = |code, message: &str, hint: &str| Err(self.problem(code, message).hint(hint));
        match self.name.as_str() {
            "segment" if cell.is_empty() => missing(
                Code::EmptySegment,
                "no segment",
                "every row needs a segment, such as expat or chinese",
            ),
            "city" if cell.is_empty() => missing(Code::EmptyCity, "no city", "every row needs a city"),
            "segment" => Ok(cell.to_ascii_lowercase()),
            "city" => match gazetteer::resolve(cell) {
                Ok(city) => Ok(city.key.to_owned()),
                Err(error) => Err(RefusedCity::new(cell, &error).problem(self.position())),
            },
            _ => Ok(cell.to_owned()),
        }
    }

    fn declared<'a>(&'a self, cell: &'a str) -> Result<&'a str, Problem> {
        let level =
            |name: &str| self.levels.iter().find(|(cell, _)| cell == name).map(|(_, level)| level.as_str());
        match level(cell).or_else(|| level(ALL_OTHERS).filter(|_| !cell.is_empty())) {
            Some(ALL_OTHERS) => Ok(cell),
            Some(level) => Ok(level),
            None => {
                let message = format!("the codebook gives no level of {} for {}", self.name, quoted(cell));
                let hint = "\"*\" stands for all others, \"\" for blank cells";
                Err(self.problem(Code::UnknownLevel, &message).hint(hint))
            }
        }
    }

    fn problem(&self, code: Code, message: &str) -> Problem {
        Problem::new(self.position(), code, message)
    }

    fn position(&self) -> Position {
        Position { line: 1, column: 1 + self.column as u64 }
    }
}

/// The place of a column that the codebook names.
fn find(names: &[String], column: &ColumnRef, problems: &mut Problems) -> Option<usize> {
    let number = column.name.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
    let place = match number {
        Some(number) => number.checked_sub(1).filter(|place| *place < names.len()),
        None => names.iter().position(|name| name.trim() == column.name),
    };
    if place.is_none() {
        let message = format!(
            "there is no column {}, which line {} of the codebook names",
            quoted(&column.name),
            column.line
        );
        let hint = "name it as the table does, or by its place, such as \"#7\"";
        refuse(problems, Code::MissingColumn, message, hint);
    }
    place
}

fn refuse(problems: &mut Problems, code: Code, message: impl Into<String>, hint: &str) {
    problems.add(Problem::new(Position::START, code, message).hint(hint));
}

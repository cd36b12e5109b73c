//! A path on a cluster → its dataset: views of the table and of its people, and a part for every wave.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::cells::Column;
use super::dialog::Source;
use super::events::Events;
use super::people::People;
use super::profile::{Profile, profiles};
use super::session::Session;
use super::{ClusterError, ClusterPart, sql};
use crate::ingest::{Code, EventColumns, Notice, Options, Position, Problem, Problems, RoleRows, Roles};

/// Why a table is not read.
#[derive(Debug)]
pub enum TableError {
    /// All that is wrong with it.
    Problems(Problems),
    /// The cluster gives no answer.
    Cluster(ClusterError),
}

impl From<ClusterError> for TableError {
    fn from(error: ClusterError) -> Self {
        Self::Cluster(error)
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => problems.fmt(f),
            Self::Cluster(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TableError {}

/// How a CSV is read: what is not as it should be fails, and every cell is a text.
const CSV: [(&str, &str); 7] = [
    ("header", "true"),
    ("inferSchema", "false"),
    ("enforceSchema", "false"),
    ("mode", "FAILFAST"),
    ("encoding", "UTF-8"),
    ("escape", "\""),
    ("multiLine", "false"),
];

/// What a table holds.
pub struct Table {
    /// Its waves.
    pub parts: Vec<ClusterPart>,
    /// Columns that were left out as personal data.
    pub dropped: Vec<String>,
    /// What its user should hear of.
    pub notices: Vec<Notice>,
}

/// Looks at the table at a path that the cluster sees. Nobody is summed yet; whether everything in it can be is.
///
/// # Errors
/// [`TableError`].
pub fn read(session: &Arc<Session>, path: &str, options: &Options) -> Result<Table, TableError> {
    /// Tables of one session have names of their own.
    static TABLES: AtomicU32 = AtomicU32::new(0);
    let number = TABLES.fetch_add(1, Ordering::Relaxed);
    let (table, view) = (format!("wxstats_table_{number}"), format!("wxstats_people_{number}"));
    let mut problems = Problems::new(options.file.clone());
    let Some(source) = files(path) else {
        let hint = "a folder of files may be called so too: survey.parquet";
        let message = "the name ends neither in .parquet nor in .csv";
        problems.add(Problem::new(Position::START, Code::NotText, message).hint(hint));
        return Err(TableError::Problems(problems));
    };
    session.view(&table, source)?;
    let header = session.query(&format!("SELECT * FROM {} LIMIT 0", sql::name(&table)))?.header;
    let names: Vec<String> = header.iter().map(|(name, _)| name.clone()).collect();
    let Some(mut roles) = Roles::of(&names, options, &mut problems) else {
        return Err(TableError::Problems(problems));
    };
    let columns: Vec<Column> = header.into_iter().map(|(name, kind)| Column { name, kind }).collect();
    let dropped = std::mem::take(&mut roles.dropped);
    let (parts, notices) = match roles.rows.clone() {
        RoleRows::Respondents { yes_no, numbers } => {
            let people = People::of_survey(&table, &view, &columns, roles, yes_no, numbers);
            session.view(&view, Source::Query(people.query.clone()))?;
            let profiles = profiles(session, &people, problems)?;
            (parts(session, people, profiles), Vec::new())
        }
        RoleRows::Events { feature, action, time, count } => {
            let (events, of) =
                (format!("wxstats_events_{number}"), EventColumns { feature, action, time, count });
            let events = Events::new(session, &table, &events, &columns, &roles, of, options.usage)?;
            let (mut users, problems) = events.users(&view, problems)?;
            session.view(&view, Source::Query(users.people.query.clone()))?;
            let profiles = profiles(session, &users.people, problems)?;
            let profiles = users.finish(session, profiles, Problems::new(options.file.clone()))?;
            (parts(session, users.people, profiles), users.notices)
        }
    };
    Ok(Table { parts, dropped, notices })
}

/// A part for every wave.
fn parts(session: &Arc<Session>, people: People, profiles: Vec<Profile>) -> Vec<ClusterPart> {
    let people = Arc::new(people);
    let part = |profile| ClusterPart { session: Arc::clone(session), people: Arc::clone(&people), profile };
    profiles.into_iter().map(part).collect()
}

/// The files at a path, by the ending of its name.
fn files(path: &str) -> Option<Source> {
    let name = path.trim_end_matches('/').to_ascii_lowercase();
    let (format, options) = match () {
        () if name.ends_with(".parquet") => ("parquet", Vec::new()),
        () if [".csv", ".csv.gz", ".csv.zst"].iter().any(|ending| name.ends_with(ending)) => {
            ("csv", CSV.to_vec())
        }
        () => return None,
    };
    Some(Source::Files { format, options, path: path.to_owned() })
}

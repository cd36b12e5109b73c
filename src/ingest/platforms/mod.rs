//! What wrote a file that is not in the canonical schema, and what its columns are headed.
//!
//! In: the first rows of a file. Out: a [`Header`]: the platform, how many rows the header takes, and for each column the
//! question that it belongs to and which part of it. What a column *means* is for the codebook to say. Each platform has
//! a file of its own; recognition rests on what stands in the rows, never on a file's name.

mod articles;
mod credamo;
mod generic;
mod google_forms;
mod meta;
mod numbered;
mod parts;
mod qualtrics;
mod surveymonkey;
mod tencent;
mod wjx;

use std::collections::BTreeMap;

use super::mapping::RawRow;
use crate::codebook::Platform;

pub use articles::{ArticleExport, ArticleTable, STATED};
pub use meta::Meta;

/// How many rows the longest header has.
pub const LONGEST_HEADER: usize = 3;

/// The header of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What wrote it.
    pub platform: Platform,
    /// How many rows the header takes, at most [`LONGEST_HEADER`].
    pub rows: usize,
    /// One heading per column.
    pub columns: Vec<Heading>,
}

/// What is known of a column before a cell of it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// The header, without spaces around it.
    pub name: String,
    /// The question that it belongs to, such as `Q7`; empty where questions are not numbered.
    pub question: String,
    /// The wording of the question.
    pub wording: String,
    /// Which option, row or blank of the question; empty where it is the whole answer.
    pub part: String,
    /// What it says about the interview rather than of its answers.
    pub meta: Option<Meta>,
}

impl Heading {
    fn plain(name: &str) -> Self {
        let name = name.trim();
        Self { name: name.to_owned(), wording: name.to_owned(), meta: Meta::of(name), ..Self::default() }
    }
}

/// How a platform is recognised: the headings of its files, or `None` for the files of others.
type Recognise = fn(&[RawRow]) -> Option<Header>;

/// Takes the first rows of a file for what they are. `as_platform` is what the codebook says wrote it.
pub(super) fn recognise(rows: &[RawRow], as_platform: Option<Platform>) -> Header {
    const KNOWN: [(Platform, Recognise); 6] = [
        (Platform::Qualtrics, qualtrics::recognise),
        (Platform::SurveyMonkey, surveymonkey::recognise),
        (Platform::GoogleForms, google_forms::recognise),
        (Platform::Tencent, tencent::recognise),
        (Platform::Credamo, credamo::recognise),
        (Platform::Wjx, wjx::recognise),
    ];
    let mut asked = KNOWN.iter().filter(|(platform, _)| as_platform.is_none_or(|asked| asked == *platform));
    let recognised = asked.find_map(|(_, recognise)| recognise(rows));
    let mut header = recognised.unwrap_or_else(|| generic::header(rows));
    tell_apart(&mut header.columns);
    Header { platform: as_platform.unwrap_or(header.platform), ..header }
}

/// Numbers of questions come again where pages number their own, and so do wordings and the texts of rows: the second is called
/// `Q1#2`, so that each name means one question and one part of it.
fn tell_apart(columns: &mut [Heading]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for column in columns.iter().filter(|column| column.question.is_empty()) {
        counts.entry(column.name.clone()).or_insert(1);
    }
    let mut start = 0;
    while start < columns.len() {
        let question = columns[start].question.clone();
        let end = start + columns[start..].iter().take_while(|column| column.question == question).count();
        if !question.is_empty() {
            let name = numbered_name(&question, &mut counts);
            let mut parts = BTreeMap::new();
            for column in &mut columns[start..end] {
                column.question.clone_from(&name);
                if !column.part.is_empty() {
                    column.part = numbered_name(&column.part, &mut parts);
                }
            }
        }
        start = end;
    }
}

/// The name, with a number where it came before.
fn numbered_name(name: &str, counts: &mut BTreeMap<String, usize>) -> String {
    let count = counts.entry(name.to_owned()).and_modify(|count| *count += 1).or_insert(1);
    if *count == 1 { name.to_owned() } else { format!("{name}#{count}") }
}

/// A header of one row.
fn one_row(platform: Platform, columns: Vec<Heading>) -> Header {
    Header { platform, rows: 1, columns }
}

/// The cells of row `index`; none where there are fewer rows.
fn row(rows: &[RawRow], index: usize) -> &[String] {
    rows.get(index).map_or(&[], |row| &row.cells)
}

//! The first rows of a file: what its columns are, canonical or by the codebook.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::code::Code;
use super::super::intake::{ColumnUse, Notice, Options};
use super::super::mapping::{MappedRow, Mapping, RawRow};
use super::super::platforms::{self, ArticleTable, LONGEST_HEADER};
use super::super::problems::{Position, Problem, Problems};
use super::super::records::Records;
use super::super::shown;
use super::columns::{self, Columns, Names};
use super::rows::{MappedRows, Rows};
use crate::codebook::Platform;

/// A file whose columns are known.
pub(super) struct Begun<R> {
    pub(super) rows: Rows<R>,
    pub(super) columns: Columns,
    /// What the file was taken for, where it is not canonical.
    pub(super) taken: Option<Notice>,
    /// What became of the file's columns.
    pub(super) uses: Vec<ColumnUse>,
}

/// Reads as many rows as the header takes. When something is wrong with it, which is noted, the other rows are read for
/// what is wrong with their form.
pub(super) fn begin<R: Read>(
    mut records: Records<R>,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Option<Begun<R>>> {
    let found = if options.columns.is_empty() && options.quality.is_empty() {
        canonical(&mut records, options, problems)?
    } else {
        mapped(&mut records, options, problems)?
    };
    if let Some(Found { columns, mapped, taken, header }) = found.filter(|_| problems.is_empty()) {
        let mapping = mapped.as_ref().map(|rows: &MappedRows| &rows.mapping);
        let uses = uses(&header, &columns, mapping);
        return Ok(Some(Begun { rows: Rows { records, mapped }, columns, taken, uses }));
    }
    while records.next(problems)?.is_some() {}
    Ok(None)
}

/// What the header says.
struct Found {
    columns: Columns,
    mapped: Option<MappedRows>,
    taken: Option<Notice>,
    /// Its first row.
    header: RawRow,
}

/// A file whose header is all that is needed.
fn canonical<R: Read>(
    records: &mut Records<R>,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Option<Found>> {
    let header = records.next(problems)?.map(|header| RawRow::new(&header));
    let Some(header) = header else {
        refuse_empty(problems);
        return Ok(None);
    };
    if let Some(table) = ArticleTable::recognise(&header) {
        return Ok(of_articles(&table, header, options, problems));
    }
    if let Some(what) = of_an_account(&header) {
        let message = format!("the file is no survey and no table of articles; it was taken for {what}");
        let hint = "wxstats accounts FILE tells what is in it";
        problems.add(Problem::new(Position::START, Code::NotArticles, message).hint(hint));
        return Ok(None);
    }
    if let Some(platform) = written_by(&header) {
        let message = format!("the file is not in the canonical schema; it was taken for {platform}");
        let hint = "wxstats codebook FILE -o wxstats.toml drafts a codebook that says what its columns mean";
        problems.add(Problem::new(Position::START, Code::NoCodebook, message).hint(hint));
        return Ok(None);
    }
    let columns = columns::read(&Names::of(&header), options, problems);
    Ok(columns.map(|columns| Found { columns, mapped: None, taken: None, header }))
}

/// A platform's table of articles.
fn of_articles(
    table: &ArticleTable,
    header: RawRow,
    options: &Options,
    problems: &mut Problems,
) -> Option<Found> {
    let mapping = Mapping::of_articles(table, &header);
    let columns = columns::read(&Names::new(mapping.names(), mapping.header_of(&header)), options, problems)?;
    let taken = Some(Notice::TakenForArticles { export: table.export });
    let mapped = MappedRows { ahead: VecDeque::new(), mapping, row: MappedRow::default() };
    Some(Found { columns, mapped: Some(mapped), taken, header })
}

/// What a file of an account's own figures is, by its first row.
fn of_an_account(header: &RawRow) -> Option<&'static str> {
    let has = |begins: &str| header.cells.iter().any(|cell| cell.trim().starts_with(begins));
    let known = [
        ("数据趋势概况", "公众平台's 流量分析"),
        ("累积关注人数", "公众平台's 用户分析"),
        ("微信支付账单明细", "a bill of WeChat Pay"),
    ];
    known.into_iter().find(|(begins, _)| has(begins)).map(|(_, what)| what)
}

/// The platform that wrote a file, of which nothing is said, if its header is one of theirs and has no canonical name.
fn written_by(header: &RawRow) -> Option<Platform> {
    if header.cells.iter().any(|cell| columns::is_canonical(cell.trim())) {
        return None;
    }
    let platform = platforms::recognise(std::slice::from_ref(header), None).platform;
    (platform != Platform::Generic).then_some(platform)
}

/// A file of which the codebook says something.
fn mapped<R: Read>(
    records: &mut Records<R>,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Option<Found>> {
    let mut ahead = RawRow::ahead(records, LONGEST_HEADER, problems)?;
    if ahead.is_empty() {
        refuse_empty(problems);
        return Ok(None);
    }
    let is_canonical = options.columns.is_empty();
    let platform = options.columns.platform.or(is_canonical.then_some(Platform::Generic));
    let header = platforms::recognise(&ahead, platform);
    let rows = ahead.split_off(header.rows.min(ahead.len()));
    let of = |mapping| MappedRows { ahead: rows.into(), mapping, row: MappedRow::default() };
    if is_canonical {
        let Some(mapping) = Mapping::screening(&options.quality, &header, problems) else { return Ok(None) };
        let names = Names::new(mapping.names(), mapping.header_of(&ahead[0]));
        let columns = columns::read(&names, options, problems);
        let header = ahead.swap_remove(0);
        return Ok(columns.map(|columns| Found { columns, mapped: Some(of(mapping)), taken: None, header }));
    }
    let Some(mapping) = Mapping::new(&options.columns, &options.quality, &header, problems) else {
        return Ok(None);
    };
    let taken = Notice::TakenFor { platform: header.platform, header_rows: header.rows };
    let columns = columns::declared(mapping.names(), options, problems);
    let header = ahead.swap_remove(0);
    Ok(columns.map(|columns| Found { columns, mapped: Some(of(mapping)), taken: Some(taken), header }))
}

/// What became of each column of the file.
fn uses(header: &RawRow, columns: &Columns, mapping: Option<&Mapping>) -> Vec<ColumnUse> {
    let names = header.cells.iter().map(|cell| cell.trim()).enumerate();
    let used = names.map(|(index, name)| {
        let shown = if shown::looks_like_data(name) { String::new() } else { shown::plain(name) };
        let serves = match mapping {
            Some(mapping) => mapping.uses()[index].clone(),
            None => vec![shown.clone()],
        };
        let is_dropped = columns.dropped.contains(&shown) || columns.dropped.contains(&shown::number(index));
        ColumnUse {
            name: shown,
            serves: if is_dropped { Vec::new() } else { serves },
            is_personal: is_dropped,
        }
    });
    used.collect()
}

fn refuse_empty(problems: &mut Problems) {
    if problems.is_empty() {
        let hint = "a survey begins with a header that names its columns";
        problems.add(Problem::new(Position::START, Code::EmptyFile, "the file is empty").hint(hint));
    }
}

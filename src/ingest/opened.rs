//! A file whose form is known.
//!
//! In: the bytes of a file, to be read more than once, and what its user says of it. The first reading finds out what
//! they are packed in and how their characters are spelled; the second gives the records. What cannot be read is a
//! problem of the file, met at its first record.

use std::io::{self, Read, Seek, SeekFrom};

use super::code::Code;
use super::container::{Container, HEAD, container};
use super::dataset::Origin;
use super::decode::{Decoder, Fault, Filled};
use super::delimiter::{Delimiter, delimiter, is_enough};
use super::document::{Kind, Lines, MAX_DOCUMENT};
use super::encoding::{Encoding, Spelling, spelling};
use super::intake::Notice;
use super::origin::Fingerprinted;
use super::problems::{Position, Problem};
use super::records::{MAX_RECORD, Records};
use super::unpack::{Packed, unpack};
use super::workbook::{self, MAX_WORKBOOK, Sheet};

/// How many bytes are read at a time to learn the form.
const PIECE: usize = 256 << 10;
/// How many bytes of records are read at a time, and with them about how long the blocks are that threads read.
pub(super) const BLOCK: usize = 1 << 20;

/// What is said of a file that it need not be searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dialect {
    /// How its characters are spelled.
    pub encoding: Option<Encoding>,
    /// What separates its cells.
    pub delimiter: Option<Delimiter>,
    /// Which sheet of a workbook.
    pub sheet: Option<String>,
    /// The line, or row of a sheet, in which the header begins, from 1; those above it are not read.
    pub header: Option<u64>,
}

/// A file whose form is known.
pub struct Opened<R> {
    bytes: Fingerprinted<R>,
    length: u64,
    form: Result<Form, Fault>,
    /// Line in which the header begins.
    header: u64,
    /// What is worth saying of the form.
    notices: Vec<Notice>,
}

/// What was found out.
enum Form {
    Text(TextForm),
    Sheet(Sheet),
    Document(TextForm, Result<Lines, Problem>),
}

#[derive(Debug, Clone, Copy)]
struct TextForm {
    container: Container,
    spelling: Spelling,
    delimiter: Delimiter,
}

impl<R: Read + Seek> Opened<R> {
    /// Finds out the form of a file.
    ///
    /// # Errors
    /// When its bytes cannot be read.
    pub fn new(mut input: R, dialect: &Dialect) -> io::Result<Self> {
        let length = input.seek(SeekFrom::End(0))?;
        input.rewind()?;
        let mut head = Vec::with_capacity(HEAD);
        input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let container = container(&head);
        let text = match container {
            Ok(container @ (Container::Text | Container::Gzip | Container::Zstd)) => {
                Some(text_form(&mut Packed { file: &mut input, container, length }, dialect)?)
            }
            _ => None,
        };
        input.rewind()?;
        let mut bytes = Fingerprinted::new(input);
        let form = match (container, text) {
            (Err(fault), _) => Err(fault),
            (Ok(_), Some(form)) => form,
            (Ok(container), None) => sheet(&mut bytes, length, container, dialect)?.map(Form::Sheet),
        };
        let notices = form.as_ref().map_or_else(|_| Vec::new(), |form| notices(form, dialect));
        Ok(Self { bytes, length, form, header: dialect.header.unwrap_or(1), notices })
    }

    /// The records of the file, to be asked for once.
    ///
    /// # Errors
    /// When its first bytes cannot be read.
    pub fn records(&mut self) -> io::Result<Records<Box<dyn Read + '_>>> {
        self.records_in_pieces(BLOCK)
    }

    /// As [`records`](Self::records), reading `piece` bytes at a time. The records do not depend on it.
    ///
    /// # Errors
    /// As [`records`](Self::records).
    pub fn records_in_pieces(&mut self, piece: usize) -> io::Result<Records<Box<dyn Read + '_>>> {
        let utf8 = Spelling { encoding: Encoding::UTF_8, mark: 0 };
        match &self.form {
            Ok(Form::Text(form)) => {
                let text = unpack(&mut self.bytes, form.container, self.length)?;
                let text = Decoder::new(text, form.spelling, piece)?;
                Ok(Records::new(text, form.delimiter).with_header_at(self.header))
            }
            Ok(Form::Sheet(sheet)) => {
                let lines: Box<dyn Read> = Box::new(sheet.text.as_bytes());
                let lines = Decoder::new(lines, utf8, piece)?;
                Ok(Records::of_sheet(lines, sheet.first, sheet.problems.clone()).with_header_at(self.header))
            }
            Ok(Form::Document(_, lines)) => {
                // Its bytes count for the hash.
                io::copy(&mut self.bytes, &mut io::sink())?;
                let text = lines.as_ref().map_or("", |lines| &lines.text);
                let text: Box<dyn Read> = Box::new(text.as_bytes());
                let text = Decoder::new(text, utf8, piece)?;
                Ok(match lines {
                    Ok(lines) => Records::of_document(text, lines.places.clone()),
                    Err(problem) => Records::without_table(text, problem.clone()),
                })
            }
            Err(fault) => {
                let nothing: Box<dyn Read> = Box::new(io::empty());
                Ok(Records::refused(Decoder::new(nothing, utf8, piece)?, fault.clone()))
            }
        }
    }

    /// What is worth saying of the form of the file.
    pub(super) fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Name, length and hash of the file displayed as `file`, whose records have been read to their end.
    pub(crate) fn origin(&self, file: &str) -> Origin {
        self.bytes.origin(file)
    }
}

/// The form of a text, or of the table in a document.
fn text_form<R: Read + Seek>(
    packed: &mut Packed<'_, R>,
    dialect: &Dialect,
) -> io::Result<Result<Form, Fault>> {
    if dialect.sheet.is_some() {
        return Ok(Err(no_workbook()));
    }
    let spelling = match spelling(dialect.encoding, packed)? {
        Ok(spelling) => spelling,
        Err(fault) => return Ok(Err(fault)),
    };
    let form = TextForm { container: packed.container, spelling, delimiter: Delimiter::Comma };
    let kind = document_kind(Decoder::new(packed.text()?, spelling, HEAD)?)?;
    if let Some(kind) = kind {
        let lines = document(Decoder::new(packed.text()?, spelling, PIECE)?, kind)?;
        return Ok(Ok(Form::Document(form, lines)));
    }
    let delimiter = match dialect.delimiter {
        Some(told) => Ok(told),
        None => found_delimiter(Decoder::new(packed.text()?, spelling, PIECE)?, dialect.header.unwrap_or(1))?,
    };
    Ok(delimiter.map(|delimiter| Form::Text(TextForm { delimiter, ..form })))
}

/// What kind of document a text is, by its first characters.
fn document_kind(mut text: Decoder<impl Read>) -> io::Result<Option<Kind>> {
    let mut begun = String::new();
    text.fill(&mut begun)?;
    Ok(Kind::of(&begun))
}

/// The table in a document.
fn document(mut text: Decoder<impl Read>, kind: Kind) -> io::Result<Result<Lines, Problem>> {
    let mut whole = String::new();
    while whole.len() <= MAX_DOCUMENT {
        match text.fill(&mut whole)? {
            Filled::More => {}
            Filled::End => break,
            Filled::Broken(fault) => return Ok(Err(fault.at(Position::START.after(&whole)))),
        }
    }
    Ok(kind.lines(&whole))
}

/// The sheet of a workbook that is to be read.
fn sheet(
    bytes: &mut impl Read,
    length: u64,
    container: Container,
    dialect: &Dialect,
) -> io::Result<Result<Sheet, Fault>> {
    if length > MAX_WORKBOOK {
        return Ok(Err(workbook::too_large(&format!("has more than {} MiB", MAX_WORKBOOK >> 20))));
    }
    let mut whole = Vec::with_capacity(length as usize);
    bytes.read_to_end(&mut whole)?;
    Ok(workbook::read(whole, container, dialect.sheet.as_deref()))
}

fn no_workbook() -> Fault {
    Fault {
        code: Code::NoSheet,
        message: "the file is text and has no sheets, and --sheet names one".to_owned(),
        hint: Some("leave out --sheet"),
    }
}

/// The delimiter of a text, by its first records from the line `header` on.
fn found_delimiter(mut text: Decoder<impl Read>, header: u64) -> io::Result<Result<Delimiter, Fault>> {
    let (mut begun, mut is_all) = (String::new(), false);
    let below = |begun: &str| {
        let lines = begun.split_inclusive('\n').take(header.saturating_sub(1) as usize);
        lines.map(str::len).sum::<usize>()
    };
    while begun.len() <= MAX_RECORD && !is_enough(&begun[below(&begun)..]) {
        match text.fill(&mut begun)? {
            Filled::More => {}
            Filled::End => {
                is_all = true;
                break;
            }
            Filled::Broken(_) => break,
        }
    }
    Ok(delimiter(&begun[below(&begun)..], is_all))
}

/// What of the form was found out and is not what a file has by default.
fn notices(form: &Form, dialect: &Dialect) -> Vec<Notice> {
    match form {
        Form::Text(TextForm { spelling: Spelling { encoding, .. }, delimiter, .. })
        | Form::Document(TextForm { spelling: Spelling { encoding, .. }, delimiter, .. }, _) => {
            let encoding = Some(*encoding).filter(|&found| found != Encoding::UTF_8);
            let delimiter = Some(*delimiter).filter(|&found| found != Delimiter::Comma);
            let encoding = encoding.filter(|_| dialect.encoding.is_none()).map(Notice::Encoding);
            let delimiter = delimiter.filter(|_| dialect.delimiter.is_none()).map(Notice::Delimiter);
            encoding.into_iter().chain(delimiter).collect()
        }
        Form::Sheet(sheet) if sheet.chosen_of.is_empty() => Vec::new(),
        Form::Sheet(sheet) => vec![Notice::Sheets(sheet.chosen_of.clone())],
    }
}

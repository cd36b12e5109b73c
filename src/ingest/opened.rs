//! A file whose form is known.
//!
//! In: the bytes of a file, to be read more than once, and what its user says of it. The first reading finds out what
//! they are packed in and how their characters are spelled; the second gives the records. What cannot be read is a
//! problem of the file, met at its first record.

use std::io::{self, Read, Seek, SeekFrom};

use super::container::{Container, HEAD, container};
use super::dataset::Origin;
use super::decode::{Decoder, Fault, Filled};
use super::delimiter::{Delimiter, delimiter};
use super::encoding::{Encoding, Spelling, spelling};
use super::intake::Notice;
use super::origin::Fingerprinted;
use super::records::{MAX_RECORD, Records};
use super::unpack::{Packed, unpack};

/// How many bytes are read at a time.
const PIECE: usize = 256 << 10;

/// What is said of a file that it need not be searched for.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// How its characters are spelled.
    pub encoding: Option<Encoding>,
    /// What separates its cells.
    pub delimiter: Option<Delimiter>,
}

/// A file whose form is known.
pub struct Opened<R> {
    bytes: Fingerprinted<R>,
    length: u64,
    form: Result<Form, Fault>,
    /// What is worth saying of the form.
    notices: Vec<Notice>,
}

/// What was found out.
#[derive(Debug, Clone, Copy)]
struct Form {
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
        let form = find(&mut input, length, dialect)?;
        let notices = form.as_ref().map_or_else(|_| Vec::new(), |form| notices(form, dialect));
        input.rewind()?;
        Ok(Self { bytes: Fingerprinted::new(input), length, form, notices })
    }

    /// The records of the file, to be asked for once.
    ///
    /// # Errors
    /// When its first bytes cannot be read.
    pub fn records(&mut self) -> io::Result<Records<Box<dyn Read + '_>>> {
        self.records_in_pieces(PIECE)
    }

    /// As [`records`](Self::records), reading `piece` bytes at a time. The records do not depend on it.
    ///
    /// # Errors
    /// As [`records`](Self::records).
    pub fn records_in_pieces(&mut self, piece: usize) -> io::Result<Records<Box<dyn Read + '_>>> {
        match &self.form {
            Ok(form) => {
                let text = unpack(&mut self.bytes, form.container, self.length)?;
                Ok(Records::new(Decoder::new(text, form.spelling, piece)?, form.delimiter))
            }
            Err(fault) => {
                let nothing: Box<dyn Read> = Box::new(io::empty());
                let spelling = Spelling { encoding: Encoding::UTF_8, mark: 0 };
                Ok(Records::refused(Decoder::new(nothing, spelling, piece)?, fault.clone()))
            }
        }
    }

    /// What is worth saying of the form of the file.
    pub(super) fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Name, length and hash of the file displayed as `file`, whose records have been read to their end.
    pub(super) fn origin(&self, file: &str) -> Origin {
        self.bytes.origin(file)
    }
}

fn find<R: Read + Seek>(input: &mut R, length: u64, dialect: &Dialect) -> io::Result<Result<Form, Fault>> {
    input.rewind()?;
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let container = match container(&head) {
        Ok(container) => container,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut packed = Packed { file: input, container, length };
    let spelling = match spelling(dialect.encoding, &mut packed)? {
        Ok(spelling) => spelling,
        Err(fault) => return Ok(Err(fault)),
    };
    let delimiter = match dialect.delimiter {
        Some(told) => Ok(told),
        None => found_delimiter(Decoder::new(packed.text()?, spelling, PIECE)?)?,
    };
    Ok(delimiter.map(|delimiter| Form { container, spelling, delimiter }))
}

/// The delimiter of a text, by its first records.
fn found_delimiter(mut text: Decoder<impl Read>) -> io::Result<Result<Delimiter, Fault>> {
    let mut begun = String::new();
    while begun.len() <= MAX_RECORD {
        match text.fill(&mut begun)? {
            Filled::More => {}
            Filled::End => return Ok(delimiter(&begun, true)),
            Filled::Broken(_) => break,
        }
    }
    Ok(delimiter(&begun, false))
}

/// What of the form was found out and is not what a file has by default.
fn notices(form: &Form, dialect: &Dialect) -> Vec<Notice> {
    let Form { spelling: Spelling { encoding, .. }, delimiter, .. } = *form;
    let encoding = (dialect.encoding.is_none() && encoding != Encoding::UTF_8).then_some(encoding);
    let delimiter = (dialect.delimiter.is_none() && delimiter != Delimiter::Comma).then_some(delimiter);
    encoding.map(Notice::Encoding).into_iter().chain(delimiter.map(Notice::Delimiter)).collect()
}

//! A file whose form is known.
//!
//! In: the bytes of a file, to be read more than once, and what its user says of it. The first reading finds out what
//! they are packed in and how their characters are spelled; the second gives the records. What cannot be read is a
//! problem of the file, met at its first record.

use std::io::{self, Read, Seek, SeekFrom};

use super::container::{Container, HEAD, container};
use super::dataset::Origin;
use super::decode::{Decoder, Fault};
use super::encoding::{Encoding, Spelling, spelling};
use super::intake::Notice;
use super::origin::Fingerprinted;
use super::records::Records;
use super::unpack::{Packed, unpack};

/// How many bytes are read at a time.
const PIECE: usize = 256 << 10;

/// What is said of a file that it need not be searched for.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// How its characters are spelled.
    pub encoding: Option<Encoding>,
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
}

impl<R: Read + Seek> Opened<R> {
    /// Finds out the form of a file.
    ///
    /// # Errors
    /// When its bytes cannot be read.
    pub fn new(mut input: R, dialect: &Dialect) -> io::Result<Self> {
        let length = input.seek(SeekFrom::End(0))?;
        let form = find(&mut input, length, dialect)?;
        let mut notices = Vec::new();
        if let Ok(Form { spelling: Spelling { encoding, .. }, .. }) = form
            && dialect.encoding.is_none()
            && encoding != Encoding::UTF_8
        {
            notices.push(Notice::Encoding(encoding));
        }
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
                Ok(Records::new(Decoder::new(text, form.spelling, piece)?))
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
    let found = spelling(dialect.encoding, &mut Packed { file: input, container, length })?;
    Ok(found.map(|spelling| Form { container, spelling }))
}

//! Whether a workbook can be unpacked and read in bounds, before anything is made of what it claims.

use std::io::{self, Cursor, Read};

use memchr::memmem;

use super::super::code::Code;
use super::super::container::not_text;
use super::super::decode::Fault;
use super::super::unpack::most_unpacked;
use super::{damaged, too_large};

/// The most bytes that all parts of an .xlsx unpack to.
const MAX_PARTS: u64 = 2 << 30;
/// The most cells of all sheets of an .xls, as many as one can have.
const MAX_XLS_CELLS: u64 = 1 << 24;

/// What is said before the number of a workbook's strings, for which memory is taken before the first is read.
const CLAIM: &[u8] = b"uniqueCount";
/// The fewest bytes that a string takes: `<si/>`.
const STRING: u64 = 5;

/// Unpacks every part of an .xlsx, and counts.
///
/// # Errors
/// When it is no workbook, damaged, swells beyond reason, or claims more strings than it can have.
pub(super) fn check_xlsx(bytes: &[u8]) -> Result<(), Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Fault {
            hint: Some("unpack it, and give the files in it"),
            ..not_text(": it is a zip archive, and no .xlsx workbook")
        });
    }
    let most = most_unpacked(bytes.len() as u64).min(MAX_PARTS);
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let has_strings = part.name_raw().to_ascii_lowercase().ends_with(b"sharedstrings.xml");
        let (mut part, mut text) = (part.take(left + 1), Vec::new());
        let unpacked = if has_strings {
            part.read_to_end(&mut text).map(|length| length as u64)
        } else {
            io::copy(&mut part, &mut io::sink())
        };
        let unpacked = unpacked.map_err(|error| damaged(&error))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| too_large(&format!("unpacks to more than {} MiB", most >> 20)))?;
        if claimed_strings(&text) > unpacked / STRING {
            return Err(too_large("claims more strings than it has room for"));
        }
    }
    Ok(())
}

/// The largest number of strings that a part says it has.
fn claimed_strings(part: &[u8]) -> u64 {
    let number = |at: usize| {
        let said = part[at + CLAIM.len()..].iter().skip_while(|byte| b" \t\r\n='\"+".contains(byte));
        let digits = said.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    memmem::find_iter(part, CLAIM).map(number).max().unwrap_or(0)
}

/// Reads the records of an .xls for the sizes of its sheets.
///
/// # Errors
/// When it is no workbook, protected by a password, damaged, or claims more cells than there can be.
pub(super) fn check_xls(bytes: &[u8]) -> Result<(), Fault> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if file.exists("/EncryptedPackage") {
        return Err(Fault {
            code: Code::NotText,
            message: "the workbook is protected by a password".to_owned(),
            hint: Some("open it in a spreadsheet program and save it without the password"),
        });
    }
    let is_book = |name: &str| ["workbook", "book"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let books: Vec<_> = file
        .walk()
        .filter(|entry| entry.is_stream() && is_book(entry.name()))
        .map(|entry| entry.path().to_owned())
        .collect();
    if books.is_empty() {
        return Err(not_text(": it is a file of an office program, and no .xls workbook"));
    }
    for path in books {
        let mut stream = Vec::new();
        let mut book = file.open_stream(&path).map_err(|error| damaged(&error))?;
        book.read_to_end(&mut stream).map_err(|error| damaged(&error))?;
        check_book(&stream)?;
    }
    Ok(())
}

/// The records of BIFF that matter here.
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const ROW_OF_NUMBERS: u16 = 0x00BD;
/// Records of one cell: formulas, numbers, labels, rich text, yes and no, compressed and shared.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

fn check_book(stream: &[u8]) -> Result<(), Fault> {
    let mut left = MAX_XLS_CELLS;
    for (kind, data) in Records(stream) {
        if kind != BOUND_SHEET {
            continue;
        }
        let sheet = u32_at(data, 0).and_then(|at| stream.get(at as usize..)).ok_or_else(broken)?;
        left = left
            .checked_sub(cells(sheet)?)
            .ok_or_else(|| too_large(&format!("claims more than {MAX_XLS_CELLS} cells")))?;
    }
    Ok(())
}

/// How many cells a sheet takes, or claims to take.
fn cells(sheet: &[u8]) -> Result<u64, Fault> {
    let (mut depth, mut claimed) = (0, 0);
    let mut used: Option<[u16; 4]> = None;
    for (kind, data) in Records(sheet) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            DIMENSIONS => claimed = claimed.max(claim(data)?),
            ROW_OF_NUMBERS => {
                let last = data.len().checked_sub(2).and_then(|at| u16_at(data, at)).ok_or_else(broken)?;
                used = Some(widened(used, data, Some(last))?);
            }
            kind if CELLS.contains(&kind) => used = Some(widened(used, data, None)?),
            _ => {}
        }
    }
    let [top, left, bottom, right] = used.unwrap_or_default().map(u64::from);
    Ok(claimed.max((bottom - top + 1) * (right - left + 1)))
}

/// A rectangle that also holds the cell of a record, or its cells up to column `last`.
fn widened(used: Option<[u16; 4]>, data: &[u8], last: Option<u16>) -> Result<[u16; 4], Fault> {
    let (row, column) = u16_at(data, 0).zip(u16_at(data, 2)).ok_or_else(broken)?;
    let last = last.unwrap_or(column);
    if last < column {
        return Err(broken());
    }
    let [top, left, bottom, right] = used.unwrap_or([row, column, row, last]);
    Ok([top.min(row), left.min(column), bottom.max(row), right.max(last)])
}

/// How many cells a record of dimensions claims: first row, row behind the last, and the same of columns.
fn claim(data: &[u8]) -> Result<u64, Fault> {
    let short = |at| u16_at(data, at).map(u64::from);
    let long = |at| u32_at(data, at).map(u64::from);
    let [first_row, rows, first_column, columns] = match data.len() {
        10 => [short(0), short(2), short(4), short(6)],
        14 | 16 => [long(0), long(4), short(8), short(10)],
        _ => return Err(broken()),
    }
    .map(Option::unwrap_or_default);
    if rows == 0 || columns == 0 {
        return Ok(0);
    }
    let first_column = if first_column > 0xFF || columns < first_column { 0 } else { first_column };
    match (rows.checked_sub(first_row), columns.checked_sub(first_column)) {
        (Some(rows @ 1..), Some(columns @ 1..)) => Ok(rows * columns),
        _ => Err(broken()),
    }
}

/// The records of a stream of BIFF, kind and data, as far as they are whole.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.0, 0)?, usize::from(u16_at(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, data))
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

fn broken() -> Fault {
    damaged(&io::Error::new(io::ErrorKind::InvalidData, "a record of the .xls is damaged"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn dimensions(rows: u32, columns: u16) -> Vec<u8> {
        let data = [&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]].concat();
        record(DIMENSIONS, &data)
    }

    fn checked(sheet: &[u8]) -> Result<(), &'static str> {
        let bound = record(BOUND_SHEET, &12_u32.to_le_bytes());
        let stream = [bound, vec![0; 4], record(BEGIN, &[]), sheet.to_vec(), record(END, &[])].concat();
        check_book(&stream).map_err(|fault| fault.code.as_str())
    }

    #[test]
    fn what_strings_are_claimed_is_read() {
        let claims = |part: &str| claimed_strings(part.as_bytes());
        assert_eq!(claims("<sst count=\"9\" uniqueCount=\"7\"><si/></sst>"), 7);
        assert_eq!(claims("<!-- uniqueCount = 3 --><sst uniqueCount = '99999999999999999999'>"), u64::MAX);
        assert_eq!(claims("<sst/>"), 0);
    }

    #[test]
    fn what_a_sheet_claims_is_bounded() {
        assert_eq!(checked(&dimensions(65_536, 256)), Ok(()));
        assert_eq!(checked(&dimensions(u32::MAX, 256)), Err("too-large"));
        let corners = [record(0x0203, &[0; 14]), record(0x0203, &[0xFF; 14])].concat();
        assert_eq!(checked(&corners), Err("too-large"));
        assert_eq!(checked(&record(DIMENSIONS, &[1; 3])), Err("damaged"));
        let nowhere = record(BOUND_SHEET, &u32::MAX.to_le_bytes());
        assert_eq!(check_book(&nowhere).map_err(|fault| fault.code.as_str()), Err("damaged"));
    }
}

//! A workbook (.xlsx or .xls) to the text of one of its sheets.
//!
//! In: the bytes of a workbook, and perhaps the name of a sheet. Out: a [`Sheet`], its rows as records of CSV, one line a
//! row, so that everything keeps its row and column. Numbers are written as their values, whole ones without decimals,
//! percentages as fractions, dates as ISO 8601 says; of merged cells the first has the value, the others are empty.
//! Refuses: what is no workbook or damaged, what would swell beyond [`MAX_CELLS`] or [`MAX_TEXT`], and cells that hold
//! an error such as `#N/A`, each with its place.

mod bounds;
mod cell;
mod sheet;

use std::io::{self, Cursor};
use std::thread;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, Xlsx};

use self::sheet::Writer;
use super::code::Code;
use super::container::Container;
use super::decode::Fault;
use super::shown::{plain, quoted};

pub(super) use self::sheet::Sheet;

/// The most bytes of a workbook.
pub const MAX_WORKBOOK: u64 = 256 << 20;
/// The most cells of a sheet, empty ones between others included.
pub const MAX_CELLS: u64 = 1 << 27;
/// The most bytes of text of a sheet.
pub const MAX_TEXT: usize = 1 << 30;

/// Name of the thread on which workbooks are read: the panic of one is a damaged workbook, and no fault of the program.
pub const READER: &str = "workbook";

/// The text of the sheet called `told`, else of the first visible one that is not empty.
///
/// Others wrote what takes workbooks apart, and it may panic on one that was made to harm. So it runs on a thread of its own.
///
/// # Errors
/// Why there is none.
pub(super) fn read(bytes: Vec<u8>, format: Container, told: Option<&str>) -> Result<Sheet, Fault> {
    thread::scope(|scope| {
        let reader = thread::Builder::new().name(READER.to_owned());
        let reading = reader.spawn_scoped(scope, || read_here(bytes, format, told));
        let read = reading.map_err(|error| damaged(&error))?.join();
        read.unwrap_or_else(|_| Err(damaged(&io::Error::other("its parts contradict each other"))))
    })
}

fn read_here(bytes: Vec<u8>, format: Container, told: Option<&str>) -> Result<Sheet, Fault> {
    let length = bytes.len() as u64;
    if format == Container::Xls {
        bounds::check_xls(&bytes)?;
        return sheet(&mut Xls::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?, told, length);
    }
    bounds::check_xlsx(&bytes)?;
    sheet(&mut Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?, told, length)
}

/// A workbook whose cells come one after the other.
trait Cells: Reader<Cursor<Vec<u8>>> {
    /// Hands the cells of a sheet to `take`, row by row, until that wants no more.
    fn each(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(u32, u32, &Data) -> Result<bool, Fault>,
    ) -> Result<(), Fault>;
}

impl Cells for Xlsx<Cursor<Vec<u8>>> {
    fn each(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(u32, u32, &Data) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let mut cells = self.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            let (row, column) = cell.get_position();
            if !take(row, column, &Data::from(cell.get_value().clone()))? {
                break;
            }
        }
        Ok(())
    }
}

impl Cells for Xls<Cursor<Vec<u8>>> {
    fn each(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(u32, u32, &Data) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let range = self.worksheet_range(sheet).map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            if !take(first_row + row as u32, first_column + column as u32, value)? {
                break;
            }
        }
        Ok(())
    }
}

/// A sheet of a workbook of `length` bytes.
fn sheet(workbook: &mut impl Cells, told: Option<&str>, length: u64) -> Result<Sheet, Fault> {
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    if let Some(told) = told {
        let name = sheets.iter().map(|(name, _)| name).find(|name| *name == told);
        return text(workbook, name.ok_or_else(|| no_sheet(told, &sheets))?, length);
    }
    let mut filled = Vec::new();
    for (name, is_visible) in sheets {
        if is_visible && has_cells(workbook, &name)? {
            filled.push(name);
        }
    }
    let Some(first) = filled.first() else { return Err(empty()) };
    let mut sheet = text(workbook, first, length)?;
    if filled.len() > 1 {
        sheet.chosen_of = filled;
    }
    Ok(sheet)
}

fn has_cells(workbook: &mut impl Cells, sheet: &str) -> Result<bool, Fault> {
    let mut found = false;
    workbook.each(sheet, &mut |_, _, value| {
        found = !cell::is_empty(value);
        Ok(!found)
    })?;
    Ok(found)
}

fn text(workbook: &mut impl Cells, sheet: &str, length: u64) -> Result<Sheet, Fault> {
    let mut writer = Writer::of(length);
    workbook.each(sheet, &mut |row, column, value| {
        if !cell::is_empty(value) {
            writer.write(row, column, value)?;
        }
        Ok(true)
    })?;
    writer.finish()
}

fn damaged(error: &dyn std::error::Error) -> Fault {
    Fault {
        code: Code::Damaged,
        message: format!("the workbook cannot be read: {}", plain(&error.to_string())),
        hint: Some("open it in a spreadsheet program, and save it as .xlsx or as CSV in UTF-8"),
    }
}

pub(super) fn too_large(what: &str) -> Fault {
    Fault {
        code: Code::TooLarge,
        message: format!("the workbook {what}"),
        hint: Some("if it is a survey nevertheless, save it as CSV, which has no such limit"),
    }
}

fn no_sheet(told: &str, sheets: &[(String, bool)]) -> Fault {
    let names: Vec<String> = sheets.iter().map(|(name, _)| quoted(name)).collect();
    Fault {
        code: Code::NoSheet,
        message: format!("there is no sheet {}; there are {}", quoted(told), names.join(", ")),
        hint: None,
    }
}

fn empty() -> Fault {
    Fault {
        code: Code::EmptyFile,
        message: "no visible sheet of the workbook has a cell".to_owned(),
        hint: Some("--sheet NAME reads a hidden one"),
    }
}

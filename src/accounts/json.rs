//! An account as JSON, schema `wxstats.accounts/1`: stable names, full precision.

use std::collections::BTreeMap;

use serde::Serialize;

use super::account::{Account, AccountFile};
use super::sheet::{Cell, Column, Sheet, notes, sheets};
use crate::codebook::{Lang, Name};
use crate::writing;

/// All of it as pretty-printed JSON with a final newline. Notes are in `lang`; all else is the same in every language.
///
/// # Errors
/// Never in practice: all figures are finite.
pub fn json(account: &Account, lang: Lang) -> serde_json::Result<String> {
    let document = Document {
        schema: "wxstats.accounts/1",
        source: account.files.iter().map(FileView::new).collect(),
        sheets: sheets(account).iter().map(|sheet| SheetView::new(sheet, lang)).collect(),
        notes: said(&notes(account), lang),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    source: Vec<FileView>,
    sheets: Vec<SheetView>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct FileView {
    file: String,
    kind: &'static str,
    /// Left out where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    synthetic: bool,
    bytes: u64,
    blake3: String,
}

impl FileView {
    fn new(file: &AccountFile) -> Self {
        let origin = file.origin.clone();
        Self {
            file: origin.file,
            kind: file.kind.key(),
            synthetic: file.synthetic,
            bytes: origin.bytes,
            blake3: origin.blake3,
        }
    }
}

#[derive(Serialize)]
struct SheetView {
    sheet: &'static str,
    rows: Vec<RowView>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct RowView {
    of: BTreeMap<&'static str, String>,
    figures: BTreeMap<&'static str, Option<f64>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    missing: BTreeMap<&'static str, &'static str>,
}

impl SheetView {
    fn new(sheet: &Sheet, lang: Lang) -> Self {
        let rows = sheet.rows.iter().map(|row| RowView::new(&sheet.columns, row)).collect();
        Self { sheet: sheet.key, rows, notes: said(&sheet.all_notes(), lang) }
    }
}

impl RowView {
    fn new(columns: &[Column], row: &[Cell]) -> Self {
        let mut view = Self { of: BTreeMap::new(), figures: BTreeMap::new(), missing: BTreeMap::new() };
        for (column, cell) in columns.iter().zip(row) {
            if !column.is_figure {
                view.of.insert(column.key, cell.key());
                continue;
            }
            view.figures.insert(column.key, cell.value());
            if let Cell::Missing(missing) = cell {
                view.missing.insert(column.key, missing.key());
            }
        }
        view
    }
}

fn said(notes: &[Name], lang: Lang) -> Vec<String> {
    notes.iter().map(|note| note.get(lang).to_owned()).collect()
}

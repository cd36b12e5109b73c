//! A plain list, such as of what is stored, in the dialects of tables.

use serde_json::{Map, Value};

use super::markdown;
use super::records::text as harmless;
use crate::writing;

/// Rows of cells under named columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// Names of the columns, as data files have them.
    pub columns: Vec<&'static str>,
    /// The rows, each with a text or a whole number for every column.
    pub rows: Vec<Vec<Value>>,
}

impl Listing {
    /// Aligned text for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        writing::columns(&self.header(), &self.cells(), |column| self.is_figure(column))
    }

    /// Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::table(&self.header(), |column| self.is_figure(column), &self.cells())
    }

    /// CSV that no spreadsheet takes for formulas.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn csv(&self) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in self.cells() {
            writer.write_record(row.iter().map(|cell| harmless(cell)))?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }

    /// JSON: `schema`, and the rows as objects.
    ///
    /// # Errors
    /// None that `serde_json` is known to have here.
    pub fn json(&self, schema: &str) -> serde_json::Result<String> {
        let object = |row: &Vec<Value>| {
            let pairs = self.columns.iter().map(|column| (*column).to_owned()).zip(row.iter().cloned());
            Value::Object(pairs.collect::<Map<String, Value>>())
        };
        let rows: Vec<Value> = self.rows.iter().map(object).collect();
        let document = serde_json::json!({ "schema": schema, "rows": rows });
        writing::json(&document)
    }

    fn header(&self) -> Vec<String> {
        self.columns.iter().map(|column| (*column).to_owned()).collect()
    }

    fn cells(&self) -> Vec<Vec<String>> {
        let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    fn is_figure(&self, column: usize) -> bool {
        self.rows.first().and_then(|row| row.get(column)).is_some_and(Value::is_number)
    }
}

//! The forms that tables are written in, and the endings of files that belong to them.

use clap::ValueEnum;

use super::Dialect;

/// Dialects of a table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Aligned text
    Table,
    /// Flat CSV, fractions in full precision
    Csv,
    /// JSON with stable names (wxstats.table/1, wxstats.metrics/1, wxstats.retention/1)
    Json,
    /// Markdown
    Md,
}

impl Dialect for Format {
    const ENDINGS: &'static [(&'static str, Self)] =
        &[("txt", Self::Table), ("csv", Self::Csv), ("json", Self::Json), ("md", Self::Md)];
    const NAMES: &'static str = "table|csv|json|md";
}

/// Dialects of a crosstab.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    /// Aligned text
    Table,
    /// Flat CSV, fractions in full precision
    Csv,
    /// JSON with stable names (wxstats.table/1)
    Json,
    /// Markdown
    Md,
    /// An Excel workbook: crosstab, gaps, every figure, method
    Xlsx,
}

impl Dialect for TableFormat {
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Table),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("md", Self::Md),
        ("xlsx", Self::Xlsx),
    ];
    const NAMES: &'static str = "table|csv|json|md|xlsx";
}

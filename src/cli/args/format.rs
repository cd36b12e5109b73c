//! The forms that tables are written in, and the endings of files that belong to them.

use clap::ValueEnum;

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

impl Format {
    /// The endings of files, and what belongs to each.
    pub(in crate::cli) const ENDINGS: [(&str, Self); 4] =
        [("txt", Self::Table), ("csv", Self::Csv), ("json", Self::Json), ("md", Self::Md)];
    /// All of them, as `--format` takes them.
    pub(in crate::cli) const NAMES: &str = "table|csv|json|md";
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

impl TableFormat {
    /// The endings of files, and what belongs to each.
    pub(in crate::cli) const ENDINGS: [(&str, Self); 5] = [
        ("txt", Self::Table),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("md", Self::Md),
        ("xlsx", Self::Xlsx),
    ];
    /// All of them, as `--format` takes them.
    pub(in crate::cli) const NAMES: &str = "table|csv|json|md|xlsx";
}

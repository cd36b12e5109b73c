//! The bundled synthetic survey.

/// File name of the sample, as it stands in `data/sample/`.
pub(super) const FILE: &str = "synthetic-survey.csv";

/// Its bytes.
pub(super) const BYTES: &[u8] = include_bytes!("../../data/sample/synthetic-survey.csv");

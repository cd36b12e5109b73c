//! The bundled synthetic survey.

/// File name of the sample, as it stands in `data/sample/`.
pub(super) const FILE: &str = "synthetic-survey.csv";

/// Its bytes.
pub(super) const BYTES: &[u8] = include_bytes!("../../data/sample/synthetic-survey.csv");

/// Datasets whose names begin so are labelled synthetic in every output.
const PREFIX: &str = "synthetic";

/// Whether a dataset says of itself that nobody in it is real.
pub(super) fn is_synthetic(dataset: &str) -> bool {
    dataset.starts_with(PREFIX)
}

//! What is bundled: the synthetic survey, the published claims that it was made to hold, and published figures of platforms.

/// Name and bytes of each dataset, as they stand in `data/sample/`.
pub(super) const DATASETS: [(&str, &[u8]); 1] =
    [("synthetic-survey.csv", include_bytes!("../../data/sample/synthetic-survey.csv"))];

/// File name of the claims, as it stands in `data/facts/`.
pub(super) const CLAIMS_FILE: &str = "claims.toml";

/// Their text.
pub(super) const CLAIMS: &[u8] = include_bytes!("../../data/facts/claims.toml");

/// File name of the published figures, as it stands in `data/facts/`.
pub(super) const METRICS_FILE: &str = "metrics.csv";

/// Their bytes.
pub(super) const METRICS: &[u8] = include_bytes!("../../data/facts/metrics.csv");

//! What is bundled: the synthetic survey, articles and account, the published claims and rates that the survey was made to hold, populations,
//! and published figures of platforms.

/// Name and bytes of each dataset, as they stand in `data/sample/`.
/// The first is the survey that reports are of.
pub(super) const DATASETS: [(&str, &[u8]); 5] = [
    ("synthetic-survey.csv", include_bytes!("../../data/sample/synthetic-survey.csv")),
    ("synthetic-adoption.csv", include_bytes!("../../data/sample/synthetic-adoption.csv")),
    ("synthetic-articles.csv", include_bytes!("../../data/sample/synthetic-articles.csv")),
    (FUNNEL, include_bytes!("../../data/sample/synthetic-funnel.csv")),
    (USAGE, include_bytes!("../../data/sample/synthetic-usage.csv")),
];

/// File name of what the account of the articles tells of its days, as it stands in `data/sample/`.
pub(super) const ACCOUNT_FILE: &str = "synthetic-account.json";

/// Its bytes.
pub(super) const ACCOUNT: &[u8] = include_bytes!("../../data/sample/synthetic-account.json");

/// The funnel among them.
pub(super) const FUNNEL: &str = "synthetic-funnel.csv";

/// The stages of the funnel, and what undoes the last.
pub(super) const STAGES: ([&str; 5], &str) = (["contact", "advert", "ask", "pay", "ship"], "return");

/// The usage log among them, which is cut into weeks.
pub(super) const USAGE: &str = "synthetic-usage.csv";

/// File name of the claims, as it stands in `data/facts/`.
pub(super) const CLAIMS_FILE: &str = "claims.toml";

/// Their text.
pub(super) const CLAIMS: &[u8] = include_bytes!("../../data/facts/claims.toml");

/// File name of the published figures, as it stands in `data/facts/`.
pub(super) const METRICS_FILE: &str = "metrics.csv";

/// Their bytes.
pub(super) const METRICS: &[u8] = include_bytes!("../../data/facts/metrics.csv");

/// File name of the published rates, as it stands in `data/facts/`.
pub(super) const RATES_FILE: &str = "published_rates.csv";

/// Their bytes.
pub(super) const RATES: &[u8] = include_bytes!("../../data/facts/published_rates.csv");

/// File name of the populations, as it stands in `data/facts/`.
pub(super) const POPULATION_FILE: &str = "populations.csv";

/// Their bytes.
pub(super) const POPULATION: &[u8] = include_bytes!("../../data/facts/populations.csv");

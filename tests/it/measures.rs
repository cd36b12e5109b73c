//! Means, totals, ratios, multi-response shares, differences and panels: from the file through the reader, the tally and
//! the estimators, against what R's survey package printed (`golden/measures`).

mod golden;
mod naive;
mod survey;

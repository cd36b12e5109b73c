//! Published figures and populations.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wxstats::landscape::Metrics;
use wxstats::weighting::Population;

fuzz_target!(|data: &[u8]| {
    let _ = Metrics::parse(data, "m.csv");
    let _ = Population::parse(data, "p.csv");
});

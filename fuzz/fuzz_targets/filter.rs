//! A filter: what is read is written so that it reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wxstats::codebook::{Entry, Filter};

fuzz_target!(|text: &str| {
    if let Ok(filter) = text.parse::<Filter>() {
        let written = filter.to_string();
        let again: Filter = written.parse().unwrap();
        assert_eq!(again.to_string(), written);
    }
    let _ = text.parse::<Entry>();
});

//! A codebook: read, or refused with a place for every problem.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wxstats::codebook::project::Project;

fuzz_target!(|text: &str| {
    if let Err(problems) = Project::parse(text, "c.toml") {
        assert!(problems.to_string().contains("c.toml:"), "a problem without a place: {problems}");
    }
});

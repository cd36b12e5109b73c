//! A file of claims, and a figure of the command line.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wxstats::claims::{Claims, figure};

fuzz_target!(|data: &[u8]| {
    if let Err(problems) = Claims::parse(data, "c.toml") {
        assert!(problems.to_string().contains("c.toml"), "a problem without a file: {problems}");
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = figure(text);
    let claim = format!("[[claim]]\nid = \"a\"\nassert = '''{text}'''\n");
    let _ = Claims::parse(claim.as_bytes(), "c.toml");
});

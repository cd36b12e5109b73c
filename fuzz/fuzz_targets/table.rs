//! The way of a file up to its data: unpack, decode, read, validate; and the draft of a codebook for it.
//!
//! What stands before a line `%%` is the codebook that says what the columns of the rest mean.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wxstats::codebook::project::Project;
use wxstats::ingest::{Options, draft, read_dataset};

const DIVIDER: &[u8] = b"\n%%\n";

fuzz_target!(|data: &[u8]| {
    let (codebook, file) = match data.windows(DIVIDER.len()).position(|window| window == DIVIDER) {
        Some(at) => (&data[..at], &data[at + DIVIDER.len()..]),
        None => (&[][..], data),
    };
    let project = std::str::from_utf8(codebook).ok().and_then(|text| Project::parse(text, "c").ok());
    let mut options = Options { file: "f.csv".to_owned(), ..Options::default() };
    if let Some(book) = project.unwrap_or_default().datasets.into_values().next() {
        (options.columns, options.quality) = (book.columns, book.quality);
    }
    let read = || read_dataset(Cursor::new(file), &options, &|id| id.len() as u128);
    match (read(), read()) {
        (Ok(one), Ok(other)) => {
            assert!(one.1 == other.1, "a second reading gives another intake");
            for (part, again) in one.0.parts.iter().zip(&other.0.parts) {
                assert!(part.batches == again.batches, "a second reading gives other data");
                let rows: usize = part.batches.iter().map(wxstats::ingest::Batch::len).sum();
                assert_eq!(rows as u64, part.schema.respondents);
            }
        }
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        _ => panic!("a second reading ends otherwise"),
    }
    if let Ok(draft) = draft(Cursor::new(file), &options) {
        let _ = Project::parse(&draft.text, "draft");
    }
});

//! The record reader against the `csv` crate, which is more lenient: whatever ours accepts, both read alike.

use std::io::Cursor;

use proptest::prelude::*;
use wxstats::ingest::{Delimiter, Dialect, Encoding, Opened, Problems};

/// Records and problems, read `piece` bytes at a time.
fn ours(bytes: &[u8], piece: usize) -> (Vec<Vec<String>>, Problems) {
    let mut problems = Problems::new("f");
    let dialect =
        Dialect { encoding: Some(Encoding::UTF_8), delimiter: Some(Delimiter::Comma), ..Dialect::default() };
    let mut opened = Opened::new(Cursor::new(bytes), &dialect).unwrap();
    let mut records = opened.records_in_pieces(piece).unwrap();
    let mut all = Vec::new();
    while let Some(record) = records.next(&mut problems).unwrap() {
        all.push((0..record.len()).map(|index| record.cell(index).to_owned()).collect());
    }
    (all, problems)
}

fn theirs(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader
        .records()
        .map(|record| record.ok().map(|cells| cells.iter().map(str::to_owned).collect()))
        .collect()
}

/// Whether a text is RFC 4180 with a constant number of cells, read off the grammar one character at a time.
fn is_strict(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n");
    if text.contains(['\r', '\0', '\u{feff}']) {
        return false;
    }
    let body = text.trim_end_matches('\n');
    let is_terminated = body.len() < text.len();
    let (mut widths, mut width, mut chars) = (Vec::new(), 1, body.chars().peekable());
    let mut last_cell_is_empty = true;
    while chars.peek().is_some() {
        last_cell_is_empty = true;
        if chars.next_if_eq(&'"').is_some() {
            last_cell_is_empty = false;
            loop {
                match chars.next() {
                    None => return false,
                    Some('"') if chars.next_if_eq(&'"').is_none() => break,
                    Some(_) => {}
                }
            }
        }
        let is_quoted = !last_cell_is_empty;
        while let Some(c) = chars.next_if(|&c| c != ',' && c != '\n') {
            if is_quoted || c == '"' {
                return false;
            }
            last_cell_is_empty = false;
        }
        match chars.next() {
            Some(',') => width += 1,
            Some(_) if width == 1 && last_cell_is_empty => return false,
            Some(_) => widths.push(std::mem::replace(&mut width, 1)),
            None => {}
        }
        if chars.peek().is_none() && body.ends_with(',') {
            last_cell_is_empty = true;
        }
    }
    widths.push(width);
    let is_open = !is_terminated && width > 1 && last_cell_is_empty && widths.len() > 1;
    body.is_empty() || (widths.iter().all(|width| *width == widths[0]) && !is_open)
}

/// Texts made of what matters to a reader.
fn soup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a", "b", ",", ",", "\"", "\"\"", "\n", "\r\n", "\n", "é", "😀", " ", "\r", ",\"", "\",",
    ]);
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A table, and how each cell is written.
fn table() -> impl Strategy<Value = (Vec<Vec<String>>, String)> {
    let cell = ("([a-c é,😀\"\n]|\r\n){0,6}", any::<bool>());
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    (1..6_usize, 1..8_usize).prop_flat_map(move |(width, height)| {
        let rows = prop::collection::vec(prop::collection::vec(cell, width), height);
        (rows, end.clone(), any::<bool>()).prop_map(|(rows, end, has_bom)| {
            let mut text = if has_bom { "\u{feff}".to_owned() } else { String::new() };
            for row in &rows {
                let written = row.iter().map(|(cell, quoted)| {
                    if *quoted || cell.contains(['"', ',', '\n']) || row.len() == 1 {
                        format!("\"{}\"", cell.replace('"', "\"\""))
                    } else {
                        cell.clone()
                    }
                });
                text.push_str(&written.collect::<Vec<_>>().join(","));
                text.push_str(end);
            }
            (rows.into_iter().map(|row| row.into_iter().map(|(cell, _)| cell).collect()).collect(), text)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_accepted_is_what_csv_reads((text, piece) in (soup(), 1..40_usize)) {
        let (records, problems) = ours(text.as_bytes(), piece);
        if problems.is_empty() {
            let theirs = theirs(text.as_bytes());
            prop_assert_eq!(Some(records), theirs, "{:?}", text);
        }
    }

    #[test]
    fn exactly_the_strict_texts_are_accepted(text in soup()) {
        let (_, problems) = ours(text.as_bytes(), 1 << 16);
        prop_assert_eq!(problems.is_empty(), is_strict(&text), "{:?}\n{}", text, problems);
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter((text, piece) in (soup(), 1..40_usize)) {
        let (records, problems) = ours(text.as_bytes(), piece);
        let (whole, all) = ours(text.as_bytes(), 1 << 16);
        prop_assert_eq!(records, whole);
        prop_assert_eq!(problems.to_string(), all.to_string());
    }

    #[test]
    fn tables_survive_writing_and_reading(((rows, text), piece) in (table(), 1..40_usize)) {
        let (records, problems) = ours(text.as_bytes(), piece);
        prop_assert!(problems.is_empty(), "{:?}\n{}", text, problems);
        prop_assert_eq!(&records, &rows);
        prop_assert_eq!(Some(rows), theirs(text.as_bytes()));
    }

    #[test]
    fn no_bytes_make_it_panic((bytes, piece) in (prop::collection::vec(any::<u8>(), 0..80), 1..40_usize)) {
        let (_, problems) = ours(&bytes, piece);
        let (_, whole) = ours(&bytes, 1 << 16);
        prop_assert_eq!(problems.to_string(), whole.to_string());
    }
}

#[test]
fn limits_hold_at_their_edges_whatever_the_pieces() {
    let cell = |len: usize| format!("a,b\n{},c\n", "x".repeat(len));
    let row = |cells: usize| format!("a\n{}\n", vec!["\"y\""; cells].join(","));
    let codes = |text: &str, piece: usize| {
        let (_, problems) = ours(text.as_bytes(), piece);
        problems.listed().iter().map(|problem| problem.to_owned().code.as_str()).collect::<Vec<_>>()
    };
    let columns = |count: usize| format!("{}\n", vec!["c"; count].join(","));
    for piece in [65_521, 1 << 18, 1 << 22] {
        assert_eq!(codes(&cell(64 << 10), piece), Vec::<&str>::new());
        assert_eq!(codes(&cell((64 << 10) + 1), piece), ["cell-too-long"]);
        assert_eq!(codes(&row((1 << 20) / 4), piece), ["ragged-row"]);
        assert_eq!(codes(&row((1 << 20) / 4 + 1), piece), ["row-too-long"]);
        assert_eq!(codes(&format!("a,b\nc,\"{}", "d\n".repeat(1 << 20)), piece), ["unterminated-quote"]);
        assert_eq!(codes(&"a\r".repeat(1 << 20), piece), ["lone-cr"]);
        assert_eq!(codes(&columns(4096), piece), Vec::<&str>::new());
        assert_eq!(codes(&columns(4097), piece), ["too-many-columns"]);
    }
}

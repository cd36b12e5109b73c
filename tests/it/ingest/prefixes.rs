//! A file that was cut off anywhere gives an error, or the rows before the cut as they are: never a wrong row.

use std::fmt::Write;

use rayon::prelude::*;

use super::{people, read};
use crate::long::quick_or;
use wxstats::ingest::Notice;

/// Rows of a file of about 20 KB.
const ROWS: usize = 570;

/// A file with every quirk the reader allows, which come round after 28 rows; `last` makes the last two cells of a row.
fn file(rows: usize, header: &str, last: impl Fn(usize) -> String) -> String {
    let mut text = format!("respondent_id,segment,city,os,{header}\r\n");
    for row in 0..rows {
        let os = ["iOS", "\"鸿蒙, 4\"", "\"a\"\"b\nc\"", ""][row % 4];
        let city = ["北京", "Guangzhou", "\"Shanghai\"", "Xi'an"][row % 4];
        let end = ["\n", "\r\n"][row % 2];
        write!(text, "r{row},{},{city},{os},{}{end}", ["expat", "chinese"][row % 2], last(row)).unwrap();
    }
    text
}

#[test]
fn no_prefix_gives_a_wrong_row() {
    no_cut_gives_a_wrong_row(56, 1);
    // Unoptimised, every prefix of the long file would take most of the suite's time.
    no_cut_gives_a_wrong_row(ROWS, quick_or(41, 1));
}

/// Reads every `step`-th prefix of a file.
fn no_cut_gives_a_wrong_row(rows: usize, step: usize) {
    let answers = ["1", "0", "yes", "no", "-3", "是", "(跳过)"];
    let text = file(rows, "moments.share,moments.read", |row| {
        format!("{},{}", answers[row % 7], answers[row * 3 % 7])
    });
    let whole = people(&read("whole.csv", text.as_bytes()).unwrap().0);
    assert!(rows < ROWS || (18_000..22_000).contains(&text.len()), "{}", text.len());
    let is_accepted = |end: &usize| {
        let Ok((dataset, _)) = read("cut.csv", &text.as_bytes()[..*end]) else { return false };
        assert!(
            whole.starts_with(&people(&dataset)),
            "the first {end} bytes give a row that is not in the file"
        );
        true
    };
    let accepted = (0..text.len()).into_par_iter().step_by(step).filter(is_accepted).count();
    assert!(accepted * step >= rows, "{accepted} prefixes accepted");
}

/// Where the last cell may be cut and still be valid, the reader cannot know: it says so.
#[test]
fn a_cut_last_cell_that_cannot_be_seen_is_noticed() {
    let text = file(60, "moments.share,weight", |row| format!("1,{}.25", row + 1));
    let whole = people(&read("whole.csv", text.as_bytes()).unwrap().0);
    for end in 60..text.len() {
        if let Ok((dataset, intake)) = read("cut.csv", &text.as_bytes()[..end]) {
            let noticed = intake.notices.contains(&Notice::NoFinalLineEnd);
            assert!(noticed || whole.starts_with(&people(&dataset)), "{end}");
        }
    }
}

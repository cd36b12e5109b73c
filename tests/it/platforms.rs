//! Exports of survey platforms: one survey, written as each platform writes it, gives the same figures everywhere, and a
//! codebook can be drafted from each.
//!
//! The conventions are those of real exports and vendors' documents as `docs/FORMATS.md` lists them; those that nobody
//! here has seen in a real file are marked "unverified" below.

mod checks;
mod conventions;
mod drafts;
mod examples;
mod forms;
mod hostile;
mod quality;
mod refusals;

use std::fs;

use crate::desk::Desk;
use forms::{CANONICAL, Form, forms};

/// The rows of a table of everything, by segment and city and by the operating system.
fn rows(desk: &Desk, file: &str) -> serde_json::Value {
    let items = "moments.use,official_accounts.use,mini_programs.use,wechat_pay.use,moments.share,\
                 moments.satisfied,mini_programs.satisfied,groups.satisfied,wechat.minutes";
    let table = desk.ok(&[
        "table",
        "--input",
        file,
        "--items",
        items,
        "--by",
        "segment*city,os",
        "--show-withheld",
        "--format",
        "json",
    ]);
    serde_json::from_str::<serde_json::Value>(&table).unwrap()["rows"].take()
}

fn desk_with(form: &Form) -> Desk {
    let desk = Desk::new();
    fs::write(desk.path(form.file), &form.bytes).unwrap();
    fs::write(desk.path("wxstats.toml"), &form.codebook).unwrap();
    desk
}

#[test]
fn every_form_of_one_survey_gives_the_same_table() {
    let forms = forms();
    let canonical = forms.iter().find(|form| form.name == CANONICAL).unwrap();
    let expected = rows(&desk_with(canonical), canonical.file);
    assert_eq!(expected.as_array().unwrap().len(), 9 * (1 + 6 + 2));
    for form in &forms {
        assert_eq!(rows(&desk_with(form), form.file), expected, "{}", form.name);
    }
}

#[test]
fn a_platform_is_recognised_and_said() {
    for form in forms().iter().filter(|form| !form.taken_for.is_empty()) {
        let desk = desk_with(form);
        let said = String::from_utf8(desk.run(&["check", form.file]).stderr).unwrap();
        assert!(
            said.contains(&format!("taken for an export of {}", form.taken_for)),
            "{}: {said}",
            form.name
        );
    }
}

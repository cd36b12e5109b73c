//! What stands at the terminal and in the shell: colours, widths, help by example, completions, manual pages.

use std::fs;

use unicode_width::UnicodeWidthStr;

use crate::desk::Desk;

const TABLE: [&str; 6] = ["table", "--sample", "--items", "moments.share,moments.read", "--by", "segment"];

#[test]
fn pipes_and_files_have_no_colours_and_no_bars_unless_they_are_asked_for() {
    let desk = Desk::new();
    let plain = desk.ok(&TABLE);
    assert!(!plain.contains(['\u{1b}', '█', '▏']), "{plain}");
    let colored = desk.ok(&[&TABLE[..], &["--color", "always"]].concat());
    assert!(colored.contains("\u{1b}[36m█"), "{colored}");
    // Without colours and bars it is the same table but for the room that the bars take.
    let words = |text: &str| -> Vec<String> {
        let bare = text.replace("\u{1b}[36m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
        let is_ink = |c: char| ('█'..='▏').contains(&c) || c == '─';
        bare.replace(is_ink, " ").split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(words(&plain), words(&colored));
    desk.ok(&[&TABLE[..], &["--color", "always", "-o", "table.txt"]].concat());
    assert_eq!(fs::read_to_string(desk.path("table.txt")).unwrap(), plain);
}

#[test]
fn what_a_report_found_fits_eighty_columns_in_both_languages() {
    for lang in ["en", "zh"] {
        let desk = Desk::new();
        let said =
            desk.ok(&["report", "--sample", "--city", "Guangzhou", "--chart-format", "svg", "--lang", lang]);
        assert!(said.lines().count() > 6, "{said}");
        for line in said.lines() {
            assert!(line.width() <= 80, "{line}");
        }
    }
}

#[test]
fn every_command_teaches_by_example() {
    let desk = Desk::new();
    let commands = [
        "ingest", "codebook", "table", "claims", "diff", "explain", "persons", "weight", "metrics", "report",
    ];
    for command in commands {
        let help = desk.ok(&[command, "--help"]);
        assert!(help.contains(&format!("Examples:\n  wxstats {command}")), "{help}");
    }
}

#[test]
fn shells_get_completions_from_the_program_itself() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = desk.ok(&["completions", shell]);
        assert!(script.contains("WXSTATS_COMPLETE") && script.contains("wxstats"), "{shell}: {script}");
    }
    let complete = |words: &[&str]| {
        let asked = [&["--", "wxstats"], words].concat();
        let index = (asked.len() - 2).to_string();
        let output =
            desk.run_with(&asked, &[("WXSTATS_COMPLETE", "bash"), ("_CLAP_COMPLETE_INDEX", index.as_str())]);
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(complete(&["repo"]).contains("report"));
    assert_eq!(complete(&["report", "--city", "Guangz"]).trim(), "Guangzhou");
    assert_eq!(complete(&["report", "--city", "广州"]).trim(), "广州");
    let items = complete(&["table", "--items", "moments.sh"]);
    assert!(items.contains("moments.share"), "{items}");
}

#[test]
fn cities_items_and_datasets_are_completed_from_the_store() {
    let desk = Desk::new();
    let survey = "respondent_id,segment,city,os,tea.drink,tea.pour,tram.ride\n1,expat,Xiamen,iOS,1,0,1\n2,chinese,Dalian,iOS,1,0,0\n";
    fs::write(desk.path("drinks.csv"), survey).unwrap();
    desk.ok(&["ingest", "drinks.csv", "--wave", "2026"]);
    let complete = |words: &[&str]| -> Vec<String> {
        let asked = [&["--", "wxstats"], words].concat();
        let index = (asked.len() - 2).to_string();
        let variables = [("WXSTATS_COMPLETE", "bash"), ("_CLAP_COMPLETE_INDEX", index.as_str())];
        let said = String::from_utf8(desk.run_with(&asked, &variables).stdout).unwrap();
        said.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(complete(&["report", "--city", "X"]), ["Xiamen"]);
    assert_eq!(complete(&["report", "--city", "大"]), ["大连"]);
    assert!(complete(&["report", "--city", "Guangz"]).is_empty(), "nobody there is stored");
    assert_eq!(complete(&["table", "--items", "tea."]), ["tea.drink", "tea.pour"]);
    assert!(complete(&["table", "--items", "moments."]).is_empty());
    assert_eq!(complete(&["table", "--by", "o"]), ["os"]);
    assert_eq!(complete(&["table", "--dataset", "d"]), ["drinks"]);
    assert_eq!(complete(&["table", "--wave", "20"]), ["2026"]);
}

#[test]
fn every_command_has_a_manual_page() {
    let desk = Desk::new();
    desk.ok(&["man", "pages"]);
    let page = fs::read_to_string(desk.path("pages/wxstats-table.1")).unwrap();
    assert!(page.starts_with(".ie") && page.contains(".TH"), "{page}");
    assert!(desk.path("pages/wxstats.1").exists() && desk.path("pages/wxstats-store-ls.1").exists());
    assert!(desk.ok(&["man"]).contains(".TH wxstats 1"));
}

//! What is wrong between a codebook and a file is said with its place, and nothing is read in half.

use std::fs;

use crate::desk::Desk;

use super::forms::forms;

fn refused(from: &str, to: &str) -> String {
    let form = forms().into_iter().find(|form| form.name == "wjx text").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    assert!(form.codebook.contains(from), "no {from} in\n{}", form.codebook);
    fs::write(desk.path("wxstats.toml"), form.codebook.replace(from, to)).unwrap();
    desk.fails(1, &["check", "survey.csv"])
}

#[test]
fn columns_that_are_not_there_are_named_with_the_line_of_the_codebook() {
    let error = refused("city = \"Q2\"", "city = \"Q22\"");
    assert!(
        error.contains(
            "survey.csv:1:1: column \"Q22\", which line 3 of the codebook names, is not in the file"
        ),
        "{error}"
    );
    let error = refused("row = \"群聊\"", "row = \"群\"");
    assert!(
        error.contains("has no part \"群\"")
            && error.contains("its parts are \"朋友圈\", \"小程序\", \"群聊\""),
        "{error}"
    );
    let error = refused("os = \"Q6\"", "os = \"Q5\"");
    assert!(error.contains("is that of several columns") && error.contains("#11 \"朋友圈\""), "{error}");
}

#[test]
fn cells_that_the_codebook_does_not_know_are_named_with_their_place() {
    let error = refused(", \"*\" = \"expat\"", ", \"美国\" = \"expat\"");
    assert!(error.contains("the codebook gives no level for \"法国\""), "{error}");
    assert!(error.contains("\"*\" stands for all others"), "{error}");
    let error = refused("yes = [\"偶尔\", \"经常\"]", "yes = [\"经常\"]");
    assert!(error.contains("unknown answer \"偶尔\" to moments.share"), "{error}");
    let error = refused("\"一般\" = 3, ", "");
    assert!(error.contains("unknown answer \"一般\" to moments.satisfied"), "{error}");
}

#[test]
fn the_rest_of_a_bad_file_is_checked_too() {
    let error = refused("city = \"Q2\"", "city = \"Q22\"\nweight = \"Q99\"");
    assert!(error.contains("\"Q22\"") && error.contains("\"Q99\""), "{error}");
}

#[test]
fn options_that_nobody_ticked_and_ticks_of_no_item_are_told() {
    let form = forms().into_iter().find(|form| form.name == "wjx text").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    fs::write(
        desk.path("wxstats.toml"),
        form.codebook.replace("option = \"公众号\"", "option = \"公众帐号\""),
    )
    .unwrap();
    let said = String::from_utf8(desk.run(&["check", "survey.csv"]).stderr).unwrap();
    assert!(said.contains("Q3: nobody ticked \"公众帐号\"; is it spelt as in the file?"), "{said}");
    assert!(said.contains("ticks are of options that no item of the codebook stands for"), "{said}");
}

#[test]
fn a_codebook_that_contradicts_itself_is_refused_with_its_places() {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), "a,b\n1,2\n").unwrap();
    fs::write(
        desk.path("wxstats.toml"),
        "[dataset.survey]\nplatform = \"wjz\"\n[dataset.survey.columns]\nsegment = { levels = { a = \"b\" } }\ncity = \"#row\"\n\
         [dataset.survey.items]\n\"a.b\" = { option = \"x\" }\n\"a.c\" = { column = \"a\", option = \"x\", yes = [\"y\"] }\n\
         [dataset.survey.quality]\ntoo_fast = { column = \"a\" }\nrepeated = { a = 0 }\n",
    )
    .unwrap();
    let error = desk.fails(2, &["check", "survey.csv"]);
    for expected in [
        "wxstats.toml:2:12: the platform is not known",
        "wxstats.toml:4:11: segment needs a column or a value",
        "wxstats.toml:5:8: city is \"#row\"",
        "wxstats.toml:7:9: a.b names no column",
        "wxstats.toml:8:9: a.c: what its cells say is not clear",
        "wxstats.toml:10:12: too_fast needs a column and the fewest seconds",
        "wxstats.toml:11:18: at least one row must be allowed",
    ] {
        assert!(error.contains(expected), "no {expected} in\n{error}");
    }
}

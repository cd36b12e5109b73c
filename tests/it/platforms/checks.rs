//! `check` explains a file: what it was taken for, and what became of each of its columns.

use std::fs;

use crate::desk::Desk;

use super::forms::forms;

#[test]
fn every_column_of_an_export_is_explained() {
    let form = forms().into_iter().find(|form| form.name == "wjx text in GBK").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    let rule = "\n[dataset.survey.quality]\nstraight_line = [\"Q5\"]\n";
    fs::write(desk.path("wxstats.toml"), form.codebook + rule).unwrap();
    let output = desk.run(&["check", "survey.csv"]);
    let (out, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    for line in [
        " 1  序号                     respondent_id",
        " 2  提交答卷时间             left out",
        " 7  1、您的国籍？            segment, 2 levels",
        " 9  3、您使用哪些微信功能？  item moments.use; item official_accounts.use; item mini_programs.use; item wechat_pay.use",
        "12  5、小程序                item mini_programs.satisfied; rules of quality",
        "14  6、手机系统              dimension os, 2 levels",
    ] {
        assert!(out.lines().any(|found| found == line), "no {line} in\n{out}");
    }
    assert!(said.contains("read as GBK") && said.contains("taken for an export of 问卷星 (WJX)"), "{said}");
}

#[test]
fn personal_data_of_a_canonical_file_is_named_as_such() {
    let desk = Desk::new();
    let text = "respondent_id,segment,city,os,手机号,moments.share\np1,expat,广州,iOS,13812345678,1\n";
    fs::write(desk.path("survey.csv"), text).unwrap();
    let out = desk.ok(&["check", "survey.csv"]);
    assert!(out.contains("手机号         left out as personal data"), "{out}");
    assert!(out.contains("dimension os, 1 level") && out.contains("item moments.share"), "{out}");
}

#[test]
fn an_export_without_a_codebook_is_told_of_drafts() {
    let form = forms().into_iter().find(|form| form.name == "wjx text").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    let error = desk.fails(1, &["check", "survey.csv"]);
    assert!(
        error.contains("taken for an export of 问卷星 (WJX)") && error.contains("wxstats codebook"),
        "{error}"
    );
}

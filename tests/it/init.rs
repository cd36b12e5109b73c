//! A new project works at once: the steps of its own workflow pass, on the sample.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::Desk;

/// The commands of the workflow's steps, without the one that installs the program, and the data that they run on.
fn steps(workflow: &str) -> (Vec<String>, String) {
    let after = |key: &str| -> Vec<String> {
        let lines = workflow.lines().filter_map(|line| line.trim().strip_prefix(key));
        lines.map(|rest| rest.trim().to_owned()).collect()
    };
    let mut steps = after("run:");
    steps.retain(|step| !step.starts_with("cargo install"));
    (steps, after("DATA:").remove(0))
}

/// Runs the steps of a project's workflow on what it says, or on other data.
fn run_workflow(project: &Path, data: Option<&str>) {
    let workflow = fs::read_to_string(project.join(".github/workflows/report.yml")).unwrap();
    let (steps, own) = steps(&workflow);
    assert_eq!(steps.len(), 3, "{workflow}");
    let program = Path::new(env!("CARGO_BIN_EXE_wxstats")).parent().unwrap();
    for step in steps {
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &step])
            .current_dir(project)
            .env_clear()
            .env("HOME", project)
            .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
            .env("DATA", data.unwrap_or(&own))
            .output()
            .unwrap();
        assert!(output.status.success(), "{step}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_project_with_a_file_of_its_own_passes_the_workflow_too() {
    const GUIDE: [(&str, &str); 2] =
        [("en", include_str!("../../docs/from-wjx.md")), ("zh", include_str!("../../docs/from-wjx.zh.md"))];
    for (lang, guide) in GUIDE {
        let desk = Desk::new();
        assert!(desk.ok(&["init", "project", "--lang", lang]).is_empty());
        let project = desk.path("project");
        let codebook = guide.split("```toml wxstats.toml\n").nth(1).unwrap().split("```").next().unwrap();
        fs::write(project.join("wxstats.toml"), codebook).unwrap();
        fs::write(project.join("data/wjx.csv"), include_str!("../../docs/examples/wjx.csv")).unwrap();
        run_workflow(&project, Some("--input data/wjx.csv"));
        let page = fs::read_to_string(project.join("reports/guangzhou/index.html")).unwrap();
        assert!(page.contains(&format!("<html lang=\"{lang}")));
        assert!(project.join("reports/guangzhou/report.xlsx").exists());
        assert!(project.join("reports/table.xlsx").exists() && project.join("claims.xml").exists());
    }
}

#[test]
fn a_new_project_passes_its_own_workflow() {
    for lang in ["en", "zh"] {
        let desk = Desk::new();
        desk.ok(&["init", "project", "--lang", lang]);
        let project = desk.path("project");
        run_workflow(&project, None);
        let page = fs::read_to_string(project.join("reports/overview/index.html")).unwrap();
        assert!(page.contains(&format!("<html lang=\"{lang}")));
        assert!(project.join("reports/overview/report.xlsx").exists());
        assert!(project.join("reports/table.xlsx").exists() && project.join("claims.xml").exists());
    }
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let desk = Desk::new();
    fs::write(desk.path("claims.toml"), "mine").unwrap();
    let said = desk.fails(2, &["init"]);
    assert_eq!(
        said,
        "error: claims.toml is there already\n\
         hint: nothing was written; wxstats init DIR makes a folder of its own\n"
    );
    assert_eq!(fs::read_to_string(desk.path("claims.toml")).unwrap(), "mine");
    assert!(!desk.path("wxstats.toml").exists());
}

//! `docs/cli.md` is what the program says of itself. `BLESS=1 cargo test reference` writes it anew.

use std::fs;
use std::path::Path;

fn reference() -> String {
    let mut command = wxstats::cli::definition().term_width(100);
    command.build();
    let mut text =
        "# Command-line reference\n\nGenerated from the program; a test keeps it current.\n".to_owned();
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut add = |title: &str, help: String| {
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        text.push_str(&format!("\n## `{title}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end()));
    };
    add("wxstats", command.render_long_help().to_string());
    for name in names.iter().filter(|name| *name != "help") {
        let help = command.find_subcommand_mut(name).unwrap().render_long_help().to_string();
        add(&format!("wxstats {name}"), help);
    }
    text
}

#[test]
fn the_committed_reference_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let current = reference();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &current).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), current, "run BLESS=1 cargo test reference");
}

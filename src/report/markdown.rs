//! [`Contents`] → `report.md`, for pull requests and the summaries of CI jobs.

use super::contents::{Contents, Exhibit};
use super::grid::Grid;
use super::method::METHODS;
use super::transparency;
use crate::table::escape_markdown as escape;

/// The report in GitHub's Markdown; pictures and data by relative path.
pub(super) fn markdown(contents: &Contents) -> String {
    let say = |en, zh| contents.lang.pick(en, zh);
    let mut out = vec![format!("# {}", escape(&contents.title)), escape(&contents.kicker)];
    out.extend(contents.synthetic.iter().map(|note| format!("> **{}**", escape(note))));
    out.push(escape(&contents.summary));
    if !contents.findings.is_empty() {
        out.push(format!("## {}", say("Findings", "主要发现")));
        out.push(bullets(&contents.findings));
    }
    match contents.sections.as_slice() {
        [only] => out.extend(only.exhibits.iter().flat_map(|exhibit| self::exhibit(exhibit, "##"))),
        several => {
            for section in several {
                out.push(format!("## {}", escape(&section.name)));
                out.extend(section.exhibits.iter().flat_map(|exhibit| self::exhibit(exhibit, "###")));
            }
        }
    }
    out.push(format!("## {}", say("Method", "方法")));
    let terms = contents
        .method
        .iter()
        .map(|(term, meaning)| format!("- **{}**{}{}", escape(term), say(": ", "："), escape(meaning)));
    let notes = contents.notes.iter().map(|note| format!("- {}", escape(note)));
    out.push(notes.chain(terms).collect::<Vec<_>>().join("\n"));
    out.push(format!("## {}", say("About the survey", "调查说明")));
    out.push(escape(transparency::scope(contents.lang)));
    let statements = contents.about.iter().map(|statement| {
        format!(
            "- **{}**{}{}",
            escape(statement.term),
            say(": ", "："),
            escape(statement.said(contents.lang))
        )
    });
    out.push(statements.collect::<Vec<_>>().join("\n"));
    out.push(format!("## {}", say("Sources", "数据来源")));
    let rows = contents.sources.iter().map(|[name, file, respondents, hash]| {
        format!("| {} | {} | {respondents} | `{hash}` |", escape(name), escape(file))
    });
    let head = say("| Survey | File | Respondents | BLAKE3 |", "| 调查 | 文件 | 受访者 | BLAKE3 |");
    out.push(
        [head.to_owned(), "|---|---|--:|---|".to_owned()]
            .into_iter()
            .chain(rows)
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let links: Vec<String> = contents.downloads.iter().map(|file| format!("[{file}]({file})")).collect();
    out.push(format!("{} {}", say("Data:", "数据："), links.join(" · ")));
    out.push(format!("[{}]({METHODS})", say("How every figure is computed", "各项数字的计算方法（英文）")));
    out.extend(contents.footer.iter().map(|footer| escape(footer)));
    out.join("\n\n") + "\n"
}

fn bullets(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {}", escape(line))).collect::<Vec<_>>().join("\n")
}

/// A chart and its table under a heading with so many number signs.
fn exhibit(exhibit: &Exhibit, level: &str) -> Vec<String> {
    let heading = format!("{level} {}", escape(&exhibit.heading));
    let mut lines = vec![heading, format!("**{}**", escape(&exhibit.title))];
    lines.extend(picture(exhibit));
    lines.push(table(&exhibit.grid));
    lines
}

/// The chart as an image: the PNG where there is one, which shows with its own fonts everywhere.
fn picture(exhibit: &Exhibit) -> Option<String> {
    let drawing = exhibit.drawing.as_ref()?;
    let file = drawing.files.last()?;
    Some(format!("![{}]({file})", escape(&drawing.alt)))
}

fn table(grid: &Grid) -> String {
    let row = |cells: &[String]| {
        format!("| {} |", cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "))
    };
    let last = grid.head.len() - 1;
    let rule: String =
        (0..grid.head.len()).map(|i| if i == 0 || i == last { "---|" } else { "--:|" }).collect();
    let mut lines = vec![row(&grid.head), format!("|{rule}")];
    lines.extend(grid.rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

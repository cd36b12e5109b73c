//! The judgement as Markdown, as GitHub reads it.

use super::text::lines;
use super::verdict::Judgement;
use super::words;
use crate::codebook::Lang;
use crate::table::escape_markdown as escape;

/// A table of verdicts, then each claim with what it rests on, and the notes.
#[must_use]
pub fn markdown(judgement: &Judgement, lang: Lang) -> String {
    let header = lang.pick("| Claim | Verdict | In words |", "| 论断 | 判定 | 内容 |");
    let mut out = format!(
        "{}\n\n{header}\n| --- | --- | --- |\n",
        escape(words::summary(&judgement.verdicts.iter().collect::<Vec<_>>()).get(lang))
    );
    for verdict in &judgement.verdicts {
        let statement = verdict.claim.statement.as_ref().map(|words| words.get(lang));
        let title = statement.unwrap_or(&verdict.claim.asserts[0].text);
        let outcome = words::outcome(&verdict.outcome);
        let cells = [&verdict.claim.id, outcome.get(lang), title].map(escape);
        out.push_str(&format!("| {} | {} | {} |\n", cells[0], cells[1], cells[2]));
    }
    for verdict in &judgement.verdicts {
        let outcome = words::outcome(&verdict.outcome);
        let colon = lang.pick(": ", "：");
        let title = format!("{}{colon}{}", verdict.claim.id, outcome.get(lang));
        out.push_str(&format!("\n### {}\n\n", escape(&title)));
        out.extend(lines(verdict, judgement, lang).iter().map(|line| format!("- {}\n", escape(line))));
    }
    out.push('\n');
    out.extend(words::notes(judgement).iter().map(|note| format!("- {}\n", escape(note.get(lang)))));
    out
}

//! The judgement for a terminal or a text file.

use super::verdict::{Judgement, Outcome, Verdict};
use super::words;
use crate::codebook::{Lang, Name};

/// A count of verdicts; each claim with its verdict, what was asserted, the figures and the decision; and the notes.
#[must_use]
pub fn text(judgement: &Judgement, lang: Lang) -> String {
    let mut out = format!("{}\n", words::summary(&judgement.verdicts.iter().collect::<Vec<_>>()).get(lang));
    for verdict in &judgement.verdicts {
        let outcome = words::outcome(&verdict.outcome).get(lang).to_uppercase();
        let statement = verdict.claim.statement.as_ref().map(|words| words.get(lang));
        let title = statement.unwrap_or_default();
        out.push_str(format!("\n{outcome}  {}  {title}", verdict.claim.id).trim_end());
        out.push('\n');
        for line in lines(verdict, judgement, lang) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    out.push('\n');
    for note in words::notes(judgement) {
        out.push_str(&format!("{}\n", note.get(lang)));
    }
    out
}

/// What stands under a claim.
pub(crate) fn lines(verdict: &Verdict, judgement: &Judgement, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = verdict.claim.asserts.iter().map(|assert| assert.text.clone()).collect();
    if let Outcome::NotTestable(reasons) = &verdict.outcome {
        lines.extend(reasons.iter().map(|reason| words::reason(reason).get(lang).to_owned()));
    }
    let level = judgement.settings.level;
    lines.extend(verdict.tests.iter().map(|test| words::test(test, level).get(lang).to_owned()));
    let published = verdict.findings.iter().flat_map(super::published::finding);
    lines.extend(published.map(|figure| figure.get(lang).to_owned()));
    lines.extend(verdict.left_out.iter().map(|left_out| words::left_out(left_out).get(lang).to_owned()));
    lines.extend(words::decision(verdict, judgement.family).map(|name: Name| name.get(lang).to_owned()));
    if let Some(source) = &verdict.claim.source {
        lines.push(format!("{}{source}", lang.pick("source: ", "出处：")));
    }
    lines
}

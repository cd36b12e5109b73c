//! The judgement as JUnit XML, which CI systems show beside other tests: a claim is a test case.

use super::text::lines;
use super::verdict::{Judgement, Outcome, Verdict};
use super::words;
use crate::codebook::{Lang, clean};

/// One test suite. A claim that is contradicted is a failure, where `strict` every one that is not supported; else one that
/// is not clear or not testable is skipped.
#[must_use]
pub fn junit(judgement: &Judgement, strict: bool, lang: Lang) -> String {
    let failures = judgement.failures(strict).count();
    let skipped = judgement.verdicts.len() - judgement.count("supported") - failures;
    let counts = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"",
        judgement.verdicts.len()
    );
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wxstats claims\" {counts}>\n  <testsuite name=\"{}\" {counts}>\n",
        escape(&judgement.file)
    );
    for verdict in &judgement.verdicts {
        out.push_str(&case(verdict, judgement, strict, lang));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(verdict: &Verdict, judgement: &Judgement, strict: bool, lang: Lang) -> String {
    let claim = &verdict.claim;
    let statement = claim.statement.as_ref().map_or(claim.asserts[0].text.as_str(), |words| words.get(lang));
    let name = escape(&format!("{}: {statement}", claim.id));
    let file = escape(&judgement.file);
    let outcome = words::outcome(&verdict.outcome);
    let message = escape(outcome.get(lang));
    let details = escape_lines(&lines(verdict, judgement, lang));
    let is_failure = match verdict.outcome {
        Outcome::Supported => false,
        Outcome::Contradicted => true,
        Outcome::NotClear | Outcome::NotTestable(_) => strict,
    };
    let inside = match verdict.outcome {
        _ if is_failure => {
            let kind = verdict.outcome.key();
            format!("      <failure type=\"{kind}\" message=\"{message}\">{details}</failure>\n")
        }
        Outcome::Supported => format!("      <system-out>{details}</system-out>\n"),
        _ => format!("      <skipped message=\"{message}\"/>\n      <system-out>{details}</system-out>\n"),
    };
    format!(
        "    <testcase classname=\"claims\" name=\"{name}\" file=\"{file}\" line=\"{}\">\n{inside}    </testcase>\n",
        claim.line
    )
}

fn escape_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n")
}

/// Text that can stand in an element or a quoted attribute of XML, without characters that cannot be seen.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

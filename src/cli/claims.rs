//! `wxstats claims`: statements held against data.

use anyhow::Result;

use super::args::{Claims as Arguments, ClaimsFormat, Global};
use super::evidence::{held, judged, read_claims};
use super::exit::Refusal;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use super::{metrics, output};
use crate::claims::{self, Judgement};
use crate::codebook::Lang;

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let format = output::format(
        command.format,
        command.output.as_deref(),
        &ClaimsFormat::ENDINGS,
        ClaimsFormat::NAMES,
    )?;
    let claims = read_claims(&command.file, ui)?;
    let project = Project::open(global, ui)?;
    let published = match &command.metrics {
        Some(path) => Some(metrics::read(path, ui)?),
        None if command.source.sample => Some(metrics::read_sample(ui)?),
        None => None,
    };
    let (published, settings) = (published.as_ref(), command.estimation.settings());
    let judgement = if claims.ask_a_survey() {
        let survey = Survey::open(&command.source, claims.speak_of_waves(), &project, global, ui)?;
        judged(&claims, &survey, &project, published, settings, ui)?
    } else {
        held(&claims, published, &project, settings)
    };
    let text = render(&judgement, format, command.strict, command.language.lang(&project))?;
    output::deliver(command.output.as_deref(), &text, ui)?;
    refuse_failures(&judgement, command.strict)
}

fn render(judgement: &Judgement, format: ClaimsFormat, strict: bool, lang: Lang) -> Result<String> {
    Ok(match format {
        ClaimsFormat::Text => claims::text(judgement, lang),
        ClaimsFormat::Json => claims::json(judgement, lang)?,
        ClaimsFormat::Md => claims::markdown(judgement, lang),
        ClaimsFormat::Junit => claims::junit(judgement, strict, lang),
    })
}

/// The run fails with the claims that do, when all verdicts have been written.
fn refuse_failures(judgement: &Judgement, strict: bool) -> Result<()> {
    let failed: Vec<&str> = judgement.failures(strict).map(|verdict| verdict.claim.id.as_str()).collect();
    let what = if strict { "not supported" } else { "contradicted" };
    match failed.as_slice() {
        [] => Ok(()),
        [one] => Err(Refusal::data(format!("claim {one} is {what} by the data")).into()),
        several => Err(Refusal::data(format!("claims {} are {what} by the data", several.join(", "))).into()),
    }
}

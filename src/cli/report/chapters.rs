//! What a report tells beside its survey, each gathered from where it stands: a file, the sample, the store.

use anyhow::Result;

use super::Sought;
use crate::cli::evidence::{judged, parse_claims, read_claims};
use crate::cli::exit::Refusal;
use crate::cli::{metrics, sample};
use crate::estimate::Settings;
use crate::report::Chapter;
use crate::table::Disclosure;

/// All chapters that there is anything for, in the order in which they are told.
///
/// # Errors
/// Those of reading them; a [`Refusal`] for one that does not go with the rest.
pub(super) fn chapters(sought: &Sought<'_>) -> Result<Vec<Chapter>> {
    let gathered = [landscape(sought)?, claims(sought)?];
    Ok(gathered.into_iter().flatten().collect())
}

/// The published figures that are given; of the sample, those that are bundled.
fn landscape(sought: &Sought<'_>) -> Result<Option<Chapter>> {
    let Sought { command, ui, .. } = sought;
    let landscape = match &command.metrics {
        Some(path) => metrics::read(path, ui)?,
        None if command.source.sample => metrics::read_sample(ui)?,
        None => return Ok(None),
    };
    Ok(Some(Chapter::Landscape(landscape)))
}

/// The verdicts on the claims that are asked for; of the sample, on those that it was made to hold.
fn claims(sought: &Sought<'_>) -> Result<Option<Chapter>> {
    let Sought { command, survey, project, ui, .. } = sought;
    let is_published = Disclosure::from(command.disclosure) == Disclosure::Publish;
    let claims = match &command.claims {
        Some(_) if is_published => {
            return Err(Refusal::usage("--claims does not go with --disclosure publish")
                .hint("verdicts tell unrounded figures, which are for use inside a company")
                .into());
        }
        Some(path) => read_claims(path, ui)?,
        None if command.source.sample && !is_published => {
            parse_claims(sample::CLAIMS, sample::CLAIMS_FILE, ui)?
        }
        None => return Ok(None),
    };
    let survey = if claims.speak_of_waves() { (*survey).clone() } else { survey.latest() };
    Ok(Some(Chapter::Claims(judged(&claims, &survey, project, Settings::default(), ui)?)))
}

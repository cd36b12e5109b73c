//! What a report tells of adoption: from its own survey where that asks about it, else from other surveys that do.

use anyhow::Result;

use super::funnels::{by_levels, showing};
use super::{CITY, SEGMENT, Sought};
use crate::cli::figures::{Figures, Wanted};
use crate::cli::survey::Survey;
use crate::codebook::Base;
use crate::report::{Adoption, Chapter, Questions};
use crate::tally::items;

/// A chapter for the report's survey, or for each other one.
///
/// # Errors
/// Those of tallying them.
pub(super) fn adoption(sought: &Sought<'_>) -> Result<Vec<Chapter>> {
    let Sought { shelf, survey, project, ui, .. } = sought;
    if let Some(chapter) = chapter(&survey.latest(), sought)? {
        return Ok(vec![chapter]);
    }
    let mut chapters = Vec::new();
    for other in survey.others(shelf, project, ui)? {
        chapters.extend(chapter(&other.latest(), sought)?);
    }
    Ok(chapters)
}

/// What a survey tells; `None` where it asks nothing about adoption.
fn chapter(survey: &Survey, sought: &Sought<'_>) -> Result<Option<Chapter>> {
    let Some(questions) = Questions::among(&items(&survey.parts())) else { return Ok(None) };
    let by: Vec<&str> = [SEGMENT, CITY].into_iter().filter(|name| survey.has_dimension(name)).collect();
    if !by.contains(&SEGMENT) {
        return Ok(None);
    }
    let wanted = Wanted { by: &by, entries: &questions.entries(), base: Base::Answered };
    let figures = Figures::scan(survey.clone(), sought.project, &wanted, sought.ui)?;
    let showing = showing(sought);
    let place = by.contains(&CITY).then_some(CITY);
    let (overall, by_city) = by_levels(&figures, SEGMENT, place, showing)?;
    Ok(Some(Chapter::Adoption(Adoption { questions, overall, by_city })))
}

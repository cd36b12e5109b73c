//! Who stands in the report's survey: the dimensions that describe people, by segment.

use anyhow::Result;

use super::funnels::showing;
use super::{CITY, SEGMENT, Sought};
use crate::cli::figures::{Figures, Wanted};
use crate::codebook::{Base, Entry, Quantity};
use crate::report::{Chapter, People};
use crate::tally::items;

/// The dimensions that describe people.
const DIMENSIONS: [&str; 4] = ["os", "nationality", "age_group", "gender"];
/// More levels than these are no description.
const MOST_LEVELS: usize = 24;

/// The chapter; `None` where the survey says nothing of the kind, or has no segments.
///
/// # Errors
/// Those of tallying it.
pub(super) fn people(sought: &Sought<'_>) -> Result<Option<Chapter>> {
    let survey = sought.survey.latest();
    let known = items(&survey.parts());
    let (true, Some(item)) = (survey.has_dimension(SEGMENT), known.into_iter().next()) else {
        return Ok(None);
    };
    let of: Vec<&str> = DIMENSIONS.into_iter().filter(|name| survey.has_dimension(name)).collect();
    let mut by = vec![SEGMENT];
    by.extend(survey.has_dimension(CITY).then_some(CITY));
    by.extend(&of);
    let entries = [Entry::Quantity(Quantity::from(item))];
    let wanted = Wanted { by: &by, entries: &entries, base: Base::Answered };
    let has_city = survey.has_dimension(CITY);
    let figures = Figures::scan(survey, sought.project, &wanted, sought.ui)?;
    let of: Vec<&str> = of.into_iter().filter(|name| figures.levels(name).len() <= MOST_LEVELS).collect();
    if of.is_empty() {
        return Ok(None);
    }
    let showing = showing(sought);
    let banners: &[&[&str]] = if has_city { &[&[SEGMENT], &[CITY, SEGMENT]] } else { &[&[SEGMENT]] };
    let mut tables = figures.shares(&of, banners, showing);
    let by_city = if has_city { tables.pop() } else { None };
    let overall = tables.swap_remove(0);
    Ok(Some(Chapter::People(People { overall, by_city })))
}

//! The funnels that a report tells: each dataset of ways, by selling model and by segment.

use anyhow::Result;

use super::{CITY, SEGMENT, Sought};
use crate::cli::figures::{Asked, Compared, Figures, Showing, Wanted};
use crate::cli::survey::Survey;
use crate::codebook::Base;
use crate::estimate::Settings;
use crate::funnel::entries;
use crate::report::{Chapter, Funnels, Ways};
use crate::table::Table;

const MODEL: &str = "model";

/// A chapter for each funnel there is.
///
/// # Errors
/// Those of reading and tallying them.
pub(super) fn funnels(sought: &Sought<'_>) -> Result<Vec<Chapter>> {
    let Sought { shelf, project, ui, .. } = sought;
    let showing = showing(sought);
    let mut chapters = Vec::new();
    for survey in Survey::funnels(shelf, project, ui)? {
        let survey = survey.latest();
        let Some(funnel) = survey.funnel().cloned() else { continue };
        let has = |name: &str| survey.has_dimension(name);
        let by: Vec<&str> = [MODEL, SEGMENT, CITY].into_iter().filter(|name| has(name)).collect();
        let wanted = Wanted { by: &by, entries: &entries(&funnel), base: Base::Answered };
        let figures = Figures::scan(survey.clone(), project, &wanted, ui)?;
        let mut ways = Vec::new();
        for &dimension in by.iter().filter(|name| **name != CITY) {
            let place = has(CITY).then_some(CITY);
            let (overall, by_city) = by_levels(&figures, dimension, place, showing)?;
            ways.push(Ways { overall, by_city });
        }
        chapters.push(Chapter::Funnels(Funnels { stages: funnel.stages, ways }));
    }
    Ok(chapters)
}

/// How figures of a chapter are shown.
pub(super) fn showing(sought: &Sought<'_>) -> Showing {
    Showing {
        settings: Settings::default(),
        show_withheld: false,
        disclosure: sought.command.disclosure.into(),
    }
}

/// The figures by the innermost of some dimensions and, if `place` is given, also place by place; of the innermost the first level
/// is compared with each other one. Each table is a family of tests.
pub(super) fn by_levels(
    figures: &Figures,
    innermost: &str,
    place: Option<&str>,
    showing: Showing,
) -> Result<(Table, Option<Table>)> {
    let several = figures.levels(innermost).len() > 1;
    let asked = |by: Vec<_>| {
        let compare = several.then_some((by.len() - 1, Compared::FirstWithEach));
        [Asked { by, compare, ..Asked::default() }]
    };
    let overall = asked(vec![innermost]);
    let by_place = place.map(|place| asked(vec![place, innermost]));
    let families: Vec<&[Asked<'_>]> =
        [Some(&overall), by_place.as_ref()].into_iter().flatten().map(|family| &family[..]).collect();
    let mut tables = figures.families(&families, showing)?;
    let by_place = if place.is_some() { tables.pop() } else { None };
    Ok((tables.swap_remove(0), by_place))
}

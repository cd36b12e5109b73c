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
            let overall = by_levels(&figures, &[dimension], showing)?;
            let by_city = has(CITY).then(|| by_levels(&figures, &[CITY, dimension], showing)).transpose()?;
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

/// The figures by some dimensions, of the innermost the first level compared with each other one.
pub(super) fn by_levels(figures: &Figures, by: &[&str], showing: Showing) -> Result<Table> {
    let innermost = by.len() - 1;
    let several = figures.levels(by[innermost]).len() > 1;
    let compare = several.then_some((innermost, Compared::FirstWithEach));
    let asked = Asked { by: by.to_vec(), compare, ..Asked::default() };
    Ok(figures.tables(&[asked], showing)?.swap_remove(0))
}

//! Survey → [`Table`]: the middle of every command that shows figures.

use anyhow::Result;

use super::exit::Refusal;
use super::survey::Survey;
use crate::codebook::{Item, Names};
use crate::estimate::{Compare, Request, Settings, estimate};
use crate::table::{Layout, Table, lay_out};
use crate::tally::{Plan, Tally, tally};

/// Which levels of a dimension are compared.
#[derive(Clone, Copy)]
pub(super) enum Compared<'a> {
    /// The first with the second.
    FirstTwo(&'a str),
    /// The first with each other one.
    FirstWithEach(&'a str),
}

/// What a table shows, of what was tallied.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) by: &'a [&'a str],
    pub(super) compare: Option<Compared<'a>>,
    /// The dimension whose levels get letters.
    pub(super) letters: Option<&'a str>,
    /// Whether items are tested against the first dimension.
    pub(super) test: bool,
    pub(super) settings: Settings,
    pub(super) show_withheld: bool,
}

/// A tallied survey, from which any number of tables can be made.
pub(super) struct Figures {
    survey: Survey,
    tally: Tally,
    names: Names,
}

impl Figures {
    /// Scans the survey once. No items means all.
    pub(super) fn scan(survey: Survey, by: &[&str], items: &[Item]) -> Result<Self> {
        let plan = Plan { by: by.iter().map(|&name| name.to_owned()).collect(), items: items.to_vec() };
        let tally = tally(&survey.parts(), &plan)?;
        Ok(Self { survey, tally, names: Names::default() })
    }

    /// Display names.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Levels of a tallied dimension, in display order.
    pub(super) fn levels(&self, dimension: &str) -> &[String] {
        self.tally.dimensions.iter().find(|known| known.name == dimension).map_or(&[], |known| &known.levels)
    }

    /// The table that is asked for, by some of the tallied dimensions.
    pub(super) fn table(&self, asked: &Asked) -> Result<Table> {
        let position = |name: &str| self.tally.dimensions.iter().position(|known| known.name == name);
        let request = Request {
            by: asked.by.iter().filter_map(|name| position(name)).collect(),
            compare: asked.compare.map(|compared| self.compare(asked.by, compared)).transpose()?,
            letters: asked.letters.map(|name| place(asked.by, "--letters", name)).transpose()?,
            test: (asked.test && !asked.by.is_empty()).then_some(0),
        };
        let estimates = estimate(&self.tally.cells, &request, &asked.settings);
        let sources = self.survey.sources();
        let layout = Layout {
            tally: &self.tally,
            request: &request,
            settings: asked.settings,
            sources: &sources,
            names: &self.names,
            show_withheld: asked.show_withheld,
        };
        Ok(lay_out(&estimates, &layout))
    }

    fn compare(&self, by: &[&str], compared: Compared) -> Result<Compare> {
        let (Compared::FirstTwo(name) | Compared::FirstWithEach(name)) = compared;
        let position = place(by, "--compare", name)?;
        match self.levels(name).len() {
            0 | 1 => {
                Err(Refusal::data(format!("{name} has only one level, so there is nothing to compare"))
                    .into())
            }
            levels => {
                let others = if matches!(compared, Compared::FirstTwo(_)) { 2 } else { levels as u16 };
                Ok(Compare { position, pairs: (1..others).map(|other| (0, other)).collect() })
            }
        }
    }
}

/// Where the dimension that an option names stands in `--by`.
fn place(by: &[&str], option: &str, name: &str) -> Result<usize> {
    by.iter().position(|known| *known == name).ok_or_else(|| {
        let known = by.join(", ");
        Refusal::usage(format!("{option} \"{name}\" is not among the dimensions of --by ({known})")).into()
    })
}

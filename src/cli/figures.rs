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

    /// The table by some of the tallied dimensions, with the gaps that `compare` asks for.
    pub(super) fn table(&self, by: &[&str], compare: Option<Compared>, show_withheld: bool) -> Result<Table> {
        let position = |name: &str| self.tally.dimensions.iter().position(|known| known.name == name);
        let request = Request {
            by: by.iter().filter_map(|name| position(name)).collect(),
            compare: compare.map(|compared| self.compare(by, compared)).transpose()?,
        };
        let settings = Settings::default();
        let estimates = estimate(&self.tally.cells, &request, &settings);
        let sources = self.survey.sources();
        let layout = Layout {
            tally: &self.tally,
            request: &request,
            settings,
            sources: &sources,
            names: &self.names,
            show_withheld,
        };
        Ok(lay_out(&estimates, &layout))
    }

    fn compare(&self, by: &[&str], compared: Compared) -> Result<Compare> {
        let (Compared::FirstTwo(name) | Compared::FirstWithEach(name)) = compared;
        let position = by.iter().position(|known| *known == name).ok_or_else(|| {
            Refusal::usage(format!(
                "--compare {name} needs {name} among the dimensions of --by ({})",
                by.join(", ")
            ))
        })?;
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

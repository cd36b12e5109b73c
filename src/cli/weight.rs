//! `wxstats weight`: what the codebook's margins do to the weights.

use anyhow::Result;

use super::args::{Global, Weight, WeightFormat};
use super::exit::Refusal;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use super::weighting::{needed, weight};
use crate::tally::{Plan, Variable, items, tally};
use crate::weighting;

pub(super) fn run(command: &Weight, global: &Global, ui: &Ui) -> Result<()> {
    let project = Project::open(global, ui)?;
    let survey = Survey::open(&command.source, false, &project, global, ui)?;
    let panel = survey.panel(&project.dataset(survey.dataset()), true);
    let by =
        needed(&survey, &project).into_iter().chain(survey.waves_apart()).chain(survey.domain()).collect();
    // One variable is enough to know everybody from.
    let variables = items(&survey.parts()).into_iter().take(1).map(Variable::from).collect();
    let plan = Plan { by, variables, panel };
    let tally = tally(&survey.parts_for(&plan), &plan)?;
    let Some(mut weighted) = weight(&survey, &project, &tally, ui)? else {
        let name = survey.dataset();
        return Err(Refusal::usage(format!("the codebook does not weight dataset \"{name}\""))
            .hint(format!("margins stand in wxstats.toml, in [dataset.{name}.weighting]"))
            .into());
    };
    let names = project.names(&project.dataset(survey.dataset()));
    if let Some((within, filter)) = survey.within(&tally, &names)? {
        weighted.diagnose_domain(&tally, within, filter.key, filter.name);
    }
    let lang = command.language.lang(&project);
    let text = match command.format {
        WeightFormat::Table => weighting::text(&weighted.diagnosis, &names, lang),
        WeightFormat::Json => weighting::json(&weighted.diagnosis, &names, lang)?,
    };
    Ok(ui.data(&text)?)
}

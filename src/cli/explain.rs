//! `wxstats explain`: one figure taken apart.

use anyhow::Result;

use super::args::{Explain, Global};
use super::evidence::Exhibit;
use super::exit::Refusal;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::claims::{dissect, explanation, figure, words};
use crate::codebook::Lang;
use crate::tally::{WAVE, items};
use crate::weighting::dimensions;

pub(super) fn run(command: &Explain, global: &Global, ui: &Ui) -> Result<()> {
    let figure = figure(&command.figure).map_err(|(character, message, hint)| {
        Refusal::usage(format!("the figure, character {character}: {message}")).hint(hint)
    })?;
    let project = Project::open(global, ui)?;
    let every_wave = figure.within.iter().any(|(dimension, _)| dimension == WAVE);
    let survey = Survey::open(&command.source, every_wave, &project, global, ui)?;
    let parts = survey.parts();
    let needs = figure.needs(&items(&parts), &dimensions(&parts));
    let exhibit = Exhibit::of(&survey, needs, &project, ui)?;
    let settings = command.estimation.settings();
    let evidence = exhibit.evidence();
    let mut anatomy =
        dissect(&figure, &evidence, settings, survey.sources(), exhibit.weights()).map_err(|reasons| {
            let reasons: Vec<String> =
                reasons.iter().map(|reason| words::reason(reason).get(Lang::En).to_owned()).collect();
            Refusal::data(reasons.join("; "))
        })?;
    if !command.show_withheld {
        anatomy.withhold();
    }
    Ok(ui.data(explanation(&anatomy, command.language.lang(&project)))?)
}

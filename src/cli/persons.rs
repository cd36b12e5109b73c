//! `wxstats persons`: what a rate comes to in populations of known size.

use anyhow::{Context, Result};

use super::args::{Global, Persons, WeightFormat};
use super::evidence::Exhibit;
use super::exit::Refusal;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::claims::{Needs, expand, figures, persons_json, persons_text};
use crate::codebook::{Quantity, clean};
use crate::tally::items;
use crate::weighting::{Population, dimensions};

pub(super) fn run(command: &Persons, global: &Global, ui: &Ui) -> Result<()> {
    let path = &command.population;
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let population = Population::parse(&bytes, &clean(&path.display().to_string())).map_err(|problems| {
        ui.error(problems.to_string().trim_end());
        Refusal::usage("the population file has problems; see above")
    })?;
    let project = Project::open(global, ui)?;
    let survey = Survey::open(&command.source, false, &project, global, ui)?;
    let (parts, quantity) = (survey.parts(), Quantity::from(command.item.clone()));
    let (items, known) = (items(&parts), dimensions(&parts));
    let mut needs = Needs { by: Vec::new(), variables: Vec::new() };
    for figure in figures(&population, &quantity) {
        let own = figure.needs(&items, &known);
        needs.by.extend(own.by.into_iter().filter(|name| !needs.by.contains(name)).collect::<Vec<_>>());
        needs.variables = own.variables;
    }
    let exhibit = Exhibit::of(&survey, needs, &project, ui)?;
    let settings = command.estimation.settings();
    let expansions = expand(&population, &quantity, &exhibit.evidence(), &settings);
    let text = match command.format {
        WeightFormat::Table => {
            let lang = command.language.lang(&project);
            persons_text(&expansions, &population, &survey.sources(), &settings, lang)
        }
        WeightFormat::Json => persons_json(&expansions, &population, &settings)?,
    };
    Ok(ui.data(&text)?)
}

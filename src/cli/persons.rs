//! `wxstats persons`: what a rate comes to in populations of known size.

use std::path::Path;

use anyhow::{Context, Result};

use super::args::{Global, Persons, WeightFormat};
use super::evidence::Exhibit;
use super::exit::Refusal;
use super::project::Project;
use super::sample;
use super::survey::Survey;
use super::ui::Ui;
use crate::claims::{Expansion, Needs, Populace, expand, persons_json, persons_text};
use crate::codebook::project::ProjectProblems;
use crate::codebook::{Quantity, clean};
use crate::estimate::Settings;
use crate::tally::items;
use crate::weighting::{Population, dimensions};

pub(super) fn run(command: &Persons, global: &Global, ui: &Ui) -> Result<()> {
    let population = read(&command.population, ui)?;
    let project = Project::open(global, ui)?;
    let survey = Survey::open(&command.source, false, &project, global, ui)?;
    let settings = command.estimation.settings();
    let quantity = Quantity::from(command.item.clone());
    let expansions = expanded(&population, &[quantity], &survey, &project, &settings, ui)?.concat();
    let text = match command.format {
        WeightFormat::Table => {
            let lang = command.language.lang(&project);
            persons_text(&expansions, &population.file, &survey.sources(), &settings, lang)
        }
        WeightFormat::Json => persons_json(&expansions, &population.file, &settings)?,
    };
    Ok(ui.data(&text)?)
}

/// What the rates come to in the populations of a file, all from one tally.
///
/// # Errors
/// A total of the file that is less than its parts, and those of the tally.
pub(super) fn expanded(
    population: &Population,
    quantities: &[Quantity],
    survey: &Survey,
    project: &Project,
    settings: &Settings,
    ui: &Ui,
) -> Result<Vec<Vec<Expansion>>> {
    let populaces = Populace::all(population).map_err(|problems| refused(&problems, ui))?;
    let parts = survey.parts();
    let (items, known) = (items(&parts), dimensions(&parts));
    let mut needs = Needs { by: Vec::new(), variables: Vec::new() };
    for (populace, quantity) in populaces.iter().flat_map(|one| quantities.iter().map(move |of| (one, of))) {
        needs.add(populace.figure(quantity).needs(&items, &known));
        needs.add(Needs { by: populace.others().map(str::to_owned).collect(), variables: Vec::new() });
    }
    needs.by.retain(|name| known.contains(name));
    let exhibit = Exhibit::of(survey, needs, project, ui)?;
    Ok(quantities
        .iter()
        .map(|quantity| expand(&populaces, quantity, &exhibit.evidence(), settings))
        .collect())
}

/// The rows of a population file.
pub(super) fn read(path: &Path, ui: &Ui) -> Result<Population> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&bytes, &clean(&path.display().to_string()), ui)
}

/// The bundled populations.
pub(super) fn read_sample(ui: &Ui) -> Result<Population> {
    parse(sample::POPULATION, sample::POPULATION_FILE, ui)
}

fn parse(bytes: &[u8], name: &str, ui: &Ui) -> Result<Population> {
    Population::parse(bytes, name).map_err(|problems| refused(&problems, ui).into())
}

fn refused(problems: &ProjectProblems, ui: &Ui) -> Refusal {
    ui.error(problems.to_string().trim_end());
    Refusal::usage("the population file has problems; see above")
}

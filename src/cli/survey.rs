//! The survey that a command looks at: from the sample, from files, or from the store.

use std::sync::Arc;

use anyhow::Result;

use super::args::{Global, Source as SourceArgs};
use super::banners::Banner;
use super::exit::Refusal;
use super::input;
use super::project::Project;
use super::ui::Ui;
use crate::codebook::levels;
use crate::ingest::{Batches, Origin, dataset_slug};
use crate::store::{Key, Store};
use crate::table::Source;
use crate::tally::WAVE;

/// One dataset, at the wave or waves that were asked for.
#[derive(Clone)]
pub(super) struct Survey {
    waves: Vec<Wave>,
}

/// One wave of one dataset, wherever it comes from.
#[derive(Clone)]
struct Wave {
    dataset: String,
    origin: Origin,
    part: Arc<dyn Batches>,
}

impl Survey {
    /// Opens what the arguments ask for: one wave, by default the latest, or every wave side by side.
    pub(super) fn open(
        source: &SourceArgs,
        every_wave: bool,
        project: &Project,
        global: &Global,
        ui: &Ui,
    ) -> Result<Self> {
        let mut waves = candidates(source, project, global, ui)?;
        let asked = source.dataset.as_deref().map(dataset_slug);
        let dataset = choose(&waves, asked.as_deref(), "dataset", |wave| &wave.dataset)?;
        waves.retain(|wave| wave.dataset == dataset);
        let mut labels: Vec<String> = waves.iter().map(|wave| wave.part.schema().wave.clone()).collect();
        levels::sort("wave", &mut labels);
        if let Some([twice, _]) = labels.array_windows().find(|[wave, next]| wave == next) {
            let wave =
                if twice.is_empty() { "no wave label".to_owned() } else { format!("wave \"{twice}\"") };
            return Err(Refusal::usage(format!("several files of dataset \"{dataset}\" have {wave}"))
                .hint("give each file its own wave, or look at one of them")
                .into());
        }
        if source.wave.is_none() && labels.len() > 1 && labels.iter().any(String::is_empty) {
            return Err(Refusal::usage(format!(
                "dataset \"{dataset}\" has waves with a label and one without"
            ))
            .hint("--wave LABEL chooses one; ingest the file without a wave column again with its own --wave")
            .into());
        }
        if source.wave.is_some() || !every_wave {
            let asked = source.wave.as_ref().or(labels.last()).map(String::as_str);
            let wave = choose(&waves, asked, "wave", |wave| &wave.part.schema().wave)?;
            ui.explain(&format!("dataset \"{dataset}\", wave \"{wave}\" of {}", labels.join(", ")));
            waves.retain(|candidate| candidate.part.schema().wave == wave);
        }
        Ok(Self { waves })
    }

    /// City and segment nested, as far as every wave has them.
    pub(super) fn city_and_segment(&self) -> Option<Banner> {
        let has = |name: &str| {
            self.waves.iter().all(|wave| wave.part.schema().dimensions.iter().any(|own| own.name == name))
        };
        let banner: Banner =
            ["city", "segment"].into_iter().filter(|name| has(name)).map(str::to_owned).collect();
        (!banner.is_empty()).then_some(banner)
    }

    /// The dataset's name.
    pub(super) fn dataset(&self) -> &str {
        self.waves.first().map_or("", |wave| &wave.dataset)
    }

    /// The latest of its waves alone.
    pub(super) fn latest(&self) -> Self {
        let by_label =
            |a: &&Wave, b: &&Wave| levels::compare(WAVE, &a.part.schema().wave, &b.part.schema().wave);
        Self { waves: self.waves.iter().max_by(by_label).cloned().into_iter().collect() }
    }

    /// The dimension that tells waves apart, where there are several.
    pub(super) fn waves_apart(&self) -> Option<String> {
        (self.waves.len() > 1).then(|| WAVE.to_owned())
    }

    /// The parts to tally.
    pub(super) fn parts(&self) -> Vec<&dyn Batches> {
        self.waves.iter().map(|wave| wave.part.as_ref()).collect()
    }

    /// What the figures rest on.
    pub(super) fn sources(&self) -> Vec<Source> {
        self.waves
            .iter()
            .map(|wave| Source {
                dataset: wave.dataset.clone(),
                wave: wave.part.schema().wave.clone(),
                respondents: wave.part.schema().respondents,
                origin: wave.origin.clone(),
                synthetic: wave.part.schema().synthetic,
                left_out: wave.part.schema().left_out.clone(),
            })
            .collect()
    }
}

fn candidates(source: &SourceArgs, project: &Project, global: &Global, ui: &Ui) -> Result<Vec<Wave>> {
    if !source.sample && source.input.is_empty() {
        return stored(global);
    }
    let key = Key::ephemeral()?;
    let datasets = if source.sample {
        vec![input::read_sample(&key)?]
    } else {
        input::read_files(&source.input, &source.form, project, &key, ui)?
    };
    Ok(datasets
        .into_iter()
        .flat_map(|dataset| {
            let (name, origin) = (dataset.name, dataset.origin);
            dataset.parts.into_iter().map(move |part| Wave {
                dataset: name.clone(),
                origin: origin.clone(),
                part: Arc::new(part),
            })
        })
        .collect())
}

fn stored(global: &Global) -> Result<Vec<Wave>> {
    let store = Store::open(&global.store)?;
    Ok(store
        .manifest()
        .entries
        .iter()
        .map(|entry| Wave {
            dataset: entry.dataset.clone(),
            origin: entry.origin.clone(),
            part: Arc::new(store.part(entry)),
        })
        .collect())
}

/// The one that was asked for, or the only one there is.
fn choose<'a>(
    waves: &'a [Wave],
    asked: Option<&str>,
    noun: &str,
    label: impl Fn(&'a Wave) -> &'a String,
) -> Result<String> {
    let mut there: Vec<&str> = waves.iter().map(|wave| label(wave).as_str()).collect();
    there.sort_unstable();
    there.dedup();
    let list = || {
        there
            .iter()
            .map(|label| if label.is_empty() { "(unlabelled)" } else { label })
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (asked, there.as_slice()) {
        (Some(asked), there) if there.contains(&asked) => Ok(asked.to_owned()),
        (None, [only]) => Ok((*only).to_owned()),
        (Some(asked), _) => {
            Err(Refusal::data(format!("there is no {noun} \"{asked}\"; there are {}", list())).into())
        }
        (None, _) => Err(Refusal::usage(format!("there are several {noun}s: {}", list()))
            .hint(format!("--{noun} NAME chooses one; surveys are never mixed"))
            .into()),
    }
}

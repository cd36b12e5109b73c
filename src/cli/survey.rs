//! The survey that a command looks at, of those on the [`Shelf`].

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use super::args::{Global, Source as SourceArgs};
use super::banners::Banner;
use super::exit::Refusal;
use super::project::Project;
use super::shelf::{Shelf, Wave};
use super::ui::Ui;
use crate::codebook::levels::{self, WAVE};
use crate::codebook::project::DatasetBook;
use crate::codebook::{Filter, Names};
use crate::derive::{DOMAIN, IN, Within, derive, may_hold, resolve};
use crate::ingest::{Batches, Funnel, Period, Schema, UsageOf, dataset_slug};
use crate::table::{Label, Source};
use crate::tally::{Panel, Plan, Question, Tally};

mod users;

const SEGMENT: &str = "segment";

/// One dataset, at the wave or waves that were asked for.
#[derive(Clone)]
pub(super) struct Survey {
    waves: Vec<Wave>,
    /// Whom figures are of, in the survey's keys.
    filter: Option<Filter>,
}

impl Survey {
    /// Opens what the arguments ask for: one wave, by default the latest, or every wave side by side; of waves that the filter
    /// names, those for which it may hold.
    pub(super) fn open(
        source: &SourceArgs,
        every_wave: bool,
        project: &Project,
        global: &Global,
        ui: &Ui,
    ) -> Result<Self> {
        Self::on(&Shelf::open(source, project, global, ui)?, source, every_wave, project, ui)
    }

    /// Opens the funnel that the arguments ask for, or the only one there is, at one wave.
    ///
    /// # Errors
    /// A [`Refusal`] where it is no funnel.
    pub(super) fn open_funnel(
        source: &SourceArgs,
        project: &Project,
        global: &Global,
        ui: &Ui,
    ) -> Result<(Self, Funnel)> {
        let shelf = Shelf::open(source, project, global, ui)?;
        let survey = Self::of(&shelf, source, false, is_funnel, project, ui)?;
        let funnel = survey.funnel().cloned().ok_or_else(|| {
            Refusal::data(format!("dataset \"{}\" is no funnel", survey.dataset()))
                .hint("a funnel has events (actor_id, model, stage, time) or counts (model, stage, actors)")
        })?;
        Ok((survey, funnel))
    }

    /// The same, of what is on a shelf already.
    pub(super) fn on(
        shelf: &Shelf,
        source: &SourceArgs,
        every_wave: bool,
        project: &Project,
        ui: &Ui,
    ) -> Result<Self> {
        Self::of(shelf, source, every_wave, is_survey, project, ui)
    }

    /// What is asked for; where nothing is, of those that it `is`.
    fn of(
        shelf: &Shelf,
        source: &SourceArgs,
        every_wave: bool,
        is: fn(&Schema) -> bool,
        project: &Project,
        ui: &Ui,
    ) -> Result<Self> {
        let Dataset { name: dataset, mut waves, labels, filter, names_waves } =
            Dataset::on(shelf, source, source.wave.is_none(), is, project, ui)?;
        if source.wave.is_some() || !(every_wave || names_waves) {
            let asked = source.wave.as_ref().or(labels.last()).map(String::as_str);
            let wave = choose(&waves, asked, "wave", |wave| &wave.part.schema().wave)?;
            ui.explain(&format!("dataset \"{dataset}\", wave \"{wave}\" of {}", labels.join(", ")));
            waves.retain(|candidate| candidate.part.schema().wave == wave);
        }
        Ok(Self { waves, filter })
    }

    /// Every dataset on a shelf that tells of `of`, each with all of its waves.
    pub(super) fn beside(shelf: &Shelf, of: UsageOf, project: &Project, ui: &Ui) -> Result<Vec<Self>> {
        Self::each(shelf, |schema| schema.usage.is_some_and(|usage| usage.of == of), project, ui)
    }

    /// Every funnel on a shelf, each with all of its waves.
    pub(super) fn funnels(shelf: &Shelf, project: &Project, ui: &Ui) -> Result<Vec<Self>> {
        Self::each(shelf, is_funnel, project, ui)
    }

    /// Every survey on a shelf but this, each with all of its waves.
    pub(super) fn others(&self, shelf: &Shelf, project: &Project, ui: &Ui) -> Result<Vec<Self>> {
        let surveys = Self::each(shelf, is_survey, project, ui)?;
        Ok(surveys.into_iter().filter(|survey| survey.dataset() != self.dataset()).collect())
    }

    /// Every dataset on a shelf that it `is`, each with all of its waves.
    fn each(shelf: &Shelf, is: impl Fn(&Schema) -> bool, project: &Project, ui: &Ui) -> Result<Vec<Self>> {
        let is_of = |wave: &&Wave| is(wave.own.schema());
        let mut datasets: Vec<Vec<Wave>> = Vec::new();
        for wave in shelf.waves.iter().filter(is_of) {
            match datasets.iter_mut().find(|waves| waves.iter().all(|known| known.dataset == wave.dataset)) {
                Some(waves) => waves.push(wave.clone()),
                None => datasets.push(vec![wave.clone()]),
            }
        }
        let complete = |waves| Ok(Dataset::of(waves, None, true, project, ui)?.into_survey());
        datasets.into_iter().map(complete).collect()
    }

    /// City and segment nested, as far as every wave has them.
    pub(super) fn city_and_segment(&self) -> Option<Banner> {
        let banner: Banner = ["city", "segment"]
            .into_iter()
            .filter(|name| self.has_dimension(name))
            .map(str::to_owned)
            .collect();
        (!banner.is_empty()).then_some(banner)
    }

    /// Two waves, by default the latest and the one before it.
    pub(super) fn pair(
        source: &SourceArgs,
        (before, after): (Option<&str>, Option<&str>),
        project: &Project,
        global: &Global,
        ui: &Ui,
    ) -> Result<Self> {
        let Dataset { name, mut waves, labels, filter, .. } =
            Dataset::on(&Shelf::open(source, project, global, ui)?, source, true, is_survey, project, ui)?;
        let label = |wave: &'_ Wave| wave.part.schema().wave.clone();
        let after = after.or(labels.last().map(String::as_str));
        let after = choose(&waves, after, "wave", |wave| &wave.part.schema().wave)?;
        let earlier = labels.iter().take_while(|label| **label != after).last();
        let Some(before) = before.or(earlier.map(String::as_str)) else {
            return Err(Refusal::data(format!("dataset \"{name}\" has no wave before \"{after}\""))
                .hint("two bundles can be compared too: wxstats diff BEFORE AFTER")
                .into());
        };
        let before = choose(&waves, Some(before), "wave", |wave| &wave.part.schema().wave)?;
        if levels::compare(WAVE, &before, &after).is_ge() {
            return Err(Refusal::usage(format!("wave \"{before}\" is not earlier than \"{after}\"")).into());
        }
        ui.explain(&format!(
            "dataset \"{name}\", waves \"{before}\" and \"{after}\" of {}",
            labels.join(", ")
        ));
        waves.retain(|wave| [&before, &after].contains(&&label(wave)));
        Ok(Self { waves, filter })
    }

    /// The dataset's name.
    pub(super) fn dataset(&self) -> &str {
        self.waves.first().map_or("", |wave| &wave.dataset)
    }

    /// Whether the same people may stand in several waves, as in a panel and in the periods of a log; `compared` is whether figures
    /// of several waves are.
    pub(super) fn panel(&self, book: &DatasetBook, compared: bool) -> Panel {
        let is_of_users = |wave: &Wave| {
            let of = wave.own.schema().usage.map(|usage| usage.of);
            matches!(of, Some(UsageOf::Users | UsageOf::SoFar))
        };
        if !book.panel && !self.waves.iter().any(is_of_users) {
            Panel::Not
        } else if compared {
            Panel::Linked
        } else {
            Panel::WaveByWave
        }
    }

    /// The latest of its waves alone.
    pub(super) fn latest(&self) -> Self {
        let by_label =
            |a: &&Wave, b: &&Wave| levels::compare(WAVE, &a.part.schema().wave, &b.part.schema().wave);
        let waves = self.waves.iter().max_by(by_label).cloned().into_iter().collect();
        Self { waves, filter: self.filter.clone() }
    }

    /// Whether all of its waves have a dimension.
    pub(super) fn has_dimension(&self, name: &str) -> bool {
        self.waves.iter().all(|wave| wave.part.schema().dimensions.iter().any(|own| own.name == name))
    }

    /// The stages whose funnel it is.
    pub(super) fn funnel(&self) -> Option<&Funnel> {
        self.waves.iter().find_map(|wave| wave.own.schema().funnel.as_ref())
    }

    /// The dimension that tells waves apart, where there are several.
    pub(super) fn waves_apart(&self) -> Option<String> {
        (self.waves.len() > 1).then(|| WAVE.to_owned())
    }

    /// Its parts with all that they have and all that is derived.
    pub(super) fn parts(&self) -> Vec<&dyn Batches> {
        self.waves.iter().map(|wave| wave.part.as_ref()).collect()
    }

    /// The parts to tally: as they were read, if the plan asks for nothing else.
    pub(super) fn parts_for(&self, plan: &Plan) -> Vec<&dyn Batches> {
        let own: Vec<&dyn Batches> = self.waves.iter().map(|wave| wave.own.as_ref()).collect();
        let has =
            |name: &String| own.iter().flat_map(|part| &part.schema().dimensions).any(|d| d.name == *name);
        let known = crate::tally::items(&own);
        let mut asked = plan.variables.iter().flat_map(|variable| &variable.0).flat_map(Question::items);
        let is_own =
            plan.by.iter().all(|name| name == WAVE || has(name)) && asked.all(|item| known.contains(item));
        if is_own { own } else { self.parts() }
    }

    /// The dimension that tells those in the filter's domain from all others.
    pub(super) fn domain(&self) -> Option<String> {
        self.filter.as_ref().map(|_| DOMAIN.to_owned())
    }

    /// The level (code) of a tally's dimension (index) on which those are for whom the filter holds, and the filter as data files
    /// spell it and in words; `None` without a filter.
    ///
    /// # Errors
    /// A [`Refusal`] when it holds for nobody.
    pub(super) fn within(&self, tally: &Tally, names: &Names) -> Result<Option<((usize, u16), Label)>> {
        let Some(filter) = &self.filter else { return Ok(None) };
        let place = tally.dimensions.iter().position(|known| known.name == DOMAIN);
        let code =
            place.and_then(|place| tally.dimensions[place].levels.iter().position(|level| level == IN));
        let within = place.zip(code.map(|code| code as u16));
        let is_in = |levels: &[u16]| within.is_some_and(|(place, code)| levels[place] == code);
        match within.filter(|_| tally.cells.groups().iter().any(|group| is_in(&group.levels))) {
            Some(within) => Ok(Some((within, Label { key: filter.to_string(), name: filter.name(names) }))),
            None => Err(Refusal::data(format!("--where \"{filter}\" holds for nobody in the survey")).into()),
        }
    }

    /// Whether the filter leaves one segment at most.
    pub(super) fn is_of_one_segment(&self) -> bool {
        let parts = self.parts();
        let dimensions = parts.iter().flat_map(|part| &part.schema().dimensions);
        let segments = dimensions.filter(|dimension| dimension.name == SEGMENT);
        let segments: BTreeSet<&String> = segments.flat_map(|dimension| &dimension.levels).collect();
        let may_hold = |filter: &Filter, level: &str| may_hold(filter, SEGMENT, level) != Some(false);
        self.filter
            .as_ref()
            .is_some_and(|filter| segments.into_iter().filter(|level| may_hold(filter, level)).count() < 2)
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
                usage: wave.part.schema().usage,
                funnel: wave.part.schema().funnel.clone(),
            })
            .collect()
    }
}

/// Whether a dataset is a survey, and no log, statistics or funnel.
fn is_survey(schema: &Schema) -> bool {
    schema.usage.is_none() && schema.funnel.is_none()
}

fn is_funnel(schema: &Schema) -> bool {
    schema.funnel.is_some()
}

/// All waves of the dataset that is asked for, each with its own label.
struct Dataset {
    name: String,
    waves: Vec<Wave>,
    /// In canonical order.
    labels: Vec<String>,
    filter: Option<Filter>,
    /// Whether the filter chooses waves.
    names_waves: bool,
}

impl Dataset {
    /// The one that is asked for, else the only one that it `is`, of the sample the first, else the only one there is. `several`
    /// is whether waves are told apart by their labels.
    fn on(
        shelf: &Shelf,
        source: &SourceArgs,
        several: bool,
        is: fn(&Schema) -> bool,
        project: &Project,
        ui: &Ui,
    ) -> Result<Self> {
        let mut asked = source.dataset.as_deref().map(dataset_slug);
        let any = asked.is_none() && shelf.waves.iter().any(|wave| is(wave.own.schema()));
        let there = shelf.waves.iter().filter(|wave| !any || is(wave.own.schema()));
        let mut waves: Vec<Wave> = there.cloned().collect();
        if source.sample && any {
            asked = waves.first().map(|wave| wave.dataset.clone());
        }
        let name = choose(&waves, asked.as_deref(), "dataset", |wave| &wave.dataset)?;
        waves.retain(|wave| wave.dataset == name);
        Self::of(waves, source.filter.as_ref(), several, project, ui)
    }

    /// All waves of one dataset, those for which the filter may hold.
    fn of(
        mut waves: Vec<Wave>,
        filter: Option<&Filter>,
        several: bool,
        project: &Project,
        ui: &Ui,
    ) -> Result<Self> {
        let name = waves.first().map_or_else(String::new, |wave| wave.dataset.clone());
        refuse_mixed_periods(&waves, &name)?;
        let filter = derive_all(&mut waves, filter, project, ui)?;
        let names_waves = choose_by_filter(&mut waves, filter.as_ref())?;
        let mut labels: Vec<String> = waves.iter().map(|wave| wave.part.schema().wave.clone()).collect();
        levels::sort("wave", &mut labels);
        if let Some([twice, _]) = labels.array_windows().find(|[wave, next]| wave == next) {
            let wave =
                if twice.is_empty() { "no wave label".to_owned() } else { format!("wave \"{twice}\"") };
            return Err(Refusal::usage(format!("several files of dataset \"{name}\" have {wave}"))
                .hint("give each file its own wave, or look at one of them")
                .into());
        }
        if several && labels.len() > 1 && labels.iter().any(String::is_empty) {
            return Err(Refusal::usage(format!(
                "dataset \"{name}\" has waves with a label and one without"
            ))
            .hint("--wave LABEL chooses one; ingest the file without a wave column again with its own --wave")
            .into());
        }
        Ok(Self { name, waves, labels, filter, names_waves })
    }

    fn into_survey(self) -> Survey {
        Survey { waves: self.waves, filter: self.filter }
    }
}

/// Days, weeks and months of one log hold the same events, and no survey is a period of a log.
fn refuse_mixed_periods(waves: &[Wave], dataset: &str) -> Result<()> {
    let cuts = waves.iter().map(|wave| wave.own.schema().usage.map(|usage| (usage.of, usage.period)));
    let cuts: Vec<Option<(UsageOf, Option<Period>)>> = cuts.collect();
    let [first, others @ ..] = cuts.as_slice() else { return Ok(()) };
    let several_whole = first.is_some_and(|(_, period)| period.is_none()) && !others.is_empty();
    if !several_whole && others.iter().all(|other| other == first) {
        return Ok(());
    }
    Err(Refusal::usage(format!("the waves of dataset \"{dataset}\" are not periods of one length"))
        .hint("ingest the log under another --dataset for every --period")
        .into())
}

/// Adds to all waves of a dataset what is derived, and the domain of the filter, which is returned in the survey's keys.
fn derive_all(
    waves: &mut [Wave],
    filter: Option<&Filter>,
    project: &Project,
    ui: &Ui,
) -> Result<Option<Filter>> {
    let Some(first) = waves.first() else { return Ok(None) };
    let book = project.dataset(&first.dataset);
    let own: Vec<Arc<dyn Batches>> = waves.iter().map(|wave| Arc::clone(&wave.own)).collect();
    let derived = derive(&own, &book).map_err(|problems| {
        ui.error(problems.to_string().trim_end());
        Refusal::usage("the codebook derives what this survey does not allow; see above")
    })?;
    for (wave, derived) in waves.iter_mut().zip(derived) {
        wave.part = Arc::new(derived);
    }
    let Some(filter) = filter else { return Ok(None) };
    let schemas: Vec<&Schema> = waves.iter().map(|wave| wave.part.schema()).collect();
    let filter = resolve(filter, &schemas, &project.names(&book)).map_err(|error| {
        let refusal = Refusal::usage(format!("--where, {error}"));
        match error.hint {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        }
    })?;
    for wave in waves {
        wave.part = Arc::new(Within::new(Arc::clone(&wave.part), &filter));
    }
    Ok(Some(filter))
}

/// Leaves the waves that a filter chooses, and says whether it does.
fn choose_by_filter(waves: &mut Vec<Wave>, filter: Option<&Filter>) -> Result<bool> {
    let Some(filter) = filter else { return Ok(false) };
    let before = waves.len();
    let mut names_waves = false;
    waves.retain(|wave| {
        let may_hold = may_hold(filter, WAVE, &wave.part.schema().wave);
        names_waves |= may_hold.is_some();
        may_hold != Some(false)
    });
    if before > 0 && waves.is_empty() {
        return Err(Refusal::data(format!("--where \"{filter}\" holds in no wave")).into());
    }
    Ok(names_waves)
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

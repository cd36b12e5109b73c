//! The periods of a usage log looked at together: surveys of its users by when they joined, and of what they have done so far.

use std::sync::Arc;

use anyhow::Result;

use super::Survey;
use crate::cli::args::{Global, Source as SourceArgs};
use crate::cli::exit::Refusal;
use crate::cli::project::Project;
use crate::cli::shelf::{Shelf, Wave};
use crate::cli::ui::Ui;
use crate::codebook::Item;
use crate::codebook::levels::WAVE;
use crate::derive::may_hold;
use crate::derive::usage::{Cohorts, Coverage, Histories, NotALog, SoFar};
use crate::ingest::{Batches, Origin, UsageOf};

impl Survey {
    /// The dataset that is asked for, else the only log there is, with all of its periods.
    ///
    /// # Errors
    /// Those of [`Survey::on`].
    pub(in crate::cli) fn log(
        source: &SourceArgs,
        project: &Project,
        global: &Global,
        ui: &Ui,
    ) -> Result<Self> {
        let mut shelf = Shelf::open(source, project, global, ui)?;
        let is_log = |wave: &Wave| wave.own.schema().usage.is_some_and(|usage| usage.of == UsageOf::Users);
        if source.dataset.is_none() && shelf.waves.iter().any(is_log) {
            shelf.waves.retain(is_log);
        }
        Self::on(&shelf, source, true, project, ui)
    }

    /// The users of the log by the period in which they joined, looked at for at most `most` periods; and the periods of the
    /// log. `active` is what being active means.
    ///
    /// # Errors
    /// A [`Refusal`] when it is no log of several periods, or the item is none of its.
    pub(in crate::cli) fn cohorts(&self, active: Option<&Item>, most: u32) -> Result<(Self, Coverage)> {
        let histories = self.histories(active)?;
        let coverage = histories.coverage().clone();
        let cohorts = Cohorts::new(histories, coverage.reach().min(most));
        Ok((self.with(vec![Arc::new(cohorts)]), coverage))
    }

    /// A wave for every period of the log: everybody who was active up to it, with what they have done by then.
    ///
    /// # Errors
    /// As [`cohorts`](Self::cohorts).
    pub(in crate::cli) fn so_far(&self) -> Result<Self> {
        let waves = SoFar::waves(self.histories(None)?).into_iter();
        Ok(self.with(waves.map(|wave| Arc::new(wave) as Arc<dyn Batches>).collect()))
    }

    fn histories(&self, active: Option<&Item>) -> Result<Histories> {
        if self.filter.as_ref().is_some_and(|filter| may_hold(filter, WAVE, "").is_some()) {
            return Err(Refusal::usage(
                "the periods of the log are looked at together, so --where cannot name waves",
            )
            .hint("--since and --until leave out days when a log is read")
            .into());
        }
        let parts: Vec<Arc<dyn Batches>> = self.waves.iter().map(|wave| Arc::clone(&wave.part)).collect();
        if let Some(item) = active.filter(|item| !parts.iter().any(|part| part.schema().items.contains(item)))
        {
            let known = crate::tally::items(&self.parts());
            let known = known.iter().filter(|item| !item.counts_events()).map(Item::to_string);
            let known: Vec<String> = known.collect();
            return Err(Refusal::data(format!("nobody does {item} in this log"))
                .hint(format!("it has {}", known.join(", ")))
                .into());
        }
        Histories::of(&parts, active).map_err(|error| match error.downcast::<NotALog>() {
            Ok(why) => Refusal::data(why.to_string())
                .hint(match why {
                    NotALog::NoUsers => {
                        "a usage log has the columns user_id, segment, city, feature, action, time"
                    }
                    NotALog::NotCut | NotALog::OnePeriod => {
                        "give --period day, week or month when it is ingested, or with --input"
                    }
                })
                .into(),
            Err(error) => error,
        })
    }

    /// The same dataset with these waves in the place of its own.
    fn with(&self, parts: Vec<Arc<dyn Batches>>) -> Self {
        let origin = Origin::joined(self.waves.iter().map(|wave| &wave.origin));
        let wave = |part| Wave::new(self.dataset().to_owned(), origin.clone(), part);
        Self { waves: parts.into_iter().map(wave).collect(), filter: self.filter.clone() }
    }
}

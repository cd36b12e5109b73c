//! `[dataset.….about]`: how a survey was made, as a reader of its figures must be told.
//!
//! The topics are those of the disclosure elements of AAPOR's Transparency Initiative (Code of Professional Ethics and
//! Practices, April 2021, III.A) that no survey file holds.

use std::collections::BTreeMap;

use super::document::{Document, Entry};
use super::names::read_name;
use crate::codebook::Name;

/// Something that a reader of a survey's figures must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Who asked for the survey, and who paid for it if somebody else did.
    Sponsor,
    /// Who carried it out.
    ConductedBy,
    /// The wording of its questions, or where that can be read.
    Questionnaire,
    /// Whom it is about, and where.
    Population,
    /// The list or place that respondents were taken from, and whom it misses.
    Frame,
    /// How respondents were chosen and won: by chance or not, quotas, invitations, rewards.
    Sampling,
    /// How and in which languages they were asked.
    Mode,
    /// When they were asked.
    Fieldwork,
    /// What the numbers of respondents leave open, such as response rates.
    SampleNote,
    /// How answers were checked, cleaned and coded.
    Quality,
    /// What the survey cannot say.
    Limitations,
    /// Whom to ask.
    Contact,
}

impl Topic {
    /// All of them, with their keys, in the order of the disclosure elements.
    const ALL: [(Self, &str); 12] = [
        (Self::Sponsor, "sponsor"),
        (Self::ConductedBy, "conducted_by"),
        (Self::Questionnaire, "questionnaire"),
        (Self::Population, "population"),
        (Self::Frame, "frame"),
        (Self::Sampling, "sampling"),
        (Self::Mode, "mode"),
        (Self::Fieldwork, "fieldwork"),
        (Self::SampleNote, "sample_note"),
        (Self::Quality, "quality"),
        (Self::Limitations, "limitations"),
        (Self::Contact, "contact"),
    ];
}

/// What is said of how a survey was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About(BTreeMap<Topic, Name>);

impl About {
    /// What is said on a topic; `None` where nothing is.
    #[must_use]
    pub fn get(&self, topic: Topic) -> Option<&Name> {
        self.0.get(&topic)
    }

    /// Reads an about table called `name`; what is wrong is noted.
    pub(super) fn read<'t>(document: &mut Document<'t>, name: &str, entry: &Entry<'_, 't>) -> Self {
        let mut about = Self::default();
        let Some(table) = document.table(entry.value, name, "[dataset.expats.about]") else { return about };
        for entry in document.entries(table, name, &Topic::ALL.map(|(_, key)| key)) {
            let topic = Topic::ALL.iter().find(|(_, key)| *key == entry.key);
            if let (Some((topic, _)), Some(text)) = (topic, read_name(document, &entry)) {
                about.0.insert(*topic, text);
            }
        }
        about
    }
}

impl FromIterator<(Topic, Name)> for About {
    fn from_iter<T: IntoIterator<Item = (Topic, Name)>>(said: T) -> Self {
        Self(said.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Project;
    use super::*;

    fn about(text: &str) -> Result<About, String> {
        let project = Project::parse(&format!("[dataset.expats.about]\n{text}"), "wxstats.toml");
        project
            .map(|project| project.datasets["expats"].about.clone())
            .map_err(|problems| problems.to_string())
    }

    #[test]
    fn every_topic_may_be_stated_in_one_language_or_both() {
        for (topic, key) in Topic::ALL {
            let both = about(&format!("{key} = {{ en = \"a\", zh = \"甲\" }}")).unwrap();
            assert_eq!(both.get(topic), Some(&Name::new("a", "甲")), "{key}");
            assert_eq!(about(&format!("{key} = \"a\"")).unwrap().get(topic), Some(&Name::new("a", "a")));
        }
        assert_eq!(about("").unwrap(), About::default());
    }

    #[test]
    fn what_is_not_known_or_empty_is_refused() {
        let problem = about("sponser = \"a\"").unwrap_err();
        assert!(problem.contains("dataset.expats.about has no key \"sponser\""), "{problem}");
        assert!(problem.contains("did you mean sponsor?"), "{problem}");
        let problem = about("mode = \" \"").unwrap_err();
        assert!(problem.contains("mode is empty"), "{problem}");
        assert!(about("mode = 3").unwrap_err().contains("mode must be text"));
    }
}

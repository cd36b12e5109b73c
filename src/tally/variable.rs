//! [`Variable`]: what is told apart among respondents. Each of them is in exactly one class of it.

use crate::codebook::{Answer, Item};

/// One or more questions; a class is a combination of replies to them. The joint classes of two items are what
/// statistics of both need: shares among readers, sharing against reading within a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable(pub Vec<Question>);

/// What a respondent was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// An item: yes or no, or a number.
    Item(Item),
    /// Several yes-no items that are the options of one question: how many of them a respondent mentions.
    Mentions(Vec<Item>),
}

impl From<Item> for Variable {
    fn from(item: Item) -> Self {
        Self(vec![Question::Item(item)])
    }
}

impl Question {
    /// The items that are read for it.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Item(item) => std::slice::from_ref(item),
            Self::Mentions(items) => items,
        }
    }
}

/// What a respondent replied to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reply {
    /// Routed past it; past every option, for mentions.
    NotAsked,
    /// Asked, and left blank; every option, for mentions.
    Blank,
    /// Answered no.
    No,
    /// Answered yes.
    Yes,
    /// Answered with a number.
    Number(f64),
    /// Mentioned so many options of those of a question that was answered.
    Mentions(u32),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::NotAsked => Self::NotAsked,
            Answer::Blank => Self::Blank,
            Answer::No => Self::No,
            Answer::Yes => Self::Yes,
        }
    }
}

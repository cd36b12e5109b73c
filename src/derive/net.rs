//! A net of one part: yes where any of several items is.

use crate::codebook::project::{Net, ProjectProblem};
use crate::codebook::{Answer, Item};
use crate::ingest::{Batch, Schema};

/// The items of the part that a net is of.
pub(super) struct NetColumn(Vec<usize>);

impl NetColumn {
    /// `None` where the part asks none of the net's items.
    pub(super) fn new(net: &Net, schema: &Schema) -> Option<Self> {
        let place = |item: &Item| schema.items.iter().position(|own| own == item);
        let items: Vec<usize> = net.of.iter().filter_map(place).collect();
        (!items.is_empty()).then_some(Self(items))
    }

    /// The items.
    pub(super) fn items(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().copied()
    }

    /// Adds its answers to a batch, as those of the item at `index`.
    pub(super) fn add(&self, batch: &mut Batch, index: usize) {
        let (word, shift) = (index / Answer::PER_WORD, 2 * (index % Answer::PER_WORD));
        let answers: Vec<u64> =
            (0..batch.len()).map(|row| (self.answer(batch, row) as u64) << shift).collect();
        match batch.answers.get_mut(word) {
            Some(words) => words.iter_mut().zip(answers).for_each(|(word, answer)| *word |= answer),
            None => batch.answers.push(answers),
        }
    }

    /// Yes if any item is yes; else blank if any was left blank, since it might have been yes; else no if any was asked.
    fn answer(&self, batch: &Batch, row: usize) -> Answer {
        let mut net = Answer::NotAsked;
        for &item in &self.0 {
            net = match (net, batch.answer(row, item)) {
                (_, Answer::Yes) => return Answer::Yes,
                (_, Answer::Blank) | (Answer::Blank, _) => Answer::Blank,
                (_, Answer::No) => Answer::No,
                (net, Answer::NotAsked) => net,
            };
        }
        net
    }
}

/// What is wrong with a net called `name` for a survey of these parts.
pub(super) fn check(name: &Item, net: &Net, schemas: &[&Schema]) -> Vec<ProjectProblem> {
    let is_number =
        |item: &Item| schemas.iter().flat_map(|schema| &schema.numbers).any(|number| number.item == *item);
    let is_asked = schemas.iter().any(|schema| schema.items.contains(name)) || is_number(name);
    let problem = |message: String, hint: &str| ProjectProblem {
        file: net.file.clone(),
        line: net.at.0,
        column: net.at.1,
        message,
        hint: Some(hint.to_owned()),
    };
    let own = is_asked
        .then(|| problem(format!("the survey has an item {name} already"), "give the net a name of its own"));
    let numbers = net.of.iter().filter(|item| is_number(item));
    let numbers = numbers.map(|item| {
        problem(
            format!("{name} is a net of {item}, which is answered with numbers"),
            "a net is of items that are yes or no",
        )
    });
    own.into_iter().chain(numbers).collect()
}

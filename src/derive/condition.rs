//! A filter in the codes of one part.

use crate::codebook::filter::{Expr, Relation, Test};
use crate::codebook::levels::WAVE;
use crate::codebook::{Answer, Item};
use crate::ingest::{Asked, Batch, Number, Schema};

/// What holds for whom, in the codes of one part.
pub(super) enum Condition {
    /// The same for everybody.
    Constant(bool),
    /// By the code of a dimension.
    Levels {
        column: usize,
        holds: Vec<bool>,
    },
    /// By the answer to an item, as packed.
    Answers {
        item: usize,
        holds: [bool; 4],
    },
    /// By the code of an item's number.
    Numbers {
        column: usize,
        holds: Vec<bool>,
    },
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// How a filter writes the answers to an item, in packed order.
pub(super) const ANSWERS: [&str; 4] = ["not asked", "blank", "no", "yes"];

impl Condition {
    /// The condition that an expression, resolved, is in a part.
    pub(super) fn new(expr: &Expr, schema: &Schema) -> Self {
        let each = |parts: &[Expr]| parts.iter().map(|part| Self::new(part, schema)).collect();
        match expr {
            Expr::Not(inner) => Self::Not(Box::new(Self::new(inner, schema))),
            Expr::All(parts) => Self::All(each(parts)),
            Expr::Any(parts) => Self::Any(each(parts)),
            Expr::Test(test) => Self::of_test(test, schema),
        }
    }

    fn of_test(Test { of, relation }: &Test, schema: &Schema) -> Self {
        if of.text == WAVE {
            return Self::Constant(holds_for_level(relation, &schema.wave));
        }
        if let Some(column) = schema.dimensions.iter().position(|own| own.name == of.text) {
            let levels = &schema.dimensions[column].levels;
            return Self::Levels {
                column,
                holds: levels.iter().map(|level| holds_for_level(relation, level)).collect(),
            };
        }
        let Ok(item) = of.text.parse::<Item>() else {
            return Self::Constant(holds_for_level(relation, ""));
        };
        let of_answer = |answer: Answer| holds_for_level(relation, ANSWERS[answer as usize]);
        if let Some(item) = schema.items.iter().position(|own| *own == item) {
            return Self::Answers { item, holds: Answer::ALL.map(of_answer) };
        }
        match schema.numbers.iter().position(|own| own.item == item) {
            None => Self::Constant(of_answer(Answer::NotAsked)),
            Some(column) => {
                let Number { values, .. } = &schema.numbers[column];
                let blank = [Answer::NotAsked, Answer::Blank].map(of_answer);
                let numbers = values.iter().map(|&value| holds_for_number(relation, value));
                Self::Numbers { column, holds: blank.into_iter().chain(numbers).collect() }
            }
        }
    }

    /// Adds all that it depends on to what is asked.
    pub(super) fn ask(&self, asked: &mut Asked) {
        match self {
            Self::Constant(_) => {}
            Self::Levels { column, .. } => asked.dimensions.extend([*column]),
            Self::Answers { item, .. } => {
                asked.together.iter_mut().for_each(|together| together.items.extend([*item]));
            }
            Self::Numbers { column, .. } => {
                asked.together.iter_mut().for_each(|together| together.numbers.extend([*column]));
            }
            Self::Not(inner) => inner.ask(asked),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.ask(asked)),
        }
    }

    /// Whether it holds, for each respondent of a batch.
    pub(super) fn holds(&self, batch: &Batch) -> Vec<bool> {
        let combined = |parts: &[Self], and: bool| {
            let mut all = vec![and; batch.len()];
            for part in parts {
                for (all, one) in all.iter_mut().zip(part.holds(batch)) {
                    *all = if and { *all && one } else { *all || one };
                }
            }
            all
        };
        match self {
            Self::Constant(holds) => vec![*holds; batch.len()],
            Self::Levels { column, holds } => {
                batch.dimensions[*column].iter().map(|&code| holds[usize::from(code)]).collect()
            }
            Self::Answers { item, holds } => {
                (0..batch.len()).map(|row| holds[batch.answer(row, *item) as usize]).collect()
            }
            Self::Numbers { column, holds } => {
                batch.numbers[*column].iter().map(|&code| holds[code as usize]).collect()
            }
            Self::Not(inner) => inner.holds(batch).into_iter().map(|holds| !holds).collect(),
            Self::All(parts) => combined(parts, true),
            Self::Any(parts) => combined(parts, false),
        }
    }
}

/// Whether a relation holds for those on a level, or with an answer. A comparison holds for numbers only.
pub(super) fn holds_for_level(relation: &Relation, level: &str) -> bool {
    match relation {
        Relation::In { levels, negated } => levels.iter().any(|word| word.text == level) != *negated,
        Relation::Compared(comparison, bound) => match (level.trim().parse(), bound.text.parse()) {
            (Ok(value), Ok(bound)) => comparison.holds(value, bound),
            _ => false,
        },
    }
}

fn holds_for_number(relation: &Relation, value: f64) -> bool {
    let is = |text: &str| text.parse::<f64>().is_ok_and(|number| (number - value).abs() <= 0.0);
    match relation {
        Relation::In { levels, negated } => levels.iter().any(|word| is(&word.text)) != *negated,
        Relation::Compared(comparison, bound) => {
            bound.text.parse().is_ok_and(|bound| comparison.holds(value, bound))
        }
    }
}

//! How the classes of a variable count: the tables behind every [`Quantity`].

use super::MeasureError;
use crate::codebook::{Kind, Quantity};
use crate::estimate::{Point, Role};
use crate::tally::Reply;

/// The classes of a quantity's variable, as replies to its questions.
pub(super) struct Classes<'a> {
    pub(super) quantity: &'a Quantity,
    pub(super) classes: &'a [Vec<Reply>],
}

/// The value of an answer: 1 for yes, 0 for no, or the number itself; `None` when it was not given.
fn value(reply: Reply) -> Option<f64> {
    match reply {
        Reply::Yes => Some(1.0),
        Reply::No => Some(0.0),
        Reply::Number(value) => Some(value),
        Reply::Mentions(count) => Some(f64::from(count)),
        Reply::NotAsked | Reply::Blank => None,
    }
}

/// The role of a reply without a value.
fn missing(reply: Reply) -> Role {
    if reply == Reply::Blank { Role::Blank } else { Role::NotAsked }
}

impl Classes<'_> {
    /// Whether a question is answered with numbers.
    pub(super) fn is_number(&self, question: usize) -> bool {
        self.classes.iter().any(|class| matches!(class[question], Reply::Number(_)))
    }

    pub(super) fn need_number(&self, question: usize, statistic: &'static str) -> Result<(), MeasureError> {
        let is_yes_no = |class: &Vec<Reply>| matches!(class[question], Reply::Yes | Reply::No);
        if self.classes.iter().any(is_yes_no) {
            return Err(MeasureError::NotANumber { item: self.quantity.item.to_string(), statistic });
        }
        Ok(())
    }

    pub(super) fn mixed(&self) -> MeasureError {
        let second = match &self.quantity.kind {
            Kind::Per(other) | Kind::Minus(other) => other.to_string(),
            _ => String::new(),
        };
        MeasureError::Mixed { first: self.quantity.item.to_string(), second }
    }

    /// Those who answered, with what `of` makes of their answer.
    pub(super) fn values(&self, of: impl Fn(f64) -> f64) -> Vec<Role> {
        let role = |class: &Vec<Reply>| match value(class[0]) {
            Some(value) => Role::Counts(Point::value(of(value))),
            None => missing(class[0]),
        };
        self.classes.iter().map(role).collect()
    }

    /// Those who said yes to the second question and answered the first.
    pub(super) fn among_yes(&self) -> Vec<Role> {
        let role = |class: &Vec<Reply>| match (class[1], value(class[0])) {
            (Reply::Yes, Some(value)) => Role::Counts(Point::value(value)),
            (Reply::Yes, None) => missing(class[0]),
            (Reply::No, _) => Role::Outside,
            (other, _) => missing(other),
        };
        self.classes.iter().map(role).collect()
    }

    /// Those who answered both questions: the first number per the second.
    pub(super) fn per_number(&self) -> Vec<Role> {
        let role = |class: &Vec<Reply>| match (value(class[0]), value(class[1])) {
            (Some(y), Some(x)) => Role::Counts(Point { y, x, minus: (0.0, 0.0) }),
            (Some(_), None) => missing(class[1]),
            (None, _) => missing(class[0]),
        };
        self.classes.iter().map(role).collect()
    }

    /// Those who answered either question: each counts in the base of those they answered.
    pub(super) fn difference(&self) -> Vec<Role> {
        let side = |reply| value(reply).map_or((0.0, 0.0), |value| (value, 1.0));
        let role = |class: &Vec<Reply>| {
            if value(class[0]).is_none() && value(class[1]).is_none() {
                return if class.contains(&Reply::Blank) { Role::Blank } else { Role::NotAsked };
            }
            let (y, x) = side(class[0]);
            Role::Counts(Point { y, x, minus: side(class[1]) })
        };
        self.classes.iter().map(role).collect()
    }

    /// Those who answered any option of a question, or with `asked` were asked it: an option left untouched is a no.
    pub(super) fn option(&self, asked: bool) -> Vec<Role> {
        let role = |class: &Vec<Reply>| match class[1] {
            Reply::Mentions(_) => Role::Counts(Point::value(f64::from(u8::from(class[0] == Reply::Yes)))),
            Reply::Blank if asked => Role::Counts(Point::value(0.0)),
            other => missing(other),
        };
        self.classes.iter().map(role).collect()
    }

    /// Those who answered: their yes to the option per their mentions.
    pub(super) fn of_mentions(&self) -> Vec<Role> {
        let role = |class: &Vec<Reply>| match value(class[1]) {
            Some(x) => {
                let y = f64::from(u8::from(class[0] == Reply::Yes));
                Role::Counts(Point { y, x, minus: (0.0, 0.0) })
            }
            None => missing(class[1]),
        };
        self.classes.iter().map(role).collect()
    }
}

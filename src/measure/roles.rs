//! How the classes of a variable count: the tables behind every [`Quantity`].

use super::{MeasureError, Terms};
use crate::codebook::project::Measured;
use crate::codebook::{Base, Item, Kind, Quantity};
use crate::estimate::{Point, Role};
use crate::tally::{Reply, Tally};

/// The classes of a quantity's variable, as replies to its questions.
pub(super) struct Classes<'a> {
    quantity: &'a Quantity,
    replies: &'a [Vec<Reply>],
    /// By question.
    questions: Vec<Asked>,
}

/// How one question is answered, and what its answers count for.
#[derive(Clone, Copy)]
struct Asked {
    kind: Answered,
    measured: Option<Measured>,
}

/// What the answers to a question are worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    /// 1 for yes, 0 for no.
    YesNo,
    /// 1 in the top boxes of a scale, else 0.
    Box,
    /// 100, 0 or −100: the net promoter score.
    Score,
    /// The number itself.
    Number,
}

impl Asked {
    fn new(is_number: bool, measured: Option<Measured>) -> Self {
        let kind = match measured {
            _ if !is_number => Answered::YesNo,
            Some(Measured::Top { .. }) => Answered::Box,
            Some(Measured::Nps) => Answered::Score,
            Some(Measured::Number | Measured::Scale { .. }) | None => Answered::Number,
        };
        Self { kind, measured }
    }

    /// What a reply counts for; `None` when no answer was given.
    fn value(self, reply: Reply) -> Option<f64> {
        match reply {
            Reply::Yes => Some(1.0),
            Reply::No => Some(0.0),
            Reply::Number(value) => Some(self.score(value)),
            Reply::Mentions(count) => Some(f64::from(count)),
            Reply::NotAsked | Reply::Blank => None,
        }
    }

    fn score(self, value: f64) -> f64 {
        match self.measured {
            Some(Measured::Top { high, boxes, .. }) => {
                f64::from(u8::from(value > f64::from(high) - f64::from(boxes)))
            }
            Some(Measured::Nps) if value >= 9.0 => 100.0,
            Some(Measured::Nps) if value >= 7.0 => 0.0,
            Some(Measured::Nps) => -100.0,
            Some(Measured::Number | Measured::Scale { .. }) | None => value,
        }
    }
}

/// The role of a reply without a value.
fn missing(reply: Reply) -> Role {
    if reply == Reply::Blank { Role::Blank } else { Role::NotAsked }
}

impl<'a> Classes<'a> {
    /// Sees that the answers are those that the codebook declares.
    pub(super) fn new(
        quantity: &'a Quantity,
        index: usize,
        tally: &'a Tally,
        terms: Terms<'_>,
    ) -> Result<Self, MeasureError> {
        let items: Vec<&Item> = match &quantity.kind {
            Kind::Per(other) | Kind::Minus(other) => vec![&quantity.item, other],
            Kind::Plain | Kind::Total | Kind::Mean | Kind::Median | Kind::Point(_) | Kind::Option(_) => {
                vec![&quantity.item]
            }
        };
        let replies = tally.classes[index].as_slice();
        let mut questions = Vec::new();
        for (question, item) in items.into_iter().enumerate() {
            let (is_number, measured) = (tally.numbers[index][question], (terms.measured)(item));
            if let (false, Some(_)) = (is_number, measured) {
                return Err(MeasureError::YesNo { item: item.to_string() });
            }
            let values = replies.iter().filter_map(|class| match class[question] {
                Reply::Number(value) => Some(value),
                _ => None,
            });
            if let Some(scale) = measured.and_then(Measured::scale)
                && let Some(value) = values.into_iter().find(|value| !lies_on(scale, *value))
            {
                return Err(MeasureError::OffScale { item: item.to_string(), value, scale });
            }
            questions.push(Asked::new(is_number, measured));
        }
        Ok(Self { quantity, replies, questions })
    }

    pub(super) fn kind(&self, question: usize) -> Answered {
        self.questions[question].kind
    }

    pub(super) fn mixed(&self) -> MeasureError {
        let second = match &self.quantity.kind {
            Kind::Per(other) | Kind::Minus(other) => other.to_string(),
            Kind::Plain | Kind::Total | Kind::Mean | Kind::Median | Kind::Point(_) | Kind::Option(_) => {
                String::new()
            }
        };
        MeasureError::Mixed { first: self.quantity.item.to_string(), second }
    }

    fn value(&self, class: &[Reply], question: usize) -> Option<f64> {
        self.questions[question].value(class[question])
    }

    fn roles(&self, role: impl Fn(&[Reply]) -> Role) -> Vec<Role> {
        self.replies.iter().map(|class| role(class)).collect()
    }

    /// Those who answered, with what their answer counts for.
    pub(super) fn values(&self) -> Vec<Role> {
        self.roles(|class| {
            self.value(class, 0).map_or(missing(class[0]), |value| Role::Counts(Point::value(value)))
        })
    }

    /// Those who answered with a number, with that number, whatever the codebook makes of it.
    pub(super) fn numbers(&self, statistic: &'static str) -> Result<Vec<Role>, MeasureError> {
        if self.kind(0) == Answered::YesNo {
            return Err(MeasureError::NotANumber { item: self.quantity.item.to_string(), statistic });
        }
        Ok(self.roles(|class| match class[0] {
            Reply::Number(value) => Role::Counts(Point::value(value)),
            other => missing(other),
        }))
    }

    /// Those who answered with a number: 1 if it is this point of their scale, else 0.
    pub(super) fn point(&self, point: i32) -> Result<Vec<Role>, MeasureError> {
        if self.kind(0) == Answered::YesNo {
            let item = self.quantity.item.to_string();
            return Err(MeasureError::NotANumber { item, statistic: "points" });
        }
        let is_point = |value: f64| (value - f64::from(point)).abs() < 0.5;
        Ok(self.roles(|class| match class[0] {
            Reply::Number(value) => Role::Counts(Point::value(f64::from(u8::from(is_point(value))))),
            other => missing(other),
        }))
    }

    /// Those who answered yes or no; of those asked, leaving it blank is no.
    pub(super) fn rate(&self, base: Base) -> Vec<Role> {
        self.roles(|class| match class[0] {
            Reply::Blank if base == Base::Asked => Role::Counts(Point::value(0.0)),
            reply => self.value(class, 0).map_or(missing(reply), |value| Role::Counts(Point::value(value))),
        })
    }

    /// Those who said yes to the second question and answered the first.
    pub(super) fn among_yes(&self) -> Vec<Role> {
        self.roles(|class| match (class[1], self.value(class, 0)) {
            (Reply::Yes, Some(value)) => Role::Counts(Point::value(value)),
            (Reply::Yes, None) => missing(class[0]),
            (Reply::No, _) => Role::Outside,
            (other, _) => missing(other),
        })
    }

    /// Those who answered both questions: the first number per the second.
    pub(super) fn per_number(&self) -> Vec<Role> {
        self.roles(|class| match (self.value(class, 0), self.value(class, 1)) {
            (Some(y), Some(x)) => Role::Counts(Point { y, x, minus: (0.0, 0.0) }),
            (Some(_), None) => missing(class[1]),
            (None, _) => missing(class[0]),
        })
    }

    /// Those who answered either question: each counts in the base of those they answered.
    pub(super) fn difference(&self) -> Vec<Role> {
        let side =
            |class: &[Reply], question| self.value(class, question).map_or((0.0, 0.0), |value| (value, 1.0));
        self.roles(|class| {
            let ((y, x), minus) = (side(class, 0), side(class, 1));
            if x + minus.1 > 0.0 {
                Role::Counts(Point { y, x, minus })
            } else if class.contains(&Reply::Blank) {
                Role::Blank
            } else {
                Role::NotAsked
            }
        })
    }

    /// Those who were asked the option and answered any option of its question, or of those asked, were asked: an option
    /// left blank is a no.
    pub(super) fn option(&self, base: Base) -> Vec<Role> {
        self.roles(|class| match (class[0], class[1]) {
            (Reply::NotAsked, _) => Role::NotAsked,
            (reply, Reply::Mentions(_)) => {
                Role::Counts(Point::value(f64::from(u8::from(reply == Reply::Yes))))
            }
            (_, Reply::Blank) if base == Base::Asked => Role::Counts(Point::value(0.0)),
            (_, other) => missing(other),
        })
    }

    /// Those who were asked the option and answered its question: their yes per their mentions.
    pub(super) fn of_mentions(&self) -> Vec<Role> {
        self.roles(|class| match (class[0], class[1]) {
            (Reply::NotAsked, _) => Role::NotAsked,
            (reply, Reply::Mentions(count)) => {
                let (y, x) = (f64::from(u8::from(reply == Reply::Yes)), f64::from(count));
                Role::Counts(Point { y, x, minus: (0.0, 0.0) })
            }
            (_, other) => missing(other),
        })
    }
}

fn lies_on((low, high): (i32, i32), value: f64) -> bool {
    value.fract().abs() <= 0.0 && (f64::from(low)..=f64::from(high)).contains(&value)
}

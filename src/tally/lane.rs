//! [`Lane`]: some questions whose replies are one number in every row, so that several variables are counted at once.
//!
//! Four yes-no items share a byte, as they do in storage. Rows are counted by the byte, and what was counted is told
//! apart by variable afterwards: the work per respondent is a quarter, and that per value is next to nothing.

use super::error::TallyError;
use super::plan::{Frame, PartCodes, ReplyCodes};
use super::variable::Question;
use crate::codebook::Answer;
use crate::ingest::Batch;

/// Questions answered by one number of mixed radix; the first question's code runs fastest.
pub(super) struct Lane {
    questions: Vec<LaneQuestion>,
    /// How many values there are.
    size: u64,
    /// The variables that are told from its values.
    pub(super) variables: Vec<LaneVariable>,
    /// By value and variable: the class. Empty for a wide lane, which has too many values for a table.
    classes: Vec<u32>,
}

/// A question of a lane.
struct LaneQuestion {
    question: Question,
    /// Where the frame and a part say what its codes are: index of a variable, and of a question in it.
    place: (usize, usize),
    stride: u64,
    replies: u64,
}

/// A variable of a lane.
pub(super) struct LaneVariable {
    /// Index in the frame.
    pub(super) variable: usize,
    /// By question of the variable: its index in the lane.
    questions: Vec<usize>,
}

/// The values of some rows in one lane.
pub(super) enum Values {
    /// Of a lane with at most 256 values.
    Narrow(Vec<u8>),
    /// Of any other.
    Wide(Vec<u64>),
}

/// Values up to which a lane is narrow.
const NARROW: u64 = 1 << 8;

impl Lane {
    /// Lanes that tell all variables of a frame: narrow ones share questions as far as these fit, and a variable with more
    /// classes has a lane of its own.
    pub(super) fn all(frame: &Frame, questions: &[&[Question]]) -> Result<Vec<Self>, TallyError> {
        let mut lanes: Vec<Self> = Vec::new();
        for (variable, &asked) in questions.iter().enumerate() {
            let is_narrow = frame.cardinality(variable)? <= NARROW;
            let grown = |lane: &Self| lane.size * lane.lacking(frame, variable, asked).product::<u64>();
            let fits = |lane: &&mut Self| lane.is_narrow() && grown(lane) <= NARROW;
            let least = lanes.iter_mut().filter(fits).min_by_key(|lane| grown(lane) / lane.size);
            if let Some(lane) = least.filter(|_| is_narrow) {
                lane.add(frame, variable, asked);
                continue;
            }
            let mut lane =
                Self { questions: Vec::new(), size: 1, variables: Vec::new(), classes: Vec::new() };
            lane.add(frame, variable, asked);
            lanes.push(lane);
        }
        for lane in &mut lanes {
            if lane.is_narrow() {
                lane.classes = (0..lane.size).flat_map(|value| lane.told(value)).collect();
            }
        }
        Ok(lanes)
    }

    /// Sizes of the questions that it would need beyond its own.
    fn lacking<'a>(
        &'a self,
        frame: &'a Frame,
        variable: usize,
        asked: &'a [Question],
    ) -> impl Iterator<Item = u64> + 'a {
        let is_new =
            |(_, question): &(usize, &Question)| self.questions.iter().all(|own| own.question != **question);
        asked.iter().enumerate().filter(is_new).map(move |(at, _)| frame.replies[variable][at].len() as u64)
    }

    fn add(&mut self, frame: &Frame, variable: usize, asked: &[Question]) {
        let mut questions = Vec::new();
        for (at, question) in asked.iter().enumerate() {
            let known = self.questions.iter().position(|own| own.question == *question);
            questions.push(known.unwrap_or_else(|| {
                let replies = frame.replies[variable][at].len() as u64;
                let question = question.clone();
                self.questions.push(LaneQuestion {
                    question,
                    place: (variable, at),
                    stride: self.size,
                    replies,
                });
                self.size *= replies;
                self.questions.len() - 1
            }));
        }
        self.variables.push(LaneVariable { variable, questions });
    }

    pub(super) fn is_narrow(&self) -> bool {
        self.size <= NARROW
    }

    /// The class of every variable at a value.
    fn told(&self, value: u64) -> impl Iterator<Item = u32> + '_ {
        self.variables.iter().map(move |variable| self.class(variable, value) as u32)
    }

    /// The class of a variable at a value, of which the variable's last question runs fastest.
    fn class(&self, variable: &LaneVariable, value: u64) -> u64 {
        variable
            .questions
            .iter()
            .map(|&question| &self.questions[question])
            .fold(0, |class, question| class * question.replies + value / question.stride % question.replies)
    }

    /// The variables with their class at a value.
    pub(super) fn classes(&self, value: u64) -> impl Iterator<Item = (usize, u64)> + '_ {
        let table = self.classes.chunks(self.variables.len()).nth(value as usize);
        self.variables.iter().enumerate().map(move |(at, variable)| {
            let class = table.map_or_else(|| self.class(variable, value), |classes| u64::from(classes[at]));
            (variable.variable, class)
        })
    }

    /// The class of every row in one variable; `None` where it is told from another lane.
    pub(super) fn column(&self, values: &Values, variable: usize) -> Option<Vec<u64>> {
        let own = self.variables.iter().find(|own| own.variable == variable)?;
        Some(match values {
            Values::Narrow(values) => {
                let classes: Vec<u64> = (0..self.size).map(|value| self.class(own, value)).collect();
                values.iter().map(|&value| classes[usize::from(value)]).collect()
            }
            Values::Wide(values) => values.iter().map(|&value| self.class(own, value)).collect(),
        })
    }

    /// The values of the rows of a batch.
    pub(super) fn values(&self, batch: &Batch, codes: &PartCodes) -> Values {
        if !self.is_narrow() {
            let mut values = vec![0; batch.len()];
            self.add_codes(batch, codes, |row, code| values[row] += code);
            return Values::Wide(values);
        }
        if let Some((word, shift, mask)) = self.side_by_side(codes) {
            let bits = |word: &u64| (word >> shift) as u8 & mask;
            return Values::Narrow(batch.answers[word].iter().map(bits).collect());
        }
        let mut values = vec![0; batch.len()];
        self.add_codes(batch, codes, |row, code| values[row] += code as u8);
        Values::Narrow(values)
    }

    /// Word, shift and mask of questions that are items whose answers stand side by side in a batch: they are the value
    /// as they are.
    fn side_by_side(&self, codes: &PartCodes) -> Option<(usize, usize, u8)> {
        let item = |question: &LaneQuestion| match codes.questions[question.place.0][question.place.1] {
            ReplyCodes::Answers(item) => Some(item),
            _ => None,
        };
        let first = item(self.questions.first()?)?;
        let place = first % Answer::PER_WORD;
        let are_next =
            (first..).zip(&self.questions).all(|(expected, question)| item(question) == Some(expected));
        (are_next && place + self.questions.len() <= Answer::PER_WORD).then_some((
            first / Answer::PER_WORD,
            2 * place,
            (self.size - 1) as u8,
        ))
    }

    /// Gives `add` the code of every row and question, times the question's stride.
    fn add_codes(&self, batch: &Batch, codes: &PartCodes, mut add: impl FnMut(usize, u64)) {
        for LaneQuestion { place: (variable, at), stride, .. } in &self.questions {
            match &codes.questions[*variable][*at] {
                ReplyCodes::NotAsked => {}
                ReplyCodes::Answers(item) => {
                    for row in 0..batch.len() {
                        add(row, batch.answer(row, *item) as u64 * stride);
                    }
                }
                ReplyCodes::Numbers { column, translation } => {
                    for (row, &code) in batch.numbers[*column].iter().enumerate() {
                        add(row, u64::from(translation[code as usize]) * stride);
                    }
                }
                ReplyCodes::Mentions(items) => {
                    for row in 0..batch.len() {
                        add(row, mentions(batch, row, items) * stride);
                    }
                }
            }
        }
    }
}

/// The code of what one respondent mentions of `items`: not asked, blank, or 2 plus the number of yes.
fn mentions(batch: &Batch, row: usize, items: &[usize]) -> u64 {
    let (mut asked, mut answered, mut yes) = (false, false, 0);
    for &item in items {
        match batch.answer(row, item) {
            Answer::NotAsked => {}
            Answer::Blank => asked = true,
            Answer::No => answered = true,
            Answer::Yes => {
                answered = true;
                yes += 1;
            }
        }
    }
    match (answered, asked) {
        (true, _) => 2 + yes,
        (false, asked) => u64::from(asked),
    }
}

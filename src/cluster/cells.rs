//! What the cells of a column say, as SQL: the answers, numbers and weights that a file here would have.
//!
//! Every expression is NULL where a cell says something that a file here would be refused for.

use super::answer::Kind;
use super::sql;
use crate::codebook::Answer;
use crate::ingest::NumberItem;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name in the table.
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// How the replies to a number that is none are coded among numbers as texts.
pub(super) const BLANK: &str = "";
pub(super) const NOT_ASKED: &str = "n";

/// The words of an answer.
const YES: [&str; 4] = ["1", "是", "yes", "true"];
const NO: [&str; 4] = ["0", "否", "no", "false"];
const PASSED: [&str; 4] = ["-3", "(跳过)", "（跳过）", "not asked"];

impl Column {
    /// The cell as it stands, never NULL.
    pub(super) fn cell(&self) -> String {
        let name = sql::name(&self.name);
        match self.kind {
            Kind::Text => format!("COALESCE({name}, '')"),
            _ => format!("COALESCE(CAST({name} AS STRING), '')"),
        }
    }

    /// The cell without white space around it, never NULL.
    pub(super) fn trimmed(&self) -> String {
        match self.kind {
            Kind::Text => sql::trimmed(&self.cell()),
            _ => self.cell(),
        }
    }

    /// The cell as a double; NULL where it is none.
    fn double(&self) -> String {
        match self.kind {
            Kind::Text => sql::number(&self.trimmed()),
            Kind::Boolean => "CAST(NULL AS DOUBLE)".to_owned(),
            _ => format!("CAST({} AS DOUBLE)", sql::name(&self.name)),
        }
    }

    /// A weight: 0, or within the range whose squares a double holds.
    pub(super) fn weight(&self) -> String {
        let value = self.double();
        format!("CASE WHEN {value} = 0D THEN 0D WHEN {value} BETWEEN 1E-100D AND 1E100D THEN {value} END")
    }

    /// A finite population correction.
    pub(super) fn fpc(&self) -> String {
        let value = self.double();
        format!("CASE WHEN {value} > 0D AND {value} <= {} THEN {value} END", sql::double(f64::MAX))
    }

    /// An answer of yes or no, as its packed code.
    pub(super) fn answer(&self) -> String {
        let name = sql::name(&self.name);
        let [not_asked, blank, no, yes] = Answer::ALL.map(|answer| answer as u8);
        match self.kind {
            Kind::Text => {
                let word = sql::lower(&self.trimmed());
                format!(
                    "CASE {cell} WHEN '1' THEN {yes} WHEN '0' THEN {no} WHEN '' THEN {blank} WHEN '-3' THEN {not_asked} ELSE \
                     CASE WHEN {word} = '' THEN {blank} WHEN {word} IN {words} THEN {yes} WHEN {word} IN {nos} THEN {no} \
                     WHEN {word} IN {passed} THEN {not_asked} END END",
                    cell = self.cell(),
                    words = sql::texts(YES),
                    nos = sql::texts(NO),
                    passed = sql::texts(PASSED),
                )
            }
            Kind::Boolean => {
                format!("CASE WHEN {name} IS NULL THEN {blank} WHEN {name} THEN {yes} ELSE {no} END")
            }
            _ => format!(
                "CASE WHEN {name} IS NULL THEN {blank} WHEN {name} = 1 THEN {yes} WHEN {name} = 0 THEN {no} WHEN {name} = -3 \
                 THEN {not_asked} END"
            ),
        }
    }

    /// A number as a text that says every bit of it, or why there is none.
    pub(super) fn number(&self, item: &NumberItem) -> String {
        const LARGEST: f64 = 1e15;
        let value = self.double();
        let accepted = match item.scale {
            Some((low, high)) => {
                let (low, high) = (sql::double(low.into()), sql::double(high.into()));
                format!("{value} BETWEEN {low} AND {high} AND {value} = RINT({value})")
            }
            None => format!("ABS({value}) <= {}", sql::double(LARGEST)),
        };
        let (blank, passed) = match self.kind {
            Kind::Text => {
                let word = sql::lower(&self.trimmed());
                (format!("{word} = ''"), format!("{word} IN {}", sql::texts(PASSED)))
            }
            _ => (format!("{} IS NULL", sql::name(&self.name)), "FALSE".to_owned()),
        };
        format!(
            "CASE WHEN {blank} THEN '{BLANK}' WHEN {passed} THEN '{NOT_ASKED}' WHEN {value} = -3D THEN '{NOT_ASKED}' \
             WHEN {accepted} THEN CAST({value} AS STRING) END"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_answers_are_those_that_are_read_here() {
        for (words, answer) in [(YES, Answer::Yes), (NO, Answer::No), (PASSED, Answer::NotAsked)] {
            for word in words {
                assert_eq!(Answer::parse(word), Some(answer), "{word}");
            }
        }
    }
}

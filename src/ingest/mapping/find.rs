//! From the name that a codebook gives a column to its place in a file.

use crate::codebook::Item;
use crate::codebook::project::{ColumnRef, Role};

use super::super::code::Code;
use super::super::platforms::{Header, Heading};
use super::super::problems::{Position, Problem, Problems};
use super::super::shown;

/// Looks for columns in one header, and notes what is not there.
pub(super) struct Finder<'h, 'p> {
    header: &'h Header,
    problems: &'p mut Problems,
    /// What is being looked for: a column of the canonical schema, or rules of quality.
    purpose: String,
    /// By column, what it was found to serve.
    uses: Vec<Vec<String>>,
}

impl<'h, 'p> Finder<'h, 'p> {
    pub(super) fn new(header: &'h Header, problems: &'p mut Problems) -> Self {
        Self { header, problems, purpose: String::new(), uses: vec![Vec::new(); header.columns.len()] }
    }

    /// What the columns that are found from now on serve.
    pub(super) fn seek(&mut self, purpose: &str) {
        purpose.clone_into(&mut self.purpose);
    }

    /// By column, what it serves; nothing, where it was not asked for.
    pub(super) fn into_uses(self) -> Vec<Vec<String>> {
        self.uses
    }

    /// Whether a canonical column serves nothing but rules of quality: it was asked for, and is no role, item or dimension
    /// that could be broken down by.
    pub(super) fn is_only_for_rules(&self, column: usize) -> bool {
        let name = &self.header.columns[column].name;
        let is_role = Role::ALL.iter().any(|role| role.key() == name);
        !self.uses[column].is_empty() && !is_role && name.parse::<Item>().is_err()
    }

    /// The heading of a column.
    pub(super) fn heading(&self, column: usize) -> &'h Heading {
        &self.header.columns[column]
    }

    /// The one column that is named.
    pub(super) fn one(&mut self, column: &ColumnRef) -> Option<usize> {
        let found = self.all(column);
        match found.as_slice() {
            [only] => Some(*only),
            [] => None,
            several => {
                let which: Vec<String> = several
                    .iter()
                    .map(|&index| match self.header.columns[index].part.as_str() {
                        "" => shown::number(index),
                        part => format!("{} {}", shown::number(index), shown::quoted(part)),
                    })
                    .collect();
                let hint = format!("it has the columns {}; name one by its number", which.join(", "));
                self.refuse(column, "is that of several columns", hint);
                None
            }
        }
    }

    /// The column of one part of a question.
    pub(super) fn part(&mut self, column: &ColumnRef, part: &str) -> Option<usize> {
        let all = self.block(column);
        let is_part = |index: &&usize| self.header.columns[**index].part == part;
        let found = all.iter().find(is_part).copied();
        if found.is_none() && !all.is_empty() {
            let parts = all.iter().map(|&index| shown::quoted(&self.header.columns[index].part));
            let hint = format!("its parts are {}", parts.collect::<Vec<_>>().join(", "));
            self.refuse(column, &format!("has no part {}", shown::quoted(part)), hint);
        }
        if let Some(index) = found {
            self.uses[index].push(self.purpose.clone());
        }
        found
    }

    /// Every column of that name or question; none, noted, where there is none.
    pub(super) fn all(&mut self, column: &ColumnRef) -> Vec<usize> {
        let found = self.block(column);
        for &index in &found {
            self.uses[index].push(self.purpose.clone());
        }
        found
    }

    /// Every column of that name or question, which one of them is yet to serve.
    pub(super) fn block(&mut self, column: &ColumnRef) -> Vec<usize> {
        let found = self.matches(&column.name);
        if found.is_empty() {
            let hint = match self.nearest(&column.name) {
                Some(near) => format!("did you mean {}?", shown::quoted(near)),
                None => "wxstats check lists the columns of a file".to_owned(),
            };
            self.refuse(column, "is not in the file", hint);
        }
        found
    }

    fn matches(&self, name: &str) -> Vec<usize> {
        let columns = &self.header.columns;
        let all = |matches: &dyn Fn(&Heading) -> bool| -> Vec<usize> {
            (0..columns.len()).filter(|&index| matches(&columns[index])).collect()
        };
        if let Some(number) = name.strip_prefix('#').and_then(|number| number.parse::<usize>().ok()) {
            return number.checked_sub(1).filter(|&index| index < columns.len()).into_iter().collect();
        }
        let named = all(&|heading| !heading.name.is_empty() && heading.name == name);
        if !named.is_empty() {
            // The first header of a question may be the name of all its columns.
            let of = &columns[named[0]].question;
            let is_block = of == name && !of.is_empty();
            return if is_block { all(&|heading| heading.question == name) } else { named };
        }
        let question = all(&|heading| heading.question == name);
        if !question.is_empty() {
            return question;
        }
        let Some((question, number)) = name.rsplit_once('_') else { return Vec::new() };
        let parts = all(&|heading| heading.question == question);
        let number = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        number.and_then(|number| parts.get(number)).copied().into_iter().collect()
    }

    fn nearest(&self, name: &str) -> Option<&'h str> {
        const ALIKE: f64 = 0.8;
        let likeness = |known: &str| strsim::jaro_winkler(&name.to_lowercase(), &known.to_lowercase());
        let names = self.header.columns.iter().map(|heading| heading.name.as_str());
        let near = names.filter(|known| likeness(known) > ALIKE && !shown::looks_like_data(known));
        near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
    }

    /// Notes what is wrong with a column that the codebook names.
    pub(super) fn refuse(&mut self, column: &ColumnRef, what: &str, hint: String) {
        let name = shown::quoted(&column.name);
        let message = format!("column {name}, which line {} of the codebook names, {what}", column.line);
        self.problems.add(Problem::new(Position::START, Code::MissingColumn, message).hint(hint));
    }
}

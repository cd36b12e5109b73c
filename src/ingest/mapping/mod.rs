//! A file as its platform writes it, to rows of the canonical schema: what the codebook says of columns, applied.
//!
//! In: the [`Header`] of a file, the codebook's [`ColumnsBook`] and [`QualityBook`], and rows. Out: for each row the cells of a
//! canonical row ([`MappedRow`]), each knowing where it stands in the file, or the rule that leaves the row out.
//! Refuses: columns that the file does not have or has twice, cells that the codebook gives no level or answer for.

mod answers;
mod articles;
mod duration;
mod find;
mod joined;
mod quality;
mod row;
mod tick;
mod tokens;
mod values;

use std::collections::BTreeMap;

use crate::codebook::Platform;
use crate::codebook::project::{ColumnsBook, QualityBook, Role};

use self::answers::AnswerRule;
use self::articles::{ArticleRule, StatedRate};
use self::find::Finder;
pub(super) use self::joined::Joined;
use self::quality::Screen;
pub(super) use self::row::{MappedRow, RawCells, RawRow};
pub(super) use self::tick::is_tick;
pub(super) use self::tokens::{Said, Tokens};
use self::values::ValueRule;
use super::intake::Notice;
use super::platforms::{ArticleExport, ArticleTable, Header};
use super::problems::{Position, Problems};

/// What a column serves by which rows are left out.
const RULES: &str = "rules of quality";

/// What a row becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mapped {
    /// A row of the canonical schema.
    Row,
    /// Nothing: the rule of this index leaves it out.
    LeftOut(usize),
}

/// How the columns of one file make canonical rows.
#[derive(Debug)]
pub(super) struct Mapping {
    /// The canonical header.
    names: Vec<String>,
    rules: Vec<Rule>,
    screen: Screen,
    /// Of a table of articles: what wrote it, and the rates that it states.
    articles: Option<(ArticleExport, Vec<StatedRate>)>,
    tokens: Tokens,
    rows: u64,
    /// By column of the file, the canonical columns made of it.
    uses: Vec<Vec<String>>,
}

/// Where one canonical cell comes from.
#[derive(Debug)]
enum Rule {
    /// A role or a dimension.
    Value(ValueRule),
    /// An item.
    Answer(AnswerRule),
    /// A cell of a canonical file, as it is.
    Same(usize),
    /// What is said of an article.
    Article(ArticleRule),
}

impl Mapping {
    /// Finds the codebook's columns in the header; `None` when something is wrong with them.
    pub(super) fn new(
        columns: &ColumnsBook,
        quality: &QualityBook,
        header: &Header,
        problems: &mut Problems,
    ) -> Option<Self> {
        let before = problems.total();
        let tokens = Tokens::of(header.platform);
        let mut finder = Finder::new(header, problems);
        let mut names = Vec::new();
        let mut rules = Vec::new();
        let mut add = |name: String, rule: Option<Rule>| {
            names.push(name);
            rules.extend(rule);
        };
        if !columns.roles.contains_key(&Role::RespondentId) {
            add(Role::RespondentId.key().to_owned(), Some(Rule::Value(ValueRule::row())));
        }
        for (role, source) in &columns.roles {
            finder.seek(role.key());
            let rule = ValueRule::new(source, &mut finder);
            add(role.key().to_owned(), rule.map(Rule::Value));
        }
        for (name, source) in &columns.dimensions {
            finder.seek(name);
            let rule = ValueRule::new(source, &mut finder);
            add(name.clone(), rule.map(Rule::Value));
        }
        let separator = columns.separator.as_deref().unwrap_or(header.platform.separator());
        for (item, source) in &columns.answers {
            finder.seek(&item.to_string());
            let rule = AnswerRule::new(item, source, &columns.answers, separator, &mut finder);
            add(item.to_string(), rule.map(Rule::Answer));
        }
        finder.seek(RULES);
        let screen = Screen::new(quality, &mut finder);
        let uses = finder.into_uses();
        let articles = None;
        (problems.total() == before).then_some(Self { names, rules, screen, articles, tokens, rows: 0, uses })
    }

    /// Leaves rows of a canonical file out, and the columns that only serve to tell which.
    pub(super) fn screening(quality: &QualityBook, header: &Header, problems: &mut Problems) -> Option<Self> {
        let before = problems.total();
        let tokens = Tokens::of(header.platform);
        let mut finder = Finder::new(header, problems);
        finder.seek(RULES);
        let screen = Screen::new(quality, &mut finder);
        let kept: Vec<usize> =
            (0..header.columns.len()).filter(|&column| !finder.is_only_for_rules(column)).collect();
        let names: Vec<String> = kept.iter().map(|&column| header.columns[column].name.clone()).collect();
        let rules: Vec<Rule> = kept.into_iter().map(Rule::Same).collect();
        let mut uses = finder.into_uses();
        for (name, rule) in names.iter().zip(&rules) {
            if let Rule::Same(column) = rule {
                uses[*column].insert(0, String::clone(name));
            }
        }
        let articles = None;
        (problems.total() == before).then_some(Self { names, rules, screen, articles, tokens, rows: 0, uses })
    }

    /// Makes a platform's table of articles canonical.
    pub(super) fn of_articles(table: &ArticleTable, header: &RawRow) -> Self {
        let mut uses = vec![Vec::new(); header.cells.len()];
        let (mut names, mut rules) = (Vec::new(), Vec::new());
        for (name, rule, columns) in articles::rules(table) {
            for column in columns {
                uses[column].push(name.to_owned());
            }
            names.push(name.to_owned());
            rules.push(Rule::Article(rule));
        }
        let articles = Some((table.export, articles::stated(table, &header.cells)));
        let tokens = Tokens::of(Platform::Generic);
        Self { names, rules, screen: Screen::default(), articles, tokens, rows: 0, uses }
    }

    /// The canonical header, each name with the place in the file's header that it comes from.
    pub(super) fn header_of(&self, raw: &dyn RawCells) -> Vec<Position> {
        let place = |rule: &Rule| match rule {
            Rule::Same(column) => raw.position(*column),
            Rule::Value(_) | Rule::Answer(_) | Rule::Article(_) => raw.start(),
        };
        self.rules.iter().map(place).collect()
    }

    /// The canonical header.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Makes a row of the file into one of the canonical schema. What is wrong with it is noted. Of a row that is left out
    /// only the wave is made.
    pub(super) fn map(&mut self, raw: &dyn RawCells, row: &mut MappedRow, problems: &mut Problems) -> Mapped {
        self.rows += 1;
        row.clear();
        let left_out = self.screen.leaves_out(raw, self.tokens, problems);
        for (name, rule) in self.names.iter().zip(&mut self.rules) {
            if left_out.is_some() && name != Role::Wave.key() {
                row.push("", raw.start());
                continue;
            }
            match rule {
                Rule::Value(rule) => rule.write(raw, self.rows, self.tokens, row, problems),
                Rule::Answer(rule) => rule.write(raw, self.tokens, row, problems),
                Rule::Same(column) => row.push(raw.cell(*column), raw.position(*column)),
                Rule::Article(rule) => rule.write(raw, row),
            }
        }
        if let Some((_, stated)) = &mut self.articles {
            for rate in stated {
                rate.compare(raw);
            }
        }
        left_out.map_or(Mapped::Row, Mapped::LeftOut)
    }

    /// What wrote a table of articles.
    pub(super) fn export(&self) -> Option<ArticleExport> {
        self.articles.as_ref().map(|(export, _)| *export)
    }

    /// By column of the file, what it serves: columns of the canonical schema, and rules of quality.
    pub(super) fn uses(&self) -> &[Vec<String>] {
        &self.uses
    }

    /// The rules that leave rows out.
    pub(super) fn screen(&self) -> &Screen {
        &self.screen
    }

    /// What the user should hear of once the file is read.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some((_, stated)) = &self.articles {
            notices.extend(stated.iter().filter_map(StatedRate::notice));
            notices.extend(self.names.iter().zip(&self.rules).filter_map(|(name, rule)| match rule {
                Rule::Article(rule) => rule.notice(name),
                _ => None,
            }));
        }
        let unused = self.uses.iter().filter(|uses| uses.is_empty()).count();
        if unused > 0 && self.articles.is_none() {
            notices.push(Notice::UnusedColumns { columns: unused });
        }
        let mut unknown: BTreeMap<&str, u64> = BTreeMap::new();
        for rule in &self.rules {
            let Rule::Answer(rule) = rule else { continue };
            if let Some(option) = rule.never_ticked() {
                let (question, option) = (rule.column().to_owned(), option.to_owned());
                notices.push(Notice::NeverTicked { question, option });
            }
            if let Some(count) = rule.other_ticks() {
                unknown.insert(rule.column(), count);
            }
        }
        let others = unknown.into_iter().filter(|&(_, ticks)| ticks > 0);
        notices.extend(
            others.map(|(question, ticks)| Notice::OtherOptions { question: question.to_owned(), ticks }),
        );
        notices
    }
}

//! The text of an assertion → [`Statement`]: one function for each rule of the grammar.
//!
//! ```text
//! statement = "rank" DIMENSION "by" figure ":" place { ">" place }
//!           | saying, of published figures (published/grammar.rs)
//!           | figure ( side ( figure | NUMBER ) | "about" NUMBER "±" POINTS | "rising" | "falling" )
//! side      = ">" | "over" | "<" | "below"
//! figure    = ( "rate" | "mean" | "median" ) "(" QUANTITY { "," level } ")" | "share" "(" level { "," level } ")"
//! level     = DIMENSION "=" LEVEL
//! place     = LEVEL { "," LEVEL } | "rest"
//! ```
//!
//! Numbers that rates are held against are percentages with `%`, margins are points. A text that is none of this is
//! [`Refused`], with the place where it goes wrong and what was expected there.

use std::ops::Range;

use super::published;
use super::statement::{Figure, Of, Place, Side, Statement};
use super::token::{Kind, Token, Unreadable, tokens};
use crate::codebook::project::{level_key, nearest};
use crate::codebook::{self, Entry, Quantity};

/// Where a text is no statement, what was expected there, and how to write it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

const FIGURES: [&str; 4] = ["rate", "mean", "median", "share"];
const ALL_FIGURES: [&str; 6] =
    ["rate", "mean", "median", "share", published::FIGURES[0], published::FIGURES[1]];
const RELATIONS: [&str; 5] = ["over", "below", "about", "rising", "falling"];
const EXPECTED_RELATION: &str = "> < over, below, about, rising or falling";
const RELATION_HINT: &str = "say what holds of the figure: > rate(…), < 8%, about 8% ± 3, rising or falling";
const FIGURE_HINT: &str =
    "a figure is rate(moments.share, segment=expat, city=Guangzhou), mean(…), median(…) or share(os=iOS, …)";

/// Reads one assertion.
pub(super) fn parse(text: &str) -> Result<Statement, Refused> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, next: 0 };
    let statement = reader.statement()?;
    match reader.peek().kind {
        Kind::End => Ok(statement),
        _ => Err(reader.expected("the end", "assert several things as a list of texts")),
    }
}

/// Reads one figure.
pub(super) fn parse_figure(text: &str) -> Result<Figure, Refused> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, next: 0 };
    let figure = reader.figure("a figure")?;
    match reader.peek().kind {
        Kind::End => Ok(figure),
        _ => Err(reader.expected("the end", "one figure is taken apart at a time")),
    }
}

pub(super) struct Reader<'t> {
    tokens: &'t [Token<'t>],
    next: usize,
}

impl From<Unreadable> for Refused {
    fn from(Unreadable { at, message, hint }: Unreadable) -> Self {
        Self { at, message, hint }
    }
}

impl<'t> Reader<'t> {
    fn statement(&mut self) -> Result<Statement, Refused> {
        if self.accept_word("rank") {
            return self.rank();
        }
        if let Kind::Word(word) = self.peek().kind
            && published::FIGURES.contains(&word)
        {
            return self.saying().map(Statement::Published);
        }
        let figure = self.figure("rank or a figure")?;
        let side = match self.peek().kind {
            Kind::Sign('>') | Kind::Word("over") => Side::Above,
            Kind::Sign('<') | Kind::Word("below") => Side::Below,
            Kind::Word("about") => return self.about(figure),
            Kind::Word("rising") => return Ok(self.trend(figure, Side::Above)),
            Kind::Word("falling") => return Ok(self.trend(figure, Side::Below)),
            _ => return Err(self.misspelt(&RELATIONS, EXPECTED_RELATION, RELATION_HINT)),
        };
        self.next += 1;
        if let Kind::Word(word) = self.peek().kind
            && FIGURES.contains(&word)
        {
            let right = self.figure("a figure")?;
            return Ok(Statement::Compare { left: figure, side, right });
        }
        let value = self.number(&figure, "a figure or a number")?;
        Ok(Statement::Against { figure, side, value })
    }

    fn trend(&mut self, figure: Figure, side: Side) -> Statement {
        self.next += 1;
        Statement::Trend { figure, side }
    }

    fn about(&mut self, figure: Figure) -> Result<Statement, Refused> {
        const HINT: &str =
            "say how far off still counts as about: rate(…) about 8% ± 3 is true from 5% to 11%";
        self.next += 1;
        let value = self.number(&figure, "a number")?;
        self.sign('±', HINT)?;
        let at = self.peek().at.clone();
        let margin = self.decimal("the margin", HINT)?;
        if margin <= 0.0 {
            return Err(Refused {
                at,
                message: "the margin is not above 0".to_owned(),
                hint: HINT.to_owned(),
            });
        }
        if matches!(self.peek().kind, Kind::Sign('%')) {
            return Err(self.expected("the end", "a margin is in points, without %: 8% ± 3"));
        }
        Ok(Statement::About {
            margin: if figure.is_share() { margin / 100.0 } else { margin },
            figure,
            value,
        })
    }

    fn rank(&mut self) -> Result<Statement, Refused> {
        const HINT: &str = "a ranking is rank city by rate(moments.share, segment=expat): Guangzhou, Chengdu > Shanghai > rest";
        let dimension = self.word("a dimension", HINT)?.to_owned();
        if !self.accept_word("by") {
            return Err(self.expected("by", HINT));
        }
        let at = self.peek().at.clone();
        let figure = self.figure("a figure")?;
        if figure.within.iter().any(|(name, _)| *name == dimension) {
            let message = format!("{dimension} is ranked, so the figure cannot have one level of it");
            return Err(Refused { at, message, hint: HINT.to_owned() });
        }
        self.sign(':', HINT)?;
        let mut places = vec![self.place(&dimension, &[])?];
        while self.accept('>') {
            if places.last() == Some(&Place::Rest) {
                self.next -= 1;
                return Err(self.expected("the end", "rest is the last place"));
            }
            let place = self.place(&dimension, &places)?;
            places.push(place);
        }
        if places.len() < 2 {
            return Err(self.expected(">", HINT));
        }
        Ok(Statement::Rank { dimension, figure, places })
    }

    fn place(&mut self, dimension: &str, before: &[Place]) -> Result<Place, Refused> {
        if !before.is_empty() && self.accept_word("rest") {
            return Ok(Place::Rest);
        }
        let mut levels: Vec<String> = Vec::new();
        loop {
            let at = self.peek().at.clone();
            let level = self.level_of(dimension)?;
            let is_known = |place: &Place| matches!(place, Place::Levels(known) if known.contains(&level));
            if levels.contains(&level) || before.iter().any(is_known) {
                let hint = "each level has one place; different spellings of a city are one level".to_owned();
                return Err(Refused { at, message: format!("{level} stands twice in the ranking"), hint });
            }
            levels.push(level);
            if !self.accept(',') {
                return Ok(Place::Levels(levels));
            }
        }
    }

    fn figure(&mut self, expected: &str) -> Result<Figure, Refused> {
        let Kind::Word(word) = self.peek().kind else { return Err(self.expected(expected, FIGURE_HINT)) };
        if !FIGURES.contains(&word) {
            return Err(self.misspelt(&ALL_FIGURES, expected, FIGURE_HINT));
        }
        self.next += 1;
        self.sign('(', FIGURE_HINT)?;
        let of = match word {
            "rate" => Of::Rate(self.quantity(&codebook::Kind::Plain)?),
            "mean" => Of::Number(self.quantity(&codebook::Kind::Mean)?),
            "median" => Of::Number(self.quantity(&codebook::Kind::Median)?),
            _ => {
                let (dimension, level) = self.level()?;
                Of::Level(dimension, level)
            }
        };
        let mut within: Vec<(String, String)> = Vec::new();
        while self.accept(',') {
            let at = self.peek().at.clone();
            let (dimension, level) = self.level()?;
            let is_shared = matches!(&of, Of::Level(name, _) if *name == dimension);
            if is_shared || within.iter().any(|(name, _)| *name == dimension) {
                let hint = "a figure is of one level of each dimension".to_owned();
                return Err(Refused { at, message: format!("{dimension} stands twice"), hint });
            }
            within.push((dimension, level));
        }
        if !self.accept(')') {
            return Err(self.expected("\",\" or \")\"", FIGURE_HINT));
        }
        Ok(Figure { of, within })
    }

    /// An item, or one item among another; of which a plain one is of this kind.
    fn quantity(&mut self, plain: &codebook::Kind) -> Result<Quantity, Refused> {
        const HINT: &str = "an item is written feature.action, such as moments.share; sharers among readers are moments.share/moments.read";
        let at = self.peek().at.clone();
        let word = self.word("an item", HINT)?;
        match word.parse() {
            Ok(Entry::Quantity(mut quantity)) => match quantity.kind {
                codebook::Kind::Plain => {
                    quantity.kind = plain.clone();
                    Ok(quantity)
                }
                codebook::Kind::Per(_) => Ok(quantity),
                _ => Err(Refused { at, message: format!("\"{word}\" is no item"), hint: HINT.to_owned() }),
            },
            _ => Err(Refused {
                at,
                message: format!("expected an item, found \"{word}\""),
                hint: HINT.to_owned(),
            }),
        }
    }

    fn level(&mut self) -> Result<(String, String), Refused> {
        const HINT: &str = "people are chosen by dimension=level, such as segment=expat or city=广州";
        let dimension = self.word("a dimension", HINT)?.to_owned();
        self.sign('=', HINT)?;
        let level = self.level_of(&dimension)?;
        Ok((dimension, level))
    }

    /// The key of a level.
    fn level_of(&mut self, dimension: &str) -> Result<String, Refused> {
        let (Kind::Word(level) | Kind::Quoted(level)) = self.peek().kind else {
            let hint = "a level with spaces or signs stands in quotes: city='Suzhou (Anhui)'";
            return Err(self.expected(&format!("a level of {dimension}"), hint));
        };
        let key = level_key(dimension, level).map_err(|error| Refused {
            at: self.peek().at.clone(),
            message: error.to_string(),
            hint: error.hint().unwrap_or_else(|| "cities are written as in the data".to_owned()),
        })?;
        self.next += 1;
        Ok(key)
    }

    /// A number on the scale of a figure: a percentage of rates.
    fn number(&mut self, figure: &Figure, expected: &str) -> Result<f64, Refused> {
        const HINT: &str = "rates are held against a percentage, such as 8%, or against another figure";
        let at = self.peek().at.clone();
        let number = self.decimal(expected, HINT)?;
        let has_percent = self.accept('%');
        match (figure.is_share(), has_percent) {
            (true, false) => Err(self.expected("%", HINT)),
            (true, true) if number <= 0.0 || number >= 100.0 => {
                let message = format!("{number}% says nothing: a rate lies between 0% and 100%");
                Err(Refused { at, message, hint: "write a percentage above 0% and below 100%".to_owned() })
            }
            (true, true) => Ok(number / 100.0),
            (false, true) => {
                self.next -= 1;
                Err(self.expected(
                    "a number without %",
                    "means and medians are held against a plain number, such as 3.5",
                ))
            }
            (false, false) => Ok(number),
        }
    }

    fn decimal(&mut self, expected: &str, hint: &str) -> Result<f64, Refused> {
        let is_plain =
            |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let Kind::Word(word) = self.peek().kind else { return Err(self.expected(expected, hint)) };
        let number = word.parse::<f64>().ok().filter(|_| is_plain(word));
        let number = number.ok_or_else(|| self.expected(expected, hint))?;
        self.next += 1;
        Ok(number)
    }

    fn word(&mut self, expected: &str, hint: &str) -> Result<&'t str, Refused> {
        let Kind::Word(word) = self.peek().kind else { return Err(self.expected(expected, hint)) };
        self.next += 1;
        Ok(word)
    }

    pub(super) fn sign(&mut self, sign: char, hint: &str) -> Result<(), Refused> {
        if self.accept(sign) { Ok(()) } else { Err(self.expected(&format!("\"{sign}\""), hint)) }
    }

    pub(super) fn accept(&mut self, sign: char) -> bool {
        let is_there = self.peek().kind == Kind::Sign(sign);
        self.next += usize::from(is_there);
        is_there
    }

    pub(super) fn accept_word(&mut self, word: &str) -> bool {
        let is_there = self.peek().kind == Kind::Word(word);
        self.next += usize::from(is_there);
        is_there
    }

    /// Goes on to the next token.
    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    pub(super) fn peek(&self) -> &'t Token<'t> {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    pub(super) fn expected(&self, expected: &str, hint: &str) -> Refused {
        let Token { kind, at } = self.peek();
        let message = format!("expected {expected}, found {}", kind.shown());
        Refused { at: at.clone(), message, hint: hint.to_owned() }
    }

    fn misspelt(&self, known: &[&str], expected: &str, hint: &str) -> Refused {
        let near = match self.peek().kind {
            Kind::Word(word) => nearest(word, known),
            _ => None,
        };
        let hint = near.map_or_else(|| hint.to_owned(), |near| format!("did you mean {near}?"));
        self.expected(expected, &hint)
    }
}

impl Figure {
    /// Whether it is a share, which is written in percent.
    pub(super) fn is_share(&self) -> bool {
        !matches!(self.of, Of::Number(_))
    }
}

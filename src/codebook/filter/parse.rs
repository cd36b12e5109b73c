//! Tokens → [`Filter`], by recursive descent.

use std::str::FromStr;

use super::tokens::{Placed, Token, tokens};
use super::{Expr, Filter, FilterError, Relation, Test, Word};

/// How deep conditions may be nested.
const DEEPEST: usize = 64;

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        let end = text.chars().count() + 1;
        let mut parser = Parser { tokens: tokens(text)?, at: 0, end, depth: 0 };
        if parser.tokens.is_empty() {
            return Err(FilterError::new(
                1,
                "the filter is empty; a condition such as os = iOS was expected",
            ));
        }
        let expr = parser.any()?;
        match parser.peek() {
            None => Ok(Self { expr }),
            Some(Token::Bare(_) | Token::Quoted(_)) => Err(parser
                .expected("and, or, or the end")
                .hint("a level with spaces stands in quotes: tier = \"New tier 1\"")),
            Some(_) => Err(parser.expected("and, or, or the end")),
        }
    }
}

struct Parser {
    tokens: Vec<Placed>,
    at: usize,
    /// The place behind the last character.
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn column(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, column)| *column)
    }

    fn expected(&self, what: &str) -> FilterError {
        let found = match self.peek() {
            None => "the filter ends".to_owned(),
            Some(Token::Bare(word) | Token::Quoted(word)) => format!("found \"{}\"", word.text),
            Some(Token::Equals { negated: false }) => "found =".to_owned(),
            Some(Token::Equals { negated: true }) => "found !=".to_owned(),
            Some(Token::Compares(comparison)) => format!("found {}", comparison.sign()),
            Some(Token::Open) => "found (".to_owned(),
            Some(Token::Close) => "found )".to_owned(),
            Some(Token::Comma) => "found a comma".to_owned(),
        };
        FilterError::new(self.column(), format!("{what} was expected, but {found}"))
    }

    /// Takes a word of the grammar if it stands next.
    fn takes(&mut self, keyword: &str) -> bool {
        let is_next =
            matches!(self.peek(), Some(Token::Bare(word)) if word.text.eq_ignore_ascii_case(keyword));
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes a sign if it stands next.
    fn takes_sign(&mut self, sign: &Token) -> bool {
        let is_next = self.peek() == Some(sign);
        self.at += usize::from(is_next);
        is_next
    }

    fn any(&mut self) -> Result<Expr, FilterError> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Expr::Any(parts) })
    }

    fn all(&mut self) -> Result<Expr, FilterError> {
        let mut parts = vec![self.not()?];
        while self.takes("and") {
            parts.push(self.not()?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Expr::All(parts) })
    }

    fn not(&mut self) -> Result<Expr, FilterError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FilterError::new(
                self.column(),
                format!("conditions are nested over {DEEPEST} deep"),
            ));
        }
        let expr = if self.takes("not") {
            Expr::Not(Box::new(self.not()?))
        } else if self.takes_sign(&Token::Open) {
            let inner = self.any()?;
            if !self.takes_sign(&Token::Close) {
                return Err(self.expected("and, or, or )"));
            }
            inner
        } else {
            Expr::Test(self.test()?)
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn test(&mut self) -> Result<Test, FilterError> {
        let of = self.word("a dimension or an item")?;
        let relation = match self.peek().cloned() {
            Some(Token::Equals { negated }) => {
                self.at += 1;
                Relation::In { levels: vec![self.word("a level")?], negated }
            }
            Some(Token::Compares(comparison)) => {
                self.at += 1;
                Relation::Compared(comparison, self.word("a number")?)
            }
            _ => {
                let negated = self.takes("not");
                if !self.takes("in") {
                    return Err(self.expected(if negated { "in" } else { "=, !=, in, or a comparison" }));
                }
                Relation::In { levels: self.list()?, negated }
            }
        };
        Ok(Test { of, relation })
    }

    fn list(&mut self) -> Result<Vec<Word>, FilterError> {
        if !self.takes_sign(&Token::Open) {
            return Err(self.expected("a list in brackets, such as (Guangzhou, Shenzhen),"));
        }
        let mut levels = vec![self.word("a level")?];
        while self.takes_sign(&Token::Comma) {
            levels.push(self.word("a level")?);
        }
        if !self.takes_sign(&Token::Close) {
            return Err(self.expected("a comma or )"));
        }
        Ok(levels)
    }

    fn word(&mut self, what: &str) -> Result<Word, FilterError> {
        let is_keyword =
            |text: &str| ["and", "or", "not", "in"].iter().any(|keyword| text.eq_ignore_ascii_case(keyword));
        let word = match self.peek() {
            Some(Token::Quoted(word)) => word.clone(),
            Some(Token::Bare(word)) if !is_keyword(&word.text) => word.clone(),
            _ => return Err(self.expected(what)),
        };
        self.at += 1;
        Ok(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        text.parse::<Filter>().map_or_else(|error| error.to_string(), |filter| filter.to_string())
    }

    #[test]
    fn every_form_is_read_and_written_in_one_spelling() {
        for (text, plain) in [
            ("os=iOS", "os = iOS"),
            ("os == iOS and wave=2015", "os = iOS and wave = 2015"),
            ("os≠iOS OR city!=Xi'an", "os != iOS or city != Xi'an"),
            ("city in (广州, 'Suzhou (Anhui)')", "city in (广州, \"Suzhou (Anhui)\")"),
            ("city not in(广州)", "city != 广州"),
            ("城市＝“广州” AND （年龄>=18 or 年龄 < 5）", "城市 = 广州 and (年龄 >= 18 or 年龄 < 5)"),
            ("not (a=1 or b=2) and c=3", "not (a = 1 or b = 2) and c = 3"),
            ("not not a=1", "not (not (a = 1))"),
            ("a=1 or b=2 and c=3", "a = 1 or b = 2 and c = 3"),
            ("((a=1 or b=2)) and c=3", "(a = 1 or b = 2) and c = 3"),
            ("moments.minutes≥30 and moments.read = yes", "moments.minutes >= 30 and moments.read = yes"),
            ("\"income level\" = \"\"", "\"income level\" = \"\""),
            ("a = 'and'", "a = \"and\""),
            ("age_group in (18-24, 45+, \"<18\")", "age_group in (18-24, 45+, \"<18\")"),
        ] {
            assert_eq!(written(text), plain, "{text}");
            assert_eq!(written(plain), plain, "what is written is read");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, message) in [
            ("  ", "column 1: the filter is empty; a condition such as os = iOS was expected"),
            ("os", "column 3: =, !=, in, or a comparison was expected, but the filter ends"),
            ("os =", "column 5: a level was expected, but the filter ends"),
            ("os = iOS and", "column 13: a dimension or an item was expected, but the filter ends"),
            ("os = iOS, wave = 2015", "column 9: and, or, or the end was expected, but found a comma"),
            ("tier = New tier 1", "column 12: and, or, or the end was expected, but found \"tier\""),
            ("(os = iOS", "column 10: and, or, or ) was expected, but the filter ends"),
            (
                "城市 in 广州",
                "column 7: a list in brackets, such as (Guangzhou, Shenzhen), was expected, but found \"广州\"",
            ),
            ("os in (iOS", "column 11: a comma or ) was expected, but the filter ends"),
            ("os in ()", "column 8: a level was expected, but found )"),
            ("os = \"iOS", "column 6: the quote is not closed; a \" was expected"),
            ("os ! iOS", "column 4: \"!\" means nothing here"),
            ("os = = iOS", "column 6: a level was expected, but found ="),
            ("and = 1", "column 1: a dimension or an item was expected, but found \"and\""),
            ("os not iOS", "column 8: in was expected, but found \"iOS\""),
        ] {
            assert_eq!(written(text), message, "{text}");
        }
        let deep = format!("{}os = iOS{}", "(".repeat(100), ")".repeat(100));
        assert!(written(&deep).contains("nested over 64 deep"));
    }
}

//! The rules of the grammar that speak of published figures.
//!
//! ```text
//! saying = metric ( side ( metric | AMOUNT ) | "about" AMOUNT "±" AMOUNT | "rising" | "falling" )
//! metric = "metric" "(" PLATFORM "," METRIC [ "," PERIOD ] [ "," SCOPE ] ")"
//!        | "growth" "(" PLATFORM "," METRIC "," PERIOD "," PACE [ "," SCOPE ] ")"
//! ```
//!
//! A period is left out where figures rise or fall, and nowhere else. Amounts are written as in a metrics file, such as
//! `938 million` or 9.38亿; those of shares and of growth with `%`, and margins of these in points.

use super::{Amount, Metric, Saying};
use crate::claims::grammar::{Reader, Refused};
use crate::claims::statement::Side;
use crate::claims::token::Kind;
use crate::codebook::amount;
use crate::landscape::{Pace, Period, metric_key, platform_key, scope_key};

/// What figures of a metrics file begin with.
pub(in crate::claims) const FIGURES: [&str; 2] = ["metric", "growth"];

const HINT: &str = "a published figure is metric(WeChat, monthly_active_users, 2017Q1), or its growth growth(WeChat, monthly_active_users, 2017Q1, year on year)";
const AMOUNT: &str = "an amount is a number such as 938 million or 9.38亿; of shares and of growth 23%";
const RELATION: &str = "say what holds of the figure: > metric(…), over 900 million, about 938 million ± 1 million, rising or falling";

impl Reader<'_> {
    /// Something that is said of published figures; the next word is one of [`FIGURES`].
    pub(in crate::claims) fn saying(&mut self) -> Result<Saying, Refused> {
        let at = self.peek().at.clone();
        let figure = self.metric()?;
        let side = match self.peek().kind {
            Kind::Sign('>') | Kind::Word("over") => Side::Above,
            Kind::Sign('<') | Kind::Word("below") => Side::Below,
            Kind::Word("about") => {
                self.advance();
                return self.about_published(dated(figure, at)?);
            }
            Kind::Word("rising") => return self.trend_published(figure, Side::Above),
            Kind::Word("falling") => return self.trend_published(figure, Side::Below),
            _ => return Err(self.expected("> < over, below, about, rising or falling", RELATION)),
        };
        self.advance();
        let figure = dated(figure, at)?;
        if let Kind::Word(word) = self.peek().kind
            && FIGURES.contains(&word)
        {
            let at = self.peek().at.clone();
            let right = dated(self.metric()?, at.clone())?;
            if figure.growth.is_some() != right.growth.is_some() {
                let message = "growth cannot be compared with what grew".to_owned();
                return Err(Refused { at, message, hint: HINT.to_owned() });
            }
            return Ok(Saying::Compare { left: figure, side, right });
        }
        let amount = self.amount("a published figure or an amount")?;
        Ok(Saying::Against { figure, side, amount })
    }

    fn about_published(&mut self, figure: Metric) -> Result<Saying, Refused> {
        let amount = self.amount("an amount")?;
        self.sign('±', "say how far off still counts as about: about 938 million ± 1 million")?;
        let at = self.peek().at.clone();
        let margin = self.amount("the margin")?;
        if margin.is_percent {
            let hint = "a margin is an amount, or of percentages points, without %: 23% ± 1".to_owned();
            return Err(Refused { at, message: "the margin is a percentage".to_owned(), hint });
        }
        if margin.value <= 0.0 {
            let message = "the margin is not above 0".to_owned();
            return Err(Refused { at, message, hint: RELATION.to_owned() });
        }
        Ok(Saying::About { figure, amount, margin: margin.value })
    }

    fn trend_published(&mut self, figure: Metric, side: Side) -> Result<Saying, Refused> {
        if figure.period.is_some() || figure.growth.is_some() {
            let hint = "leave out the period: metric(WeChat, active_users) rising";
            return Err(self.expected("a relation of one period", hint));
        }
        self.advance();
        Ok(Saying::Trend { figure, side })
    }

    fn metric(&mut self) -> Result<Metric, Refused> {
        let is_growth = self.accept_word("growth");
        if !is_growth && !self.accept_word("metric") {
            return Err(self.expected("a published figure", HINT));
        }
        self.sign('(', HINT)?;
        let platform = platform_key(&self.phrase("a platform", HINT)?);
        self.sign(',', HINT)?;
        let at = self.peek().at.clone();
        let named = self.phrase("a metric", HINT)?;
        let metric = metric_key(&named).ok_or_else(|| Refused {
            at,
            message: format!("\"{named}\" is neither a slug nor the name of a metric"),
            hint: HINT.to_owned(),
        })?;
        let (mut period, mut scope, mut growth) = (None, String::new(), None);
        while self.accept(',') {
            let at = self.peek().at.clone();
            let text = self.phrase("a period or a scope", HINT)?;
            let pace = Pace::of_scope(&text).filter(|(_, rest)| rest.is_empty()).map(|(pace, _)| pace);
            match (text.parse::<Period>(), pace) {
                (Ok(when), _) if period.is_none() && scope.is_empty() => period = Some(when),
                (_, Some(pace)) if is_growth && growth.is_none() => growth = Some(pace),
                (Err(_), None) if scope.is_empty() => scope = scope_key(&text),
                _ => {
                    let message = format!("\"{text}\" does not belong here");
                    return Err(Refused { at, message, hint: HINT.to_owned() });
                }
            }
        }
        if is_growth && growth.is_none() {
            return Err(self.expected("over which time it grew", HINT));
        }
        self.sign(')', HINT)?;
        Ok(Metric { platform, metric, period, scope, growth })
    }

    fn amount(&mut self, expected: &str) -> Result<Amount, Refused> {
        let at = self.peek().at.clone();
        let text = self.phrase(expected, AMOUNT)?;
        let value = amount(&text).map_err(|why| Refused {
            at,
            message: format!("\"{text}\" {why}"),
            hint: AMOUNT.to_owned(),
        })?;
        Ok(Amount { value, is_percent: self.accept('%') })
    }

    /// The words up to the next sign, or a text in quotes.
    fn phrase(&mut self, expected: &str, hint: &str) -> Result<String, Refused> {
        let mut words: Vec<&str> = Vec::new();
        while let Kind::Word(word) | Kind::Quoted(word) = self.peek().kind {
            words.push(word);
            self.advance();
        }
        if words.is_empty() { Err(self.expected(expected, hint)) } else { Ok(words.join(" ")) }
    }
}

/// A figure of one period.
fn dated(figure: Metric, at: std::ops::Range<usize>) -> Result<Metric, Refused> {
    if figure.period.is_some() {
        return Ok(figure);
    }
    let message = "the figure has no period".to_owned();
    Err(Refused { at, message, hint: "only what rises or falls is of all periods".to_owned() })
}

//! Published rows → [`Claims`], each under its id, in the words of the source.

use super::super::statement::{Assertion, Claim, Claims, Figure, Of, Side, Statement};
use super::{Comparison, PublishedRate, Rates, Untold, Whose};
use crate::codebook::{Name, Quantity};

impl Rates {
    /// What the rows assert; a row that leaves something open asserts what cannot be tested.
    #[must_use]
    pub fn claims(&self) -> Claims {
        Claims { file: self.origin.file.clone(), list: self.rows.iter().map(PublishedRate::claim).collect() }
    }
}

impl PublishedRate {
    fn claim(&self) -> Claim {
        Claim {
            id: self.id.clone(),
            asserts: vec![Assertion { text: self.text(), statement: self.asserted() }],
            statement: Some(Name::new(self.statement.as_str(), self.statement.as_str())),
            source: Some(self.source.clone()),
            line: self.line,
        }
    }

    fn asserted(&self) -> Statement {
        let Some(figure) = self.of.figure() else { return Statement::Untold(Untold::Item) };
        let compared = |side, than: &Option<Whose>| match than.as_ref().map(Whose::figure) {
            Some(Some(right)) => Statement::Compare { left: figure.clone(), side, right },
            Some(None) => Statement::Untold(Untold::Item),
            None => Statement::Untold(Untold::Than),
        };
        match &self.comparison {
            Comparison::About { value, margin: Some(margin) } => {
                Statement::About { figure, value: *value, margin: *margin }
            }
            Comparison::About { margin: None, .. } => Statement::Untold(Untold::Margin),
            Comparison::Over(value) => Statement::Against { figure, side: Side::Above, value: *value },
            Comparison::Below(value) => Statement::Against { figure, side: Side::Below, value: *value },
            Comparison::More(than) => compared(Side::Above, than),
            Comparison::Less(than) => compared(Side::Below, than),
            Comparison::Rank => Statement::Untold(Untold::Rank),
        }
    }

    /// The assertion as a claims file would spell it; what is left open is `…`.
    fn text(&self) -> String {
        let than = |than: &Option<Whose>| than.as_ref().map_or_else(|| "…".to_owned(), Whose::text);
        let of = self.of.text();
        match &self.comparison {
            Comparison::About { value, margin } => {
                let margin = margin.map_or_else(|| "…".to_owned(), hundredths);
                format!("{of} about {}% ± {margin}", hundredths(*value))
            }
            Comparison::Over(value) => format!("{of} over {}%", hundredths(*value)),
            Comparison::Below(value) => format!("{of} below {}%", hundredths(*value)),
            Comparison::More(other) => format!("{of} > {}", than(other)),
            Comparison::Less(other) => format!("{of} < {}", than(other)),
            Comparison::Rank => match self.of.city {
                Some(_) => format!("rank city by {}: …", Whose { city: None, ..self.of.clone() }.text()),
                None => format!("rank … by {of}: …"),
            },
        }
    }
}

impl Whose {
    fn figure(&self) -> Option<Figure> {
        let of = Of::Rate(Quantity::from(self.item.clone()?));
        let within =
            self.levels().map(|(dimension, level)| (dimension.to_owned(), level.to_owned())).collect();
        Some(Figure { of, within })
    }

    fn text(&self) -> String {
        let item = self.item.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string);
        let levels = self.levels().map(|(dimension, level)| format!(", {dimension}={}", quoted(level)));
        format!("rate({item}{})", levels.collect::<String>())
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("segment", self.segment.as_deref()), ("city", self.city.as_deref())]
            .into_iter()
            .filter_map(|(dimension, level)| Some((dimension, level?)))
    }
}

/// A level as the grammar reads it.
fn quoted(level: &str) -> String {
    let is_word = level.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if is_word { level.to_owned() } else { format!("'{level}'") }
}

/// A fraction as a percentage: 0.4631 is `46.31`.
pub(super) fn hundredths(fraction: f64) -> String {
    ((fraction * 1e8).round() / 1e6).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::super::grammar::parse;
    use super::*;

    #[test]
    fn a_row_says_what_its_text_says() {
        let text = "id,segment,city,feature,action,comparison,value_percent,margin_points,than_segment,than_city,than_feature,than_action,statement,source\n\
            a,expat,Guangzhou,moments,share,about,46.31,2.5,,,,,s,t\n\
            b,,宿州,moments,read,over,50,,,,,,s,t\n\
            c,expat,,moments,read,below,7,,,,,,s,t\n\
            d,expat,Beijing,friends_moments,read,more,,,,,moments,,s,t\n\
            e,expat,Shanghai,moments,read,less,,,chinese,Beijing,,share,s,t\n";
        let rates = Rates::parse(text.as_bytes(), "rates.csv").unwrap();
        let claims = rates.claims().list;
        assert_eq!(claims.len(), 5);
        for claim in &claims {
            let Assertion { text, statement } = &claim.asserts[0];
            assert_eq!(parse(text).as_ref(), Ok(statement), "{text}");
        }
        assert_eq!(
            claims[4].asserts[0].text,
            "rate(moments.read, segment=expat, city=Shanghai) < rate(moments.share, segment=chinese, city=Beijing)"
        );
    }
}

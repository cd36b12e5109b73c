//! [`Quantity`]: what is asked of items, as it is written: `moments.share`, `moments.share/moments.read`, `total(pay.use)`.

use std::{fmt, str::FromStr};

use super::Item;

/// A figure that can be made of the answers to items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The item it is about.
    pub item: Item,
    /// What is made of it.
    pub kind: Kind,
}

/// What is made of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `a.b`: the rate of yes; of numbers what the codebook says, else the mean.
    Plain,
    /// `total(a.b)`: persons who say yes, or the sum of numbers, weighted.
    Total,
    /// `mean(a.b)`: the mean of numbers, whatever the codebook says.
    Mean,
    /// `median(a.b)`: the median of numbers, whatever the codebook says.
    Median,
    /// `a.b/c.d`: among those who say yes to the other item; of two numbers, the sum of the one per the sum of the other.
    Per(Item),
    /// `a.b-c.d`: the difference of two items among the same people.
    Minus(Item),
    /// One of `points(a.b)`: the share of answers that fall on this point of a scale.
    Point(i32),
    /// One option of a multi-response question.
    Option(Set),
}

/// A multi-response question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Its key in the codebook.
    pub key: String,
    /// Its options.
    pub items: Vec<Item>,
}

/// Whom rates are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Respondents who answered: the item, or any option of a multi-response question, where an option left blank is a no.
    Answered,
    /// Respondents who were asked; leaving it blank is a no.
    Asked,
    /// Of multi-response questions: the mentions, that is what share of all yes falls on the option.
    Mentions,
}

impl Base {
    /// As data files and the command line spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Asked => "asked",
            Self::Mentions => "mentions",
        }
    }
}

/// One entry of a list of figures: a quantity, the points of a scale, or the key of a multi-response question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A quantity.
    Quantity(Quantity),
    /// `points(a.b)`: each point of the scale of this item.
    Points(Item),
    /// All options of the question with this key.
    Set(String),
}

/// The text is no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnEntry {
    text: String,
}

impl fmt::Display for NotAnEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is neither an item such as moments.share, nor total(moments.share), mean(…), median(…), points(…), \
             moments.share/moments.read, moments.read-moments.share, nor the name of a set in the codebook",
            self.text
        )
    }
}

impl std::error::Error for NotAnEntry {}

impl From<Item> for Quantity {
    fn from(item: Item) -> Self {
        Self { item, kind: Kind::Plain }
    }
}

impl Quantity {
    /// All items that it needs.
    #[must_use]
    pub fn items(&self) -> Vec<&Item> {
        match &self.kind {
            Kind::Per(other) | Kind::Minus(other) => vec![&self.item, other],
            Kind::Option(set) => set.items.iter().collect(),
            Kind::Plain | Kind::Total | Kind::Mean | Kind::Median | Kind::Point(_) => vec![&self.item],
        }
    }
}

impl FromStr for Entry {
    type Err = NotAnEntry;

    fn from_str(text: &str) -> Result<Self, NotAnEntry> {
        let text = text.trim();
        let refuse = || NotAnEntry { text: text.to_owned() };
        let item = |part: &str| part.parse::<Item>().map_err(|_| refuse());
        let quantity = |item, kind| Self::Quantity(Quantity { item, kind });
        let call = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(inner) = call("total") {
            return Ok(quantity(item(inner)?, Kind::Total));
        }
        if let Some(inner) = call("mean") {
            return Ok(quantity(item(inner)?, Kind::Mean));
        }
        if let Some(inner) = call("median") {
            return Ok(quantity(item(inner)?, Kind::Median));
        }
        if let Some(inner) = call("points") {
            return Ok(Self::Points(item(inner)?));
        }
        if let Some((first, second)) = text.split_once('/') {
            return Ok(quantity(item(first)?, Kind::Per(item(second)?)));
        }
        if let Some((first, second)) = text.split_once(['-', '−']) {
            return Ok(quantity(item(first)?, Kind::Minus(item(second)?)));
        }
        let is_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        match text.parse::<Item>() {
            Ok(item) => Ok(quantity(item, Kind::Plain)),
            Err(_) if !text.is_empty() && text.bytes().all(is_key) => Ok(Self::Set(text.to_owned())),
            Err(_) => Err(refuse()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        match text.parse::<Entry>() {
            Ok(Entry::Quantity(quantity)) => quantity.kind,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn every_form_is_read() {
        let read: Item = "moments.read".parse().unwrap();
        assert_eq!(kind(" moments.share "), Kind::Plain);
        assert_eq!(kind("total(moments.share)"), Kind::Total);
        assert_eq!(kind("mean(moments.share)"), Kind::Mean);
        assert_eq!(kind("median(moments.share)"), Kind::Median);
        assert_eq!(kind("moments.share/moments.read"), Kind::Per(read.clone()));
        assert_eq!(kind("moments.share - moments.read"), Kind::Minus(read));
        assert_eq!("points(use.satisfied)".parse(), Ok(Entry::Points("use.satisfied".parse().unwrap())));
        assert_eq!("share_where".parse(), Ok(Entry::Set("share_where".to_owned())));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in
            ["", "Moments.share", "mode(moments.share)", "a.b/c.d/e.f", "total(share)", "share where", "a.b-"]
        {
            assert!(text.parse::<Entry>().is_err(), "{text}");
        }
    }
}

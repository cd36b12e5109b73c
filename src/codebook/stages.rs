//! [`Stages`]: the order of the stages that people pass on their way to something, and what may follow the last.

use std::fmt;

use super::Item;

/// The stages of a way, from the first to the last, at least two, none twice.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stages {
    order: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    returns: Option<String>,
}

/// What is wrong with an order of stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotStages {
    /// Fewer than two stages.
    TooFew,
    /// A name that is no lower-case slug.
    NoName(String),
    /// A stage stands twice, or is also what undoes the last.
    Twice(String),
}

impl fmt::Display for NotStages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew => f.write_str("a way has two stages or more"),
            Self::NoName(name) => {
                write!(f, "\"{name}\" is no name of a stage: use lower-case letters, digits and _")
            }
            Self::Twice(name) => write!(f, "the stage {name} stands twice"),
        }
    }
}

impl std::error::Error for NotStages {}

impl Stages {
    /// The action of the item that is yes for everybody who got to a stage: `pay.reached`.
    pub const REACHED: &str = "reached";
    /// The action of the item that is the seconds from the stage before: `pay.wait`.
    pub const WAIT: &str = "wait";

    /// Stages in their order, and the event that undoes the last of them, such as a return of goods.
    ///
    /// # Errors
    /// [`NotStages`].
    pub fn new(order: Vec<String>, returns: Option<String>) -> Result<Self, NotStages> {
        let stages = Self { order, returns };
        let mut seen: Vec<&str> = Vec::new();
        for name in stages.all() {
            let item = Item { feature: name.to_owned(), action: Self::REACHED.to_owned() };
            if item.to_string().parse::<Item>().is_err() {
                return Err(NotStages::NoName(super::clean(name)));
            }
            if seen.contains(&name) {
                return Err(NotStages::Twice(name.to_owned()));
            }
            seen.push(name);
        }
        if stages.order.len() < 2 { Err(NotStages::TooFew) } else { Ok(stages) }
    }

    /// From the first to the last.
    #[must_use]
    pub fn order(&self) -> &[String] {
        &self.order
    }

    /// What undoes the last stage.
    #[must_use]
    pub fn returns(&self) -> Option<&str> {
        self.returns.as_deref()
    }

    /// The stages, and behind them what undoes the last.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.order.iter().chain(&self.returns).map(String::as_str)
    }

    /// The item that says who got to a stage.
    #[must_use]
    pub fn reached(stage: &str) -> Item {
        Item { feature: stage.to_owned(), action: Self::REACHED.to_owned() }
    }

    /// The item that says how many seconds it took from the stage before.
    #[must_use]
    pub fn wait(stage: &str) -> Item {
        Item { feature: stage.to_owned(), action: Self::WAIT.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages(order: &[&str], returns: Option<&str>) -> Result<Stages, NotStages> {
        Stages::new(order.iter().map(|&name| name.to_owned()).collect(), returns.map(str::to_owned))
    }

    #[test]
    fn an_order_has_two_stages_and_none_twice() {
        assert!(stages(&["ask", "pay"], Some("return")).is_ok());
        assert_eq!(stages(&["ask"], None), Err(NotStages::TooFew));
        assert_eq!(stages(&["ask", "Pay"], None), Err(NotStages::NoName("Pay".to_owned())));
        assert_eq!(stages(&["ask", "pay", "ask"], None), Err(NotStages::Twice("ask".to_owned())));
        assert_eq!(stages(&["ask", "pay"], Some("pay")), Err(NotStages::Twice("pay".to_owned())));
    }
}

//! The options that were ticked in one cell.

/// What stands between options, and which are known: an option may itself contain the separator.
#[derive(Debug)]
pub(in super::super) struct Joined {
    separator: String,
    /// Known options, longest first.
    options: Vec<String>,
}

impl Joined {
    pub(in super::super) fn new(separator: &str, options: impl Iterator<Item = String>) -> Self {
        let mut options: Vec<String> = options.collect();
        options.sort_unstable_by_key(|option| std::cmp::Reverse(option.len()));
        Self { separator: separator.to_owned(), options }
    }

    /// The options of a cell, and whether each is a known one.
    pub(in super::super) fn options<'a>(&'a self, cell: &'a str) -> impl Iterator<Item = (&'a str, bool)> {
        let mut rest = Some(self.without_edges(cell));
        std::iter::from_fn(move || {
            while let Some(text) = rest {
                let (option, after, is_known) = self.first(text);
                rest = after;
                if !option.is_empty() {
                    return Some((option, is_known));
                }
            }
            None
        })
    }

    /// A cell without the separators that may stand at its ends, of which trimming may have left a part.
    fn without_edges<'a>(&self, cell: &'a str) -> &'a str {
        let (start, end) = (self.separator.trim_start(), self.separator.trim_end());
        let is_known = |cell: &str| self.options.iter().any(|option| option == cell);
        if start.is_empty() || is_known(cell) {
            return cell;
        }
        let cell = cell.strip_prefix(start).unwrap_or(cell);
        cell.strip_suffix(end).unwrap_or(cell)
    }

    /// The first option of a text, what follows it, and whether it is known.
    fn first<'a>(&self, text: &'a str) -> (&'a str, Option<&'a str>, bool) {
        let text = text.strip_prefix(self.separator.as_str()).unwrap_or(text).trim_start();
        for option in &self.options {
            let Some(after) = text.strip_prefix(option.as_str()) else { continue };
            if after.trim().is_empty() {
                return (&text[..option.len()], None, true);
            }
            if let Some(after) = after.strip_prefix(self.separator.as_str()) {
                return (&text[..option.len()], Some(after), true);
            }
        }
        match text.split_once(self.separator.as_str()) {
            Some((option, after)) => (option.trim_end(), Some(after), false),
            None => (text.trim_end(), None, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Joined;

    #[test]
    fn known_options_may_contain_the_separator() {
        let known = ["Blogs, Twitter, or Slack", "Blogs", "Friends"].map(str::to_owned);
        let joined = Joined::new(", ", known.into_iter());
        let options = |cell| joined.options(cell).collect::<Vec<_>>();
        assert_eq!(
            options("Blogs, Twitter, or Slack, Friends, My aunt"),
            [("Blogs, Twitter, or Slack", true), ("Friends", true), ("My aunt", false)]
        );
        assert_eq!(options("Blogs, Friends"), [("Blogs", true), ("Friends", true)]);
    }

    #[test]
    fn a_separator_may_stand_at_the_ends() {
        let joined = Joined::new(" / ", ["Biceps".to_owned()].into_iter());
        for cell in [" / Biceps / Lats", "/ Biceps / Lats", "Biceps / Lats", "Biceps / Lats /"] {
            assert_eq!(
                joined.options(cell).collect::<Vec<_>>(),
                [("Biceps", true), ("Lats", false)],
                "{cell}"
            );
        }
    }
}

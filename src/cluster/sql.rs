//! Pieces of SQL: names, literals, and what is said of a cell.

/// A column or view by its name.
pub(super) fn name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A text.
pub(super) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A double, to the last bit.
pub(super) fn double(value: f64) -> String {
    format!("{value:E}D")
}

/// Texts, for `IN`.
pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let each: Vec<String> = texts.into_iter().map(text).collect();
    format!("({})", each.join(", "))
}

/// A text without the white space around it, by the same characters as here.
pub(super) fn trimmed(expression: &str) -> String {
    /// Unicode's `White_Space`.
    const SPACE: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";
    format!("trim(BOTH {} FROM {expression})", text(SPACE))
}

/// A text with its ASCII letters in lower case.
pub(super) fn lower(expression: &str) -> String {
    format!("translate({expression}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')")
}

/// A text as a double where it is written as one; else NULL.
pub(super) fn number(expression: &str) -> String {
    const WRITTEN: &str = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$";
    format!("CASE WHEN {expression} RLIKE {} THEN TRY_CAST({expression} AS DOUBLE) END", text(WRITTEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_end_where_they_end() {
        assert_eq!(name("a`b"), "`a``b`");
        assert_eq!(text("it's \\ 广州"), "'it\\'s \\\\ 广州'");
        assert_eq!(texts(["a", "b'"]), "('a', 'b\\'')");
    }

    #[test]
    fn powers_of_two_are_written_so_that_they_are_read_the_same() {
        for exponent in -1000..1000 {
            let value = libm::ldexp(1.0, exponent);
            let written = double(value);
            let read: f64 = written.strip_suffix('D').unwrap().parse().unwrap();
            assert_eq!(read.to_bits(), value.to_bits(), "{written}");
        }
        assert_eq!(double(0.5), "5E-1D");
    }
}

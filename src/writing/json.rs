//! JSON as all files of ours have it.

use serde::Serialize;

/// A document, indented, with a line end behind it.
///
/// # Errors
/// When a figure is not finite, which the estimators rule out.
pub(crate) fn json(document: &impl Serialize) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}

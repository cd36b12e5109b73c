//! Standard input, read to its end once: a command that begins again finds in it what it found before.

use std::io::{self, Read};
use std::sync::OnceLock;

static READ: OnceLock<Vec<u8>> = OnceLock::new();

/// All that is on standard input, for what is small enough to be held.
///
/// # Errors
/// When it cannot be read.
pub(super) fn standard_input() -> io::Result<&'static [u8]> {
    if let Some(read) = READ.get() {
        return Ok(read);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(READ.get_or_init(|| bytes))
}

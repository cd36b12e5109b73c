//! How much a test does: a part in `cargo test`, everything in `tests/long.sh`.

/// Whether everything is to be tried.
pub(crate) fn is_long() -> bool {
    std::env::var_os("WXSTATS_LONG").is_some()
}

/// How many: `quick`, or all of `long`.
pub(crate) fn quick_or(quick: usize, long: usize) -> usize {
    if is_long() { long } else { quick }
}

#[expect(clippy::print_stderr, reason = "what was tried, or why nothing was, is for whoever reads the log")]
pub(crate) fn say(text: &str) {
    eprintln!("{text}");
}

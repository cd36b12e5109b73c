//! The four states of an answer, and the tokens that spell them in files.

/// What a respondent's row says about one item. Two bits; the discriminants are the packed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Answer {
    /// Routed past: outside every base.
    NotAsked = 0,
    /// Asked and left blank: item non-response.
    Blank = 1,
    /// Asked and denied.
    No = 2,
    /// Asked and affirmed.
    Yes = 3,
}

impl Answer {
    /// All states, in packed order.
    pub const ALL: [Self; 4] = [Self::NotAsked, Self::Blank, Self::No, Self::Yes];

    /// How many answers stand in one packed word.
    pub const PER_WORD: usize = 32;

    /// What the parser accepts, for error messages.
    pub const ACCEPTED: &'static str =
        "1/0, yes/no, true/false, 是/否, empty (asked, left blank), -3, (跳过) or not asked (routed past)";

    /// Reads one cell. Surrounding spaces and ASCII case do not matter; `None` for any other token.
    #[must_use]
    pub fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        match cell {
            "" => return Some(Self::Blank),
            "1" | "是" => return Some(Self::Yes),
            "0" | "否" => return Some(Self::No),
            "-3" | "(跳过)" | "（跳过）" => return Some(Self::NotAsked),
            _ => {}
        }
        let is = |token: &str| cell.eq_ignore_ascii_case(token);
        if is("yes") || is("true") {
            Some(Self::Yes)
        } else if is("no") || is("false") {
            Some(Self::No)
        } else if is("not asked") {
            Some(Self::NotAsked)
        } else {
            None
        }
    }

    /// The state in the two low bits of `bits`.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self::ALL[(bits & 3) as usize]
    }
}

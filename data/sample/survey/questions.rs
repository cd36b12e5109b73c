//! What is asked, and the rates that the answers are drawn for.

/// What must be so before a question can be answered with yes.
#[derive(Clone, Copy)]
pub(crate) enum After {
    Nothing,
    /// Who denies the other item is asked, and denies this one too. Rates are of everybody.
    Doing(&'static str),
    /// Who denies the other item is not asked. Rates are of those asked.
    Knowing(&'static str),
}
use After::{Doing, Knowing, Nothing};

/// A question: the item, what comes before it, the rates of 2015 by segment, how far it grew from 2014 in standard
/// deviations, and the cities where expats differ.
pub(crate) struct Question {
    pub(crate) item: &'static str,
    pub(crate) after: After,
    pub(crate) rates: [f64; 2],
    pub(crate) growth: f64,
    pub(crate) local: &'static [(&'static str, f64)],
}

const fn ask(
    item: &'static str,
    after: After,
    rates: [f64; 2],
    growth: f64,
    local: &'static [(&'static str, f64)],
) -> Question {
    Question { item, after, rates, growth, local }
}

/// Thirty-two items, so that they pack into one word.
pub(crate) const QUESTIONS: [Question; 32] = [
    ask("moments.use", Nothing, [0.68, 0.92], 0.12, &[("Guangzhou", 0.77)]),
    ask(
        "moments.read",
        Doing("moments.use"),
        [0.30, 0.74],
        0.10,
        &[("Guangzhou", 0.60), ("Shanghai", 0.19), ("Beijing", 0.175), ("Chengdu", 0.30)],
    ),
    ask(
        "moments.like",
        Doing("moments.read"),
        [0.18, 0.56],
        0.10,
        &[("Guangzhou", 0.34), ("Shanghai", 0.12), ("Beijing", 0.10)],
    ),
    ask(
        "moments.comment",
        Doing("moments.read"),
        [0.12, 0.41],
        0.06,
        &[("Guangzhou", 0.19), ("Shanghai", 0.08), ("Beijing", 0.07)],
    ),
    ask(
        "moments.share",
        Doing("moments.use"),
        [0.008, 0.21],
        0.08,
        &[("Guangzhou", 0.081), ("Chengdu", 0.081), ("Shanghai", 0.045)],
    ),
    ask("moments.post", Doing("moments.use"), [0.17, 0.47], 0.10, &[("Beijing", 0.26)]),
    ask(
        "friends_moments.read",
        Doing("moments.use"),
        [0.36, 0.80],
        0.10,
        &[("Guangzhou", 0.60), ("Shanghai", 0.22), ("Beijing", 0.46)],
    ),
    ask("friends_moments.like", Doing("friends_moments.read"), [0.22, 0.62], 0.10, &[("Shanghai", 0.13)]),
    ask(
        "friends_moments.comment",
        Doing("friends_moments.read"),
        [0.15, 0.46],
        0.08,
        &[("Guangzhou", 0.23), ("Shanghai", 0.09), ("Beijing", 0.27)],
    ),
    ask(
        "friends_moments.share",
        Doing("friends_moments.read"),
        [0.05, 0.19],
        0.05,
        &[("Shanghai", 0.04), ("Beijing", 0.09)],
    ),
    ask("articles.read", Nothing, [0.24, 0.70], 0.15, &[("Shanghai", 0.15)]),
    ask("articles.share", Doing("articles.read"), [0.06, 0.31], 0.15, &[("Shanghai", 0.035)]),
    ask("forwarded_messages.read", Nothing, [0.27, 0.58], 0.0, &[("Shanghai", 0.16)]),
    ask("forwarded_messages.share", Doing("forwarded_messages.read"), [0.08, 0.27], 0.0, &[]),
    ask("brand_accounts.aware", Nothing, [0.35, 0.88], 0.15, &[]),
    ask("brand_accounts.use", Knowing("brand_accounts.aware"), [0.42, 0.71], 0.05, &[]),
    ask("loyalty_programme.aware", Nothing, [0.19, 0.64], 0.10, &[]),
    ask("loyalty_programme.use", Knowing("loyalty_programme.aware"), [0.34, 0.48], 0.0, &[]),
    ask("wallet.aware", Nothing, [0.44, 0.93], 0.35, &[]),
    ask("wallet.use", Knowing("wallet.aware"), [0.38, 0.75], 0.30, &[]),
    ask("wechat_pay.aware", Nothing, [0.47, 0.95], 0.40, &[]),
    ask("wechat_pay.use", Knowing("wechat_pay.aware"), [0.36, 0.72], 0.40, &[]),
    ask("qr_code.aware", Nothing, [0.55, 0.96], 0.20, &[]),
    ask("qr_code.use", Knowing("qr_code.aware"), [0.62, 0.86], 0.15, &[]),
    ask("red_packets.use", Nothing, [0.21, 0.84], 0.50, &[]),
    ask("community.take_part", Nothing, [0.4631, 0.60], 0.05, &[]),
    ask("group_chat.use", Nothing, [0.71, 0.88], 0.05, &[]),
    ask("calls.use", Nothing, [0.66, 0.53], 0.15, &[]),
    ask("translation.use", Nothing, [0.57, 0.12], 0.20, &[]),
    ask("games.use", Nothing, [0.23, 0.25], -0.10, &[]),
    ask("taxi.use", Nothing, [0.17, 0.39], 0.30, &[]),
    ask("bank.use", Nothing, [0.08, 0.34], 0.15, &[]),
];

//! Tables put together by hand.

use wxstats::codebook::Name;
use wxstats::estimate::{self, Flag, RaoScott, Reason, Settings};
use wxstats::measure::Shown;
use wxstats::table::{
    Accuracy, Base, Disclosure, Figure, Gap, GapAccuracy, GapLine, ItemLabel, Label, Mark, MeasureLabel, Row,
    Table, TestFigure, TestLine, Weights,
};

pub(super) fn label(key: &str, en: &str, zh: &str) -> Label {
    Label { key: key.to_owned(), name: Name::new(en, zh) }
}

pub(super) fn city() -> Label {
    label("city", "City", "城市")
}

pub(super) fn segment() -> Label {
    label("segment", "Segment", "群体")
}

pub(super) fn guangzhou() -> Label {
    label("Guangzhou", "Guangzhou", "广州")
}

pub(super) fn expats() -> Label {
    label("expat", "Expats", "外籍用户")
}

pub(super) fn chinese() -> Label {
    label("chinese", "Chinese users", "中国用户")
}

pub(super) fn item(action: &str, zh: &str) -> ItemLabel {
    ItemLabel { feature: label("moments", "Moments", "朋友圈"), action: label(action, action, zh) }
}

pub(super) fn shown(shown: Shown) -> MeasureLabel {
    MeasureLabel { item: item("share", "分享"), shown, per: None, counted: None }
}

pub(super) fn share() -> MeasureLabel {
    shown(Shown::Rate)
}

pub(super) fn read() -> MeasureLabel {
    MeasureLabel { item: item("read", "阅读"), ..share() }
}

pub(super) fn share_among_readers() -> MeasureLabel {
    MeasureLabel { per: Some(label("moments.read", "Moments: read", "朋友圈：阅读")), ..share() }
}

/// A table without rows.
pub(super) fn table(by: &[Label]) -> Table {
    Table {
        sources: Vec::new(),
        settings: Settings::default(),
        weights: Weights::Base,
        base: wxstats::codebook::Base::Answered,
        panel: None,
        disclosure: Disclosure::Internal,
        filter: None,
        by: by.to_vec(),
        rows: Vec::new(),
        compared: None,
        gaps: Vec::new(),
        lettered: None,
        columns: Vec::new(),
        tests: Vec::new(),
        notes: Vec::new(),
    }
}

/// `n` respondents of whom `yes` said yes.
pub(super) fn base(n: u64, yes: Option<u64>) -> Base {
    let fewest =
        yes.into_iter().flat_map(|yes| [yes, n.saturating_sub(yes)]).chain([n]).filter(|&n| n > 0).min();
    let fewest = fewest.unwrap_or(0);
    let counts =
        estimate::Base { n, yes, fewest, blank: 3, not_asked: 0, outside: 0, weighted_n: n as f64 * 1.25 };
    Base { n, some_not_asked: false, counts: Some(counts) }
}

/// A figure with limits as far away on both sides.
pub(super) fn figure(value: f64, half: f64, n: u64) -> Figure {
    let accuracy = Accuracy {
        se: half / 2.0,
        df: n.saturating_sub(1),
        deff: Some(1.25),
        n_eff: Some(n as f64 * 0.8),
        test: None,
    };
    Figure { value, interval: (value - half, value + half), accuracy: Some(accuracy) }
}

/// The rate of `yes` among `n`, 4 points exact.
pub(super) fn row(by: &[Label], measure: MeasureLabel, n: u64, yes: u64) -> Row {
    Row {
        by: by.to_vec(),
        measure,
        base: base(n, Some(yes)),
        figure: Some(figure(yes as f64 / n.max(1) as f64, 0.04, n)),
        letters: String::new(),
        mark: None,
    }
}

/// The same, withheld for its base.
pub(super) fn withheld(by: &[Label], measure: MeasureLabel, n: u64, yes: u64) -> Row {
    let mark = Some(Mark::Flag(Flag::Withheld(Reason::Base(n))));
    Row { figure: None, mark, ..row(by, measure, n, yes) }
}

/// The same, to be used with care for its degrees of freedom.
pub(super) fn with_care(by: &[Label], measure: MeasureLabel, n: u64, yes: u64) -> Row {
    let mark = Some(Mark::Flag(Flag::Caution(Reason::FewDf(5))));
    Row { mark, ..row(by, measure, n, yes) }
}

/// A clear gap of expats and Chinese users.
pub(super) fn gap(by: &[Label], measure: MeasureLabel, difference: f64) -> GapLine {
    let accuracy = GapAccuracy { se: 0.02, df: 600, t: None, p: 0.000_2, p_adjusted: 0.049_7, ratio: None };
    let interval = (difference - 0.04, difference + 0.04);
    GapLine {
        by: by.to_vec(),
        measure,
        of: (expats(), chinese()),
        gap: Some(Gap { difference, interval, clear: true, accuracy: Some(accuracy) }),
        mark: None,
    }
}

pub(super) fn test(by: &[Label], measure: MeasureLabel, p: f64) -> TestLine {
    let test = RaoScott { f: 5.19, ndf: 1.49, ddf: 20.92, p };
    TestLine { by: by.to_vec(), measure, test: Some(TestFigure { p, statistic: Some(test) }), mark: None }
}

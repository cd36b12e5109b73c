//! [`Table`]s → [`Crosstab`]: banners side by side over the same measures, as cells of text.
//!
//! Rows are measures, columns are domains: first the table of everybody, if it is there, then the levels of each banner.
//! Every cell has its figure with its letters, and its interval. The bases stand at the foot of each column, as ranges
//! over the measures. Where the bases of a column are far apart, as those of conditional rates are, every cell has its
//! own n instead (see [`Crosstab::n_in_cells`]).

use super::scale::Scale;
use super::{Disclosure, Figure, Label, Mark, MeasureLabel, Row, Table, Weights};
use crate::codebook::Lang;
use crate::estimate::{Flag, letter};
use crate::measure::Unit;
use crate::writing::{count, fixed};

/// The bases of a column may differ by this share of the largest, and by this many, to be told as a range.
const NARROW_SHARE: u64 = 10;
const NARROW_COUNT: u64 = 10;
/// In a published table a base reads 5 only where it is below this.
const SMALLEST_PUBLISHED: (u64, &str) = (5, "<10");
/// Stands for a figure that is not shown.
pub(super) const NONE: &str = "–";

/// Measures by domains.
pub(super) struct Crosstab<'a> {
    /// The rows, in the order of the tables.
    pub(super) measures: Vec<&'a MeasureLabel>,
    /// The columns, banner after banner.
    pub(super) columns: Vec<Column<'a>>,
    /// Whether every cell has its n: the smallest and the largest base of some column differ by more than ten, and by
    /// more than a tenth of the largest.
    pub(super) n_in_cells: bool,
    /// Whether the figures are rounded to be published.
    pub(super) published: bool,
}

/// One domain of one banner.
pub(super) struct Column<'a> {
    /// Index of the banner.
    pub(super) banner: usize,
    /// The banner.
    pub(super) table: &'a Table,
    /// A level for each of its dimensions.
    pub(super) levels: &'a [Label],
    /// By measure; `None` where the banner lacks it.
    pub(super) rows: Vec<Option<&'a Row>>,
}

/// What stands in one place of the crosstab.
pub(super) struct Cell {
    /// The figure, or a dash; empty where the banner lacks the measure.
    pub(super) figure: String,
    /// What follows it: its mark and its letters.
    pub(super) tail: String,
    /// The confidence limits; empty without figure.
    pub(super) interval: String,
    /// The base, where [`Crosstab::n_in_cells`] asks for it, else empty.
    pub(super) n: String,
    /// The figure where it is a share and shown.
    pub(super) share: Option<f64>,
}

/// One line at the foot of the columns.
pub(super) struct Foot {
    pub(super) label: &'static str,
    kind: Kind,
    published: bool,
    /// By column: the smallest and the largest over the measures.
    pub(super) ranges: Vec<Option<(f64, f64)>>,
}

/// What a foot tells.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// How many count.
    Base,
    /// Other whole numbers.
    Count,
    /// Design effects.
    Deff,
}

impl Foot {
    /// Decimals of its numbers.
    pub(super) fn decimals(&self) -> usize {
        if self.kind == Kind::Deff { 2 } else { 0 }
    }

    /// Where a number stands for anything below ten, how that is written.
    pub(super) fn below_ten(&self, value: f64) -> Option<&'static str> {
        let (smallest, text) = SMALLEST_PUBLISHED;
        (self.kind == Kind::Base && self.published && value <= smallest as f64).then_some(text)
    }

    /// By column: one number, or a range.
    pub(super) fn texts(&self, lang: Lang) -> Vec<String> {
        let write = |value: f64| match self.kind {
            Kind::Base => base(value as u64, self.published, lang),
            Kind::Count => count(value as u64, lang),
            Kind::Deff => fixed(value, 2),
        };
        let text = |range: &Option<(f64, f64)>| {
            range.map_or_else(String::new, |(low, high)| {
                let (low, high) = (write(low), write(high));
                if low == high { low } else { format!("{low}–{high}") }
            })
        };
        self.ranges.iter().map(text).collect()
    }
}

impl<'a> Crosstab<'a> {
    pub(super) fn of(tables: &'a [Table]) -> Self {
        let mut measures: Vec<&MeasureLabel> = Vec::new();
        for row in tables.iter().flat_map(|table| &table.rows) {
            if !measures.contains(&&row.measure) {
                measures.push(&row.measure);
            }
        }
        let mut columns = Vec::new();
        for (banner, table) in tables.iter().enumerate() {
            for domain in table.rows.chunk_by(|a, b| a.by == b.by) {
                let row = |measure: &&MeasureLabel| domain.iter().find(|row| row.measure == **measure);
                let rows = measures.iter().map(row).collect();
                columns.push(Column { banner, table, levels: &domain[0].by, rows });
            }
        }
        let n_in_cells = columns.iter().any(Column::has_wide_bases);
        let published = tables.iter().any(|table| table.disclosure == Disclosure::Publish);
        Self { measures, columns, n_in_cells, published }
    }

    /// Row by row, column by column. The figures of a row share a scale.
    pub(super) fn cells(&self, lang: Lang) -> Vec<Vec<Cell>> {
        let line = |(index, measure): (usize, &&MeasureLabel)| {
            let scale = self.scale(index, measure, lang);
            self.columns.iter().map(|column| self.cell(column.rows[index], scale, lang)).collect()
        };
        self.measures.iter().enumerate().map(line).collect()
    }

    /// Where a base stands for anything below ten, how that is written.
    pub(super) fn below_ten(&self, n: f64) -> Option<&'static str> {
        let (smallest, text) = SMALLEST_PUBLISHED;
        (self.published && n <= smallest as f64).then_some(text)
    }

    /// How the figures of a measure are written.
    pub(super) fn scale(&self, index: usize, measure: &MeasureLabel, lang: Lang) -> Scale {
        let figures = self.columns.iter().filter_map(|column| column.rows[index]?.figure);
        let values = figures.flat_map(|Figure { value, interval, .. }| [value, interval.0, interval.1]);
        Scale::of(measure.shown.unit(), self.published, lang, values)
    }

    fn cell(&self, row: Option<&Row>, scale: Scale, lang: Lang) -> Cell {
        let Some(row) = row else {
            return Cell {
                figure: String::new(),
                tail: String::new(),
                interval: String::new(),
                n: String::new(),
                share: None,
            };
        };
        let n = if self.n_in_cells {
            format!("n {}", base(row.base.n, self.published, lang))
        } else {
            String::new()
        };
        let Some(figure) = row.figure else {
            return Cell {
                figure: NONE.to_owned(),
                tail: String::new(),
                interval: String::new(),
                n,
                share: None,
            };
        };
        let share = Some(figure.value).filter(|_| row.measure.shown.unit() == Unit::Share);
        let mut tail = row.mark.as_ref().map_or("", sign).to_owned();
        if !row.letters.is_empty() {
            tail.push(' ');
            tail.push_str(&row.letters);
        }
        Cell { figure: scale.value(figure.value), tail, interval: scale.limits(figure.interval), n, share }
    }

    /// What stands at the foot of the columns. A published table has n only.
    pub(super) fn feet(&self, lang: Lang) -> Vec<Foot> {
        let mut feet = Vec::new();
        if !self.n_in_cells {
            let label = if self.published { lang.pick("n, rounded to 5", "n（取整至 5）") } else { "n" };
            feet.push(self.foot(label, Kind::Base, |row| Some(row.base.n as f64)));
        }
        if self.columns.iter().any(|column| column.table.weights != Weights::None) {
            let weighted = |row: &Row| Some(row.base.counts?.weighted_n.round());
            feet.push(self.foot(lang.pick("weighted n", "加权 n"), Kind::Count, weighted));
        }
        let effective = |row: &Row| Some(row.figure?.accuracy?.n_eff?.floor());
        feet.push(self.foot(lang.pick("effective n", "有效 n"), Kind::Count, effective));
        feet.push(self.foot("df", Kind::Count, |row| Some(row.figure?.accuracy?.df as f64)));
        feet.push(self.foot("deff", Kind::Deff, |row| row.figure?.accuracy?.deff));
        feet.retain(|foot| foot.ranges.iter().any(Option::is_some));
        feet
    }

    fn foot(&self, label: &'static str, kind: Kind, value: impl Fn(&Row) -> Option<f64>) -> Foot {
        let ranges = self.columns.iter().map(|column| column.range(&value)).collect();
        Foot { label, kind, published: self.published, ranges }
    }

    /// The column in one line: `Guangzhou, Expats`; with the name of its banner where another column is called the same.
    pub(super) fn name(&self, column: &Column, between: &str, lang: Lang) -> String {
        let name = column.levels_joined(between, lang);
        let same = |other: &&Column| other.levels_joined(between, lang) == name;
        if self.columns.iter().filter(same).count() == 1 {
            return name;
        }
        column.title(lang).map(|title| format!("{title}{}{name}", lang.pick(": ", "："))).unwrap_or(name)
    }
}

impl Column<'_> {
    /// The dimensions of the banner; `None` for everybody.
    pub(super) fn title(&self, lang: Lang) -> Option<String> {
        title(self.table, lang)
    }

    /// The letter by which others in the row name this column.
    pub(super) fn letter(&self) -> Option<String> {
        let lettered = self.table.lettered.as_ref()?;
        let position = self.table.by.iter().position(|dimension| dimension == lettered)?;
        let level = self.levels.get(position)?;
        self.table.columns.iter().position(|column| column == level).map(letter)
    }

    /// The levels, or what everybody is called.
    pub(super) fn level_names(&self, lang: Lang) -> Vec<&str> {
        if self.levels.is_empty() {
            return vec![lang.pick("Total", "合计")];
        }
        self.levels.iter().map(|level| level.name.get(lang)).collect()
    }

    fn levels_joined(&self, between: &str, lang: Lang) -> String {
        self.level_names(lang).join(between)
    }

    fn has_wide_bases(&self) -> bool {
        self.range(|row| Some(row.base.n))
            .is_some_and(|(low, high)| high - low > NARROW_COUNT.max(high / NARROW_SHARE))
    }

    /// The smallest and the largest over the measures.
    fn range<T: PartialOrd + Copy>(&self, value: impl Fn(&Row) -> Option<T>) -> Option<(T, T)> {
        self.rows.iter().flatten().filter_map(|row| value(row)).fold(None, |range, value| {
            let (low, high) = range.unwrap_or((value, value));
            Some((if value < low { value } else { low }, if value > high { value } else { high }))
        })
    }
}

/// The dimensions of a banner: `City × Segment`; `None` for everybody.
pub(crate) fn title(table: &Table, lang: Lang) -> Option<String> {
    let names: Vec<&str> = table.by.iter().map(|dimension| dimension.name.get(lang)).collect();
    (!names.is_empty()).then(|| names.join(" × "))
}

/// What follows a figure that is shown in spite of its mark.
pub(super) fn sign(mark: &Mark) -> &'static str {
    match mark {
        Mark::Flag(Flag::Caution(_)) | Mark::Published(Flag::Caution(_)) => "*",
        Mark::Flag(Flag::Withheld(_)) | Mark::Published(Flag::Withheld(_)) => "**",
        Mark::NotEstimable(_) | Mark::Disclosure => "",
    }
}

fn base(n: u64, published: bool, lang: Lang) -> String {
    let (smallest, text) = SMALLEST_PUBLISHED;
    if published && n == smallest { text.to_owned() } else { count(n, lang) }
}

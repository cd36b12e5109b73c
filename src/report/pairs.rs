//! [`Table`] → [`Pair`]s: both segments' figures and their gap, side by side, in the table's order; of a survey of one
//! segment its figures alone.
//!
//! Refuses a table of several segments without gaps, and one that is broken down by more than one dimension beside them.

use std::collections::BTreeMap;

use super::ReportError;
use super::words::Words;
use crate::claims::{PublishedRate, Rates};
use crate::codebook::{Item, Name};
use crate::measure::Shown;
use crate::table::{Figure, Gap, GapLine, ItemLabel, Label, Mark, Row, Table};
use crate::writing::Counts;

/// A table seen as comparisons of two segments.
pub(super) struct Comparison<'a> {
    /// The table itself.
    pub(super) table: &'a Table,
    /// The compared segments: a gap is the first's figure minus the second's. Or the only segment.
    pub(super) segments: Vec<&'a Label>,
    /// Every place and item of the table.
    pub(super) pairs: Vec<Pair<'a>>,
    /// What was published elsewhere of such figures.
    rates: &'a [PublishedRate],
}

/// The dimension of segments, where none is compared.
const SEGMENT: &str = "segment";

/// One item in one place.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    /// The city, or `None` when all respondents are one domain.
    pub(super) place: Option<&'a Label>,
    /// The item.
    pub(super) item: &'a ItemLabel,
    /// The rows of the two segments; `None` where a segment has no respondents.
    pub(super) sides: [Option<&'a Row>; 2],
    /// Their gap; `None` where a segment has no respondents.
    pub(super) gap: Option<&'a GapLine>,
}

/// Marks rates of those asked, where others were routed past the question.
pub(super) const ROUTED: char = '*';

/// What the corrected test says of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// The rate of this side, 0 or 1, is clearly higher.
    Higher(usize),
    /// No clear difference.
    Unclear,
    /// There is no gap to test: withheld, or not estimable.
    Untested,
}

type Key<'a> = (Option<&'a str>, &'a str, &'a str);

impl<'a> Comparison<'a> {
    /// The rates of a table.
    pub(super) fn of(table: &'a Table) -> Result<Self, ReportError> {
        Self::with(table, |shown| shown == Shown::Rate)
    }

    /// What else it has: means, scores, top boxes.
    pub(super) fn of_numbers(table: &'a Table) -> Result<Self, ReportError> {
        Self::with(table, |shown| shown != Shown::Rate)
    }

    fn with(table: &'a Table, is_wanted: fn(Shown) -> bool) -> Result<Self, ReportError> {
        let dimension = table.compared.as_ref().map_or(SEGMENT, |compared| compared.key.as_str());
        let segment_at =
            table.by.iter().position(|by| by.key == dimension).ok_or(ReportError::NothingCompared)?;
        let segments = match table.gaps.first() {
            Some(first) => vec![&first.of.0, &first.of.1],
            None => vec![only_level(table, segment_at).ok_or(ReportError::NothingCompared)?],
        };
        if table.by.len() > 2 {
            return Err(ReportError::TooManyDimensions {
                by: table.by.iter().map(|by| by.key.clone()).collect(),
            });
        }
        let mut pairs: Vec<Pair<'a>> = Vec::new();
        let mut at: BTreeMap<Key<'a>, usize> = BTreeMap::new();
        for row in &table.rows {
            if !is_wanted(row.measure.shown) {
                continue;
            }
            let Some(side) = segments.iter().position(|segment| segment.key == row.by[segment_at].key) else {
                continue;
            };
            let place = (table.by.len() == 2).then(|| &row.by[1 - segment_at]);
            let index = *at.entry(key(place, &row.measure.item)).or_insert_with(|| {
                pairs.push(Pair { place, item: &row.measure.item, sides: [None; 2], gap: None });
                pairs.len() - 1
            });
            pairs[index].sides[side] = Some(row);
        }
        for line in table.gaps.iter().filter(|line| segments == [&line.of.0, &line.of.1]) {
            if !is_wanted(line.measure.shown) {
                continue;
            }
            if let Some(&index) = at.get(&key(line.by.first(), &line.measure.item)) {
                pairs[index].gap = Some(line);
            }
        }
        Ok(Self { table, segments, pairs, rates: &[] })
    }

    /// The same beside what was published elsewhere.
    pub(super) fn beside(self, rates: Option<&'a Rates>) -> Self {
        Self { rates: rates.map_or(&[], |rates| &rates.rows), ..self }
    }

    /// What was published of one side of a pair and has a figure.
    pub(super) fn published(&self, pair: &Pair<'_>, side: usize) -> Vec<&'a PublishedRate> {
        let Some(segment) = self.segments.get(side) else { return Vec::new() };
        let is_own = |row: &&PublishedRate| {
            let is_item = |item: &Item| pair.is(&item.feature, &item.action);
            row.value().is_some()
                && row.of.item.as_ref().is_some_and(is_item)
                && row.of.segment.as_ref() == Some(&segment.key)
                && row.of.city.as_ref() == pair.place.map(|city| &city.key)
        };
        self.rates.iter().filter(is_own).collect()
    }

    /// Who published figures of these pairs, each once, in the order of the file.
    pub(super) fn publishers(&self, pairs: &[Pair<'_>]) -> Vec<&'a str> {
        let shown: Vec<&PublishedRate> =
            pairs.iter().flat_map(|pair| [0, 1].map(|side| self.published(pair, side)).concat()).collect();
        let mut sources: Vec<&str> = Vec::new();
        for row in self.rates.iter().filter(|row| shown.contains(row)) {
            if !sources.contains(&row.source.as_str()) {
                sources.push(&row.source);
            }
        }
        sources
    }

    /// Whether there is one segment only, and nothing to compare.
    pub(super) fn is_alone(&self) -> bool {
        self.segments.len() == 1
    }

    /// The pairs of one place (`None`: all respondents), in item order.
    pub(super) fn in_place(&self, place: Option<&Label>) -> Vec<Pair<'a>> {
        let wanted = place.map(|label| &label.key);
        self.pairs.iter().filter(|pair| pair.place.map(|label| &label.key) == wanted).copied().collect()
    }

    /// The table with the figures of these pairs only.
    pub(super) fn only(&self, pairs: &[Pair<'_>]) -> Table {
        Table {
            rows: pairs.iter().flat_map(|pair| pair.sides).flatten().cloned().collect(),
            gaps: pairs.iter().filter_map(|pair| pair.gap).cloned().collect(),
            ..self.table.clone()
        }
    }

    /// The pairs of one item, in the order of places.
    pub(super) fn of_item(&self, item: &ItemLabel) -> Vec<Pair<'a>> {
        self.pairs.iter().filter(|pair| pair.is(&item.feature.key, &item.action.key)).copied().collect()
    }
}

/// The only level of a dimension, if it has one only.
fn only_level(table: &Table, position: usize) -> Option<&Label> {
    let mut levels = table.rows.iter().map(|row| &row.by[position]);
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first)
}

fn key<'a>(place: Option<&'a Label>, item: &'a ItemLabel) -> Key<'a> {
    (place.map(|label| label.key.as_str()), &item.feature.key, &item.action.key)
}

impl Pair<'_> {
    /// What the corrected test says.
    pub(super) fn verdict(&self) -> Verdict {
        match self.gap() {
            None => Verdict::Untested,
            Some(gap) if !gap.clear => Verdict::Unclear,
            Some(gap) => Verdict::Higher(usize::from(gap.difference < 0.0)),
        }
    }

    /// Whether the pair is about `feature.action`.
    pub(super) fn is(&self, feature: &str, action: &str) -> bool {
        self.item.feature.key == feature && self.item.action.key == action
    }

    /// The rate, or other figure, of one side that may be shown.
    pub(super) fn rate(&self, side: usize) -> Option<Figure> {
        self.sides[side].and_then(|row| row.figure)
    }

    /// The rates that may be shown.
    pub(super) fn rates(&self) -> impl Iterator<Item = Figure> {
        [self.rate(0), self.rate(1)].into_iter().flatten()
    }

    /// Whether some were not asked, so that the rate is of those asked.
    pub(super) fn is_routed(&self) -> bool {
        self.sides.iter().flatten().any(|row| row.base.some_not_asked)
    }

    /// A name of the pair, with the sign that the footer explains where some were not asked.
    pub(super) fn labelled(&self, name: &str) -> String {
        if self.is_routed() { format!("{name}{ROUTED}") } else { name.to_owned() }
    }

    /// How many answered on one side.
    pub(super) fn base(&self, side: usize) -> u64 {
        self.sides[side].map_or(0, |row| row.base.n)
    }

    /// The gap that may be shown.
    pub(super) fn gap(&self) -> Option<Gap> {
        self.gap.and_then(|line| line.gap)
    }

    /// Why one side's rate is missing or to be used with care.
    pub(super) fn why(&self, words: &Words<'_>, side: usize, say: fn(&Mark) -> Name) -> Option<String> {
        match self.sides[side] {
            None => Some(words.pick("no respondents", "没有受访者").to_owned()),
            Some(row) => row.mark.map(|mark| say(&mark).get(words.lang).to_owned()),
        }
    }

    /// Why there is no gap, or why it is to be used with care: the reasons of the sides under the segment's name, and
    /// the gap's own where no side has one.
    pub(super) fn reasons(&self, words: &Words<'_>, say: fn(&Mark) -> Name) -> Vec<String> {
        let of_side = |side: usize| {
            let (name, why) = (words.segment(side), self.why(words, side, say)?);
            Some(match words.segments {
                [_] => why,
                _ => words.pick(format!("{name}: {why}"), format!("{name}：{why}")),
            })
        };
        let reasons: Vec<String> = (0..words.segments.len()).filter_map(of_side).collect();
        if reasons.is_empty() {
            let own = self.gap.and_then(|line| line.mark);
            own.iter().map(|mark| say(mark).get(words.lang).to_owned()).collect()
        } else {
            reasons
        }
    }
}

/// The item that is looked at first: `moments.share`, else the first that is shared, else the first.
pub(super) fn primary<'a>(pairs: &[Pair<'a>]) -> Option<&'a ItemLabel> {
    let find = |test: &dyn Fn(&Pair<'a>) -> bool| pairs.iter().find(|pair| test(pair)).map(|pair| pair.item);
    find(&|pair| pair.is("moments", "share"))
        .or_else(|| find(&|pair| pair.item.action.key == "share"))
        .or_else(|| find(&|_| true))
}

/// How the bases of some pairs are written, all alike.
pub(super) fn bases(words: &Words<'_>, pairs: &[Pair<'_>]) -> Counts {
    let both = |pair: &Pair<'_>| [pair.base(0) as f64, pair.base(1) as f64];
    Counts::of(words.lang, pairs.iter().flat_map(both))
}

/// How many answered on one side of a pair, as text.
pub(super) fn base(counts: Counts, pair: &Pair<'_>, side: usize) -> String {
    counts.write(pair.base(side) as f64)
}

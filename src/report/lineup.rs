//! [`Table`] → [`Lineup`]s: the segments' figures side by side with the gap between every two, in the table's order; of a survey
//! of one segment its figures alone.
//!
//! Refuses a table of several segments without gaps, and one that is broken down by more than one dimension beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::ReportError;
use super::words::Words;
use crate::claims::{PublishedRate, Rates};
use crate::codebook::{Item, Name};
use crate::measure::Shown;
use crate::table::{Figure, Gap, GapLine, ItemLabel, Label, Mark, Row, Table};
use crate::writing::Counts;

/// A table seen as comparisons of its segments.
pub(super) struct Comparison<'a> {
    /// The table itself.
    pub(super) table: &'a Table,
    /// The compared segments, the one that all others are held against first: a gap is the figure of the one that stands
    /// before minus the other's. Or the only segment.
    pub(super) segments: Vec<&'a Label>,
    /// Every place and item of the table.
    pub(super) lineups: Vec<Lineup<'a>>,
    /// What was published elsewhere of such figures.
    rates: &'a [PublishedRate],
}

/// The dimension of segments, where none is compared.
const SEGMENT: &str = "segment";

/// One item in one place.
#[derive(Clone)]
pub(super) struct Lineup<'a> {
    /// The city, or `None` when all respondents are one domain.
    pub(super) place: Option<&'a Label>,
    /// The item.
    pub(super) item: &'a ItemLabel,
    /// The rows of the segments; `None` where a segment has no respondents.
    pub(super) sides: Vec<Option<&'a Row>>,
    /// The gaps between them, as far as both have respondents.
    pub(super) gaps: Vec<Between<'a>>,
}

/// The gap between two segments.
#[derive(Clone, Copy)]
pub(super) struct Between<'a> {
    /// Their places: the first's figure minus the second's.
    pub(super) of: (usize, usize),
    pub(super) line: &'a GapLine,
}

/// Marks rates of those asked, where others were routed past the question.
pub(super) const ROUTED: char = '*';

/// What the corrected tests say of a lineup.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// The rate of this side is clearly higher than every other.
    Higher(usize),
    /// Some are clearly higher than others, and none than all others; never so of two.
    Apart,
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
        let segments = if table.gaps.is_empty() {
            vec![only_level(table, segment_at).ok_or(ReportError::NothingCompared)?]
        } else {
            compared(table)
        };
        if table.by.len() > 2 {
            return Err(ReportError::TooManyDimensions {
                by: table.by.iter().map(|by| by.key.clone()).collect(),
            });
        }
        let mut lineups: Vec<Lineup<'a>> = Vec::new();
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
                let sides = vec![None; segments.len()];
                lineups.push(Lineup { place, item: &row.measure.item, sides, gaps: Vec::new() });
                lineups.len() - 1
            });
            lineups[index].sides[side] = Some(row);
        }
        let side = |level: &Label| segments.iter().position(|segment| *segment == level);
        for line in table.gaps.iter().filter(|line| is_wanted(line.measure.shown)) {
            let of = side(&line.of.0).zip(side(&line.of.1));
            if let (Some(of), Some(&index)) = (of, at.get(&key(line.by.first(), &line.measure.item))) {
                lineups[index].gaps.push(Between { of, line });
            }
        }
        Ok(Self { table, segments, lineups, rates: &[] })
    }

    /// The same beside what was published elsewhere.
    pub(super) fn beside(self, rates: Option<&'a Rates>) -> Self {
        Self { rates: rates.map_or(&[], |rates| &rates.rows), ..self }
    }

    /// What was published of one side of a lineup and has a figure.
    pub(super) fn published(&self, lineup: &Lineup<'_>, side: usize) -> Vec<&'a PublishedRate> {
        let Some(segment) = self.segments.get(side) else { return Vec::new() };
        let is_own = |row: &&PublishedRate| {
            let is_item = |item: &Item| lineup.is(&item.feature, &item.action);
            row.value().is_some()
                && row.of.item.as_ref().is_some_and(is_item)
                && row.of.segment.as_ref() == Some(&segment.key)
                && row.of.city.as_ref() == lineup.place.map(|city| &city.key)
        };
        self.rates.iter().filter(is_own).collect()
    }

    /// Who published figures of these lineups, each once, in the order of the file.
    pub(super) fn publishers(&self, lineups: &[Lineup<'_>]) -> Vec<&'a str> {
        let shown: Vec<&PublishedRate> = lineups
            .iter()
            .flat_map(|lineup| lineup.places().flat_map(|side| self.published(lineup, side)))
            .collect();
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

    /// The lineups of one place (`None`: all respondents), in item order.
    pub(super) fn in_place(&self, place: Option<&Label>) -> Vec<Lineup<'a>> {
        let wanted = place.map(|label| &label.key);
        self.lineups.iter().filter(|lineup| lineup.place.map(|label| &label.key) == wanted).cloned().collect()
    }

    /// The table with the figures of these lineups only.
    pub(super) fn only(&self, lineups: &[Lineup<'_>]) -> Table {
        Table {
            rows: lineups.iter().flat_map(|lineup| &lineup.sides).flatten().copied().cloned().collect(),
            gaps: lineups.iter().flat_map(|lineup| &lineup.gaps).map(|gap| gap.line.clone()).collect(),
            ..self.table.clone()
        }
    }

    /// The lineups of one item, in the order of places.
    pub(super) fn of_item(&self, item: &ItemLabel) -> Vec<Lineup<'a>> {
        self.lineups.iter().filter(|lineup| lineup.is(&item.feature.key, &item.action.key)).cloned().collect()
    }

    /// The first segment and another one alone.
    pub(super) fn against(&self, other: usize) -> Self {
        let lineups = self.lineups.iter().map(|lineup| lineup.against(other)).collect();
        Self {
            table: self.table,
            segments: vec![self.segments[0], self.segments[other]],
            lineups,
            rates: self.rates,
        }
    }
}

/// The segments whose gaps a table holds, in the order in which they are compared: the more stand before one, the later it
/// comes.
fn compared(table: &Table) -> Vec<&Label> {
    let mut before: Vec<(&Label, BTreeSet<&Label>)> = Vec::new();
    for (first, second) in table.gaps.iter().map(|line| &line.of) {
        for segment in [first, second] {
            if !before.iter().any(|(known, _)| *known == segment) {
                before.push((segment, BTreeSet::new()));
            }
        }
        if let Some((_, before)) = before.iter_mut().find(|(known, _)| *known == second) {
            before.insert(first);
        }
    }
    before.sort_by_key(|(_, before)| before.len());
    before.into_iter().map(|(segment, _)| segment).collect()
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

impl Lineup<'_> {
    /// The first side and another one alone.
    fn against(&self, other: usize) -> Self {
        let gaps = self.gaps.iter().filter(|gap| gap.of == (0, other));
        Self {
            sides: vec![self.sides[0], self.sides[other]],
            gaps: gaps.map(|gap| Between { of: (0, 1), ..*gap }).collect(),
            ..self.clone()
        }
    }

    /// The places of its sides.
    pub(super) fn places(&self) -> Range<usize> {
        0..self.sides.len()
    }

    /// What the corrected tests say.
    pub(super) fn verdict(&self) -> Verdict {
        let tested = || self.gaps.iter().any(|gap| gap.line.gap.is_some());
        let lower = |side: &usize| self.clearly_lower(*side).len();
        match self.places().find(|side| lower(side) + 1 == self.sides.len() && lower(side) > 0) {
            Some(side) => Verdict::Higher(side),
            None if self.places().any(|side| lower(&side) > 0) => Verdict::Apart,
            None if tested() => Verdict::Unclear,
            None => Verdict::Untested,
        }
    }

    /// The sides whose rate is clearly lower than that of this side, in order.
    pub(super) fn clearly_lower(&self, side: usize) -> Vec<usize> {
        let is_lower =
            |other: &usize| self.between(side, *other).is_some_and(|gap| gap.clear && gap.difference > 0.0);
        self.places().filter(is_lower).collect()
    }

    /// The gap of two sides that may be shown, the first's figure minus the other's.
    pub(super) fn between(&self, first: usize, other: usize) -> Option<Gap> {
        let is_it = |gap: &&Between<'_>| [(first, other), (other, first)].contains(&gap.of);
        let found = self.gaps.iter().find(is_it)?;
        let gap = found.line.gap?;
        Some(if found.of.0 == first { gap } else { gap.turned() })
    }

    /// The sides of the highest and of the lowest rate that may be shown.
    pub(super) fn ends(&self) -> Option<(usize, usize)> {
        let mut sides: Vec<(usize, f64)> =
            self.places().filter_map(|side| Some((side, self.rate(side)?.value))).collect();
        sides.sort_by(|a, b| b.1.total_cmp(&a.1));
        match sides.as_slice() {
            [(highest, _), .., (lowest, _)] => Some((*highest, *lowest)),
            _ => None,
        }
    }

    /// Whether the lineup is about `feature.action`.
    pub(super) fn is(&self, feature: &str, action: &str) -> bool {
        self.item.feature.key == feature && self.item.action.key == action
    }

    /// The rate, or other figure, of one side that may be shown.
    pub(super) fn rate(&self, side: usize) -> Option<Figure> {
        self.sides[side].and_then(|row| row.figure)
    }

    /// The rates that may be shown.
    pub(super) fn rates(&self) -> impl Iterator<Item = Figure> {
        self.places().filter_map(|side| self.rate(side))
    }

    /// Whether some were not asked, so that the rate is of those asked.
    pub(super) fn is_routed(&self) -> bool {
        self.sides.iter().flatten().any(|row| row.base.some_not_asked)
    }

    /// A name of the lineup, with the sign that the footer explains where some were not asked.
    pub(super) fn labelled(&self, name: &str) -> String {
        if self.is_routed() { format!("{name}{ROUTED}") } else { name.to_owned() }
    }

    /// How many answered on one side.
    pub(super) fn base(&self, side: usize) -> u64 {
        self.sides[side].map_or(0, |row| row.base.n)
    }

    /// The gap that may be shown: of two sides the first's figure minus the second's, of more the highest minus the lowest.
    pub(super) fn gap(&self) -> Option<Gap> {
        let (first, other) = if self.sides.len() == 2 { (0, 1) } else { self.ends()? };
        self.between(first, other)
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
        let mut reasons: Vec<String> = (0..words.segments.len()).filter_map(of_side).collect();
        if reasons.is_empty() {
            reasons.extend(
                self.gaps
                    .iter()
                    .filter_map(|gap| gap.line.mark)
                    .map(|mark| say(&mark).get(words.lang).to_owned()),
            );
            reasons.dedup();
        }
        reasons
    }
}

/// The item that is looked at first: `moments.share`, else the first that is shared, else the first.
pub(super) fn primary<'a>(lineups: &[Lineup<'a>]) -> Option<&'a ItemLabel> {
    let find = |test: &dyn Fn(&Lineup<'a>) -> bool| {
        lineups.iter().find(|lineup| test(lineup)).map(|lineup| lineup.item)
    };
    find(&|lineup| lineup.is("moments", "share"))
        .or_else(|| find(&|lineup| lineup.item.action.key == "share"))
        .or_else(|| find(&|_| true))
}

/// How the bases of some lineups are written, all alike.
pub(super) fn bases(words: &Words<'_>, lineups: &[Lineup<'_>]) -> Counts {
    let all = |lineup: &Lineup<'_>| lineup.places().map(|side| lineup.base(side) as f64).collect::<Vec<_>>();
    Counts::of(words.lang, lineups.iter().flat_map(all))
}

/// How many answered on one side of a lineup, as text.
pub(super) fn base(counts: Counts, lineup: &Lineup<'_>, side: usize) -> String {
    counts.write(lineup.base(side) as f64)
}

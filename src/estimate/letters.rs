//! Column letters: under which figures of a row stand which other columns' letters, because they are significantly lower.

use std::collections::BTreeMap;

use super::comparison::{Columns, Comparison};
use super::correction::adjusted;
use super::figure::Figure;
use super::{EstimateRow, Estimates, Flag, Gap, Letter, Settings};

/// A strong letter stands at a p-value below this share of 1 − level: .01 where a letter stands at .05.
const STRONG: f64 = 0.2;
/// Slack on the smallest difference, so that rounding does not decide at 5 points.
const SLACK: f64 = 1e-9;

/// A pair of columns, as domain indices with their levels, the higher figure first.
struct Pair {
    higher: (u16, usize),
    lower: (u16, usize),
    difference: f64,
    p: f64,
}

impl Comparison<'_> {
    /// Sets the letters of `rows`, which stand in the order of domains: every two columns of a banner are compared as a
    /// gap; the lower column's letter goes under the higher one.
    ///
    /// The family of the correction is all pairs of one banner row that can be estimated. No letter stands under a
    /// withheld figure, and none names one.
    pub(super) fn letter(&self, position: usize, rows: &mut [EstimateRow]) {
        for columns in self.banners(position).values() {
            for (pair, strong) in self.significant(columns) {
                rows[pair.higher.1].letters.push(Letter { lower: pair.lower.0, strong });
            }
        }
        for row in rows {
            row.letters.sort_unstable_by_key(|letter| letter.lower);
        }
    }

    /// The pairs of one banner row that get a letter, and whether it is strong.
    fn significant(&self, columns: &Columns) -> Vec<(Pair, bool)> {
        let pairs = self.pairs(columns);
        let alpha = self.settings.alpha();
        let family: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
        let smallest = self.point.map_or(0.0, |point| point * self.settings.min_diff);
        let shown = |&(_, domain): &(u16, usize)| !is_withheld(&self.figures[domain]);
        pairs
            .into_iter()
            .zip(adjusted(&family, self.settings.correction))
            .filter(|(pair, p)| {
                *p < alpha && pair.difference >= smallest - SLACK && shown(&pair.higher) && shown(&pair.lower)
            })
            .map(|(pair, p)| (pair, p < STRONG * alpha))
            .collect()
    }

    /// All pairs of one banner row whose gap can be estimated.
    fn pairs(&self, columns: &Columns) -> Vec<Pair> {
        let columns: Vec<(u16, usize)> = columns.iter().map(|(&level, &domain)| (level, domain)).collect();
        let mut pairs = Vec::new();
        for (index, &a) in columns.iter().enumerate() {
            for &b in &columns[index + 1..] {
                let gap = self.gap(&self.figures[a.1], &self.figures[b.1]);
                let Ok(gap) = gap else { continue };
                let (higher, lower) = if gap.difference > 0.0 { (a, b) } else { (b, a) };
                pairs.push(Pair { higher, lower, difference: gap.difference.abs(), p: gap.p });
            }
        }
        pairs
    }
}

/// Sets the letters of rows by what their gaps' corrected tests say, the compared dimension being at `position`. None stands
/// under a withheld figure, and none names one.
pub(super) fn of_gaps(position: usize, estimates: &mut Estimates, settings: &Settings) {
    let alpha = settings.alpha();
    let mut letters: BTreeMap<(Vec<u16>, usize), Vec<Letter>> = BTreeMap::new();
    for line in &estimates.gaps {
        let Ok(Gap { difference, p_adjusted, .. }) = line.gap else { continue };
        if p_adjusted >= alpha || matches!(line.flag, Some(Flag::Withheld(_))) {
            continue;
        }
        let (higher, lower) = if difference > 0.0 { line.of } else { (line.of.1, line.of.0) };
        let mut levels = line.levels.clone();
        levels.insert(position, higher);
        let letter = Letter { lower, strong: p_adjusted < STRONG * alpha };
        letters.entry((levels, line.measure)).or_default().push(letter);
    }
    for row in &mut estimates.rows {
        row.letters = letters.remove(&(row.levels.clone(), row.measure)).unwrap_or_default();
        row.letters.sort_unstable_by_key(|letter| letter.lower);
    }
}

fn is_withheld(figure: &Figure) -> bool {
    matches!(figure.flag, Some(Flag::Withheld(_)))
}

/// The letter of the column at `index` (from 0) in upper case: A … Z, AA, AB …
#[must_use]
pub fn letter(index: usize) -> String {
    const LETTERS: [char; 26] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T',
        'U', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let last = LETTERS[index % LETTERS.len()];
    match index / LETTERS.len() {
        0 => last.to_string(),
        before => format!("{}{last}", letter(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn after_z_comes_aa() {
        let letters = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letter);
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}

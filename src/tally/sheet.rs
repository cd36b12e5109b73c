//! [`Sheet`]: the sums of one group by variable and class; and the [`Counter`] that adds rows to it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::TallyError;
use super::lane::{Lane, Values};
use super::plan::Frame;
use super::rows::Rows;
use super::variable::Question;
use super::{Grid, Sums};

/// How sheets are laid out, and what is counted in them.
pub(super) struct Form {
    pub(super) lanes: Vec<Lane>,
    /// By variable: where its classes begin in [`Sheet::narrow`]; `None` for those with a wide lane.
    places: Vec<Option<usize>>,
    /// By variable: how many classes there are, empty ones included.
    cardinalities: Vec<u64>,
    grid: Grid,
    clustered: bool,
}

/// Sums of one group.
#[derive(Clone)]
pub(super) struct Sheet {
    /// By class, of one variable after the other.
    narrow: Vec<Sums>,
    /// By variable and class, of those with too many classes for an array.
    wide: BTreeMap<(usize, u64), Sums>,
}

impl Form {
    pub(super) fn new(frame: &Frame, questions: &[&[Question]]) -> Result<Self, TallyError> {
        let lanes = Lane::all(frame, questions)?;
        let cardinalities: Vec<u64> =
            (0..questions.len()).map(|variable| frame.cardinality(variable)).collect::<Result<_, _>>()?;
        let mut places = vec![None; questions.len()];
        let mut next = 0;
        for variable in lanes.iter().filter(|lane| lane.is_narrow()).flat_map(|lane| &lane.variables) {
            places[variable.variable] = Some(next);
            next += cardinalities[variable.variable] as usize;
        }
        Ok(Self { lanes, places, cardinalities, grid: frame.grid, clustered: frame.clustered() })
    }

    /// Nobody's sums.
    pub(super) fn empty(&self) -> Sheet {
        let sizes = self.places.iter().zip(&self.cardinalities);
        let narrow = sizes.filter(|(place, _)| place.is_some()).map(|(_, &size)| size as usize).sum();
        Sheet { narrow: vec![Sums::default(); narrow], wide: BTreeMap::new() }
    }

    /// Number of variables.
    pub(super) fn variables(&self) -> usize {
        self.places.len()
    }

    /// The class of every row in one variable, given the rows' values by lane.
    pub(super) fn column(&self, values: &[Values], variable: usize) -> Vec<u64> {
        let mut lanes = self.lanes.iter().zip(values);
        lanes.find_map(|(lane, values)| lane.column(values, variable)).unwrap_or_default()
    }

    /// The classes of a variable in which somebody is, ascending, with their sums.
    pub(super) fn classes<'a>(
        &self,
        sheet: &'a Sheet,
        variable: usize,
    ) -> impl Iterator<Item = (u64, Sums)> + use<'a> {
        let narrow = self.places[variable]
            .map_or(&[][..], |place| &sheet.narrow[place..place + self.cardinalities[variable] as usize]);
        let wide = sheet.wide.range((variable, 0)..=(variable, u64::MAX));
        let narrow = (0..).zip(narrow).map(|(class, &sums)| (class, sums));
        narrow.chain(wide.map(|(&(_, class), &sums)| (class, sums))).filter(|(_, sums)| sums.n > 0)
    }
}

impl Sheet {
    /// Adds to a class of a variable.
    pub(super) fn add(&mut self, form: &Form, (variable, class): (usize, u64), sums: Sums) {
        match form.places[variable] {
            Some(place) => self.narrow[place + class as usize] += sums,
            None => *self.wide.entry((variable, class)).or_default() += sums,
        }
    }

    /// Adds the sums of the same group of others.
    pub(super) fn add_all(&mut self, other: &Self) {
        for (own, sums) in self.narrow.iter_mut().zip(&other.narrow) {
            *own += *sums;
        }
        for (&key, &sums) in &other.wide {
            *self.wide.entry(key).or_default() += sums;
        }
    }

    /// Makes it nobody's.
    pub(super) fn clear(&mut self) {
        self.narrow.fill(Sums::default());
        self.wide.clear();
    }
}

/// Counts rows by their value in one lane after the other: each row is touched once a lane, each value that occurs once a
/// variable. The counts of a lane stay in the innermost cache.
pub(super) struct Counter<'a> {
    form: &'a Form,
    /// By value.
    n: [u32; 256],
    w: [i128; 256],
    w2: [i128; 256],
    /// The values that occur.
    seen: Vec<u8>,
    /// By row of a block: its weight and the square of it on the grid. Empty where everybody weighs 1.
    weights: Vec<i128>,
    squares: Vec<i128>,
}

impl<'a> Counter<'a> {
    /// Rows that are counted at once.
    const BLOCK: usize = 1 << 11;

    pub(super) fn new(form: &'a Form) -> Self {
        Self {
            form,
            n: [0; 256],
            w: [0; 256],
            w2: [0; 256],
            seen: Vec::new(),
            weights: Vec::new(),
            squares: Vec::new(),
        }
    }

    /// Adds a run of rows to the sheet of their group.
    pub(super) fn count(&mut self, rows: &Rows, run: Range<usize>, sheet: &mut Sheet) {
        for start in run.clone().step_by(Self::BLOCK) {
            let block = start..run.end.min(start + Self::BLOCK);
            self.weigh(rows, block.clone());
            for (lane, values) in self.form.lanes.iter().zip(&rows.values) {
                match values {
                    Values::Narrow(values) => self.count_narrow(lane, &values[block.clone()], sheet),
                    Values::Wide(values) => self.count_wide(lane, &values[block.clone()], sheet),
                }
            }
        }
    }

    fn weigh(&mut self, rows: &Rows, block: Range<usize>) {
        let weights = rows.weights.get(block).unwrap_or_default();
        let Grid { w, w2 } = self.form.grid;
        self.weights.clear();
        self.weights.extend(weights.iter().map(|&weight| Grid::quantize(weight, w)));
        self.squares.clear();
        self.squares.extend(weights.iter().map(|&weight| Grid::quantize(weight * weight, w2)));
    }

    fn count_narrow(&mut self, lane: &Lane, values: &[u8], sheet: &mut Sheet) {
        for &value in values {
            let n = &mut self.n[usize::from(value)];
            if *n == 0 {
                self.seen.push(value);
            }
            *n += 1;
        }
        for (&value, weight) in values.iter().zip(&self.weights) {
            self.w[usize::from(value)] += weight;
        }
        if self.needs_squares(lane) {
            for (&value, square) in values.iter().zip(&self.squares) {
                self.w2[usize::from(value)] += square;
            }
        }
        let is_weighted = !self.weights.is_empty();
        for value in self.seen.drain(..) {
            let at = usize::from(value);
            let n = u64::from(std::mem::take(&mut self.n[at]));
            let sums = if is_weighted {
                Sums { n, w: std::mem::take(&mut self.w[at]), w2: std::mem::take(&mut self.w2[at]) }
            } else {
                unweighted(n, self.form.grid)
            };
            for place in lane.classes(u64::from(value)) {
                sheet.add(self.form, place, sums);
            }
        }
    }

    fn count_wide(&self, lane: &Lane, values: &[u64], sheet: &mut Sheet) {
        let mut rows: Vec<(u64, usize)> = values.iter().copied().zip(0..).collect();
        rows.sort_unstable();
        for rows in rows.chunk_by(|a, b| a.0 == b.0) {
            let n = rows.len() as u64;
            let sum = |column: &[i128]| rows.iter().map(|&(_, row)| column[row]).sum();
            let sums = if self.weights.is_empty() {
                unweighted(n, self.form.grid)
            } else {
                Sums { n, w: sum(&self.weights), w2: sum(&self.squares) }
            };
            for place in lane.classes(rows[0].0) {
                sheet.add(self.form, place, sums);
            }
        }
    }

    /// Whether Σw² is kept by class, or needed of everyone, who are known from the first variable.
    fn needs_squares(&self, lane: &Lane) -> bool {
        !self.form.clustered || lane.variables.iter().any(|own| own.variable == 0)
    }
}

/// The sums of `n` rows of weight 1.
pub(super) fn unweighted(n: u64, grid: Grid) -> Sums {
    let times_n = |unit| i128::from(n) * Grid::quantize(1.0, unit);
    Sums { n, w: times_n(grid.w), w2: times_n(grid.w2) }
}

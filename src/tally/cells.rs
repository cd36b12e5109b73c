//! `Cells`: all that inference needs of the respondents, in exact sums.
//!
//! One cell is a group of rows that agree in stratum, PSU (where there is one) and the tallied dimensions, and in their
//! class of a variable. Estimates are functions of cells; after the tally nothing costs anything per respondent.

/// The tally's result: groups × variables × classes, with exact sums. What nobody is in takes no room.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// How the integer sums translate into weights.
    pub grid: Grid,
    /// Whether rows are clustered in PSUs. If not, every respondent is a PSU and [`Group::psu`] is `None`.
    pub clustered: bool,
    /// Strata by code, counted on the full sample (rows of weight 0 included).
    pub strata: Vec<StratumSize>,
    /// Number of levels of each tallied dimension; [`Group::levels`] are below these.
    pub cardinalities: Vec<usize>,
    /// Number of variables.
    pub variables: usize,
    groups: Vec<Group>,
    /// Where the entries of group `g`, variable `v` begin, at `g * variables + v`; one more at the end.
    starts: Vec<usize>,
    entries: Vec<ClassSums>,
}

/// The rows of a group that are in one class of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassSums {
    /// Index of the class.
    pub class: u32,
    /// Sums over the rows.
    pub sums: Sums,
}

impl Cells {
    /// Cells without a group.
    #[must_use]
    pub fn new(
        grid: Grid,
        clustered: bool,
        strata: Vec<StratumSize>,
        cardinalities: Vec<usize>,
        variables: usize,
    ) -> Self {
        let (groups, starts, entries) = (Vec::new(), vec![0], Vec::new());
        Self { grid, clustered, strata, cardinalities, variables, groups, starts, entries }
    }

    /// Adds a group with the sums of its classes, sorted by class, variable by variable. Groups must come sorted by
    /// stratum, PSU and levels, none twice; variables that `classes` does not reach are empty.
    pub fn push<C>(&mut self, group: Group, classes: impl IntoIterator<Item = C>)
    where
        C: IntoIterator<Item = ClassSums>,
    {
        self.groups.push(group);
        let mut classes = classes.into_iter();
        for _ in 0..self.variables {
            self.entries.extend(classes.next().into_iter().flatten().filter(|entry| entry.sums.n > 0));
            self.starts.push(self.entries.len());
        }
    }

    /// The groups, sorted by stratum, PSU, levels; no key twice.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The rows of a group by their class of a variable, sorted by class, none empty.
    #[must_use]
    pub fn classes(&self, group: usize, variable: usize) -> &[ClassSums] {
        let at = group * self.variables + variable;
        &self.entries[self.starts[at]..self.starts[at + 1]]
    }

    /// All rows of a group with weight ≠ 0. They are known from the variables: without any, they are none.
    #[must_use]
    pub fn everyone(&self, group: usize) -> Sums {
        let any = if self.variables > 0 { self.classes(group, 0) } else { &[] };
        any.iter().fold(Sums::default(), |all, entry| all + entry.sums)
    }
}

/// Size of one stratum on the full sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratumSize {
    /// Number of PSUs in the sample, `n_h` (respondents when not clustered), whatever their weight.
    pub psus: u64,
    /// Finite population correction as given: population size in PSUs if > 1, sampling fraction if ≤ 1.
    pub fpc: Option<f64>,
}

/// The key of a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Index into [`Cells::strata`].
    pub stratum: u32,
    /// PSU, numbered over the whole tally; `None` when every respondent is a PSU.
    pub psu: Option<u32>,
    /// Level codes of the tallied dimensions, in the plan's order.
    pub levels: Vec<u16>,
}

/// Exact sums over some rows. Rows of weight 0 are not counted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Number of rows with weight ≠ 0.
    pub n: u64,
    /// Σw in units of 2^[`Grid::w`].
    pub w: i128,
    /// Σw² in units of 2^[`Grid::w2`].
    pub w2: i128,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.n += other.n;
        self.w += other.w;
        self.w2 += other.w2;
    }
}

impl std::ops::Add for Sums {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

/// The grid to which every summand is rounded before it is added, so that sums are exact integers and do not depend on
/// the order of rows, batches or threads.
///
/// The unit is 2⁻⁹⁴ of the largest summand's power of two, so 2³¹ summands fit an `i128`, and a summand is rounded
/// only where it is less than 2⁻⁴¹ of the largest. After Demmel & Nguyen, "Fast reproducible floating-point
/// summation" (2013), with integers in place of their pre-rounded parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Exponent of the unit of Σw.
    pub w: i32,
    /// Exponent of the unit of Σw².
    pub w2: i32,
}

impl Grid {
    /// The grid for weights of at most `max_weight` (finite, > 0).
    #[must_use]
    pub fn for_weights_up_to(max_weight: f64) -> Self {
        Self { w: libm::ilogb(max_weight) + 1 - 94, w2: libm::ilogb(max_weight * max_weight) + 1 - 94 }
    }

    /// Σw as a double, rounded once.
    #[must_use]
    pub fn weight(self, sums: Sums) -> f64 {
        libm::ldexp(sums.w as f64, self.w)
    }

    /// Σw² as a double, rounded once.
    #[must_use]
    pub fn weight_squared(self, sums: Sums) -> f64 {
        libm::ldexp(sums.w2 as f64, self.w2)
    }

    /// `value` (finite, ≥ 0, within the grid's range) in units of 2^`unit`, rounded half to even.
    #[must_use]
    pub fn quantize(value: f64, unit: i32) -> i128 {
        const MANTISSA: u64 = (1 << 52) - 1;
        let bits = value.to_bits();
        let raw_exponent = ((bits >> 52) & 0x7ff) as i32;
        let (mantissa, exponent) = if raw_exponent == 0 {
            (bits & MANTISSA, -1074)
        } else {
            ((bits & MANTISSA) | (1 << 52), raw_exponent - 1075)
        };
        let shift = exponent - unit;
        if shift >= 0 {
            return i128::from(mantissa) << shift;
        }
        let down = -shift;
        if down > 54 {
            return 0;
        }
        let kept = mantissa >> down;
        let rest = mantissa & ((1 << down) - 1);
        let half = 1 << (down - 1);
        let up = rest > half || (rest == half && kept & 1 == 1);
        i128::from(kept + u64::from(up))
    }
}

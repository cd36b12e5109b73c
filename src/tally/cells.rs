//! `Cells`: all that inference needs of the respondents, in exact sums.
//!
//! One cell is a group of rows that agree in stratum, PSU (where there is one) and the tallied dimensions, and in their
//! class of a variable. Estimates are functions of cells; after the tally nothing costs anything per respondent.

use super::{Grid, Sums};

/// The tally's result: groups × variables × classes, with exact sums. What nobody is in takes no room, and of the classes of a
/// group the last takes none: its sums are what the others leave of everyone's. A group of one respondent is little
/// more than a code for each variable.
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
    /// By PSU code: how many PSUs it stands for, which are alike in all of their rows. Empty where each stands for one.
    alike: Vec<u32>,
    groups: Vec<Group>,
    /// All rows with weight ≠ 0, by group.
    everyone: Vec<Sums>,
    /// By variable, as estimates are made of one variable after the other.
    columns: Vec<Column>,
}

/// The classes of one variable by group.
#[derive(Debug, Clone, PartialEq)]
struct Column {
    /// The last class of every group; any where nobody has weight.
    last: Vec<u32>,
    /// Where the other classes of every group begin; one more at the end.
    starts: Vec<usize>,
    others: Others,
}

/// The rows of a group that are in one class of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassSums {
    /// Index of the class.
    pub class: u32,
    /// Sums over the rows.
    pub sums: Sums,
}

/// [`ClassSums`] column by column.
#[derive(Debug, Clone, PartialEq, Default)]
struct Others {
    classes: Vec<u32>,
    /// At most 2³¹, as [`Grid`] says.
    n: Vec<u32>,
    w: Vec<i128>,
    /// Empty where respondents are clustered.
    w2: Vec<i128>,
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
        Self {
            grid,
            clustered,
            strata,
            cardinalities,
            variables,
            alike: Vec::new(),
            groups: Vec::new(),
            everyone: Vec::new(),
            columns: vec![Column { last: Vec::new(), starts: vec![0], others: Others::default() }; variables],
        }
    }

    /// The next PSU code, for so many PSUs that are alike in all of their rows.
    pub(super) fn add_alike(&mut self, psus: u32) -> u32 {
        self.alike.push(psus);
        (self.alike.len() - 1) as u32
    }

    /// How many PSUs a code stands for.
    #[must_use]
    pub fn alike(&self, psu: u32) -> u64 {
        self.alike.get(psu as usize).map_or(1, |&psus| u64::from(psus))
    }

    /// Adds a group with the sums of its classes, sorted by class, for every variable; all rows of the group are in some
    /// class of each. Groups must come sorted by stratum, PSU and levels, none twice.
    pub fn push<C>(&mut self, group: Group, classes: impl IntoIterator<Item = C>)
    where
        C: IntoIterator<Item = ClassSums>,
    {
        self.groups.push(group);
        let mut everyone = Sums::default();
        for ((variable, column), classes) in self.columns.iter_mut().enumerate().zip(classes) {
            let mut last: Option<ClassSums> = None;
            for entry in classes.into_iter().filter(|entry| entry.sums.n > 0) {
                if variable == 0 {
                    everyone += entry.sums;
                }
                if let Some(other) = last.replace(entry) {
                    column.others.push(other, self.clustered);
                }
            }
            column.last.push(last.map_or(0, |last| last.class));
            column.starts.push(column.others.classes.len());
        }
        self.everyone.push(everyone);
    }

    /// Adds the groups of others of the same kind, which come behind its own.
    pub(super) fn append(&mut self, mut behind: Self) {
        self.groups.append(&mut behind.groups);
        self.everyone.append(&mut behind.everyone);
        for (own, mut behind) in self.columns.iter_mut().zip(behind.columns) {
            let offset = own.others.classes.len();
            own.last.append(&mut behind.last);
            own.starts.extend(behind.starts[1..].iter().map(|start| start + offset));
            own.others.append(behind.others);
        }
    }

    /// The groups, sorted by stratum, PSU, levels; no key twice.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The rows of a group by their class of a variable, sorted by class, none empty.
    pub fn classes(&self, group: usize, variable: usize) -> impl Iterator<Item = ClassSums> + '_ {
        let Column { last, starts, others: entries } = &self.columns[variable];
        let others = starts[group]..starts[group + 1];
        let mut sums = self.everyone[group];
        if self.clustered {
            sums.w2 = 0;
        }
        for other in others.clone() {
            sums -= entries.get(other).sums;
        }
        let last = ClassSums { class: last[group], sums };
        others.map(|other| entries.get(other)).chain((sums.n > 0).then_some(last))
    }

    /// All rows of a group with weight ≠ 0, Σw² included. They are known from the variables: without any, they are none.
    #[must_use]
    pub fn everyone(&self, group: usize) -> Sums {
        self.everyone[group]
    }
}

impl Others {
    fn push(&mut self, entry: ClassSums, clustered: bool) {
        self.classes.push(entry.class);
        self.n.push(entry.sums.n as u32);
        self.w.push(entry.sums.w);
        if !clustered {
            self.w2.push(entry.sums.w2);
        }
    }

    fn append(&mut self, mut behind: Self) {
        self.classes.append(&mut behind.classes);
        self.n.append(&mut behind.n);
        self.w.append(&mut behind.w);
        self.w2.append(&mut behind.w2);
    }

    fn get(&self, index: usize) -> ClassSums {
        let (n, w) = (u64::from(self.n[index]), self.w[index]);
        let w2 = self.w2.get(index).copied().unwrap_or_default();
        ClassSums { class: self.classes[index], sums: Sums { n, w, w2 } }
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
    /// PSU, numbered over the whole tally; `None` when every respondent is a PSU. Those that are alike share a number
    /// ([`Cells::alike`]).
    pub psu: Option<u32>,
    /// Level codes of the tallied dimensions, in the plan's order.
    pub levels: Vec<u16>,
}

//! Linear programs: the largest value of an objective over all x ≥ 0 with a·x ≤ b. Small and dense; Bland's rule, so it ends.

/// What is taken for nothing.
const NOTHING: f64 = 1e-9;

/// Inequalities a·x ≤ b.
#[derive(Clone, Default)]
pub(super) struct Program {
    variables: usize,
    rows: Vec<(Vec<f64>, f64)>,
}

/// A dictionary: every basic variable as what is left of its bound by the others, which are 0.
#[derive(Clone)]
struct Dictionary {
    /// Names of the variables that are 0, one for each column.
    outside: Vec<usize>,
    /// Names of the basic variables, one for each row.
    basic: Vec<usize>,
    rows: Vec<Vec<f64>>,
    bounds: Vec<f64>,
    objective: Vec<f64>,
    value: f64,
}

impl Program {
    pub(super) fn new(variables: usize) -> Self {
        Self { variables, rows: Vec::new() }
    }

    /// Adds Σ coefficient·x ≤ `bound`.
    pub(super) fn at_most(&mut self, terms: &[(usize, f64)], bound: f64) {
        let mut row = vec![0.0; self.variables];
        for &(variable, coefficient) in terms {
            row[variable] += coefficient;
        }
        self.rows.push((row, bound));
    }

    /// Adds Σ coefficient·x ≥ `bound`.
    pub(super) fn at_least(&mut self, terms: &[(usize, f64)], bound: f64) {
        let negative: Vec<(usize, f64)> = terms.iter().map(|&(variable, by)| (variable, -by)).collect();
        self.at_most(&negative, -bound);
    }

    /// The smallest and the largest value of Σ coefficient·x; `None` where nothing satisfies all.
    pub(super) fn range(&self, terms: &[(usize, f64)]) -> Option<(f64, f64)> {
        let feasible = self.feasible()?;
        let largest = |sign: f64| {
            let mut dictionary = feasible.clone();
            dictionary.aim(terms.iter().map(|&(variable, by)| (variable, sign * by)));
            dictionary.climb();
            dictionary.value
        };
        Some((-largest(-1.0), largest(1.0)))
    }

    /// A dictionary in which all bounds hold.
    fn feasible(&self) -> Option<Dictionary> {
        let (columns, slack) = (self.variables, self.variables + 1);
        // A further variable by which every bound is exceeded, made as small as can be.
        let mut dictionary = Dictionary {
            outside: (0..=columns).collect(),
            basic: (slack..slack + self.rows.len()).collect(),
            rows: self.rows.iter().map(|(row, _)| [&row[..], &[-1.0]].concat()).collect(),
            bounds: self.rows.iter().map(|(_, bound)| *bound).collect(),
            objective: vec![0.0; columns + 1],
            value: 0.0,
        };
        let least =
            (0..self.rows.len()).min_by(|&a, &b| dictionary.bounds[a].total_cmp(&dictionary.bounds[b]))?;
        if dictionary.bounds[least] < 0.0 {
            dictionary.objective[columns] = -1.0;
            dictionary.pivot(least, columns);
            dictionary.climb();
            if dictionary.value < -1e-7 {
                return None;
            }
        }
        if let Some(row) = dictionary.basic.iter().position(|&name| name == columns) {
            let entries = &dictionary.rows[row];
            let column = (0..entries.len()).find(|&at| entries[at].abs() > NOTHING)?;
            dictionary.pivot(row, column);
        }
        let column = dictionary.outside.iter().position(|&name| name == columns)?;
        dictionary.outside.remove(column);
        dictionary.objective.remove(column);
        for row in &mut dictionary.rows {
            row.remove(column);
        }
        Some(dictionary)
    }
}

impl Dictionary {
    /// Sets the objective, given in the variables of the program.
    fn aim(&mut self, terms: impl Iterator<Item = (usize, f64)>) {
        self.objective = vec![0.0; self.outside.len()];
        self.value = 0.0;
        for (variable, by) in terms {
            if let Some(column) = self.outside.iter().position(|&name| name == variable) {
                self.objective[column] += by;
            } else if let Some(row) = self.basic.iter().position(|&name| name == variable) {
                self.value += by * self.bounds[row];
                for (objective, entry) in self.objective.iter_mut().zip(&self.rows[row]) {
                    *objective -= by * entry;
                }
            }
        }
    }

    fn climb(&mut self) {
        loop {
            let better = (0..self.outside.len()).filter(|&column| self.objective[column] > NOTHING);
            let Some(column) = better.min_by_key(|&column| self.outside[column]) else { return };
            let limits = (0..self.rows.len()).filter(|&row| self.rows[row][column] > NOTHING);
            let limit = |row: usize| self.bounds[row] / self.rows[row][column];
            let tightest =
                limits.min_by(|&a, &b| limit(a).total_cmp(&limit(b)).then(self.basic[a].cmp(&self.basic[b])));
            // What is sought has a bound.
            let row = tightest.unwrap();
            self.pivot(row, column);
        }
    }

    /// The variable of a column becomes basic in the place of that of a row.
    fn pivot(&mut self, row: usize, column: usize) {
        let by = self.rows[row][column];
        self.bounds[row] /= by;
        for entry in &mut self.rows[row] {
            *entry /= by;
        }
        self.rows[row][column] = 1.0 / by;
        let (pivot, bound) = (self.rows[row].clone(), self.bounds[row]);
        for other in (0..self.rows.len()).filter(|&other| other != row) {
            let by = self.rows[other][column];
            if by != 0.0 {
                self.bounds[other] -= by * bound;
                self.rows[other][column] = 0.0;
                for (entry, of) in self.rows[other].iter_mut().zip(&pivot) {
                    *entry -= by * of;
                }
            }
        }
        let by = self.objective[column];
        self.value += by * bound;
        self.objective[column] = 0.0;
        for (entry, of) in self.objective.iter_mut().zip(&pivot) {
            *entry -= by * of;
        }
        std::mem::swap(&mut self.outside[column], &mut self.basic[row]);
    }
}

#[test]
fn ranges_are_found() {
    // x + y ≤ 4, x + 3y ≤ 6, x ≥ 1.
    let mut program = Program::new(2);
    program.at_most(&[(0, 1.0), (1, 1.0)], 4.0);
    program.at_most(&[(0, 1.0), (1, 3.0)], 6.0);
    program.at_least(&[(0, 1.0)], 1.0);
    let range = |terms: &[(usize, f64)]| program.range(terms).unwrap();
    let is = |(low, high): (f64, f64), expected: (f64, f64)| {
        assert!((low - expected.0).abs() < 1e-9 && (high - expected.1).abs() < 1e-9, "{low} {high}");
    };
    is(range(&[(0, 1.0)]), (1.0, 4.0));
    is(range(&[(1, 1.0)]), (0.0, 5.0 / 3.0));
    is(range(&[(0, 1.0), (1, 2.0)]), (1.0, 5.0));
    is(range(&[(0, 1.0), (1, -1.0)]), (1.0 - 5.0 / 3.0, 4.0));
    program.at_least(&[(1, 1.0)], 3.0);
    assert_eq!(program.range(&[(0, 1.0)]), None);
}

//! A survey row by row, and the tally of it that needs no cleverness.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use wxstats::codebook::Answer;
use wxstats::estimate::{Design, Estimates, Measure, Request, Settings};
use wxstats::tally::{Cells, ClassSums, Grid, Group, StratumSize, Sums};

/// One respondent, in codes.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) stratum: u32,
    /// Numbered over the whole survey.
    pub(crate) psu: Option<u32>,
    pub(crate) levels: Vec<u16>,
    pub(crate) weight: f64,
    pub(crate) answers: Vec<Answer>,
}

/// Respondents, and the finite population correction of each stratum.
#[derive(Debug, Clone)]
pub(crate) struct Survey {
    pub(crate) rows: Vec<Row>,
    pub(crate) fpc: Vec<Option<f64>>,
}

pub(crate) const ITEMS: [&str; 3] = ["moments.share", "moments.read", "pay.use"];
/// Levels of dimension 0 by code.
pub(crate) const SEGMENTS: [&str; 2] = ["expat", "chinese"];
/// Levels of dimension 1 by code.
pub(crate) const CITIES: [&str; 4] = ["Guangzhou", "Shanghai", "Beijing", "Chengdu"];

/// Levels of dimension 2 by code, where a survey has it.
pub(crate) const AGES: [&str; 3] = ["18-29", "30-44", "45+"];

/// A file beside the R scripts in `golden/estimate`, as rows keyed by column.
pub(crate) fn read_csv(name: &str) -> Vec<BTreeMap<String, String>> {
    read_golden(&format!("estimate/{name}"))
}

/// A CSV under `golden/`, as rows keyed by column.
pub(crate) fn read_golden(name: &str) -> Vec<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden");
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

impl Survey {
    pub(crate) fn read(name: &str) -> Self {
        Self::read_golden(&format!("estimate/{name}"))
    }

    pub(crate) fn read_golden(name: &str) -> Self {
        let (mut strata, mut psus) = (BTreeMap::new(), BTreeMap::new());
        let mut fpc = Vec::new();
        let rows = read_golden(name)
            .iter()
            .map(|row| {
                let column = |column: &str| row.get(column).map(String::as_str);
                let label = column("stratum").unwrap_or("");
                let next = strata.len() as u32;
                let stratum = *strata.entry(label.to_owned()).or_insert_with(|| {
                    fpc.push(column("fpc").map(|fpc| fpc.parse().unwrap()));
                    next
                });
                let next = psus.len() as u32;
                let psu = column("psu").map(|psu| *psus.entry((stratum, psu.to_owned())).or_insert(next));
                let level =
                    |names: &[&str], name: &str| names.iter().position(|&n| n == name).unwrap() as u16;
                let mut levels = vec![level(&SEGMENTS, &row["segment"]), level(&CITIES, &row["city"])];
                levels.extend(column("age").map(|age| level(&AGES, age)));
                Row {
                    stratum,
                    psu,
                    levels,
                    weight: column("weight").map_or(1.0, |weight| weight.parse().unwrap()),
                    answers: ITEMS.iter().map(|&item| Answer::parse(&row[item]).unwrap()).collect(),
                }
            })
            .collect();
        Self { rows, fpc }
    }

    /// Number of PSUs in the sample of a stratum.
    pub(crate) fn psus(&self, stratum: u32) -> usize {
        let rows = self.rows.iter().enumerate().filter(|(_, row)| row.stratum == stratum);
        rows.map(|(index, row)| unit(index, row)).collect::<BTreeSet<_>>().len()
    }

    /// The cells, summed in row order.
    pub(crate) fn tally(&self) -> Cells {
        let dimensions = self.rows[0].levels.len();
        let items = self.rows[0].answers.len();
        let grid = Grid::for_weights_up_to(self.rows.iter().map(|row| row.weight).fold(0.0, f64::max));
        let mut groups: BTreeMap<Group, Vec<[Sums; 4]>> = BTreeMap::new();
        for row in &self.rows {
            let key = Group { stratum: row.stratum, psu: row.psu, levels: row.levels.clone() };
            let sums = groups.entry(key).or_insert_with(|| vec![[Sums::default(); 4]; items]);
            if row.weight > 0.0 {
                for (sums, &answer) in sums.iter_mut().zip(&row.answers) {
                    sums[answer as usize] += Sums {
                        n: 1,
                        w: Grid::quantize(row.weight, grid.w),
                        w2: Grid::quantize(row.weight * row.weight, grid.w2),
                    };
                }
            }
        }
        let strata = self.fpc.iter().zip(0..);
        let level = |dimension: usize| self.rows.iter().map(move |row| usize::from(row.levels[dimension]));
        let strata = strata.map(|(&fpc, h)| StratumSize { psus: self.psus(h) as u64, fpc }).collect();
        let cardinalities = (0..dimensions).map(|dimension| level(dimension).max().unwrap() + 1).collect();
        let mut cells = Cells::new(grid, self.rows[0].psu.is_some(), strata, cardinalities, items);
        for (group, sums) in groups {
            let classes = |sums: [Sums; 4]| (0..).zip(sums).map(|(class, sums)| ClassSums { class, sums });
            cells.push(group, sums.into_iter().map(classes));
        }
        cells
    }
}

/// One request for the rates of all items.
pub(crate) fn estimate<'a>(
    design: impl Into<Design<'a>>,
    request: &Request,
    settings: &Settings,
) -> Estimates {
    let design = design.into();
    let measures = (0..design.cells.variables).map(Measure::yes_no).collect();
    let request = Request { measures, ..request.clone() };
    wxstats::estimate::estimate(design, &[request], settings).swap_remove(0)
}

/// The PSU of a row: its own when it has none.
pub(crate) fn unit(index: usize, row: &Row) -> usize {
    row.psu.map_or(index, |psu| psu as usize)
}

//! The surveys of `golden/measures`, read as a user's files are, and estimated as the golden names it.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use wxstats::codebook::project::{Measured, Project};
use wxstats::codebook::{Base, Item, Kind, Quantity, Set};
use wxstats::estimate::{Compare, Design, Estimates, Request, Settings, estimate};
use wxstats::ingest::{Batches, NumberItem, Options, Part, read_dataset};
use wxstats::measure::{Terms, measure, variable};
use wxstats::tally::{Panel, Plan, Tally, Variable, tally};
use wxstats::weighting::{Weighted, Weighting, dimensions};

/// A line of a golden, by column.
pub(crate) type Line = BTreeMap<String, String>;

/// The lines of a golden.
pub(crate) fn lines(name: &str) -> Vec<Line> {
    let mut reader = csv::Reader::from_path(folder().join(format!("{name}.csv"))).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/measures")
}

const NUMBERS: [(&str, Option<(i32, i32)>); 5] = [
    ("use.satisfied", Some((1, 5))),
    ("wechat.recommend", Some((0, 10))),
    ("moments.minutes", None),
    ("moments.shares", None),
    ("moments.reads", None),
];

/// The targets of `targets.csv`, as a codebook has them.
const RAKED: &str = "
[[dataset.raked.weighting.margin]]
by = 'city'
persons = { Guangzhou = 52000, Shanghai = 61000, Beijing = 40500 }
[[dataset.raked.weighting.margin]]
by = 'age'
persons = { '18-29' = 60500, '30-44' = 58000, '45+' = 35000 }
";

fn item(name: &str) -> Item {
    name.parse().unwrap()
}

/// The waves of a survey.
fn read(name: &str) -> Vec<Part> {
    let number = |(name, scale): (&str, _)| NumberItem { item: item(name), scale };
    let options =
        Options { file: format!("{name}.csv"), numbers: NUMBERS.map(number).to_vec(), ..Options::default() };
    let file = File::open(folder().join(&options.file)).unwrap();
    let pseudonym =
        |id: &str| u128::from_le_bytes(blake3::hash(id.as_bytes()).as_bytes()[..16].try_into().unwrap());
    read_dataset(file, &options, &pseudonym).unwrap().0.parts
}

/// A survey tallied for one quantity.
pub(crate) struct Survey {
    pub(crate) tally: Tally,
    weighted: Option<Weighted>,
    quantity: Quantity,
    measured: Option<Measured>,
    base: Base,
}

impl Survey {
    /// The survey and quantity that a golden's line names, by these dimensions.
    pub(crate) fn of(line: &Line, by: &[&str]) -> Self {
        let parts = read(&line["survey"]);
        let parts: Vec<&dyn Batches> = parts.iter().map(|part| part as &dyn Batches).collect();
        let (quantity, measured, base) = quantity(line);
        let mut by: Vec<String> = by.iter().map(|&name| name.to_owned()).collect();
        let project = Project::parse(RAKED, "raked.toml").unwrap();
        let book = project.dataset(&line["survey"]).and_then(|book| book.weighting.as_ref());
        by.extend(
            book.iter()
                .flat_map(|book| book.dimensions())
                .filter(|name| !by.contains(name))
                .collect::<Vec<_>>(),
        );
        let variables: Vec<Variable> = vec![variable(&quantity)];
        let tally = tally(
            &parts,
            &Plan { by, variables, panel: if parts.len() > 1 { Panel::Linked } else { Panel::Not } },
        )
        .unwrap();
        let weighted = book.map(|book| {
            let none = |_: &str| unreachable!("the margins stand in the codebook");
            Weighting::new(book, &[], none).unwrap().calibrate(&tally, &dimensions(&parts)).unwrap()
        });
        Self { tally, weighted, quantity, measured, base }
    }

    /// The quantity in every combination of levels, and the gaps that are asked for.
    pub(crate) fn estimate(&self, by: Vec<usize>, compare: Option<Compare>) -> Estimates {
        let measured = |item: &Item| self.measured.filter(|_| *item == self.quantity.item);
        let terms = Terms { measured: &measured, base: self.base };
        let (measure, _) = measure(&self.quantity, 0, &self.tally, terms).unwrap();
        let calibration = self.weighted.as_ref().map(|weighted| &weighted.calibration);
        let request = Request { measures: vec![measure], by, compare, ..Request::default() };
        estimate(Design { cells: &self.tally.cells, calibration }, &[request], &Settings::default())
            .swap_remove(0)
    }

    /// The code of a level.
    pub(crate) fn code(&self, dimension: usize, level: &str) -> Option<u16> {
        self.tally.dimensions[dimension]
            .levels
            .iter()
            .position(|known| known == level)
            .map(|code| code as u16)
    }
}

fn quantity(line: &Line) -> (Quantity, Option<Measured>, Base) {
    let other = || item(&line["other"]);
    let option = || {
        let items = ["a.use", "b.use", "c.use", "d.use"].map(item).to_vec();
        Kind::Option(Set { key: "used".to_owned(), items })
    };
    let (kind, measured, base) = match line["measure"].as_str() {
        "mean" => (Kind::Mean, None, Base::Answered),
        "median" => (Kind::Median, None, Base::Answered),
        "total" => (Kind::Total, None, Base::Answered),
        "rate" => (Kind::Plain, None, Base::Answered),
        "top2" => (Kind::Plain, Some(Measured::Top { low: 1, high: 5, boxes: 2 }), Base::Answered),
        "nps" => (Kind::Plain, Some(Measured::Nps), Base::Answered),
        "mean_given" | "conditional" | "ratio" => (Kind::Per(other()), None, Base::Answered),
        "difference" => (Kind::Minus(other()), None, Base::Answered),
        "answered" => (option(), None, Base::Answered),
        "asked" => (option(), None, Base::Asked),
        "mentions_logit" => (option(), None, Base::Mentions),
        other => panic!("unknown measure {other}"),
    };
    (Quantity { item: item(&line["item"]), kind }, measured, base)
}

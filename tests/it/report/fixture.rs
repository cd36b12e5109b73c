//! Hand-made tables of plausible figures: simple random samples, so that every number can be checked by hand.

use std::collections::BTreeMap;

use wxstats::codebook::{Name, Names, levels};
use wxstats::estimate::{self, Flag, NotEstimable, Reason, Settings};
use wxstats::ingest::Origin;
use wxstats::measure::Shown;
use wxstats::table::{
    Accuracy, Base, Disclosure, Figure, Gap, GapAccuracy, GapLine, ItemLabel, Label, Mark, MeasureLabel, Row,
    Source, Table, Weights,
};

/// Respondents who answered, and how many of them said yes.
pub(super) type Answers = (u64, u64);

/// Answers by city (`""`: everybody), item and segment.
#[derive(Default, Clone)]
pub(super) struct Survey {
    cells: Vec<(Label, ItemLabel, [Option<Answers>; 2])>,
    segments: Option<[Label; 2]>,
    synthetic: bool,
}

impl Survey {
    /// Adds one item in one city: expats, Chinese users.
    pub(super) fn item(mut self, place: &str, item: &str, expat: Answers, chinese: Answers) -> Self {
        self.cells.push((city(place), item_label(item), [Some(expat), Some(chinese)]));
        self
    }

    /// Adds one item in a city where only one segment was met.
    pub(super) fn one_sided(mut self, place: &str, item: &str, side: usize, answers: Answers) -> Self {
        let mut sides = [None, None];
        sides[side] = Some(answers);
        self.cells.push((city(place), item_label(item), sides));
        self
    }

    /// Whether the data says that it is made up.
    pub(super) fn synthetic(self, synthetic: bool) -> Self {
        Self { synthetic, ..self }
    }

    /// Gives the segments other names.
    pub(super) fn segments(mut self, first: &str, second: &str) -> Self {
        self.segments =
            Some([first, second].map(|name| Label { key: name.to_owned(), name: Name::new(name, name) }));
        self
    }

    fn pair(&self) -> [Label; 2] {
        self.segments.clone().unwrap_or_else(|| {
            ["expat", "chinese"].map(|key| Label { key: key.to_owned(), name: levels::name("segment", key) })
        })
    }

    /// The table by city and segment.
    pub(super) fn by_city(&self) -> Table {
        self.table(true, &self.cells)
    }

    /// The table by segment, all cities together.
    pub(super) fn overall(&self) -> Table {
        let mut sums: BTreeMap<ItemLabel, [Option<Answers>; 2]> = BTreeMap::new();
        let mut order = Vec::new();
        for (_, item, sides) in &self.cells {
            if !order.contains(item) {
                order.push(item.clone());
            }
            let sum = sums.entry(item.clone()).or_default();
            for side in 0..2 {
                if let Some((n, yes)) = sides[side] {
                    let (m, more) = sum[side].unwrap_or_default();
                    sum[side] = Some((n + m, yes + more));
                }
            }
        }
        let everybody = city("");
        let cells: Vec<_> =
            order.into_iter().map(|item| (everybody.clone(), item.clone(), sums[&item])).collect();
        self.table(false, &cells)
    }

    fn table(&self, cities: bool, cells: &[(Label, ItemLabel, [Option<Answers>; 2])]) -> Table {
        let segments = self.pair();
        let dimension = |key: &str| Label { key: key.to_owned(), name: Names::default().dimension(key) };
        let mut rows = Vec::new();
        for (i, (city, _, _)) in cells.iter().enumerate() {
            if cells[..i].iter().any(|(other, _, _)| other == city) {
                continue;
            }
            for side in 0..2 {
                for (_, item, sides) in cells.iter().filter(|(other, _, _)| other == city) {
                    let Some(answers) = sides[side] else { continue };
                    let mut by = vec![segments[side].clone()];
                    if cities {
                        by.insert(0, city.clone());
                    }
                    rows.push(row(by, item.clone(), answers));
                }
            }
        }
        let mut gaps = Vec::new();
        for (city, item, sides) in cells {
            let [Some(a), Some(b)] = sides else { continue };
            let by = if cities { vec![city.clone()] } else { Vec::new() };
            gaps.push(gap(by, item.clone(), segments.clone(), (*a, *b), cells.len()));
        }
        let mut by = vec![dimension("segment")];
        if cities {
            by.insert(0, dimension("city"));
        }
        Table {
            sources: vec![self.source()],
            columns: Vec::new(),
            tests: Vec::new(),
            settings: Settings::default(),
            weights: Weights::None,
            base: wxstats::codebook::Base::Answered,
            panel: None,
            disclosure: Disclosure::Internal,
            filter: None,
            lettered: None,
            by,
            rows,
            compared: Some(dimension("segment")),
            gaps,
            notes: vec![Name::new("Rates are unweighted.", "比率未加权。")],
        }
    }

    fn source(&self) -> Source {
        Source {
            dataset: "expats".to_owned(),
            wave: "2015".to_owned(),
            respondents: 4200,
            origin: Origin { file: "expats-2015.csv".to_owned(), blake3: "ab".repeat(32), bytes: 123_456 },
            synthetic: self.synthetic,
            left_out: Vec::new(),
            usage: None,
            funnel: None,
        }
    }
}

/// A name for `feature.action`, as the codebook gives it.
pub(super) fn item_label(item: &str) -> ItemLabel {
    let (feature, action) = item.split_once('.').unwrap();
    let names = Names::default();
    ItemLabel {
        feature: Label { key: feature.to_owned(), name: names.feature(feature) },
        action: Label { key: action.to_owned(), name: names.action(action) },
    }
}

/// The rate of an item.
fn measure(item: ItemLabel) -> MeasureLabel {
    MeasureLabel { item, shown: Shown::Rate, per: None, counted: None }
}

/// A label for a city by its key.
pub(super) fn city(key: &str) -> Label {
    Label { key: key.to_owned(), name: levels::name("city", key) }
}

/// What becomes of the answers of one segment.
fn rate((n, yes): Answers) -> (Option<Figure>, Option<Mark>) {
    if n == 0 {
        return (None, Some(Mark::NotEstimable(NotEstimable::Empty)));
    }
    let (n, p) = (n as f64, yes as f64 / n as f64);
    let se = (p * (1.0 - p) / n).sqrt();
    let interval = if se == 0.0 {
        if p == 0.0 { (0.0, 3.0 / n) } else { (1.0 - 3.0 / n, 1.0) }
    } else {
        let at =
            |sign: f64| 1.0 / (1.0 + (-((p / (1.0 - p)).ln() + sign * 1.96 * se / (p * (1.0 - p)))).exp());
        (at(-1.0), at(1.0))
    };
    let accuracy = Accuracy { se, df: n as u64 - 1, deff: Some(1.0), n_eff: Some(n), test: None };
    let rate = Figure { value: p, interval, accuracy: Some(accuracy) };
    if n < 30.0 {
        (None, Some(Mark::Flag(Flag::Withheld(Reason::Base(n as u64)))))
    } else if se == 0.0 {
        (Some(rate), Some(Mark::Flag(Flag::Caution(Reason::Boundary))))
    } else {
        (Some(rate), None)
    }
}

fn row(by: Vec<Label>, item: ItemLabel, answers: Answers) -> Row {
    let (n, yes) = answers;
    let (figure, mark) = rate(answers);
    let counts = estimate::Base {
        n,
        yes: Some(yes),
        fewest: yes.min(n - yes),
        blank: 3,
        not_asked: 0,
        outside: 0,
        weighted_n: n as f64,
    };
    Row {
        by,
        measure: measure(item),
        base: Base { n, some_not_asked: false, counts: Some(counts) },
        figure,
        letters: String::new(),
        mark,
    }
}

fn gap(
    by: Vec<Label>,
    item: ItemLabel,
    of: [Label; 2],
    answers: (Answers, Answers),
    tests: usize,
) -> GapLine {
    let [first, second] = of;
    let of = (first, second);
    let ((a, mark_a), (b, mark_b)) = (rate(answers.0), rate(answers.1));
    let empty = |mark: Option<Mark>| matches!(mark, Some(Mark::NotEstimable(_)));
    let (Some(a), Some(b)) = (a, b) else {
        let side = empty(mark_a) || empty(mark_b);
        let mark = if side { Some(Mark::NotEstimable(NotEstimable::Side)) } else { mark_a.or(mark_b) };
        return GapLine { by, measure: measure(item), of, gap: None, mark };
    };
    let difference = a.value - b.value;
    let (a, b) = (a.accuracy.unwrap(), b.accuracy.unwrap());
    let se = (a.se * a.se + b.se * b.se).sqrt();
    let t = difference / se;
    let p = libm::erfc(t.abs() / std::f64::consts::SQRT_2);
    let p_adjusted = (p * tests as f64).min(1.0);
    let gap = Gap {
        difference,
        interval: (difference - 1.96 * se, difference + 1.96 * se),
        clear: p_adjusted < 0.05,
        accuracy: Some(GapAccuracy { se, df: a.df + b.df, t: Some(t), p, p_adjusted, ratio: None }),
    };
    GapLine { by, measure: measure(item), of, gap: Some(gap), mark: mark_a.or(mark_b) }
}

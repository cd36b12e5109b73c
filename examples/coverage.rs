//! Whether the 95 % intervals cover the truth in 95 % of samples: `cargo run --example coverage`.
//!
//! In: nothing; the seed is fixed, and the bytes are the same on every platform. Out: a table on stdout, with the
//! percentages of intervals that hold the truth, lie below and lie above it as a whole, and means of n, width and design
//! effect. Exit code 1, with the lines named, when less than 93 % or more than 97 % cover at a rate of 10, 30 or 50 %.
//! Rates of 2 % are only reported. The lines of one design at several rates, or with several intervals, share samples.
//!
//! Replicates are samples from a superpopulation, not from a finite population. Its rates are then exact sums over a short
//! table of kinds of people, samples are as independent as the estimators assume, and a line that fails cannot be
//! blamed on a missing finite population correction. People differ in stratum, segment, age and activity, and all four
//! change the chance of a yes. Strata are sampled with the same number of units whatever their size, and in some designs
//! active people are drawn more often, so weights are skewed and figures without them would be wrong.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use rayon::prelude::*;
use wxstats::codebook::Answer;
use wxstats::estimate::calibrate::{Calibration, Covers, Margin, Options, Scale, Target, rake};
use wxstats::estimate::{
    Compare, Correction, Design as Weighed, Estimates, Interval, Measure, Request, Settings, estimate,
};
use wxstats::tally::{Cells, ClassSums, Grid, Group, StratumSize, Sums};

const SEED: u64 = 2015;
const REPLICATES: u64 = 10_000;
/// What a coverage must lie in, at rates that are not [`RARE`].
const REQUIRED: std::ops::RangeInclusive<f64> = 0.93..=0.97;
const RARE: f64 = 0.02;
/// The rates of the two sizes of [`Design::units`].
const RATES: [&[f64]; 2] = [&[0.1, 0.3, 0.5], &[RARE]];

/// Share, and by how much the inclination to say yes differs from the mean, of each stratum.
const STRATA: [(f64, f64); 3] = [(0.6, -0.1), (0.3, 0.1), (0.1, 0.3)];
/// Likewise of each segment.
const SEGMENTS: [(f64, f64); 2] = [(0.4, 0.3), (0.6, -0.2)];
/// Shares of the ages in each segment; the inclinations of the ages.
const AGES: ([[f64; 3]; 2], [f64; 3]) = ([[0.5, 0.3, 0.2], [0.3, 0.35, 0.35]], [0.4, 0.0, -0.4]);
/// Activity, the share of those who are as active, and their inclination.
const ACTIVITY: [(f64, f64, f64); 3] = [(1.0, 0.5, -0.05), (2.0, 0.3, 0.05), (4.0, 0.2, 0.05)];

/// Dimension of the cells that holds the segment.
const SEGMENT: usize = 0;
/// Dimension of the cells that holds the age.
const AGE: usize = 1;
/// Correlation of the answers, and of all else, of two respondents of one PSU.
const INTRACLASS: f64 = 0.05;
/// Respondents per PSU, from … to, each number as likely.
const TAKE: (usize, usize) = (5, 15);

const ALL: [Interval; 5] =
    [Interval::Logit, Interval::Wilson, Interval::Beta, Interval::Asin, Interval::Mean];

/// How samples are drawn and estimated.
struct Design {
    name: &'static str,
    /// Strata, each of which gets the same number of units: those of the population, or 1, of everybody.
    strata: usize,
    /// Whether units are PSUs, and not respondents.
    clustered: bool,
    /// Whether active people are drawn more often within a stratum or PSU.
    by_activity: bool,
    /// Whether weights are raked to the true shares of the segments and of the ages.
    raked: bool,
    /// The segment whose rate, and gap to the other segment, are the figures; `None`: the rate of everybody.
    domain: Option<u16>,
    /// Units per stratum for each of [`RATES`], so that at least 20 are expected to say yes.
    units: [usize; 2],
    intervals: &'static [Interval],
}

impl Design {
    /// What the chance of being drawn within a stratum, or PSU, is proportional to.
    fn size(&self, kind: &Kind) -> f64 {
        if self.by_activity { kind.activity } else { 1.0 }
    }
}

const SIMPLE: Design = Design {
    name: "simple random",
    strata: 1,
    clustered: false,
    by_activity: false,
    raked: false,
    domain: None,
    units: [400, 1000],
    intervals: &ALL,
};
const CLUSTERED: Design =
    Design { name: "clustered", strata: STRATA.len(), clustered: true, units: [20, 40], ..SIMPLE };
const DESIGNS: [Design; 5] = [
    SIMPLE,
    Design {
        name: "stratified",
        strata: STRATA.len(),
        by_activity: true,
        units: [150, 350],
        intervals: &[Interval::Logit],
        ..SIMPLE
    },
    CLUSTERED,
    Design {
        name: "clustered, raked",
        by_activity: true,
        raked: true,
        intervals: &[Interval::Logit],
        ..CLUSTERED
    },
    Design {
        name: "clustered, domain",
        domain: Some(0),
        units: [20, 85],
        intervals: &[Interval::Logit],
        ..CLUSTERED
    },
];

/// `SplitMix64` (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One stream for each replicate of each design.
    fn of(design: u64, replicate: u64) -> Self {
        let seed = Self(Self(SEED).next() ^ design).next();
        Self(Self(seed ^ replicate).next())
    }

    /// In [0, 1).
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Below `end`, > 0.
    fn below(&mut self, end: usize) -> usize {
        (self.uniform() * end as f64) as usize
    }
}

/// People who agree in everything but their answers.
struct Kind {
    stratum: usize,
    /// By dimension of the cells.
    levels: [u16; 2],
    activity: f64,
    /// Share of the population.
    share: f64,
    /// Proportional to the chance of a yes.
    inclination: f64,
}

/// The population, with all true values.
struct Population {
    kinds: Vec<Kind>,
}

impl Population {
    fn new() -> Self {
        let mut kinds = Vec::new();
        for (stratum, (stratum_share, in_stratum)) in STRATA.into_iter().enumerate() {
            for (segment, (segment_share, in_segment)) in SEGMENTS.into_iter().enumerate() {
                for (age, (age_share, at_age)) in AGES.0[segment].into_iter().zip(AGES.1).enumerate() {
                    kinds.extend(ACTIVITY.map(|(activity, activity_share, when_active)| Kind {
                        stratum,
                        levels: [segment as u16, age as u16],
                        activity,
                        share: stratum_share * segment_share * age_share * activity_share,
                        inclination: 1.0 + in_stratum + in_segment + at_age + when_active,
                    }));
                }
            }
        }
        Self { kinds }
    }

    /// Share of those on `level` of `dimension`.
    fn share(&self, dimension: usize, level: u16) -> f64 {
        let there = self.kinds.iter().filter(|kind| kind.levels[dimension] == level);
        there.map(|kind| kind.share).sum()
    }

    /// Mean inclination of everybody, or of a segment.
    fn inclination(&self, segment: Option<u16>) -> f64 {
        let there =
            || self.kinds.iter().filter(|kind| segment.is_none_or(|segment| kind.levels[SEGMENT] == segment));
        let yes: f64 = there().map(|kind| kind.share * kind.inclination).sum();
        yes / there().map(|kind| kind.share).sum::<f64>()
    }

    /// The true margin of `dimension`.
    fn margin(&self, dimension: usize, levels: usize) -> Margin {
        let target =
            |level| Target { covers: Covers::Levels(vec![vec![level]]), total: self.share(dimension, level) };
        Margin {
            dimensions: vec![dimension],
            within: Vec::new(),
            scale: Scale::Shares,
            targets: (0..levels as u16).map(target).collect(),
        }
    }
}

/// One respondent.
#[derive(Clone, Copy)]
struct Row<'a> {
    stratum: u32,
    /// Numbered over all strata.
    psu: Option<u32>,
    kind: &'a Kind,
    weight: f64,
    /// In [0, 1): the answer is yes where this lies below the chance of a yes.
    position: f64,
}

/// Draws samples of one design and size.
struct Sampler<'a> {
    design: &'a Design,
    /// Units per stratum.
    units: usize,
    /// The strata, in the order of their codes.
    frame: Vec<Stratum<'a>>,
}

/// A stratum as samples are drawn from it.
struct Stratum<'a> {
    /// Its kinds.
    kinds: Vec<&'a Kind>,
    /// The chance that a respondent is of the kind at the same place or an earlier one.
    cumulative: Vec<f64>,
    /// Weight of a respondent, times [`Design::size`].
    weight: f64,
}

impl<'a> Sampler<'a> {
    fn new(design: &'a Design, units: usize, population: &'a Population) -> Self {
        let stratum = |index| {
            let there = |kind: &&Kind| design.strata == 1 || kind.stratum == index;
            let kinds: Vec<&Kind> = population.kinds.iter().filter(there).collect();
            let size = |kind: &Kind| kind.share * design.size(kind);
            let weight: f64 = kinds.iter().map(|kind| size(kind)).sum();
            let mut chance = 0.0;
            let cumulate = |kind: &&Kind| {
                chance += size(kind) / weight;
                chance
            };
            Stratum { cumulative: kinds.iter().map(cumulate).collect(), kinds, weight }
        };
        Self { design, units, frame: (0..design.strata).map(stratum).collect() }
    }

    fn draw(&self, random: &mut Random) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for (stratum, of) in (0..).zip(&self.frame) {
            for unit in 0..self.units {
                if self.design.clustered {
                    let psu = Some(stratum * self.units as u32 + unit as u32);
                    urn(random, &mut rows, |random| Row { psu, ..self.respondent(stratum, of, random) });
                } else {
                    rows.push(self.respondent(stratum, of, random));
                }
            }
        }
        rows
    }

    fn respondent(&self, stratum: u32, of: &Stratum<'a>, random: &mut Random) -> Row<'a> {
        let chance = random.uniform();
        let place = of.cumulative.partition_point(|&end| end <= chance);
        let kind = of.kinds[place.min(of.kinds.len() - 1)];
        let weight = of.weight / self.design.size(kind);
        Row { stratum, psu: None, kind, weight, position: random.uniform() }
    }
}

/// Adds the respondents of one PSU, by Pólya's urn: each is like an earlier one, with a chance that grows with their
/// number, or else new. That makes the number of yes among equals beta-binomial, with an intra-class correlation of
/// [`INTRACLASS`], and leaves the expected rate as it is (Blackwell & `MacQueen` 1973).
fn urn<'a>(random: &mut Random, rows: &mut Vec<Row<'a>>, new: impl Fn(&mut Random) -> Row<'a>) {
    const FRESH: f64 = 1.0 / INTRACLASS - 1.0;
    let first = rows.len();
    for earlier in 0..TAKE.0 + random.below(TAKE.1 - TAKE.0 + 1) {
        let is_new = random.uniform() * (FRESH + earlier as f64) < FRESH;
        let row = if is_new { new(random) } else { rows[first + random.below(earlier)] };
        rows.push(row);
    }
}

/// Stratum, PSU and levels of a group.
type Key = (u32, Option<u32>, [u16; 2]);

/// The cells of `rows`; item i is a question to which people of inclination 1 say yes with a chance of `chances[i]`.
fn tally(rows: &[Row<'_>], sampler: &Sampler<'_>, chances: &[f64]) -> Cells {
    let grid = Grid::for_weights_up_to(rows.iter().map(|row| row.weight).fold(0.0, f64::max));
    let mut groups: BTreeMap<Key, Vec<[Sums; 4]>> = BTreeMap::new();
    for row in rows {
        let w = Grid::quantize(row.weight, grid.w);
        let w2 = Grid::quantize(row.weight * row.weight, grid.w2);
        let key = (row.stratum, row.psu, row.kind.levels);
        let items = groups.entry(key).or_insert_with(|| vec![[Sums::default(); 4]; chances.len()]);
        for (sums, chance) in items.iter_mut().zip(chances) {
            let yes = row.position < chance * row.kind.inclination;
            sums[if yes { Answer::Yes } else { Answer::No } as usize] += Sums { n: 1, w, w2 };
        }
    }
    let strata = vec![StratumSize { psus: sampler.units as u64, fpc: None }; sampler.frame.len()];
    let cardinalities = vec![SEGMENTS.len(), AGES.1.len()];
    let mut cells = Cells::new(grid, sampler.design.clustered, strata, cardinalities, chances.len());
    for ((stratum, psu, levels), items) in groups {
        let group = Group { stratum, psu, levels: levels.to_vec() };
        let classes = |sums: [Sums; 4]| (0..).zip(sums).map(|(class, sums)| ClassSums { class, sums });
        cells.push(group, items.into_iter().map(classes));
    }
    cells
}

/// The rate of everybody; or those of both segments, and the gap from `domain` to the other.
fn estimates(
    cells: &Cells,
    calibration: Option<&Calibration>,
    domain: Option<u16>,
    interval: Interval,
) -> Estimates {
    let compare = domain.map(|domain| Compare { position: 0, pairs: vec![(domain, 1 - domain)] });
    let request = Request {
        measures: (0..cells.variables).map(Measure::yes_no).collect(),
        by: domain.map(|_| SEGMENT).into_iter().collect(),
        compare,
        ..Request::default()
    };
    let settings = Settings { interval, correction: Correction::None, ..Settings::default() };
    estimate(Weighed { cells, calibration }, &[request], &settings).swap_remove(0)
}

/// One figure of one sample.
struct Outcome {
    n: u64,
    limits: (f64, f64),
    deff: Option<f64>,
}

/// The rates of everybody; or those of `domain`, item by item, and then the gaps.
fn outcomes(estimates: &Estimates, domain: Option<u16>) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for row in estimates.rows.iter().filter(|row| row.levels.first().copied() == domain) {
        let rate = row.estimate.map_err(|reason| anyhow!("a rate is not estimable: {reason:?}"))?;
        outcomes.push(Outcome { n: row.base.n, limits: rate.interval, deff: rate.deff });
    }
    let everybody = estimates.rows.iter().filter(|row| row.measure == 0).map(|row| row.base.n).sum();
    for row in &estimates.gaps {
        let gap = row.gap.as_ref().map_err(|reason| anyhow!("a gap is not estimable: {reason:?}"))?;
        outcomes.push(Outcome { n: everybody, limits: gap.interval, deff: None });
    }
    Ok(outcomes)
}

/// One line of the table.
struct Line {
    design: &'static str,
    psus: Option<usize>,
    /// The true rate of everybody, or of the domain.
    rate: f64,
    /// Which interval of the rate, or `gap`.
    interval: &'static str,
    /// The true value of what is estimated: the rate, or the gap.
    truth: f64,
    replicates: f64,
    n: f64,
    /// Intervals that lie below the truth as a whole.
    below: f64,
    /// Intervals that lie above it.
    above: f64,
    width: f64,
    /// Sum and number of the design effects.
    deff: (f64, f64),
}

impl Line {
    fn add(&mut self, Outcome { n, limits: (low, high), deff }: &Outcome) {
        self.replicates += 1.0;
        self.n += *n as f64;
        self.below += f64::from(*high < self.truth);
        self.above += f64::from(*low > self.truth);
        self.width += high - low;
        self.deff = deff.map_or(self.deff, |deff| (self.deff.0 + deff, self.deff.1 + 1.0));
    }

    fn coverage(&self) -> f64 {
        1.0 - (self.below + self.above) / self.replicates
    }

    fn fails(&self) -> bool {
        self.rate > RARE && !REQUIRED.contains(&self.coverage())
    }

    fn text(&self) -> String {
        let psus = self.psus.map_or_else(|| "-".to_owned(), |psus| psus.to_string());
        let deff =
            if self.deff.1 > 0.0 { format!("{:.2}", self.deff.0 / self.deff.1) } else { "-".to_owned() };
        format!(
            "{:<18} {:>5.0} {psus:>5} {:>5.2}  {:<8} {:>9.2} {:>7.2} {:>7.2} {:>7.4} {deff:>5}",
            self.design,
            self.n / self.replicates,
            self.rate,
            self.interval,
            100.0 * self.coverage(),
            100.0 * self.below / self.replicates,
            100.0 * self.above / self.replicates,
            self.width / self.replicates,
        )
    }
}

/// The lines of one design and size, in the order of its outcomes.
fn lines(design: &Design, units: usize, rates: &[f64], population: &Population) -> Vec<Line> {
    let line = |rate, interval, truth| Line {
        design: design.name,
        psus: design.clustered.then_some(units * design.strata),
        rate,
        interval,
        truth,
        replicates: 0.0,
        n: 0.0,
        below: 0.0,
        above: 0.0,
        width: 0.0,
        deff: (0.0, 0.0),
    };
    let mut lines = Vec::new();
    for interval in design.intervals {
        lines.extend(rates.iter().map(|&rate| line(rate, interval.key(), rate)));
    }
    if let Some(domain) = design.domain {
        let other = population.inclination(Some(1 - domain)) / population.inclination(Some(domain));
        lines.extend(rates.iter().map(|&rate| line(rate, "gap", rate - rate * other)));
    }
    lines
}

/// Draws and estimates all replicates of a design in one size.
fn simulate(index: u64, design: &Design, units: usize, rates: &[f64]) -> Result<Vec<Line>> {
    let population = Population::new();
    let base = population.inclination(design.domain);
    let chances: Vec<f64> = rates.iter().map(|rate| rate / base).collect();
    let sampler = Sampler::new(design, units, &population);
    let margins = [population.margin(SEGMENT, SEGMENTS.len()), population.margin(AGE, AGES.1.len())];
    let replicate = |replicate| -> Result<Vec<Outcome>> {
        let rows = sampler.draw(&mut Random::of(index, replicate));
        let cells = tally(&rows, &sampler, &chances);
        let calibration = if design.raked {
            Some(rake(&cells, &margins, &Options::default()).map_err(|error| anyhow!("{error:?}"))?)
        } else {
            None
        };
        let mut all = Vec::new();
        for &interval in design.intervals {
            all.extend(outcomes(
                &estimates(&cells, calibration.as_ref(), design.domain, interval),
                design.domain,
            )?);
        }
        Ok(all)
    };
    let replicates: Vec<Vec<Outcome>> =
        (0..REPLICATES).into_par_iter().map(replicate).collect::<Result<_>>()?;
    let mut lines = lines(design, units, rates, &population);
    for outcomes in &replicates {
        lines.iter_mut().zip(outcomes).for_each(|(line, outcome)| line.add(outcome));
    }
    Ok(lines)
}

fn main() -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let error = 100.0 * (0.95_f64 * 0.05 / REPLICATES as f64).sqrt();
    writeln!(
        out,
        "{REPLICATES} replicates a line; Monte Carlo standard error of a coverage of 95 %: {error:.2}"
    )?;
    writeln!(
        out,
        "{:<18} {:>5} {:>5} {:>5}  {:<8} {:>9} {:>7} {:>7} {:>7} {:>5}",
        "design", "n", "PSUs", "p", "interval", "coverage", "below", "above", "width", "deff"
    )?;
    let mut failed = Vec::new();
    for (size, rates) in RATES.into_iter().enumerate() {
        for (index, design) in DESIGNS.iter().enumerate() {
            let index = (size * DESIGNS.len() + index) as u64;
            for line in simulate(index, design, design.units[size], rates).context(design.name)? {
                writeln!(out, "{}", line.text())?;
                failed.extend(line.fails().then(|| line.text()));
            }
        }
    }
    for line in &failed {
        writeln!(io::stderr(), "does not cover 93 to 97 %: {line}")?;
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

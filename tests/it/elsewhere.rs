//! Respondents who stay elsewhere: the tally of their sums is that of the respondents themselves, whatever is derived from them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;

use anyhow::bail;
use proptest::prelude::*;
use wxstats::codebook::gazetteer::by_key;
use wxstats::codebook::project::{DatasetBook, Project};
use wxstats::codebook::{Answer, Filter, Item, Names};
use wxstats::derive::{DOMAIN, Within, derive, resolve};
use wxstats::ingest::{Alike, Asked, Batch, Batches, Ids, Number, Part, Schema};
use wxstats::tally::{Grid, Panel, Plan, Question, Tally, Variable, tally};

use crate::desk::Desk;
use crate::made::{Design, design, part};

/// A part that gives nothing but sums, counted person by person.
struct Elsewhere(Part);

impl Batches for Elsewhere {
    fn schema(&self) -> &Schema {
        &self.0.schema
    }

    fn count(&self) -> usize {
        1
    }

    fn batch(&self, _: usize, _: Ids) -> anyhow::Result<Cow<'_, Batch>> {
        bail!("somebody asked for the respondents")
    }

    fn alike(&self, asked: &Asked) -> Option<anyhow::Result<Vec<Alike>>> {
        let each = asked.together.iter().map(|together| {
            let mut groups: BTreeMap<Vec<u64>, [i128; 4]> = BTreeMap::new();
            for batch in &self.0.batches {
                for row in 0..batch.len() {
                    let mut key = vec![u64::from(batch.strata[row])];
                    key.push(batch.psus.as_ref().map_or(0, |psus| u64::from(psus[row])));
                    key.extend(asked.dimensions.iter().map(|&at| u64::from(batch.dimensions[at][row])));
                    key.extend(together.items.iter().map(|&item| batch.answer(row, item) as u64));
                    key.extend(together.numbers.iter().map(|&at| u64::from(batch.numbers[at][row])));
                    let weight = batch.weights.as_ref().map_or(1.0, |weights| weights[row]);
                    let sums = groups.entry(key).or_default();
                    sums[0] += 1;
                    sums[1] += i128::from(weight > 0.0);
                    sums[2] += Grid::quantize(weight, asked.w);
                    sums[3] += Grid::quantize(weight * weight, asked.w2);
                }
            }
            let schema = &self.0.schema;
            let column = |at: usize| groups.keys().map(move |key| key[at]);
            let first = 2 + asked.dimensions.len();
            let mut alike = Alike {
                batch: Batch {
                    strata: column(0).map(|code| code as u32).collect(),
                    psus: schema.psus.as_ref().map(|_| column(1).map(|code| code as u32).collect()),
                    dimensions: vec![vec![0; groups.len()]; schema.dimensions.len()],
                    answers: vec![vec![0; groups.len()]; schema.items.len().div_ceil(Answer::PER_WORD)],
                    numbers: vec![vec![0; groups.len()]; schema.numbers.len()],
                    ..Batch::default()
                },
                respondents: groups.values().map(|sums| sums[0] as u64).collect(),
                n: groups.values().map(|sums| sums[1] as u64).collect(),
                weights: Vec::new(),
            };
            if schema.max_weight.is_some() {
                alike.weights = groups.values().map(|sums| (sums[2], sums[3])).collect();
            }
            for (place, &at) in (2..).zip(&asked.dimensions) {
                alike.batch.dimensions[at] = column(place).map(|code| code as u16).collect();
            }
            for (place, &item) in (first..).zip(&together.items) {
                for (word, code) in alike.batch.answers[item / Answer::PER_WORD].iter_mut().zip(column(place))
                {
                    *word |= code << (2 * (item % Answer::PER_WORD));
                }
            }
            for (place, &at) in (first + together.items.len()..).zip(&together.numbers) {
                alike.batch.numbers[at] = column(place).map(|code| code as u32).collect();
            }
            alike
        });
        Some(Ok(each.collect()))
    }
}

/// A made part, with two numbers for everybody, of whom some were not asked and some left it blank.
fn with_numbers(design: &Design) -> Part {
    let mut part = part(design, 30);
    let number = |name: &str| Number {
        item: name.parse().unwrap(),
        values: (0..5).map(|value| f64::from(value) * 7.5 - 6.0).collect(),
    };
    part.schema.numbers = vec![number("use.minutes"), number("use.friends")];
    for batch in &mut part.batches {
        let code =
            |row: usize, by: u32| (batch.strata[row] * 5 + (batch.answers[0][row] % 1000) as u32 * by) % 7;
        batch.numbers = [3, 11].map(|by| (0..batch.len()).map(|row| code(row, by)).collect()).to_vec();
    }
    part
}

const CODEBOOK: &str = "\
[dataset.survey.items]
\"use.minutes\" = { number = true }
\"use.friends\" = { number = true }
[dataset.survey.derive]
long = { of = \"use.minutes\", bands = [0.5, 12.0] }
coast = { of = \"region\", levels = { \"East China\" = \"coast\", \"*\" = \"inland\" } }
[dataset.survey.nets]
\"feature.any\" = [\"feature_0.share\", \"feature_2.share\", \"feature_4.share\"]
";

/// The tally of a part as it is looked at: with all that is derived, and a filter.
fn looked_at(part: impl Batches + 'static, book: &DatasetBook, plan: &Plan, filter: Option<&str>) -> Tally {
    let own: Arc<dyn Batches> = Arc::new(part);
    let mut part: Arc<dyn Batches> = Arc::new(derive(&[own], book).unwrap().remove(0));
    if let Some(filter) = filter {
        let filter: Filter = filter.parse().unwrap();
        let filter = resolve(&filter, &[part.schema()], &Names::default()).unwrap();
        part = Arc::new(Within::new(part, &filter));
    }
    tally(&[part.as_ref()], plan).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sums_from_elsewhere_are_the_tally(mut design in design(), filter in 0..4_usize, by in 0..5_usize) {
        // Nets need their items, and regions a city.
        assert!(by_key("Guangzhou").is_some());
        design.items = design.items.max(5);
        design.people.iter_mut().for_each(|person| person.answers.resize(design.items, 3));
        let part = with_numbers(&design);
        let book = Project::parse(CODEBOOK, "wxstats.toml").unwrap().dataset("survey").cloned().unwrap();
        let item = |name: &str| Question::Item(name.parse::<Item>().unwrap());
        let options = ["feature_0.share", "feature_1.share", "feature_2.share", "feature_3.share", "feature_4.share"];
        let mentions = Question::Mentions(options.map(|name| name.parse().unwrap()).to_vec());
        let mut variables: Vec<Variable> = part.schema.items.iter().cloned().map(Variable::from).collect();
        variables.extend([
            Variable(vec![item("use.minutes")]),
            Variable(vec![item("use.minutes"), item("use.friends")]),
            Variable(vec![item("feature_1.share"), item("use.friends")]),
            Variable(vec![item("feature.any"), item("feature_3.share")]),
            Variable(vec![item("feature_1.share"), mentions]),
        ]);
        let filter = [None, Some("city in (Guangzhou, Beijing)"), Some("use.minutes > 3 and feature_1.share = yes"),
            Some("not (long = 12+ or feature.any = no)")][filter];
        let mut plan = Plan {
            by: [&[][..], &["city", "segment"], &["region"], &["long", "segment"], &["coast", "wave"]][by]
                .iter().map(|name| (*name).to_owned()).collect(),
            variables,
            panel: Panel::Not,
        };
        plan.by.extend(filter.map(|_| DOMAIN.to_owned()));
        let here = looked_at(part.clone(), &book, &plan, filter);
        prop_assert_eq!(looked_at(Elsewhere(part.clone()), &book, &plan, filter), here);
        plan.variables.clear();
        let here = looked_at(part.clone(), &book, &plan, filter);
        prop_assert_eq!(looked_at(Elsewhere(part), &book, &plan, filter), here);
    }
}

#[test]
fn waves_here_and_elsewhere_are_one_tally() {
    let person = |answer: u8| crate::made::Person {
        stratum: u32::from(answer % 3),
        psu: 0,
        weight: f64::from(answer) + 0.1,
        levels: [0, 1],
        answers: vec![answer],
    };
    let design = Design { items: 1, clustered: false, weighted: true, people: (0..4).map(person).collect() };
    let (first, mut second) = (part(&design, 3), part(&design, 3));
    second.schema.wave = "2016".to_owned();
    let variables = first.schema.items.iter().cloned().map(Variable::from).collect();
    let plan = Plan { by: vec!["wave".to_owned()], variables, panel: Panel::Not };
    let here = tally(&[&first as &dyn Batches, &second], &plan).unwrap();
    assert_eq!(tally(&[&Elsewhere(first.clone()) as &dyn Batches, &second], &plan).unwrap(), here);
    assert_eq!(tally(&[&first as &dyn Batches, &Elsewhere(second)], &plan).unwrap(), here);
    let panel = Plan { panel: Panel::Linked, ..plan };
    let refused = tally(&[&Elsewhere(first.clone()) as &dyn Batches, &Elsewhere(first)], &panel);
    assert_eq!(refused.unwrap_err().to_string(), "somebody asked for the respondents");
}

#[test]
fn a_cluster_that_is_not_there_is_said() {
    // Bound and let go, so that nobody listens.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("sc://127.0.0.1:{port}/");
    let desk = Desk::new();
    let table = |arguments: &[&str], code| {
        desk.fails(code, &[&["table", "--engine", address.as_str()][..], arguments].concat())
    };
    if cfg!(feature = "spark") {
        let said = table(&["--input", "survey.parquet"], 5);
        assert!(said.contains(&format!("nobody answers at 127.0.0.1:{port}")), "{said}");
        let said = table(&["--input", "survey.csv", "--encoding", "gb18030"], 2);
        assert!(said.contains("a cluster reads Parquet, and CSV that is UTF-8 with commas"), "{said}");
    } else {
        let said = table(&["--input", "survey.parquet"], 2);
        assert!(said.contains("this wxstats was built without Spark"), "{said}");
        assert!(said.contains("cargo install --path . --features spark"), "{said}");
    }
    assert!(table(&[], 2).contains("--input"));
    assert!(table(&["--input", "survey.csv", "--sample"], 2).contains("--sample"));
    assert!(desk.fails(2, &["table", "--sample", "--deadline", "5"]).contains("--engine"));
}

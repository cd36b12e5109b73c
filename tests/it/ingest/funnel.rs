//! Funnels: events and counts become ways, one for each person and model.
//!
//! `fixtures/funnel/events.csv`, worked by hand; the stages are contact, ask, pay, and a return undoes a payment.
//!
//! | way | seen at | reached | seconds from the stage before |
//! |---|---|---|---|
//! | a, agent | contact 9:00, ask 10:00, pay 10:30, return three days later | all, and returned | 3600, 1800, 259200 |
//! | b, agent | contact in Shanghai, ask 45 s later in Shenzhen | ask | 45 |
//! | c, maker | contact, pay; ask is skipped | pay, nothing returned | not known, not known |
//! | d, maker | ask 9:00, contact 12:00, and again three days later | ask | not known: the order is another |
//! | a, maker | contact | contact | |
//!
//! So one stage is skipped, one out of order, one event repeated, and b moved.

use std::io::Cursor;

use wxstats::codebook::Stages;
use wxstats::ingest::{Dataset, FunnelOf, Intake, Options, ReadError, read_dataset};

use super::{answers, pseudonym};

const EVENTS: &str = include_str!("../fixtures/funnel/events.csv");
const COUNTS: &str = include_str!("../fixtures/funnel/counts.csv");

fn stages() -> Option<Stages> {
    Stages::new(["contact", "ask", "pay"].map(str::to_owned).to_vec(), Some("return".to_owned())).ok()
}

fn read_as(text: &str, options: Options) -> Result<(Dataset, Intake), ReadError> {
    let options = Options { file: "sales.csv".to_owned(), ..options };
    read_dataset(Cursor::new(text.as_bytes()), &options, &pseudonym)
}

fn read(text: &str) -> Result<(Dataset, Intake), ReadError> {
    read_as(text, Options { stages: stages(), ..Options::default() })
}

/// `a agent expat Guangzhou yyyy 3600 1800 259200`; a time that is not known is `?`, one that was not asked `-`.
fn ways(dataset: &Dataset) -> Vec<String> {
    let part = &dataset.parts[0];
    let schema = &part.schema;
    let mut ways = Vec::new();
    for batch in &part.batches {
        ways.extend((0..batch.len()).map(|row| {
            let is = |name: &&str| pseudonym(&format!("synthetic-{name}")) == batch.pseudonyms[row];
            let name = ["a", "b", "c", "d"].into_iter().find(is).unwrap_or("?");
            let levels = schema.dimensions.iter().zip(&batch.dimensions);
            let mut levels: Vec<&str> =
                levels.map(|(d, codes)| d.levels[usize::from(codes[row])].as_str()).collect();
            levels.rotate_right(1);
            let waits = schema.numbers.iter().zip(&batch.numbers).map(|(number, codes)| match codes[row] {
                0 => "-".to_owned(),
                1 => "?".to_owned(),
                code => number.values[code as usize - 2].to_string(),
            });
            let waits: Vec<String> = waits.collect();
            let reached = answers(batch, row, schema.items.len());
            format!("{name} {} {reached} {}", levels.join(" "), waits.join(" "))
        }));
    }
    ways
}

#[test]
fn everybody_has_a_way_in_every_model_and_stages_nest() {
    let (dataset, intake) = read(EVENTS).unwrap();
    assert_eq!(
        ways(&dataset),
        [
            "a agent expat Guangzhou yyyy 3600 1800 259200",
            "b agent chinese Shenzhen yyn- 45 - -",
            "c maker chinese Guangzhou yyyn ? ? -",
            "d maker expat Beijing yyn- ? - -",
            "a maker expat Guangzhou ynn- - - -",
        ]
    );
    let schema = &dataset.parts[0].schema;
    let items: Vec<String> = schema.items.iter().map(ToString::to_string).collect();
    assert_eq!(items, ["contact.reached", "ask.reached", "pay.reached", "return.reached"]);
    let funnel = schema.funnel.as_ref().unwrap();
    assert_eq!((funnel.people, schema.respondents, schema.synthetic), (4, 5, true));
    let FunnelOf::Events { from, to, repeated, skipped, disordered, movers } = funnel.of else {
        panic!("{funnel:?}");
    };
    assert_eq!((repeated, skipped, disordered, movers), (1, 1, 1, 1));
    assert_eq!((from.to_string(), to.to_string()), ("2015-03-01".to_owned(), "2015-03-06".to_owned()));
    // The two ways of a are one PSU.
    assert_eq!(dataset.parts[0].batches[0].psus, Some(vec![0, 1, 2, 3, 0]));
    let notices: Vec<String> = intake.notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "events at a stage where the same person was seen before, the first of which counts: 1",
            "stages without an event of people who are seen at a later one, counted as reached: 1",
            "stages first seen before an earlier one, counted as reached, their times left blank: 1",
        ]
    );
}

#[test]
fn the_order_of_rows_changes_nothing_but_the_order_of_ways() {
    let (header, rows) = EVENTS.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let (turned, _) = read(&format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    let (straight, _) = read(EVENTS).unwrap();
    let sorted = |dataset: &Dataset| {
        let mut ways = ways(dataset);
        ways.sort();
        ways
    };
    assert_eq!(sorted(&turned), sorted(&straight));
    assert_eq!(turned.parts[0].schema.funnel, straight.parts[0].schema.funnel);
}

#[test]
fn counts_stand_for_as_many_people() {
    let (dataset, _) = read(COUNTS).unwrap();
    let schema = &dataset.parts[0].schema;
    assert_eq!((schema.respondents, schema.numbers.len()), (700, 0));
    assert_eq!(
        schema.funnel.as_ref().map(|funnel| (funnel.people, funnel.of)),
        Some((700, FunnelOf::Counts))
    );
    assert!(dataset.parts[0].batches[0].psus.is_none());
    let all = ways(&dataset);
    let count = |way: &str| all.iter().filter(|own| own.trim_end() == way).count();
    let of = |model: &str, reached: &str| count(&format!("? {model} chinese Guangzhou {reached}"));
    assert_eq!(["ynn-", "yyn-", "yyyn", "yyyy"].map(|reached| of("agent", reached)), [200, 80, 108, 12]);
    assert_eq!(["ynn-", "yyn-", "yyyn", "yyyy"].map(|reached| of("maker", reached)), [180, 72, 48, 0]);
}

#[test]
fn segment_and_city_may_be_missing_and_other_columns_are_dimensions() {
    let events = "actor_id,model,stage,time,campaign\n1,agent,contact,2015-03-01,spring\n1,agent,ask,2015-03-02,spring\n";
    let (dataset, _) = read(events).unwrap();
    let names: Vec<&str> = dataset.parts[0].schema.dimensions.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["model", "campaign"]);
}

#[test]
fn what_a_funnel_cannot_be_is_refused_with_its_place() {
    let refused = |text: &str| read(text).unwrap_err().to_string();
    let golden = super::fixtures::golden_of;
    let events = "actor_id,model,stage,time,city\n\
                  ,agent,contact,2015-03-01,Guangzhou\n\
                  1,,contact,2015-03-01,Guangzhou\n\
                  1,agent,Pay,2015-03-01,Guangzhou\n\
                  1,agent,,2015-03-01,Guangzhou\n\
                  1,agent,pay,yesterday,Guangzhou\n\
                  1,agent,pay,,Suzhou\n";
    golden("fixtures/funnel/refused-events.txt", &refused(events));
    let counts = "model,stage,actors\n\
                  agent,contact,400\n\
                  agent,ask,410\n\
                  agent,pay,100\n\
                  agent,return,101\n\
                  maker,contact,-3\n\
                  maker,contact,10\n\
                  maker,contact,12\n\
                  maker,pay,5\n";
    golden("fixtures/funnel/refused-counts.txt", &refused(counts));
    golden(
        "fixtures/funnel/refused-headers.txt",
        &[
            refused("actor_id,model,stage,when,weight\n1,agent,pay,2015-03-01,2\n"),
            refused("model,stage,actors,wave\nagent,pay,2,2015\n"),
            refused("stage,actors\npay,2\n"),
            refused("model,stage,actors\n"),
            read_as(EVENTS, Options::default()).unwrap_err().to_string(),
            refused("respondent_id,segment,city,moments.read\n1,expat,Guangzhou,1\n"),
        ]
        .concat(),
    );
    let many = "model,stage,actors\nagent,contact,900000000\nagent,ask,1\nagent,pay,1\nagent,return,0\n";
    assert!(refused(many).contains("more than 10000000 [too-many-people]"));
}

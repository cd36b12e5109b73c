//! Usage logs: events become users who were active, by period.
//!
//! `fixtures/usage/log.csv`, worked by hand. Week 10 of 2026 is 2 to 8 March, week 11 is 9 to 15 March, of which the log
//! covers 9 to 11.
//!
//! | | a | b | c | d |
//! |---|---|---|---|---|
//! | week 10 | read 2, share 1, Guangzhou | read 3, Guangzhou, then Shenzhen | use 1, Guangzhou | |
//! | week 11 | read 1 | | use 1 | read 1, share 2 |

use std::io::Cursor;

use wxstats::codebook::Answer;
use wxstats::ingest::{Dataset, Intake, Options, Period, ReadError, UsageOptions, read_dataset};

use super::pseudonym;

const LOG: &str = include_str!("../fixtures/usage/log.csv");

fn read(log: &str, usage: UsageOptions) -> Result<(Dataset, Intake), ReadError> {
    let options = Options { file: "log.csv".to_owned(), usage, ..Options::default() };
    read_dataset(Cursor::new(log.as_bytes()), &options, &pseudonym)
}

fn weekly() -> UsageOptions {
    UsageOptions { period: Some(Period::Week), ..UsageOptions::default() }
}

/// `2026-W10 a: expat Guangzhou, moments.read 2, moments.share 1, wallet.use 0`, sorted.
fn users(dataset: &Dataset) -> Vec<String> {
    let mut users = Vec::new();
    for part in &dataset.parts {
        let schema = &part.schema;
        for batch in &part.batches {
            users.extend((0..batch.len()).map(|row| {
                let is = |name: &&str| pseudonym(&format!("synthetic-{name}")) == batch.pseudonyms[row];
                let name = ["a", "b", "c", "d"].into_iter().find(is).unwrap();
                let levels = schema.dimensions.iter().zip(&batch.dimensions);
                let levels = levels.map(|(d, codes)| d.levels[usize::from(codes[row])].clone());
                let counts = schema.numbers.iter().zip(&batch.numbers).enumerate();
                let counts = counts.map(|(item, (number, codes))| {
                    let count = number.values[codes[row] as usize - 2];
                    let did = if count > 0.0 { Answer::Yes } else { Answer::No };
                    assert_eq!(batch.answer(row, item), did);
                    assert_eq!(number.item, schema.items[item].events());
                    format!("{} {count}", schema.items[item])
                });
                let (levels, counts): (Vec<String>, Vec<String>) = (levels.collect(), counts.collect());
                format!("{} {name}: {}, {}", schema.wave, levels.join(" "), counts.join(", "))
            }));
        }
    }
    users.sort();
    users
}

#[test]
fn a_user_is_a_row_of_every_period_they_are_active_in() {
    let (dataset, intake) = read(LOG, weekly()).unwrap();
    assert_eq!(
        users(&dataset),
        [
            "2026-W10 a: expat Guangzhou, moments.read 2, moments.share 1, wallet.use 0",
            "2026-W10 b: expat Shenzhen, moments.read 3, moments.share 0, wallet.use 0",
            "2026-W10 c: chinese Guangzhou, moments.read 0, moments.share 0, wallet.use 1",
            "2026-W11 a: expat Guangzhou, moments.read 1, moments.share 0, wallet.use 0",
            "2026-W11 c: chinese Guangzhou, moments.read 0, moments.share 0, wallet.use 1",
            "2026-W11 d: chinese Guangzhou, moments.read 1, moments.share 2, wallet.use 0",
        ]
    );
    let said: Vec<String> = intake
        .schemas
        .iter()
        .filter_map(|schema| schema.usage)
        .map(|usage| {
            format!(
                "{} to {}, {}, {} events, {} moved",
                usage.from, usage.to, usage.is_partial, usage.events, usage.movers
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "2026-03-02 to 2026-03-08, false, 7 events, 1 moved",
            "2026-03-09 to 2026-03-11, true, 5 events, 0 moved",
        ]
    );
    let notices: Vec<String> = intake.notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices, ["the log covers only 2026-03-09 to 2026-03-11 of period 2026-W11"]);
    assert!(intake.schemas.iter().all(|schema| schema.synthetic));
}

#[test]
fn a_log_that_is_not_cut_is_one_period_of_its_days() {
    let (dataset, _) = read(LOG, UsageOptions::default()).unwrap();
    assert_eq!(
        users(&dataset),
        [
            "2026-03-02..2026-03-11 a: expat Guangzhou, moments.read 3, moments.share 1, wallet.use 0",
            "2026-03-02..2026-03-11 b: expat Shenzhen, moments.read 3, moments.share 0, wallet.use 0",
            "2026-03-02..2026-03-11 c: chinese Guangzhou, moments.read 0, moments.share 0, wallet.use 2",
            "2026-03-02..2026-03-11 d: chinese Guangzhou, moments.read 1, moments.share 2, wallet.use 0",
        ]
    );
}

#[test]
fn days_that_were_not_asked_for_are_left_out_and_counted() {
    let usage = UsageOptions {
        from: Some("2026-03-09".parse().unwrap()),
        to: Some("2026-03-15".parse().unwrap()),
        ..weekly()
    };
    let (dataset, intake) = read(LOG, usage).unwrap();
    assert_eq!(users(&dataset).len(), 3);
    let notices: Vec<String> = intake.notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices, ["rows of other days than were asked for were left out: 7"]);
    assert_eq!(intake.schemas[0].usage.map(|usage| usage.is_partial), Some(false));
}

#[test]
fn counts_by_day_say_what_events_say() {
    let header = "user_id,segment,city,feature,action,time,count\n";
    let daily = "synthetic-d,chinese,Guangzhou,moments,read,2026/3/9,1\n\
                 synthetic-b,expat,Guangzhou,moments,read,20260304,1\n\
                 synthetic-d,chinese,Guangzhou,moments,share,2026-03-09,2\n\
                 synthetic-a,expat,Guangzhou,moments,share,2026-03-03,1\n\
                 synthetic-a,expat,Guangzhou,moments,read,2026-03-02,2\n\
                 synthetic-b,expat,Shenzhen,moments,read,2026-03-08,2\n\
                 synthetic-c,chinese,Guangzhou,wallet,use,2026-03-05,1\n\
                 synthetic-c,chinese,Guangzhou,wallet,use,2026-03-10,1\n\
                 synthetic-a,expat,Guangzhou,moments,read,2026-03-11,1\n\
                 synthetic-b,expat,Shenzhen,moments,read,2026-03-11,0\n";
    let (counts, intake) = read(&format!("{header}{daily}"), weekly()).unwrap();
    let (events, _) = read(LOG, weekly()).unwrap();
    assert_eq!(users(&counts), users(&events));
    assert!(intake.notices.iter().any(|notice| notice.to_string().ends_with("make nobody active: 1")));
}

#[test]
fn what_a_log_cannot_say_is_refused_with_its_place() {
    let refused = |log: &str, usage| read(log, usage).unwrap_err().to_string();
    let rows = "user_id,segment,city,feature,action,time,count\n\
                ,expat,Guangzhou,moments,read,2026-03-02,1\n\
                synthetic-a,expat,Guangzhou,moments,read,1772323200,1\n\
                synthetic-a,expat,Guangzhou,moments,read,2026-03-02T08:00:00Z,1\n\
                synthetic-a,expat,Guangzhou,moments,read,2026-02-29,1\n\
                synthetic-a,expat,Guangzhou,moments,share_events,2026-03-02,1\n\
                synthetic-a,expat,Guangzhou,Moments,read,2026-03-02,1\n\
                synthetic-a,expat,Guangzhou,moments,read,2026-03-02,-1\n\
                synthetic-a,expat,Guangzhou,moments,read,2026-03-02,1.5\n\
                synthetic-a,expat,Suzhou,moments,read,,\n";
    super::fixtures::golden_of("fixtures/usage/refused-rows.txt", &refused(rows, UsageOptions::default()));
    let header = "user_id,segment,city,feature,action,when,weight\nsynthetic-a,expat,Guangzhou,moments,read,2026-03-02,1\n";
    super::fixtures::golden_of(
        "fixtures/usage/refused-header.txt",
        &refused(header, UsageOptions::default()),
    );
    let none = UsageOptions { from: Some("2027-01-01".parse().unwrap()), ..UsageOptions::default() };
    assert!(refused(LOG, none).contains("nothing in the days asked for"));
    // Beside a log, a survey is read with the options of both; it has no days.
    let survey = "respondent_id,segment,city,moments.read\nsynthetic-a,expat,Guangzhou,1\n";
    assert_eq!(read(survey, weekly()).unwrap().0.parts[0].schema.usage, None);
}

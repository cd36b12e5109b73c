//! The sample survey is what its README says, and bears out the published rates it was drawn for.
//!
//! Rates are plain weighted means, intervals the usual linearised ones, computed here from the file's text alone.

use std::collections::BTreeMap;

#[path = "../../data/sample/account.rs"]
mod account;
#[path = "../../data/sample/adoption/mod.rs"]
mod adoption;
#[path = "../../data/sample/articles.rs"]
mod articles;
#[path = "../../data/sample/chance.rs"]
mod chance;
#[path = "../../data/sample/funnel/mod.rs"]
mod funnel;
#[path = "../../data/sample/survey/mod.rs"]
mod survey;
#[path = "../../data/sample/usage/mod.rs"]
mod usage;

const SAMPLE: &str = include_str!("../../data/sample/synthetic-survey.csv");

struct Survey {
    header: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
}

/// Weighted rate, its standard error and its base.
#[derive(Clone, Copy)]
struct Rate {
    value: f64,
    se: f64,
    n: usize,
}

impl Rate {
    fn low(self) -> f64 {
        self.value - 1.96 * self.se
    }

    fn high(self) -> f64 {
        self.value + 1.96 * self.se
    }

    /// How many standard errors this rate lies above another.
    fn above(self, other: Self) -> f64 {
        (self.value - other.value) / self.se.hypot(other.se)
    }

    fn is_about(self, rate: f64) -> bool {
        (self.low()..self.high()).contains(&rate)
    }
}

fn survey() -> Survey {
    let mut lines = SAMPLE.lines();
    let header = lines.next().unwrap_or_default().split(',').collect();
    Survey { header, rows: lines.map(|line| line.split(',').collect()).collect() }
}

impl Survey {
    fn column(&self, name: &str) -> usize {
        self.header.iter().position(|header| *header == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    fn items(&self) -> impl Iterator<Item = usize> {
        (0..self.header.len()).filter(|&column| self.header[column].contains('.'))
    }

    /// The rows of a wave and a segment, in a city or everywhere.
    fn select<'a>(&'a self, wave: &str, segment: &str, city: &str) -> Vec<&'a [&'static str]> {
        let [w, s, c] = ["wave", "segment", "city"].map(|name| self.column(name));
        let wanted =
            |row: &&Vec<&str>| row[w] == wave && row[s] == segment && (city.is_empty() || row[c] == city);
        self.rows.iter().filter(wanted).map(Vec::as_slice).collect()
    }

    fn share(&self, wave: &str, segment: &str, city: &str, is_yes: impl Fn(&[&str]) -> Option<bool>) -> Rate {
        let weight = self.column("weight");
        let answers: Vec<(f64, f64)> = self
            .select(wave, segment, city)
            .into_iter()
            .filter_map(|row| Some((row[weight].parse().ok()?, f64::from(u8::from(is_yes(row)?)))))
            .collect();
        let total: f64 = answers.iter().map(|(w, _)| w).sum();
        let rate = answers.iter().map(|(w, y)| w * y).sum::<f64>() / total;
        let variance = answers.iter().map(|(w, y)| (w * (y - rate) / total).powi(2)).sum::<f64>();
        Rate { value: rate, se: variance.sqrt(), n: answers.len() }
    }

    /// The rate of an item in 2015.
    fn rate(&self, segment: &str, city: &str, item: &str) -> Rate {
        let item = self.column(item);
        self.share("2015", segment, city, |row| match row[item] {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        })
    }

    /// Kish's effective size of the expats of a city.
    fn effective(&self, wave: &str, city: &str) -> f64 {
        let weight = self.column("weight");
        let weights =
            self.select(wave, "expat", city).into_iter().map(|row| row[weight].parse().unwrap_or(f64::NAN));
        let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), w: f64| (sum + w, squares + w * w));
        sum * sum / squares
    }
}

const NAMED: [&str; 4] = ["Guangzhou", "Shanghai", "Beijing", "Chengdu"];

#[test]
fn the_generator_gives_the_committed_bytes() {
    let mut written = Vec::new();
    survey::write(survey::RESPONDENTS, survey::SEED, &mut written).unwrap();
    assert!(
        written == SAMPLE.as_bytes(),
        "run: cargo run --release --example sample > data/sample/synthetic-survey.csv"
    );
}

#[test]
fn the_other_samples_are_those_of_the_generator_too() {
    let mut written = [Vec::new(), Vec::new(), Vec::new()];
    adoption::write(adoption::RESPONDENTS, adoption::SEED, &mut written[0]).unwrap();
    funnel::write(funnel::PEOPLE, funnel::SEED, &mut written[1]).unwrap();
    articles::write(articles::ARTICLES, articles::SEED, &mut written[2]).unwrap();
    let files = [
        ("adoption", include_str!("../../data/sample/synthetic-adoption.csv")),
        ("funnel", include_str!("../../data/sample/synthetic-funnel.csv")),
        ("articles", include_str!("../../data/sample/synthetic-articles.csv")),
    ];
    for ((name, file), written) in files.into_iter().zip(written) {
        let hint = format!("cargo run --release --example sample {name} > data/sample/synthetic-{name}.csv");
        assert!(written == file.as_bytes(), "run: {hint}");
        assert!(file.lines().skip(1).all(|line| line.starts_with("synthetic-")), "{name}");
    }
}

#[test]
fn the_generator_gives_the_committed_account() {
    const ACCOUNT: &str = include_str!("../../data/sample/synthetic-account.json");
    let mut written = Vec::new();
    account::write(account::DAYS, account::SEED, &mut written).unwrap();
    assert!(
        written == ACCOUNT.as_bytes(),
        "run: cargo run --release --example sample account > data/sample/synthetic-account.json"
    );
    let mut objects = ACCOUNT.lines().filter(|line| line.contains("ref_date"));
    assert!(objects.all(|line| line.starts_with(r#"{"synthetic": true, "#)));
}

#[test]
fn the_generator_gives_the_committed_log() {
    const LOG: &str = include_str!("../../data/sample/synthetic-usage.csv");
    let mut written = Vec::new();
    usage::write(usage::PEOPLE, usage::SEED, &mut written).unwrap();
    assert!(
        written == LOG.as_bytes(),
        "run: cargo run --release --example sample usage > data/sample/synthetic-usage.csv"
    );
    assert!(LOG.len() <= 400_000 && LOG.lines().skip(1).all(|line| line.starts_with("synthetic-")));
    // The weeks are whole: something happened on the first and on the last day.
    assert!(LOG.contains(",2026-03-02,") && LOG.contains(",2026-04-12,"));
}

#[test]
fn nobody_in_it_is_real_and_every_cell_is_canonical() {
    let survey = survey();
    let id = survey.column("respondent_id");
    let ids: std::collections::BTreeSet<&str> = survey.rows.iter().map(|row| row[id]).collect();
    assert_eq!(ids.len(), survey.rows.len());
    assert!(ids.iter().all(|id| id.starts_with("synthetic-")));
    assert!(survey.rows.iter().all(|row| row.len() == survey.header.len()));
    assert_eq!(survey.items().count(), 32);
    let mut seen = BTreeMap::new();
    for row in &survey.rows {
        for item in survey.items() {
            *seen.entry(row[item]).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), ["", "-3", "0", "1"]);
    for city in survey.rows.iter().map(|row| row[survey.column("city")]) {
        assert!(wxstats::codebook::gazetteer::by_key(city).is_some());
    }
}

#[test]
fn bases_carry_the_cities_that_the_claims_name_and_one_city_is_too_small() {
    let survey = survey();
    assert!((12_000..=20_000).contains(&survey.rows.len()));
    for wave in ["2014", "2015"] {
        for city in NAMED {
            assert!(survey.effective(wave, city) >= 350.0, "{wave} {city}");
        }
        assert!((2..30).contains(&survey.select(wave, "expat", "Kunming").len()));
    }
    let stratum = survey.column("stratum");
    let mut strata = BTreeMap::new();
    for row in &survey.rows {
        *strata.entry((row[survey.column("wave")], row[stratum])).or_insert(0) += 1;
    }
    assert!(strata.len() == 40 && strata.values().all(|&n| n >= 2));
}

#[test]
fn who_does_not_know_is_not_asked() {
    let survey = survey();
    for feature in ["brand_accounts", "loyalty_programme", "wallet", "wechat_pay", "qr_code"] {
        let [aware, uses] = ["aware", "use"].map(|action| survey.column(&format!("{feature}.{action}")));
        assert!(survey.rows.iter().all(|row| (row[aware] == "1") == (row[uses] != "-3")), "{feature}");
    }
    let [reads, comments] = ["moments.read", "moments.comment"].map(|item| survey.column(item));
    assert!(survey.rows.iter().all(|row| row[reads] != "0" || row[comments] != "1"));
}

#[test]
fn guangzhou_and_chengdu_share_most_and_shanghai_next() {
    let survey = survey();
    let share = |city: &str| survey.rate("expat", city, "moments.share");
    for city in ["Guangzhou", "Chengdu"] {
        assert!((share(city).value - 0.08).abs() < 0.005 && share(city).is_about(0.08), "{city}");
        assert!(share(city).above(share("Shanghai")) > 2.0);
    }
    for city in ["Beijing", "Shenzhen", "Hangzhou", "Nanjing", "Xiamen", "Qingdao"] {
        assert!(share("Shanghai").above(share(city)) > 2.6, "{city}");
    }
}

#[test]
fn moments_are_read_in_guangzhou_and_not_in_shanghai_or_beijing() {
    let survey = survey();
    let read = |city: &str| survey.rate("expat", city, "moments.read");
    assert!(read("Guangzhou").low() > 0.50);
    assert!((read("Chengdu").value - 0.30).abs() < 0.01);
    assert!(read("Shanghai").high() < 0.25 && read("Beijing").high() < 0.25);
}

#[test]
fn beijing_turns_to_its_friends_and_shanghai_does_not() {
    let survey = survey();
    let rate = |city: &str, item: &str| survey.rate("expat", city, item);
    for action in ["read", "comment"] {
        let (friends, anyone) = (format!("friends_moments.{action}"), format!("moments.{action}"));
        assert!(rate("Beijing", &friends).above(rate("Beijing", &anyone)) > 4.0);
        assert!(rate("Beijing", &friends).above(rate("Shanghai", &friends)) > 4.0);
    }
    for item in ["articles.read", "forwarded_messages.read"] {
        assert!(rate("Shanghai", item).above(rate("Beijing", item)) < -2.0);
    }
}

#[test]
fn expats_against_chinese_users() {
    let survey = survey();
    let rates = |item: &str| ["expat", "chinese"].map(|segment| survey.rate(segment, "", item));
    let [expat, chinese] = rates("community.take_part");
    assert!(expat.is_about(0.4631) && chinese.is_about(0.60));
    for item in [
        "moments.use",
        "moments.read",
        "moments.share",
        "brand_accounts.aware",
        "loyalty_programme.aware",
        "wallet.aware",
        "wechat_pay.aware",
        "qr_code.aware",
    ] {
        let [expat, chinese] = rates(item);
        assert!(chinese.above(expat) > 5.0, "{item}");
    }
    for item in ["translation.use", "calls.use"] {
        let [expat, chinese] = rates(item);
        assert!(expat.above(chinese) > 5.0, "{item}");
    }
    let games = |segment: &str| survey.rate(segment, "Guangzhou", "games.use");
    assert!(games("expat").above(games("chinese")).abs() < 1.0);
    assert!(games("expat").n > 400);
}

#[test]
fn most_expats_carry_an_iphone_then_android() {
    let survey = survey();
    let os = survey.column("os");
    let share = |system: &str| survey.share("2015", "expat", "", |row| Some(row[os] == system));
    assert!(share("iOS").low() > 0.5);
    assert!(share("Android").low() > share("other").high());
}

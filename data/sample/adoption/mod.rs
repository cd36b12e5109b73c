//! A small survey of people who do not exist, about what they use of WeChat, how far they got with it, and why not further.

use std::io::{self, Write};

use super::chance::Chance;

/// How many are asked, unless told otherwise.
pub(crate) const RESPONDENTS: u64 = 1000;
pub(crate) const SEED: u64 = 15;

const SEGMENTS: [&str; 2] = ["expat", "chinese"];
const CITIES: [(&str, f64); 4] =
    [("Guangzhou", 0.3), ("Shanghai", 0.58), ("Beijing", 0.82), ("Chengdu", 1.0)];
const SYSTEMS: [[(&str, f64); 3]; 2] =
    [[("iOS", 0.58), ("Android", 0.94), ("other", 1.0)], [("iOS", 0.27), ("Android", 0.96), ("other", 1.0)]];
const NATIONALITIES: [(&str, f64); 6] = [
    ("American", 0.22),
    ("British", 0.36),
    ("French", 0.5),
    ("German", 0.62),
    ("Korean", 0.84),
    ("other", 1.0),
];

/// A feature and the chance of each step among those who took the one before, by segment.
type Ladder = (&'static str, [[f64; 4]; 2]);
const STEPS: [&str; 4] = ["aware", "tried", "use", "use_weekly"];
const LADDERS: [Ladder; 4] = [
    ("wallet", [[0.46, 0.55, 0.70, 0.55], [0.92, 0.82, 0.88, 0.75]]),
    ("wechat_pay", [[0.42, 0.52, 0.74, 0.66], [0.94, 0.88, 0.92, 0.86]]),
    ("qr_code", [[0.60, 0.68, 0.76, 0.58], [0.95, 0.90, 0.90, 0.72]]),
    ("red_packets", [[0.64, 0.50, 0.66, 0.36], [0.98, 0.93, 0.90, 0.52]]),
];
/// How many do not use Moments, by segment; these are asked why.
const NOT_ON_MOMENTS: [f64; 2] = [0.46, 0.20];
/// An option, and how many tick it, by segment.
type Ticked = (&'static str, [f64; 2]);
const REASONS: [Ticked; 5] = [
    ("few_friends", [0.54, 0.21]),
    ("no_need", [0.22, 0.43]),
    ("not_from_friends", [0.35, 0.27]),
    ("privacy", [0.30, 0.46]),
    ("unaware", [0.39, 0.08]),
];
const CONTACTS: [Ticked; 6] = [
    ("contact_card", [0.30, 0.48]),
    ("mobile_contacts", [0.34, 0.58]),
    ("qq_contacts", [0.07, 0.63]),
    ("qr_code", [0.56, 0.82]),
    ("radar", [0.05, 0.12]),
    ("shake", [0.09, 0.16]),
];
/// Who has seen advertising in Moments, and of these who was annoyed and who acted on it.
const EXPOSED: [f64; 2] = [0.52, 0.79];
const THEN: [Ticked; 2] = [("acted", [0.07, 0.15]), ("annoyed", [0.47, 0.37])];

/// Writes the survey as a canonical CSV.
///
/// # Errors
/// Only those of `out`.
pub(crate) fn write(respondents: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let mut chance = Chance::from_seed(seed);
    let mut header = String::from("respondent_id,segment,city,os,nationality");
    for (feature, _) in LADDERS {
        header.extend(STEPS.map(|step| format!(",{feature}.{step}")));
    }
    header.extend(REASONS.map(|(reason, _)| format!(",why_not.{reason}")));
    header.extend(CONTACTS.map(|(way, _)| format!(",contact.{way}")));
    header.push_str(",ads.exposed");
    header.extend(THEN.map(|(then, _)| format!(",ads.{then}")));
    writeln!(out, "{header}")?;
    for number in 0..respondents {
        let segment = usize::from(chance.uniform() < 0.5);
        let nationality = if segment == 0 { pick(&NATIONALITIES, &mut chance) } else { "Chinese" };
        let (city, system) = (pick(&CITIES, &mut chance), pick(&SYSTEMS[segment], &mut chance));
        let answers = answers(segment, &mut chance);
        let id = format!("synthetic-a{:04}", number + 1);
        writeln!(out, "{id},{},{city},{system},{nationality}{answers}", SEGMENTS[segment])?;
    }
    out.flush()
}

/// The cells of one person, each after a comma; who is not asked has -3.
fn answers(segment: usize, chance: &mut Chance) -> String {
    let mut cells = String::new();
    for (_, ladder) in LADDERS {
        let mut goes_on = true;
        for step in ladder[segment] {
            goes_on = chance.uniform() < step && goes_on;
            cells.push_str(if goes_on { ",1" } else { ",0" });
        }
    }
    let is_asked_why = chance.uniform() < NOT_ON_MOMENTS[segment];
    tick(&REASONS, is_asked_why, segment, chance, &mut cells);
    tick(&CONTACTS, true, segment, chance, &mut cells);
    let has_seen = chance.uniform() < EXPOSED[segment];
    cells.push_str(if has_seen { ",1" } else { ",0" });
    tick(&THEN, has_seen, segment, chance, &mut cells);
    cells
}

fn tick(options: &[Ticked], is_asked: bool, segment: usize, chance: &mut Chance, cells: &mut String) {
    for (_, rates) in options {
        let is_yes = chance.uniform() < rates[segment];
        cells.push_str(match (is_asked, is_yes) {
            (false, _) => ",-3",
            (true, true) => ",1",
            (true, false) => ",0",
        });
    }
}

fn pick(shares: &[(&'static str, f64)], chance: &mut Chance) -> &'static str {
    let drawn = chance.uniform();
    shares.iter().find(|(_, up_to)| drawn < *up_to).map_or("other", |(name, _)| name)
}

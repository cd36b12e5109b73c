//! The usage logs beside a survey, tallied for their chapters.

use anyhow::Result;

use super::{CITY, SEGMENT, Sought};
use crate::cli::figures::{Asked, Figures, Showing, Wanted};
use crate::cli::retention::Returns;
use crate::cli::survey::Survey;
use crate::codebook::{Base, Entry, Item, Kind, Quantity};
use crate::estimate::Settings;
use crate::ingest::UsageOf;
use crate::report::{Chapter, Usage, UsageTables};
use crate::tally::{WAVE, items};

/// So many periods after joining are looked at.
const PERIODS: u32 = 12;

/// A chapter of every log that is not what the report is of.
pub(super) fn usage(sought: &Sought<'_>) -> Result<Vec<Chapter>> {
    let logs = Survey::beside(sought.shelf, UsageOf::Users, sought.project, sought.ui)?;
    let others = logs.into_iter().filter(|log| log.dataset() != sought.survey.dataset());
    others.map(|log| Ok(Chapter::Usage(Box::new(chapter(&log, sought)?)))).collect()
}

fn chapter(log: &Survey, sought: &Sought<'_>) -> Result<Usage> {
    let Sought { command, project, ui, .. } = sought;
    let showing = Showing {
        settings: Settings::default(),
        show_withheld: false,
        disclosure: command.disclosure.into(),
    };
    let dimensions = log.city_and_segment().unwrap_or_default();
    let has = |name: &str| dimensions.iter().any(|own| own == name);
    let own: Vec<&str> = [CITY, SEGMENT].into_iter().filter(|name| has(name)).collect();
    let entries = entries(log);
    let wanted = |by| Wanted { by, entries: &entries, base: Base::Answered };
    let by: Vec<&str> = own.iter().copied().chain([WAVE]).collect();
    let figures = Figures::scan_wave_by_wave(log.clone(), project, &wanted(&by), ui)?;
    let is_cut = log.waves_apart().is_some();
    let (so_far, returns) = if is_cut {
        let by: Vec<&str> = own.iter().copied().filter(|name| *name == CITY).chain([WAVE]).collect();
        let shares: Vec<Entry> = shares(log).map(|item| Entry::Quantity(item.into())).collect();
        let wanted = Wanted { by: &by, entries: &shares, base: Base::Answered };
        let so_far = Figures::scan_wave_by_wave(log.so_far()?, project, &wanted, ui)?;
        (Some(so_far), Some(Returns::scan(log, (None, PERIODS), &own, project, ui)?))
    } else {
        (None, None)
    };
    let places: &[&[&'static str]] = if has(CITY) { &[&[], &[CITY]] } else { &[&[]] };
    let everyone = places.iter().map(|place| [place, &[WAVE][..]].concat());
    let by_segment = places.iter().map(|place| [place, &[SEGMENT, WAVE][..]].concat());
    let asked = |by: Vec<&'static str>| Asked { by, ..Asked::default() };
    let all: Vec<Asked<'_>> =
        everyone.clone().chain(by_segment.filter(|_| has(SEGMENT))).map(asked).collect();
    let mut shares = figures.tables(&all, showing)?;
    let by_segment = shares.split_off(places.len());
    let all: Vec<Asked<'_>> = everyone.map(asked).collect();
    let so_far = so_far.map(|figures| figures.tables(&all, showing)).transpose()?;
    let mut tables = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let returns = |further: &[&'static str]| {
            let by = [place, further].concat();
            returns.as_ref().map(|returns| returns.by(&by, showing)).transpose()
        };
        tables.push(UsageTables {
            everyone: shares[at].clone(),
            by_segment: by_segment.get(at).cloned(),
            so_far: so_far.as_ref().map(|tables| tables[at].clone()),
            returns: returns(&[])?,
            returns_by_segment: if has(SEGMENT) { returns(&[SEGMENT])? } else { None },
        });
    }
    let by_city = if has(CITY) { tables.pop() } else { None };
    Ok(Usage { dataset: log.dataset().to_owned(), overall: tables.swap_remove(0), by_city })
}

/// The items that users do, without the counts of their events.
fn shares(log: &Survey) -> impl Iterator<Item = Item> {
    items(&log.parts()).into_iter().filter(|item| !item.counts_events())
}

/// Every share of users; and of features that are read and shared, sharing among readers by people and per read by events.
fn entries(log: &Survey) -> Vec<Entry> {
    let all: Vec<Item> = shares(log).collect();
    let item = |of: &Item, action: &str| Item { feature: of.feature.clone(), action: action.to_owned() };
    let pairs = all.iter().filter(|share| share.action == "share" && all.contains(&item(share, "read")));
    let per = |share: &Item| {
        let read = item(share, "read");
        let per = |item: Item, other: Item| Entry::Quantity(Quantity { item, kind: Kind::Per(other) });
        [per(share.clone(), read.clone()), per(share.events(), read.events())]
    };
    let pairs: Vec<Entry> = pairs.flat_map(per).collect();
    all.iter().cloned().map(|item| Entry::Quantity(item.into())).chain(pairs).collect()
}

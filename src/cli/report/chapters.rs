//! What a report tells beside its survey, each gathered from where it stands: a file, the sample, the store.

use anyhow::Result;

use super::adoption::adoption;
use super::funnels::funnels;
use super::people::people;
use super::usage::usage;
use super::{CITY, Sought};
use crate::claims::{Expansion, Headcounts, Rates};
use crate::cli::evidence::{judged, parse_claims, read_claims};
use crate::cli::exit::Refusal;
use crate::cli::figures::{Asked, Figures, Showing, Wanted};
use crate::cli::survey::Survey;
use crate::cli::{accounts as own_files, metrics, persons, rates, sample};
use crate::codebook::names::ARTICLE_RATES;
use crate::codebook::{Base, Entry, Item, Kind, Quantity};
use crate::estimate::Settings;
use crate::ingest::UsageOf;
use crate::landscape::Landscape;
use crate::report::{Accounts, ArticleRates, Chapter};
use crate::table::Disclosure;
use crate::tally::items;

/// All chapters that there is anything for, in the order in which they are told.
///
/// # Errors
/// Those of reading them; a [`Refusal`] for one that does not go with the rest.
pub(super) fn chapters(sought: &Sought<'_>) -> Result<Vec<Chapter>> {
    let mut chapters: Vec<Chapter> = people(sought)?.into_iter().collect();
    chapters.extend(persons(sought)?);
    chapters.extend(adoption(sought)?);
    chapters.extend(usage(sought)?);
    chapters.extend(funnels(sought)?);
    chapters.extend(accounts(sought)?);
    let published = landscape(sought)?;
    let claims = claims(sought, published.as_ref())?;
    chapters.extend(published.map(Chapter::Landscape));
    chapters.extend(claims);
    Ok(chapters)
}

/// What the rates come to in the populations that are given; of the sample, in those that are bundled.
fn persons(sought: &Sought<'_>) -> Result<Option<Chapter>> {
    let Sought { command, survey, project, ui, .. } = sought;
    let is_published = Disclosure::from(command.disclosure) == Disclosure::Publish;
    let population = match &command.population {
        Some(_) if is_published => {
            return Err(Refusal::usage("--population does not go with --disclosure publish")
                .hint("persons are of unrounded rates, which are for use inside a company")
                .into());
        }
        Some(path) => persons::read(path, ui)?,
        None if command.source.sample && !is_published => persons::read_sample(ui)?,
        None => return Ok(None),
    };
    let (latest, settings) = (survey.latest(), Settings::default());
    let items = items(&latest.parts());
    let quantities: Vec<Quantity> = items.iter().cloned().map(Quantity::from).collect();
    let expansions = persons::expanded(&population, &quantities, &latest, project, &settings, ui)?;
    let items = items.into_iter().zip(expansions).filter(|(_, all)| all.iter().any(Expansion::is_of_rate));
    let (origin, level) = (population.origin, settings.level);
    Ok(Some(Chapter::Persons(Headcounts { origin, level, items: items.collect() })))
}

/// The rates that were published elsewhere; of the sample, those that are bundled.
///
/// # Errors
/// Those of reading them.
pub(super) fn published(sought: &Sought<'_>) -> Result<Option<Rates>> {
    let Sought { command, ui, .. } = sought;
    match &command.rates {
        Some(path) => rates::read(path, ui).map(Some),
        None if command.source.sample => rates::read_sample(ui).map(Some),
        None => Ok(None),
    }
}

/// The published figures that are given; of the sample, those that are bundled.
fn landscape(sought: &Sought<'_>) -> Result<Option<Landscape>> {
    let Sought { command, ui, .. } = sought;
    match &command.metrics {
        Some(path) => Ok(Some(metrics::read(path, ui)?)),
        None if command.source.sample => Ok(Some(metrics::read_sample(ui)?)),
        None => Ok(None),
    }
}

/// The verdicts on the claims that are asked for; of the sample, on those that it was made to hold.
fn claims(sought: &Sought<'_>, published: Option<&Landscape>) -> Result<Option<Chapter>> {
    let Sought { command, survey, project, ui, .. } = sought;
    let is_published = Disclosure::from(command.disclosure) == Disclosure::Publish;
    let claims = match &command.claims {
        Some(_) if is_published => {
            return Err(Refusal::usage("--claims does not go with --disclosure publish")
                .hint("verdicts tell unrounded figures, which are for use inside a company")
                .into());
        }
        Some(path) => read_claims(path, ui)?,
        None if command.source.sample && !is_published => {
            parse_claims(sample::CLAIMS, sample::CLAIMS_FILE, ui)?
        }
        None => return Ok(None),
    };
    let survey = if claims.speak_of_waves() { (*survey).clone() } else { survey.latest() };
    Ok(Some(Chapter::Claims(judged(&claims, &survey, project, published, Settings::default(), ui)?)))
}

/// The rates of every dataset of articles, in its latest period, and what is given of the accounts' own files; of the sample, what is
/// bundled.
fn accounts(sought: &Sought<'_>) -> Result<Option<Chapter>> {
    let Sought { command, shelf, project, ui, .. } = sought;
    let showing = Showing {
        settings: Settings::default(),
        show_withheld: false,
        disclosure: command.disclosure.into(),
    };
    let mut datasets = Vec::new();
    for articles in Survey::beside(shelf, UsageOf::Articles, project, ui)? {
        datasets.extend(article_rates(articles.latest(), showing, sought)?);
    }
    let is_published = showing.disclosure == Disclosure::Publish;
    if !command.accounts.is_empty() && is_published {
        return Err(Refusal::usage("--accounts does not go with --disclosure publish")
            .hint("an account's own counts are not rounded, and are for use inside a company")
            .into());
    }
    let account = if command.source.sample && command.accounts.is_empty() && !is_published {
        own_files::read_sample(ui)?
    } else {
        own_files::read(&command.accounts, ui)?
    };
    let is_empty = datasets.is_empty() && account.files.is_empty();
    Ok((!is_empty).then_some(Chapter::Accounts(Accounts { datasets, account })))
}

/// The rates that have a name, of those whose counts the dataset has; `None` where there is none.
fn article_rates(articles: Survey, showing: Showing, sought: &Sought<'_>) -> Result<Option<ArticleRates>> {
    let known = items(&articles.parts());
    let item = |action: &str| Item { feature: "articles".to_owned(), action: action.to_owned() };
    let entries: Vec<Entry> = ARTICLE_RATES
        .into_iter()
        .map(|(part, whole)| (item(part), item(whole)))
        .filter(|(part, whole)| known.contains(part) && known.contains(whole))
        .map(|(part, whole)| Entry::Quantity(Quantity { item: part, kind: Kind::Per(whole) }))
        .collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let dataset = articles.dataset().to_owned();
    let has_city = articles.city_and_segment().is_some_and(|banner| banner.iter().any(|name| name == CITY));
    let by: &[&str] = if has_city { &[CITY] } else { &[] };
    let wanted = Wanted { by, entries: &entries, base: Base::Answered };
    let figures = Figures::scan(articles, sought.project, &wanted, sought.ui)?;
    let banners: &[&[&str]] = if has_city { &[&[], &[CITY]] } else { &[&[]] };
    let asked: Vec<Asked<'_>> =
        banners.iter().map(|by| Asked { by: by.to_vec(), ..Asked::default() }).collect();
    let mut tables = figures.tables(&asked, showing)?;
    let by_city = if has_city { tables.pop() } else { None };
    let overall = tables.swap_remove(0);
    Ok(Some(ArticleRates { dataset, overall, by_city }))
}

//! Which charts a report has: their words, their pairs, and the tables behind them.
//!
//! One dumbbell per action that at least two features have; then, over the cities, bars of the primary item and
//! sharing against reading of its feature.

use super::grid::{Grid, Rows, grid};
use super::pairs::{Comparison, Pair, primary};
use super::titles::{self, Tally};
use super::words::{Words, capital, stands_alone};
use super::{charts, method, slug};
use crate::chart::{Chart, Head};
use crate::table::{ItemLabel, Label};

/// Actions in the order of their charts; others follow in the table's order.
const ACTIONS: [&str; 7] = ["share", "read", "like", "comment", "use", "aware", "take_part"];

/// What a report looks at.
pub(super) struct View<'a> {
    pub(super) words: Words<'a>,
    /// The city the report is about, `None` for all.
    pub(super) city: Option<&'a Label>,
    /// Where that city's pairs are, or those of all respondents.
    pub(super) here: &'a Comparison<'a>,
    /// The pairs of all cities.
    pub(super) by_city: Option<&'a Comparison<'a>>,
}

/// One chart before it is drawn, and the table behind it.
pub(super) struct Section {
    /// Name of its files without ending.
    pub(super) slug: String,
    /// What is compared, without a finding.
    pub(super) heading: String,
    /// The chart's title, or that of the table alone.
    pub(super) title: String,
    /// `None` when there is no figure to draw: then the table says why.
    pub(super) chart: Option<Chart>,
    pub(super) grid: Grid,
}

/// All sections of a report, in order.
pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let here = view.here.in_place(view.city);
    let mut sections: Vec<Section> =
        actions(&here).into_iter().map(|action| by_feature(view, action, &here)).collect();
    if let (Some(by_city), Some(item)) = (view.by_city, primary(&here)) {
        let pairs = by_city.of_item(item);
        if !pairs.is_empty() {
            sections.push(bars(view, by_city, item, &pairs));
        }
        sections.extend(scatter(view, by_city, item));
    }
    sections
}

/// The actions that at least two features have.
fn actions<'a>(pairs: &[Pair<'a>]) -> Vec<&'a Label> {
    let mut actions: Vec<&Label> = Vec::new();
    for pair in pairs {
        if !actions.contains(&&pair.item.action) {
            actions.push(&pair.item.action);
        }
    }
    actions.retain(|action| pairs.iter().filter(|pair| pair.item.action == **action).count() >= 2);
    actions
        .sort_by_key(|action| ACTIONS.iter().position(|known| *known == action.key).unwrap_or(ACTIONS.len()));
    actions
}

fn by_feature(view: &View<'_>, action: &Label, here: &[Pair<'_>]) -> Section {
    let words = &view.words;
    let mut pairs: Vec<Pair<'_>> = here.iter().filter(|pair| pair.item.action == *action).copied().collect();
    // The first segment's deficits first; what has no gap last, in the table's order.
    let difference = |pair: &Pair<'_>| pair.gap().map_or(f64::INFINITY, |gap| gap.difference);
    pairs.sort_by(|a, b| difference(a).total_cmp(&difference(b)));
    let verb = words.verb(action);
    let name = words.name(action);
    let respondents = match view.city {
        Some(city) => words
            .pick(format!("Respondents in {}", words.name(city)), format!("{}受访者的", words.name(city))),
        None => words.pick("Respondents".to_owned(), "受访者的".to_owned()),
    };
    let object = if stands_alone(action) { ", by feature" } else { " each feature" };
    let heading = words.pick(format!("{}, by feature", capital(name)), format!("{verb}率：按功能"));
    let head = Head {
        title: titles::by_feature(words, view.city, action, &Tally::of(view.here, &pairs)),
        subtitle: words.pick(
            format!("{respondents} who {verb}{object}, %, sorted by gap"),
            format!("{respondents}各功能{verb}率（%），按差距排序"),
        ),
        footer: method::footer(words, view.here, &pairs),
        alt: None,
        lang: words.lang,
    };
    let caption = head.subtitle.clone();
    Section {
        slug: format!("{}-by-feature", slug::of(&action.key)),
        heading,
        title: head.title.clone(),
        chart: Some(charts::dumbbell(words, view.here, head, &pairs)),
        grid: grid(words, view.here, &pairs, Rows::Feature, caption),
    }
}

fn bars(view: &View<'_>, by_city: &Comparison<'_>, item: &ItemLabel, pairs: &[Pair<'_>]) -> Section {
    let words = &view.words;
    let cities: Vec<&Label> = pairs.iter().filter_map(|pair| pair.place).collect();
    let doing = words.doing(item);
    let head = Head {
        title: titles::by_city(words, item, &cities, &Tally::of(by_city, pairs)),
        subtitle: words
            .pick(format!("Respondents who {doing}, by city, %"), format!("各城市受访者的{doing}（%）")),
        footer: method::footer(words, by_city, pairs),
        alt: None,
        lang: words.lang,
    };
    let caption = head.subtitle.clone();
    Section {
        slug: format!("{}-{}-by-city", slug::of(&item.feature.key), slug::of(&item.action.key)),
        heading: words.pick(format!("{}, by city", capital(&doing)), format!("{doing}：按城市")),
        title: head.title.clone(),
        chart: Some(charts::bars(words, by_city, head, pairs, view.city)),
        grid: grid(words, by_city, pairs, Rows::City, caption),
    }
}

/// Sharing against reading of the item's feature, when both were asked.
fn scatter(view: &View<'_>, by_city: &Comparison<'_>, item: &ItemLabel) -> Option<Section> {
    let words = &view.words;
    let of = |action: &str| -> Vec<Pair<'_>> {
        by_city.pairs.iter().filter(|pair| pair.is(&item.feature.key, action)).copied().collect()
    };
    let share = of("share");
    let cities: Vec<(Pair<'_>, Pair<'_>)> = of("read")
        .into_iter()
        .filter_map(|read| Some((read, *share.iter().find(|share| share.place == read.place)?)))
        .collect();
    let (read, shared) = cities.first()?;
    let (x, y) = (words.doing(read.item), words.doing(shared.item));
    let feature = words.name(&item.feature);
    let pairs: Vec<Pair<'_>> = cities.iter().flat_map(|(read, share)| [*read, *share]).collect();
    let mut footer = method::footer(words, by_city, &pairs);
    footer.extend(not_drawn(words, &cities));
    let head = Head {
        title: titles::sharing_and_reading(words, &item.feature),
        subtitle: words.pick(
            format!("Respondents who {y} against respondents who {x}, by city and group, %"),
            format!("各城市两类受访者的{x}与{y}（%）"),
        ),
        footer,
        alt: None,
        lang: words.lang,
    };
    let caption = head.subtitle.clone();
    Some(Section {
        slug: format!("{}-share-against-read", slug::of(&item.feature.key)),
        heading: words.pick(format!("{feature}: sharing against reading"), format!("{feature}：分享与阅读")),
        title: head.title.clone(),
        chart: charts::scatter(words, by_city, head, &cities),
        grid: grid(words, by_city, &pairs, Rows::CityAndAction, caption),
    })
}

/// The bubbles that are missing for want of one of their rates, and why.
fn not_drawn(words: &Words<'_>, cities: &[(Pair<'_>, Pair<'_>)]) -> Option<String> {
    let mut missing = Vec::new();
    for (read, share) in cities {
        for side in 0..2 {
            let Some(pair) = [read, share].into_iter().find(|pair| pair.rate(side).is_none()) else {
                continue;
            };
            let (city, segment) = (read.place.map_or("", |city| words.name(city)), words.segment(side));
            let why = charts::missing(words, pair, side);
            missing
                .push(words.pick(format!("{city}, {segment} ({why})"), format!("{city}{segment}（{why}）")));
        }
    }
    let list = missing.join(&words.pick("; ".to_owned(), "；".to_owned()));
    (!missing.is_empty()).then(|| words.pick(format!("Not drawn: {list}."), format!("未绘出：{list}。")))
}

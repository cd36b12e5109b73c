//! Which charts a survey has in a report: their words, their lineups, and the tables behind them.
//!
//! One dumbbell per action that at least two features have, and one of all other items, so that every item is shown; then, over the cities, bars of the primary item and
//! sharing against reading of its feature; in an overview also the gaps, rates and ranks of all cities; where the survey has
//! several waves, what changed; last how the answers to scales are spread, and the means and scores of what is no rate.

use super::chapter::Part;
use super::grid::{Grid, Rows, grid};
use super::lineup::{Comparison, Lineup, primary};
use super::titles::{self, Tally};
use super::words::{Words, stands_alone};
use super::{ReportError, alone, charts, method, numbers, overview, scales, slug, waves};
use crate::chart::Chart;
use crate::codebook::{Name, capital};
use crate::table::{self, ItemLabel, Label, Table};

/// The key of the survey's part, whose first chart gives the report its title.
pub(super) const SURVEY: &str = "survey";

/// Actions in the order of their charts; others follow in the table's order.
const ACTIONS: [&str; 7] = ["share", "read", "like", "comment", "use", "aware", "take_part"];

/// What a report looks at.
pub(super) struct View<'a> {
    pub(super) words: Words<'a>,
    /// The city the report is about, `None` for all.
    pub(super) city: Option<&'a Label>,
    /// Where that city's lineups are, or those of all respondents.
    pub(super) here: &'a Comparison<'a>,
    /// The lineups of all cities.
    pub(super) by_city: Option<&'a Comparison<'a>>,
    /// Rates by wave: of all cities, or by city.
    pub(super) by_wave: Option<&'a Table>,
    /// Gaps between the segments in every wave: of all cities, or by city.
    pub(super) gaps_by_wave: Option<&'a Table>,
    /// The points of scales: of all cities, or by city.
    pub(super) points: Option<&'a Table>,
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
    /// The figures that it shows.
    pub(super) data: Table,
}

/// A section whose data file is written.
pub(super) struct Plate {
    /// Name of its files without ending.
    pub(super) slug: String,
    /// What is shown, without a finding.
    pub(super) heading: String,
    /// The chart's title, or that of the table alone.
    pub(super) title: String,
    /// `None` when there is only a table.
    pub(super) chart: Option<Chart>,
    pub(super) grid: Grid,
    /// The figures behind the chart.
    pub(super) csv: String,
}

impl Section {
    /// # Errors
    /// [`ReportError::Data`].
    pub(super) fn plate(self) -> Result<Plate, ReportError> {
        let Self { slug, heading, title, chart, grid, data } = self;
        let csv = table::csv(std::slice::from_ref(&data))
            .map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })?;
        Ok(Plate { slug, heading, title, chart, grid, csv })
    }
}

/// What the survey itself shows.
///
/// # Errors
/// Those of [`numbers::section`].
pub(super) fn survey(view: &View<'_>) -> Result<Part, ReportError> {
    let plates = sections(view)?.into_iter().map(Section::plate).collect::<Result<Vec<_>, _>>()?;
    Ok(Part { key: SURVEY, name: Name::new("The survey", "问卷调查"), plates, finding: None })
}

/// All sections of the survey, in order.
fn sections(view: &View<'_>) -> Result<Vec<Section>, ReportError> {
    let here = view.here.in_place(view.city);
    let actions = actions(&here);
    let mut sections = if view.here.is_alone() {
        alone::sections(view, &actions, &here)
    } else {
        compared(view, &actions, &here)
    };
    if let (Some(table), Some(item)) = (view.by_wave, primary(&here)) {
        let read = here.iter().find(|lineup| lineup.is(&item.feature.key, "read")).map(|lineup| lineup.item);
        let items = [Some(item), read.filter(|read| *read != item)];
        sections.extend(items.into_iter().flatten().filter_map(|item| waves::section(view, table, item)));
    }
    sections.extend(view.points.into_iter().flat_map(|table| scales::sections(view, table)));
    sections.extend(numbers::section(view)?);
    Ok(sections)
}

/// Where the segments differ: here, and over the cities.
fn compared(view: &View<'_>, actions: &[&Label], here: &[Lineup<'_>]) -> Vec<Section> {
    let mut sections: Vec<Section> = actions.iter().map(|action| by_feature(view, action, here)).collect();
    let others: Vec<Lineup<'_>> =
        here.iter().filter(|lineup| !actions.contains(&&lineup.item.action)).cloned().collect();
    if !others.is_empty() {
        sections.push(other_items(view, others));
    }
    if let (Some(by_city), Some(item)) = (view.by_city, primary(here)) {
        let lineups = by_city.of_item(item);
        if !lineups.is_empty() {
            sections.push(bars(view, by_city, item, &lineups));
        }
        sections.extend(scatter(view, by_city, item));
        if view.city.is_none() {
            sections.extend(overview::sections(view, by_city, actions, item));
        }
    }
    sections
}

/// The actions that at least two features have.
fn actions<'a>(lineups: &[Lineup<'a>]) -> Vec<&'a Label> {
    let mut actions: Vec<&Label> = Vec::new();
    for lineup in lineups {
        if !actions.contains(&&lineup.item.action) {
            actions.push(&lineup.item.action);
        }
    }
    actions.retain(|action| lineups.iter().filter(|lineup| lineup.item.action == **action).count() >= 2);
    actions
        .sort_by_key(|action| ACTIONS.iter().position(|known| *known == action.key).unwrap_or(ACTIONS.len()));
    actions
}

/// The features of one action.
fn by_feature(view: &View<'_>, action: &Label, here: &[Lineup<'_>]) -> Section {
    let words = &view.words;
    let lineups: Vec<Lineup<'_>> =
        here.iter().filter(|lineup| lineup.item.action == *action).cloned().collect();
    let verb = words.verb(action);
    let name = words.name(action);
    let respondents = respondents(view);
    let object = if stands_alone(action) { ", by feature" } else { " each feature" };
    let comparison = Dumbbells {
        slug: format!("{}-by-feature", slug::of(&action.key)),
        heading: words.pick(format!("{}, by feature", capital(name)), format!("{verb}率：按功能")),
        title: titles::by_feature(words, view.city, action, &Tally::of(&lineups)),
        subtitle: words.pick(
            format!("{respondents} who {verb}{object}, %"),
            format!("{respondents}的各功能{verb}率（%）"),
        ),
        rows: Rows::Feature,
    };
    comparison.section(view, lineups)
}

/// The items whose action no other feature has.
fn other_items(view: &View<'_>, lineups: Vec<Lineup<'_>>) -> Section {
    let words = &view.words;
    let respondents = respondents(view);
    let comparison = Dumbbells {
        slug: "other-items".to_owned(),
        heading: words.pick("Other items", "其他项目").to_owned(),
        title: titles::other_items(words, view.city, &Tally::of(&lineups)),
        subtitle: words.pick(format!("{respondents}, by item, %"), format!("{respondents}的各项比例（%）")),
        rows: Rows::Item,
    };
    comparison.section(view, lineups)
}

fn respondents(view: &View<'_>) -> String {
    let words = &view.words;
    match view.city {
        Some(city) => {
            words.pick(format!("Respondents in {}", words.name(city)), format!("{}受访者", words.name(city)))
        }
        None => words.pick("Respondents", "受访者").to_owned(),
    }
}

/// The words of a section that compares the segments on several items in one place.
struct Dumbbells {
    slug: String,
    heading: String,
    title: String,
    subtitle: String,
    rows: Rows,
}

impl Dumbbells {
    fn section(self, view: &View<'_>, mut lineups: Vec<Lineup<'_>>) -> Section {
        let words = &view.words;
        // Of two the first segment's deficits first, of more the widest; what has no gap last, in the table's order.
        let sign = if words.are_several() { -1.0 } else { 1.0 };
        let difference =
            |lineup: &Lineup<'_>| lineup.gap().map_or(f64::INFINITY, |gap| sign * gap.difference);
        lineups.sort_by(|a, b| difference(a).total_cmp(&difference(b)));
        let sorted = lineups.iter().any(|lineup| lineup.gap().is_some());
        let order = match sorted {
            false => "",
            true if words.are_several() => {
                words.pick(", sorted by the range between groups", "，按各群体间最大差距排序")
            }
            true => words.pick(", sorted by gap", "，按差距排序"),
        };
        let caption = format!("{}{order}", self.subtitle);
        let head = charts::head(
            words,
            &self.title,
            &caption,
            &method::footer_of_strokes(words, view.here, &lineups),
        );
        let drawable = lineups.iter().any(|lineup| lineup.rates().next().is_some());
        Section {
            slug: self.slug,
            heading: self.heading,
            title: self.title,
            chart: drawable.then(|| charts::dumbbell(words, view.here, head, &lineups, self.rows)),
            grid: grid(words, view.here, &lineups, self.rows, caption),
            data: view.here.only(&lineups),
        }
    }
}

fn bars(view: &View<'_>, by_city: &Comparison<'_>, item: &ItemLabel, lineups: &[Lineup<'_>]) -> Section {
    let words = &view.words;
    let cities: Vec<&Label> = lineups.iter().filter_map(|lineup| lineup.place).collect();
    let doing = words.doing(item);
    let title = titles::by_city(words, item, &cities, &Tally::of(lineups));
    let caption =
        words.pick(format!("Respondents who {doing}, by city, %"), format!("各城市受访者的{doing}（%）"));
    let head = charts::head(words, &title, &caption, &method::footer_of_strokes(words, by_city, lineups));
    Section {
        slug: format!("{}-{}-by-city", slug::of(&item.feature.key), slug::of(&item.action.key)),
        heading: words.pick(format!("{}, by city", capital(&doing)), format!("{doing}：按城市")),
        title,
        chart: lineups
            .iter()
            .any(|lineup| lineup.rates().next().is_some())
            .then(|| charts::bars(words, by_city, head, lineups, view.city)),
        grid: grid(words, by_city, lineups, Rows::City, caption),
        data: by_city.only(lineups),
    }
}

/// Sharing against reading of the item's feature, when both were asked.
fn scatter(view: &View<'_>, by_city: &Comparison<'_>, item: &ItemLabel) -> Option<Section> {
    let words = &view.words;
    let of = |action: &str| -> Vec<Lineup<'_>> {
        by_city.lineups.iter().filter(|lineup| lineup.is(&item.feature.key, action)).cloned().collect()
    };
    let share = of("share");
    let cities: Vec<(Lineup<'_>, Lineup<'_>)> = of("read")
        .into_iter()
        .filter_map(|read| {
            let share = share.iter().find(|share| share.place == read.place)?.clone();
            Some((read, share))
        })
        .collect();
    let (read, shared) = cities.first()?;
    let (x, y) = (words.doing(read.item), words.doing(shared.item));
    let feature = words.name(&item.feature);
    let lineups: Vec<Lineup<'_>> =
        cities.iter().flat_map(|(read, share)| [read.clone(), share.clone()]).collect();
    let mut footer = method::footer(words, by_city, &lineups);
    footer.extend(not_drawn(words, &cities));
    let title = titles::sharing_and_reading(words, &item.feature);
    let caption = words.pick(
        format!("Respondents who {y} against respondents who {x}, by city and group, %"),
        format!("各城市{}的{x}与{y}（%）", if words.are_several() { "各群体" } else { "两类受访者" }),
    );
    let head = charts::head(words, &title, &caption, &footer);
    Some(Section {
        slug: format!("{}-share-against-read", slug::of(&item.feature.key)),
        heading: words.pick(format!("{feature}: sharing against reading"), format!("{feature}：分享与阅读")),
        title,
        chart: charts::scatter(words, by_city, head, &cities),
        grid: grid(words, by_city, &lineups, Rows::CityAndAction, caption),
        data: by_city.only(&lineups),
    })
}

/// The bubbles that are missing for want of one of their rates, and why.
fn not_drawn(words: &Words<'_>, cities: &[(Lineup<'_>, Lineup<'_>)]) -> Option<String> {
    let mut missing = Vec::new();
    for (read, share) in cities {
        for side in read.places() {
            let Some(lineup) = [read, share].into_iter().find(|lineup| lineup.rate(side).is_none()) else {
                continue;
            };
            let (city, segment) = (read.place.map_or("", |city| words.name(city)), words.segment(side));
            let why = charts::missing(words, lineup, side);
            missing
                .push(words.pick(format!("{city}, {segment} ({why})"), format!("{city}{segment}（{why}）")));
        }
    }
    let list = missing.join(words.pick("; ", "；"));
    (!missing.is_empty()).then(|| words.pick(format!("Not drawn: {list}."), format!("未绘出：{list}。")))
}

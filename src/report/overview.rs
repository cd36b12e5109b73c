//! What an overview shows of all cities at once: where the gaps are, each city's rates, and one segment by city.

use super::grid::{Rows, grid};
use super::lineup::{Comparison, Lineup};
use super::sections::{Section, View};
use super::titles::{self, Tally};
use super::words::Words;
use super::{charts, method, slug};
use crate::codebook::capital;
use crate::table::{ItemLabel, Label};

/// The sections, given the actions that several features have and the item that is looked at first.
pub(super) fn sections(
    view: &View<'_>,
    by_city: &Comparison<'_>,
    actions: &[&Label],
    primary: &ItemLabel,
) -> Vec<Section> {
    let mut sections = Vec::new();
    // Of one city everything stands in the other charts.
    if by_city.of_item(primary).len() < 2 {
        return sections;
    }
    if let Some(action) = actions.first() {
        let lineups: Vec<Lineup<'_>> =
            by_city.lineups.iter().filter(|lineup| lineup.item.action == **action).cloned().collect();
        sections.extend((1..by_city.segments.len()).map(|other| heatmap(view, by_city, other, action)));
        sections.push(multiples(view, by_city, action, &lineups));
    }
    sections.push(ranked(view, by_city, primary));
    sections
}

/// The gaps between the first segment and another one in one action, by city and feature.
fn heatmap(view: &View<'_>, by_city: &Comparison<'_>, other: usize, action: &Label) -> Section {
    let is_one_of_several = view.words.are_several();
    let by_city = &by_city.against(other);
    let words = &Words { segments: &by_city.segments, ..view.words };
    let lineups: Vec<Lineup<'_>> =
        by_city.lineups.iter().filter(|lineup| lineup.item.action == *action).cloned().collect();
    let lineups = lineups.as_slice();
    let (a, b, verb) = (words.segment(0), words.segment(1), words.verb(action));
    let title = titles::by_city_and_feature(words, action, &Tally::of(lineups));
    let caption = words.pick(
        format!("Gap between {a} and {b} who {verb}, by city and feature, points"),
        format!("{a}与{b}的{verb}率之差：按城市与功能（百分点）"),
    );
    let head = charts::head(words, &title, &caption, &method::footer(words, by_city, lineups));
    let (mut slug, mut whose) = (format!("{}-gaps-by-city", slug::of(&action.key)), String::new());
    if is_one_of_several {
        slug = format!("{slug}-{}", slug::of(&by_city.segments[1].key));
        whose = words.pick(format!(" ({a}, {b})"), format!("（{a}与{b}）"));
    }
    Section {
        slug,
        heading: words.pick(
            format!("{}, gaps by city and feature{whose}", capital(words.name(action))),
            format!("{verb}率之差：按城市与功能{whose}"),
        ),
        title,
        chart: charts::heatmap(words, head, action, lineups),
        grid: grid(words, by_city, lineups, Rows::CityAndFeature, caption),
        data: by_city.only(lineups),
    }
}

/// The rates of one action by feature, a small chart for each city.
fn multiples(view: &View<'_>, by_city: &Comparison<'_>, action: &Label, lineups: &[Lineup<'_>]) -> Section {
    let words = &view.words;
    let verb = words.verb(action);
    let title = words.pick(
        format!("{} by feature, city by city", capital(words.name(action))),
        format!("各城市各功能的{verb}率"),
    );
    let caption = words.pick(
        format!("Respondents who {verb}, by city and feature, %"),
        format!("各城市受访者的各功能{verb}率（%）"),
    );
    let head = charts::head(words, &title, &caption, &method::footer(words, by_city, lineups));
    Section {
        slug: format!("{}-in-each-city", slug::of(&action.key)),
        heading: words
            .pick(format!("{}, in each city", capital(words.name(action))), format!("{verb}率：分城市")),
        title,
        chart: charts::multiples(words, by_city, head, lineups),
        grid: grid(words, by_city, lineups, Rows::CityAndFeature, caption),
        data: by_city.only(lineups),
    }
}

/// One item of the first segment by city, the highest rate first. Neighbours are not tested against each other, so the title
/// claims nothing of their order.
pub(super) fn ranked(view: &View<'_>, by_city: &Comparison<'_>, item: &ItemLabel) -> Section {
    let words = &view.words;
    let (segment, doing) = (words.segment(0), words.doing(item));
    let lineups = descending(by_city.of_item(item));
    let title =
        words.pick(format!("How many {segment} {doing}, by city"), format!("各城市{segment}的{doing}"));
    let caption = words.pick(
        format!(
            "{} who {doing}, %, highest first; neighbours are not tested against each other",
            capital(segment)
        ),
        format!("{segment}的{doing}（%），由高到低；相邻城市之间未作检验"),
    );
    let head = charts::head(words, &title, &caption, &method::footer_of_strokes(words, by_city, &lineups));
    let overall = view.here.lineups.iter().find(|lineup| lineup.item == item);
    Section {
        slug: format!("{}-{}-ranked", slug::of(&item.feature.key), slug::of(&item.action.key)),
        heading: words.pick(format!("{}, cities ranked", capital(segment)), format!("{segment}：城市排序")),
        title,
        chart: charts::ranked(words, by_city, head, (&lineups, Rows::City), overall),
        grid: grid(words, by_city, &lineups, Rows::City, caption),
        data: by_city.only(&lineups),
    }
}

/// By the first segment's rate, the highest first; what has none last, in the table's order.
pub(super) fn descending(mut lineups: Vec<Lineup<'_>>) -> Vec<Lineup<'_>> {
    let rate = |lineup: &Lineup<'_>| lineup.rate(0).map_or(f64::NEG_INFINITY, |rate| rate.value);
    lineups.sort_by(|a, b| rate(b).total_cmp(&rate(a)));
    lineups
}

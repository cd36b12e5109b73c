//! What a report of one segment shows: its rates with their intervals, ranked. Nothing is compared, and no sentence claims a
//! difference.

use super::grid::{Rows, grid};
use super::lineup::{Comparison, Lineup, primary};
use super::overview::{descending, ranked};
use super::sections::{Section, View};
use super::words::{Words, stands_alone};
use super::{charts, method, slug};
use crate::codebook::capital;
use crate::table::figures::{Decimals, level};
use crate::table::{Label, sentence};

/// Features that get a sentence of their own.
const SPELLED_OUT: usize = 6;

/// Its rates here, one chart for each action that several features have and one for the other items; then its primary item
/// in every city, where there are several.
pub(super) fn sections(view: &View<'_>, actions: &[&Label], here: &[Lineup<'_>]) -> Vec<Section> {
    let mut sections: Vec<Section> = actions.iter().map(|action| by_feature(view, action, here)).collect();
    let others: Vec<Lineup<'_>> =
        here.iter().filter(|lineup| !actions.contains(&&lineup.item.action)).cloned().collect();
    if !others.is_empty() {
        sections.push(other_items(view, others));
    }
    if let (Some(by_city), Some(item)) = (view.by_city, primary(here))
        && by_city.of_item(item).len() > 1
    {
        sections.push(ranked(view, by_city, item));
    }
    sections
}

fn by_feature(view: &View<'_>, action: &Label, here: &[Lineup<'_>]) -> Section {
    let words = &view.words;
    let (segment, verb, place) = (words.segment(0), words.verb(action), words.place(view.city));
    let object = if stands_alone(action) { ", by feature" } else { " each feature" };
    let ranks = Ranks {
        slug: format!("{}-by-feature", slug::of(&action.key)),
        heading: words
            .pick(format!("{}, by feature", capital(words.name(action))), format!("{verb}率：按功能")),
        title: words.pick(
            format!("{place}, how many {segment} {verb}{object}"),
            format!("{place}，{segment}的各功能{verb}率"),
        ),
        subtitle: words.pick(
            format!("{} who {verb}{object}, %", capital(segment)),
            format!("{segment}的各功能{verb}率（%）"),
        ),
        rows: Rows::Feature,
    };
    ranks.section(view, here.iter().filter(|lineup| lineup.item.action == *action).cloned().collect())
}

fn other_items(view: &View<'_>, lineups: Vec<Lineup<'_>>) -> Section {
    let words = &view.words;
    let (segment, place) = (words.segment(0), words.place(view.city));
    let ranks = Ranks {
        slug: "other-items".to_owned(),
        heading: words.pick("Other items", "其他项目").to_owned(),
        title: words.pick(
            format!("{place}, how many {segment} say yes, by item"),
            format!("{place}，{segment}的各项比例"),
        ),
        subtitle: words
            .pick(format!("{}, by item, %", capital(segment)), format!("{segment}的各项比例（%）")),
        rows: Rows::Item,
    };
    ranks.section(view, lineups)
}

/// The words of a section that ranks several items in one place.
struct Ranks {
    slug: String,
    heading: String,
    title: String,
    subtitle: String,
    rows: Rows,
}

impl Ranks {
    fn section(self, view: &View<'_>, lineups: Vec<Lineup<'_>>) -> Section {
        let words = &view.words;
        let lineups = descending(lineups);
        let caption = words.pick(
            format!("{}, highest first; neighbours are not tested against each other", self.subtitle),
            format!("{}，由高到低；相邻项目之间未作检验", self.subtitle),
        );
        let head = charts::head(
            words,
            &self.title,
            &caption,
            &method::footer_of_strokes(words, view.here, &lineups),
        );
        Section {
            slug: self.slug,
            heading: self.heading,
            title: self.title,
            chart: charts::ranked(words, view.here, head, (&lineups, self.rows), None),
            grid: grid(words, view.here, &lineups, self.rows, caption),
            data: view.here.only(&lineups),
        }
    }
}

/// That nothing is compared.
pub(super) fn summary(words: &Words<'_>) -> String {
    let segment = words.segment(0);
    words.pick(
        format!(
            "Rates of {segment} with their intervals; the survey holds no other group to compare them with."
        ),
        format!("{segment}的各项比例及其置信区间；本次调查没有可供比较的其他群体。"),
    )
}

/// The rates of one place: by feature what people do with it, with the intervals.
pub(super) fn findings(words: &Words<'_>, comparison: &Comparison<'_>, place: Option<&Label>) -> Vec<String> {
    let lineups = comparison.in_place(place);
    let mut features: Vec<&Label> = Vec::new();
    for lineup in &lineups {
        if !features.contains(&&lineup.item.feature) {
            features.push(&lineup.item.feature);
        }
    }
    let first = primary(&lineups).map(|item| &item.feature);
    features.sort_by_key(|feature| Some(*feature) != first);
    let sentence = |feature: &&Label| {
        let of_it: Vec<Lineup<'_>> =
            lineups.iter().filter(|lineup| lineup.item.feature == **feature).cloned().collect();
        of_feature(words, comparison, feature, &of_it)
    };
    features.iter().filter_map(sentence).take(SPELLED_OUT).collect()
}

fn of_feature(
    words: &Words<'_>,
    comparison: &Comparison<'_>,
    feature: &Label,
    lineups: &[Lineup<'_>],
) -> Option<String> {
    let decimals = Decimals::of(lineups.iter().flat_map(Lineup::rates));
    let said = |lineup: &Lineup<'_>| {
        let rate = lineup.rate(0)?;
        let (action, care) = (words.name(&lineup.item.action), lineup.reasons(words, sentence::mark));
        let interval = decimals.rate_interval(&rate);
        let notes: Vec<String> = std::iter::once(interval).chain(care).collect();
        let rate = decimals.percent(rate.value);
        Some(words.pick(
            format!("{action} {rate} ({})", notes.join("; ")),
            format!("{action} {rate}（{}）", notes.join("；")),
        ))
    };
    let rates: Vec<String> = lineups.iter().filter_map(said).collect();
    let (segment, name) = (words.segment(0), words.name(feature));
    let level = level(comparison.table.settings.level);
    (!rates.is_empty()).then(|| {
        words.pick(
            format!("{name}, {segment} ({level} intervals): {}.", rates.join(", ")),
            format!("{name}，{segment}（{level} 置信区间）：{}。", rates.join("、")),
        )
    })
}

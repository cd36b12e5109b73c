//! Adoption as a chapter: how far people get with each feature, why some do not use one, how contacts are added, and what
//! becomes of advertising. It is made from the items of a survey by their names ([`Questions`]).

use super::ReportError;
use super::chapter::{Basis, Part, Tells};
use super::charts;
use super::funnels::{chart, grid, side};
use super::grid::{Grid, NONE};
use super::place::in_city;
use super::sections::{Plate, View};
use super::story::Files;
use super::words::{Words, inside};
use super::{method, slug};
use crate::chart::{Chart, Ranked, RankedRow, Series};
use crate::codebook::{Entry, Item, Kind, Name, Quantity, capital};
use crate::funnel::{Funnel, Share};
use crate::table::figures::Decimals;
use crate::table::{self, Gap, GapLine, Label, Row, Table};
use crate::writing::{count, count_range};

/// How far people get with a feature, as actions of it.
const STEPS: [&str; 4] = ["aware", "tried", "use", "use_weekly"];
/// Those of [`STEPS`] that only a survey of adoption asks.
const TELLING: [&str; 2] = ["tried", "use_weekly"];
/// The feature whose actions are reasons for not using one.
const REASONS: &str = "why_not";
/// The feature whose actions are ways to add a contact.
const CONTACTS: &str = "contact";
/// The feature whose actions are what becomes of advertising: seen, and of those who saw it the others.
const ADS: &str = "ads";
const EXPOSED: &str = "exposed";
/// In which order that is told.
const ADS_ORDER: [&str; 3] = [EXPOSED, "annoyed", "acted"];

/// What a survey asks about adoption.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Features with the steps that are asked, at least two.
    pub features: Vec<(String, Vec<&'static str>)>,
    /// Reasons, ways to add a contact, and what becomes of advertising.
    pub lists: [Vec<Item>; 3],
}

/// Figures on adoption, by segment.
#[derive(Debug, Clone)]
pub struct Adoption {
    /// What is asked.
    pub questions: Questions,
    /// By segment, the first compared with each other one.
    pub overall: Table,
    /// By city and segment; `None` where the survey has no cities.
    pub by_city: Option<Table>,
}

impl Questions {
    /// Those among the items of a survey; `None` where it asks nothing about adoption.
    #[must_use]
    pub fn among(items: &[Item]) -> Option<Self> {
        let mut features: Vec<(String, Vec<&'static str>)> = Vec::new();
        for item in items.iter().filter(|item| TELLING.contains(&item.action.as_str())) {
            let asked =
                |action: &&str| items.iter().any(|own| own.feature == item.feature && own.action == **action);
            let steps: Vec<&'static str> = STEPS.into_iter().filter(asked).collect();
            if steps.len() > 1 && !features.iter().any(|(feature, _)| *feature == item.feature) {
                features.push((item.feature.clone(), steps));
            }
        }
        let of =
            |feature: &str| items.iter().filter(|item| item.feature == feature).cloned().collect::<Vec<_>>();
        let lists = [REASONS, CONTACTS, ADS].map(of);
        let is_there = !features.is_empty() || lists.iter().any(|list| list.len() > 1);
        is_there.then_some(Self { features, lists })
    }

    /// The figures that the chapter is made of.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let mut quantities: Vec<Quantity> = Vec::new();
        for (feature, steps) in &self.features {
            let item = |step: &str| Item { feature: feature.clone(), action: step.to_owned() };
            quantities.extend(steps.iter().map(|step| Quantity::from(item(step))));
            let among =
                |[before, step]: &[&str; 2]| Quantity { item: item(step), kind: Kind::Per(item(before)) };
            quantities.extend(steps.array_windows().map(among));
        }
        quantities.extend(self.lists.iter().flatten().map(asked));
        quantities.into_iter().map(Entry::Quantity).collect()
    }
}

/// The figure of an item of a list: what becomes of advertising is of those who saw it.
fn asked(item: &Item) -> Quantity {
    let is_of_exposed = item.feature == ADS && item.action != EXPOSED;
    let exposed = Item { feature: ADS.to_owned(), action: EXPOSED.to_owned() };
    let kind = if is_of_exposed { Kind::Per(exposed) } else { Kind::Plain };
    Quantity { item: item.clone(), kind }
}

impl Tells for Adoption {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let Some(table) = self.here(view) else { return Ok(Vec::new()) };
        let words = &view.words;
        let mut plates = Vec::new();
        for (feature, steps) in &self.questions.features {
            plates.extend(ladder(words, view.city, &table, feature, steps)?);
        }
        for (list, of) in self.questions.lists.iter().zip(LISTS) {
            plates.extend(ranked(words, view.city, &table, list, &of)?);
        }
        let name = Name::new("What is used, and why not", "用什么，为何不用");
        let finding = strongest(words, &table, &self.questions);
        let part = Part { key: "adoption", name, plates, finding };
        Ok(if part.plates.is_empty() { Vec::new() } else { vec![part] })
    }

    fn notes(&self, _view: &View<'_>) -> Vec<Name> {
        self.overall.notes.clone()
    }

    fn bases(&self, _view: &View<'_>) -> Vec<Basis<'_>> {
        self.overall.sources.iter().map(Basis::Dataset).collect()
    }

    fn files(&self, view: &View<'_>) -> Result<Files, ReportError> {
        const CSV: &str = "adoption.csv";
        let Some(table) = self.here(view) else { return Ok(Files::new()) };
        let text =
            table::csv(&[table]).map_err(|source| ReportError::Data { file: CSV, source: source.into() })?;
        Ok([(CSV.to_owned(), text.into_bytes())].into())
    }
}

impl Adoption {
    /// The table of the report's subject.
    fn here(&self, view: &View<'_>) -> Option<Table> {
        match view.city {
            None => Some(self.overall.clone()),
            Some(city) => in_city(self.by_city.as_ref()?, city),
        }
    }
}

/// The words of a list.
struct List {
    slug: &'static str,
    heading: Pair,
    title: Pair,
    caption: Pair,
}

/// English and Chinese.
type Pair = (&'static str, &'static str);

const LISTS: [List; 3] = [
    List {
        slug: "reasons",
        heading: ("Reasons for not using", "不用的原因"),
        title: ("Why some do not use it", "一些人为何不用"),
        caption: (
            "Reasons that respondents give, of those who were asked, %",
            "被问到的受访者所举的原因（%）",
        ),
    },
    List {
        slug: "contacts",
        heading: ("Ways to add a contact", "添加联系人的方式"),
        title: ("How contacts are added", "联系人是怎么加的"),
        caption: ("Respondents who add contacts this way, %", "以此方式添加联系人的受访者（%）"),
    },
    List {
        slug: "advertising",
        heading: ("Advertising in Moments", "朋友圈广告"),
        title: ("Advertising in Moments: seen, found annoying, acted on", "朋友圈广告：看到、厌烦、有所行动"),
        caption: (
            "Respondents who have seen it, and of these those who were annoyed and those who acted on it, %",
            "看到过广告的受访者，以及其中感到厌烦、有所行动者（%）",
        ),
    },
];

/// One feature, from those who know it to those who use it every week.
fn ladder(
    words: &Words<'_>,
    city: Option<&Label>,
    table: &Table,
    feature: &str,
    steps: &[&'static str],
) -> Result<Option<Plate>, ReportError> {
    let funnel = Funnel::of_feature(table, feature, steps);
    let is_of = |row: &&Row| row.measure.item.feature.key == feature;
    let Some(first) = table.rows.iter().find(is_of) else { return Ok(None) };
    let name = words.name(&first.measure.item.feature).to_owned();
    let title =
        placed(words, city, &finding(words, &funnel, last_gap(table, &funnel, feature, steps), &name));
    let caption = words.pick(
        "Respondents who get this far, %; between the steps the share that goes on",
        "达到各步的受访者（%）；各步之间为进入下一步的比例",
    );
    let base = words.pick(
        "Base: respondents who answered; between the steps, those who got to the step before.",
        "基数：作答的受访者；各步之间以到达上一步者为基数。",
    );
    let footer = method::chapter_footer(words, table, base);
    Ok(Some(Plate {
        slug: format!("adoption-{}", slug::of(feature)),
        heading: words.pick(format!("{name}: how far people get"), format!("{name}：走到哪一步")),
        chart: chart(words, &funnel, charts::head(words, &title, caption, &footer)),
        title,
        grid: grid(words, &funnel, caption.to_owned()),
        csv: data(table, is_of)?,
    }))
}

/// The gap at the last step, between the first two groups.
fn last_gap(table: &Table, funnel: &Funnel, feature: &str, steps: &[&'static str]) -> Option<Gap> {
    let [first, second, ..] = funnel.groups.as_slice() else { return None };
    let is_last = |line: &&GapLine| {
        let item = &line.measure.item;
        item.feature.key == feature
            && Some(&item.action.key.as_str()) == steps.last()
            && line.measure.per.is_none()
            && [Some(&line.of.0), Some(&line.of.1)] == [first.by.last(), second.by.last()]
    };
    table.gaps.iter().find(is_last)?.gap
}

/// The widest clear gap at the last step of a feature.
fn strongest(words: &Words<'_>, table: &Table, questions: &Questions) -> Option<String> {
    let told = |(feature, steps): &(String, Vec<&'static str>)| {
        let funnel = Funnel::of_feature(table, feature, steps);
        let gap = last_gap(table, &funnel, feature, steps).filter(|gap| gap.clear)?;
        let name = words.names.feature(feature);
        Some((gap.difference.abs(), finding(words, &funnel, Some(gap), name.get(words.lang))))
    };
    let (_, told) = questions.features.iter().filter_map(told).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("{told}{}", words.pick(".", "。")))
}

/// Who gets to the last step more often, where the corrected test says so.
fn finding(words: &Words<'_>, funnel: &Funnel, gap: Option<Gap>, name: &str) -> String {
    let neutral = || words.pick(format!("{name}: how far people get"), format!("{name}：人们走到哪一步"));
    let [first, second, ..] = funnel.groups.as_slice() else { return neutral() };
    let last =
        |group: &crate::funnel::Group| Some((group.steps.last()?.of_all?.figure?, group.by.last()?.clone()));
    let (Some(gap), Some((p, a)), Some((q, b)), Some(step)) =
        (gap, last(first), last(second), first.steps.last())
    else {
        return neutral();
    };
    let decimals = Decimals::of([p, q]);
    let step = words.name(&step.stage).to_lowercase();
    let [(high, p), (low, q)] = if p.value >= q.value { [(&a, p), (&b, q)] } else { [(&b, q), (&a, p)] };
    let (p, q) = (decimals.percent(p.value), decimals.percent(q.value));
    let (high, low) = (words.name(high), words.name(low));
    if gap.clear {
        words.pick(
            format!("{name}: more {high} than {} {step}, {p} against {q}", inside(low)),
            format!("{name}：{high}中{step}者多于{low}，{p} 对 {q}"),
        )
    } else {
        words.pick(
            format!("{name}: no clear difference in how many {step}"),
            format!("{name}：{step}的比例无显著差异"),
        )
    }
}

fn placed(words: &Words<'_>, city: Option<&Label>, title: &str) -> String {
    let Some(city) = city else { return title.to_owned() };
    let place = words.place(Some(city));
    words.pick(format!("{place}: {title}"), format!("{place}，{title}"))
}

/// A list of rates by segment, those of the first from the highest to the lowest.
fn ranked(
    words: &Words<'_>,
    city: Option<&Label>,
    table: &Table,
    items: &[Item],
    of: &List,
) -> Result<Option<Plate>, ReportError> {
    let segments = segments(table);
    let is_of = |row: &&Row| {
        items.iter().any(|item| {
            let own = &row.measure.item;
            own.feature.key == item.feature && own.action.key == item.action
        })
    };
    let mut rows: Vec<Vec<&Row>> = Vec::new();
    for item in items {
        let per = match asked(item).kind {
            Kind::Per(other) => Some(other.to_string()),
            _ => None,
        };
        let is_it = |row: &&Row| {
            let own = &row.measure;
            own.item.feature.key == item.feature
                && own.item.action.key == item.action
                && own.per.as_ref().map(|per| &per.key) == per.as_ref()
        };
        let own: Vec<&Row> = table.rows.iter().filter(is_it).collect();
        if own.len() == segments.len() {
            rows.push(own);
        }
    }
    if rows.len() < 2 {
        return Ok(None);
    }
    if items.first().is_some_and(|item| item.feature != ADS) {
        let rate = |row: &[&Row]| row[0].figure.map_or(-1.0, |figure| figure.value);
        rows.sort_by(|a, b| rate(b).total_cmp(&rate(a)));
    } else {
        let place = |row: &[&Row]| {
            let action = row[0].measure.item.action.key.as_str();
            ADS_ORDER.iter().position(|known| *known == action).unwrap_or(ADS_ORDER.len())
        };
        rows.sort_by_key(|row| place(row));
    }
    let title = placed(words, city, words.pick(of.title.0, of.title.1));
    let caption = words.pick(of.caption.0, of.caption.1);
    let base =
        words.pick("Base: respondents who answered, in each group (n).", "基数（n）：各群体中作答的受访者。");
    let footer = method::chapter_footer(words, table, base);
    let drawn = |row: &Vec<&Row>| RankedRow {
        label: words.fonts.legible(&name(words, row[0])),
        second_label: None,
        base: count_range(row.iter().map(|row| row.base.n), words.lang),
        sides: row
            .iter()
            .map(|row| side(words, Some(Share { figure: row.figure, mark: row.mark })))
            .collect(),
        published: Vec::new(),
    };
    let series =
        segments.iter().map(|segment| Some(Series { name: words.fonts.legible(words.name(segment)) }));
    let is_drawn = rows.iter().flatten().any(|row| row.figure.is_some());
    let chart = Ranked {
        head: charts::head(words, &title, caption, &footer),
        series: series.collect(),
        level: table.settings.level,
        rows: rows.iter().map(drawn).collect(),
        reference: None,
        highlighted: None,
    };
    Ok(Some(Plate {
        slug: format!("adoption-{}", of.slug),
        heading: words.pick(of.heading.0, of.heading.1).to_owned(),
        chart: is_drawn.then_some(Chart::Ranked(chart)),
        title,
        grid: rates(words, &segments, &rows, caption),
        csv: data(table, is_of)?,
    }))
}

/// The levels that figures are told apart by, in order; one that has no name for everybody.
fn segments(table: &Table) -> Vec<Label> {
    let mut segments: Vec<Label> = Vec::new();
    for row in &table.rows {
        if let Some(segment) = row.by.last().filter(|segment| !segments.contains(segment)) {
            segments.push(segment.clone());
        }
    }
    segments
}

/// What a row of a list is about: a reason, a feature by which contacts are added, what becomes of advertising.
fn name(words: &Words<'_>, row: &Row) -> String {
    let item = &row.measure.item;
    let name = match item.feature.key.as_str() {
        CONTACTS => words.names.feature(&item.action.key),
        _ => item.action.name.clone(),
    };
    match &row.measure.per {
        None => capital(name.get(words.lang)),
        Some(_) => words.pick(
            format!("{}, of those who have seen it", capital(&name.en)),
            format!("{}（在看到者中）", name.zh),
        ),
    }
}

fn rates(words: &Words<'_>, segments: &[Label], rows: &[Vec<&Row>], caption: &str) -> Grid {
    let mut head = vec![words.pick("Answer", "回答").to_owned()];
    for segment in segments {
        let name = words.name(segment);
        head.push(format!("{name}, n"));
        head.push(words.pick(format!("{name}, rate"), format!("{name}比例")));
    }
    head.push(words.pick("Note", "备注").to_owned());
    let decimals = Decimals::of(rows.iter().flatten().filter_map(|row| row.figure));
    let line = |row: &Vec<&Row>| {
        let mut cells = vec![name(words, row[0])];
        let mut notes: Vec<String> = Vec::new();
        for row in row {
            cells.push(count(row.base.n, words.lang));
            cells.push(row.figure.map_or_else(|| NONE.to_owned(), |figure| decimals.percent(figure.value)));
            notes.extend(row.mark.map(|mark| table::sentence::mark(&mark).get(words.lang).to_owned()));
        }
        notes.dedup();
        cells.push(notes.join(words.pick("; ", "；")));
        cells
    };
    Grid { caption: caption.to_owned(), head, rows: rows.iter().map(line).collect() }
}

/// The figures behind a chart.
fn data(table: &Table, is_of: impl Fn(&&Row) -> bool) -> Result<String, ReportError> {
    let rows: Vec<Row> = table.rows.iter().filter(is_of).cloned().collect();
    let is_told = |line: &&GapLine| rows.iter().any(|row| row.measure == line.measure);
    let gaps = table.gaps.iter().filter(is_told).cloned().collect();
    let own = Table { rows, gaps, tests: Vec::new(), ..table.clone() };
    table::csv(&[own]).map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(names: &[&str]) -> Vec<Item> {
        names.iter().filter_map(|name| name.parse().ok()).collect()
    }

    #[test]
    fn a_survey_of_adoption_is_known_by_its_items() {
        assert_eq!(Questions::among(&items(&["wallet.aware", "wallet.use", "moments.share"])), None);
        assert_eq!(Questions::among(&items(&["wallet.tried"])), None);
        let asked =
            items(&["wallet.use", "wallet.tried", "why_not.privacy", "why_not.no_need", "ads.exposed"]);
        let questions = Questions::among(&asked).unwrap_or_default();
        assert_eq!(questions.features, [("wallet".to_owned(), vec!["tried", "use"])]);
        assert_eq!(questions.lists.each_ref().map(Vec::len), [2, 0, 1]);
    }

    #[test]
    fn what_becomes_of_advertising_is_of_those_who_saw_it() {
        let ads = items(&["ads.exposed", "ads.annoyed"]);
        assert_eq!(asked(&ads[0]).kind, Kind::Plain);
        assert_eq!(asked(&ads[1]).kind, Kind::Per(ads[0].clone()));
    }
}

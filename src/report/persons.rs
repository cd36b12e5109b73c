//! Persons as a chapter: what the rates come to in populations of known size.
//!
//! An overview tells every population, of the item that is looked at first and of reading its feature; a city's report tells
//! its own populations, of every feature with that action.

use super::chapter::{Basis, Part, Tells};
use super::grid::{Grid, NONE};
use super::lineup::primary;
use super::sections::{Plate, View};
use super::story::Files;
use super::words::Words;
use super::{ReportError, charts, method, slug};
use crate::chart::{Chart, Expanded, Persons, PersonsRow, Series};
use crate::claims::{self, Expansion, Headcounts, Populace};
use crate::codebook::{Name, capital};
use crate::table::{ItemLabel, Label};
use crate::weighting::Levels;
use crate::writing::{count, count_range, counted};

const SEGMENT: &str = "segment";
const CITY: &str = "city";

impl Tells for Headcounts {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let here = view.here.in_place(view.city);
        let Some(first) = primary(&here) else { return Ok(Vec::new()) };
        let labels = || here.iter().map(|lineup| lineup.item);
        let plates = match view.city {
            None => {
                let read = labels().find(|item| item.feature == first.feature && item.action.key == "read");
                let items = std::iter::once(first).chain(read.filter(|read| *read != first));
                let plates = items.map(|item| self.of_item(view, item)).collect::<Result<Vec<_>, _>>()?;
                plates.into_iter().flatten().collect()
            }
            Some(city) => {
                let items: Vec<&ItemLabel> = labels().filter(|item| item.action == first.action).collect();
                self.of_city(view, city, &items)?
            }
        };
        let name = Name::new("In persons", "折合人数");
        let finding = self.finding(view, first);
        let part = Part { key: "persons", name, plates, finding };
        Ok(if part.plates.is_empty() { Vec::new() } else { vec![part] })
    }

    fn bases(&self, _view: &View<'_>) -> Vec<Basis<'_>> {
        vec![Basis::File { name: Name::new("Populations", "人口数"), origin: &self.origin }]
    }

    fn files(&self, view: &View<'_>) -> Result<Files, ReportError> {
        const FILE: &str = "persons.csv";
        let is_told = |one: &&Expansion| view.city.is_none_or(|city| is_of(&one.populace, city));
        let all = self.items.iter().flat_map(|(_, all)| all).filter(is_told);
        let csv = claims::persons_csv(all)
            .map_err(|source| ReportError::Data { file: FILE, source: source.into() })?;
        Ok([(FILE.to_owned(), csv.into_bytes())].into())
    }
}

/// Whether persons are counted everywhere.
fn is_whole(populace: &Populace) -> bool {
    populace.without.is_empty() && populace.within.iter().all(|(name, _)| name == SEGMENT)
}

/// Whether persons are counted in a city.
fn is_of(populace: &Populace, city: &Label) -> bool {
    populace.within.iter().any(|(dimension, level)| dimension == CITY && *level == city.key)
}

/// What one chart tells: rows of one segment, or of none.
struct Told<'a> {
    slug: String,
    heading: String,
    title: String,
    caption: String,
    segment: Option<String>,
    rows: Vec<(Name, &'a Expansion)>,
}

impl Headcounts {
    fn of(&self, item: &ItemLabel) -> &[Expansion] {
        let is_it = |(known, _): &&(crate::codebook::Item, Vec<Expansion>)| {
            known.feature == item.feature.key && known.action == item.action.key
        };
        self.items.iter().find(is_it).map_or(&[], |(_, all)| all.as_slice())
    }

    /// What one item comes to in the whole of the first segment.
    fn finding(&self, view: &View<'_>, item: &ItemLabel) -> Option<String> {
        let words = &view.words;
        let segment = segments(self.of(item)).into_iter().next()?;
        let is_it =
            |one: &&Expansion| segment_of(&one.populace) == segment.as_deref() && is_whole(&one.populace);
        let whole = self.of(item).iter().find(is_it)?;
        let told = sentence(words, whole, &people(words, segment.as_deref()), &doing(words, item))?;
        Some(format!("{told}{}", words.pick(".", "。")))
    }

    /// One item in every population, a chart for each segment.
    fn of_item(&self, view: &View<'_>, item: &ItemLabel) -> Result<Vec<Plate>, ReportError> {
        let words = &view.words;
        let mut plates = Vec::new();
        for segment in segments(self.of(item)) {
            let own = self.of(item).iter().filter(|one| segment_of(&one.populace) == segment.as_deref());
            let rows: Vec<(Name, &Expansion)> = own.map(|one| (place(&one.populace, words), one)).collect();
            let whole = rows.iter().map(|(_, one)| *one).find(|one| is_whole(&one.populace));
            let people = people(words, segment.as_deref());
            let doing = doing(words, item);
            let neutral = words
                .pick(format!("How many {people} {doing}, in persons"), format!("{doing}的{people}有多少人"));
            let told = Told {
                slug: slugged(view, &format!("{}-{}", item.feature.key, item.action.key), segment.as_deref()),
                heading: words
                    .pick(format!("{} who {doing}", capital(&people)), format!("{doing}的{people}")),
                title: whole.and_then(|one| sentence(words, one, &people, &doing)).unwrap_or(neutral),
                caption: words.pick(
                    format!("{} who {doing}, in persons, by place", capital(&people)),
                    format!("{doing}的{people}，按地区折合人数"),
                ),
                segment,
                rows,
            };
            plates.push(self.plate(view, told)?);
        }
        Ok(plates)
    }

    /// The items of one action in every population of a city.
    fn of_city(
        &self,
        view: &View<'_>,
        city: &Label,
        items: &[&ItemLabel],
    ) -> Result<Vec<Plate>, ReportError> {
        let words = &view.words;
        let Some((_, any)) = self.items.first() else { return Ok(Vec::new()) };
        let places = (0..any.len())
            .filter(|&at| any[at].populace.without.is_empty() && is_of(&any[at].populace, city));
        let mut plates = Vec::new();
        for at in places {
            let rows: Vec<(Name, &Expansion)> = items
                .iter()
                .filter_map(|item| Some((item.feature.name.clone(), self.of(item).get(at)?)))
                .collect();
            let Some((item, (_, first))) = items.first().zip(rows.first()) else { continue };
            let segment = segment_of(&first.populace).map(str::to_owned);
            let (people, verb) = (people(words, segment.as_deref()), words.verb(&item.action));
            let name = words.name(city);
            let primary = primary_of(items);
            let shown = items.iter().zip(&rows).find(|(item, _)| Some(**item) == primary);
            let title =
                shown.and_then(|(item, (_, one))| sentence_of_city(words, one, (name, &people), item));
            let caption = words.pick(
                format!("{} in {name} who {verb}, in persons, by feature", capital(&people)),
                format!("{name}{verb}各功能的{people}，折合人数"),
            );
            let told = Told {
                slug: slugged(view, &item.action.key, segment.as_deref()),
                heading: words.pick(
                    format!("{} in {name}, in persons", capital(&people)),
                    format!("{name}{people}，折合人数"),
                ),
                title: title.unwrap_or_else(|| caption.clone()),
                caption,
                segment,
                rows,
            };
            plates.push(self.plate(view, told)?);
        }
        Ok(plates)
    }

    fn plate(&self, view: &View<'_>, told: Told<'_>) -> Result<Plate, ReportError> {
        let words = &view.words;
        let csv = claims::persons_csv(told.rows.iter().map(|(_, one)| *one))
            .map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })?;
        let color = told.segment.as_ref().and_then(|key| {
            let side = words.segments.iter().position(|segment| segment.key == *key)?;
            Some((words.color(side), words.name(words.segments[side])))
        });
        let series = color.map_or_else(Vec::new, |(place, name)| {
            let mut series = vec![None; place];
            series.push(Some(Series { name: words.fonts.legible(name) }));
            series
        });
        let head = charts::head(words, &told.title, &told.caption, &self.footer(view, &told));
        let is_shown = told.rows.iter().any(|(_, one)| one.rate.is_ok());
        let rows = told.rows.iter().map(|(name, one)| row(words, name, one)).collect();
        let chart = Chart::Persons(Persons { head, series, level: self.level, rows });
        Ok(Plate {
            slug: told.slug,
            heading: told.heading,
            grid: grid(words, &told.rows, told.caption),
            title: told.title,
            chart: is_shown.then_some(chart),
            csv,
        })
    }

    fn footer(&self, view: &View<'_>, told: &Told<'_>) -> Vec<String> {
        let (words, table) = (&view.words, view.here.table);
        let mut lines: Vec<String> = method::synthetic(words, table).into_iter().collect();
        lines.extend(method::filtered(words, table));
        lines.push(words.pick(
            format!("Persons: rate × population, rounded. {} interval of the rate; the population is taken as known.", method::level_and_interval(table)),
            format!("人数 = 比例 × 人口数，已取整。区间为比例的 {} 置信区间；人口数视为已知。", method::level_and_interval(table)),
        ));
        if told.rows.iter().any(|(_, one)| !one.populace.without.is_empty()) {
            lines.push(claims::rest().get(words.lang).to_owned());
        }
        let mut sources: Vec<&str> = Vec::new();
        for (_, one) in &told.rows {
            let source = one.populace.source.as_str();
            if !source.is_empty() && !sources.contains(&source) {
                sources.push(source);
            }
        }
        // One that only adds words to another says both.
        let whole = sources.clone();
        sources.retain(|source| !whole.iter().any(|other| other != source && other.starts_with(source)));
        let between = words.pick("; ", "；");
        let file = &self.origin.file;
        let stated = words.pick(
            if sources.is_empty() { String::new() } else { format!(": {}", sources.join(between)) },
            if sources.is_empty() { String::new() } else { format!("：{}", sources.join(between)) },
        );
        let survey = method::sources(words, table).join(between);
        let weighting = method::weighting(words, table);
        lines.push(words.pick(
            format!("Rates: {survey}. {weighting} Populations: {file}{stated}."),
            format!("比例：{survey}。{weighting}人口数：{file}{stated}。"),
        ));
        lines
    }
}

/// The segments of some populations, in their order.
fn segments(expansions: &[Expansion]) -> Vec<Option<String>> {
    let mut segments: Vec<Option<String>> = Vec::new();
    for one in expansions {
        let segment = segment_of(&one.populace).map(str::to_owned);
        if !segments.contains(&segment) {
            segments.push(segment);
        }
    }
    segments
}

fn segment_of(populace: &Populace) -> Option<&str> {
    populace.within.iter().find(|(dimension, _)| dimension == SEGMENT).map(|(_, level)| level.as_str())
}

/// Where a population is, without its segment: `Guangzhou`, `Other cities`, `All together`.
fn place(populace: &Populace, words: &Words<'_>) -> Name {
    let within: Levels = populace.within.iter().filter(|(name, _)| name != SEGMENT).cloned().collect();
    if within.is_empty() && populace.without.is_empty() {
        return Name::new("All together", "合计");
    }
    let name = Populace { within, ..populace.clone() }.name(words.names);
    Name::new(capital(&name.en), name.zh)
}

/// The item that titles speak of: of Moments, else the first.
fn primary_of<'a>(items: &[&'a ItemLabel]) -> Option<&'a ItemLabel> {
    items.iter().find(|item| item.feature.key == "moments").or(items.first()).copied()
}

/// A segment inside a sentence; else `people`.
fn people(words: &Words<'_>, segment: Option<&str>) -> String {
    let side = segment.and_then(|key| words.segments.iter().position(|segment| segment.key == key));
    match (side, segment) {
        (Some(side), _) => words.segment(side).to_owned(),
        (None, Some(key)) => words.names.level(SEGMENT, key).get(words.lang).to_owned(),
        (None, None) => words.pick("people", "人口").to_owned(),
    }
}

/// What people do, as a verb with its object in both languages: `share Moments`, 分享朋友圈.
fn doing(words: &Words<'_>, item: &ItemLabel) -> String {
    match words.lang {
        crate::codebook::Lang::En => words.doing(item),
        crate::codebook::Lang::Zh => format!("{}{}", words.verb(&item.action), words.name(&item.feature)),
    }
}

/// `About 34,000 of 800,000 expats share Moments`; `None` where there is no figure.
fn sentence(words: &Words<'_>, one: &Expansion, people: &str, doing: &str) -> Option<String> {
    let (persons, _) = one.rounded()?;
    let (persons, all) = (count(persons, words.lang), known(words, &one.populace));
    Some(words.pick(
        format!("About {persons} of {all} {people} {doing}"),
        format!("{}{people}中约 {}{doing}", counted(&all, "名"), counted(&persons, "人")),
    ))
}

/// `About 19,000 of Guangzhou’s 235,000 expats share Moments`.
fn sentence_of_city(
    words: &Words<'_>,
    one: &Expansion,
    (city, people): (&str, &str),
    item: &ItemLabel,
) -> Option<String> {
    let (persons, _) = one.rounded()?;
    let (persons, all, doing) = (count(persons, words.lang), known(words, &one.populace), doing(words, item));
    Some(words.pick(
        format!("About {persons} of {city}’s {all} {people} {doing}"),
        format!("{city} {}{people}中约 {}{doing}", counted(&all, "名"), counted(&persons, "人")),
    ))
}

fn known(words: &Words<'_>, populace: &Populace) -> String {
    count(libm::round(populace.persons) as u64, words.lang)
}

/// Name of a chart's files, with the segment where the populations are of several or of another than the first.
fn slugged(view: &View<'_>, of: &str, segment: Option<&str>) -> String {
    let first = view.words.segments.first().map(|segment| segment.key.as_str());
    match segment.filter(|segment| Some(*segment) != first) {
        Some(segment) => format!("persons-{}-{}", slug::of(of), slug::of(segment)),
        None => format!("persons-{}", slug::of(of)),
    }
}

fn row(words: &Words<'_>, name: &Name, one: &Expansion) -> PersonsRow {
    let (label, second_label) = charts::names(words, &Label { key: String::new(), name: name.clone() });
    let all = known(words, &one.populace);
    let n = one.rate.as_ref().map(|rate| count(rate.n, words.lang));
    let of = words.pick(format!("of {all}"), format!("共 {}", counted(&all, "人")));
    let detail =
        n.map_or_else(|_| of.clone(), |n| words.pick(format!("{of}; n = {n}"), format!("{of}，n = {n}")));
    let persons = match (&one.rate, one.rounded()) {
        (Ok(rate), Some((persons, limits))) => {
            let of = |share: f64| share * one.populace.persons;
            Ok(Expanded {
                persons: of(rate.value),
                interval: (of(rate.interval.0.clamp(0.0, rate.value)), of(rate.interval.1.max(rate.value))),
                words: (count(persons, words.lang), count_range(limits, words.lang)),
            })
        }
        _ => Err(one.why().map_or_else(String::new, |why| words.fonts.legible(why.get(words.lang)))),
    };
    PersonsRow { label, second_label, detail, persons }
}

fn grid(words: &Words<'_>, rows: &[(Name, &Expansion)], caption: String) -> Grid {
    let head = words
        .pick(
            ["Place or feature", "Persons", "n", "Rate", "About", "Interval", "Note"],
            ["地区或功能", "人口数", "n", "比例", "约合人数", "置信区间", "备注"],
        )
        .map(str::to_owned)
        .to_vec();
    let row = |(name, one): &(Name, &Expansion)| {
        let rate = one.rate.as_ref().ok();
        let rounded = one.rounded();
        let or_none = |text: Option<String>| text.unwrap_or_else(|| NONE.to_owned());
        vec![
            name.get(words.lang).to_owned(),
            known(words, &one.populace),
            or_none(rate.map(|rate| count(rate.n, words.lang))),
            or_none(rate.map(|rate| format!("{:.1}%", rate.value * 100.0))),
            or_none(rounded.map(|(persons, _)| count(persons, words.lang))),
            or_none(rounded.map(|(_, limits)| count_range(limits, words.lang))),
            one.why().map_or_else(String::new, |why| why.get(words.lang).to_owned()),
        ]
    };
    Grid { caption, head, rows: rows.iter().map(row).collect() }
}

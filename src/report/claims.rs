//! The claims that a report tells: what is claimed, the verdict, and the figures beside what was published of them.

use super::chapter::{Part, Tells};
use super::grid::Grid;
use super::sections::{Section, View};
use super::words::Words;
use super::{ReportError, charts};
use crate::chart::{Bound, Chart, Mark as ChartMark, Published, Ranked, RankedRow, Side};
use crate::claims::{Judgement, Outcome, Place, Shown, Statement, Verdict, words as said};
use crate::codebook::Name;
use crate::measure::Unit;
use crate::table::{Base, Figure, Label, Row, Table};
use crate::writing::count;

impl Tells for Judgement {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let Some(section) = section(view, self) else { return Ok(Vec::new()) };
        let name = Name::new("Claims held against the data", "以数据检验论断");
        let finding = Some(finding(&view.words, &self.verdicts));
        Ok(vec![Part { key: "claims", name, plates: vec![section.plate()?], finding }])
    }

    fn notes(&self, _view: &View<'_>) -> Vec<Name> {
        said::notes(self)
    }
}

/// How many claims hold, and how many do not.
fn finding(words: &Words<'_>, verdicts: &[Verdict]) -> String {
    let of = |kind: &Outcome| verdicts.iter().filter(|verdict| verdict.outcome == *kind).count();
    let (all, supported, contradicted) =
        (verdicts.len(), of(&Outcome::Supported), of(&Outcome::Contradicted));
    let (en, zh) = match contradicted {
        0 => (String::new(), String::new()),
        some => (format!(" and contradicts {some}"), format!("，与 {some} 条相悖")),
    };
    let noun = if all == 1 { "claim" } else { "claims" };
    words.pick(
        format!("Of {all} {noun} that were published, the data supports {supported}{en}."),
        format!("{all} 条公开论断中，数据支持 {supported} 条{zh}。"),
    )
}

/// The section of the claims about the report's city, or of all of them; `None` where there is none.
fn section(view: &View<'_>, judgement: &Judgement) -> Option<Section> {
    let words = &view.words;
    let verdicts: Vec<&Verdict> = judgement
        .verdicts
        .iter()
        .filter(|verdict| view.city.is_none_or(|city| is_about(verdict, city)))
        .collect();
    if verdicts.is_empty() {
        return None;
    }
    let figures = figures(&verdicts);
    let title = said::summary(&verdicts).get(words.lang).to_owned();
    let caption = words.pick("Claims, verdicts, and what they rest on", "论断、判定及其依据").to_owned();
    Some(Section {
        slug: "claims".to_owned(),
        heading: words.pick("Published claims", "已发表的论断").to_owned(),
        chart: chart(words, judgement, &figures, title.trim_end_matches(['.', '。'])),
        title,
        grid: grid(words, judgement, &verdicts, caption),
        data: table(view.here.table, &figures),
    })
}

/// Whether a claim names a city.
fn is_about(verdict: &Verdict, city: &Label) -> bool {
    let is_city = |(dimension, level): &(String, String)| dimension == "city" && *level == city.key;
    verdict.claim.asserts.iter().any(|assertion| {
        let ranks = match &assertion.statement {
            Statement::Rank { places, .. } => places
                .iter()
                .any(|place| matches!(place, Place::Levels(levels) if levels.contains(&city.key))),
            _ => false,
        };
        ranks || assertion.statement.figures().iter().any(|figure| figure.within.iter().any(is_city))
    })
}

/// A figure of a claim, and what was published of it.
struct Claimed<'a> {
    verdict: &'a Verdict,
    shown: &'a Shown,
    published: Option<Published>,
}

/// The shares that the claims rest on, each once by claim.
fn figures<'a>(verdicts: &[&'a Verdict]) -> Vec<Claimed<'a>> {
    let mut figures: Vec<Claimed<'a>> = Vec::new();
    for &verdict in verdicts {
        for test in verdict.tests.iter().filter(|test| test.unit == Unit::Share) {
            let published = stroke(&verdict.claim.asserts[test.assertion].statement);
            for shown in &test.figures {
                let is_same = |known: &&mut Claimed<'_>| {
                    known.verdict.claim.id == verdict.claim.id && known.shown.label == shown.label
                };
                match figures.iter_mut().find(is_same) {
                    Some(known) => known.published = known.published.or(published),
                    None => figures.push(Claimed { verdict, shown, published }),
                }
            }
        }
    }
    figures
}

/// The number that a statement holds a figure against.
fn stroke(statement: &Statement) -> Option<Published> {
    match *statement {
        Statement::About { value, .. } => Some(Published { rate: value, bound: Bound::At }),
        Statement::Against { side: crate::claims::Side::Above, value, .. } => {
            Some(Published { rate: value, bound: Bound::Over })
        }
        Statement::Against { value, .. } => Some(Published { rate: value, bound: Bound::Below }),
        _ => None,
    }
}

fn chart(words: &Words<'_>, judgement: &Judgement, figures: &[Claimed<'_>], title: &str) -> Option<Chart> {
    let row = |Claimed { verdict, shown, published }: &Claimed<'_>| {
        let outcome = said::outcome(&verdict.outcome);
        RankedRow {
            label: words.fonts.legible(shown.label.get(words.lang)),
            second_label: Some(words.fonts.legible(&format!(
                "{} · {}",
                verdict.claim.id,
                outcome.get(words.lang)
            ))),
            base: count(shown.n, words.lang),
            sides: vec![Side::Shown(ChartMark {
                rate: shown.value,
                low: shown.interval.0.clamp(0.0, shown.value),
                high: shown.interval.1.clamp(shown.value, 1.0),
                caution: shown.mark.is_some(),
            })],
            published: published.iter().copied().collect(),
        }
    };
    let mut sources: Vec<&str> =
        figures.iter().filter_map(|figure| figure.verdict.claim.source.as_deref()).collect();
    sources.dedup();
    let mut footer: Vec<String> = Vec::new();
    if !sources.is_empty() {
        let list = sources.join(words.pick("; ", "；"));
        footer.push(words.pick(format!("Published figures: {list}."), format!("已发表数字的出处：{list}。")));
    }
    footer.extend(said::grounds(judgement).iter().map(|note| note.get(words.lang).to_owned()));
    // What was claimed as a number is drawn; where nothing was, all that the claims rest on.
    let numbered: Vec<&Claimed<'_>> = figures.iter().filter(|figure| figure.published.is_some()).collect();
    let (drawn, subtitle) = if numbered.is_empty() {
        let subtitle = words.pick("Rates that the claims rest on, %", "论断所依据的比例（%）");
        (figures.iter().collect(), subtitle)
    } else {
        let subtitle = words.pick(
            "Rates that were claimed as numbers, %; the table has all",
            "以数字提出的比例（%），全部论断见表",
        );
        (numbered, subtitle)
    };
    (!drawn.is_empty()).then(|| {
        Chart::Ranked(Ranked {
            head: charts::head(words, title, subtitle, &footer),
            series: Vec::new(),
            level: judgement.settings.level,
            rows: drawn.into_iter().map(row).collect(),
            reference: None,
            highlighted: None,
        })
    })
}

fn grid(words: &Words<'_>, judgement: &Judgement, verdicts: &[&Verdict], caption: String) -> Grid {
    let head = words
        .pick(["Claim", "Verdict", "In words", "What it rests on"], ["论断", "判定", "内容", "依据"])
        .map(str::to_owned)
        .to_vec();
    let row = |verdict: &&Verdict| {
        let statement =
            verdict.claim.statement.as_ref().map(|statement| statement.get(words.lang).to_owned());
        let lines = crate::claims::lines(verdict, judgement, words.lang);
        vec![
            verdict.claim.id.clone(),
            said::outcome(&verdict.outcome).get(words.lang).to_owned(),
            statement.unwrap_or_else(|| verdict.claim.asserts[0].text.clone()),
            lines.join(words.pick("; ", "；")),
        ]
    };
    Grid { caption, head, rows: verdicts.iter().map(row).collect() }
}

/// The figures as a table, for the data file.
fn table(here: &Table, figures: &[Claimed<'_>]) -> Table {
    let label = |key: &str, name: &Name| Label { key: key.to_owned(), name: name.clone() };
    let dimension = |en: &str, zh: &str| label(en, &Name::new(en, zh));
    let row = |Claimed { verdict, shown, .. }: &Claimed<'_>| {
        let id = &verdict.claim.id;
        Row {
            by: vec![label(id, &Name::new(id.as_str(), id.as_str())), label(&shown.label.en, &shown.label)],
            measure: shown.measure.clone(),
            base: Base { n: shown.n, some_not_asked: false, counts: None },
            figure: Some(Figure { value: shown.value, interval: shown.interval, accuracy: None }),
            letters: String::new(),
            mark: shown.mark,
        }
    };
    Table {
        by: vec![dimension("claim", "论断"), dimension("of", "对象")],
        rows: figures.iter().map(row).collect(),
        compared: None,
        gaps: Vec::new(),
        lettered: None,
        columns: Vec::new(),
        tests: Vec::new(),
        ..here.clone()
    }
}

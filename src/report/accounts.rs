//! Official accounts as a chapter: how far articles get, from delivery to sharing, who shares in each city, and in an overview what
//! the accounts' own files tell.
//!
//! Rates are ratios of sums over articles. What is counted by people and what by events is named in every label; a rate of
//! more than 100%, as of reads by those who do not follow, stands in the table alone.

use super::ReportError;
use super::chapter::{Basis, Part, Tells};
use super::charts;
use super::grid::{Grid, NONE};
use super::sections::{Plate, View};
use super::story::Files;
use super::words::Words;
use super::{method, slug};
use crate::accounts::{self, Account, Sheet};
use crate::chart::{Chart, Mark as ChartMark, Ranked, RankedRow, Side};
use crate::codebook::{Name, capital};
use crate::estimate::Settings;
use crate::table::figures::Decimals;
use crate::table::{self, Label, Row, Table, sentence};
use crate::writing::{count, decimal};

/// What is known of official accounts.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Datasets of articles, each with its rates.
    pub datasets: Vec<ArticleRates>,
    /// What their own files tell; may be empty.
    pub account: Account,
}

/// The rates of one dataset.
#[derive(Debug, Clone)]
pub struct ArticleRates {
    /// The dataset's name.
    pub dataset: String,
    /// Of all articles.
    pub overall: Table,
    /// By city, where there are cities.
    pub by_city: Option<Table>,
}

/// The rate that cities are ranked by: part and whole.
const RANKED: (&str, &str) = ("sharers", "articles.readers");
/// The rate that the title tells beside it.
const BROUGHT: (&str, &str) = ("reads_from_shares", "articles.reads");

impl Tells for Accounts {
    fn parts(&self, view: &View<'_>) -> Result<Vec<Part>, ReportError> {
        let mut plates = Vec::new();
        for own in &self.datasets {
            let suffix =
                if self.datasets.len() > 1 { format!("-{}", slug::of(&own.dataset)) } else { String::new() };
            plates.extend(own.plates(view, &suffix)?);
        }
        if let Some(account) = self.account_in(view) {
            for sheet in accounts::sheets(account) {
                plates.push(told(&view.words, account, &sheet)?);
            }
        }
        let name = Name::new("Official accounts", "公众号");
        let finding = self.datasets.first().and_then(|own| own.finding(&view.words));
        let part = Part { key: "accounts", name, plates, finding };
        Ok(if part.plates.is_empty() { Vec::new() } else { vec![part] })
    }

    fn notes(&self, view: &View<'_>) -> Vec<Name> {
        let note = Name::new(
            "What official accounts count as sharing are events of their articles; what a survey calls sharing is what people say they do. They are different quantities.",
            "公众号的“分享”是文章被分享的行为计数，问卷的“分享”是受访者自述的习惯，两者口径不同，不可直接比较。",
        );
        let own = self.account_in(view).map(accounts::notes).unwrap_or_default();
        std::iter::once(note).chain(own).collect()
    }

    fn bases(&self, view: &View<'_>) -> Vec<Basis<'_>> {
        let datasets = self.datasets.iter().flat_map(|own| &own.overall.sources).map(Basis::Dataset);
        let files = self.account_in(view).into_iter().flat_map(|account| &account.files).map(|file| {
            let kind = file.kind.name();
            Basis::File { name: Name::new(capital(&kind.en), kind.zh), origin: &file.origin }
        });
        datasets.chain(files).collect()
    }

    fn files(&self, _view: &View<'_>) -> Result<Files, ReportError> {
        const CSV: &str = "articles.csv";
        let tables: Vec<Table> =
            self.datasets.iter().map(|own| own.by_city.as_ref().unwrap_or(&own.overall).clone()).collect();
        let csv = if tables.is_empty() { None } else { Some(data(&tables)?) };
        Ok(csv.map(|csv| (CSV.to_owned(), csv.into_bytes())).into_iter().collect())
    }
}

impl Accounts {
    /// What the accounts' own files tell; nothing of it is of a city.
    fn account_in(&self, view: &View<'_>) -> Option<&Account> {
        (view.city.is_none() && !self.account.files.is_empty()).then_some(&self.account)
    }
}

impl ArticleRates {
    /// What readers do; `None` where it cannot be told.
    fn finding(&self, words: &Words<'_>) -> Option<String> {
        let rows: Vec<&Row> = self.overall.rows.iter().collect();
        rows.iter().find(|row| is_of(row, RANKED)).and_then(|row| row.figure)?;
        Some(format!("{}{}", title(words, None, &rows), words.pick(".", "。")))
    }

    fn plates(&self, view: &View<'_>, suffix: &str) -> Result<Vec<Plate>, ReportError> {
        let Some(city) = view.city else {
            let rows: Vec<&Row> = self.overall.rows.iter().collect();
            let mut plates = Self::rates(view, &self.overall, &rows, suffix)?;
            if let Some(by_city) = &self.by_city {
                plates.extend(Self::ranked(view, by_city, suffix)?);
            }
            return Ok(plates);
        };
        let Some(by_city) = &self.by_city else { return Ok(Vec::new()) };
        let here = |row: &&Row| row.by.first().is_some_and(|own| own.key == city.key);
        let rows: Vec<&Row> = by_city.rows.iter().filter(here).collect();
        Self::rates(view, by_city, &rows, suffix)
    }

    /// How far articles get, and how they are shared: every rate of all articles, or of one city.
    fn rates(view: &View<'_>, table: &Table, rows: &[&Row], suffix: &str) -> Result<Vec<Plate>, ReportError> {
        let words = &view.words;
        let caption = words.pick(
            "Rates of articles, %; people are counted once per article",
            "文章各项比率（%）；人数按篇计",
        );
        let label = |row: &Row| rate_name(words, row);
        let (reach, sharing): (Vec<&Row>, Vec<&Row>) = rows.iter().copied().partition(|row| is_reach(row));
        let told = [
            (
                "reach",
                words.pick("From delivery to the last line", "从送达到读完"),
                reach_title(words, view.city),
                reach,
            ),
            (
                "sharing",
                words.pick("Sharing of articles", "文章的分享"),
                title(words, view.city, rows),
                sharing,
            ),
        ];
        let told = told.into_iter().filter(|(.., rows)| !rows.is_empty());
        told.map(|(key, heading, title, rows)| {
            let only = rows.iter().map(|row| (*row).clone()).collect();
            Ok(Plate {
                slug: format!("accounts-{key}{suffix}"),
                heading: heading.to_owned(),
                chart: chart(words, table, &rows, &title, caption, label),
                grid: grid(words, &rows, caption, label),
                title,
                csv: data(&[Table { rows: only, ..table.clone() }])?,
            })
        })
        .collect()
    }

    /// The share rate by people of every city, the highest first; `None` where no city shows one.
    fn ranked(view: &View<'_>, by_city: &Table, suffix: &str) -> Result<Option<Plate>, ReportError> {
        let words = &view.words;
        let mut rows: Vec<&Row> =
            by_city.rows.iter().filter(|row| is_of(row, RANKED) && !is_total(row)).collect();
        let value = |row: &Row| row.figure.map_or(f64::NEG_INFINITY, |figure| figure.value);
        rows.sort_by(|a, b| value(b).total_cmp(&value(a)));
        let Some(first) = rows.first().filter(|row| row.figure.is_some()) else { return Ok(None) };
        let label = |row: &Row| row.by.first().map_or_else(String::new, |city| words.name(city).to_owned());
        let title = words.pick(
            "Official accounts: share of readers who share, by city".to_owned(),
            "公众号：各城市读者的分享率".to_owned(),
        );
        let name = rate_name(words, first);
        let caption = words.pick(
            format!("{name}, %; people are counted once per article"),
            format!("{name}，%；人数按篇计"),
        );
        Ok(Some(Plate {
            slug: format!("accounts-share-by-city{suffix}"),
            heading: words.pick("Who shares, by city", "各城市分享率").to_owned(),
            chart: chart(words, by_city, &rows, &title, &caption, label),
            grid: grid(words, &rows, &caption, label),
            title,
            csv: data(&[Table { rows: rows.iter().map(|row| (*row).clone()).collect(), ..by_city.clone() }])?,
        }))
    }
}

/// A sheet of the accounts' own files; of channels a chart too.
fn told(words: &Words<'_>, account: &Account, sheet: &Sheet) -> Result<Plate, ReportError> {
    let text = |cell: &accounts::Cell| cell.text(words.lang);
    let title = sheet.title.get(words.lang).to_owned();
    let notes: Vec<String> = sheet
        .all_notes()
        .iter()
        .chain(&accounts::notes(account))
        .map(|note| note.get(words.lang).to_owned())
        .collect();
    let csv = accounts::csv(std::slice::from_ref(sheet))
        .map_err(|source| ReportError::Data { file: "charts/*.csv", source: source.into() })?;
    let mut head: Vec<String> =
        sheet.columns.iter().map(|column| column.name.get(words.lang).to_owned()).collect();
    head.push(words.pick("Note", "备注").to_owned());
    let cells =
        |row: &Vec<accounts::Cell>| -> Vec<String> { row.iter().map(text).chain([String::new()]).collect() };
    Ok(Plate {
        slug: format!("accounts-{}", slug::of(sheet.key)),
        heading: title.clone(),
        chart: channels(words, sheet, &title, &notes),
        grid: Grid { caption: title.clone(), head, rows: sheet.rows.iter().map(cells).collect() },
        title,
        csv,
    })
}

/// Channels by their share of all readers: counted, so without intervals. `None` of another sheet.
fn channels(words: &Words<'_>, sheet: &Sheet, title: &str, notes: &[String]) -> Option<Chart> {
    let share = sheet.columns.iter().position(|column| column.key == "share_of_readers")?;
    let row = |row: &Vec<accounts::Cell>| {
        let rate = row[share].value().filter(|rate| (0.0..=1.0).contains(rate));
        let mark = |rate| ChartMark { rate, low: rate, high: rate, caution: false };
        RankedRow {
            label: words.fonts.legible(&row[0].text(words.lang)),
            second_label: None,
            base: String::new(),
            sides: vec![rate.map_or_else(Side::absent, |rate| Side::Shown(mark(rate)))],
            published: Vec::new(),
        }
    };
    let subtitle =
        words.pick("Share of all readers who came by it, %", "经该渠道阅读者占全部阅读者的比例（%）");
    Some(Chart::Ranked(Ranked {
        head: charts::head(words, title, subtitle, notes),
        series: Vec::new(),
        level: Settings::default().level,
        rows: sheet.rows.iter().map(row).collect(),
        reference: None,
        highlighted: None,
    }))
}

/// What a row's rate is called, without the feature, which is that of all rows.
fn rate_name(words: &Words<'_>, row: &Row) -> String {
    let full = row.measure.name();
    let full = full.get(words.lang);
    capital(full.split_once(words.pick(": ", "：")).map_or(full, |(_, rate)| rate))
}

fn is_of(row: &Row, (part, whole): (&str, &str)) -> bool {
    row.measure.item.action.key == part && row.measure.per.as_ref().is_some_and(|per| per.key == whole)
}

/// Whether a rate tells how far an article gets, and not how it is shared.
fn is_reach(row: &Row) -> bool {
    !["sharers", "shares", "first_shares"].contains(&row.measure.item.action.key.as_str()) && !counts_per(row)
}

/// Whether a row is of all cities together.
fn is_total(row: &Row) -> bool {
    row.by.first().is_none_or(|label| label.key.is_empty() || label.key == "*")
}

/// Whose articles get how far, without a finding.
fn reach_title(words: &Words<'_>, city: Option<&Label>) -> String {
    match city {
        Some(city) => words.pick(
            format!("Articles in {}: how many get, open and finish them", city.name.en),
            format!("{}：文章送达、打开与读完的比率", city.name.zh),
        ),
        None => words.pick(
            "Articles of official accounts: how many get, open and finish them".to_owned(),
            "公众号文章：送达、打开与读完的比率".to_owned(),
        ),
    }
}

/// What readers do, where it can be told.
fn title(words: &Words<'_>, city: Option<&Label>, rows: &[&Row]) -> String {
    let rate = |of| {
        let figure = rows.iter().find(|row| is_of(row, of)).and_then(|row| row.figure)?;
        Some(Decimals::up_to(figure.value).percent(figure.value))
    };
    let (en, zh) = match city {
        Some(city) => (format!("Readers in {}", city.name.en), format!("{}读者", city.name.zh)),
        None => ("Readers of official accounts".to_owned(), "公众号读者".to_owned()),
    };
    match (rate(RANKED), rate(BROUGHT)) {
        (Some(share), Some(brought)) => words.pick(
            format!("{en}: {share} share an article, and sharing brings {brought} of reads"),
            format!("{zh}：{share} 会分享文章，分享带来 {brought} 的阅读"),
        ),
        (Some(share), None) => {
            words.pick(format!("{en}: {share} share an article"), format!("{zh}：{share} 会分享文章"))
        }
        _ => words.pick(format!("{en}: from delivery to sharing"), format!("{zh}：从送达到分享")),
    }
}

/// The rates that are shares; `None` where there is none.
fn chart(
    words: &Words<'_>,
    table: &Table,
    rows: &[&Row],
    title: &str,
    subtitle: &str,
    label: impl Fn(&Row) -> String,
) -> Option<Chart> {
    let is_share = |row: &&&Row| row.figure.is_none_or(|figure| figure.value <= 1.0) && !counts_per(row);
    let shown: Vec<RankedRow> = rows
        .iter()
        .filter(is_share)
        .map(|row| RankedRow {
            label: words.fonts.legible(&label(row)),
            second_label: None,
            base: count(row.base.n, words.lang),
            sides: vec![side(words, row)],
            published: Vec::new(),
        })
        .collect();
    let has_figure = shown.iter().any(|row| row.sides.iter().any(|side| side.mark().is_some()));
    let footer = footer(words, table);
    has_figure.then(|| {
        Chart::Ranked(Ranked {
            head: charts::head(words, title, subtitle, &footer),
            series: Vec::new(),
            level: table.settings.level,
            rows: shown,
            reference: None,
            highlighted: None,
        })
    })
}

/// What stands under a chart of articles.
fn footer(words: &Words<'_>, table: &Table) -> Vec<String> {
    let base = words.pick(
        "Base: articles (n), the sampling unit; ratios are sums over sums.",
        "基数（n）：文章，亦为抽样单位；比率为合计之比。",
    );
    method::chapter_footer(words, table, base)
}

/// Whether a figure is a number per share, and no share.
fn counts_per(row: &Row) -> bool {
    row.measure.per.as_ref().is_some_and(|per| per.key == "articles.shares")
}

fn side(words: &Words<'_>, row: &Row) -> Side {
    match (row.figure, &row.mark) {
        (Some(figure), mark) => Side::Shown(ChartMark {
            rate: figure.value,
            low: figure.interval.0.clamp(0.0, figure.value),
            high: figure.interval.1.clamp(figure.value, 1.0),
            caution: mark.is_some(),
        }),
        (None, Some(mark)) => Side::Missing(words.fonts.legible(sentence::reason(mark).get(words.lang))),
        (None, None) => Side::absent(),
    }
}

fn grid(words: &Words<'_>, rows: &[&Row], caption: &str, label: impl Fn(&Row) -> String) -> Grid {
    let head = words.pick(["Rate", "n", "Figure", "Note"], ["比率", "n", "数值", "备注"]);
    let cells = |row: &&Row| {
        let figure = row.figure.map_or_else(
            || NONE.to_owned(),
            |figure| {
                let (low, high) = figure.interval;
                if counts_per(row) {
                    format!(
                        "{} ({}–{})",
                        decimal(figure.value, 1),
                        decimal(low.max(0.0), 1),
                        decimal(high, 1)
                    )
                } else {
                    let limit = |value: f64| Decimals::ONE.hundredths(value.max(0.0));
                    format!("{} ({}–{})", Decimals::ONE.percent(figure.value), limit(low), limit(high))
                }
            },
        );
        let note = row
            .mark
            .as_ref()
            .map_or_else(String::new, |mark| sentence::mark(mark).get(words.lang).to_owned());
        vec![capital(&label(row)), count(row.base.n, words.lang), figure, note]
    };
    Grid {
        caption: caption.to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.iter().map(cells).collect(),
    }
}

fn data(tables: &[Table]) -> Result<String, ReportError> {
    table::csv(tables).map_err(|source| ReportError::Data { file: "articles.csv", source: source.into() })
}

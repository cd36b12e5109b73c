//! The table as cells of text, for the dialects that people read.

use super::figures::{Decimals, level, p_value};
use super::{GapLine, ItemLabel, Label, Mark, Row, Table, TestLine, sentence};
use crate::codebook::Lang;

/// A grid of text with a header. Columns before `figures` hold words, the others figures.
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) header: Vec<String>,
    pub(super) figures: std::ops::Range<usize>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The rates, and the gaps if there are any.
pub(super) fn sheets(table: &Table, lang: Lang) -> Vec<Sheet> {
    let mut sheets = vec![rates(table, lang)];
    if !table.gaps.is_empty() {
        sheets.push(gaps(table, lang));
    }
    if !table.tests.is_empty() {
        sheets.push(tests(table, lang));
    }
    sheets
}

fn say(lang: Lang, en: &str, zh: &str) -> String {
    lang.pick(en, zh).to_owned()
}

fn interval_title(table: &Table, lang: Lang) -> String {
    let level = level(table.settings.level);
    say(lang, &format!("{level} interval"), &format!("{level} 置信区间"))
}

fn rates(table: &Table, lang: Lang) -> Sheet {
    let words = table.by.len() + 1;
    let mut header: Vec<String> = table.by.iter().map(|label| label.name.get(lang).to_owned()).collect();
    header.extend([say(lang, "Item", "项目"), "n".to_owned(), say(lang, "Rate", "比例")]);
    if !table.columns.is_empty() {
        header.push(say(lang, "Letters", "字母"));
    }
    header.extend([
        interval_title(table, lang),
        say(lang, "n eff.", "有效 n"),
        "deff".to_owned(),
        "df".to_owned(),
        say(lang, "Note", "说明"),
    ]);
    Sheet {
        title: say(lang, "Rates", "比例"),
        figures: words..header.len() - 1,
        header,
        rows: table.rows.iter().map(|row| rate_cells(row, table, lang)).collect(),
    }
}

fn rate_cells(row: &Row, table: &Table, lang: Lang) -> Vec<String> {
    let mut cells = words(&row.by, &row.item, lang);
    cells.push(row.base.n.to_string());
    let none = || "–".to_owned();
    cells.push(row.rate.map_or_else(none, |rate| Decimals::ONE.percent(rate.estimate)));
    if !table.columns.is_empty() {
        cells.push(row.letters.clone());
    }
    cells.extend(match row.rate {
        Some(rate) => [
            range(lang, rate.interval, |limit| Decimals::ONE.hundredths(limit)),
            format!("{:.0}", rate.n_eff),
            rate.deff.map(|deff| format!("{deff:.2}")).unwrap_or_default(),
            rate.df.to_string(),
        ],
        None => std::array::from_fn(|_| none()),
    });
    cells.push(note(row.mark, lang));
    cells
}

fn gaps(table: &Table, lang: Lang) -> Sheet {
    let others: Vec<&Label> =
        table.by.iter().filter(|label| Some(*label) != table.compared.as_ref()).collect();
    let words = others.len() + 2;
    let mut header: Vec<String> = others.iter().map(|label| label.name.get(lang).to_owned()).collect();
    header.extend([
        say(lang, "Item", "项目"),
        say(lang, "Compared", "比较"),
        say(lang, "Gap, points", "差距（百分点）"),
        interval_title(table, lang),
        "p".to_owned(),
        say(lang, "corrected p", "校正后 p"),
        say(lang, "Clear", "显著"),
        say(lang, "Note", "说明"),
    ]);
    Sheet {
        title: say(lang, "Gaps", "差距"),
        figures: words..header.len() - 2,
        header,
        rows: table.gaps.iter().map(|line| gap_cells(line, table, lang)).collect(),
    }
}

fn gap_cells(line: &GapLine, table: &Table, lang: Lang) -> Vec<String> {
    let mut cells = words(&line.by, &line.item, lang);
    cells.push(format!("{} − {}", line.of.0.name.get(lang), line.of.1.name.get(lang)));
    match line.gap {
        Some(gap) => {
            cells.extend([
                Decimals::ONE.points(gap.difference),
                range(lang, gap.interval, |limit| Decimals::ONE.points(limit)),
                p_value(gap.p),
                p_value(gap.p_adjusted),
            ]);
            let clear = line.is_clear(&table.settings);
            cells.push(if clear { say(lang, "yes", "是") } else { say(lang, "no", "否") });
        }
        None => cells.extend(std::iter::repeat_n("–".to_owned(), 5)),
    }
    cells.push(note(line.mark, lang));
    cells
}

fn tests(table: &Table, lang: Lang) -> Sheet {
    let words = table.by.len();
    let mut header: Vec<String> =
        table.by.iter().skip(1).map(|label| label.name.get(lang).to_owned()).collect();
    header.extend([
        say(lang, "Item", "项目"),
        "F".to_owned(),
        "df1".to_owned(),
        "df2".to_owned(),
        "p".to_owned(),
    ]);
    header.push(say(lang, "Note", "说明"));
    let against = table.by.first().map_or("", |label| label.name.get(lang));
    Sheet {
        title: say(lang, &format!("Tests against {against}"), &format!("与{against}的关联检验")),
        figures: words..header.len() - 1,
        header,
        rows: table.tests.iter().map(|line| test_cells(line, lang)).collect(),
    }
}

fn test_cells(line: &TestLine, lang: Lang) -> Vec<String> {
    let mut cells = words(&line.by, &line.item, lang);
    cells.extend(match line.test {
        Some(test) => [
            format!("{:.2}", test.f),
            format!("{:.2}", test.ndf),
            format!("{:.1}", test.ddf),
            p_value(test.p),
        ],
        None => std::array::from_fn(|_| "–".to_owned()),
    });
    cells.push(note(line.mark, lang));
    cells
}

fn words(by: &[Label], item: &ItemLabel, lang: Lang) -> Vec<String> {
    let mut cells: Vec<String> = by.iter().map(|level| level.name.get(lang).to_owned()).collect();
    cells.push(item.name().get(lang).to_owned());
    cells
}

fn note(mark: Option<Mark>, lang: Lang) -> String {
    mark.map(|mark| sentence::mark(&mark).get(lang).to_owned()).unwrap_or_default()
}

/// Both limits in words: `5.6 to 11.7`.
fn range(lang: Lang, (low, high): (f64, f64), write: impl Fn(f64) -> String) -> String {
    let to = say(lang, "to", "至");
    format!("{} {to} {}", write(low), write(high))
}

//! Gaps and tests as cells of text, for the dialects that people read.

use super::crosstab::title;
use super::figures::{level, p_value};
use super::scale::Scale;
use super::{Disclosure, Gap, GapLine, Label, Mark, MeasureLabel, Table, TestLine, sentence};
use crate::codebook::Lang;
use crate::measure::Unit;

/// A grid of text with a header. Columns in `figures` hold figures, the others words.
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) header: Vec<String>,
    pub(super) figures: std::ops::Range<usize>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The gaps and the tests of every table that has them. Where several have them, their titles say which banner it is.
pub(super) fn sheets(tables: &[Table], lang: Lang) -> Vec<Sheet> {
    let with = |has: fn(&Table) -> bool| tables.iter().filter(|table| has(table)).collect::<Vec<_>>();
    let (compared, tested) = (with(|table| !table.gaps.is_empty()), with(|table| !table.tests.is_empty()));
    let gaps = compared.iter().map(|table| gaps(table, &banner(table, compared.len(), lang), lang));
    let tests = tested.iter().map(|table| tests(table, &banner(table, tested.len(), lang), lang));
    gaps.chain(tests).collect()
}

/// The end of a title: which banner it is, unless it is the only one.
fn banner(table: &Table, of: usize, lang: Lang) -> String {
    let title = title(table, lang).filter(|_| of > 1);
    title.map_or_else(String::new, |title| lang.pick(format!(", {title}"), format!("（{title}）")))
}

fn say(lang: Lang, en: &str, zh: &str) -> String {
    lang.pick(en, zh).to_owned()
}

fn names<'a>(dimensions: impl Iterator<Item = &'a Label>, lang: Lang) -> Vec<String> {
    dimensions.map(|label| label.name.get(lang).to_owned()).collect()
}

fn gaps(table: &Table, banner: &str, lang: Lang) -> Sheet {
    let published = table.disclosure == Disclosure::Publish;
    let in_points = table.gaps.iter().all(|line| unit(line) == Unit::Points);
    let level = level(table.settings.level);
    let mut header = names(table.by.iter().filter(|label| Some(*label) != table.compared.as_ref()), lang);
    header.extend([say(lang, "Measure", "指标"), say(lang, "Compared", "比较")]);
    let words = header.len();
    header.push(if in_points {
        say(lang, "Gap, points", "差距（百分点）")
    } else {
        say(lang, "Gap", "差距")
    });
    header.push(lang.pick(format!("{level} interval"), format!("{level} 置信区间")));
    if !published {
        header.extend(["p".to_owned(), say(lang, "corrected p", "校正后 p")]);
    }
    let figures = words..header.len();
    header.extend([say(lang, "Clear", "显著"), say(lang, "Note", "说明")]);
    let rows = table.gaps.iter().map(|line| {
        let mut cells = words_of(&line.by, &line.measure, lang);
        cells.push(format!("{} − {}", line.of.0.name.get(lang), line.of.1.name.get(lang)));
        match line.gap {
            Some(gap) => cells.extend(gap_cells(&gap, unit(line), in_points, published, lang)),
            None => cells.extend(std::iter::repeat_n("–".to_owned(), figures.len() + 1)),
        }
        cells.push(note(line.mark, lang));
        cells
    });
    Sheet { title: say(lang, "Gaps", "差距") + banner, rows: rows.collect(), figures, header }
}

fn unit(line: &GapLine) -> Unit {
    line.measure.shown.unit().of_gap()
}

/// The gap, its limits, its p-values, and whether it is clear.
fn gap_cells(gap: &Gap, unit: Unit, in_points: bool, published: bool, lang: Lang) -> Vec<String> {
    let (low, high) = gap.interval;
    let scale = Scale::of(unit, published, lang, [gap.difference, low, high].into_iter());
    let mut difference = scale.gap(gap.difference);
    if unit == Unit::Points && !in_points {
        difference.push_str(lang.pick(" points", " 个百分点"));
    }
    let mut cells = vec![difference, scale.limits(gap.interval)];
    if !published {
        let p = |p: Option<f64>| p.map_or_else(|| "–".to_owned(), p_value);
        cells.push(p(gap.accuracy.map(|accuracy| accuracy.p)));
        cells.push(p(gap.accuracy.map(|accuracy| accuracy.p_adjusted)));
    }
    cells.push(if gap.clear { say(lang, "yes", "是") } else { say(lang, "no", "否") });
    cells
}

fn tests(table: &Table, banner: &str, lang: Lang) -> Sheet {
    let published = table.disclosure == Disclosure::Publish;
    let mut header = names(table.by.iter().skip(1), lang);
    header.push(say(lang, "Measure", "指标"));
    let words = header.len();
    if !published {
        header.extend(["F", "df1", "df2"].map(str::to_owned));
    }
    header.push("p".to_owned());
    let figures = words..header.len();
    header.push(say(lang, "Note", "说明"));
    let against = table.by.first().map_or("", |label| label.name.get(lang));
    let title = lang.pick(format!("Tests against {against}"), format!("与{against}的关联检验"));
    let rows = table.tests.iter().map(|line| test_cells(line, published, lang)).collect();
    Sheet { title: title + banner, rows, figures, header }
}

fn test_cells(line: &TestLine, published: bool, lang: Lang) -> Vec<String> {
    let mut cells = words_of(&line.by, &line.measure, lang);
    if !published {
        let statistic = line.test.and_then(|test| test.statistic);
        cells.extend(statistic.map_or_else(
            || std::array::from_fn(|_| "–".to_owned()),
            |test| [format!("{:.2}", test.f), format!("{:.2}", test.ndf), format!("{:.1}", test.ddf)],
        ));
    }
    cells.push(line.test.map_or_else(|| "–".to_owned(), |test| p_value(test.p)));
    cells.push(note(line.mark, lang));
    cells
}

fn words_of(by: &[Label], measure: &MeasureLabel, lang: Lang) -> Vec<String> {
    let mut cells = names(by.iter(), lang);
    cells.push(measure.name().get(lang).to_owned());
    cells
}

fn note(mark: Option<Mark>, lang: Lang) -> String {
    mark.map(|mark| sentence::mark(&mark).get(lang).to_owned()).unwrap_or_default()
}

//! The crosstab, in text and in Markdown.

use wxstats::codebook::{Lang, Name};
use wxstats::measure::Shown;
use wxstats::table::{MeasureLabel, Row, Screen, Table, Weights, markdown, publish, text};

use super::by_hand::*;
use super::golden;

/// Everybody, city by segment with letters, and systems.
fn banners() -> Vec<Table> {
    let mut total = table(&[]);
    total.rows = vec![row(&[], share(), 1000, 234), row(&[], read(), 1010, 612)];
    total.notes = vec![Name::new("Figures are weighted.", "数字经加权。")];
    let (kunming, os) = (label("Kunming", "Kunming", "昆明"), label("os", "Operating system", "操作系统"));
    let mut cities = table(&[city(), segment()]);
    let [ge, gc] = [expats(), chinese()].map(|segment| [guangzhou(), segment]);
    let [ke, kc] = [expats(), chinese()].map(|segment| [kunming.clone(), segment]);
    let lettered = |row: Row, letters: &str| Row { letters: letters.to_owned(), ..row };
    cities.rows = vec![
        row(&ge, share(), 412, 33),
        lettered(row(&ge, read(), 402, 300), "b"),
        lettered(row(&gc, share(), 300, 90), "A"),
        row(&gc, read(), 300, 180),
        withheld(&ke, share(), 23, 4),
        withheld(&ke, read(), 23, 9),
        row(&kc, share(), 265, 100),
        with_care(&kc, read(), 275, 120),
    ];
    cities.lettered = Some(segment());
    cities.columns = vec![expats(), chinese()];
    cities.compared = Some(segment());
    cities.gaps = vec![gap(&[guangzhou()], share(), -0.131), gap(&[guangzhou()], read(), 0.142)];
    cities.tests = vec![test(&[expats()], share(), 0.021_7)];
    cities.notes = vec![
        Name::new("Figures are weighted.", "数字经加权。"),
        Name::new("Letters: A Expats, B Chinese users.", "字母：A 外籍用户、B 中国用户。"),
    ];
    let mut systems = table(&[os]);
    for (key, yes) in [("iOS", 100), ("Android", 134)] {
        let level = [label(key, key, key)];
        systems.rows.extend([row(&level, share(), 500, yes), row(&level, read(), 505, 3 * yes)]);
    }
    vec![total, cities, systems]
}

/// One banner with every unit, and bases far apart.
fn units() -> Vec<Table> {
    let level = [label("frequency", "Several times every day or more often", "每天多次或更频繁")];
    let mut table = table(&[label("how_often", "How often", "频率")]);
    table.weights = Weights::None;
    let row = |measure: MeasureLabel, value, half, n| Row {
        figure: Some(figure(value, half, n)),
        base: base(n, None),
        ..row(&level, measure, n, 0)
    };
    let mut shown_withheld = row(share_among_readers(), 0.5, 0.3, 21);
    shown_withheld.mark = withheld(&level, share(), 21, 9).mark;
    table.rows = vec![
        row(share(), 0.3, 0.04, 400),
        shown_withheld,
        row(shown(Shown::Nps), -12.34, 8.0, 398),
        row(shown(Shown::Mean), 19.856, 2.5, 400),
        row(shown(Shown::Persons), 235_000.0, 10_000.0, 400),
        row(MeasureLabel { shown: Shown::RateDifference, ..share_among_readers() }, 0.131, 0.03, 390),
    ];
    table.compared = Some(label("how_often", "How often", "频率"));
    table.gaps = vec![gap(&[], share(), -0.131), gap(&[], shown(Shown::Mean), 2.5)];
    vec![table]
}

fn assert_text(given: &str, golden: &str) {
    let golden = golden.trim_start_matches('\n');
    assert!(given == golden, "given:\n{given}\ngolden:\n{golden}");
}

#[test]
fn banners_stand_side_by_side_with_what_explains_them_below() {
    assert_text(&text(&banners(), Lang::En, Screen::PAGE), golden::BANNERS);
}

#[test]
fn in_chinese() {
    assert_text(&text(&banners(), Lang::Zh, Screen::PAGE), golden::BANNERS_ZH);
}

#[test]
fn as_markdown_every_column_has_one_header() {
    assert_text(&markdown(&banners(), Lang::En), golden::BANNERS_MARKDOWN);
}

#[test]
fn every_unit_has_its_form_and_bases_far_apart_stand_in_the_cells() {
    assert_text(&text(&units(), Lang::En, Screen::PAGE), golden::UNITS);
}

#[test]
fn a_published_table_shows_no_accuracy() {
    let published: Vec<Table> = publish(&banners());
    assert_text(&text(&published, Lang::En, Screen::PAGE), golden::PUBLISHED);
}

#[test]
fn a_published_base_of_a_few_is_not_told() {
    let rows = vec![row(&[], share(), 7, 3), row(&[], read(), 9, 3)];
    let given = text(&publish(&[Table { rows, ..table(&[]) }]), Lang::En, Screen::PAGE);
    assert!(given.contains("\nn, rounded to 5        <10\n"), "{given}");
    assert!(
        given.contains(
            "\nWithheld: Total: base, yes or no count under 10, or telling one that is (all rows)\n"
        ),
        "{given}"
    );
}

#[test]
fn a_level_that_is_cut_between_blocks_is_named_again() {
    let mut table = table(&[city(), segment()]);
    for name in ["Guangzhou", "Shenzhen", "Kunming"] {
        for age in ["18-24", "25-34", "35-44"] {
            let by = [label(name, name, name), label(age, age, age)];
            table.rows.push(Row { letters: "A B".to_owned(), ..row(&by, share(), 500, 100) });
        }
    }
    let given = text(&[table], Lang::En, Screen::PAGE);
    let blocks: Vec<&str> = given.split("\n\n").collect();
    let cities: Vec<&str> = blocks.iter().filter_map(|block| block.lines().nth(1)).collect();
    assert_eq!(cities.len(), 2);
    assert!(cities[0].contains("Guangzhou ─") && cities[0].contains("Shenzhen ─"), "{given}");
    assert!(cities[1].contains("Shenzhen ─") && cities[1].contains("Kunming ─"), "{given}");
    assert!(!cities[1].contains("Guangzhou"), "{given}");
    assert!(given.lines().all(|line| line.chars().count() <= 100), "{given}");
    assert!(blocks.iter().all(|block| block.contains("Moments: share") && block.contains("City × Segment")));
}

#[test]
fn columns_of_the_same_name_are_told_apart() {
    let other = label("other", "Other", "其他");
    let tables: Vec<Table> = [city(), segment()]
        .into_iter()
        .map(|by| {
            let rows = vec![withheld(std::slice::from_ref(&other), share(), 20, 5)];
            Table { rows, ..table(&[by]) }
        })
        .collect();
    let given = text(&tables, Lang::En, Screen::PAGE);
    assert!(given.contains("\nWithheld: City: Other; Segment: Other: n = 20, fewer than 30\n"), "{given}");
    assert!(
        markdown(&tables, Lang::Zh).starts_with("| （括号内为 95% 置信区间） | 城市：其他 | 群体：其他 |")
    );
}

#[test]
fn titles_say_which_banner_where_several_have_gaps() {
    let one = Table { gaps: vec![gap(&[], share(), 0.1)], compared: Some(segment()), ..table(&[segment()]) };
    let two =
        Table { gaps: vec![gap(&[guangzhou()], share(), 0.1)], by: vec![city(), segment()], ..one.clone() };
    let given = text(&[one, two], Lang::En, Screen::PAGE);
    assert!(given.starts_with("Gaps, Segment\n") && given.contains("\nGaps, City × Segment\n"), "{given}");
}

#[test]
fn a_table_without_figures_has_its_notes_only() {
    let notes = vec![Name::new("Nothing was asked.", "未提问。")];
    let empty = Table { notes, ..table(&[]) };
    assert_eq!(text(std::slice::from_ref(&empty), Lang::En, Screen::PAGE), "Nothing was asked.\n");
    assert_eq!(markdown(&[empty], Lang::Zh), "- 未提问。\n");
}

#[test]
fn nothing_that_markdown_reads_passes_unescaped() {
    let by = [label("x", "a|b <i>", "a|b <i>")];
    let table = Table { rows: vec![row(&by, share(), 50, 10)], ..table(&[segment()]) };
    assert!(markdown(&[table], Lang::En).contains("| a\\|b &lt;i&gt; |"));
}

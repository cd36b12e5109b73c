//! Persons: the drawn bytes, and layouts that hold in hard cases.

use wxstats::chart::{
    Chart, ChartError, Expanded, Persons, PersonsRow, Series, Size, Style, Theme, draw, draw_parts,
};
use wxstats::codebook::Lang;

use super::samples::{head, label, say};
use super::{LANGS, check_golden, check_layout, names, plain_head};

fn row(lang: Lang, city: (&str, &str), of: &str, persons: [f64; 3], words: (&str, &str)) -> PersonsRow {
    let (label, second_label) = label(lang, city);
    let [low, persons, high] = persons;
    PersonsRow {
        label,
        second_label,
        detail: say(lang, &format!("of {of}"), &format!("共 {of} 人")),
        persons: Ok(Expanded {
            persons,
            interval: (low, high),
            words: (words.0.to_owned(), words.1.to_owned()),
        }),
    }
}

pub(super) fn persons(lang: Lang) -> Chart {
    let mut withheld = row(lang, ("Kunming", "昆明"), "9,000", [0.0; 3], ("", ""));
    withheld.persons = Err(say(lang, "n = 23, fewer than 30", "n = 23，不足 30"));
    Chart::Persons(Persons {
        head: head(
            lang,
            (
                "About 19,000 of Guangzhou’s 235,000 expats share Moments",
                "广州 235,000 名外籍用户中约 19,000 人分享朋友圈",
            ),
            ("Expats who share Moments, persons", "分享朋友圈的外籍用户，人数"),
        ),
        series: vec![Some(Series { name: say(lang, "Expats", "外籍用户") })],
        level: 0.95,
        rows: vec![
            row(
                lang,
                ("Guangzhou", "广州"),
                "235,000",
                [15_200.0, 19_400.0, 24_700.0],
                ("19,000", "15,000–25,000"),
            ),
            row(
                lang,
                ("Shanghai", "上海"),
                "209,000",
                [7_000.0, 9_600.0, 13_100.0],
                ("10,000", "7,000–13,000"),
            ),
            row(lang, ("Beijing", "北京"), "107,000", [600.0, 1_100.0, 2_300.0], ("1,100", "600–2,300")),
            withheld,
        ],
    })
}

#[test]
fn persons_are_drawn_as_before() {
    check_golden("persons", persons);
}

#[test]
fn hard_persons_keep_their_texts_apart() {
    for lang in LANGS {
        let names = names(lang);
        for count in [1, 2, 14, 60] {
            let rows = (0..count).map(|i| PersonsRow {
                label: names[i % names.len()].0.clone(),
                second_label: names[i % names.len()].1.clone(),
                detail: if i % 3 == 0 { String::new() } else { "of 1,400,000,000; n = 1,214".repeat(i % 3) },
                persons: match i % 5 {
                    0 => Err("n = 21, withheld since fewer than thirty answered ".repeat(2)),
                    1 => Ok(all([0.0, 0.0, 0.0])),
                    2 => Ok(all([0.0, 1.0, 1_400_000_000.0])),
                    3 => Ok(all([1_399_000_000.0, 1_400_000_000.0, 1_400_000_000.0])),
                    _ => Ok(all([3.0, 5.0, 8.0])),
                },
            });
            let series = if count % 2 == 0 {
                Vec::new()
            } else {
                vec![None, Some(Series { name: names[1].0.clone() })]
            };
            let chart =
                Chart::Persons(Persons { head: plain_head(lang), series, level: 0.9, rows: rows.collect() });
            for size in [Size::Page, Size::Slide, Size::Wechat, Size::WechatCover] {
                let style = Style { size, ..Style::from(&Theme::LIGHT) };
                let drawn = draw_parts(&chart, style).unwrap_or_else(|e| panic!("{size:?} {count}: {e}"));
                for svg in &drawn {
                    check_layout(&format!("persons {size:?} {count}"), svg);
                }
            }
        }
    }
}

fn all([low, persons, high]: [f64; 3]) -> Expanded {
    let words = (format!("{persons}"), format!("{low}–{high}"));
    Expanded { persons, interval: (low, high), words }
}

#[test]
fn persons_outside_their_interval_are_refused() {
    for wrong in [[5.0, 4.0, 6.0], [-1.0, 4.0, 6.0], [1.0, 4.0, f64::INFINITY]] {
        let chart = Chart::Persons(Persons {
            head: plain_head(Lang::En),
            series: Vec::new(),
            level: 0.95,
            rows: vec![PersonsRow {
                label: "Guangzhou".to_owned(),
                second_label: None,
                detail: String::new(),
                persons: Ok(all(wrong)),
            }],
        });
        assert!(matches!(draw(&chart, &Theme::LIGHT), Err(ChartError::Range(_))), "{wrong:?}");
    }
}

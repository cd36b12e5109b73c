//! More than two groups: a lane each in dumbbells and small plots, a bar each, bubbles in the colours of all.

use wxstats::chart::{
    Bars, Chart, ChartError, Dumbbell, DumbbellRow, GapMark, Group, Multiples, Panel, Point, Scatter,
    Segments, Series, Side, Theme, draw,
};
use wxstats::codebook::Lang;

use super::samples::mark;
use super::shares::SEGMENTS;
use super::sizes::{SIZES, check_parts};
use super::{LANGS, check, check_golden, hard_sides, names, plain_head, strokes};

/// The first of eight groups.
fn groups(lang: Lang, count: usize) -> Segments {
    let series = |(en, zh): &(&str, &str)| Some(Series { name: lang.pick(*en, *zh).to_owned() });
    SEGMENTS[..count].iter().map(series).collect()
}

/// A figure for each group, one of them missing.
fn sides(lang: Lang, count: usize, row: usize) -> Vec<Side> {
    let side = |i: usize| {
        if (i + row) % 11 == 9 {
            return Side::Missing(lang.pick("n = 21, withheld", "n = 21，不予公布").to_owned());
        }
        let rate = 0.08 + 0.1 * ((i * 3 + row * 5) % 8) as f64;
        Side::Shown(mark(rate, 420.0 - 40.0 * i as f64))
    };
    (0..count).map(side).collect()
}

/// The hardest figures side by side.
fn hard(lang: Lang, count: usize, row: usize) -> Vec<Side> {
    let all = hard_sides(lang).concat();
    (0..count).map(|i| all[(row * count + i) % all.len()].clone()).collect()
}

const ROWS: [(&str, &str); 5] = [
    ("Moments", "朋友圈"),
    ("Articles", "公众号文章"),
    ("Voice & video calls", "语音视频通话"),
    ("Wallet", "钱包"),
    ("Games", "游戏"),
];

type Sides = fn(Lang, usize, usize) -> Vec<Side>;

fn dumbbell(lang: Lang, count: usize, sides: Sides) -> Chart {
    let row = |i: usize| DumbbellRow {
        label: names(lang)[i % names(lang).len()].0.clone(),
        second_label: None,
        sides: sides(lang, count, i),
        published: (0..count).map(|series| if series == 0 { strokes(i) } else { Vec::new() }).collect(),
        gap: (i % 5 != 4).then_some(GapMark { difference: 0.62 - 0.1 * i as f64, clear: i < 2 }),
    };
    let rows = (0..6).map(row).collect();
    Chart::Dumbbell(Dumbbell { head: plain_head(lang), series: groups(lang, count), level: 0.95, rows })
}

fn bars(lang: Lang, count: usize, cities: usize, sides: Sides) -> Chart {
    let group = |i: usize| Group {
        label: names(lang)[i % names(lang).len()].0.clone(),
        second_label: None,
        base_line: (0..count).map(|n| (420 - 40 * n).to_string()).collect::<Vec<_>>().join(" | "),
        sides: sides(lang, count, i),
        published: vec![Vec::new(); count],
    };
    let groups_of_cities = (0..cities).map(group).collect();
    Chart::Bars(Bars {
        head: plain_head(lang),
        series: groups(lang, count),
        level: 0.95,
        groups: groups_of_cities,
        highlighted: Some(0),
    })
}

fn multiples(lang: Lang, count: usize, sides: Sides) -> Chart {
    let panel = |i: usize| Panel {
        label: names(lang)[i % 2].0.clone(),
        second_label: None,
        base_line: "n = 420 | 380 | 340".to_owned(),
        sides: (0..5).map(|row| sides(lang, count, i + row)).collect(),
    };
    Chart::Multiples(Multiples {
        head: plain_head(lang),
        series: groups(lang, count),
        level: 0.95,
        rows: ROWS.map(|(en, zh)| lang.pick(en, zh).to_owned()).to_vec(),
        panels: (0..5).map(panel).collect(),
    })
}

fn scatter(lang: Lang, count: usize) -> Chart {
    let point = |i: usize| Point {
        label: lang.pick("Chengdu", "成都").to_owned(),
        second_label: None,
        series: i % count,
        x: mark(0.2 + 0.05 * ((i * 7) % 13) as f64, 300.0),
        y: mark(0.1 + 0.04 * ((i * 5) % 11) as f64, 300.0),
        n: 100 + 20 * i as u64,
    };
    Chart::Scatter(Scatter {
        head: plain_head(lang),
        series: groups(lang, count),
        level: 0.95,
        x_label: "x".to_owned(),
        y_label: "y".to_owned(),
        points: (0..4 * count).map(point).collect(),
        guides: Vec::new(),
    })
}

#[test]
fn charts_of_five_groups_are_drawn_as_before() {
    check_golden("several-dumbbell", |lang| dumbbell(lang, 5, sides));
    check_golden("several-rows", |lang| bars(lang, 5, 6, sides));
    check_golden("several-multiples", |lang| multiples(lang, 5, sides));
}

#[test]
fn texts_keep_apart_whatever_the_figures_are() {
    for lang in LANGS {
        for count in 3..=SEGMENTS.len() {
            for sides in [sides as Sides, hard] {
                check("dumbbell", &dumbbell(lang, count, sides));
                check("rows", &bars(lang, count, 6, sides));
                check("columns", &bars(lang, count, 1, sides));
                check("multiples", &multiples(lang, count, sides));
            }
            check("scatter", &scatter(lang, count));
        }
        for chart in [dumbbell(lang, 5, sides), bars(lang, 5, 6, sides), multiples(lang, 5, sides)] {
            for (size, _) in SIZES {
                check_parts("five groups", &chart, size);
            }
        }
    }
}

#[test]
fn every_group_has_its_own_colour_and_name() {
    for chart in [dumbbell(Lang::En, 8, sides), bars(Lang::En, 8, 6, sides), multiples(Lang::En, 8, sides)] {
        let svg = draw(&chart, &Theme::LIGHT).unwrap();
        for (name, _) in SEGMENTS {
            assert!(svg.text.contains(&format!("{name}</text>")), "{name}");
        }
        let marks: std::collections::BTreeSet<&str> = svg
            .text
            .lines()
            .filter(|line| line.starts_with("<circle") || line.starts_with("<rect"))
            .filter_map(|line| line.split("fill=\"").nth(1)?.split('"').next())
            .filter(|fill| fill.starts_with('#'))
            .collect();
        assert!(marks.len() >= 8, "{marks:?}");
    }
}

#[test]
fn the_widest_gap_is_a_range_without_a_sign() {
    let svg = draw(&dumbbell(Lang::En, 3, sides), &Theme::LIGHT).unwrap();
    assert!(
        svg.text.contains(">Range</text>") && svg.text.contains(">62</text>") && !svg.text.contains(">+62<")
    );
}

#[test]
fn more_groups_than_colours_and_rows_without_all_of_them_are_refused() {
    let Chart::Dumbbell(mut chart) = dumbbell(Lang::En, 3, sides) else { unreachable!() };
    chart.rows[0].sides.pop();
    let label = chart.rows[0].label.clone();
    assert_eq!(draw(&Chart::Dumbbell(chart), &Theme::LIGHT).unwrap_err(), ChartError::Sides(label));
    let Chart::Bars(mut chart) = bars(Lang::En, 8, 2, sides) else { unreachable!() };
    chart.series.push(None);
    assert_eq!(draw(&Chart::Bars(chart), &Theme::LIGHT).unwrap_err(), ChartError::Segments(9));
}

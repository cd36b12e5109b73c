//! Heatmaps: the drawn bytes, layouts that hold in hard cases, what is refused.

use wxstats::chart::{
    Chart, ChartError, GapMark, Heading, Heatmap, HeatmapRow, Size, Style, Theme, Tile, draw, draw_parts,
};
use wxstats::codebook::Lang;

use super::samples::{CITIES, FEATURES, head, label, say};
use super::{LANGS, check, check_golden, check_layout, names, plain_head};

fn heading(lang: Lang, names: (&str, &str)) -> Heading {
    let (label, second_label) = label(lang, names);
    Heading { label, second_label }
}

fn meanings(lang: Lang) -> [String; 2] {
    [
        say(lang, "Expats use it more", "外籍用户用得更多"),
        say(lang, "Chinese users use it more", "中国用户用得更多"),
    ]
}

/// A gap of one city and feature around the feature's own.
fn tile(city: usize, gap: f64) -> Tile {
    let difference = gap + 0.03 * ((city * 5 % 7) as f64 - 3.0) * (1.0 - gap.abs());
    Tile::Gap {
        gap: GapMark { difference, clear: difference.abs() > 0.06 },
        caution: city == 5 && gap < -0.3,
    }
}

/// Cities by features, with withheld and cautious tiles.
pub(super) fn heatmap(lang: Lang, cities: usize, features: usize) -> Chart {
    let feature = |j: usize| FEATURES[j % FEATURES.len()];
    let rows = (0..cities)
        .map(|i| {
            let withheld = |j: usize| (i == 4 && j == 5) || (i == 7 && j % 10 == 5);
            let tiles = (0..features).map(|j| match feature(j) {
                _ if withheld(j) => Tile::Missing(say(lang, "n = 21, withheld", "n = 21，不予公布")),
                (_, _, expat, chinese) => tile(i, expat - chinese),
            });
            HeatmapRow { heading: heading(lang, CITIES[i % CITIES.len()]), tiles: tiles.collect() }
        })
        .collect();
    Chart::Heatmap(Heatmap {
        head: head(
            lang,
            (
                "The feature gap looks the same in every city; translation is the exception",
                "各城市的功能差距相似，翻译是例外",
            ),
            (
                "Expats minus Chinese users, percentage points, by feature and city",
                "外籍用户减中国用户，百分点，按功能和城市",
            ),
        ),
        meanings: meanings(lang),
        columns: (0..features).map(|j| heading(lang, (feature(j).0, feature(j).1))).collect(),
        rows,
        highlighted: Some(0),
    })
}

/// Tiles that are hard to show: without a gap, at the ends, without a figure, with a long reason.
fn hard_tiles() -> Vec<Tile> {
    let gap = |difference, clear, caution| Tile::Gap { gap: GapMark { difference, clear }, caution };
    vec![
        gap(0.0, false, false),
        gap(1.0, true, false),
        gap(-1.0, true, true),
        gap(-0.004, false, true),
        Tile::Missing(String::new()),
        Tile::Missing("n = 21".to_owned()),
        Tile::Missing("n = 21, withheld since fewer than thirty effective respondents answered".to_owned()),
    ]
}

fn hard(lang: Lang, rows: usize, columns: usize, tiles: &[Tile]) -> Heatmap {
    let names = names(lang);
    let heading = |i: usize| {
        let (label, second_label) = names[i % names.len()].clone();
        Heading { label, second_label }
    };
    let row = |i: usize| HeatmapRow {
        heading: heading(i),
        tiles: (0..columns).map(|j| tiles[(i + j) % tiles.len()].clone()).collect(),
    };
    Heatmap {
        head: plain_head(lang),
        meanings: meanings(lang),
        columns: (0..columns).map(heading).collect(),
        rows: (0..rows).map(row).collect(),
        highlighted: (rows > 2).then_some(1),
    }
}

#[test]
fn heatmaps_are_drawn_as_before() {
    check_golden("heatmap", |lang| heatmap(lang, 8, 10));
    check_golden("heatmap_turned", |lang| heatmap(lang, 24, 18));
}

#[test]
fn hard_heatmaps_keep_their_texts_apart() {
    let tiles = hard_tiles();
    for lang in LANGS {
        for (rows, columns) in [(1, 1), (1, 60), (40, 1), (2, 7), (8, 20), (7, 12), (40, 60)] {
            check(&format!("gaps {rows} x {columns}"), &heatmap(lang, rows, columns));
            let chart = Chart::Heatmap(hard(lang, rows, columns, &tiles));
            check(&format!("hard gaps {rows} x {columns}"), &chart);
        }
        for tile in &tiles {
            let chart = Chart::Heatmap(hard(lang, 3, 4, std::slice::from_ref(tile)));
            check(&format!("gaps of {tile:?}"), &chart);
        }
    }
}

#[test]
fn long_meanings_stand_above_the_ramp() {
    for lang in LANGS {
        let mut chart = hard(lang, 3, 4, &hard_tiles());
        chart.meanings = [0, 1].map(|i| chart.meanings[i].repeat(4));
        check("long meanings", &Chart::Heatmap(chart.clone()));
        chart.meanings = [0, 1].map(|i| chart.meanings[i].repeat(4));
        check("longer meanings", &Chart::Heatmap(chart));
    }
}

#[test]
fn heatmaps_suit_every_canvas() {
    for lang in LANGS {
        for size in [Size::Slide, Size::Wechat, Size::WechatCover] {
            let style = Style { size, ..Style::from(&Theme::DARK) };
            for (rows, columns) in [(1, 1), (8, 10), (24, 12)] {
                for svg in draw_parts(&heatmap(lang, rows, columns), style).unwrap() {
                    check_layout(&format!("gaps {rows} x {columns} on {size:?}"), &svg);
                }
            }
            let hard = Chart::Heatmap(hard(lang, 3, 4, &hard_tiles()));
            for svg in draw_parts(&hard, style).unwrap() {
                check_layout(&format!("hard gaps on {size:?}"), &svg);
            }
        }
    }
}

#[test]
fn every_gap_is_written_and_every_missing_one_explained() {
    let svg = draw(&heatmap(Lang::En, 8, 10), &Theme::LIGHT).unwrap();
    let points = svg.texts.iter().filter(|text| text.text.starts_with(['+', '−']) && text.text.len() < 7);
    assert!(points.count() >= 70);
    assert!(svg.alt.contains("Highest: ") && svg.alt.contains("2 without a figure"), "{}", svg.alt);
    let svg = draw(&heatmap(Lang::En, 24, 18), &Theme::LIGHT).unwrap();
    assert!(svg.texts.iter().any(|text| text.text.starts_with("No figure: ")), "{:?}", svg.texts);
}

#[test]
fn a_heatmap_that_does_not_add_up_is_refused() {
    let chart = hard(Lang::En, 2, 3, &hard_tiles());
    let refused = |change: fn(&mut Heatmap)| {
        let mut chart = chart.clone();
        change(&mut chart);
        draw(&Chart::Heatmap(chart), &Theme::LIGHT).unwrap_err()
    };
    assert_eq!(refused(|chart| chart.rows.clear()), ChartError::Empty);
    assert_eq!(refused(|chart| chart.columns.clear()), ChartError::Empty);
    assert_eq!(refused(|chart| drop(chart.rows[0].tiles.pop())), ChartError::Tiles("X".to_owned(), 2, 3));
    for difference in [f64::NAN, -1.1, 45.0] {
        let mut chart = chart.clone();
        chart.rows[0].tiles[1] = Tile::Gap { gap: GapMark { difference, clear: true }, caution: false };
        let error = draw(&Chart::Heatmap(chart), &Theme::LIGHT).unwrap_err();
        assert_eq!(error, ChartError::Range("X".to_owned()));
    }
}

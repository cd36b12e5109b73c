//! Cohorts: the drawn bytes, layouts that hold in hard cases, what is refused.

use wxstats::chart::{
    Chart, ChartError, CohortRow, CohortTile, Cohorts, Size, Style, Theme, draw, draw_parts,
};
use wxstats::codebook::Lang;

use super::samples::{head, say};
use super::{LANGS, check, check_golden, check_layout, names, plain_head};

/// A triangle of so many weeks; one tile withheld, one to be used with care.
pub(super) fn cohorts(lang: Lang, weeks: u32) -> Chart {
    let tile = |row: u32, after: u32| match (row, after) {
        _ if row + after > weeks => CohortTile::Open,
        (3, 2) => CohortTile::Missing,
        _ => CohortTile::Share {
            rate: 0.62 - 0.05 * f64::from(after) + 0.01 * f64::from(row),
            caution: (row, after) == (2, 4),
        },
    };
    let row = |row: u32| CohortRow {
        label: format!("{}2026-W{:02}", if row == 0 { "≤ " } else { "" }, 10 + row),
        base: format!("n = {}", 240 - 13 * row),
        tiles: (1..=weeks).map(|after| tile(row, after)).collect(),
    };
    let title = ("Who comes back, by the week they joined in", "各周新用户的留存");
    let subtitle =
        ("Share of users active so many weeks after joining, %", "加入后第若干周仍活跃的用户比例（%）");
    Chart::Cohorts(Cohorts {
        head: head(lang, title, subtitle),
        axis: say(lang, "Weeks after joining", "加入后第几周"),
        columns: (1..=weeks).map(|after| format!("+{after}")).collect(),
        rows: (0..weeks).map(row).collect(),
    })
}

fn hard(lang: Lang, rows: usize, columns: usize) -> Chart {
    let names = names(lang);
    let tiles = [
        CohortTile::Share { rate: 0.0, caution: true },
        CohortTile::Share { rate: 1.0, caution: false },
        CohortTile::Missing,
        CohortTile::Open,
        CohortTile::Share { rate: 0.493, caution: false },
    ];
    let row = |i: usize| CohortRow {
        label: names[i % names.len()].0.clone(),
        base: "n = 1,234,567".to_owned(),
        tiles: (0..columns).map(|j| tiles[(i + 2 * j) % tiles.len()]).collect(),
    };
    Chart::Cohorts(Cohorts {
        head: plain_head(lang),
        axis: say(lang, "Weeks after joining", "加入后第几周"),
        columns: (1..=columns).map(|after| format!("+{after}")).collect(),
        rows: (0..rows).map(row).collect(),
    })
}

#[test]
fn cohorts_are_drawn_as_before() {
    check_golden("cohorts", |lang| cohorts(lang, 8));
}

#[test]
fn hard_cohorts_keep_their_texts_apart() {
    for lang in LANGS {
        for (rows, columns) in [(1, 1), (3, 12), (12, 3), (2, 30), (7, 7)] {
            check(&format!("cohorts {rows} x {columns}"), &hard(lang, rows, columns));
        }
    }
}

#[test]
fn cohorts_suit_every_canvas() {
    for lang in LANGS {
        for size in [Size::Slide, Size::Wechat] {
            let style = Style { size, ..Style::from(&Theme::DARK) };
            for chart in [cohorts(lang, 8), cohorts(lang, 12)] {
                for svg in draw_parts(&chart, style).unwrap() {
                    check_layout(&format!("cohorts on {size:?}"), &svg);
                }
            }
        }
    }
}

#[test]
fn what_is_not_known_has_no_tile_and_what_is_withheld_is_counted() {
    let svg = draw(&cohorts(Lang::En, 8), &Theme::LIGHT).unwrap();
    assert!(svg.alt.contains("Highest: 2026-W17, +1: 64%"), "{}", svg.alt);
    assert!(svg.alt.contains("No figure: 1 tile."), "{}", svg.alt);
    let shares = svg
        .texts
        .iter()
        .filter(|text| text.text.ends_with('%') && text.text.starts_with(|c: char| c.is_ascii_digit()))
        .count();
    // 8 + 7 + … + 1 tiles, one of them withheld, and both ends of the key.
    assert_eq!(shares, 36 - 1 + 2);
}

#[test]
fn cohorts_that_do_not_add_up_are_refused() {
    let refused = |change: fn(&mut Cohorts)| {
        let Chart::Cohorts(mut chart) = hard(Lang::En, 2, 3) else { unreachable!() };
        change(&mut chart);
        draw(&Chart::Cohorts(chart), &Theme::LIGHT).unwrap_err()
    };
    assert_eq!(refused(|chart| chart.rows.clear()), ChartError::Empty);
    assert_eq!(refused(|chart| chart.columns.clear()), ChartError::Empty);
    assert!(matches!(refused(|chart| drop(chart.columns.pop())), ChartError::Tiles(_, 3, 2)));
    let beyond =
        |chart: &mut Cohorts| chart.rows[0].tiles[0] = CohortTile::Share { rate: 1.2, caution: false };
    assert!(matches!(refused(beyond), ChartError::Range(_)));
}

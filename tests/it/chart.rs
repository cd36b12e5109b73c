//! Charts: the drawn bytes, and layouts that hold in hard cases.
//!
//! Goldens stand in `golden/chart/`: each SVG as it is, each PNG (at 2x) as its BLAKE3 hash. After a wanted change, run with
//! `BLESS=1` to write them anew, and look at the SVGs that `git diff` shows.

mod cohorts;
mod heatmap;
mod multiples;
mod persons;
mod published;
mod samples;
mod several;
mod shares;
mod sizes;
mod spans;
mod trend;

use std::fs;
use std::path::PathBuf;

use wxstats::chart::{
    Bars, Bound, Chart, ChartError, Dumbbell, DumbbellRow, GapMark, Group, Head, Mark, Point, Published,
    Scatter, Side, Svg, Theme, draw, raster,
};
use wxstats::codebook::Lang;

use samples::{bars, crowded_scatter, dumbbell, mark, pair, scatter};

const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];

fn golden(name: &str, extension: &str, actual: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/it/golden/chart", &format!("{name}.{extension}")]
        .iter()
        .collect();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (i, (actual, expected)) in actual.lines().zip(expected.lines()).enumerate() {
        assert_eq!(actual, expected, "{name}.{extension}, line {}", i + 1);
    }
    assert_eq!(actual, expected, "{name}.{extension}");
}

fn check_golden(name: &str, chart: fn(Lang) -> Chart) {
    for lang in LANGS {
        let name = format!("{name}.{}", lang.tag());
        let svg = draw(&chart(lang), &Theme::LIGHT).unwrap();
        check_layout(&name, &svg);
        golden(&name, "svg", &svg.text);
        let png = raster(&svg, 2.0).unwrap();
        golden(&name, "png.blake3", &format!("{}\n", blake3::hash(&png)));
    }
}

#[test]
fn dumbbells_are_drawn_as_before() {
    check_golden("dumbbell", dumbbell);
}

#[test]
fn bars_are_drawn_as_before() {
    check_golden("columns", |lang| bars(lang, 6));
    check_golden("rows", |lang| bars(lang, 14));
}

#[test]
fn scatters_are_drawn_as_before() {
    check_golden("scatter", scatter);
}

/// No text leaves the canvas or touches another, and the document is well-formed.
fn check_layout(name: &str, svg: &Svg) {
    let (width, height) = (f64::from(svg.width), f64::from(svg.height));
    for (i, text) in svg.texts.iter().enumerate() {
        assert!(text.is_inside(width, height), "{name}: {text:?} leaves {width} × {height}");
        for other in &svg.texts[..i] {
            assert!(!text.overlaps(other), "{name}: {text:?} and {other:?}");
        }
    }
    let document = roxmltree::Document::parse(&svg.text);
    assert!(document.is_ok(), "{name}: {document:?}");
}

fn check(name: &str, chart: &Chart) {
    let svg = draw(chart, &Theme::LIGHT).unwrap_or_else(|e| panic!("{name}: {e}"));
    check_layout(name, &svg);
}

/// Names of one and of forty characters, in both scripts, with and without spaces.
fn names(lang: Lang) -> Vec<(String, Option<String>)> {
    let long = "语音视频通话与群聊以及公众号文章和小程序里的红包与转账还有二维码收付款和朋友圈转发评论"
        .chars()
        .take(40);
    let han: String = long.collect();
    let english = "Voice & video calls <with> \"group\" chats";
    match lang {
        Lang::En => vec![
            ("X".to_owned(), Some("微".to_owned())),
            (english.to_owned(), Some(han)),
            ("W".repeat(40), None),
            ("Moments".to_owned(), None),
        ],
        Lang::Zh => vec![("微".to_owned(), None), (han, None), ("朋友圈".to_owned(), None)],
    }
}

/// The sides that are hard to place: at the ends, equal, wide, missing.
fn hard_sides(lang: Lang) -> Vec<[Side; 2]> {
    let exact = |rate: f64| Side::Shown(Mark { rate, low: rate, high: rate, caution: false });
    let wide = |rate: f64| Side::Shown(Mark { rate, low: 0.0, high: 1.0, caution: true });
    let usual = |rate: f64| Side::Shown(mark(rate, 150.0));
    let missing =
        || Side::Missing(if lang == Lang::En { "n = 21, withheld" } else { "n = 21，不予公布" }.to_owned());
    let long = || {
        Side::Missing("n = 21, withheld since fewer than thirty effective respondents answered ".repeat(3))
    };
    vec![
        [usual(0.03), usual(0.08)],
        [exact(0.0), exact(0.0)],
        [exact(1.0), exact(1.0)],
        [exact(0.0), exact(1.0)],
        [exact(1.0), exact(0.0)],
        [wide(0.5), wide(0.5)],
        [wide(0.0), wide(1.0)],
        [missing(), usual(0.97)],
        [usual(0.02), missing()],
        [missing(), missing()],
        [long(), exact(1.0)],
        [long(), long()],
        [Side::absent(), usual(0.5)],
        [usual(0.005), Side::absent()],
    ]
}

fn plain_head(lang: Lang) -> Head {
    samples::head(lang, ("A title", "标题"), ("", ""))
}

/// Published figures that are hard to place: none, at the ends, several, where a value would stand.
fn strokes(i: usize) -> Vec<Published> {
    let at = |rate, bound| Published { rate, bound };
    match i % 4 {
        0 => Vec::new(),
        1 => vec![at(0.3, Bound::At), at(0.11, Bound::Over)],
        2 => vec![at(1.0, Bound::Over), at(0.0, Bound::Below)],
        _ => vec![at(0.53, Bound::Below)],
    }
}

fn hard_dumbbell(lang: Lang, count: usize, sides: &[[Side; 2]]) -> Chart {
    let names = names(lang);
    let rows = (0..count)
        .map(|i| DumbbellRow {
            label: names[i % names.len()].0.clone(),
            second_label: names[i % names.len()].1.clone(),
            sides: sides[i % sides.len()].to_vec(),
            published: vec![strokes(i), strokes(i + 2)],
            gap: (i % 3 != 0).then_some(GapMark { difference: -0.5, clear: i % 2 == 0 }),
        })
        .collect();
    Chart::Dumbbell(Dumbbell { head: plain_head(lang), series: pair(lang).to_vec(), level: 0.95, rows })
}

fn hard_bars(lang: Lang, count: usize, sides: &[[Side; 2]], short: bool) -> Chart {
    let mut names = names(lang);
    if short {
        names.truncate(1);
    }
    let groups = (0..count)
        .map(|i| Group {
            label: names[i % names.len()].0.clone(),
            second_label: names[i % names.len()].1.clone(),
            base_line: if i % 2 == 0 { "n = 1,214 | 4,402".to_owned() } else { String::new() },
            sides: sides[i % sides.len()].to_vec(),
            published: vec![strokes(i + 1), strokes(i)],
        })
        .collect();
    let highlighted = Some(count / 2);
    Chart::Bars(Bars {
        head: plain_head(lang),
        series: pair(lang).to_vec(),
        level: 0.99,
        groups,
        highlighted,
    })
}

#[test]
fn hard_rows_keep_their_texts_apart() {
    for lang in LANGS {
        let sides = hard_sides(lang);
        for count in [1, 2, 14, 60] {
            check(&format!("dumbbell {count}"), &hard_dumbbell(lang, count, &sides));
        }
        for side in &sides {
            check(&format!("dumbbell of {side:?}"), &hard_dumbbell(lang, 3, std::slice::from_ref(side)));
        }
    }
}

#[test]
fn hard_bars_keep_their_texts_apart() {
    for lang in LANGS {
        let sides = hard_sides(lang);
        for count in 1..=40 {
            check(&format!("cities {count}"), &bars(lang, count));
        }
        for short in [true, false] {
            for count in (1..=16).chain([20, 30, 40]) {
                check(&format!("bars {count} {short}"), &hard_bars(lang, count, &sides, short));
            }
            for side in &sides {
                check(&format!("bars of {side:?}"), &hard_bars(lang, 3, std::slice::from_ref(side), short));
            }
        }
    }
}

#[test]
fn hard_scatters_keep_their_texts_apart() {
    for lang in LANGS {
        for count in [1, 2, 12, 40, 80] {
            check(&format!("scatter {count}"), &crowded_scatter(lang, count));
        }
        let exact = |rate: f64| Mark { rate, low: rate, high: rate, caution: false };
        let names = names(lang);
        for (x, y) in [(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.5, 0.5)] {
            let Chart::Scatter(chart) = scatter(lang) else { unreachable!() };
            let points = (0..10)
                .map(|i| Point {
                    label: names[i % names.len()].0.clone(),
                    second_label: names[i % names.len()].1.clone(),
                    series: i % 2,
                    x: exact(x),
                    y: exact(y),
                    n: i as u64,
                })
                .collect();
            check(&format!("all at {x}, {y}"), &Chart::Scatter(Scatter { points, ..chart }));
        }
    }
}

#[test]
fn long_heads_are_wrapped() {
    for lang in LANGS {
        let Chart::Dumbbell(mut chart) = dumbbell(lang) else { unreachable!() };
        chart.head.title = chart.head.title.repeat(4);
        chart.head.subtitle = chart.head.subtitle.repeat(4);
        chart.head.footer.push("W".repeat(300));
        for series in chart.series.iter_mut().flatten() {
            series.name = series.name.repeat(9);
        }
        check("long head", &Chart::Dumbbell(chart));
    }
}

#[test]
fn one_series_keeps_its_colour() {
    let Chart::Dumbbell(mut chart) = dumbbell(Lang::En) else { unreachable!() };
    chart.series[0] = None;
    for row in &mut chart.rows {
        row.sides[0] = Side::absent();
        row.gap = None;
    }
    let svg = draw(&Chart::Dumbbell(chart), &Theme::LIGHT).unwrap();
    let marks = svg.text.lines().filter(|line| line.starts_with("<circle"));
    assert!(marks.clone().count() >= 10 && marks.clone().all(|line| !line.contains("#E0632F")));
    assert!(
        svg.text.contains("#0F5C6C") && !svg.text.contains("Expats</text>") && !svg.text.contains("Gap, pts")
    );
    check_layout("one series", &svg);
    let Chart::Bars(mut chart) = bars(Lang::Zh, 8) else { unreachable!() };
    chart.series[1] = None;
    chart.groups.iter_mut().for_each(|group| group.sides[1] = Side::absent());
    check("one series", &Chart::Bars(chart));
}

#[test]
fn all_missing_characters_are_listed_at_once() {
    let Chart::Dumbbell(mut chart) = dumbbell(Lang::En) else { unreachable!() };
    chart.rows[0].label = "Moments 😀".to_owned();
    chart.rows[3].second_label = Some("𠮷\u{0E01}".to_owned());
    chart.head.footer.push("😀".to_owned());
    let error = draw(&Chart::Dumbbell(chart), &Theme::LIGHT).unwrap_err();
    assert_eq!(error, ChartError::MissingGlyphs(vec!['\u{0E01}', '😀', '𠮷']));
    let text = error.to_string();
    assert!(text.ends_with("ก (U+0E01), 😀 (U+1F600), 𠮷 (U+20BB7)"), "{text}");
}

#[test]
fn what_is_no_figure_is_refused() {
    let Chart::Dumbbell(chart) = dumbbell(Lang::En) else { unreachable!() };
    for (rate, low, high) in
        [(0.5, 0.6, 0.7), (58.3, 50.0, 60.0), (f64::NAN, 0.0, 1.0), (0.5, 0.4, f64::INFINITY)]
    {
        let mut chart = chart.clone();
        chart.rows[2].sides[1] = Side::Shown(Mark { rate, low, high, caution: false });
        let error = draw(&Chart::Dumbbell(chart), &Theme::LIGHT).unwrap_err();
        assert_eq!(error, ChartError::Range("Red packets".to_owned()));
    }
    let empty = Chart::Dumbbell(Dumbbell { rows: Vec::new(), ..chart });
    assert_eq!(draw(&empty, &Theme::LIGHT).unwrap_err(), ChartError::Empty);
}

#[test]
fn labels_cannot_break_the_document() {
    let Chart::Bars(mut chart) = bars(Lang::En, 4) else { unreachable!() };
    chart.head.title = "</title><script>alert(\"1\")</script> & \u{202E}x\u{0}\u{FFFF}".to_owned();
    chart.head.alt = Some("]]> <desc> & '\u{1b}'".to_owned());
    chart.groups[0].label = "<b>&amp;\u{200F}</b>".to_owned();
    let svg = draw(&Chart::Bars(chart), &Theme::LIGHT).unwrap();
    check_layout("markup", &svg);
    assert!(!svg.text.contains("<script>") && !svg.text.contains('\u{202E}'));
    assert!(svg.text.contains(">&lt;b&gt;&amp;amp;&lt;/b&gt;"));
}

#[test]
fn the_same_chart_is_the_same_bytes() {
    let once = || {
        let svg = draw(&scatter(Lang::Zh), &Theme::DARK).unwrap();
        let png = raster(&svg, 1.5).unwrap();
        (svg.text, png)
    };
    let threads = [std::thread::spawn(once), std::thread::spawn(once)];
    let all: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(all[0] == all[1] && all[0] == once());
}

#[test]
fn the_picture_is_opaque_and_says_what_it_is() {
    let svg = draw(&dumbbell(Lang::Zh), &Theme::LIGHT).unwrap();
    let bytes = raster(&svg, 2.0).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (svg.width * 2, svg.height * 2));
    assert_eq!(info.color_type, png::ColorType::Rgb);
    assert_eq!(info.pixel_dims.unwrap().xppu, 7559);
    assert!(info.srgb.is_some());
    let texts: Vec<String> = info.utf8_text.iter().map(|chunk| chunk.get_text().unwrap()).collect();
    assert_eq!(texts, [svg.title.as_str(), svg.alt.as_str()]);
    assert!(raster(&svg, 0.0).is_err() && raster(&svg, 1e6).is_err());
}

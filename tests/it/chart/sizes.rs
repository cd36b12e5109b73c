//! Every chart on every canvas: sizes, parts, appearances, fonts, and the SVG for pages.

use wxstats::chart::{
    Alignment, Chart, ChartError, Fonts, Side, Size, Style, Svg, TextBox, Theme, draw, draw_parts, raster,
    style_sheet,
};
use wxstats::codebook::Lang;

use super::multiples::multiples;
use super::samples::{bars, crowded_scatter, dumbbell, scatter};
use super::{LANGS, check_layout, golden, hard_bars, hard_dumbbell, hard_sides};

pub(super) const SIZES: [(Size, &str); 4] =
    [(Size::Page, "page"), (Size::Slide, "slide"), (Size::Wechat, "wechat"), (Size::WechatCover, "cover")];

fn style(size: Size) -> Style {
    Style { theme: Theme::LIGHT, size, fonts: Fonts::default() }
}

pub(super) fn check_parts(name: &str, chart: &Chart, size: Size) -> Vec<Svg> {
    let drawn = draw_parts(chart, style(size)).unwrap_or_else(|e| panic!("{name} {size:?}: {e}"));
    for svg in &drawn {
        check_layout(&format!("{name} {size:?}"), svg);
        match size {
            Size::Page => assert_eq!(svg.width, 900),
            Size::Slide => assert_eq!((svg.width, svg.height), (960, 540)),
            Size::Wechat => assert_eq!(svg.width, 1080),
            Size::WechatCover => assert_eq!((svg.width, svg.height), (900, 383)),
        }
    }
    assert!(drawn.len() == 1 || size == Size::Slide, "{name} {size:?}: {} pictures", drawn.len());
    drawn
}

#[test]
fn charts_of_every_size_are_drawn_as_before() {
    for lang in LANGS {
        let charts = [("dumbbell", dumbbell(lang)), ("columns", bars(lang, 6)), ("scatter", scatter(lang))];
        for (kind, chart) in &charts {
            for (size, name) in &SIZES[1..] {
                let svg = &check_parts(kind, chart, *size)[0];
                golden(&format!("{kind}.{name}.{}", lang.tag()), "svg", &svg.text);
            }
        }
        for (size, name) in SIZES {
            let svg = &check_parts("multiples", &multiples(lang, 6, 5), size)[0];
            golden(&format!("multiples.{name}.{}", lang.tag()), "svg", &svg.text);
        }
    }
}

#[test]
fn hard_charts_keep_their_texts_apart_in_every_size() {
    for lang in LANGS {
        let sides = hard_sides(lang);
        for (size, _) in &SIZES[1..] {
            for count in [1, 2, 14, 60] {
                check_parts(&format!("dumbbell {count}"), &hard_dumbbell(lang, count, &sides), *size);
            }
            for count in [1, 2, 5, 8, 14, 40] {
                check_parts(&format!("cities {count}"), &bars(lang, count), *size);
                check_parts(&format!("bars {count}"), &hard_bars(lang, count, &sides, count < 8), *size);
            }
            for side in &sides {
                let side = std::slice::from_ref(side);
                check_parts(&format!("dumbbell of {side:?}"), &hard_dumbbell(lang, 3, side), *size);
                check_parts(&format!("bars of {side:?}"), &hard_bars(lang, 3, side, false), *size);
            }
            for count in [1, 2, 12, 40, 80] {
                check_parts(&format!("scatter {count}"), &crowded_scatter(lang, count), *size);
            }
        }
    }
}

#[test]
fn hard_multiples_keep_their_texts_apart() {
    for lang in LANGS {
        let sides = hard_sides(lang);
        for (size, _) in SIZES {
            for (cities, rows) in [(1, 1), (2, 3), (6, 5), (7, 9), (40, 4), (3, 12)] {
                let name = format!("multiples {cities} × {rows}");
                check_parts(&name, &multiples(lang, cities, rows), size);
                let Chart::Multiples(mut chart) = multiples(lang, cities, rows) else { unreachable!() };
                for (i, panel) in chart.panels.iter_mut().enumerate() {
                    let names = super::names(lang);
                    let (label, second) = &names[i % names.len()];
                    (panel.label, panel.second_label) = (label.clone(), second.clone());
                    for (row, cell) in panel.sides.iter_mut().enumerate() {
                        *cell = sides[(i + row) % sides.len()].to_vec();
                    }
                }
                check_parts(&format!("hard {name}"), &Chart::Multiples(chart), size);
            }
        }
    }
    for lang in LANGS {
        let Chart::Multiples(mut chart) = multiples(lang, 1, 60) else { unreachable!() };
        let sides = hard_sides(lang);
        for (cell, hard) in chart.panels[0].sides.iter_mut().zip(sides.iter().cycle()) {
            *cell = hard.to_vec();
        }
        check_parts("hard multiples 1 × 60", &Chart::Multiples(chart), Size::Page);
    }
    let Chart::Multiples(mut chart) = multiples(Lang::En, 3, 60) else { unreachable!() };
    check_parts("sixty rows", &Chart::Multiples(chart.clone()), Size::Page);
    assert_eq!(draw_parts(&Chart::Multiples(chart.clone()), style(Size::Slide)), Err(ChartError::NoRoom));
    chart.panels.clear();
    assert_eq!(draw(&Chart::Multiples(chart), &Theme::LIGHT), Err(ChartError::Empty));
}

#[test]
fn a_reason_without_room_in_its_plot_stands_in_the_footer() {
    for lang in LANGS {
        let Chart::Multiples(mut chart) = multiples(lang, 6, 5) else { unreachable!() };
        let why = lang.pick("effective base 21, fewer than 30", "有效样本量 21，不足 30，因此不予公布");
        chart.panels[0].sides[2][0] = Side::Missing(why.to_owned());
        let svg = &check_parts("reasons", &Chart::Multiples(chart), Size::Page)[0];
        let text: String = svg.texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ");
        assert!(!text.contains('…'), "{text}");
        let whole = text.split_whitespace().collect::<String>();
        assert!(whole.contains(&why.split_whitespace().collect::<String>()), "{text}");
    }
}

#[test]
fn every_kind_has_a_figure_on_its_cover() {
    use super::cohorts::cohorts;
    use super::heatmap::heatmap;
    use super::shares::{funnel, ranked, stacked};
    use super::trend::trend;
    for lang in LANGS {
        let charts = [
            (cohorts(lang, 8), "cohorts"),
            (heatmap(lang, 8, 10), "heatmap"),
            (trend(lang), "trend"),
            (ranked(lang), "ranked"),
            (funnel(lang), "funnel"),
            (stacked(lang, 5, 4, Alignment::Filled), "stacked"),
        ];
        for (chart, kind) in charts {
            let svg = &check_parts(kind, &chart, Size::WechatCover)[0];
            let is_large = |text: &&TextBox| (text.corners[2].1 - text.corners[0].1) > 30.0;
            let figures = svg.texts.iter().filter(is_large).filter(|text| {
                text.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '%' | '−' | '+' | '.'))
            });
            assert!(figures.count() > 0, "{kind}: {:?}", svg.texts);
            golden(&format!("{kind}.cover.{}", lang.tag()), "svg", &svg.text);
        }
    }
}

#[test]
fn parts_say_which_they_are_and_share_a_scale() {
    for lang in LANGS {
        let Chart::Dumbbell(mut chart) = dumbbell(lang) else { unreachable!() };
        chart.rows = chart.rows.iter().cycle().take(30).cloned().collect();
        let chart = Chart::Dumbbell(chart);
        assert_eq!(draw(&chart, style(Size::Slide)), Err(ChartError::NoRoom));
        let parts = draw_parts(&chart, style(Size::Slide)).unwrap();
        assert!(parts.len() > 1);
        for (i, part) in parts.iter().enumerate() {
            let place = match lang {
                Lang::En => format!("({} of {})", i + 1, parts.len()),
                Lang::Zh => format!("（{}/{}）", i + 1, parts.len()),
            };
            assert!(part.texts.iter().any(|text| text.text.ends_with(&place)), "{place}");
            assert!(part.alt.ends_with(&place), "{}", part.alt);
        }
        let last_tick =
            |svg: &Svg| svg.texts.iter().find(|text| text.text == "100%").map(|text| text.corners);
        assert!(last_tick(&parts[0]).is_some() && last_tick(&parts[0]) == last_tick(&parts[1]));
        let rows = |name: &str| parts.iter().flat_map(|p| &p.texts).filter(|t| t.text == name).count();
        assert_eq!(rows(lang.pick("Moments", "朋友圈")), 3);
    }
}

#[test]
fn the_picture_in_a_page_differs_in_classes_alone() {
    let sheet = style_sheet(&Theme::LIGHT, &Theme::DARK);
    for lang in LANGS {
        for chart in [dumbbell(lang), bars(lang, 6), scatter(lang), multiples(lang, 6, 5)] {
            let light = draw(&chart, &Theme::LIGHT).unwrap();
            let dark = draw(&chart, &Theme::DARK).unwrap();
            let (file, page) = (shape(&light.text), shape(&light.inline));
            assert_eq!(file, page);
            assert_eq!(page, shape(&dark.inline));
            let document = roxmltree::Document::parse(&light.inline).unwrap();
            for node in document.descendants().filter(roxmltree::Node::is_element) {
                let classes = node.attribute("class").unwrap_or_default();
                for (paint, prefix) in [("fill", "f-"), ("stroke", "s-")] {
                    let painted = node.attribute(paint).is_some_and(|color| color != "none");
                    assert_eq!(
                        painted,
                        classes.split(' ').any(|class| class.starts_with(prefix)),
                        "{node:?}"
                    );
                }
                for class in classes.split_whitespace() {
                    assert!(class == "wx-chart" || sheet.contains(&format!(".{class}{{")), "{class}");
                }
            }
            assert!(!light.text.contains("class="));
        }
    }
}

/// Every element with all it has but colours and classes.
fn shape(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let of = |node: roxmltree::Node<'_, '_>| {
        let kept = |name: &str| !matches!(name, "class" | "fill" | "stroke");
        let attributes: Vec<String> = node
            .attributes()
            .filter(|attribute| kept(attribute.name()))
            .map(|attribute| format!("{}={}", attribute.name(), attribute.value()))
            .collect();
        format!("{:?} {attributes:?} {:?}", node.tag_name(), node.text())
    };
    document.descendants().map(of).collect()
}

/// A font with ก and 😀, each 1 em wide in its regular weight.
fn fixture(name: &str) -> Vec<u8> {
    let path =
        [env!("CARGO_MANIFEST_DIR"), "tests/it/fixtures/chart", name].iter().collect::<std::path::PathBuf>();
    std::fs::read(path).unwrap()
}

#[test]
fn further_fonts_draw_what_the_embedded_ones_lack() {
    let Chart::Dumbbell(mut chart) = dumbbell(Lang::En) else { unreachable!() };
    chart.rows[0].label = "Moments กก 😀".to_owned();
    let chart = Chart::Dumbbell(chart);
    let fonts = Fonts::with_extra(vec![fixture("extra.ttf"), fixture("extra-bold.ttf")]).unwrap();
    let style = Style { theme: Theme::LIGHT, size: Size::Page, fonts };
    let svg = draw(&chart, style).unwrap();
    check_layout("extra font", &svg);
    assert!(
        svg.text.contains("Moments <tspan font-family=\"'Wxstats Test', sans-serif\">กก</tspan>"),
        "{}",
        svg.text
    );
    let label = svg.texts.iter().find(|text| text.text.starts_with("Moments ก")).unwrap();
    let plain = draw(&dumbbell(Lang::En), &Theme::LIGHT).unwrap();
    let moments = plain.texts.iter().find(|text| text.text == "Moments").unwrap();
    let width = |text: &TextBox| text.corners[1].0 - text.corners[0].0;
    assert!(width(label) > width(moments) + 3.0 * 14.0);
    // The glyphs are drawn, not only measured.
    let without = svg.text.replace("กก", "");
    assert_ne!(raster(&svg, 1.0).unwrap(), raster(&Svg { text: without, ..svg.clone() }, 1.0).unwrap());
    assert_eq!(draw(&chart, &Theme::LIGHT), Err(ChartError::MissingGlyphs(vec!['ก', '😀'])));
    assert_eq!(fonts.legible("ก𠮷"), "ก[U+20BB7]");
    assert_eq!(fonts.missing("a ก 𠮷").unwrap(), ['𠮷']);
    let broken = Fonts::with_extra(vec![fixture("extra.ttf"), b"no font".to_vec()]);
    assert_eq!(broken.unwrap_err(), ChartError::ExtraFont(1));
}

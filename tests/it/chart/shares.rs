//! Ranked dots, funnels and stacked bars: the drawn bytes, and layouts that hold in hard cases.

use wxstats::chart::{
    Alignment, Chart, ChartError, Funnel, Head, Mark, Ranked, RankedRow, Reference, Series, Shares, Side,
    Size, Stacked, StackedRow, Stage, Style, Theme, draw, draw_parts,
};
use wxstats::codebook::Lang;

use super::samples::{CITIES, head, mark, pair};
use super::{LANGS, check, check_golden, check_layout, hard_sides, names, plain_head, strokes};

const SIZES: [Size; 4] = [Size::Page, Size::Slide, Size::Wechat, Size::WechatCover];

fn say(lang: Lang, en: &str, zh: &str) -> String {
    lang.pick(en, zh).to_owned()
}

fn label(lang: Lang, (en, zh): (&str, &str)) -> (String, Option<String>) {
    match lang {
        Lang::En => (en.to_owned(), Some(zh.to_owned())),
        Lang::Zh => (zh.to_owned(), None),
    }
}

fn withheld(lang: Lang) -> String {
    say(lang, "n = 21, withheld", "n = 21，不予公布")
}

fn share_head(lang: Lang, title: (&str, &str), subtitle: (&str, &str)) -> Head {
    let mut head = head(lang, title, subtitle);
    head.footer.remove(0);
    head
}

/// One segment by city, from the highest rate, with the overall rate.
pub(super) fn ranked(lang: Lang) -> Chart {
    let rates = [0.61, 0.58, 0.52, 0.47, 0.44, 0.41, 0.33, 0.24];
    let rows = CITIES
        .iter()
        .zip(rates)
        .enumerate()
        .map(|(i, (names, rate))| {
            let (label, second_label) = label(lang, *names);
            let n = [412, 380, 391, 244, 322, 188, 61, 21][i];
            let side =
                if i == 7 { Side::Missing(withheld(lang)) } else { Side::Shown(mark(rate, f64::from(n))) };
            RankedRow { label, second_label, base: n.to_string(), sides: vec![side], published: Vec::new() }
        })
        .collect();
    Chart::Ranked(Ranked {
        head: share_head(
            lang,
            (
                "Expats in Guangzhou post to Moments nearly twice as often as those in Nanjing",
                "广州外籍用户发朋友圈的比例将近南京的两倍",
            ),
            (
                "Share of expats who posted to Moments in the past 30 days, by city, %",
                "过去 30 天内发过朋友圈的外籍用户占比，按城市，%",
            ),
        ),
        series: vec![pair(lang)[0].clone()],
        level: 0.95,
        rows,
        reference: Some(Reference { rate: 0.48, label: say(lang, "All cities", "全部城市") }),
        highlighted: Some(0),
    })
}

pub(super) const SEGMENTS: [(&str, &str); 8] = [
    ("Expats", "外籍用户"),
    ("Chinese users", "中国用户"),
    ("Hong Kong users", "香港用户"),
    ("Returnees", "海归"),
    ("Students", "学生"),
    ("Business travellers", "商务旅客"),
    ("Retirees", "退休人员"),
    ("Tourists", "游客"),
];

/// Several segments by city.
pub(super) fn several(lang: Lang, segments: usize, cities: usize) -> Chart {
    let series: Vec<Option<Series>> =
        SEGMENTS[..segments].iter().map(|(en, zh)| Some(Series { name: say(lang, en, zh) })).collect();
    let rows = CITIES
        .iter()
        .cycle()
        .take(cities)
        .enumerate()
        .map(|(i, names)| {
            let (label, second_label) = label(lang, *names);
            let sides = (0..segments)
                .map(|j| {
                    let n = if (i, j) == (2, 3) { 64.0 } else { 180.0 + 60.0 * j as f64 };
                    let rate = 0.2 + ((i * 5 + j * 13) % 17) as f64 * 0.042;
                    if (i, j) == (1, 2) { Side::Missing(withheld(lang)) } else { Side::Shown(mark(rate, n)) }
                })
                .collect();
            RankedRow { label, second_label, base: (640 + 31 * i).to_string(), sides, published: Vec::new() }
        })
        .collect();
    Chart::Ranked(Ranked {
        head: share_head(
            lang,
            ("No group leads everywhere in paying with WeChat", "没有一类人群在各城市的微信支付使用率都领先"),
            (
                "Share who paid with WeChat in the past 7 days, by city and group, %",
                "过去 7 天内使用微信支付的用户占比，按城市与群体，%",
            ),
        ),
        series,
        level: 0.95,
        rows,
        reference: Some(Reference { rate: 0.5, label: say(lang, "Everybody", "总体") }),
        highlighted: None,
    })
}

/// Two groups from opening the app to sharing an article.
pub(super) fn funnel(lang: Lang) -> Chart {
    let stages = [
        ("Open WeChat daily", "每天打开微信", 0.94, 0.98),
        ("Read Moments", "看朋友圈", 0.62, 0.85),
        ("Like a post", "点赞", 0.44, 0.71),
        ("Comment", "评论", 0.27, 0.52),
        ("Post their own", "自己发布", 0.18, 0.41),
        ("Reshare an article", "转发文章", 0.07, 0.29),
    ];
    let entered = [786.0, 1909.0];
    let stages = stages
        .iter()
        .enumerate()
        .map(|(i, (en, zh, expat, chinese))| {
            let (label, _) = label(lang, (en, zh));
            let rates = [*expat, *chinese];
            let before = i.checked_sub(1).map(|before| [stages[before].2, stages[before].3]);
            let counted = |rate: f64| Mark { rate, low: rate, high: rate, caution: false };
            Stage {
                label,
                second_label: None,
                sides: rates.map(|rate| Side::Shown(counted(rate))),
                bases: [0, 1].map(|side| format!("n = {:.0}", rates[side] * entered[side])),
                conversions: [0, 1].map(|side| before.map(|before| rates[side] / before[side])),
            }
        })
        .collect();
    Chart::Funnel(Funnel {
        head: share_head(
            lang,
            (
                "The expat funnel narrows earlier: two in three read, one in five posts",
                "外籍用户的漏斗更早收窄：三分之二在看，五分之一在发",
            ),
            (
                "Share of all users reaching each step, %; figures between bars: step-to-step conversion",
                "到达每一步的用户占比（%）；条间数字为逐步转化率",
            ),
        ),
        series: pair(lang),
        level: 0.95,
        stages,
    })
}

const SATISFACTION: [(&str, &str); 5] = [
    ("Very dissatisfied", "很不满意"),
    ("Dissatisfied", "不满意"),
    ("Neither", "一般"),
    ("Satisfied", "满意"),
    ("Very satisfied", "很满意"),
];

/// A scale of so many points, in cities.
pub(super) fn stacked(lang: Lang, points: usize, cities: usize, alignment: Alignment) -> Chart {
    let names: Vec<String> = match points {
        5 => SATISFACTION.iter().map(|(en, zh)| say(lang, en, zh)).collect(),
        _ => (0..points).map(|i| i.to_string()).collect(),
    };
    let rows: Vec<StackedRow> = CITIES
        .iter()
        .cycle()
        .take(cities)
        .enumerate()
        .map(|(i, names)| {
            let (label, second_label) = label(lang, *names);
            let peak = (points as f64 - 1.0) * (0.82 - 0.06 * (i % 8) as f64);
            let weights: Vec<f64> = (0..points)
                .map(|j| 1.0 / (1.0 + (j as f64 - peak) * (j as f64 - peak) * 9.0 / points as f64))
                .collect();
            let total: f64 = weights.iter().sum();
            let top = (weights[points - 1] + weights[points - 2]) / total;
            let shares = match i {
                4 => Shares::Missing(say(lang, "withheld", "不予公布")),
                _ => Shares::Shown { shares: weights.iter().map(|w| w / total).collect(), caution: i == 6 },
            };
            let base = format!("n = {}", if i == 4 { 21 } else { 412 - 40 * (i % 8) });
            let figure = if i == 4 { String::new() } else { format!("{:.0}", top * 100.0) };
            StackedRow { label, second_label, base, shares, figure }
        })
        .collect();
    Chart::Stacked(Stacked {
        head: share_head(
            lang,
            ("Expats in Guangzhou are the most satisfied with mini programs", "广州外籍用户对小程序最满意"),
            (
                "Satisfaction with mini programs among expats who used one in the past 30 days, by city, %",
                "过去 30 天内使用过小程序的外籍用户的满意度，按城市，%",
            ),
        ),
        points: names,
        alignment,
        rows,
        column: Some(say(lang, "Top two, %", "前两项，%")),
    })
}

#[test]
fn ranked_dots_are_drawn_as_before() {
    check_golden("ranked", ranked);
    check_golden("ranked-segments", |lang| several(lang, 4, 6));
}

#[test]
fn funnels_are_drawn_as_before() {
    check_golden("funnel", funnel);
}

#[test]
fn stacked_bars_are_drawn_as_before() {
    check_golden("stacked", |lang| stacked(lang, 11, 8, Alignment::Filled));
    check_golden("stacked-centered", |lang| stacked(lang, 5, 8, Alignment::Centered));
}

/// In every size, in as many parts as it takes.
fn check_sizes(name: &str, chart: &Chart) {
    check(name, chart);
    for size in SIZES {
        let style = Style { size, ..Style::from(&Theme::DARK) };
        match draw_parts(chart, style) {
            Ok(parts) => parts.iter().for_each(|svg| check_layout(&format!("{name} {size:?}"), svg)),
            Err(error) => {
                assert!(error == ChartError::NoRoom && size == Size::Slide, "{name} {size:?}: {error}");
            }
        }
    }
}

#[test]
fn the_samples_fit_every_size() {
    for lang in LANGS {
        let charts = [
            ranked(lang),
            several(lang, 4, 6),
            funnel(lang),
            stacked(lang, 11, 8, Alignment::Filled),
            stacked(lang, 5, 8, Alignment::Centered),
        ];
        for chart in charts {
            for size in SIZES {
                let style = Style { size, ..Style::from(&Theme::LIGHT) };
                for svg in draw_parts(&chart, style)
                    .unwrap_or_else(|e| panic!("{size:?} {}: {e}", chart.head().title))
                {
                    check_layout(&format!("{size:?}"), &svg);
                }
            }
        }
    }
}

fn hard_ranked(lang: Lang, count: usize, segments: usize, sides: &[[Side; 2]]) -> Chart {
    let names = names(lang);
    let pool: Vec<Side> = sides.iter().flatten().cloned().collect();
    let rows = (0..count)
        .map(|i| RankedRow {
            label: names[i % names.len()].0.clone(),
            second_label: names[i % names.len()].1.clone(),
            base: if i % 3 == 0 { String::new() } else { "1,214 | 4,402".repeat(i % 3) },
            sides: (0..segments.max(1)).map(|j| pool[(i * 3 + j) % pool.len()].clone()).collect(),
            published: strokes(i),
        })
        .collect();
    Chart::Ranked(Ranked {
        head: plain_head(lang),
        series: (0..segments).map(|i| Some(Series { name: names[i % names.len()].0.clone() })).collect(),
        level: 0.99,
        rows,
        reference: Some(Reference { rate: [0.0, 0.5, 1.0][count % 3], label: names[1].0.clone() }),
        highlighted: Some(count / 2),
    })
}

#[test]
fn hard_ranked_dots_keep_their_texts_apart() {
    for lang in LANGS {
        let sides = hard_sides(lang);
        for count in [1, 2, 14, 60] {
            check_sizes(&format!("ranked {count}"), &hard_ranked(lang, count, 1, &sides));
        }
        for segments in [0, 2, 3, 8] {
            check_sizes(&format!("ranked by {segments}"), &hard_ranked(lang, 9, segments, &sides));
        }
        check("ranked 60 by 8", &hard_ranked(lang, 60, 8, &sides));
        for side in &sides {
            let name = format!("ranked of {side:?}");
            check(&name, &hard_ranked(lang, 3, 1, std::slice::from_ref(side)));
            check(&name, &hard_ranked(lang, 4, 3, std::slice::from_ref(side)));
        }
        for cities in [1, 40] {
            check(&format!("cities {cities}"), &several(lang, 3, cities));
        }
    }
}

fn hard_funnel(lang: Lang, count: usize, sides: &[[Side; 2]], groups: [bool; 2]) -> Chart {
    let names = names(lang);
    let stages = (0..count)
        .map(|i| Stage {
            label: names[i % names.len()].0.clone(),
            second_label: names[i % names.len()].1.clone(),
            sides: sides[i % sides.len()].clone(),
            bases: [String::new(), "n = 1,214,402".to_owned()],
            conversions: [(i > 0).then_some(1.4), (i % 2 == 1).then_some(0.0)],
        })
        .collect();
    let mut series = pair(lang);
    for (series, is_shown) in series.iter_mut().zip(groups) {
        *series = series.take().filter(|_| is_shown);
    }
    Chart::Funnel(Funnel { head: plain_head(lang), series, level: 0.95, stages })
}

#[test]
fn hard_funnels_keep_their_texts_apart() {
    for lang in LANGS {
        let sides = hard_sides(lang);
        for groups in [[true, true], [true, false], [false, true]] {
            for count in [1, 2, 5, 8] {
                check_sizes(&format!("funnel {count} {groups:?}"), &hard_funnel(lang, count, &sides, groups));
            }
            check("funnel 60", &hard_funnel(lang, 60, &sides, groups));
            for side in &sides {
                let chart = hard_funnel(lang, 3, std::slice::from_ref(side), groups);
                check(&format!("funnel of {side:?}"), &chart);
            }
        }
    }
}

#[test]
fn hard_stacks_keep_their_texts_apart() {
    for lang in LANGS {
        let names = names(lang);
        for alignment in [Alignment::Filled, Alignment::Centered] {
            for points in 2..=11 {
                for cities in [1, 40, 60] {
                    check(&format!("stacked {points} {cities}"), &stacked(lang, points, cities, alignment));
                }
                let Chart::Stacked(mut chart) = stacked(lang, points, 9, alignment) else { unreachable!() };
                for (i, row) in chart.rows.iter_mut().enumerate() {
                    (row.label, row.second_label) = names[i % names.len()].clone();
                    row.figure = "1".repeat(i * 3);
                    let full = |at: usize| (0..points).map(|j| f64::from(u8::from(j == at))).collect();
                    row.shares = match i {
                        0 => Shares::Shown { shares: full(0), caution: false },
                        1 => Shares::Shown { shares: full(points - 1), caution: true },
                        2 => Shares::Shown { shares: vec![1.0 / points as f64; points], caution: false },
                        3 => Shares::Missing(String::new()),
                        4 => Shares::Missing("withheld ".repeat(40)),
                        _ => row.shares.clone(),
                    };
                }
                chart.points = (0..points).map(|i| names[i % names.len()].0.clone()).collect();
                chart.column = Some(names[1].0.clone());
                check_sizes(&format!("hard stack {points}"), &Chart::Stacked(chart));
            }
        }
    }
}

#[test]
fn all_bars_and_dots_of_equal_rates_stand_in_line() {
    for lang in LANGS {
        for rate in [0.0, 0.5, 1.0] {
            let side = Side::Shown(Mark { rate, low: rate, high: rate, caution: false });
            let sides = [[side.clone(), side]];
            check("equal", &hard_ranked(lang, 5, 1, &sides));
            check("equal", &hard_funnel(lang, 5, &sides, [true, true]));
        }
    }
}

#[test]
fn what_does_not_match_its_scale_or_segments_is_refused() {
    let refused = |chart: Chart| draw(&chart, &Theme::LIGHT).unwrap_err();
    let Chart::Ranked(chart) = several(Lang::En, 3, 4) else { unreachable!() };
    let mut short = chart.clone();
    short.rows[2].sides.pop();
    assert_eq!(refused(Chart::Ranked(short)), ChartError::Sides("Beijing".to_owned()));
    let mut many = chart.clone();
    many.series = vec![None; 9];
    assert_eq!(refused(Chart::Ranked(many)), ChartError::Segments(9));
    let mut far = chart.clone();
    far.reference = Some(Reference { rate: f64::NAN, label: "All".to_owned() });
    assert_eq!(refused(Chart::Ranked(far)), ChartError::Range("All".to_owned()));
    assert_eq!(refused(Chart::Ranked(Ranked { rows: Vec::new(), ..chart })), ChartError::Empty);

    let Chart::Stacked(chart) = stacked(Lang::En, 5, 3, Alignment::Filled) else { unreachable!() };
    for shares in [vec![0.2, 0.2, 0.2, 0.2, 0.3], vec![0.2, 0.2, 0.2, 0.6, -0.2], vec![f64::NAN; 5]] {
        let mut chart = chart.clone();
        chart.rows[1].shares = Shares::Shown { shares, caution: false };
        assert_eq!(refused(Chart::Stacked(chart)), ChartError::Range("Shanghai".to_owned()));
    }
    let twelve = Stacked { points: vec![String::new(); 12], ..chart.clone() };
    assert_eq!(refused(Chart::Stacked(twelve)), ChartError::Points(12));
    let four = Stacked { points: vec![String::new(); 4], ..chart };
    assert_eq!(refused(Chart::Stacked(four)), ChartError::Sides("Guangzhou".to_owned()));

    let Chart::Funnel(mut chart) = funnel(Lang::En) else { unreachable!() };
    chart.stages[3].conversions[1] = Some(-0.1);
    assert_eq!(refused(Chart::Funnel(chart)), ChartError::Range("Comment".to_owned()));
}

#[test]
fn their_alt_texts_name_the_ends() {
    let text = ranked(Lang::En).alt();
    assert!(text.ends_with("Expats: highest Guangzhou 61%, lowest Nanjing 33%. All cities: 48%."), "{text}");
    let text = funnel(Lang::Zh).alt();
    assert!(
        text.starts_with("漏斗图：") && text.contains("外籍用户：每天打开微信 94%，看朋友圈 62%"),
        "{text}"
    );
    let text = stacked(Lang::En, 5, 3, Alignment::Centered).alt();
    assert!(text.contains("Very satisfied: highest Guangzhou"), "{text}");
}

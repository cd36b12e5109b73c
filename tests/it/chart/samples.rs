//! Charts to test with: made-up figures in the size of real ones, and hard cases.

use wxstats::chart::{
    Bars, Chart, Dumbbell, DumbbellRow, GapMark, Group, Guide, Head, Mark, Point, Scatter, Series, Side,
};
use wxstats::codebook::Lang;

pub(super) const FEATURES: [(&str, &str, f64, f64); 10] = [
    ("Official accounts", "公众号", 0.315, 0.740),
    ("Mini programs", "小程序", 0.496, 0.834),
    ("Red packets", "红包", 0.461, 0.785),
    ("Moments", "朋友圈", 0.583, 0.818),
    ("WeChat Pay", "微信支付", 0.779, 0.963),
    ("Games", "游戏", 0.124, 0.287),
    ("Group chats", "群聊", 0.925, 0.952),
    ("QR codes", "二维码", 0.880, 0.872),
    ("Voice & video calls", "语音视频通话", 0.881, 0.842),
    ("Translation", "翻译", 0.612, 0.148),
];

pub(super) const CITIES: [(&str, &str); 8] = [
    ("Guangzhou", "广州"),
    ("Shanghai", "上海"),
    ("Beijing", "北京"),
    ("Chengdu", "成都"),
    ("Shenzhen", "深圳"),
    ("Hangzhou", "杭州"),
    ("Nanjing", "南京"),
    ("Xiamen", "厦门"),
];

/// A rate with an interval of about the width that `n` respondents give.
pub(super) fn mark(rate: f64, n: f64) -> Mark {
    let half = 2.0 * (rate * (1.0 - rate) / n).sqrt() + 0.5 / n;
    Mark { rate, low: (rate - half).max(0.0), high: (rate + half).min(1.0), caution: n < 100.0 }
}

pub(super) fn say(lang: Lang, en: &str, zh: &str) -> String {
    if lang == Lang::En { en.to_owned() } else { zh.to_owned() }
}

pub(super) fn label(lang: Lang, (en, zh): (&str, &str)) -> (String, Option<String>) {
    match lang {
        Lang::En => (en.to_owned(), Some(zh.to_owned())),
        Lang::Zh => (zh.to_owned(), None),
    }
}

pub(super) fn pair(lang: Lang) -> [Option<Series>; 2] {
    [("Expats", "外籍用户"), ("Chinese users", "中国用户")]
        .map(|(en, zh)| Some(Series { name: say(lang, en, zh) }))
}

pub(super) fn head(lang: Lang, title: (&str, &str), subtitle: (&str, &str)) -> Head {
    Head {
        title: say(lang, title.0, title.1),
        subtitle: say(lang, subtitle.0, subtitle.1),
        footer: vec![
            say(
                lang,
                "Expats n = 786, Chinese users n = 1,909. Gaps use unrounded shares; gaps in grey are not clear (p ≥ 0.05, Holm).",
                "外籍用户 n = 786，中国用户 n = 1,909。差距按未取整的比例计算；灰色差距在统计上不明确（p ≥ 0.05，Holm 校正）。",
            ),
            say(lang, "Synthetic data for tests; unweighted.", "测试用合成数据；未加权。"),
        ],
        alt: None,
        lang,
    }
}

pub(super) fn dumbbell(lang: Lang) -> Chart {
    let mut rows: Vec<DumbbellRow> = FEATURES
        .iter()
        .map(|(en, zh, expat, chinese)| {
            let (label, second_label) = label(lang, (en, zh));
            let difference = expat - chinese;
            DumbbellRow {
                label,
                second_label,
                sides: vec![Side::Shown(mark(*expat, 786.0)), Side::Shown(mark(*chinese, 1909.0))],
                published: vec![Vec::new(), Vec::new()],
                gap: Some(GapMark { difference, clear: difference.abs() > 0.02 }),
            }
        })
        .collect();
    let withheld = say(lang, "n = 21, withheld", "n = 21，不予公布");
    rows[5].sides[0] = Side::Missing(withheld);
    rows[5].gap = None;
    rows[9].sides[1] = Side::Shown(mark(0.148, 64.0));
    Chart::Dumbbell(Dumbbell {
        head: head(
            lang,
            (
                "Expats use WeChat to get by; Chinese users live in it",
                "外籍用户把微信当工具，中国用户生活在微信里",
            ),
            (
                "Share of weekly WeChat users who used each feature in the past 30 days, %, sorted by gap",
                "过去 30 天内使用过各功能的用户占比（%），按差距排序",
            ),
        ),
        series: pair(lang).to_vec(),
        level: 0.95,
        rows,
    })
}

pub(super) fn bars(lang: Lang, cities: usize) -> Chart {
    let groups = CITIES
        .iter()
        .cycle()
        .take(cities)
        .enumerate()
        .map(|(i, names)| {
            let (label, second_label) = label(lang, *names);
            let (expat, chinese) = (214.0 - 20.0 * (i % 8) as f64, 402.0 - 30.0 * (i % 8) as f64);
            let rate = 0.03 + 0.05 * ((i * 5) % 8) as f64 / 7.0;
            Group {
                label,
                second_label,
                base_line: format!("n = {expat} | {chinese}"),
                sides: vec![
                    if i == 3 {
                        Side::Missing(say(lang, "n = 21, withheld", "n = 21，不予公布"))
                    } else {
                        Side::Shown(mark(rate, expat))
                    },
                    Side::Shown(mark(0.25 + 0.1 * ((i * 3) % 8) as f64 / 7.0, chinese)),
                ],
                published: vec![Vec::new(), Vec::new()],
            }
        })
        .collect();
    Chart::Bars(Bars {
        head: head(
            lang,
            (
                "In every city, Chinese users share Moments more than expats do",
                "在每个城市，中国用户转发朋友圈的比例都高于外籍用户",
            ),
            (
                "Share who shared Moments 朋友圈 in the past 7 days, by city, %",
                "过去 7 天内转发过朋友圈的用户占比，按城市，%",
            ),
        ),
        series: pair(lang).to_vec(),
        level: 0.95,
        groups,
        highlighted: (cities > 1).then_some(0),
    })
}

/// Rates of the size that the survey post reports: the groups far apart, expats near the axis.
pub(super) fn scatter(lang: Lang) -> Chart {
    let figures = [
        (0, 0, 0.52, 0.080, 312),
        (1, 0, 0.24, 0.061, 280),
        (2, 0, 0.22, 0.034, 190),
        (3, 0, 0.30, 0.080, 84),
        (0, 1, 0.76, 0.348, 402),
        (1, 1, 0.74, 0.292, 391),
        (2, 1, 0.77, 0.270, 377),
        (3, 1, 0.75, 0.331, 248),
    ];
    let points = figures
        .into_iter()
        .map(|(city, series, read, share, n)| {
            let (label, second_label) = label(lang, CITIES[city]);
            Point {
                label,
                second_label,
                series,
                x: mark(read, f64::from(n)),
                y: mark(share, f64::from(n)),
                n: n as u64,
            }
        })
        .collect();
    Chart::Scatter(Scatter {
        head: head(
            lang,
            (
                "Everyone reads more than they share, but expats barely share at all",
                "人人都是看得多、转得少，外籍用户几乎只看不转",
            ),
            (
                "Reading rate against sharing rate for Moments 朋友圈, by city and group",
                "朋友圈的阅读率与转发率，按城市与群体",
            ),
        ),
        series: pair(lang).to_vec(),
        level: 0.95,
        x_label: say(lang, "Read in past 7 days", "过去 7 天阅读率"),
        y_label: say(lang, "Shared in past 7 days", "过去 7 天转发率"),
        points,
        guides: vec![
            Guide { slope: 1.0, label: say(lang, "shares as often as reads", "转发率 = 阅读率") },
            Guide {
                slope: 0.5, label: say(lang, "shares half as often as reads", "转发率 = 阅读率的一半")
            },
        ],
    })
}

/// The clusters of a survey whose rates are middling: bubbles and labels crowd each other.
pub(super) fn crowded_scatter(lang: Lang, count: usize) -> Chart {
    let Chart::Scatter(mut chart) = scatter(lang) else { unreachable!() };
    chart.points = (0..count)
        .map(|i| {
            let (label, second_label) = label(lang, CITIES[i % 8]);
            let (across, up) = ((i * 37 % 100) as f64 / 100.0, (i * 61 % 100) as f64 / 100.0);
            let series = i % 2;
            let n = 60 + (i * 47 % 340) as u64;
            let (x, y) = if series == 0 {
                (0.50 + 0.22 * across, 0.17 + 0.14 * up)
            } else {
                (0.76 + 0.1 * across, 0.42 + 0.18 * up)
            };
            Point { label, second_label, series, x: mark(x, n as f64), y: mark(y, n as f64), n }
        })
        .collect();
    Chart::Scatter(chart)
}

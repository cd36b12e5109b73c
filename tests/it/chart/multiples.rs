//! Small multiples to test with: made-up figures in the size of real ones, and hard cases.

use wxstats::chart::{Chart, Multiples, Panel, Side};
use wxstats::codebook::Lang;

use super::samples::{CITIES, head, mark, pair};

const FEATURES: [(&str, &str, f64, f64); 5] = [
    ("Channels", "视频号", 0.18, 0.64),
    ("Official accounts", "公众号", 0.31, 0.74),
    ("Moments", "朋友圈", 0.58, 0.82),
    ("WeChat Pay", "微信支付", 0.78, 0.96),
    ("Group chats", "群聊", 0.93, 0.95),
];

/// `cities` plots of `rows` features; one cell is withheld, and a city with a small base is to be used with care.
pub(super) fn multiples(lang: Lang, cities: usize, rows: usize) -> Chart {
    let names = FEATURES.iter().cycle().take(rows);
    let panels = (0..cities)
        .map(|i| {
            let (en, zh) = CITIES[i % CITIES.len()];
            let (expats, chinese) = (214 - 31 * (i % 7), 402 - 28 * (i % 7));
            let sides = (0..rows)
                .map(|row| {
                    let (_, _, expat, local) = FEATURES[row % FEATURES.len()];
                    let shift = 0.02 * ((i * 5 + row * 3) % 7) as f64 - 0.06;
                    let rate =
                        |rate: f64, n: usize| Side::Shown(mark((rate + shift).clamp(0.0, 1.0), n as f64));
                    vec![rate(expat, expats), rate(local, chinese)]
                })
                .collect();
            Panel {
                label: lang.pick(en, zh).to_owned(),
                second_label: (lang == Lang::En).then(|| zh.to_owned()),
                base_line: format!("n = {expats} | {chinese}"),
                sides,
            }
        })
        .collect();
    let mut chart = Multiples {
        head: head(
            lang,
            (
                "Six cities, one pattern: the gap is widest where content is public",
                "六个城市，同一格局：内容越公开，差距越大",
            ),
            (
                "Share who used each feature in the past 30 days, by city, %",
                "过去 30 天内使用过各功能的用户占比，按城市，%",
            ),
        ),
        series: pair(lang).to_vec(),
        level: 0.95,
        rows: names.map(|(en, zh, ..)| lang.pick(*en, *zh).to_owned()).collect(),
        panels,
    };
    if cities > 3 && rows > 3 {
        let withheld = lang.pick("n = 21, withheld", "n = 21，不予公布");
        chart.panels[3].sides[1][0] = Side::Missing(withheld.to_owned());
        chart.panels[2].sides[3] =
            vec![Side::Missing(withheld.to_owned()), Side::Missing(withheld.to_owned())];
    }
    Chart::Multiples(chart)
}

//! Trends: the drawn bytes, layouts that hold in hard cases, what is refused.

use wxstats::chart::{
    Chart, ChartError, GapMark, Mark, Series, Side, Size, Style, Theme, Trend, TrendLine, TrendPoint, Wave,
    draw,
};
use wxstats::codebook::Lang;

use super::samples::{head, mark, say};
use super::{LANGS, check, check_golden, check_layout, names, plain_head};

const SEGMENTS: [(&str, &str); 8] = [
    ("Expats", "外籍用户"),
    ("Chinese users", "中国用户"),
    ("Returnees", "海归"),
    ("Students", "学生"),
    ("Tourists", "游客"),
    ("Hong Kong & Macao", "港澳用户"),
    ("Taiwan", "台湾用户"),
    ("Other", "其他"),
];

fn point(rate: f64, n: f64, before: Option<f64>) -> TrendPoint {
    let change = before.map(|before| rate - before);
    TrendPoint {
        side: Side::Shown(mark(rate, n)),
        change: change.map(|difference| GapMark { difference, clear: difference.abs() > 0.035 }),
    }
}

fn line(lang: Lang, place: usize, rates: &[f64], n: f64) -> TrendLine {
    let before = |i: usize| i.checked_sub(1).map(|i| rates[i]);
    let points = rates.iter().enumerate().map(|(i, rate)| point(*rate, n, before(i))).collect();
    let name = say(lang, SEGMENTS[place].0, SEGMENTS[place].1);
    TrendLine { series: Series { name }, place, points }
}

fn years(first: i32, count: usize) -> Vec<Wave> {
    (first..).take(count).map(|year| Wave { label: year.to_string(), at: Some(f64::from(year)) }).collect()
}

/// Two segments; a wave withheld, one to be used with care.
pub(super) fn trend(lang: Lang) -> Chart {
    let mut expats = line(lang, 0, &[0.72, 0.69, 0.665, 0.61, 0.60, 0.595, 0.583], 420.0);
    expats.points[3].side = Side::Missing(say(lang, "n = 21, withheld", "n = 21，不予公布"));
    expats.points[3].change = None;
    expats.points[4] = point(0.60, 88.0, None);
    expats.points[6].change = Some(GapMark { difference: -0.012, clear: false });
    let title =
        ("Expats are leaving Moments faster than Chinese users", "外籍用户离开朋友圈的速度快于中国用户");
    let subtitle = (
        "Share who posted to Moments 朋友圈 in the past 30 days, by survey wave, %",
        "过去 30 天内发过朋友圈的用户占比，按期次，%",
    );
    let mut head = head(lang, title, subtitle);
    head.footer.remove(0);
    let chinese = line(lang, 1, &[0.87, 0.88, 0.862, 0.855, 0.815, 0.822, 0.818], 900.0);
    let gap = |difference, clear| Some(GapMark { difference, clear });
    let gaps = [gap(0.72 - 0.87, false), gap(0.583 - 0.818, true)];
    Chart::Trend(Trend { head, level: 0.95, waves: years(2019, 7), lines: vec![expats, chinese], gaps })
}

/// As many segments, close to each other, over as many waves.
pub(super) fn crowded(lang: Lang, lines: usize, waves: usize) -> Chart {
    let Chart::Trend(mut chart) = trend(lang) else { unreachable!() };
    let rate = |i: usize, j: usize| 0.42 + 0.03 * i as f64 + 0.05 * ((i * 7 + j * 5) % 11) as f64 / 11.0;
    chart.lines = (0..lines)
        .map(|i| line(lang, i, &(0..waves).map(|j| rate(i, j)).collect::<Vec<_>>(), 300.0))
        .collect();
    chart.waves = years(2025 - waves as i32, waves);
    Chart::Trend(chart)
}

fn hard(lang: Lang, lines: usize, waves: usize, sides: &[Side]) -> Trend {
    let names = names(lang);
    let point = |i: usize, j: usize| {
        let side = sides[(3 * i + j) % sides.len()].clone();
        let change = GapMark { difference: 0.1 - 0.1 * (j % 3) as f64, clear: true };
        TrendPoint { side, change: (j > 0).then_some(change) }
    };
    let line = |i: usize| TrendLine {
        series: Series { name: names[i % names.len()].0.clone() },
        place: i,
        points: (0..waves).map(|j| point(i, j)).collect(),
    };
    let wave = |j: usize| Wave { label: names[j % names.len()].0.clone(), at: Some((j * j) as f64) };
    let lines: Vec<TrendLine> = (0..lines).map(line).collect();
    let gap = |wave: usize| match lines.as_slice() {
        [a, b] => Some(GapMark {
            difference: a.points[wave].side.mark()?.rate - b.points[wave].side.mark()?.rate,
            clear: wave > 0,
        }),
        _ => None,
    };
    Trend {
        gaps: [gap(0), gap(waves - 1)],
        head: plain_head(lang),
        level: 0.9,
        waves: (0..waves).map(wave).collect(),
        lines,
    }
}

fn hard_sides() -> Vec<Side> {
    let shown = |rate, low, high, caution| Side::Shown(Mark { rate, low, high, caution });
    vec![
        shown(0.0, 0.0, 0.0, false),
        shown(1.0, 1.0, 1.0, true),
        shown(0.5, 0.0, 1.0, false),
        Side::Missing("n = 21, withheld".to_owned()),
        shown(0.03, 0.0, 0.2, true),
        Side::absent(),
        Side::Missing("n = 21, withheld since fewer than thirty effective respondents answered".to_owned()),
    ]
}

#[test]
fn trends_are_drawn_as_before() {
    check_golden("trend", trend);
    check_golden("trend_crowded", |lang| crowded(lang, 8, 10));
}

/// The layout holds, and no text lies on a dashed line, which leads from where a line breaks off to its name.
fn check_trend(name: &str, chart: &Chart) {
    let svg = draw(chart, &Theme::LIGHT).unwrap_or_else(|error| panic!("{name}: {error}"));
    check_layout(name, &svg);
    for line in svg.text.lines().filter(|line| line.contains("stroke-dasharray")) {
        let path = line.split('"').nth(1).unwrap();
        let numbers: Vec<f64> = path
            .split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'))
            .filter_map(|number| number.parse().ok())
            .collect();
        let [x0, y0, x1, y1] = numbers[..] else { panic!("{name}: {path}") };
        for text in &svg.texts {
            let (low, high) = (text.corners[0], text.corners[2]);
            let is_in = |share: f64| {
                let (x, y) = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
                (low.0..high.0).contains(&x) && (low.1..high.1).contains(&y)
            };
            assert!(!(0..=100).any(|part| is_in(f64::from(part) / 100.0)), "{name}: {text:?} on {path}");
        }
    }
}

#[test]
fn first_rates_stand_nearer_to_their_own_dots_than_to_others() {
    // 24 and 37 could only stand between their dots, each nearer to the other's.
    let Chart::Trend(mut chart) = trend(Lang::En) else { unreachable!() };
    chart.lines = [0.16, 0.24, 0.37, 0.50, 0.57, 0.91]
        .into_iter()
        .enumerate()
        .map(|(i, rate)| line(Lang::En, i, &[rate, rate + 0.05, rate + 0.07], 300.0))
        .collect();
    chart.waves = years(2020, 3);
    chart.gaps = [None, None];
    let svg = draw(&Chart::Trend(chart), &Theme::LIGHT).unwrap();
    let place = |text: &str| {
        let own = svg.texts.iter().find(|own| own.text == text);
        own.map(|own| f64::midpoint(own.corners[0].1, own.corners[2].1))
    };
    let places: Vec<f64> =
        ["91", "57", "50", "37", "24", "16"].iter().filter_map(|text| place(text)).collect();
    assert!(places.len() >= 3 && places.is_sorted(), "{places:?}");
}

#[test]
fn hard_trends_keep_their_texts_apart() {
    let sides = hard_sides();
    for lang in LANGS {
        for lines in 1..=8 {
            for waves in 1..=12 {
                check_trend(&format!("trend {lines} x {waves}"), &crowded(lang, lines, waves));
                let name = format!("hard trend {lines} x {waves}");
                let chart = hard(lang, lines, waves, &sides);
                check(&name, &Chart::Trend(chart.clone()));
                // A gap of two lines that end together stands on the way to their names, and has a halo for it.
                check_trend(&name, &Chart::Trend(Trend { gaps: [None, None], ..chart }));
            }
        }
        for side in &sides {
            let chart = Chart::Trend(hard(lang, 3, 5, std::slice::from_ref(side)));
            check_trend(&format!("trend of {side:?}"), &chart);
        }
    }
}

#[test]
fn trends_suit_every_canvas() {
    for lang in LANGS {
        for size in [Size::Slide, Size::Wechat, Size::WechatCover] {
            let style = Style { size, ..Style::from(&Theme::DARK) };
            for chart in [trend(lang), crowded(lang, 4, 12), crowded(lang, 8, 3)] {
                let svg = draw(&chart, style).unwrap();
                check_layout(&format!("trend on {size:?}"), &svg);
            }
        }
    }
}

#[test]
fn a_wave_without_a_figure_breaks_its_line_and_says_why() {
    let svg = draw(&trend(Lang::En), &Theme::LIGHT).unwrap();
    let lines =
        svg.text.lines().filter(|line| line.contains("stroke-width=\"2.6\"") && line.contains("#E0632F"));
    assert_eq!(lines.count(), 2);
    assert!(svg.texts.iter().any(|text| text.text.contains("withheld")));
    assert!(svg.alt.contains("no figure: 2022"), "{}", svg.alt);
    assert!(
        svg.alt.contains("Chinese users: 87% (2019), 82% (2025); clear changes, in points: −4 (2023)"),
        "{}",
        svg.alt
    );
}

#[test]
fn waves_stand_as_far_apart_as_their_times() {
    let Chart::Trend(mut chart) = trend(Lang::En) else { unreachable!() };
    let places = |chart: &Trend| -> Vec<f64> {
        let svg = draw(&Chart::Trend(chart.clone()), &Theme::LIGHT).unwrap();
        let of = |wave: &Wave| svg.texts.iter().find(|text| text.text == wave.label).unwrap().corners[0].0;
        chart.waves.iter().map(of).collect()
    };
    let steps =
        |places: &[f64]| places.windows(2).map(|pair| (pair[1] - pair[0]).round()).collect::<Vec<_>>();
    chart.waves[6] = Wave { label: "2027".to_owned(), at: Some(2027.0) };
    let uneven = steps(&places(&chart));
    assert!((uneven[5] - 3.0 * uneven[0]).abs() <= 2.0, "{uneven:?}");
    chart.waves[6].at = None;
    let even = steps(&places(&chart));
    assert!(even.iter().all(|step| (step - even[0]).abs() <= 1.0), "{even:?}");
}

#[test]
fn a_trend_that_does_not_add_up_is_refused() {
    let chart = hard(Lang::En, 8, 3, &hard_sides());
    let refused = |change: fn(&mut Trend)| {
        let mut chart = chart.clone();
        change(&mut chart);
        draw(&Chart::Trend(chart), &Theme::LIGHT).unwrap_err()
    };
    assert_eq!(refused(|chart| chart.waves.clear()), ChartError::Empty);
    assert_eq!(refused(|chart| chart.lines.clear()), ChartError::Empty);
    assert_eq!(refused(|chart| chart.lines.push(chart.lines[0].clone())), ChartError::Segments(9));
    assert_eq!(refused(|chart| drop(chart.waves.pop())), ChartError::Tiles("X".to_owned(), 3, 2));
    let wrong = Mark { rate: 0.5, low: 0.6, high: 0.7, caution: false };
    let mut chart = chart;
    chart.lines[0].points[1].side = Side::Shown(wrong);
    let error = draw(&Chart::Trend(chart), &Theme::LIGHT).unwrap_err();
    assert_eq!(error, ChartError::Range("X".to_owned()));
}

#[test]
fn brackets_tell_the_gap_at_both_ends_where_there_is_room() {
    for lang in LANGS {
        let svg = draw(&trend(lang), &Theme::LIGHT).unwrap();
        let said = |what: &str| svg.texts.iter().filter(|text| text.text == what).count();
        assert_eq!((said("−15"), said("−24")), (1, 1));
        assert!(svg.text.contains(lang.pick("Brackets: gap between the groups", "括线：当次两类群体之差")));
        let narrow = draw(&trend(lang), Style { size: Size::Wechat, ..Style::from(&Theme::LIGHT) }).unwrap();
        assert!(!narrow.texts.iter().any(|text| text.text == "−24"));
        assert!(!narrow.text.contains(lang.pick("Brackets", "括线")));
    }
}

//! Amounts of any unit: the drawn bytes, and layouts that hold in hard cases.

use wxstats::chart::{Chart, ChartError, Fonts, Size, SpanRow, Spans, Style, Theme, draw, draw_parts};
use wxstats::codebook::Lang;

use super::samples::head;
use super::{LANGS, check_golden, check_layout, plain_head};

fn row(label: &str, detail: &str, amounts: &[f64], value: &str) -> SpanRow {
    SpanRow {
        label: label.to_owned(),
        detail: detail.to_owned(),
        amounts: amounts.to_vec(),
        value: value.to_owned(),
        derived: value.starts_with('≈'),
    }
}

fn users(lang: Lang, smallest: SpanRow) -> Chart {
    let (month, year) =
        lang.pick(("Monthly active users, Q1 2017", "2013"), ("月活跃用户，2017年第一季度", "2013年"));
    let value = |en: &'static str, zh: &'static str| lang.pick(en, zh);
    let rows = vec![
        row(lang.pick("WeChat", "微信"), month, &[938e6], value("938 million users", "9.38亿名用户")),
        row(lang.pick("WeChat", "微信"), year, &[762.6e6], value("≈ 762.6 million users", "≈ 7.626亿名用户")),
        row(
            lang.pick("Weibo", "微博"),
            year,
            &[55e6, 129e6],
            value("55 million to 129 million users", "5,500万至1.29亿名用户"),
        ),
        smallest,
    ];
    let title = ("What is published of the platforms", "各平台的公开数字");
    Chart::Spans(Spans {
        head: head(lang, title, ("As published, by platform", "公开数字，按平台")), rows
    })
}

pub(super) fn linear(lang: Lang) -> Chart {
    users(lang, row("QQ", lang.pick("2013", "2013年"), &[600e6], lang.pick("600 million users", "6亿名用户")))
}

pub(super) fn logarithmic(lang: Lang) -> Chart {
    users(
        lang,
        row("Whisper", lang.pick("2013", "2013年"), &[12e3], lang.pick("12,000 users", "1.2万名用户")),
    )
}

#[test]
fn spans_are_drawn_as_before() {
    check_golden("spans", linear);
    check_golden("spans-logarithmic", logarithmic);
}

#[test]
fn more_than_two_orders_make_the_axis_logarithmic_and_say_so() {
    for lang in LANGS {
        let said = |chart: &Chart| draw(chart, &Theme::LIGHT).unwrap().text;
        let note = lang.pick("The axis is logarithmic", "横轴为对数刻度");
        assert!(!said(&linear(lang)).contains(note));
        assert!(said(&logarithmic(lang)).contains(note));
    }
}

#[test]
fn every_size_holds_its_words() {
    let long = "An unusually long name of a platform that hardly anybody has heard of";
    let many = |count: usize| {
        let rows = (0..count).map(|i| row(long, long, &[1.0, 10.0_f64.powi(i as i32 % 12)], long)).collect();
        Chart::Spans(Spans { head: plain_head(Lang::En), rows })
    };
    for size in [Size::Page, Size::Slide, Size::Wechat, Size::WechatCover] {
        for chart in LANGS.into_iter().flat_map(|lang| [linear(lang), logarithmic(lang)]).chain([many(24)]) {
            for svg in
                draw_parts(&chart, Style { theme: Theme::LIGHT, size, fonts: Fonts::default() }).unwrap()
            {
                check_layout(&format!("{size:?}"), &svg);
            }
        }
    }
}

#[test]
fn the_alt_text_says_every_row_and_nonsense_is_refused() {
    assert!(linear(Lang::En).alt().contains("Weibo, 2013: 55 million to 129 million users; QQ"));
    assert!(linear(Lang::Zh).alt().contains("微博，2013年：5,500万至1.29亿名用户；QQ"));
    let of = |rows| Chart::Spans(Spans { head: plain_head(Lang::En), rows });
    assert_eq!(draw(&of(Vec::new()), &Theme::LIGHT).unwrap_err(), ChartError::Empty);
    assert_eq!(draw(&of(vec![row("a", "", &[], "")]), &Theme::LIGHT).unwrap_err(), ChartError::Empty);
    let endless = of(vec![row("a", "", &[f64::INFINITY], "")]);
    assert_eq!(draw(&endless, &Theme::LIGHT).unwrap_err(), ChartError::Range("a".to_owned()));
}

//! Reports from hand-made tables: what they say, that nothing active passes, and how they reach the disk.

mod browser;
mod bundle;
mod findings;
mod fixture;
mod page;

use fixture::Survey;
use wxstats::chart::Fonts;
use wxstats::codebook::{Lang, Names};
use wxstats::report::{Bundle, Formats, Story, Subject, build};

fn svg_only() -> Formats {
    Formats { png: false, ..Formats::default() }
}

/// The report of one subject, without PNGs.
fn report(survey: &Survey, subject: Subject, lang: Lang) -> Bundle {
    let (by_city, overall) = (survey.by_city(), survey.overall());
    let siblings = [Subject::Overview, Subject::City(fixture::city("Guangzhou"))];
    let story = Story {
        subject,
        title: None,
        about: None,
        by_city: Some(&by_city),
        overall: &overall,
        by_city_and_wave: None,
        by_wave: None,
        gaps_by_city_and_wave: None,
        gaps_by_wave: None,
        points_by_city: None,
        points: None,
        rates: None,
        chapters: &[],
        template: None,
        names: &Names::default(),
        lang,
        translation: None,
        siblings: &siblings,
        formats: svg_only(),
        fonts: Fonts::default(),
    };
    build(&story).unwrap()
}

fn guangzhou() -> Subject {
    Subject::City(fixture::city("Guangzhou"))
}

/// A file of a bundle as text.
fn text<'a>(bundle: &'a Bundle, path: &str) -> &'a str {
    std::str::from_utf8(&bundle.files[path]).unwrap()
}

/// A chart's title.
fn title<'a>(bundle: &'a Bundle, chart: &str) -> &'a str {
    let svg = text(bundle, &format!("charts/{chart}.svg"));
    let start = svg.find("<title>").unwrap() + "<title>".len();
    &svg[start..start + svg[start..].find("</title>").unwrap()]
}

/// Nine cities, eleven features, with a city of few expats, a question nobody answered and an untouched feature.
fn large() -> Survey {
    let cities =
        ["Guangzhou", "Shenzhen", "Beijing", "Shanghai", "Chengdu", "Hangzhou", "Xi'an", "Wuhan", "Nanjing"];
    let features = [
        ("moments", 18, 44),
        ("articles", 9, 31),
        ("channels", 6, 28),
        ("mini_programs", 12, 24),
        ("red_packets", 22, 39),
        ("group_chat", 46, 49),
        ("games", 11, 13),
        ("translation", 31, 9),
        ("location", 27, 21),
        ("stickers", 35, 58),
        ("radar", 0, 2),
    ];
    let mut survey = Survey::default().synthetic(true);
    for (c, city) in cities.into_iter().enumerate() {
        let c = c as u64;
        let (expats, chinese) = (if c == 6 { 22 } else { 214 - 17 * c }, 402 - 23 * c);
        for (f, (feature, a, b)) in features.into_iter().enumerate() {
            let f = f as u64;
            let of = |n: u64, percent: u64, wobble: u64| (n, n * (percent + wobble % 5) / 100);
            let some = if feature == "radar" { 0 } else { 7 * c + f };
            survey =
                survey.item(city, &format!("{feature}.share"), of(expats, a, some), of(chinese, b, some + c));
            let readers = if feature == "radar" && c == 0 { (0, 0) } else { of(expats, a + 38, some) };
            survey =
                survey.item(city, &format!("{feature}.read"), readers, of(chinese, b + 33, some + 2 * c));
        }
    }
    survey
}

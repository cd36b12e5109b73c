//! Page and Markdown: well-formed, closed to the outside, and safe whatever the data says.

use std::collections::BTreeSet;

use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::fixture::Survey;
use super::{guangzhou, large, report, svg_only, text};
use wxstats::chart::Fonts;
use wxstats::codebook::project::{About, Topic};
use wxstats::codebook::{Lang, Name, Names};
use wxstats::report::{Bundle, Story, Subject, build};

fn pages() -> Vec<Bundle> {
    let survey = large();
    let mut bundles = Vec::new();
    for lang in [Lang::En, Lang::Zh] {
        bundles.push(report(&survey, guangzhou(), lang));
        bundles.push(report(&survey, Subject::Overview, lang));
    }
    bundles
}

/// The page without its document type, as XML; its script, too, is written so that it is.
fn parsed(page: &str) -> roxmltree::Document<'_> {
    let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
    roxmltree::Document::parse(body).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_page_is_well_formed_and_its_ids_are_unique() {
    for bundle in pages() {
        let page = parsed(text(&bundle, "index.html"));
        let mut ids = BTreeSet::new();
        for node in page.descendants() {
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(id.to_owned()), "{id} twice");
            }
        }
        for node in page.descendants() {
            for name in ["aria-labelledby", "href"] {
                if let Some(id) = node
                    .attribute(name)
                    .and_then(|v| if name == "href" { v.strip_prefix('#') } else { Some(v) })
                {
                    assert!(ids.contains(id), "nothing has the id {id}");
                }
            }
        }
        assert_eq!(page.descendants().filter(|node| node.has_tag_name("h1")).count(), 1);
        let tables = page.descendants().filter(|node| node.has_tag_name("table"));
        for table in tables {
            assert!(table.children().any(|node| node.has_tag_name("caption")));
            assert!(
                table
                    .descendants()
                    .filter(|node| node.has_tag_name("th"))
                    .all(|th| th.has_attribute("scope"))
            );
        }
    }
}

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap() + start.len();
    &text[from..from + text[from..].find(end).unwrap()]
}

fn hash(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[test]
fn the_policy_allows_the_page_what_is_in_it_and_nothing_else() {
    for bundle in pages() {
        let page = text(&bundle, "index.html");
        let style = between(page, "<style>", "</style>");
        let script = between(page, "<script>", "</script>");
        let policy = between(page, "Content-Security-Policy\" content=\"", "\"/>");
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; font-src data:; img-src data:; \
                 base-uri 'none'; form-action 'none'",
                hash(style),
                hash(script)
            )
        );
        assert_eq!(page.matches("<script").count(), 1);
        for active in ["javascript:", " style=", " onload", " onclick", "<link", "<iframe", "<img", "@import"]
        {
            assert!(!page.contains(active), "{active}");
        }
        assert_eq!(page.matches("url(").count(), page.matches("url(data:font/").count());
        let outside = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!outside.contains("http:") && !outside.contains("https:") && !outside.contains("\"//"));
    }
}

#[test]
fn the_page_brings_the_faces_it_uses() {
    for bundle in pages() {
        let page = text(&bundle, "index.html");
        let has = |family: &str, weight: u16| {
            page.contains(&format!(
                "@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/"
            ))
        };
        let is_english = page.contains("<html lang=\"en\"");
        assert_eq!([400, 600, 700].map(|weight| has("Inter", weight)), [is_english; 3]);
        assert!(has("Noto Sans SC", 400) && has("Noto Sans SC", 700), "English pages show Chinese names too");
        assert!(page.len() < 1_000_000, "{} bytes", page.len());
    }
}

#[test]
fn what_is_known_of_the_survey_is_listed_and_what_is_not() {
    let (survey, names) = (large(), Names::default());
    let (by_city, overall) = (survey.by_city(), survey.overall());
    let about: About = [
        (Topic::Sponsor, Name::new("Acme & Co", "艾克米公司")),
        (Topic::Mode, Name::new("Online", "在线问卷")),
    ]
    .into_iter()
    .collect();
    let story = |lang| Story {
        subject: guangzhou(),
        title: None,
        about: Some(&about),
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
        names: &names,
        lang,
        translation: None,
        siblings: &[],
        formats: svg_only(),
        fonts: Fonts::default(),
    };
    let en = build(&story(Lang::En)).unwrap();
    let page = text(&en, "index.html");
    for line in [
        "<dt>Sponsor</dt><dd>Acme &amp; Co</dd>",
        "<dt>Conducted by</dt><dd class=\"unstated\">Not stated.</dd>",
        "<dt>Fieldwork</dt><dd>Wave 2015; days not stated.</dd>",
        "<dt>Sample size</dt><dd>4,200 respondents (expats 2015). ",
        "<dt>Precision</dt><dd>95% logit intervals stand beside the rates, up to ±6.7 points. ",
        "<dt>Weighting</dt><dd>Unweighted.</dd>",
    ] {
        assert!(page.contains(line), "{line}");
    }
    assert!(
        text(&en, "report.md").contains("- **Sponsor**: Acme &amp; Co\n- **Conducted by**: Not stated.\n")
    );
    let zh = build(&story(Lang::Zh)).unwrap();
    assert!(text(&zh, "index.html").contains("<dt>调查方式与语言</dt><dd>在线问卷</dd>"));
    assert!(text(&zh, "report.md").contains("- **执行方**：未说明。"));
}

#[test]
fn links_lead_to_files_of_the_bundle_or_to_its_siblings() {
    for bundle in pages() {
        let page = parsed(text(&bundle, "index.html"));
        for node in page.descendants().filter(|node| node.has_tag_name("a")) {
            let href = node.attribute("href").unwrap();
            let sibling = href.starts_with("../") && href.ends_with("/index.html");
            assert!(sibling || href == "#main" || bundle.files.contains_key(href), "{href}");
        }
    }
}

#[test]
fn an_overview_and_its_cities_link_each_other() {
    let survey = large();
    let overview = report(&survey, Subject::Overview, Lang::En);
    assert!(text(&overview, "index.html").contains("<a href=\"../guangzhou/index.html\">Guangzhou</a>"));
    assert!(!text(&overview, "index.html").contains("../overview"));
    let city = report(&survey, guangzhou(), Lang::Zh);
    assert!(text(&city, "index.html").contains("<a href=\"../overview/index.html\">各城市</a>"));
    assert!(text(&city, "index.html").contains("<html lang=\"zh-Hans\""));
}

#[test]
fn made_up_data_says_so_first_everywhere() {
    const NOTE: &str = "Synthetic data, made for demonstration: nobody in it is real.";
    let bundle = report(&large(), guangzhou(), Lang::En);
    let page = text(&bundle, "index.html");
    assert!(page.find(NOTE).unwrap() < page.find("<main").unwrap());
    assert!(text(&bundle, "report.md").contains(NOTE));
    let is_chart = |path: &&String| path.starts_with("charts/") && path.rsplit('.').next() == Some("svg");
    let charts: Vec<&String> = bundle.files.keys().filter(is_chart).collect();
    assert_eq!(charts.len(), 4);
    for chart in charts {
        let svg = text(&bundle, chart);
        assert!(svg.find(NOTE).unwrap() < svg.find("Base: respondents").unwrap(), "{chart}");
    }
    let real = report(&large().synthetic(false), guangzhou(), Lang::En);
    assert!(!text(&real, "index.html").contains("Synthetic"));
}

#[test]
fn hostile_labels_stay_text() {
    let hostile = "\"><script>alert(1)</script>'\u{202E}|`[x](javascript:alert(1))\u{0}\n=1+1";
    let survey = Survey::default()
        .item("Guangzhou", "moments.share", (400, 80), (400, 240))
        .item("Guangzhou", "games.share", (400, 80), (21, 2))
        .segments(hostile, "b & c <i>");
    let bundle = report(&survey, guangzhou(), Lang::En);
    let page = text(&bundle, "index.html");
    parsed(page);
    for file in ["index.html", "report.md"] {
        let text = text(&bundle, file);
        assert!(!text.contains("<script>alert") && !text.contains("<i>"), "{file}");
        assert!(!text.contains('\u{202E}') && !text.contains('\u{0}'), "{file}");
    }
    let markdown = text(&bundle, "report.md");
    assert!(!markdown.contains("[x]("), "no link");
    for line in markdown.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!(bars == 9 || bars == 5, "{line}");
    }
}

#[test]
fn markdown_shows_charts_and_tables() {
    let bundle = report(&large(), guangzhou(), Lang::En);
    let markdown = text(&bundle, "report.md");
    assert!(markdown.starts_with("# In Guangzhou, "));
    assert!(markdown.contains("](charts/share-by-feature.svg)"));
    assert!(markdown.contains("| Feature | Expats, n | Expats, rate | Chinese users, n |"));
    assert!(markdown.contains("](data.csv)"));
}

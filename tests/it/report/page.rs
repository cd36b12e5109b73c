//! Page and Markdown: well-formed, closed to the outside, and safe whatever the data says.

use std::collections::BTreeSet;

use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::fixture::Survey;
use super::{guangzhou, large, report, text};
use wxstats::codebook::Lang;
use wxstats::report::{Bundle, Subject};

fn pages() -> Vec<Bundle> {
    let survey = large();
    let mut bundles = Vec::new();
    for lang in [Lang::En, Lang::Zh] {
        bundles.push(report(&survey, guangzhou(), lang));
        bundles.push(report(&survey, Subject::Overview, lang));
    }
    bundles
}

/// The page without its document type, as XML.
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

#[test]
fn the_policy_allows_the_page_its_own_style_and_nothing_else() {
    let bundle = report(&large(), guangzhou(), Lang::En);
    let page = text(&bundle, "index.html");
    let style = &page[page.find("<style>").unwrap() + 7..page.find("</style>").unwrap()];
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    assert!(page.contains(&format!("style-src 'sha256-{hash}'")), "the style's hash is sha256-{hash}");
    assert!(page.contains("default-src 'none'"));
    for active in
        ["<script", "javascript:", " style=", " onload", "<link", "<iframe", "<img", "@import", "url("]
    {
        assert!(!page.contains(active), "{active}");
    }
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!outside.contains("http:") && !outside.contains("https:") && !outside.contains("\"//"));
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
    let charts: Vec<&String> = bundle.files.keys().filter(|path| path.starts_with("charts/")).collect();
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
        assert!(!text.contains("<script") && !text.contains("<i>"), "{file}");
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

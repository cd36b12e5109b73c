//! Templates: what a house makes of a report.

use std::fs;

use crate::desk::Desk;

const REPORT: [&str; 7] =
    ["report", "--sample", "--chart-format", "svg", "--template", "template.toml", "--city"];

fn page(desk: &Desk, template: &str, more: &[&str]) -> String {
    fs::write(desk.path("template.toml"), template).unwrap();
    desk.ok(&[&REPORT[..], &["Guangzhou"], more].concat());
    fs::read_to_string(desk.path("reports/guangzhou/index.html")).unwrap()
}

/// Where each of the texts begins; all must be there.
fn places<const N: usize>(page: &str, texts: [&str; N]) -> [usize; N] {
    texts.map(|text| page.find(text).unwrap_or_else(|| panic!("{text} is missing")))
}

#[test]
fn sections_are_told_in_the_order_of_the_template() {
    let desk = Desk::new();
    let both = page(&desk, "sections = [\"claims\", \"survey\"]", &[]);
    let [claims, survey] = places(&both, ["id=\"part-claims\"", "id=\"part-survey\""]);
    assert!(claims < survey);
    let one = page(&desk, "sections = [\"claims\"]", &[]);
    assert!(!one.contains("share-by-feature") && one.contains("Published claims"));
    fs::write(desk.path("template.toml"), "sections = [\"surveys\"]").unwrap();
    let said = desk.fails(2, &[&REPORT[..], &["Guangzhou"]].concat());
    assert_eq!(
        said,
        "error: the template names a section that no report has: surveys\nhint: there are accounts, adoption, claims, funnel, people, persons, survey, usage\n"
    );
}

#[test]
fn title_and_footer_are_told_in_the_language_of_the_page() {
    let desk = Desk::new();
    let template = "title = { en = \"Autumn <2026>\", zh = \"2026 年秋\" }\n\
                    footer = { en = \"© Example\", zh = \"© 示例公司\" }\n";
    let english = page(&desk, template, &[]);
    places(&english, ["<h1>Autumn &lt;2026&gt;</h1>", "<footer><p>© Example</p>"]);
    let chinese = page(&desk, template, &["--lang", "zh"]);
    places(&chinese, ["<h1>2026 年秋</h1>", "<footer><p>© 示例公司</p>"]);
    let markdown = fs::read_to_string(desk.path("reports/guangzhou/report.md")).unwrap();
    assert!(markdown.starts_with("# 2026 年秋\n") && markdown.ends_with("© 示例公司\n"));
}

#[test]
fn a_logo_stands_in_the_page_and_the_accent_in_its_style() {
    let desk = Desk::new();
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 3\"><rect width=\"9\" height=\"3\"/></svg>";
    fs::write(desk.path("logo.svg"), logo).unwrap();
    let template = "logo = \"logo.svg\"\naccent = { light = \"#7A1FA2\", dark = \"#D9A6F0\" }\n";
    let page = page(&desk, template, &[]);
    places(&page, ["{--link:#7a1fa2}", "{--link:#d9a6f0}"]);
    places(&page, ["<header>\n<img class=\"logo\" src=\"data:image/svg+xml;base64,PHN2"]);
}

/// Three houses, with every key between them.
const HOUSES: [(&str, &[&str], &[&str]); 3] = [
    (
        "sections = [\"landscape\", \"people\", \"survey\"]\n\
         title = { en = \"WeChat, autumn 2026\", zh = \"微信：2026 年秋\" }\n",
        &[
            "<h1>WeChat, autumn 2026</h1>",
            "id=\"part-landscape\"",
            "id=\"part-people\"",
            "id=\"part-survey\"",
        ],
        &["id=\"part-claims\"", "id=\"part-usage\"", "class=\"logo\""],
    ),
    (
        "logo = \"logo.png\"\nsections = [\"survey\"]\n\
         accent = { light = \"#0F5C6C\", dark = \"#74C8D6\" }\n",
        &[
            "{--link:#0f5c6c}",
            "{--link:#74c8d6}",
            "class=\"logo\" src=\"data:image/png;base64,iVBOR",
            "id=\"share-by-feature\"",
        ],
        &["id=\"people-os\"", "<footer><p>©"],
    ),
    (
        "title = \"One house\"\nlogo = \"logo.svg\"\nsections = [\"claims\", \"survey\"]\n\
         accent = { light = \"#7A1FA2\", dark = \"#D9A6F0\" }\nfooter = \"© One house\"\n",
        &[
            "src=\"data:image/svg+xml;base64,",
            "<h1>One house</h1>",
            "id=\"part-claims\"",
            "id=\"part-survey\"",
            "<footer><p>© One house",
        ],
        &["id=\"part-people\"", "id=\"part-landscape\""],
    ),
];

/// A PNG of one pixel.
fn pixel() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::new(&mut bytes, 1, 1).write_header().unwrap();
    writer.write_image_data(&[15]).unwrap();
    drop(writer);
    bytes
}

#[test]
fn three_houses_dress_the_same_overview_each_in_its_own_way() {
    let desk = Desk::new();
    fs::write(desk.path("logo.png"), pixel()).unwrap();
    fs::write(desk.path("logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 3\"/>")
        .unwrap();
    // An overview alone: the cities of the data are one.
    let report = ["report", "--sample", "--chart-format", "svg", "--only", "ranked,dumbbell,spans", "--out"];
    for (number, (template, there, missing)) in HOUSES.iter().enumerate() {
        fs::write(desk.path("template.toml"), template).unwrap();
        let out = format!("house-{number}");
        desk.ok(&[&report[..], &[&out, "--template", "template.toml"]].concat());
        let page = fs::read_to_string(desk.path(&format!("{out}/overview/index.html"))).unwrap();
        let places: Vec<usize> =
            there.iter().map(|text| page.find(text).unwrap_or_else(|| panic!("{number}: {text}"))).collect();
        assert!(number == 1 || places.is_sorted(), "{number}: {places:?}");
        for text in *missing {
            assert!(!page.contains(text), "{number}: {text}");
        }
        // What a template leaves out of the page it leaves in the data.
        assert!(desk.path(&format!("{out}/overview/data.csv")).exists());
    }
}

#[test]
fn a_template_of_the_wrong_shape_is_refused_where_it_is_wrong() {
    let desk = Desk::new();
    for (template, expected) in [
        ("sections = \"survey\"", "template.toml:1:12: "),
        ("sections = []", "template.toml:1:12: no section is named"),
        ("title = 3", "template.toml:1:9: "),
        ("footer = { en = \"a\" }\ntitle = { zh = 1 }", "template.toml:2:16: "),
        ("logo = \"nowhere.svg\"", "template.toml:1:8: \"nowhere.svg\" cannot be read"),
        (
            "accent = { light = \"#0F5C6C\" }",
            "template.toml:1:10: an accent has a colour for the light page and one for the dark",
        ),
        ("title = \"a\"\ntitle = \"b\"", "template.toml:2:1: "),
        ("\n\nsections = [\"survey\"", "template.toml:3:"),
    ] {
        fs::write(desk.path("template.toml"), template).unwrap();
        let said = desk.fails(2, &[&REPORT[..], &["Guangzhou"]].concat());
        assert!(said.contains(expected), "{template}: {said}");
    }
}

#[test]
fn all_problems_of_a_template_are_listed_with_their_places() {
    let desk = Desk::new();
    fs::write(desk.path("bad.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>").unwrap();
    let template = "titel = \"x\"\nsections = [\"survey\", \"survey\"]\nlogo = \"bad.svg\"\n\
                    accent = { light = \"#FFCC00\", dark = \"blue\" }\n";
    fs::write(desk.path("template.toml"), template).unwrap();
    let said = desk.fails(2, &[&REPORT[..], &["Guangzhou"]].concat());
    for expected in [
        "template.toml:1:1: ",
        "template.toml:2:23: the section \"survey\" is named twice",
        "template.toml:3:8: the logo has a <script>",
        "template.toml:4:20: #FFCC00 on #FFFFFF has a contrast of 1.51; text takes 4.5",
        "template.toml:4:38: that is no colour",
        "error: the template has problems; see above",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(!desk.path("reports").exists());
}

//! Figures taken apart. `BLESS=1 cargo test explain` writes the goldens anew.

use std::fs;
use std::path::Path;

use crate::desk::Desk;

fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/explain").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{}", path.display());
}

#[test]
fn a_rate_is_taken_apart_in_both_languages() {
    let desk = Desk::new();
    let rate = "rate(moments.share, segment=expat, city=广州)";
    for lang in ["en", "zh"] {
        golden(&format!("rate.{lang}.txt"), &desk.ok(&["explain", rate, "--sample", "--lang", lang]));
    }
    let kunming = "rate(moments.share, segment=expat, city=Kunming)";
    golden("withheld.txt", &desk.ok(&["explain", kunming, "--sample"]));
    golden("flagged.txt", &desk.ok(&["explain", kunming, "--sample", "--show-withheld"]));
    let among = "rate(moments.share/moments.read, segment=expat)";
    golden("among.txt", &desk.ok(&["explain", among, "--sample", "--interval", "asin"]));
    golden("level.txt", &desk.ok(&["explain", "share(os=iOS, segment=expat, wave=2014)", "--sample"]));
}

#[test]
fn a_mean_of_a_clustered_survey_is_taken_apart() {
    let desk = Desk::new();
    fs::write(
        desk.path("wxstats.toml"),
        "[dataset.clustered.items]\n\"use.satisfied\" = { scale = [1, 5] }\n",
    )
    .unwrap();
    let survey = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/claims/clustered.csv");
    let said =
        desk.ok(&["explain", "mean(use.satisfied, segment=chinese)", "--input", survey.to_str().unwrap()]);
    golden("mean.txt", &said);
}

#[test]
fn what_is_no_figure_is_refused() {
    let desk = Desk::new();
    let said = desk.fails(2, &["explain", "rate(moments.share, city=广州", "--sample"]);
    assert!(
        said.starts_with("error: the figure, character 28: expected \",\" or \")\", found the end\nhint: "),
        "{said}"
    );
    let said = desk.fails(2, &["explain", "rate(moments.share) over 8%", "--sample"]);
    assert!(said.contains("character 21: expected the end, found \"over\""), "{said}");
    let said = desk.fails(1, &["explain", "rate(moments.forget, team=red)", "--sample"]);
    assert_eq!(said, "error: the survey does not ask moments.forget; the survey has no dimension team\n");
}

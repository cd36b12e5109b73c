//! Three claims worked by hand.
//!
//! 100 expats of whom 30 share, 100 Chinese users of whom 50 do, no weights, one stratum, so n/(n − 1) = 200/199.
//!
//! | claim | SE | t | df | p |
//! |---|---|---|---|---|
//! | expats < Chinese | √(200/199 · (100·0.21 + 100·0.25)/100²) = 0.067993 | −0.2/SE = −2.9415 | 199 | 0.0018270 |
//! | expats over 25% | √(200/199 · 100·0.21/100²) = 0.045941 | (logit 0.3 − logit 0.25)/(SE/0.21) = 1.14902 | 99 | 0.12671 |
//! | Chinese about 50% ± 15 | √(200/199 · 100·0.25/100²) = 0.050126 | ±(logit 0.65)/(SE/0.25) = 3.0874 | 99 | 0.0013096 |
//!
//! Holm over the three: 3 · 0.0013096 = 0.0039288, 2 · 0.0018270 = 0.0036541 but not less than the one before, 0.12671.
//! Smallest differences: (t_{1−0.05/3} + t_{0.8})·SE, for about with t_{0.9}; the quantiles are R's `qt`.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;

const CLAIMS: &str = r#"
[[claim]]
id = "gap"
assert = "rate(moments.share, segment=expat) < rate(moments.share, segment=chinese)"
[[claim]]
id = "over"
assert = "rate(moments.share, segment=expat) over 25%"
[[claim]]
id = "about"
assert = "rate(moments.share, segment=chinese) about 50% ± 15"
"#;

#[test]
fn p_values_corrections_and_smallest_differences() {
    let desk = Desk::new();
    let person = |segment: &str, index: u32, yes: u32| {
        format!("{segment}-{index},{segment},Guangzhou,{}\n", u8::from(index < yes))
    };
    let mut csv = "respondent_id,segment,city,moments.share\n".to_owned();
    csv.extend((0..100).map(|index| person("expat", index, 30)));
    csv.extend((0..100).map(|index| person("chinese", index, 50)));
    fs::write(desk.path("survey.csv"), csv).unwrap();
    fs::write(desk.path("claims.toml"), CLAIMS).unwrap();
    let said = desk.ok(&["claims", "claims.toml", "--format", "json", "--input", "survey.csv"]);
    let judged: Value = serde_json::from_str(&said).unwrap();
    let expected = [
        ("supported", 0.001_827_04, 0.003_928_8, 0.203_05),
        ("not-clear", 0.126_706, 0.126_706, 0.137_98),
        ("supported", 0.001_309_6, 0.003_928_8, 0.172_85),
    ];
    for (claim, (verdict, p, corrected, smallest)) in
        judged["claims"].as_array().unwrap().iter().zip(expected)
    {
        assert_eq!(claim["verdict"], verdict);
        for (found, expected) in [
            (&claim["p"], p),
            (&claim["p_adjusted"], corrected),
            (&claim["tests"][0]["smallest_detectable"], smallest),
        ] {
            let found = found.as_f64().unwrap();
            assert!((found / expected - 1.0).abs() < 1e-4, "{found} is not {expected}: {claim}");
        }
    }
}

/// 100 people with 1 to 100 hours, one each. The median is 50. The share up to it is 0.5, SE √(100/99 · 0.25/100) = 0.050252; its
/// logit interval at t(0.975, 99) = 1.984217 is 0.401590 to 0.598410, at which the values are 41 and 60 (Woodruff). SE = 19/(2 ·
/// 1.984217) = 4.787783, so over 40: t = 10/SE = 2.088649, p = 0.0196524; over 60 the same for the opposite.
#[test]
fn medians_are_held_against_numbers() {
    let desk = Desk::new();
    let mut csv = "respondent_id,segment,city,use.hours\n".to_owned();
    csv.extend((1..=100).map(|hours| format!("r-{hours},expat,Guangzhou,{hours}\n")));
    fs::write(desk.path("survey.csv"), csv).unwrap();
    fs::write(desk.path("wxstats.toml"), "[dataset.survey.items]\n\"use.hours\" = { number = true }\n")
        .unwrap();
    let claims = r#"
[[claim]]
id = "over"
assert = "median(use.hours, segment=expat) over 40"
[[claim]]
id = "too-many"
assert = "median(use.hours) over 60"
[[claim]]
id = "no-number"
assert = "median(use.hours/use.hours) over 60"
"#;
    fs::write(desk.path("claims.toml"), claims).unwrap();
    let asked =
        ["claims", "claims.toml", "--format", "json", "--input", "survey.csv", "--correction", "none"];
    let output = desk.run(&asked);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let judged: Value = serde_json::from_slice(&output.stdout).unwrap();
    let verdicts: Vec<&str> =
        judged["claims"].as_array().unwrap().iter().map(|claim| claim["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["supported", "contradicted", "not-testable"]);
    for (claim, p) in [(0, "p"), (1, "p_opposite")] {
        let claim = &judged["claims"][claim];
        assert!((claim[p].as_f64().unwrap() - 0.019_652_4).abs() < 1e-6, "{claim}");
        let figure = &claim["tests"][0]["figures"][0];
        assert_eq!((&figure["estimate"], &figure["n"]), (&50.0.into(), &100.into()), "{figure}");
    }
    fs::write(desk.path("claims.toml"), "[[claim]]\nid = \"x\"\nassert = \"median(use.hours) over 40%\"\n")
        .unwrap();
    let stderr = desk.fails(2, &asked);
    assert!(stderr.contains("means and medians are held against a plain number"), "{stderr}");
}

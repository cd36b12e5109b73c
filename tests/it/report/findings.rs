//! Titles and findings over hand-made tables: no sentence claims more than its test.

use super::fixture::{Answers, Survey};
use super::{guangzhou, report, title};
use wxstats::codebook::Lang;
use wxstats::report::Subject;

const HIGH: Answers = (400, 240);
const LOW: Answers = (400, 80);
const FEW: Answers = (21, 8);
const NOBODY: Answers = (0, 0);

/// Titles in English and Chinese of the chart `share-by-feature` when expats and Chinese users answered like this.
fn by_feature(answers: &[(Answers, Answers)], action: &str) -> [String; 2] {
    let features = ["moments", "articles", "games", "radar", "shake"];
    let mut survey = Survey::default();
    for (feature, (a, b)) in features.iter().zip(answers) {
        survey = survey.item("Guangzhou", &format!("{feature}.{action}"), *a, *b);
    }
    let chart = format!("{}-by-feature", action.replace('_', "-"));
    [Lang::En, Lang::Zh].map(|lang| title(&report(&survey, guangzhou(), lang), &chart).to_owned())
}

#[test]
fn a_chart_by_feature_claims_what_the_tests_support() {
    assert_eq!(
        by_feature(&[(LOW, HIGH), (LOW, HIGH), (LOW, LOW)], "share"),
        [
            "In Guangzhou, Chinese users share more than expats on 2 of 3 features",
            "在广州，3 项功能中有 2 项中国用户的分享率高于外籍用户"
        ]
    );
    assert_eq!(
        by_feature(&[(LOW, HIGH), (LOW, HIGH), (HIGH, LOW)], "share"),
        [
            "In Guangzhou, Chinese users share more than expats on 2 of 3 features; expats more on 1",
            "在广州，3 项功能中有 2 项中国用户的分享率高于外籍用户，1 项外籍用户更高"
        ]
    );
    assert_eq!(
        by_feature(&[(HIGH, LOW), (HIGH, LOW)], "read"),
        [
            "In Guangzhou, expats read more than Chinese users on both features",
            "在广州，外籍用户在全部 2 项功能上的阅读率都高于中国用户"
        ]
    );
    assert_eq!(
        by_feature(&[(LOW, HIGH), (LOW, HIGH), (LOW, HIGH)], "share"),
        [
            "In Guangzhou, Chinese users share more than expats on all 3 features",
            "在广州，中国用户在全部 3 项功能上的分享率都高于外籍用户"
        ]
    );
}

#[test]
fn without_a_clear_gap_nothing_is_claimed() {
    assert_eq!(
        by_feature(&[(LOW, LOW), (HIGH, HIGH)], "share"),
        [
            "In Guangzhou, no clear difference between expats and Chinese users in how many share",
            "在广州，外籍用户与中国用户的分享率无显著差异"
        ]
    );
    assert_eq!(
        by_feature(&[(FEW, HIGH), (NOBODY, HIGH)], "share"),
        [
            "In Guangzhou, too few answers to compare how many expats and Chinese users share",
            "在广州，作答人数太少，无法比较外籍用户与中国用户的分享率"
        ]
    );
}

#[test]
fn a_withheld_gap_counts_among_the_features() {
    assert_eq!(
        by_feature(&[(LOW, HIGH), (FEW, HIGH)], "share")[0],
        "In Guangzhou, Chinese users share more than expats on 1 of 2 features"
    );
}

#[test]
fn actions_that_need_an_object_are_named() {
    assert_eq!(
        by_feature(&[(LOW, HIGH), (HIGH, LOW), (LOW, HIGH)], "use"),
        [
            "Use in Guangzhou: Chinese users lead on 2 of 3 features, expats on 1",
            "在广州，3 项功能中有 2 项中国用户的使用率高于外籍用户，1 项外籍用户更高"
        ]
    );
    assert_eq!(
        by_feature(&[(LOW, LOW), (LOW, LOW)], "aware")[0],
        "Awareness in Guangzhou: no clear difference between expats and Chinese users"
    );
    assert_eq!(
        by_feature(&[(FEW, LOW), (FEW, LOW)], "use")[0],
        "Use in Guangzhou: too few answers to compare expats and Chinese users"
    );
    assert_eq!(
        by_feature(&[(LOW, HIGH), (LOW, HIGH)], "take_part")[0],
        "In Guangzhou, Chinese users take part more than expats on both features"
    );
}

/// Titles in English and Chinese of the chart by city when expats and Chinese users answered like this in each city.
fn by_city(answers: &[(Answers, Answers)]) -> [String; 2] {
    let cities = ["Guangzhou", "Shenzhen", "Beijing", "Shanghai"];
    let mut survey = Survey::default();
    for (city, (a, b)) in cities.iter().zip(answers) {
        survey = survey.item(city, "moments.share", *a, *b);
    }
    [Lang::En, Lang::Zh]
        .map(|lang| title(&report(&survey, Subject::Overview, lang), "moments-share-by-city").to_owned())
}

#[test]
fn a_chart_by_city_claims_what_the_tests_support() {
    let (up, down, same) = ((LOW, HIGH), (HIGH, LOW), (LOW, LOW));
    let cases = [
        (
            vec![up, up, up],
            "In all 3 cities, Chinese users share Moments more than expats",
            "在全部 3 个城市，中国用户的朋友圈分享率都高于外籍用户",
        ),
        (
            vec![up, up],
            "In both cities, Chinese users share Moments more than expats",
            "在两个城市，中国用户的朋友圈分享率都高于外籍用户",
        ),
        (
            vec![up],
            "In Guangzhou, Chinese users share Moments more than expats",
            "在广州，中国用户的朋友圈分享率高于外籍用户",
        ),
        (
            vec![up, same, up],
            "Chinese users share Moments more than expats in 2 of 3 cities",
            "3 个城市中有 2 个，中国用户的朋友圈分享率高于外籍用户",
        ),
        (
            vec![down, down, up],
            "Expats share Moments more than Chinese users in 2 of 3 cities; Chinese users more in 1",
            "3 个城市中有 2 个，外籍用户的朋友圈分享率高于中国用户；1 个城市中国用户更高",
        ),
        (
            vec![same, same, same],
            "How many share Moments: no clear difference between expats and Chinese users in any of 3 cities",
            "在 3 个城市，外籍用户与中国用户的朋友圈分享率均无显著差异",
        ),
        (
            vec![same, same, same, (FEW, LOW)],
            "How many share Moments: no clear difference between expats and Chinese users in any of the 3 cities compared",
            "在可比较的 3 个城市，外籍用户与中国用户的朋友圈分享率均无显著差异",
        ),
        (
            vec![(FEW, LOW), (NOBODY, LOW)],
            "How many share Moments: too few answers to compare expats and Chinese users",
            "作答人数太少，无法比较外籍用户与中国用户的朋友圈分享率",
        ),
    ];
    for (answers, en, zh) in cases {
        assert_eq!(by_city(&answers), [en, zh]);
    }
}

fn mixed() -> Survey {
    Survey::default()
        .item("Guangzhou", "moments.share", (400, 32), (400, 124))
        .item("Guangzhou", "translation.share", (400, 232), (400, 60))
        .item("Guangzhou", "games.share", (400, 81), (400, 80))
        .item("Guangzhou", "radar.share", FEW, LOW)
        .item("Guangzhou", "shake.share", NOBODY, FEW)
        .item("Guangzhou", "stickers.use", (400, 0), (400, 60))
}

#[test]
fn findings_name_gaps_doubts_and_what_is_missing() {
    let bundle = report(&mixed(), guangzhou(), Lang::En);
    assert_eq!(
        bundle.findings,
        [
            "Translation: 58% of expats share, 15% of Chinese users; gap +43 points (95% interval 37 to 49).",
            "Moments: 8% of expats share, 31% of Chinese users; gap −23 points (95% interval −28 to −18).",
            "Stickers (use): 0% of expats, 15% of Chinese users; gap −15 points (95% interval −18 to −12); \
             with care: expats: a rate of 0% or 100%.",
            "No clear difference: Games (share).",
            "Not compared: Radar (share; expats: n = 21, fewer than 30) and Shake (share; expats: nobody in the base; \
             Chinese users: n = 21, fewer than 30).",
        ]
    );
    assert_eq!(
        bundle.summary,
        "3 of 6 gaps are clear at the 95% level, Holm-corrected: Chinese users are higher in 2, expats in 1."
    );
}

#[test]
fn findings_in_chinese() {
    let bundle = report(&mixed(), guangzhou(), Lang::Zh);
    assert_eq!(
        bundle.findings,
        [
            "翻译：外籍用户的分享率为 58%，中国用户为 15%；差距 +43 个百分点（95% 置信区间 37 至 49）。",
            "朋友圈：外籍用户的分享率为 8%，中国用户为 31%；差距 −23 个百分点（95% 置信区间 −28 至 −18）。",
            "表情：外籍用户的使用率为 0%，中国用户为 15%；差距 −15 个百分点（95% 置信区间 −18 至 −12）；\
             谨慎使用：外籍用户：比例为 0% 或 100%。",
            "无显著差异：游戏（分享）。",
            "未作比较：雷达加朋友（分享；外籍用户：n = 21，不足 30）、摇一摇（分享；外籍用户：基数为零；\
             中国用户：n = 21，不足 30）。",
        ]
    );
    assert_eq!(
        bundle.summary,
        "6 项差距中有 3 项在 95% 水平上显著，经 Holm 校正：其中 2 项中国用户更高，1 项外籍用户更高。"
    );
}

#[test]
fn a_segment_that_is_missing_in_a_city_is_said() {
    let survey = mixed().one_sided("Shenzhen", "moments.share", 1, (300, 90));
    let bundle = report(&survey, guangzhou(), Lang::En);
    let page = super::text(&bundle, "index.html");
    assert!(page.contains("expats: no respondents"), "the table behind the bars says it");
    assert_eq!(
        title(&bundle, "moments-share-by-city"),
        "Chinese users share Moments more than expats in the one city that can be compared"
    );
}

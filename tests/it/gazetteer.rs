//! Every name of the gazetteer leads to its city, and what is not one city's name is refused with a way out.

use std::collections::BTreeSet;

use wxstats::codebook::{
    City,
    gazetteer::{CityError, Tier, all, by_key, resolve},
};

fn key(text: &str) -> &'static str {
    resolve(text).unwrap_or_else(|error| panic!("{text}: {error}; {:?}", error.hint())).key
}

fn keys(cities: &[&City]) -> Vec<&'static str> {
    cities.iter().map(|city| city.key).collect()
}

fn ambiguous(text: &str) -> Vec<&'static str> {
    match resolve(text) {
        Err(CityError::Ambiguous { candidates, .. }) => keys(&candidates),
        other => panic!("{text}: {other:?}"),
    }
}

fn unknown(text: &str) -> Vec<&'static str> {
    match resolve(text) {
        Err(CityError::Unknown { suggestions, .. }) => keys(&suggestions),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn keys_and_slugs_are_unique() {
    let keys: BTreeSet<&str> = all().iter().map(|city| city.key).collect();
    let slugs: BTreeSet<String> = all().iter().map(City::slug).collect();
    assert_eq!((keys.len(), slugs.len()), (all().len(), all().len()));
    let slug = |key| by_key(key).map(City::slug);
    assert_eq!(slug("Suzhou (Anhui)").as_deref(), Some("suzhou-anhui"));
    assert_eq!(slug("Xi'an").as_deref(), Some("xian"));
    assert_eq!(slug("Ürümqi").as_deref(), Some("urumqi"));
    assert_eq!(slug("Hong Kong").as_deref(), Some("hong-kong"));
    assert!(slugs.iter().all(|slug| slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
}

#[test]
fn every_key_and_full_name_leads_home() {
    for city in all() {
        for text in [city.key, city.full_zh] {
            assert_eq!(key(text), city.key, "{text}");
        }
        let with_province = format!("{}{}", city.province_zh, city.name_zh);
        assert_eq!(key(&with_province), city.key, "{with_province}");
        assert_eq!(key(&format!("{}-{}-某区", city.province_zh, city.full_zh)), city.key);
        assert_eq!(key(&format!("{}, {}", city.name_en, city.province_en)), city.key, "{}", city.key);
    }
}

#[test]
fn short_and_english_names_of_prefectures_lead_home_but_for_five_pairs_and_two_provinces() {
    let (mut pairs, mut provinces) = (BTreeSet::new(), BTreeSet::new());
    for city in all().iter().filter(|city| city.is_prefecture_level()) {
        for text in [city.name_zh, city.name_en] {
            match resolve(text) {
                Ok(found) => assert_eq!(found.key, city.key, "{text}"),
                Err(CityError::Ambiguous { .. }) => {
                    pairs.insert((text, ambiguous(text)));
                }
                Err(CityError::Province { candidates, .. }) => {
                    assert_eq!(candidates[1].key, city.key);
                    provinces.insert(text);
                }
                Err(error) => panic!("{text}: {error}"),
            }
        }
    }
    assert_eq!(provinces, BTreeSet::from(["Jilin", "Hainan", "吉林", "海南"]));
    let expected = [
        ("Fuzhou", vec!["Fuzhou (Fujian)", "Fuzhou (Jiangxi)"]),
        ("Suzhou", vec!["Suzhou (Jiangsu)", "Suzhou (Anhui)"]),
        ("Taizhou", vec!["Taizhou (Jiangsu)", "Taizhou (Zhejiang)"]),
        ("Yichun", vec!["Yichun (Heilongjiang)", "Yichun (Jiangxi)"]),
        ("Yulin", vec!["Yulin (Guangxi)", "Yulin (Shaanxi)"]),
    ];
    assert_eq!(pairs, BTreeSet::from(expected));
}

#[test]
fn county_level_cities_yield_to_prefectures() {
    for city in all() {
        if city.name_zh != "吉林" && city.name_zh != "海南" {
            assert_eq!(key(city.name_zh), city.key);
        }
    }
    assert_eq!(key("Binzhou"), "Binzhou");
    assert_eq!(key("滨州"), "Binzhou");
    assert_eq!(key("彬州"), "Binzhou (Shaanxi)");
    assert_eq!(key("Ji'an"), "Ji'an");
    assert_eq!(key("吉安"), "Ji'an");
    assert_eq!(key("集安市"), "Ji'an (Jilin)");
    assert_eq!(key("大理市"), "Dali");
    assert_eq!(key("江苏-苏州市-昆山市"), "Suzhou (Jiangsu)");
    assert_eq!(key("江苏昆山"), "Kunshan");
    assert_eq!(key("Yiwu"), "Yiwu");
    assert_eq!(ambiguous("Heshan"), ["Heshan (Guangdong)", "Heshan (Guangxi)"]);
}

#[test]
fn spelling_does_not_matter() {
    for text in [
        "GUANGZHOU",
        "guang zhou",
        "Guangzhou City",
        "guangzhou shi",
        "Guangzhoushi",
        "Ｇｕａｎｇｚｈｏｕ",
        " 广州 ",
    ] {
        assert_eq!(key(text), "Guangzhou", "{text}");
    }
    for text in ["Xian", "Xi’an", "XI AN", "xi-an", "Xi'an City", "西安"] {
        assert_eq!(key(text), "Xi'an", "{text}");
    }
    assert_eq!(key("Beijing Municipality"), "Beijing");
    assert_eq!(key("Hong Kong SAR"), "Hong Kong");
    assert_eq!((key("Lvliang"), key("Luliang"), key("LÜLIANG")), ("Lüliang", "Lüliang", "Lüliang"));
    assert_eq!((key("延边"), key("延边州"), key("Yanbian")), ("Yanbian", "Yanbian", "Yanbian"));
}

#[test]
fn traditional_forms() {
    let forms = [
        ("廣州", "Guangzhou"),
        ("蘇州", "Suzhou (Jiangsu)"),
        ("臺北", "Taiwan"),
        ("台北市", "Taiwan"),
        ("廈門市", "Xiamen"),
        ("瀋陽", "Shenyang"),
        ("廣東省東莞市", "Dongguan"),
        ("烏魯木齊", "Ürümqi"),
        ("臺州", "Taizhou (Zhejiang)"),
        ("澳門", "Macau"),
        ("延邊朝鮮族自治州", "Yanbian"),
    ];
    for (text, expected) in forms {
        assert_eq!(key(text), expected, "{text}");
    }
}

#[test]
fn aliases() {
    let aliases = [
        ("Peking", "Beijing"),
        ("Canton", "Guangzhou"),
        ("Amoy", "Xiamen"),
        ("Swatow", "Shantou"),
        ("Mukden", "Shenyang"),
        ("Tsingtao", "Qingdao"),
        ("Nanking", "Nanjing"),
        ("Chungking", "Chongqing"),
        ("Hankow", "Wuhan"),
        ("port arthur", "Dalian"),
        ("Soochow", "Suzhou (Jiangsu)"),
        ("Foochow", "Fuzhou (Fujian)"),
        ("SZ", "Shenzhen"),
        ("bj", "Beijing"),
        ("GZ", "Guangzhou"),
        ("SH", "Shanghai"),
        ("HK", "Hong Kong"),
        ("羊城", "Guangzhou"),
        ("魔都", "Shanghai"),
        ("鵬城", "Shenzhen"),
        ("Chaoyang, Beijing", "Beijing"),
    ];
    for (text, expected) in aliases {
        assert_eq!(key(text), expected, "{text}");
    }
}

#[test]
fn addresses() {
    let addresses = [
        ("广东-深圳市-龙岗区", "Shenzhen"),
        ("广东省深圳市", "Shenzhen"),
        ("广东省深圳市龙岗区", "Shenzhen"),
        ("深圳市龙岗区", "Shenzhen"),
        ("深圳龙岗区", "Shenzhen"),
        ("1.2.3.4(广东-深圳)", "Shenzhen"),
        ("Guangdong-Shenzhen", "Shenzhen"),
        ("Shenzhen, Guangdong Province, China", "Shenzhen"),
        ("中国广东深圳", "Shenzhen"),
        ("Guangzhou, China", "Guangzhou"),
        ("Guangzhou, Tianhe", "Guangzhou"),
        ("Hong Kong, China", "Hong Kong"),
        ("北京-北京市-朝阳区", "Beijing"),
        ("北京市朝阳区", "Beijing"),
        ("北京朝阳区", "Beijing"),
        ("上海/浦东新区", "Shanghai"),
        ("重庆市江北区", "Chongqing"),
        ("广西壮族自治区桂林市", "Guilin"),
        ("内蒙古呼和浩特", "Hohhot"),
        ("Hohhot Inner Mongolia", "Hohhot"),
        ("新疆维吾尔自治区-伊犁哈萨克自治州", "Ili"),
        ("Suzhou, Anhui", "Suzhou (Anhui)"),
        ("Suzhou (Anhui)", "Suzhou (Anhui)"),
        ("Suzhou（安徽）", "Suzhou (Anhui)"),
        ("安徽宿州", "Suzhou (Anhui)"),
        ("Jiangsu Suzhou", "Suzhou (Jiangsu)"),
        ("辽宁朝阳", "Chaoyang"),
        ("辽宁大连中山区", "Dalian"),
        ("福建福州鼓楼区", "Fuzhou (Fujian)"),
    ];
    for (text, expected) in addresses {
        assert_eq!(key(text), expected, "{text}");
    }
}

#[test]
fn provinces_are_not_cities() {
    for (text, candidates) in [
        ("广东", vec!["Guangzhou"]),
        ("Guangdong Province", vec!["Guangzhou"]),
        ("Jilin", vec!["Changchun", "Jilin (Jilin)"]),
        ("吉林省", vec!["Changchun", "Jilin (Jilin)"]),
        ("海南", vec!["Haikou", "Hainan (Qinghai)"]),
        ("內蒙古", vec!["Hohhot"]),
    ] {
        match resolve(text) {
            Err(CityError::Province { candidates: found, .. }) => assert_eq!(keys(&found), candidates),
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in ["吉林市", "Jilin City", "Jilin, Jilin", "吉林-吉林市-船营区", "Kirin"] {
        assert_eq!(key(text), "Jilin (Jilin)", "{text}");
    }
    for text in ["海南州", "青海海南", "Hainan, Qinghai", "海南藏族自治州"] {
        assert_eq!(key(text), "Hainan (Qinghai)", "{text}");
    }
    for text in ["海南市", "Hainan City"] {
        assert!(matches!(resolve(text), Err(CityError::Unknown { .. })), "{text}");
    }
    assert_eq!((key("海南-三亚市"), key("Sanya, Hainan")), ("Sanya", "Sanya"));
}

#[test]
fn two_cities_are_not_one() {
    assert_eq!(ambiguous("Guangzhou, Shanghai"), ["Shanghai", "Guangzhou"]);
    assert_eq!(ambiguous("上海、广州"), ["Shanghai", "Guangzhou"]);
    assert_eq!(ambiguous("上海广州"), ["Shanghai", "Guangzhou"]);
}

#[test]
fn strangers_are_refused_and_likeness_only_suggests() {
    assert_eq!(unknown("Guangzou"), ["Guangzhou"]);
    assert_eq!(unknown("Shangai"), ["Shanghai"]);
    assert_eq!(unknown("深圳龙岗"), ["Shenzhen"]);
    assert_eq!(unknown("Beijing Haidian"), ["Beijing"]);
    for text in [
        "London",
        "New York",
        "Paris",
        "伦敦",
        "鼓楼区",
        "朝阳区",
        "西安区",
        "Guangzhou, Anhui",
        "x",
        "42",
        "China",
    ] {
        assert_eq!(unknown(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(resolve(" · "), Err(CityError::Empty));
    assert_eq!(resolve(""), Err(CityError::Empty));
}

#[test]
fn errors_say_what_to_write() {
    let said = |text: &str| match resolve(text) {
        Err(error) => (error.to_string(), error.hint().unwrap_or_default()),
        Ok(city) => panic!("{text} is {city}"),
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(said("Guangzou"), pair("unknown city \"Guangzou\"", "did you mean Guangzhou (广州)?"));
    assert_eq!(
        said("Suzhou"),
        pair(
            "city \"Suzhou\" may be Suzhou in Jiangsu (江苏苏州) or Suzhou in Anhui (安徽宿州)",
            "write \"Suzhou (Jiangsu)\" (苏州市) or \"Suzhou (Anhui)\" (宿州市)"
        )
    );
    assert_eq!(
        said("Jilin"),
        pair(
            "\"Jilin\" is a province, not a city",
            "write a city of it, such as Changchun (长春); the city of that name is \"Jilin (Jilin)\" (吉林市)"
        )
    );
    assert_eq!(said("London"), pair("unknown city \"London\"", ""));
}

#[test]
fn tiers_and_provinces() {
    let city = resolve("深圳").unwrap();
    assert_eq!((city.tier, city.province_en, city.province_zh), (Some(Tier::First), "Guangdong", "广东"));
    assert_eq!(resolve("成都").unwrap().tier, Some(Tier::NewFirst));
    assert_eq!(resolve("昆明").unwrap().tier, Some(Tier::Second));
    assert_eq!(resolve("昆山").unwrap().tier, None, "the list ranks no county-level city");
    assert_eq!(by_key("广州"), None);
}

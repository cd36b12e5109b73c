//! Where people come from: the level of a nationality or country → its name in both languages.
//!
//! In: a level as a file has it, an adjective (`Korean`), a country (`South Korea`) or its Chinese name (韩国, 韩国人). Out: in
//! English what the file says, where that is English; in Chinese the country, as forms have it.

use super::Name;

/// The dimensions whose levels are nations.
const DIMENSIONS: [&str; 2] = ["country", "nationality"];

/// The name of a level; `None` of another dimension, or where no nation is called so.
pub(super) fn name(dimension: &str, level: &str) -> Option<Name> {
    if !DIMENSIONS.contains(&dimension) {
        return None;
    }
    let bare = level.strip_suffix('人').unwrap_or(level);
    if let Some((country, _, zh)) = NATIONS.iter().find(|(_, _, zh)| *zh == bare) {
        return Some(Name::new(*country, *zh));
    }
    let is_it = |name: &str| name.eq_ignore_ascii_case(level);
    let (_, _, zh) = NATIONS.iter().find(|(country, adjective, _)| is_it(country) || is_it(adjective))?;
    Some(Name::new(level, *zh))
}

/// Country, adjective, Chinese; by country.
const NATIONS: super::names::Table = &[
    ("Afghanistan", "Afghan", "阿富汗"),
    ("Albania", "Albanian", "阿尔巴尼亚"),
    ("Algeria", "Algerian", "阿尔及利亚"),
    ("Andorra", "Andorran", "安道尔"),
    ("Angola", "Angolan", "安哥拉"),
    ("Antigua and Barbuda", "Antiguan", "安提瓜和巴布达"),
    ("Argentina", "Argentinian", "阿根廷"),
    ("Armenia", "Armenian", "亚美尼亚"),
    ("Australia", "Australian", "澳大利亚"),
    ("Austria", "Austrian", "奥地利"),
    ("Azerbaijan", "Azerbaijani", "阿塞拜疆"),
    ("Bahamas", "Bahamian", "巴哈马"),
    ("Bahrain", "Bahraini", "巴林"),
    ("Bangladesh", "Bangladeshi", "孟加拉国"),
    ("Barbados", "Barbadian", "巴巴多斯"),
    ("Belarus", "Belarusian", "白俄罗斯"),
    ("Belgium", "Belgian", "比利时"),
    ("Belize", "Belizean", "伯利兹"),
    ("Benin", "Beninese", "贝宁"),
    ("Bhutan", "Bhutanese", "不丹"),
    ("Bolivia", "Bolivian", "玻利维亚"),
    ("Bosnia and Herzegovina", "Bosnian", "波黑"),
    ("Botswana", "Botswanan", "博茨瓦纳"),
    ("Brazil", "Brazilian", "巴西"),
    ("Brunei", "Bruneian", "文莱"),
    ("Bulgaria", "Bulgarian", "保加利亚"),
    ("Burkina Faso", "Burkinabe", "布基纳法索"),
    ("Burundi", "Burundian", "布隆迪"),
    ("Cambodia", "Cambodian", "柬埔寨"),
    ("Cameroon", "Cameroonian", "喀麦隆"),
    ("Canada", "Canadian", "加拿大"),
    ("Cape Verde", "Cape Verdean", "佛得角"),
    ("Central African Republic", "Central African", "中非"),
    ("Chad", "Chadian", "乍得"),
    ("Chile", "Chilean", "智利"),
    ("China", "Chinese", "中国"),
    ("Colombia", "Colombian", "哥伦比亚"),
    ("Comoros", "Comorian", "科摩罗"),
    ("Congo", "Congolese", "刚果"),
    ("Costa Rica", "Costa Rican", "哥斯达黎加"),
    ("Croatia", "Croatian", "克罗地亚"),
    ("Cuba", "Cuban", "古巴"),
    ("Cyprus", "Cypriot", "塞浦路斯"),
    ("Czechia", "Czech", "捷克"),
    ("Côte d’Ivoire", "Ivorian", "科特迪瓦"),
    ("Denmark", "Danish", "丹麦"),
    ("Djibouti", "Djiboutian", "吉布提"),
    ("Dominica", "Dominican (Dominica)", "多米尼克"),
    ("Dominican Republic", "Dominican", "多米尼加"),
    ("East Timor", "Timorese", "东帝汶"),
    ("Ecuador", "Ecuadorian", "厄瓜多尔"),
    ("Egypt", "Egyptian", "埃及"),
    ("El Salvador", "Salvadoran", "萨尔瓦多"),
    ("Equatorial Guinea", "Equatorial Guinean", "赤道几内亚"),
    ("Eritrea", "Eritrean", "厄立特里亚"),
    ("Estonia", "Estonian", "爱沙尼亚"),
    ("Eswatini", "Swazi", "斯威士兰"),
    ("Ethiopia", "Ethiopian", "埃塞俄比亚"),
    ("Fiji", "Fijian", "斐济"),
    ("Finland", "Finnish", "芬兰"),
    ("France", "French", "法国"),
    ("Gabon", "Gabonese", "加蓬"),
    ("Gambia", "Gambian", "冈比亚"),
    ("Georgia", "Georgian", "格鲁吉亚"),
    ("Germany", "German", "德国"),
    ("Ghana", "Ghanaian", "加纳"),
    ("Greece", "Greek", "希腊"),
    ("Grenada", "Grenadian", "格林纳达"),
    ("Guatemala", "Guatemalan", "危地马拉"),
    ("Guinea", "Guinean", "几内亚"),
    ("Guinea-Bissau", "Bissau-Guinean", "几内亚比绍"),
    ("Guyana", "Guyanese", "圭亚那"),
    ("Haiti", "Haitian", "海地"),
    ("Honduras", "Honduran", "洪都拉斯"),
    ("Hong Kong", "Hongkonger", "香港"),
    ("Hungary", "Hungarian", "匈牙利"),
    ("Iceland", "Icelandic", "冰岛"),
    ("India", "Indian", "印度"),
    ("Indonesia", "Indonesian", "印度尼西亚"),
    ("Iran", "Iranian", "伊朗"),
    ("Iraq", "Iraqi", "伊拉克"),
    ("Ireland", "Irish", "爱尔兰"),
    ("Israel", "Israeli", "以色列"),
    ("Italy", "Italian", "意大利"),
    ("Jamaica", "Jamaican", "牙买加"),
    ("Japan", "Japanese", "日本"),
    ("Jordan", "Jordanian", "约旦"),
    ("Kazakhstan", "Kazakh", "哈萨克斯坦"),
    ("Kenya", "Kenyan", "肯尼亚"),
    ("Kiribati", "I-Kiribati", "基里巴斯"),
    ("Kuwait", "Kuwaiti", "科威特"),
    ("Kyrgyzstan", "Kyrgyz", "吉尔吉斯斯坦"),
    ("Laos", "Laotian", "老挝"),
    ("Latvia", "Latvian", "拉脱维亚"),
    ("Lebanon", "Lebanese", "黎巴嫩"),
    ("Lesotho", "Basotho", "莱索托"),
    ("Liberia", "Liberian", "利比里亚"),
    ("Libya", "Libyan", "利比亚"),
    ("Liechtenstein", "Liechtensteiner", "列支敦士登"),
    ("Lithuania", "Lithuanian", "立陶宛"),
    ("Luxembourg", "Luxembourgish", "卢森堡"),
    ("Macau", "Macanese", "澳门"),
    ("Madagascar", "Malagasy", "马达加斯加"),
    ("Malawi", "Malawian", "马拉维"),
    ("Malaysia", "Malaysian", "马来西亚"),
    ("Maldives", "Maldivian", "马尔代夫"),
    ("Mali", "Malian", "马里"),
    ("Malta", "Maltese", "马耳他"),
    ("Marshall Islands", "Marshallese", "马绍尔群岛"),
    ("Mauritania", "Mauritanian", "毛里塔尼亚"),
    ("Mauritius", "Mauritian", "毛里求斯"),
    ("Mexico", "Mexican", "墨西哥"),
    ("Micronesia", "Micronesian", "密克罗尼西亚"),
    ("Moldova", "Moldovan", "摩尔多瓦"),
    ("Monaco", "Monegasque", "摩纳哥"),
    ("Mongolia", "Mongolian", "蒙古"),
    ("Montenegro", "Montenegrin", "黑山"),
    ("Morocco", "Moroccan", "摩洛哥"),
    ("Mozambique", "Mozambican", "莫桑比克"),
    ("Myanmar", "Burmese", "缅甸"),
    ("Namibia", "Namibian", "纳米比亚"),
    ("Nauru", "Nauruan", "瑙鲁"),
    ("Nepal", "Nepali", "尼泊尔"),
    ("Netherlands", "Dutch", "荷兰"),
    ("New Zealand", "New Zealander", "新西兰"),
    ("Nicaragua", "Nicaraguan", "尼加拉瓜"),
    ("Niger", "Nigerien", "尼日尔"),
    ("Nigeria", "Nigerian", "尼日利亚"),
    ("North Korea", "North Korean", "朝鲜"),
    ("North Macedonia", "Macedonian", "北马其顿"),
    ("Norway", "Norwegian", "挪威"),
    ("Oman", "Omani", "阿曼"),
    ("Pakistan", "Pakistani", "巴基斯坦"),
    ("Palau", "Palauan", "帕劳"),
    ("Palestine", "Palestinian", "巴勒斯坦"),
    ("Panama", "Panamanian", "巴拿马"),
    ("Papua New Guinea", "Papua New Guinean", "巴布亚新几内亚"),
    ("Paraguay", "Paraguayan", "巴拉圭"),
    ("Peru", "Peruvian", "秘鲁"),
    ("Philippines", "Filipino", "菲律宾"),
    ("Poland", "Polish", "波兰"),
    ("Portugal", "Portuguese", "葡萄牙"),
    ("Qatar", "Qatari", "卡塔尔"),
    ("Romania", "Romanian", "罗马尼亚"),
    ("Russia", "Russian", "俄罗斯"),
    ("Rwanda", "Rwandan", "卢旺达"),
    ("Saint Kitts and Nevis", "Kittitian", "圣基茨和尼维斯"),
    ("Saint Lucia", "Saint Lucian", "圣卢西亚"),
    ("Saint Vincent", "Vincentian", "圣文森特和格林纳丁斯"),
    ("Samoa", "Samoan", "萨摩亚"),
    ("San Marino", "Sammarinese", "圣马力诺"),
    ("Saudi Arabia", "Saudi", "沙特阿拉伯"),
    ("Senegal", "Senegalese", "塞内加尔"),
    ("Serbia", "Serbian", "塞尔维亚"),
    ("Seychelles", "Seychellois", "塞舌尔"),
    ("Sierra Leone", "Sierra Leonean", "塞拉利昂"),
    ("Singapore", "Singaporean", "新加坡"),
    ("Slovakia", "Slovak", "斯洛伐克"),
    ("Slovenia", "Slovenian", "斯洛文尼亚"),
    ("Solomon Islands", "Solomon Islander", "所罗门群岛"),
    ("Somalia", "Somali", "索马里"),
    ("South Africa", "South African", "南非"),
    ("South Korea", "Korean", "韩国"),
    ("South Sudan", "South Sudanese", "南苏丹"),
    ("Spain", "Spanish", "西班牙"),
    ("Sri Lanka", "Sri Lankan", "斯里兰卡"),
    ("Sudan", "Sudanese", "苏丹"),
    ("Suriname", "Surinamese", "苏里南"),
    ("Sweden", "Swedish", "瑞典"),
    ("Switzerland", "Swiss", "瑞士"),
    ("Syria", "Syrian", "叙利亚"),
    ("São Tomé and Príncipe", "Santomean", "圣多美和普林西比"),
    ("Taiwan", "Taiwanese", "台湾"),
    ("Tajikistan", "Tajik", "塔吉克斯坦"),
    ("Tanzania", "Tanzanian", "坦桑尼亚"),
    ("Thailand", "Thai", "泰国"),
    ("Togo", "Togolese", "多哥"),
    ("Tonga", "Tongan", "汤加"),
    ("Trinidad and Tobago", "Trinidadian", "特立尼达和多巴哥"),
    ("Tunisia", "Tunisian", "突尼斯"),
    ("Turkey", "Turkish", "土耳其"),
    ("Turkmenistan", "Turkmen", "土库曼斯坦"),
    ("Tuvalu", "Tuvaluan", "图瓦卢"),
    ("Uganda", "Ugandan", "乌干达"),
    ("Ukraine", "Ukrainian", "乌克兰"),
    ("United Arab Emirates", "Emirati", "阿联酋"),
    ("United Kingdom", "British", "英国"),
    ("United States", "American", "美国"),
    ("Uruguay", "Uruguayan", "乌拉圭"),
    ("Uzbekistan", "Uzbek", "乌兹别克斯坦"),
    ("Vanuatu", "Ni-Vanuatu", "瓦努阿图"),
    ("Vatican City", "Vatican", "梵蒂冈"),
    ("Venezuela", "Venezuelan", "委内瑞拉"),
    ("Vietnam", "Vietnamese", "越南"),
    ("Yemen", "Yemeni", "也门"),
    ("Zambia", "Zambian", "赞比亚"),
    ("Zimbabwe", "Zimbabwean", "津巴布韦"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nations_are_known_by_adjective_country_and_chinese_name() {
        assert_eq!(name("nationality", "Korean"), Some(Name::new("Korean", "韩国")));
        assert_eq!(name("nationality", "american"), Some(Name::new("american", "美国")));
        assert_eq!(name("country", "South Korea"), Some(Name::new("South Korea", "韩国")));
        assert_eq!(name("nationality", "韩国人"), Some(Name::new("South Korea", "韩国")));
        assert_eq!(name("nationality", "Narnian"), None);
        assert_eq!(name("os", "Korean"), None);
    }

    #[test]
    fn every_nation_stands_once() {
        assert!(NATIONS.is_sorted_by(|a, b| a.0 < b.0));
        for (i, (country, adjective, zh)) in NATIONS.iter().enumerate() {
            assert!(!zh.is_ascii(), "{country}");
            let others = &NATIONS[..i];
            assert!(others.iter().all(|other| other.1 != *adjective && other.2 != *zh), "{country}");
        }
    }
}

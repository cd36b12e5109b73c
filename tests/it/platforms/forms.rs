//! One survey of 120 people, in the forms that platforms give it, each with the codebook that explains it.

use std::fmt::Write;

/// The name of the form that needs no explanation.
pub(super) const CANONICAL: &str = "canonical";

/// One file, and what is said of it.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) codebook: String,
    /// What the program says that it is.
    pub(super) taken_for: &'static str,
}

/// What one person answered. Everything else of a form is dressing.
pub(super) struct Person {
    pub(super) id: usize,
    pub(super) nation: &'static str,
    pub(super) city: &'static str,
    /// Whether each of [`OPTIONS`] was ticked; `None` for a question left blank.
    pub(super) ticks: Option<[bool; 4]>,
    /// How often: 0 never, 1 sometimes, 2 often; `None` for those who do not use Moments and were not asked.
    pub(super) share: Option<usize>,
    /// Points from 1 to 5, by row.
    pub(super) points: [usize; 3],
    pub(super) os: &'static str,
    pub(super) minutes: usize,
    pub(super) seconds: usize,
}

pub(super) const NATIONS: [&str; 4] = ["中国", "美国", "法国", "中国"];
const CITIES: [&str; 3] = ["广州", "上海", "北京"];
const PATHS: [&str; 3] = ["广东-广州市-天河区", "上海-上海市-徐汇区", "北京-北京市-海淀区"];
/// The third has the separator of a Google form inside.
pub(super) const OPTIONS: [&str; 4] = ["朋友圈", "公众号", "小程序, 含小游戏", "微信支付"];
const HOW_OFTEN: [&str; 3] = ["从不", "偶尔", "经常"];
const SATISFIED: [&str; 5] = ["非常不满意", "不满意", "一般", "满意", "非常满意"];
const ROWS: [&str; 3] = ["朋友圈", "小程序", "群聊"];
const ITEMS: [&str; 4] = ["moments.use", "official_accounts.use", "mini_programs.use", "wechat_pay.use"];
const SATISFIED_ITEMS: [&str; 3] = ["moments.satisfied", "mini_programs.satisfied", "groups.satisfied"];

pub(super) fn people() -> Vec<Person> {
    let person = |index: usize| {
        // Knuth's multiplicative hash: a fixed sequence without a short period.
        let turn = (index + 1) * 2_654_435_761 % (1 << 32) / 1009;
        let ticks =
            (index % 11 != 3).then_some([!turn.is_multiple_of(3), turn % 5 > 1, turn % 7 > 2, turn % 4 > 1]);
        let ticks =
            ticks.map(|ticks| if ticks.contains(&true) { ticks } else { [true, false, false, false] });
        Person {
            id: index + 1,
            nation: NATIONS[(turn / 3 + index) % 4],
            city: CITIES[(turn / 3) % 3],
            ticks,
            share: ticks.filter(|ticks| ticks[0]).map(|_| (turn / 5) % 3),
            points: [1 + turn % 5, 1 + (turn / 2) % 5, 1 + (turn / 7) % 5],
            os: ["iOS", "安卓"][(turn / 11) % 2],
            minutes: 5 + turn % 90,
            seconds: 30 + turn % 400,
        }
    };
    (0..120).map(person).collect()
}

pub(super) fn forms() -> Vec<Form> {
    vec![
        canonical(),
        wjx_text(),
        wjx_text_gbk(),
        wjx_ordinal(),
        tencent(),
        credamo(),
        qualtrics(),
        qualtrics_joined(),
        survey_monkey(),
        google_forms(),
    ]
}

/// Cells as a CSV, quoted where they must be.
pub(super) fn csv(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        let is_plain = !cell.contains([',', '"', '\n']);
        if is_plain { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n").collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// What an item is about.
enum Asked {
    /// One of [`OPTIONS`].
    Tick(usize),
    Share,
    /// One of [`ROWS`].
    Points(usize),
    Minutes,
}

/// `[dataset.survey.items]`: how each is measured, and where it stands by `column`, which gives nothing for canonical files.
fn items(column: impl Fn(Asked) -> String) -> String {
    let mut text = String::from("[dataset.survey.items]\n");
    let mut add = |item: &str, how: &str, asked: Asked| {
        let at = column(asked);
        let between = if how.is_empty() || at.is_empty() { "" } else { ", " };
        if !(how.is_empty() && at.is_empty()) {
            writeln!(text, "\"{item}\" = {{ {how}{between}{at} }}").unwrap();
        }
    };
    for (index, item) in ITEMS.iter().enumerate() {
        add(item, "", Asked::Tick(index));
    }
    add("moments.share", "", Asked::Share);
    for (index, item) in SATISFIED_ITEMS.iter().enumerate() {
        add(item, "scale = [1, 5]", Asked::Points(index));
    }
    add("wechat.minutes", "number = true", Asked::Minutes);
    text
}

fn canonical() -> Form {
    let mut rows = vec![row(["respondent_id", "segment", "city", "os"])];
    rows[0].extend(
        ITEMS
            .into_iter()
            .chain(["moments.share"])
            .chain(SATISFIED_ITEMS)
            .chain(["wechat.minutes"])
            .map(str::to_owned),
    );
    for person in people() {
        let segment = if person.nation == "中国" { "chinese" } else { "expat" };
        let mut cells = row([&person.id.to_string(), segment, person.city, person.os]);
        let tick =
            |index: usize| person.ticks.map_or(String::new(), |ticks| u8::from(ticks[index]).to_string());
        cells.extend((0..4).map(tick));
        cells.push(person.share.map_or("-3".to_owned(), |share| u8::from(share > 0).to_string()));
        cells.extend(person.points.map(|point| point.to_string()));
        cells.push(person.minutes.to_string());
        rows.push(cells);
    }
    Form {
        name: CANONICAL,
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook: items(|_| String::new()),
        taken_for: "",
    }
}

/// The head of a codebook in which questions go by number.
fn numbered(id: &str, city: &str, rest: &str) -> String {
    format!(
        "[dataset.survey.columns]\nrespondent_id = \"{id}\"\ncity = \"{city}\"\n\
         segment = {{ column = \"Q1\", levels = {{ \"中国\" = \"chinese\", \"*\" = \"expat\" }} }}\n\
         [dataset.survey.dimensions]\n{rest}"
    )
}

/// The texts that 问卷星 shows, in columns of questions 1 to 7.
fn wjx_rows(header: Vec<String>) -> Vec<Vec<String>> {
    let mut rows = vec![header];
    for person in people() {
        let place = CITIES.iter().position(|city| *city == person.city).unwrap();
        let mut cells = row([
            &person.id.to_string(),
            "2026/9/18 19:20:55",
            &format!("{}秒", person.seconds),
            "手机提交",
            "直接访问",
            "127.0.0.1(广东-深圳)",
        ]);
        cells.push(person.nation.to_owned());
        cells.push(PATHS[place].to_owned());
        let ticked = |ticks: [bool; 4]| {
            let options = OPTIONS.iter().zip(ticks).filter(|(_, ticked)| *ticked).map(|(option, _)| {
                match person.id % 9 {
                    // A write-in behind an option may hold anything.
                    4 => format!("{option}〖很少┋几乎不〗"),
                    _ => (*option).to_owned(),
                }
            });
            options.collect::<Vec<_>>().join("┋")
        };
        cells.push(person.ticks.map_or("(空)".to_owned(), ticked));
        let not_asked = ["(跳过)", "（跳过）", "( 跳过)"][person.id % 3];
        cells.push(person.share.map_or(not_asked, |share| HOW_OFTEN[share]).to_owned());
        cells.extend(person.points.map(|point| SATISFIED[point - 1].to_owned()));
        cells.push(person.os.to_owned());
        cells.push(person.minutes.to_string());
        cells.push("很好，谢谢".to_owned());
        rows.push(cells);
    }
    rows
}

const WJX_META: [&str; 6] = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"];
const POINTS: &str =
    "points = { \"非常不满意\" = 1, \"不满意\" = 2, \"一般\" = 3, \"满意\" = 4, \"非常满意\" = 5 }";

/// A matrix repeats its question in the first row only.
fn wjx_text() -> Form {
    let mut header = row(WJX_META);
    header.extend(row([
        "1、您的国籍？ ",
        "2、您住在哪里：",
        "3、您使用哪些微信功能？",
        "4、您在朋友圈分享吗？",
        "5、请评价—朋友圈",
        "5、小程序",
        "5、群聊",
        "6、手机系统",
        "7、每天几分钟？",
        "8、建议：[___________]",
    ]));
    let at = |asked| match asked {
        Asked::Tick(index) => format!("column = \"Q3\", option = \"{}\"", OPTIONS[index]),
        Asked::Share => "column = \"Q4\", yes = [\"偶尔\", \"经常\"], no = [\"从不\"]".to_owned(),
        Asked::Points(index) => format!("column = \"Q5\", row = \"{}\", {POINTS}", ROWS[index]),
        Asked::Minutes => "column = \"Q7\"".to_owned(),
    };
    let codebook = numbered("序号", "Q2", "os = \"Q6\"\n") + &items(at);
    let bytes = csv(&wjx_rows(header)).into_bytes();
    Form { name: "wjx text", file: "survey.csv", bytes, codebook, taken_for: "问卷星 (WJX)" }
}

fn wjx_text_gbk() -> Form {
    let form = wjx_text();
    let text = String::from_utf8(form.bytes).unwrap();
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    Form { name: "wjx text in GBK", bytes: bytes.into_owned(), ..form }
}

/// Ordinals for single answers, −3 for routed past, −2 for blank, a column per option.
fn wjx_ordinal() -> Form {
    let mut header = row(WJX_META);
    header.extend(row(["1、您的国籍？", "2、您住在哪里："]));
    header.extend(OPTIONS.map(|option| format!("第3题({option})")));
    header.extend(row([
        "4、您在朋友圈分享吗？",
        "第5题(朋友圈)",
        "第5题(小程序)",
        "第5题(群聊)",
        "6、手机系统",
        "7、每天几分钟？",
    ]));
    let mut rows = vec![header];
    for person in people() {
        let place = CITIES.iter().position(|city| *city == person.city).unwrap();
        let nation = NATIONS.iter().position(|nation| *nation == person.nation).unwrap() + 1;
        let mut cells = row([
            &person.id.to_string(),
            "2026/9/18 19:20:55",
            &person.seconds.to_string(),
            "微信",
            "N/A",
            "127.0.0.1(本地)",
        ]);
        cells.extend([nation.to_string(), PATHS[place].to_owned()]);
        cells.extend(
            (0..4).map(|index| {
                person.ticks.map_or("-2".to_owned(), |ticks| u8::from(ticks[index]).to_string())
            }),
        );
        cells.push(person.share.map_or("-3".to_owned(), |share| (share + 1).to_string()));
        cells.extend(person.points.map(|point| point.to_string()));
        cells.push(if person.os == "iOS" { "1" } else { "2" }.to_owned());
        cells.push(person.minutes.to_string());
        rows.push(cells);
    }
    let at = |asked| match asked {
        Asked::Tick(index) => format!("column = \"Q3\", option = \"{}\"", OPTIONS[index]),
        Asked::Share => "column = \"Q4\", yes = [\"2\", \"3\"], no = [\"1\"]".to_owned(),
        Asked::Points(index) => format!("column = \"Q5\", row = \"{}\"", ROWS[index]),
        Asked::Minutes => "column = \"Q7\"".to_owned(),
    };
    let codebook =
        numbered("序号", "Q2", "os = { column = \"Q6\", levels = { \"1\" = \"iOS\", \"2\" = \"安卓\" } }\n")
            .replace("\"中国\" = ", "\"1\" = ")
            + &items(at);
    let bytes = csv(&rows).into_bytes();
    Form { name: "wjx ordinal", file: "survey.csv", bytes, codebook, taken_for: "问卷星 (WJX)" }
}

/// Questions numbered with a full stop, a column of cities; what stands between options is unverified.
fn tencent() -> Form {
    let header = row([
        "编号",
        "开始答题时间",
        "结束答题时间",
        "答题时长",
        "1.您的国籍？",
        "3.您使用哪些微信功能？",
        "4.您在朋友圈分享吗？",
        "5.请评价:朋友圈",
        "5.请评价:小程序",
        "5.请评价:群聊",
        "6.手机系统",
        "7.每天几分钟？",
        "地理位置国家和地区",
        "地理位置省",
        "地理位置市",
    ]);
    let wjx = wjx_rows(Vec::new());
    let mut rows = vec![header];
    for (person, cells) in people().iter().zip(&wjx[1..]) {
        let seconds = person.seconds.to_string();
        let mut row = row([&cells[0], "2026/5/26 12:00", "2026/5/26 12:01", &seconds, &cells[6]]);
        row.extend_from_slice(&cells[8..15]);
        row.extend(["中国".to_owned(), "广东".to_owned(), format!("{}市", person.city)]);
        rows.push(row);
    }
    let text = wjx_text().codebook.replace("\"Q2\"", "\"地理位置市\"").replace("序号", "编号");
    Form {
        name: "tencent (unverified)",
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook: text,
        taken_for: "腾讯问卷 (Tencent)",
    }
}

/// A column of 1 and 0 for each option under the option's own name.
fn credamo() -> Form {
    let mut header = row(["作答ID", "用户ID", "作答总时长", "国籍", "城市"]);
    header.extend(
        OPTIONS
            .map(|option| format!("Q3_{}", 1 + OPTIONS.iter().position(|other| *other == option).unwrap())),
    );
    header.extend(row(["分享", "Q5_1", "Q5_2", "Q5_3", "系统", "分钟"]));
    let mut rows = vec![header];
    for person in people() {
        let mut cells =
            row([&person.id.to_string(), "u", &person.seconds.to_string(), person.nation, person.city]);
        cells.extend(
            (0..4)
                .map(|index| person.ticks.map_or(String::new(), |ticks| u8::from(ticks[index]).to_string())),
        );
        cells.push(person.share.map_or("(跳过)", |share| HOW_OFTEN[share]).to_owned());
        cells.extend(person.points.map(|point| point.to_string()));
        cells.extend([person.os.to_owned(), person.minutes.to_string()]);
        rows.push(cells);
    }
    let at = |asked| match asked {
        Asked::Tick(index) => format!("column = \"Q3_{}\"", index + 1),
        Asked::Share => "column = \"分享\", yes = \"*\", no = \"从不\"".to_owned(),
        Asked::Points(index) => format!("column = \"Q5_{}\"", index + 1),
        Asked::Minutes => "column = \"分钟\"".to_owned(),
    };
    let codebook = numbered("作答ID", "城市", "os = \"系统\"\n").replace("\"Q1\"", "\"国籍\"") + &items(at);
    Form {
        name: "credamo",
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook,
        taken_for: "见数 (Credamo)",
    }
}

/// Three header rows; the second is in the language of the user.
fn qualtrics() -> Form {
    let mut rows = vec![
        row(["StartDate", "Status", "Finished", "Duration (in seconds)", "ResponseId", "Q1", "Q2"]),
        row([
            "Anfangsdatum",
            "Antworttyp",
            "Beendet",
            "Dauer (in Sekunden)",
            "Antwort-ID",
            "您的国籍？",
            "城市",
        ]),
    ];
    for (index, option) in OPTIONS.iter().enumerate() {
        rows[0].push(format!("Q3_{}", index + 1));
        rows[1].push(format!("您使用哪些微信功能？ - Selected Choice - {option}"));
    }
    rows[0].extend(row(["Q4", "Q5_1", "Q5_2", "Q5_3", "Q6", "Q7", "Q3_DO_1"]));
    rows[1].extend(row([
        "您在朋友圈分享吗？",
        "请评价 - 朋友圈",
        "请评价 - 小程序",
        "请评价 - 群聊",
        "手机系统",
        "每天几分钟？",
        "显示顺序",
    ]));
    let imports = (0..rows[0].len()).map(|index| format!("{{\"ImportId\":\"QID{index}\"}}")).collect();
    rows.push(imports);
    for person in people() {
        let mut cells = row([
            "2026-09-18 19:20:55",
            "0",
            "1",
            &person.seconds.to_string(),
            &format!("R_{}", person.id),
            person.nation,
            person.city,
        ]);
        let tick = |index: usize| {
            person.ticks.filter(|ticks| ticks[index]).map_or("", |_| OPTIONS[index]).to_owned()
        };
        cells.extend((0..4).map(tick));
        cells.push(person.share.map_or("-3", |share| HOW_OFTEN[share]).to_owned());
        cells.extend(person.points.map(|point| point.to_string()));
        cells.extend([person.os.to_owned(), person.minutes.to_string(), "2".to_owned()]);
        rows.push(cells);
    }
    let mut preview = rows[3].clone();
    "1".clone_into(&mut preview[1]);
    "R_preview".clone_into(&mut preview[4]);
    rows.push(preview);
    let codebook = wjx_text().codebook.replace("序号", "ResponseId")
        + "[dataset.survey.quality]\nkeep = { Status = [\"0\", \"IP Address\"] }\n";
    let codebook = codebook.replace(&format!(", {POINTS}"), "");
    Form {
        name: "qualtrics",
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook,
        taken_for: "Qualtrics, with 3 header rows",
    }
}

/// Two header rows, options by number in one cell, as with "split multi-value fields" off.
fn qualtrics_joined() -> Form {
    let mut rows = vec![
        row(["ResponseId", "Finished", "Q1", "Q2", "Q3", "Q4", "Q5_1", "Q5_2", "Q5_3", "Q6", "Q7"]),
        row([
            "Response ID",
            "Finished",
            "您的国籍？",
            "城市",
            "功能",
            "分享",
            "请评价 - 朋友圈",
            "请评价 - 小程序",
            "请评价 - 群聊",
            "系统",
            "分钟",
        ]),
    ];
    for person in people() {
        let ticked = |ticks: [bool; 4]| {
            let numbers = (1..=4).filter(|number| ticks[number - 1]).map(|number| number.to_string());
            numbers.collect::<Vec<_>>().join(",")
        };
        let mut cells = row([&format!("R_{}", person.id), "True", person.nation, person.city]);
        cells.push(person.ticks.map_or("-99".to_owned(), ticked));
        cells.push(person.share.map_or("-3", |share| HOW_OFTEN[share]).to_owned());
        cells.extend(person.points.map(|point| point.to_string()));
        cells.extend([person.os.to_owned(), person.minutes.to_string()]);
        rows.push(cells);
    }
    let mut codebook = wjx_text().codebook.replace("序号", "ResponseId").replace(&format!(", {POINTS}"), "");
    for (index, option) in OPTIONS.iter().enumerate() {
        codebook =
            codebook.replace(&format!("option = \"{option}\""), &format!("option = \"{}\"", index + 1));
    }
    Form {
        name: "qualtrics joined",
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook,
        taken_for: "Qualtrics, with 2 header rows",
    }
}

/// The option's text where it was ticked, nothing where it was not.
fn survey_monkey() -> Form {
    let mut rows = vec![
        row([
            "Respondent ID",
            "Collector ID",
            "Start Date",
            "您的国籍？",
            "城市",
            "您使用哪些微信功能？",
            "",
            "",
            "",
            "您在朋友圈分享吗？",
            "请评价",
            "",
            "",
            "系统",
            "分钟",
        ]),
        row(["", "", "", "Response", "Open-Ended Response"]),
    ];
    rows[1].extend(OPTIONS.map(str::to_owned));
    rows[1].push("Response".to_owned());
    rows[1].extend(ROWS.map(str::to_owned));
    rows[1].extend(row(["Response", "Open-Ended Response"]));
    for person in people() {
        let mut cells =
            row([&(3_292_879_998 + person.id).to_string(), "77", "10/23/2026", person.nation, person.city]);
        let tick = |index: usize| {
            person.ticks.filter(|ticks| ticks[index]).map_or("", |_| OPTIONS[index]).to_owned()
        };
        cells.extend((0..4).map(tick));
        cells.push(person.share.map_or("-3", |share| HOW_OFTEN[share]).to_owned());
        cells.extend(person.points.map(|point| SATISFIED[point - 1].to_owned()));
        cells.extend([person.os.to_owned(), person.minutes.to_string()]);
        rows.push(cells);
    }
    let codebook = wjx_text().codebook.replace("序号", "Respondent ID");
    Form {
        name: "surveymonkey",
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook,
        taken_for: "SurveyMonkey, with 2 header rows",
    }
}

/// Options joined with a comma that they may themselves hold.
fn google_forms() -> Form {
    let mut rows = vec![row([
        "Timestamp",
        "您的国籍？",
        "城市",
        "您使用哪些微信功能？",
        "您在朋友圈分享吗？",
        "请评价 [朋友圈]",
        "请评价 [小程序]",
        "请评价 [群聊]",
        "系统",
        "分钟",
    ])];
    for person in people() {
        let ticked = |ticks: [bool; 4]| {
            let options = OPTIONS.iter().zip(ticks).filter(|(_, ticked)| *ticked);
            options.map(|(option, _)| *option).collect::<Vec<_>>().join(", ")
        };
        let mut cells = row(["12/13/2019 9:50:30", person.nation, person.city]);
        cells.push(person.ticks.map_or(String::new(), ticked));
        cells.push(person.share.map_or("(跳过)", |share| HOW_OFTEN[share]).to_owned());
        cells.extend(person.points.map(|point| SATISFIED[point - 1].to_owned()));
        cells.extend([person.os.to_owned(), person.minutes.to_string()]);
        rows.push(cells);
    }
    let names = [
        ("Q1", "您的国籍？"),
        ("Q2", "城市"),
        ("Q3", "您使用哪些微信功能？"),
        ("Q4", "您在朋友圈分享吗？"),
        ("Q5", "请评价"),
        ("Q6", "系统"),
        ("Q7", "分钟"),
        ("序号", "#row"),
    ];
    let codebook = names.into_iter().fold(wjx_text().codebook, |text, (number, name)| {
        text.replace(&format!("\"{number}\""), &format!("\"{name}\""))
    });
    Form {
        name: "google forms",
        file: "survey.csv",
        bytes: csv(&rows).into_bytes(),
        codebook,
        taken_for: "Google Forms",
    }
}

//! Drafts of tables that nobody means well with: always a codebook that can be read, and one by which its file is read.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;

use proptest::prelude::*;
use wxstats::codebook::Item;
use wxstats::codebook::project::{Measured, Project};
use wxstats::ingest::{self, NumberItem, Options, ReadError, read_dataset};

use super::forms::csv;

/// Headers that mean something, mean it twice, or try to leave the line or the text that they are put in.
const HEADERS: [&str; 44] = [
    "",
    " ",
    "序号",
    "来自IP",
    "weight",
    "1、国籍",
    "1、国籍",
    "2、城市",
    "2、—",
    "2、—a",
    "2、—a",
    "3、(1)x___",
    "第4题(a)",
    "第4题(a)",
    "第4题(b)",
    "Q5_1",
    "Q5_2",
    "Q5",
    "q5_1",
    "q5 1",
    "os",
    "OS",
    "O s",
    "c3",
    "segment",
    "total",
    "respondent_id",
    "moments.share",
    "How? [a]",
    "How? [b]",
    "How?",
    "使用/朋友圈",
    "使用/公众号",
    "使用",
    "#",
    "#1",
    "\"\"\" # [x]\n[names]\n",
    "a\u{202e}b",
    "'\\",
    "Timestamp",
    "ResponseId",
    "Finished",
    "Respondent ID",
    "(",
];
/// Cells of every kind that the draft looks for, and hostile ones.
const CELLS: [&str; 36] = [
    "",
    "(跳过)",
    "(空)",
    "-3",
    "-2",
    "0",
    "1",
    "2",
    "5",
    "7.5",
    "1e400",
    "+1",
    "是",
    "否",
    "Y",
    "N",
    "中国",
    "美国",
    "外国人",
    "广州",
    "上海",
    "Suzhou",
    "a┋b",
    "b",
    "a, b",
    "A→B",
    "满意",
    "一般",
    "从不",
    "其他〖x┋y〗",
    "〖",
    "\"\"\"\n[dataset]\nx = 1 # ",
    "\u{202e}\u{0}\u{7f}",
    "13812345678",
    "a@b.cn",
    "{\"ImportId\":\"x\"}",
];

const BIDI: char = '\u{202e}';

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let pick = |from: &'static [&'static str]| proptest::sample::select(from).prop_map(str::to_owned);
    (1..9_usize, 0..3_usize).prop_flat_map(move |(columns, extra)| {
        let header = proptest::collection::vec(pick(&HEADERS), columns);
        // Few kinds of cells for each column, so that columns are taken for questions.
        let kinds = proptest::collection::vec(proptest::collection::vec(pick(&CELLS), 1..4), columns);
        let rows = proptest::collection::vec(proptest::collection::vec(0..8_usize, columns), 0..30);
        (header, kinds, rows).prop_map(move |(header, kinds, rows)| {
            let mut table = vec![header];
            table.extend(vec![kinds.iter().map(|kinds| kinds[0].clone()).collect::<Vec<_>>(); extra]);
            table.extend(rows.iter().map(|row| {
                row.iter()
                    .zip(&kinds)
                    .map(|(pick, kinds)| kinds[pick % kinds.len()].clone())
                    .collect::<Vec<_>>()
            }));
            table
        })
    })
}

/// What the program would be told of the file by its codebook.
fn options(project: &Project) -> Options {
    let mut options = Options { file: "survey.csv".to_owned(), ..Options::default() };
    if let Some(book) = project.dataset("survey") {
        let number =
            |(item, measured): (&Item, &Measured)| NumberItem { item: item.clone(), scale: measured.scale() };
        options.numbers = book.items.iter().map(number).collect();
        options.columns = book.columns.clone();
        options.quality = book.quality.clone();
    }
    options
}

fn pseudonym(id: &str) -> u128 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    u128::from(hasher.finish())
}

fn drafted(text: &str) -> Option<String> {
    let options = Options { file: "survey.csv".to_owned(), ..Options::default() };
    ingest::draft(Cursor::new(text.as_bytes().to_vec()), &options).ok().map(|draft| draft.text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_draft_can_always_be_read_and_names_columns_that_are_there(table in table()) {
        let text = csv(&table);
        let Some(draft) = drafted(&text) else { return Ok(()) };
        let project = Project::parse(&draft, "wxstats.toml");
        prop_assert!(project.is_ok(), "{}\n{draft}", project.unwrap_err());
        // Below two platforms' first header row there are wordings.
        let is_headed_twice = draft.contains("taken for an export of Qualtrics") || draft.contains("SurveyMonkey");
        let secrets = ["13812345678", "a@b.cn", "x┋y"];
        for secret in &secrets[..if is_headed_twice { 2 } else { 3 }] {
            prop_assert!(!draft.contains(secret), "{secret} in\n{draft}");
        }
        prop_assert!(!draft.contains(BIDI), "{}", draft);
        if draft.contains("# MISSING: no question was found") || draft.contains("# MISSING: cells of") {
            return Ok(());
        }
        let read = read_dataset(Cursor::new(text.into_bytes()), &options(&project.unwrap()), &pseudonym);
        if let Err(ReadError::Problems(problems)) = read {
            prop_assert!(false, "{problems}\n{draft}");
        }
    }
}

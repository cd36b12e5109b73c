//! One table in every form that files come in: the respondents are the same in all of them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use wxstats::ingest::{Dialect, Intake, Notice, Options, ReadError, read_dataset};

use super::people;

/// The table that `fixtures/ingest/workbooks/make.py` writes too.
const TABLE: &str = "respondent_id,segment,city,os,weight,moments.share,moments.read\r\n\
    r1,expat,北京,iOS,1,1,是\r\n\
    r2,chinese,广州,\"a, \"\"b\"\"\",1.25,0,(跳过)\r\n\
    r3,expat,Xi'an,\"鸿蒙\n4\",2,1,\r\n";

fn read(file: &str, bytes: &[u8], dialect: &Dialect) -> Result<(Vec<String>, Intake), ReadError> {
    let options = Options { file: file.to_owned(), dialect: dialect.clone(), ..Options::default() };
    let (dataset, intake) = read_dataset(Cursor::new(bytes), &options, &super::pseudonym)?;
    Ok((people(&dataset), intake))
}

fn said(file: &str, bytes: &[u8]) -> String {
    read(file, bytes, &Dialect::default()).unwrap_err().to_string()
}

fn notices(intake: &Intake) -> Vec<String> {
    intake.notices.iter().map(ToString::to_string).collect()
}

fn workbook(name: &str) -> Vec<u8> {
    let folder: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "tests/it/fixtures/ingest/workbooks", name].iter().collect();
    fs::read(folder).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The table with another delimiter; its one comma in a cell stands in quotes already.
fn separated(by: &str) -> String {
    TABLE.replace("a, ", "\u{1}").replace(',', by).replace('\u{1}', "a, ")
}

#[test]
fn one_table_in_every_form_gives_the_same_respondents() {
    let (expected, plain) = read("t.csv", TABLE.as_bytes(), &Dialect::default()).unwrap();
    assert_eq!((expected.len(), notices(&plain)), (3, vec![]));
    let gb18030 = encoding_rs::GB18030.encode(TABLE).0.into_owned();
    let big5 = encoding_rs::BIG5
        .encode(&TABLE.replace("广", "廣").replace("(跳过)", "-3").replace("鸿", "鴻"))
        .0
        .into_owned();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let forms: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("bom.csv", marked(b"\xEF\xBB\xBF", TABLE.into()), &[]),
        ("lf.csv", TABLE.replace("\r\n", "\n").into(), &[]),
        ("gbk.csv", gb18030.clone(), &["read as GBK"]),
        ("gb18030.csv", marked(b"\x84\x31\x95\x33", gb18030.clone()), &["read as gb18030"]),
        ("utf16.csv", marked(b"\xFF\xFE", utf16(TABLE, u16::to_le_bytes)), &["read as UTF-16LE"]),
        ("utf16be.csv", marked(b"\xFE\xFF", utf16(TABLE, u16::to_be_bytes)), &["read as UTF-16BE"]),
        ("bare16.csv", utf16(TABLE, u16::to_le_bytes), &["read as UTF-16LE"]),
        ("bare16be.csv", utf16(TABLE, u16::to_be_bytes), &["read as UTF-16BE"]),
        ("tab.txt", separated("\t").into(), &["read as separated by tabs"]),
        ("semicolon.csv", separated(";").into(), &["read as separated by semicolons"]),
        ("bar.csv", separated("|").into(), &["read as separated by bars"]),
        ("wide.csv", separated("，").into(), &["read as separated by full-width commas"]),
        (
            "excel.csv",
            marked(b"\xFF\xFE", utf16(&separated("\t"), u16::to_le_bytes)),
            &["read as UTF-16LE", "read as separated by tabs"],
        ),
        ("t.csv.gz", gzip(TABLE.as_bytes()), &[]),
        ("t.csv.zst", zstd::encode_all(TABLE.as_bytes(), 1).unwrap(), &[]),
        ("gbk.csv.gz", gzip(&gb18030), &["read as GBK"]),
        ("table.xlsx", workbook("table.xlsx"), &[]),
        ("table.xls", workbook("table.xls"), &[]),
        (
            "sheets.xlsx",
            workbook("sheets.xlsx"),
            &["read is sheet \"答卷\"; --sheet chooses another: \"notes\""],
        ),
        ("ending-does-not-matter.csv", workbook("table.xlsx"), &[]),
    ];
    for (file, bytes, expected_notices) in forms {
        let (people, intake) =
            read(file, &bytes, &Dialect::default()).unwrap_or_else(|error| panic!("{file}: {error}"));
        let normal = |people: &[String]| people.join("\n").replace("\\r\\n", "\\n");
        assert_eq!(normal(&people), normal(&expected), "{file}");
        assert_eq!(notices(&intake), expected_notices, "{file}");
        assert_eq!(intake.origin.bytes, bytes.len() as u64, "{file}");
        assert_eq!(intake.origin.blake3, blake3::hash(&bytes).to_hex().to_string(), "{file}");
    }
    let (people, intake) = read("big5.csv", &big5, &Dialect::default()).unwrap();
    assert_eq!((people.len(), notices(&intake)), (3, vec!["read as Big5".to_owned()]));
}

#[test]
fn every_encoding_can_be_said() {
    let dialect = |label: &str| Dialect { encoding: Some(label.parse().unwrap()), ..Dialect::default() };
    let (expected, _) = read("t.csv", TABLE.as_bytes(), &Dialect::default()).unwrap();
    let gbk = encoding_rs::GBK.encode(TABLE).0;
    let (people, intake) = read("t.csv", &gbk, &dialect("gb2312")).unwrap();
    assert_eq!((people, notices(&intake)), (expected, vec![]));
    let latin = b"respondent_id,segment,city,os,moments.share\na,expat,Beijing,caf\xE9,1\n";
    let refused = said("l.csv", latin);
    assert!(refused.starts_with("l.csv:1:1: the file is not UTF-8; it may be windows-125"), "{refused}");
    let (people, _) = read("l.csv", latin, &dialect("windows-1252")).unwrap();
    assert!(people[0].contains("café"), "{people:?}");
    let marked = [b"\xEF\xBB\xBF", TABLE.as_bytes()].concat();
    let refused = read("m.csv", &marked, &dialect("gbk")).unwrap_err().to_string();
    assert!(refused.contains("byte order mark of UTF-8, and --encoding says GBK"), "{refused}");
}

#[test]
fn characters_beyond_gbk_survive() {
    let text = TABLE.replace("iOS", "😭𠮷");
    let (people, _) = read("g.csv", &encoding_rs::GB18030.encode(&text).0, &Dialect::default()).unwrap();
    assert!(people[0].contains("😭𠮷"), "{people:?}");
}

#[test]
fn damage_is_told_with_its_place_and_nothing_is_replaced() {
    let gbk = encoding_rs::GBK.encode(TABLE).0;
    let at = gbk.windows(4).position(|four| four == b"\xB9\xE3\xD6\xDD").unwrap();
    let mut broken = gbk.to_vec();
    broken[at] = 0xFF;
    let dialect = Dialect { encoding: Some("gb18030".parse().unwrap()), ..Dialect::default() };
    let told = read("b.csv", &broken, &dialect).unwrap_err().to_string();
    assert!(told.starts_with(&format!("b.csv:3:12: the bytes at offset {at} are no character")), "{told}");
    let packed = gzip(TABLE.as_bytes());
    for end in 3..packed.len() {
        assert!(said("c.csv.gz", &packed[..end]).contains("[damaged]"), "{end}");
    }
    assert!(said("c.csv.gz", &[&packed[..], b"more"].concat()).contains("[damaged]"));
    for name in ["table.xlsx", "table.xls"] {
        let whole = workbook(name);
        for end in (5..whole.len()).step_by(97) {
            let told = said(name, &whole[..end]);
            assert!(told.contains("[damaged]") || told.contains("[not-text]"), "{name} {end}: {told}");
        }
    }
}

#[test]
fn what_is_no_table_says_what_it_is() {
    let page = said("user_analysis.xls", b"\xEF\xBB\xBF<html><p>1</p></html>");
    assert!(page.contains("web page") && page.contains("hint: open it in a spreadsheet program"), "{page}");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("a.csv", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(TABLE.as_bytes()).unwrap();
    let archive = archive.finish().unwrap().into_inner();
    assert!(said("a.zip", &archive).contains("zip archive, and no .xlsx workbook"));
    assert!(said("w.xlsx.gz", &gzip(&workbook("table.xlsx"))).contains("looks like a zip archive"));
}

#[test]
fn cells_of_a_workbook_are_written_as_a_person_would() {
    let (xlsx, _) = read("c.xlsx", &workbook("cells.xlsx"), &Dialect::default()).unwrap();
    let (xls, _) = read("c.xls", &workbook("cells.xls"), &Dialect::default()).unwrap();
    let expected = r#"["expat", "Beijing", "2026-09-19T00:39:00", "2026-09-19", "0.0934", "94"]"#;
    for people in [&xlsx, &xls] {
        assert!(people[0].contains(expected) && people[0].ends_with('y'), "{people:?}");
    }
    assert_eq!(xlsx, xls);
}

#[test]
fn problems_of_a_workbook_stand_at_their_row_and_column() {
    let told = said("e.xlsx", &workbook("errors.xlsx"));
    assert!(told.contains("e.xlsx:3:4: the cell holds the error #N/A [error-cell]"), "{told}");
    assert!(told.contains("e.xlsx:4:8: unknown answer \"maybe\""), "{told}");
    let told = said("m.xlsx", &workbook("merged.xlsx"));
    assert!(told.starts_with("m.xlsx:1:7: column #7 has no name"), "{told}");
    let told = said("f.xlsx", &workbook("far.xlsx"));
    assert!(told.contains("[too-large]"), "{told}");
}

#[test]
fn a_sheet_can_be_chosen() {
    let dialect = |sheet: &str| Dialect { sheet: Some(sheet.to_owned()), ..Dialect::default() };
    let sheets = workbook("sheets.xlsx");
    let (people, intake) = read("s.xlsx", &sheets, &dialect("old")).unwrap();
    assert!(people[0].contains("2026-09-19") && !intake.notices.contains(&Notice::NoFinalLineEnd));
    let told = read("s.xlsx", &sheets, &dialect("new")).unwrap_err().to_string();
    assert!(told.contains(r#"there is no sheet "new"; there are "old", "blank", "答卷", "notes""#), "{told}");
    let told = read("t.csv", TABLE.as_bytes(), &dialect("x")).unwrap_err().to_string();
    assert!(told.contains("[no-sheet]"), "{told}");
}

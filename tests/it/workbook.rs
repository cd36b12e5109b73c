//! Workbooks: the right cells, as numbers; no formulas; the same bytes at any time.

use std::fs;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use crate::desk::Desk;

const TABLE: [&str; 10] = [
    "table",
    "--sample",
    "--items",
    "moments.share,moments.read",
    "--by",
    "city*segment",
    "--compare",
    "segment",
    "-o",
    "book.xlsx",
];

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn book(desk: &Desk, arguments: &[&str]) -> Xlsx<Cursor<Vec<u8>>> {
    desk.ok(arguments);
    open(fs::read(desk.path("book.xlsx")).unwrap())
}

/// A sheet as rows of cells from A1 on.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).unwrap();
    let (bottom, right) = range.end().unwrap();
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    (0..=bottom).map(|row| (0..=right).map(|column| cell(row, column)).collect()).collect()
}

/// One part of the package, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn text(cell: &Data) -> &str {
    match cell {
        Data::String(text) => text,
        _ => "",
    }
}

#[test]
fn the_figures_of_the_crosstab_are_those_of_the_csv_as_numbers() {
    let desk = Desk::new();
    let mut book = book(&desk, &TABLE);
    assert_eq!(book.sheet_names(), ["Contents", "Table", "Gaps", "Figures", "Method"]);
    let crosstab = cells(&mut book, "Table");
    let at = |label: &str| crosstab.iter().position(|row| text(&row[0]) == label).unwrap();
    let share = &crosstab[at("Moments: share")];
    // Cities over segments: Guangzhou's first column is that of its expats.
    let cities = crosstab.iter().find(|row| row.iter().any(|cell| text(cell) == "Guangzhou")).unwrap();
    let guangzhou = cities.iter().position(|cell| text(cell) == "Guangzhou").unwrap();
    let csv = desk.ok(&[&TABLE[..8], &["--format", "csv"]].concat());
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|known| known == name).unwrap();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let is = |record: &&csv::StringRecord, words: [&str; 5]| {
        let names = ["kind", "city", "segment", "feature", "action"];
        names.iter().zip(words).all(|(name, word)| &record[place(name)] == word)
    };
    let record =
        records.iter().find(|r| is(r, ["figure", "Guangzhou", "expat", "moments", "share"])).unwrap();
    for (line, column) in [(0, "estimate"), (1, "ci_low"), (2, "ci_high")] {
        let cell = &crosstab[at("Moments: share") + line][guangzhou];
        assert_eq!(cell, &Data::Float(record[place(column)].parse().unwrap()), "{column}");
    }
    assert_eq!(share[1], Data::String("figure".to_owned()));
    // Chinese users of the city are higher than its expats, column A.
    assert_eq!(text(&crosstab[at("Moments: share") + 3][guangzhou + 1]), "A");
    // Where too few were asked there is a dash, and a line that says why.
    let kunming = cities.iter().position(|cell| text(cell) == "Kunming").unwrap();
    assert_eq!(text(&share[kunming]), "–");
    assert!(crosstab.iter().any(|row| text(&row[0]).starts_with("Withheld: Kunming, Expats: n = 2")));
    // All figures stand in a sheet of their own, under the names of the CSV.
    let figures = cells(&mut book, "Figures");
    assert_eq!(figures.len(), records.len() + 1);
    assert_eq!(figures[0].iter().map(text).collect::<Vec<_>>(), header.iter().collect::<Vec<_>>());
    for (row, record) in figures[1..].iter().zip(&records) {
        for (cell, value) in row.iter().zip(record) {
            match cell {
                Data::Empty => assert_eq!(value, ""),
                Data::String(text) => assert_eq!(value, text),
                Data::Float(number) => assert_eq!(value.parse::<f64>().unwrap().to_bits(), number.to_bits()),
                Data::Bool(truth) => assert_eq!(value.parse::<bool>().unwrap(), *truth),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn gaps_are_in_points_with_limits_and_p_values() {
    let desk = Desk::new();
    let mut book = book(&desk, &TABLE);
    let gaps = cells(&mut book, "Gaps");
    let header: Vec<&str> = gaps[2].iter().map(text).collect();
    let expected = [
        "City",
        "Measure",
        "Compared",
        "Gap",
        "95% low",
        "95% high",
        "p",
        "corrected p",
        "Unit",
        "Clear",
        "Note",
    ];
    assert_eq!(header, expected);
    let line = gaps.iter().find(|row| text(&row[0]) == "Guangzhou" && text(&row[1]) == "Moments: share");
    let line = line.unwrap();
    let Data::Float(gap) = line[3] else { panic!("{line:?}") };
    assert!((-20.0..-17.0).contains(&gap), "{gap}");
    assert_eq!([text(&line[2]), text(&line[8]), text(&line[9])], ["Expats − Chinese users", "points", "yes"]);
    let hidden = gaps.iter().find(|row| text(&row[0]) == "Kunming").unwrap();
    assert_eq!(text(&hidden[3]), "–");
    assert!(text(&hidden[10]).starts_with("withheld"), "{hidden:?}");
}

#[test]
fn a_workbook_is_the_same_at_any_time_and_tells_no_hour() {
    let desk = Desk::new();
    desk.ok(&TABLE);
    let first = fs::read(desk.path("book.xlsx")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    desk.ok(&TABLE);
    assert!(first == fs::read(desk.path("book.xlsx")).unwrap());
    assert!(part(&first, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn chinese_workbooks_name_a_chinese_font_and_what_may_stand_in_for_it() {
    let desk = Desk::new();
    let mut book = book(&desk, &[&TABLE[..], &["--lang", "zh"]].concat());
    assert_eq!(book.sheet_names(), ["目录", "交叉表", "差距", "数据", "方法"]);
    let contents = cells(&mut book, "目录");
    assert_eq!(text(&contents[1][0]), "合成数据，仅供演示：其中没有真实的人。");
    let styles = part(&fs::read(desk.path("book.xlsx")).unwrap(), "xl/styles.xml");
    let font = r#"<name val="微软雅黑"/><family val="2"/><charset val="134"/>"#;
    assert!(styles.contains(font), "{styles}");
    assert!(styles.contains("0.0%"), "{styles}");
}

#[test]
fn what_looks_like_a_formula_is_a_string() {
    let desk = Desk::new();
    let mut survey = "respondent_id,segment,city,os,moments.share\n".to_owned();
    for person in 0..80 {
        survey.push_str(&format!(
            "p{person},expat,Guangzhou,\"{}\",{}\n",
            ["=HYPERLINK(\"\"http://x\"\")", "+1"][person % 2],
            person % 3 % 2,
        ));
    }
    fs::write(desk.path("survey.csv"), survey).unwrap();
    let mut book = book(&desk, &["table", "--input", "survey.csv", "--by", "os", "-o", "book.xlsx"]);
    for sheet in book.sheet_names().clone() {
        assert!(book.worksheet_formula(&sheet).unwrap().used_cells().next().is_none(), "{sheet}");
    }
    let crosstab = cells(&mut book, "Table");
    assert!(crosstab.iter().flatten().any(|cell| text(cell) == "=HYPERLINK(\"http://x\")"));
    // What is saved from the flat sheet as a CSV is as harmless as our own.
    assert!(cells(&mut book, "Figures").iter().flatten().any(|cell| text(cell) == "'+1"));
}

#[test]
fn a_published_workbook_is_rounded_and_tells_no_p_value() {
    let desk = Desk::new();
    let mut book = book(&desk, &[&TABLE[..], &["--disclosure", "publish"]].concat());
    let gaps = cells(&mut book, "Gaps");
    assert!(gaps[2].iter().all(|cell| !text(cell).contains("corrected")));
    let crosstab = cells(&mut book, "Table");
    let share = crosstab.iter().find(|row| text(&row[0]) == "Moments: share").unwrap();
    for cell in share {
        if let Data::Float(rate) = cell {
            assert!((rate * 100.0 - (rate * 100.0).round()).abs() < 1e-9, "{rate}");
        }
    }
}

#[test]
fn a_csv_is_marked_as_utf8_where_that_is_asked_for() {
    let desk = Desk::new();
    let table = ["table", "--sample", "--items", "moments.share", "--by", "city"];
    let plain = desk.ok(&[&table[..], &["--format", "csv"]].concat());
    let marked = desk.ok(&[&table[..], &["--format", "csv", "--bom"]].concat());
    assert_eq!(marked, format!("\u{feff}{plain}"));
    let said = desk.fails(2, &[&table[..], &["--format", "json", "--bom"]].concat());
    assert_eq!(
        said,
        "error: --bom marks a CSV, and this is none\n\
         hint: --format csv, or -o FILE.csv; a workbook (-o FILE.xlsx) needs no mark\n"
    );
    let said = desk.fails(2, &[&table[..], &["-o", "book.ods"]].concat());
    assert_eq!(
        said,
        "error: no format belongs to the ending .ods\n\
         hint: --format table|csv|json|md|xlsx says which one is meant\n"
    );
}

//! Workbooks, up to their data: the input as it is, where it begins as one, else as the parts of an .xlsx, divided by lines `%%`.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use wxstats::ingest::{Options, read_dataset};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The parts, and what each is where the input does not say.
const PARTS: [(&str, &str); 6] = [
    ("xl/worksheets/sheet1.xml", "<worksheet/>"),
    ("xl/sharedStrings.xml", "<sst><si><t>city</t></si></sst>"),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
    ("[Content_Types].xml", "<Types/>"),
];

fuzz_target!(|data: &[u8]| {
    let options = Options { file: "f.xlsx".to_owned(), ..Options::default() };
    let read = |bytes: Vec<u8>| {
        let _ = read_dataset(Cursor::new(bytes), &options, &|id| id.len() as u128);
    };
    if data.starts_with(b"PK\x03\x04") || data.starts_with(b"\xD0\xCF\x11\xE0") {
        return read(data.to_vec());
    }
    let text = String::from_utf8_lossy(data);
    let mut said = text.split("\n%%\n");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, default) in PARTS {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(said.next().unwrap_or(default).as_bytes()).unwrap();
    }
    read(archive.finish().unwrap().into_inner());
});

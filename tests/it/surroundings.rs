//! What may happen around the program: signals, devices and disks that take nothing, names and links that mean harm, files that
//! swell.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::desk::Desk;
use crate::long::say;

const HEADER: &str = "respondent_id,segment,city,moments.share\n";

fn survey(people: usize) -> String {
    let row = |person: usize| {
        format!("p{person},{},广州,{}\n", ["expat", "chinese"][person % 2], u8::from(person % 5 < 2))
    };
    HEADER.to_owned() + &(0..people).map(row).collect::<String>()
}

fn command(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxstats"));
    command
        .args(arguments)
        .current_dir(desk.directory.path())
        .env_clear()
        .env("HOME", desk.directory.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn wait(child: &mut Child, most: Duration) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(start.elapsed() < most, "still running after {most:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The names of all files below a directory.
fn names(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(names(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found
}

#[test]
fn a_signal_ends_it_within_a_second_and_nothing_is_half_done() {
    let desk = Desk::new();
    fs::write(desk.path("old.csv"), survey(40)).unwrap();
    desk.ok(&["ingest", "old.csv"]);
    let before = (desk.ok(&["store", "ls"]), names(&desk.path("data")));
    for (signal, number) in [("INT", 2), ("TERM", 15)] {
        let mut child = command(&desk, &["ingest", "--dataset", "new", "-"]).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(survey(20_000).as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        assert!(
            Command::new("kill")
                .args([&format!("-{signal}"), &child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
        // A shell shows such an end as 128 and the number of the signal: 130 and 143.
        assert_eq!(wait(&mut child, Duration::from_secs(1)).signal(), Some(number), "{signal}");
        assert_eq!((desk.ok(&["store", "ls"]), names(&desk.path("data"))), before, "{signal}");
        for pause in [50, 150, 400] {
            let mut child =
                command(&desk, &["report", "--dataset", "old", "--city", "Guangzhou"]).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(pause));
            Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
            let status = wait(&mut child, Duration::from_secs(1));
            assert!(status.signal() == Some(number) || status.success(), "{status}");
            let bundle = desk.path("reports/guangzhou");
            assert!(!bundle.exists() || bundle.join("manifest.json").exists(), "half a bundle");
        }
    }
    desk.ok(&["report", "--dataset", "old", "--city", "Guangzhou", "--only", "dumbbell"]);
    let hidden: Vec<_> =
        fs::read_dir(desk.path("reports")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(hidden, ["guangzhou"], "what was begun is gone with the next report");
}

#[test]
fn a_full_device_is_a_failure() {
    let desk = Desk::new();
    let table = ["table", "--sample", "--items", "moments.share", "--format", "csv"];
    let output = command(&desk, &table).stdout(full_device()).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("No space left on device"));
    desk.fails(5, &[&table[..], &["-o", "/dev/full"]].concat());
    let output = command(&desk, &table).stderr(full_device()).output().unwrap();
    assert!(output.status.success() && !output.stdout.is_empty());
}

#[test]
fn closed_streams_are_no_fault() {
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), survey(40)).unwrap();
    let shell = |script: &str| {
        let program = env!("CARGO_BIN_EXE_wxstats");
        Command::new("sh")
            .args(["-c", &script.replace("wxstats", program)])
            .current_dir(desk.directory.path())
            .env("HOME", desk.directory.path())
            .output()
            .unwrap()
    };
    for script in ["wxstats check s.csv 2>&-", "wxstats ingest s.csv >&- 2>&-", "wxstats store ls >&-"] {
        let output = shell(script);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("has a fault") && output.status.code() != Some(101), "{script}: {said}");
    }
    assert_eq!(shell("wxstats check - <&-").status.code(), Some(1), "nothing is no survey");
    desk.ok(&["store", "check"]);
}

/// Every command, on what `prepared` puts; the last ones take away what the first ones made.
const EVERY_COMMAND: [&str; 24] = [
    "ingest s.csv",
    "check s.csv",
    "codebook s.csv",
    "store ls",
    "store check",
    "table --format csv",
    "table --format json",
    "claims c.toml",
    "claims c.toml --format junit",
    "diff --sample",
    "explain rate(moments.share)",
    "persons moments.share --population p.csv",
    "weight --codebook weights.toml",
    "funnel --sample",
    "metrics --sample",
    "accounts tendency.xls",
    "retention --sample",
    "report --only dumbbell --chart-format svg",
    "init new",
    "completions bash",
    "man",
    "--help",
    "store gc",
    "store forget --dataset s",
];

fn prepared() -> Desk {
    let desk = Desk::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
    fs::copy(fixtures.join("accounts/tendency.xls"), desk.path("tendency.xls")).unwrap();
    for (name, text) in [
        ("s.csv", survey(400)),
        ("p.csv", "segment,city,persons\nexpat,,1000\nchinese,,9000\n".to_owned()),
        ("c.toml", "[[claim]]\nid = \"a\"\nassert = \"rate(moments.share) over 10%\"\n".to_owned()),
        (
            "weights.toml",
            "[dataset.s.weighting]\ntargets = [\"segment\"]\npopulation = \"p.csv\"\n".to_owned(),
        ),
    ] {
        fs::write(desk.path(name), text).unwrap();
    }
    desk
}

#[test]
fn every_command_is_in_the_list() {
    let known: Vec<&str> = EVERY_COMMAND.iter().filter_map(|line| line.split(' ').next()).collect();
    for command in wxstats::cli::definition().get_subcommands() {
        assert!(known.contains(&command.get_name()), "{}", command.get_name());
    }
}

/// A pipe that nobody reads from any more.
fn unread() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn full_device() -> Stdio {
    Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").unwrap())
}

#[test]
fn pipes_that_nobody_reads_are_no_failure() {
    let (quiet, deaf) = (prepared(), prepared());
    for line in EVERY_COMMAND {
        let arguments: Vec<&str> = line.split(' ').collect();
        let output = command(&quiet, &arguments).stdout(unread()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("error"), "{line}: {} {said}", output.status);
        let output = command(&deaf, &arguments).stdout(unread()).stderr(unread()).output().unwrap();
        assert!(output.status.success(), "{line}: {}", output.status);
    }
    say(&format!("{} commands into pipes that nobody reads: no failure", EVERY_COMMAND.len()));
}

#[test]
fn a_full_device_is_a_failure_of_every_command_that_has_data_for_it() {
    let (well, full) = (prepared(), prepared());
    let mut failed = 0;
    for line in EVERY_COMMAND {
        let arguments: Vec<&str> = line.split(' ').collect();
        let has_data = !command(&well, &arguments).output().unwrap().stdout.is_empty();
        let output = command(&full, &arguments).stdout(full_device()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(if has_data { 5 } else { 0 }), "{line}: {said}");
        assert!(!has_data || said.contains("No space left on device"), "{line}: {said}");
        failed += usize::from(has_data);
    }
    say(&format!("{failed} commands that have data for a full device: exit code 5"));
}

/// A file system of 192 KiB, full and read-only, seen by the commands of the script alone.
#[test]
fn a_full_disk_and_a_read_only_one_leave_the_store_as_it_was() {
    let desk = Desk::new();
    fs::write(desk.path("old.csv"), survey(40)).unwrap();
    fs::write(desk.path("new.csv"), survey(6000)).unwrap();
    fs::create_dir(desk.path("disk")).unwrap();
    let script = r#"
        mount -t tmpfs -o size=96k none disk || { echo unmountable; exit 0; }
        run() { "$0" --store disk/store --key-file key "$@"; echo "code $?"; }
        run ingest old.csv; run store ls
        run ingest new.csv; run store ls; run store check
        run report --dataset old --out disk/reports; ls -A disk/reports
        run ingest old.csv
        mount -o remount,ro disk
        run ingest --replace --dataset old new.csv; run store forget --dataset old
        run store ls; run store check; run table --dataset old -o disk/t.csv; ls -A disk
    "#;
    let output = Command::new("unshare")
        .args(["-m", "sh", "-c", script, env!("CARGO_BIN_EXE_wxstats")])
        .current_dir(desk.directory.path())
        .env("HOME", desk.directory.path())
        .output();
    let said =
        output.map(|output| String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned());
    let Ok(said) = said.as_deref().map(str::to_owned).map_err(drop) else {
        return say("SKIPPED: no disk is filled, because unshare is missing");
    };
    if !said.contains("code ") {
        return say(&format!("SKIPPED: no disk is filled, because none may be mounted here: {said}"));
    }
    let codes: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("code ")).collect();
    assert_eq!(codes, ["0", "0", "5", "0", "0", "5", "0", "5", "5", "0", "0", "5"], "{said}");
    assert!(!said.contains("has a fault") && !said.contains("guangzhou"), "{said}");
    assert_eq!(said.matches("survey  old").count(), 3, "{said}");
}

#[test]
fn names_that_mean_harm_do_none() {
    let desk = Desk::new();
    let long = "n".repeat(200) + ".csv";
    let names: [&[u8]; 9] = [
        b"./-x.csv",
        b"a\nb.csv",
        b"\x1b[31mred.csv",
        "\u{202e}vsc.csv".as_bytes(),
        b"bytes-\xff\xfe.csv",
        b"..csv",
        b"$(touch gone).csv",
        "😀 朋友圈.csv".as_bytes(),
        long.as_bytes(),
    ];
    for (number, name) in names.into_iter().enumerate() {
        let name = OsStr::from_bytes(name);
        fs::write(desk.directory.path().join(name), survey(40 + number)).unwrap();
        for command in ["check", "ingest"] {
            let output = desk.run(&[OsStr::new(command), name]);
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            let is_harmless = |c: char| !(c.is_control() && c != '\n') && c != '\u{202e}';
            assert!(said.chars().all(is_harmless), "{said:?}");
            assert!(output.status.success(), "{said}");
        }
        fs::write(desk.directory.path().join(name), HEADER.to_owned() + "a,b,Guangzou,1\n").unwrap();
        let output = desk.run(&[OsStr::new("check"), name]);
        assert!(!output.stderr.contains(&0x1b) && output.status.code() == Some(1));
    }
    fs::write(desk.path("s.csv"), survey(40)).unwrap();
    desk.ok(&["ingest", "--dataset", "../../../etc/passwd", "s.csv"]);
    desk.ok(&["report", "--dataset", "etc-passwd", "--only", "dumbbell", "--chart-format", "svg"]);
    let is_table = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "csv");
    let outside: Vec<_> = fs::read_dir(desk.directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !is_table(name) && ![".config", "data", "reports"].contains(&name.as_str()))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn links_are_not_followed_to_where_they_lead() {
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), survey(40)).unwrap();
    desk.ok(&["ingest", "s.csv"]);
    fs::create_dir(desk.path("precious")).unwrap();
    fs::write(desk.path("precious/file"), "precious").unwrap();
    let whole = || assert_eq!(fs::read_to_string(desk.path("precious/file")).unwrap(), "precious");
    for link in ["data/store/objects/.tmp-0", "data/store/.tmp-manifest"] {
        symlink(desk.path("precious/file"), desk.path(link)).unwrap();
        fs::write(desk.path("s.csv"), survey(41)).unwrap();
        desk.ok(&["ingest", "--replace", "s.csv"]);
        whole();
    }
    fs::create_dir(desk.path("reports")).unwrap();
    let report = ["report", "--city", "Guangzhou", "--only", "dumbbell", "--chart-format", "svg"];
    for link in ["reports/guangzhou", "reports/.guangzhou.wxstats-new", "reports/.guangzhou.wxstats-old"] {
        symlink(desk.path("precious"), desk.path(link)).unwrap();
        desk.run(&report);
        whole();
        assert_eq!(names(&desk.path("precious")).len(), 1, "{link}: something was written where it leads");
        let _ = fs::remove_file(desk.path(link));
    }
    let _ = fs::remove_dir_all(desk.path("reports"));
    desk.ok(&report);
    fs::rename(desk.path("reports/guangzhou/index.html"), desk.path("page.html")).unwrap();
    symlink(desk.path("page.html"), desk.path("reports/guangzhou/index.html")).unwrap();
    desk.fails(5, &report);
}

/// How a check of a file ends, what it says, and the most memory it took, in MiB.
fn checked(desk: &Desk, file: &str) -> (Option<i32>, String, u64) {
    let mut child = command(desk, &["check", file]).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak = text
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        most = peak.unwrap_or(0).max(most);
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned(), most / 1024)
}

/// A workbook of one sheet with these rows and, if there are any, these shared strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relate = |id: u8, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{target}\"/>")
    };
    let related = |relations: &str| format!("<Relationships>{relations}</Relationships>");
    let of_book =
        relate(1, "worksheet", "worksheets/sheet1.xml") + &relate(2, "sharedStrings", "sharedStrings.xml");
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in [
        ("_rels/.rels", related(&relate(1, "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{RELATIONSHIPS}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", related(&of_book)),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/sharedStrings.xml", if strings.is_empty() { "<sst></sst>" } else { strings }.to_owned()),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Rows of one cell each, by its place and what it holds.
fn cells(cells: &[(&str, &str)]) -> String {
    let row = |(at, value): &(&str, &str)| {
        let number = at.trim_start_matches(|c: char| c.is_ascii_uppercase());
        format!("<row r=\"{number}\"><c r=\"{at}\"{value}</c></row>")
    };
    cells.iter().map(row).collect()
}

/// Workbooks of few bytes that claim, or refer to, much more.
fn workbooks_that_swell(many: impl Fn(&str, usize) -> String) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let one = "><v>1</v>";
    let shared = " t=\"s\"><v>0</v>";
    let repeated: Vec<(String, &str)> = (1..400).map(|row| (format!("A{row}"), shared)).collect();
    let repeated: Vec<(&str, &str)> = repeated.iter().map(|(at, value)| (at.as_str(), *value)).collect();
    let long = format!("<sst><si><t>{}</t></si></sst>", many("x", 1 << 20));
    let claims = "<sst count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>city</t></si></sst>";
    vec![
        ("blank.xlsx", workbook(&many(" ", 80 << 20), ""), "[too-large]"),
        ("corner.xlsx", workbook(&cells(&[("A1", one), ("XFD1048576", one)]), ""), "[too-large]"),
        ("column.xlsx", workbook(&cells(&[("A1", one), ("ZZZZZZ2", one)]), ""), "[too-large]"),
        ("row.xlsx", workbook(&cells(&[("A1", one), ("A4294967295", one)]), ""), "[too-large]"),
        (
            "wide.xlsx",
            workbook(&format!("<row>{}</row>", many("<c><v>1</v></c>", 15 << 17)), ""),
            "[too-large]",
        ),
        ("claim.xlsx", workbook(&cells(&[("A1", shared)]), claims), "[too-large]"),
        ("repeated.xlsx", workbook(&cells(&repeated), &long), "[too-large]"),
    ]
}

#[test]
fn bombs_are_refused_before_memory_goes() {
    let desk = Desk::new();
    let many = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let gzip = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let bombs = vec![
        ("cell.csv", (HEADER.to_owned() + &many("x", 32 << 20)).into_bytes(), "-too-long]"),
        ("record.csv", (HEADER.to_owned() + &many("xxxxxxxxxxxxxxx,", 32 << 20)).into_bytes(), "-too-long]"),
        (
            "quote.csv",
            (HEADER.to_owned() + "\"" + &many("x\n", 32 << 20)).into_bytes(),
            "[unterminated-quote]",
        ),
        ("columns.csv", (many("c,", 1 << 19) + "d\n").into_bytes(), "[too-many-columns]"),
        ("packed.csv.gz", gzip((HEADER.to_owned() + &many("x", 80 << 20)).as_bytes()), "-too-long]"),
        (
            "packed.csv.zst",
            zstd::encode_all((HEADER.to_owned() + &many("x", 80 << 20)).as_bytes(), 1).unwrap(),
            "-too-long]",
        ),
        ("swollen.csv.gz", gzip((HEADER.to_owned() + &many("\n", 80 << 20)).as_bytes()), "[damaged]"),
    ];
    let bombs = bombs.into_iter().chain(workbooks_that_swell(many));
    for (name, bytes, said) in bombs {
        fs::write(desk.path(name), bytes).unwrap();
        let (code, message, most) = checked(&desk, name);
        assert_eq!(code, Some(1), "{name}: {message}");
        assert!(message.contains(said), "{name}: {message}");
        assert!(most < 256, "{name}: {most} MiB");
        say(&format!("{name}: refused with {most} MiB"));
    }
}

#[test]
fn without_its_key_a_store_takes_nothing_more_and_no_other_key_is_made() {
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), survey(40)).unwrap();
    desk.ok(&["ingest", "s.csv"]);
    let key = desk.path(".config/wxstats/key");
    fs::rename(&key, desk.path("kept")).unwrap();
    for arguments in
        [&["ingest", "--dataset", "t", "s.csv"][..], &["store", "forget", "--dataset", "s"], &["store", "gc"]]
    {
        let said = desk.fails(2, arguments);
        assert!(said.contains("does not exist") && said.contains("hint: --key-file"), "{said}");
        assert!(!key.exists(), "another key was made");
    }
    desk.ok(&["table"]);
    fs::rename(desk.path("kept"), &key).unwrap();
    desk.ok(&["ingest", "--dataset", "t", "s.csv"]);
}

//! The page in Chromium: nothing on its console, no request, its fonts load, its tables sort, nothing is wider than a phone,
//! and axe-core finds nothing to object to, in light and dark.
//!
//! Chromium is `CHROMIUM`, or what is found on the `PATH`; `AXE_CORE` is the path of axe-core's `axe.min.js`. Where they are
//! missing, the tests pass without them, unless `CI` is set.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, io};

use super::{guangzhou, large, report, text};
use crate::report_program;
use tempfile::tempdir;
use wxstats::codebook::Lang;
use wxstats::report::{Bundle, Subject};

const PROBE: &str = include_str!("browser/probe.js");
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const LONGEST: Duration = Duration::from_mins(10);

/// What the tests need and may not find. Where CI runs, everything must be there.
fn needed<T>(found: Option<T>, what: &str) -> Option<T> {
    assert!(found.is_some() || env::var_os("CI").is_none(), "{what}");
    if found.is_none() {
        io::stderr().write_all(format!("skipped: {what}\n").as_bytes()).unwrap();
    }
    found
}

fn chromium() -> Option<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&paths).flat_map(|directory| NAMES.map(|name| directory.join(name)));
    let found = env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| on_path.into_iter().find(|path| path.is_file()));
    needed(found, "no chromium on the PATH, nor in CHROMIUM")
}

fn axe() -> Option<String> {
    let found = env::var_os("AXE_CORE").map(|path| fs::read_to_string(path).unwrap());
    needed(found, "AXE_CORE does not name axe.min.js")
}

/// What Chromium makes of a file: its document after all scripts have run, and the lines of its console.
fn load(chromium: &Path, file: &Path) -> (String, Vec<String>) {
    let directory = file.parent().unwrap();
    let [document, log] = ["document.txt", "log.txt"].map(|name| directory.join(name));
    let mut browser = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"])
        .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", directory.join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .stdout(File::create(&document).unwrap())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while browser.try_wait().unwrap().is_none() {
        if start.elapsed() > LONGEST {
            browser.kill().unwrap();
            panic!("chromium does not end");
        }
        sleep(Duration::from_millis(50));
    }
    let log = fs::read(log).unwrap();
    let console = String::from_utf8_lossy(&log)
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .map(str::to_owned)
        .collect();
    (fs::read_to_string(document).unwrap(), console)
}

/// The pages by name: of two segments, and with scales of two and of one.
fn pages() -> Vec<(&'static str, String)> {
    let survey = large();
    let page = |bundle: &Bundle| text(bundle, "index.html").to_owned();
    vec![
        ("city", page(&report(&survey, guangzhou(), Lang::En))),
        ("overview", page(&report(&survey, Subject::Overview, Lang::Zh))),
        ("scales", report_program::page(&[("expat", 25), ("chinese", 400)], "en")),
        ("alone", report_program::page(&[("chinese", 400)], "zh")),
    ]
}

#[test]
fn the_page_is_silent_and_closed() {
    let Some(chromium) = chromium() else { return };
    let directory = tempdir().unwrap();
    let file = directory.path().join("index.html");
    for (name, page) in pages() {
        fs::write(&file, &page).unwrap();
        let (document, console) = load(&chromium, &file);
        assert!(
            document.contains("<th scope=\"col\"><button type=\"button\">"),
            "{name}: the script did not run"
        );
        assert_eq!(console, Vec::<String>::new(), "{name}");

        let image = "<img alt=\"\" src=\"https://example.org/a.png\"/></main>";
        fs::write(&file, page.replace("</main>", image)).unwrap();
        let (_, console) = load(&chromium, &file);
        assert!(console.iter().any(|line| line.contains("Content Security Policy")), "{name}: {console:?}");
    }
}

#[test]
fn the_page_is_fit_for_phones_screens_and_everybody() {
    let Some(chromium) = chromium() else { return };
    let axe = axe().unwrap_or_default();
    let directory = tempdir().unwrap();
    let mut frames = String::new();
    let mut count = 0;
    for (name, page) in pages() {
        fs::write(directory.path().join(format!("{name}.html")), probed(&page, &axe)).unwrap();
        for (width, scheme) in [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")] {
            frames.push_str(&format!(
                "<iframe src=\"{name}.html\" name=\"{name} {width} {scheme}\" width=\"{width}\" height=\"900\" \
                 style=\"border: 0; color-scheme: {scheme}\"></iframe>\n"
            ));
            count += 1;
        }
    }
    let around = directory.path().join("around.html");
    let script = "addEventListener('message', ({ data }) => {\n\
                  const line = document.createElement('p');\n\
                  line.textContent = [data.frame, ...data.wrong].join('; ');\n\
                  document.body.append(line);\n});";
    fs::write(
        &around,
        format!("<!DOCTYPE html>\n<meta charset=\"utf-8\"/>\n<script>{script}</script>\n{frames}"),
    )
    .unwrap();
    let (document, console) = load(&chromium, &around);
    let said: Vec<&str> =
        document.split("<p>").skip(1).filter_map(|rest| rest.split("</p>").next()).collect();
    assert_eq!(said.len(), count, "a probe did not report: {said:#?}\n{console:#?}");
    let wrong: Vec<&&str> = said.iter().filter(|line| line.contains(';')).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(console, Vec::<String>::new());
}

/// The page with scripts that look at it, which its policy would not let run; all else is as strict as before.
fn probed(page: &str, axe: &str) -> String {
    let start = page.find("script-src '").unwrap();
    let end = start + page[start..].find(';').unwrap();
    let open = format!("{}script-src 'unsafe-inline'{}", &page[..start], &page[end..]);
    open.replacen("</body>", &format!("<script>{axe}</script>\n<script>{PROBE}</script>\n</body>"), 1)
}

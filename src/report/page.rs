//! [`Contents`] → `index.html`: one file that loads nothing, needs no script, and reads well on paper and on a phone.

use super::ReportError;
use super::contents::{Contents, Exhibit, Section};
use super::escape::html;
use super::grid::Grid;
use super::method::METHODS;
use super::policy::policy;
use super::{transparency, typeface};
use crate::chart::{Fonts, Theme, style_sheet};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
///
/// # Errors
/// [`ReportError::Fonts`].
pub(super) fn page(contents: &Contents, fonts: Fonts) -> Result<String, ReportError> {
    let body = body(contents);
    let faces =
        typeface::faces(&body, contents.lang, fonts).map_err(|source| ReportError::Fonts { source })?;
    let charts = style_sheet(&Theme::LIGHT, &Theme::DARK);
    let accent = contents.accent.as_ref().map(super::template::Accent::style).unwrap_or_default();
    let head = head(contents, &format!("{faces}{charts}{STYLE}{accent}"));
    Ok(format!("{head}{body}<script>{SCRIPT}</script>\n</body>\n</html>\n"))
}

fn body(contents: &Contents) -> String {
    let sections = match contents.sections.as_slice() {
        [only] => each(&only.exhibits, |exhibit| self::exhibit(contents, exhibit, 2)),
        several => each(several, |section| self::section(contents, section)),
    };
    let main = [findings(contents), sections, method(contents), about(contents), sources(contents)].concat();
    format!(
        "<body>\n<a class=\"skip\" href=\"#main\">{skip}</a>\n{masthead}<main id=\"main\">\n{main}</main>\n\
         <footer>{footer}<p>wxstats {version} · <a href=\"{METHODS}\" hreflang=\"en\">{how}</a></p></footer>\n",
        skip = contents.lang.pick("Skip to the findings", "跳到正文"),
        masthead = masthead(contents),
        footer = each(&contents.footer, |footer| format!("<p>{}</p>\n", html(footer))),
        version = env!("CARGO_PKG_VERSION"),
        how = contents.lang.pick("How every figure is computed", "各项数字的计算方法（英文）"),
    )
}

/// The elements made from some values, one after another.
fn each<'a, T: 'a>(values: impl IntoIterator<Item = &'a T>, element: impl Fn(&T) -> String) -> String {
    values.into_iter().map(element).collect::<Vec<_>>().concat()
}

fn head(contents: &Contents, style: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"description\" content=\"{summary}\"/>\n\
         <title>{kicker}: {title}</title>\n<style>{style}</style>\n</head>\n",
        lang = contents.lang.tag(),
        policy = policy(style, SCRIPT),
        summary = html(&contents.summary),
        kicker = html(&contents.kicker),
        title = html(&contents.title),
    )
}

fn masthead(contents: &Contents) -> String {
    let synthetic = each(&contents.synthetic, |note| format!("<p class=\"synthetic\">{}</p>\n", html(note)));
    let links = each(&contents.links, |(name, href)| {
        format!("<li><a href=\"{}\">{}</a></li>\n", html(href), html(name))
    });
    let label = contents.lang.pick("Other reports", "其他报告");
    let translation = each(&contents.translation, |(lang, href)| {
        let (tag, name) = (lang.tag(), lang.pick("English", "中文"));
        let href = html(href);
        format!("<li><a href=\"{href}\" hreflang=\"{tag}\" lang=\"{tag}\">{name}</a></li>\n")
    });
    let links = translation + &links;
    let nav = if links.is_empty() {
        String::new()
    } else {
        format!("<nav aria-label=\"{label}\"><ul>\n{links}</ul></nav>\n")
    };
    let contents_list = parts(contents);
    let logo =
        each(&contents.logo, |logo| format!("<img class=\"logo\" src=\"{}\" alt=\"\"/>\n", logo.address()));
    format!(
        "<header>\n{logo}<p class=\"kicker\">{}</p>\n<h1>{}</h1>\n{synthetic}<p class=\"summary\">{}</p>\n{nav}{contents_list}</header>\n",
        html(&contents.kicker),
        html(&contents.title),
        html(&contents.summary)
    )
}

/// Links to what tells the report, where there is more than the survey.
fn parts(contents: &Contents) -> String {
    if contents.sections.len() < 2 {
        return String::new();
    }
    let links = each(&contents.sections, |section| {
        format!("<li><a href=\"#part-{}\">{}</a></li>\n", section.key, html(&section.name))
    });
    let label = contents.lang.pick("In this report", "本报告内容");
    format!("<nav class=\"parts\" aria-label=\"{label}\"><ul>\n{links}</ul></nav>\n")
}

fn findings(contents: &Contents) -> String {
    if contents.findings.is_empty() {
        return String::new();
    }
    let heading = contents.lang.pick("Findings", "主要发现");
    let items = each(&contents.findings, |line| format!("<li>{}</li>\n", html(line)));
    format!(
        "<section class=\"findings\" aria-labelledby=\"findings\">\n<h2 id=\"findings\">{heading}</h2>\n\
         <ul>\n{items}</ul>\n</section>\n"
    )
}

/// The exhibits of one kind of data, under its name.
fn section(contents: &Contents, section: &Section) -> String {
    format!(
        "<section class=\"part\" aria-labelledby=\"part-{key}\">\n<h2 id=\"part-{key}\">{name}</h2>\n{exhibits}</section>\n",
        key = section.key,
        name = html(&section.name),
        exhibits = each(&section.exhibits, |exhibit| self::exhibit(contents, exhibit, 3)),
    )
}

/// A chart and its table; `level` is that of its heading.
fn exhibit(contents: &Contents, exhibit: &Exhibit, level: u8) -> String {
    let (slug, heading) = (&exhibit.slug, html(&exhibit.heading));
    let title = html(&exhibit.title);
    let table = table(&exhibit.grid);
    let shown = match &exhibit.drawing {
        None => format!("<p>{title}</p>\n{table}"),
        Some(drawing) => {
            let behind = contents.lang.pick("The table behind this chart", "图表数据");
            let links: Vec<String> =
                drawing.files.iter().chain([&drawing.data]).map(|file| download(file)).collect();
            format!(
                "<figure>\n<div class=\"wide chart\">\n{wide}</div>\n<div class=\"narrow chart\">\n{narrow}</div>\n</figure>\n<details>\n<summary>{behind}</summary>\n{table}</details>\n<p class=\"files\">{links}</p>\n",
                wide = drawing.wide,
                narrow = drawing.narrow,
                links = links.join(" "),
            )
        }
    };
    format!(
        "<section class=\"exhibit\" aria-labelledby=\"{slug}\">\n<h{level} id=\"{slug}\">{heading}</h{level}>\n{shown}</section>\n"
    )
}

fn table(grid: &Grid) -> String {
    let caption = html(&grid.caption);
    let head = each(&grid.head, |name| format!("<th scope=\"col\">{}</th>", html(name)));
    let rows = each(&grid.rows, |cells| {
        let (name, cells) = cells.split_first().map_or(("", &[][..]), |(name, cells)| (name.as_str(), cells));
        let cells = each(cells, |cell| format!("<td>{}</td>", html(cell)));
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", html(name))
    });
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table class=\"rates sortable\">\n\
         <caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

fn method(contents: &Contents) -> String {
    let heading = contents.lang.pick("Method", "方法");
    let notes = each(&contents.notes, |note| format!("<p>{}</p>\n", html(note)));
    let terms = each(&contents.method, |(term, meaning)| {
        format!("<dt>{}</dt><dd>{}</dd>\n", html(term), html(meaning))
    });
    format!(
        "<section class=\"method\" aria-labelledby=\"method\">\n<h2 id=\"method\">{heading}</h2>\n\
         {notes}<dl>\n{terms}</dl>\n</section>\n"
    )
}

fn about(contents: &Contents) -> String {
    let lang = contents.lang;
    let heading = lang.pick("About the survey", "调查说明");
    let terms = each(&contents.about, |statement| {
        let class = if statement.text.is_some() { "" } else { " class=\"unstated\"" };
        format!("<dt>{}</dt><dd{class}>{}</dd>\n", html(statement.term), html(statement.said(lang)))
    });
    format!(
        "<section class=\"method\" aria-labelledby=\"about\">\n<h2 id=\"about\">{heading}</h2>\n\
         <p>{scope}</p>\n<dl>\n{terms}</dl>\n</section>\n",
        scope = html(transparency::scope(lang)),
    )
}

fn sources(contents: &Contents) -> String {
    let say = |en, zh| contents.lang.pick(en, zh);
    let head = [say("Survey", "调查"), say("File", "文件"), say("Respondents", "受访者"), "BLAKE3"]
        .map(|name| format!("<th scope=\"col\">{name}</th>"))
        .concat();
    let rows = each(&contents.sources, |[name, file, respondents, hash]| {
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{respondents}</td><td class=\"hash\">{}</td></tr>\n",
            html(name),
            html(file),
            html(hash)
        )
    });
    let links: Vec<String> = contents.downloads.iter().map(|file| download(file)).collect();
    format!(
        "<section class=\"method\" aria-labelledby=\"sources\">\n<h2 id=\"sources\">{heading}</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table>\n<caption>{caption}</caption>\n\
         <thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n\
         <h2 id=\"downloads\">{downloads}</h2>\n<p class=\"files\">{links}</p>\n</section>\n",
        heading = say("Sources", "数据来源"),
        caption = say("The files this report rests on", "本报告所依据的文件"),
        downloads = say("Downloads", "下载"),
        links = links.join(" "),
    )
}

fn download(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let file = html(file);
    format!("<a href=\"{file}\" download=\"\">{}</a>", html(name))
}

//! The bytes of a template file → [`Template`]: what a house makes of a report that is else the same.
//!
//! Chosen are its sections and their order, its title, a logo, an accent colour and a footer. Refused, each with its place:
//! unknown keys, sections named twice, a logo that could load or run anything, a colour that cannot be read on the page.

mod accent;
mod logo;

use std::io;

use toml::de::DeTable;

pub(super) use self::accent::Accent;
pub(super) use self::logo::Logo;
use crate::codebook::Name;
use crate::codebook::project::{Document, Entry, ProjectProblems, Value, read_name, shown, utf8};

const KEYS: [&str; 5] = ["title", "sections", "logo", "accent", "footer"];
const SECTIONS: &str = "[\"survey\", \"claims\"]";
const LOGO: &str = "\"logo.svg\"";
const ACCENT: &str = "{ light = \"#0F5C6C\", dark = \"#74C8D6\" }";

/// What is other than in every report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    /// The title of every page, in the place of its main finding.
    pub(super) title: Option<Name>,
    /// The sections that are told, by key and in order; `None`: all.
    pub(super) sections: Option<Vec<String>>,
    /// Stands above the title.
    pub(super) logo: Option<Logo>,
    /// The colour of links and of the line above the title.
    pub(super) accent: Option<Accent>,
    /// Stands at the foot of page and Markdown.
    pub(super) footer: Option<Name>,
}

impl Template {
    /// Reads the bytes of a template that messages show as `file`; `read` gives the bytes of a file that it names.
    ///
    /// # Errors
    /// All that is wrong with it, each with line and column.
    pub fn parse(
        bytes: &[u8],
        file: &str,
        read: &dyn Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Self, ProjectProblems> {
        let text = utf8(bytes, file)?;
        let mut document = Document::new(file, text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let table = document.parse();
        let template =
            if document.is_sound() { template(&mut document, &table, read) } else { Self::default() };
        ProjectProblems::none_or(document.into_problems(), template)
    }

    /// The sections that it names and none of `known` is.
    pub fn unknown<'a>(&'a self, known: &'a [String]) -> impl Iterator<Item = &'a str> {
        let named = self.sections.iter().flatten();
        named.filter(|section| !known.contains(section)).map(String::as_str)
    }
}

fn template<'t>(
    document: &mut Document<'t>,
    table: &DeTable<'t>,
    read: &dyn Fn(&str) -> io::Result<Vec<u8>>,
) -> Template {
    let mut template = Template::default();
    for entry in document.entries(table, "a template", &KEYS) {
        match entry.key {
            "title" => template.title = read_name(document, &entry),
            "footer" => template.footer = read_name(document, &entry),
            "sections" => template.sections = Some(sections(document, &entry)),
            "logo" => template.logo = logo(document, entry.value, read),
            _ => template.accent = accent(document, entry.value),
        }
    }
    template
}

fn sections<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    let list = document.list(entry.value, "sections", SECTIONS);
    if list.is_some_and(<[toml::Spanned<toml::de::DeValue<'_>>]>::is_empty) {
        document.refuse(entry.value.span(), "no section is named", "leave sections out to have all of them");
    }
    for value in list.into_iter().flatten() {
        let Some(section) = document.text(value, "a section", "\"survey\"") else { continue };
        if sections.iter().any(|known| known == section) {
            document.refuse(
                value.span(),
                format!("the section {} is named twice", shown(section)),
                "name it once",
            );
        }
        sections.push(section.to_owned());
    }
    sections
}

fn logo<'t>(
    document: &mut Document<'t>,
    value: &Value<'t>,
    read: &dyn Fn(&str) -> io::Result<Vec<u8>>,
) -> Option<Logo> {
    let name = document.text(value, "logo", LOGO)?;
    let read = read(name).map_err(|error| format!("{} cannot be read: {error}", shown(name)));
    match read.and_then(|bytes| Logo::check(bytes).map_err(|why| format!("the logo {why}"))) {
        Ok(logo) => Some(logo),
        Err(why) => {
            let hint = "a logo is a PNG, or an SVG that runs nothing and refers to nothing outside of itself; its path begins at the template";
            document.refuse(value.span(), why, hint);
            None
        }
    }
}

fn accent<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<Accent> {
    let table = document.table(value, "accent", ACCENT)?;
    let (mut light, mut dark) = (None, None);
    for entry in document.entries(table, "accent", &["light", "dark"]) {
        let Some(color) = document.text(entry.value, entry.key, "\"#0F5C6C\"") else { continue };
        let paper = if entry.key == "light" { accent::LIGHT } else { accent::DARK };
        match accent::readable(color, paper) {
            Ok(color) if entry.key == "light" => light = Some(color),
            Ok(color) => dark = Some(color),
            Err(why) => document.refuse(entry.value.span(), why, "a colour is written as #0F5C6C"),
        }
    }
    if light.is_none() || dark.is_none() {
        if document.is_sound() {
            let hint = format!("such as accent = {ACCENT}");
            document.refuse(
                value.span(),
                "an accent has a colour for the light page and one for the dark",
                hint,
            );
        }
        return None;
    }
    Some(Accent { light: light?, dark: dark? })
}

//! `[dataset.…]`: what is said of one dataset.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::document::{Document, Entry, Value, entries, shown};
use super::{About, AnswerSource, ColumnsBook, Derivation, Measured, Net, QualityBook, WeightingBook};
use crate::codebook::{Item, Stages, UnknownPlatform};

/// What is said of one dataset.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DatasetBook {
    /// Whether the same people answer every wave, linked by their ids.
    pub panel: bool,
    /// The stages of a funnel, in their order.
    pub stages: Option<Stages>,
    /// How the survey was made.
    pub about: About,
    /// Where a file that is not in the canonical schema holds what.
    pub columns: ColumnsBook,
    /// Whose answers are not used.
    pub quality: QualityBook,
    /// How the items are measured that are not yes or no.
    pub items: BTreeMap<Item, Measured>,
    /// Multi-response questions by name: the items that are the options of one question, at least two, none twice.
    pub sets: BTreeMap<String, Vec<Item>>,
    /// Dimensions that are made from others, by name.
    pub derive: BTreeMap<String, Derivation>,
    /// Items that are yes where any of several is.
    pub nets: BTreeMap<Item, Net>,
    /// To what the dataset is weighted; `None` leaves the base weights as they are.
    pub weighting: Option<WeightingBook>,
}

const KEYS: [&str; 15] = [
    "panel",
    "stages",
    "returns",
    "platform",
    "header",
    "separator",
    "columns",
    "dimensions",
    "quality",
    "about",
    "items",
    "sets",
    "derive",
    "nets",
    "weighting",
];

impl DatasetBook {
    pub(super) fn read<'t>(document: &mut Document<'t>, dataset: &Entry<'_, 't>) -> Option<Self> {
        let name = format!("dataset.{}", dataset.key);
        let table = document.table(dataset.value, &name, "[dataset.expats]")?;
        let mut book = Self::default();
        for entry in document.entries(table, &name, &KEYS) {
            match entry.key {
                "platform" => book.read_platform(document, &entry),
                "header" => match document.whole(entry.value, "header", "3") {
                    Some(line @ 1..) => book.columns.header = Some(line as u64),
                    Some(_) => {
                        document.refuse(entry.value.span(), "lines are counted from 1", "write header = 3");
                    }
                    None => {}
                },
                "separator" => {
                    let separator = document.string(entry.value, "separator", "\"┋\"");
                    book.columns.separator = separator.filter(|text| !text.is_empty()).map(str::to_owned);
                }
                "columns" => {
                    if let Some(table) = document.table(entry.value, "columns", "[dataset.expats.columns]") {
                        book.columns.read_roles(document, &format!("{name}.columns"), table);
                    }
                }
                "dimensions" => {
                    if let Some(table) =
                        document.table(entry.value, "dimensions", "[dataset.expats.dimensions]")
                    {
                        book.columns.read_dimensions(document, table);
                    }
                }
                "quality" => book.quality = QualityBook::read(document, &format!("{name}.quality"), &entry),
                "stages" => book.stages = read_stages(document, table, &entry),
                "returns" if table.contains_key("stages") => {}
                "returns" => {
                    let hint = "write stages = [\"ask\", \"pay\"] beside it";
                    document.refuse(entry.at(), "returns without stages", hint);
                }
                "panel" => book.panel = document.flag(entry.value, "panel").unwrap_or_default(),
                "about" => book.about = About::read(document, &format!("{name}.about"), &entry),
                "items" => {
                    if let Some(table) = document.table(entry.value, "items", "[dataset.expats.items]") {
                        book.read_items(document, table);
                    }
                }
                "sets" => {
                    if let Some(table) = document.table(entry.value, "sets", "[dataset.expats.sets]") {
                        book.read_sets(document, table);
                    }
                }
                "derive" => {
                    book.derive = Derivation::read_all(document, &format!("{name}.derive"), &entry);
                }
                "nets" => book.nets = Net::read_all(document, &format!("{name}.nets"), &entry),
                _ => {
                    book.weighting = WeightingBook::read(document, &format!("{name}.weighting"), &entry);
                }
            }
        }
        book.check_sets(document, table);
        book.check_nets(document, table);
        Some(book)
    }

    fn read_platform<'t>(&mut self, document: &mut Document<'t>, entry: &Entry<'_, 't>) {
        match document.text(entry.value, "platform", "\"wjx\"").map(str::parse) {
            Some(Ok(platform)) => self.columns.platform = Some(platform),
            Some(Err(UnknownPlatform)) => {
                document.refuse(entry.value.span(), "the platform is not known", UnknownPlatform.to_string());
            }
            None => {}
        }
    }

    fn read_items<'t>(&mut self, document: &mut Document<'t>, table: &DeTable<'t>) {
        for entry in entries(table) {
            let Some(item) = read_item(document, &entry) else { continue };
            let measured = Measured::read(document, entry.key, entry.value);
            let table = entry.value.get_ref().as_table();
            let source =
                table.and_then(|table| AnswerSource::read(document, &entry, table, measured.is_some()));
            self.items.extend(measured.map(|measured| (item.clone(), measured)));
            self.columns.answers.extend(source.map(|source| (item, source)));
        }
    }

    fn read_sets<'t>(&mut self, document: &mut Document<'t>, table: &DeTable<'t>) {
        const EXAMPLE: &str = "[\"moments.share\", \"groups.share\"]";
        for entry in entries(table) {
            let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if !entry.key.bytes().all(is_name) {
                let hint = "use lower-case letters, digits and _; [names] gives it a display name";
                document.refuse(entry.at(), format!("{} is no name of a set", shown(entry.key)), hint);
            }
            let Some(list) = document.list(entry.value, entry.key, EXAMPLE) else { continue };
            let items = read_items_once(document, entry.key, list, "each option of a question stands once");
            if list.len() < 2 {
                let hint = "a set lists the items that are options of one question";
                document.refuse(entry.value.span(), format!("{} has fewer than two items", entry.key), hint);
            }
            self.sets.insert(entry.key.to_owned(), items);
        }
    }

    /// A net is an item of its own, of items that are yes or no.
    fn check_nets<'t>(&self, document: &mut Document<'t>, table: &DeTable<'t>) {
        let nets = table.get("nets").and_then(|nets| nets.get_ref().as_table());
        for entry in nets.into_iter().flat_map(entries) {
            let Ok(item) = entry.key.parse::<Item>() else { continue };
            if self.items.contains_key(&item) {
                let hint = "give the net a name of its own, such as \"payment.any\"";
                document.refuse(entry.at(), format!("{item} stands in items too"), hint);
            }
            let of = self.nets.get(&item).into_iter().flat_map(|net| &net.of);
            for number in of.filter(|item| self.items.contains_key(item)) {
                let hint = "a net is of items that are yes or no";
                document.refuse(entry.at(), format!("{item}: {number} is measured in numbers"), hint);
            }
        }
    }

    /// Options of a question are ticked or not; no number can be one.
    fn check_sets<'t>(&self, document: &mut Document<'t>, table: &DeTable<'t>) {
        let sets = table.get("sets").and_then(|sets| sets.get_ref().as_table());
        for entry in sets.into_iter().flat_map(entries) {
            let Some(items) = self.sets.get(entry.key) else { continue };
            for item in items.iter().filter(|item| self.items.contains_key(item)) {
                let hint = "the options of a question are yes or no; leave it out of the set, or of items";
                document.refuse(entry.at(), format!("{}: {item} is measured in numbers", entry.key), hint);
            }
        }
    }
}

/// The stages of a funnel; what undoes the last stands beside them as `returns`.
fn read_stages<'t>(
    document: &mut Document<'t>,
    table: &DeTable<'t>,
    entry: &Entry<'_, 't>,
) -> Option<Stages> {
    const EXAMPLE: &str = "[\"contact\", \"ask\", \"pay\"]";
    let list = document.list(entry.value, "stages", EXAMPLE)?;
    let order: Vec<String> = list
        .iter()
        .filter_map(|value| document.text(value, "stages", "\"pay\"").map(str::to_owned))
        .collect();
    let returns = table.get("returns").map(|value| document.text(value, "returns", "\"return\""));
    if order.len() < list.len() || returns == Some(None) {
        return None;
    }
    match Stages::new(order, returns.flatten().map(str::to_owned)) {
        Ok(stages) => Some(stages),
        Err(why) => {
            let hint = format!("write stages = {EXAMPLE}, and perhaps returns = \"return\"");
            document.refuse(entry.value.span(), why.to_string(), hint);
            None
        }
    }
}

/// The items of a list, each once; what is wrong is noted.
pub(super) fn read_items_once<'t>(
    document: &mut Document<'t>,
    name: &str,
    list: &[Value<'t>],
    once: &str,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for value in list {
        let Some(text) = document.text(value, name, "\"moments.share\"") else { continue };
        match text.parse::<Item>() {
            Ok(item) if items.contains(&item) => {
                document.refuse(value.span(), format!("{} stands twice", shown(text)), once);
            }
            Ok(item) => items.push(item),
            Err(why) => document.refuse(value.span(), format!("{} is no item", shown(text)), why.to_string()),
        }
    }
    items
}

/// The item that a key names.
pub(super) fn read_item<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Item> {
    let parsed = entry.key.parse::<Item>();
    if let Err(why) = &parsed {
        let inner = entry.value.get_ref().as_table().and_then(|table| table.keys().next());
        let is_unquoted = !entry.key.contains('.')
            && entry
                .value
                .get_ref()
                .as_table()
                .is_some_and(|table| table.values().all(|value| value.get_ref().is_table()));
        let hint = match inner.filter(|_| is_unquoted) {
            Some(action) => format!("put the item in quotes: \"{}.{}\"", entry.key, action.get_ref()),
            None => why.to_string(),
        };
        document.refuse(entry.at(), format!("{} is no item", shown(entry.key)), hint);
    }
    parsed.ok()
}

//! `[dataset.….nets]`: items that are yes where any of several items is.

use std::collections::BTreeMap;

use super::document::{Document, Entry, entries};
use crate::codebook::Item;

/// An item that is yes where any of several yes-no items is: "any payment feature".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Net {
    /// The items; at least two, none twice, none itself a net.
    pub of: Vec<Item>,
    /// The codebook, as messages show it.
    pub file: String,
    /// Line and column of it, from 1.
    pub at: (u64, u64),
}

const EXAMPLE: &str = "[\"wallet.use\", \"red_packets.send\"]";

impl Net {
    /// Reads a nets table; what is wrong is noted.
    pub(super) fn read_all<'t>(
        document: &mut Document<'t>,
        name: &str,
        entry: &Entry<'_, 't>,
    ) -> BTreeMap<Item, Self> {
        let mut found = BTreeMap::new();
        let Some(table) = document.table(entry.value, name, "[dataset.expats.nets]") else { return found };
        let own: Vec<Item> = entries(table).iter().filter_map(|entry| entry.key.parse().ok()).collect();
        for entry in entries(table) {
            let Some(item) = super::dataset::read_item(document, &entry) else { continue };
            let Some(of) = read_list(document, &entry, &own) else { continue };
            let (file, at) = (document.file().to_owned(), document.place(entry.at()));
            found.insert(item, Self { of, file, at });
        }
        found
    }
}

fn read_list<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>, own: &[Item]) -> Option<Vec<Item>> {
    let list = document.list(entry.value, entry.key, EXAMPLE)?;
    let items = super::dataset::read_items_once(document, entry.key, list, "each item of a net stands once");
    if let Some(net) = items.iter().find(|item| own.contains(item)) {
        let hint = "list the items themselves";
        document.refuse(entry.value.span(), format!("{}: {net} is itself a net", entry.key), hint);
    }
    if list.len() < 2 {
        let hint = format!("a net is yes where any of several items is: {EXAMPLE}");
        document.refuse(entry.value.span(), format!("{} has fewer than two items", entry.key), hint);
    }
    Some(items)
}

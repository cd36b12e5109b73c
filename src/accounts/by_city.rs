//! Where the visitors of a mini-program are, by its portrait.

use std::collections::BTreeMap;

use super::account::Account;
use super::sheet::{Cell, Column, Sheet};
use crate::codebook::Name;
use crate::codebook::gazetteer::resolve;

/// Visitors by period and city, the largest first.
pub(super) fn sheet(account: &Account) -> Option<Sheet> {
    let mut periods: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
    for ((period, city), visitors) in &account.cities {
        periods.entry(period).or_default().push((city, *visitors));
    }
    let mut rows = Vec::new();
    for (period, mut cities) in periods {
        let all: u64 = cities.iter().map(|(_, visitors)| visitors).sum();
        cities.sort_by(|(a, few), (b, many)| (many, a).cmp(&(few, b)));
        rows.extend(cities.into_iter().map(|(city, visitors)| {
            vec![
                Cell::Label(period.to_owned(), Name::new(period, period)),
                label(city),
                Cell::Count(visitors),
                Cell::share(visitors, all),
            ]
        }));
    }
    (!rows.is_empty()).then(|| Sheet {
        key: "cities",
        title: Name::new("The mini-program’s visitors, by city", "小程序访问用户城市分布"),
        columns: vec![
            Column::label("period", "Period", "时期"),
            Column::label("city", "City", "城市"),
            Column::figure("visitors", Name::new("Visitors", "访问人数")),
            Column::figure("share_of_visitors", Name::new("Of those placed", "占已定位人数")),
        ],
        rows,
        notes: vec![Name::new(
            "Of the visitors whom the platform places in a city; periods are not added.",
            "仅含平台已定位城市的访问用户；不同时期不相加。",
        )],
    })
}

/// A city that is known by its names, any other place as the platform writes it.
fn label(city: &str) -> Cell {
    match resolve(city) {
        Ok(known) => Cell::Label(known.name_en.to_owned(), Name::new(known.name_en, known.name_zh)),
        Err(_) => Cell::Label(city.to_owned(), Name::new(city, city)),
    }
}

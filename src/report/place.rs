//! The part of a table that is of one place.

use crate::table::{Label, Table};

/// What a table by city, and perhaps more, says of one city; `None` where nobody is there.
pub(super) fn in_city(table: &Table, city: &Label) -> Option<Table> {
    let is_here = |by: &[Label]| by.first().is_some_and(|level| level.key == city.key);
    let without = |by: &[Label]| by[1..].to_vec();
    let mut own = Table { rows: Vec::new(), gaps: Vec::new(), tests: Vec::new(), ..table.clone() };
    own.by = without(&table.by);
    for row in table.rows.iter().filter(|row| is_here(&row.by)) {
        let mut row = row.clone();
        row.by = without(&row.by);
        own.rows.push(row);
    }
    for line in table.gaps.iter().filter(|line| is_here(&line.by)) {
        let mut line = line.clone();
        line.by = without(&line.by);
        own.gaps.push(line);
    }
    (!own.rows.is_empty()).then_some(own)
}

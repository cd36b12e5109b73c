//! Who is active, period by period: a table, since counts of a log have no sampling error to draw.

use super::{Here, Sheet, csv, period};
use crate::report::ReportError;
use crate::report::grid::Grid;
use crate::report::sections::Plate;
use crate::writing::count;

pub(super) fn plate(here: &Here<'_>) -> Result<Plate, ReportError> {
    let (words, lang) = (here.words, here.words.lang);
    let title = here.titled(words.pick("active users, by period", "各期活跃用户"));
    let caption = words.pick(
        "Active users: did anything in the period that the log tells of",
        "活跃用户：该期内日志中有任何行为者",
    );
    let everyone = &here.tables.everyone;
    let mut head = vec![words.pick("Period", "时期"), words.pick("Active users", "活跃用户")];
    let of_all = here.city.is_none();
    if of_all {
        head.extend([words.pick("Events", "行为次数"), words.pick("Moved", "有变动者")]);
    }
    head.extend([words.pick("Days", "日期"), words.pick("Note", "备注")]);
    let rows = here.periods.iter().filter_map(|source| {
        let usage = source.usage?;
        let row = here.rows(everyone).find(|row| row.by.last().is_some_and(|wave| wave.key == source.wave));
        let users = if of_all { source.respondents } else { row.map_or(0, |row| row.base.n) };
        let mut cells = vec![period(&source.wave, lang), count(users, lang)];
        if of_all {
            cells.extend([count(usage.events, lang), count(usage.movers, lang)]);
        }
        cells.push(
            words.pick(format!("{} to {}", usage.from, usage.to), format!("{} 至 {}", usage.from, usage.to)),
        );
        let note = if usage.is_partial { words.pick("not the whole period", "并非整期") } else { "" };
        cells.push(note.to_owned());
        Some(cells)
    });
    let grid = Grid {
        caption: caption.to_owned(),
        head: head.into_iter().map(str::to_owned).collect(),
        rows: rows.collect(),
    };
    let sheet = Sheet {
        slug: "active",
        heading: words.pick("Active users", "活跃用户").to_owned(),
        title: crate::codebook::capital(&title),
    };
    Ok(sheet.plate(here, None, grid, csv(&here.only(everyone, |_| true))?))
}

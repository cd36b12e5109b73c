//! Who comes back: the triangle of cohorts, and the curve of all of them together.

use super::{Here, MOST_SEGMENTS, Sheet, color, returns_csv};
use crate::chart::{
    Chart, CohortRow, CohortTile, Cohorts, Mark as ChartMark, Series, Side, Trend, TrendLine, TrendPoint,
    Wave,
};
use crate::codebook::capital;
use crate::report::ReportError;
use crate::report::charts;
use crate::report::grid::Grid;
use crate::report::sections::Plate;
use crate::retention::{self, Cell, Group, Retention, length};
use crate::table::{Label, sentence};
use crate::writing::count;

pub(super) fn plates(here: &Here<'_>) -> Result<Vec<Plate>, ReportError> {
    let Some(returns) = &here.tables.returns else { return Ok(Vec::new()) };
    let returns = here.returns(returns);
    let Some(group) = returns.groups.first() else { return Ok(Vec::new()) };
    let curves = here.tables.returns_by_segment.as_ref().map(|returns| here.returns(returns));
    let curves = curves.filter(|curves| (1..=MOST_SEGMENTS).contains(&curves.groups.len()));
    Ok(vec![cohorts(here, &returns, group)?, curve(here, curves.as_ref().unwrap_or(&returns))?])
}

fn cohorts(here: &Here<'_>, returns: &Retention, group: &Group) -> Result<Plate, ReportError> {
    let words = here.words;
    let (one, many) = length(returns.period);
    let title = here.titled(&words.pick(
        format!("who comes back, by the {} they joined in", one.en),
        format!("各{}新用户的留存", one.zh.trim_start_matches('个')),
    ));
    let title = capital(&title);
    let caption = words.pick(
        format!(
            "Share of users active so many {} after the {} in which the log has them first, %",
            many.en, one.en
        ),
        format!("首次出现后第若干{}仍活跃的用户比例（%）", one.zh),
    );
    let mut notes = vec![retention::note_on_first(returns)];
    notes.extend(retention::not_known(returns));
    let base = notes.iter().map(|note| note.get(words.lang)).collect::<Vec<_>>().join(words.pick(" ", ""));
    let tile = |cell: &Cell| match (cell.unseen, cell.figure) {
        (Some(_), _) => CohortTile::Open,
        (None, Some(figure)) => CohortTile::Share { rate: figure.value, caution: cell.is_caution() },
        (None, None) => CohortTile::Missing,
    };
    let rows: Vec<CohortRow> = group
        .cohorts
        .iter()
        .map(|cohort| CohortRow {
            label: retention::cohort_name(cohort, words.lang),
            base: format!("n = {}", count(cohort.users, words.lang)),
            tiles: cohort.cells.iter().map(tile).collect(),
        })
        .collect();
    let is_drawable =
        rows.iter().flat_map(|row| &row.tiles).any(|tile| matches!(tile, CohortTile::Share { .. }));
    let chart = is_drawable.then(|| {
        Chart::Cohorts(Cohorts {
            head: charts::head(words, &title, &caption, &here.footer_without_intervals(&base)),
            axis: words.pick(format!("{} after joining", capital(&many.en)), format!("加入后第几{}", one.zh)),
            columns: (1..=returns.reach).map(|after| format!("+{after}")).collect(),
            rows,
        })
    });
    let sheet = retention::sheets(returns, words.lang).into_iter().next();
    let (head, rows) = sheet.map_or_else(Default::default, |sheet| (sheet.header, sheet.rows));
    let grid = noted(here, Grid { caption, head, rows });
    let heading = words.pick("Retention by cohort", "分批留存").to_owned();
    Ok(Sheet { slug: "retention-cohorts", heading, title }.plate(here, chart, grid, returns_csv(returns)?))
}

/// The last column of a grid holds notes.
fn noted(here: &Here<'_>, mut grid: Grid) -> Grid {
    grid.head.push(here.words.pick("Note", "备注").to_owned());
    grid.rows.iter_mut().for_each(|row| row.push(String::new()));
    grid
}

fn curve(here: &Here<'_>, curves: &Retention) -> Result<Plate, ReportError> {
    let words = here.words;
    let (one, many) = length(curves.period);
    let title = capital(&here.titled(words.pick("how many users come back", "用户留存曲线")));
    let caption = words.pick(
        format!(
            "Share of users active so many {} after joining, all cohorts but the log’s first together, %",
            many.en
        ),
        format!("加入后第若干{}仍活跃的用户比例，除日志首批外各批合计（%）", one.zh),
    );
    let base = words.pick(
        "Base: at every point the users who joined long enough ago; at 0 it is 100% by definition.",
        "基数：各点仅含加入时间已足够长的用户；第 0 期按定义为 100%。",
    );
    // Where nobody is known, the curve ends.
    let known = curves.groups.iter().flat_map(|group| &group.curve).filter(|cell| cell.unseen.is_none());
    let last = known.map(|cell| cell.after).max().unwrap_or(0);
    let segments: Vec<Option<&Label>> = curves.groups.iter().map(|group| segment(curves, group)).collect();
    let known: Vec<&Label> = segments.iter().copied().flatten().collect();
    let name = |segment: Option<&Label>| {
        let name = segment.map_or_else(|| words.pick("All users", "全部用户"), |segment| words.name(segment));
        words.fonts.legible(name)
    };
    let lines: Vec<TrendLine> = curves
        .groups
        .iter()
        .zip(&segments)
        .enumerate()
        .map(|(at, (group, segment))| TrendLine {
            series: Series { name: name(*segment) },
            place: if segment.is_some() { color(&known, at) } else { 2 },
            points: std::iter::once(start())
                .chain(group.curve.iter().take(last as usize).map(|cell| point(here, cell)))
                .collect(),
        })
        .collect();
    let is_drawable =
        lines.iter().any(|line| line.points.iter().skip(1).any(|point| point.side.mark().is_some()));
    let unit = one.zh.trim_start_matches('个');
    let later = |after: u32| words.pick(format!("+{after}"), format!("第{after}{unit}"));
    let wave = |after: u32| Wave { label: if after == 0 { "0".to_owned() } else { later(after) }, at: None };
    let chart = is_drawable.then(|| {
        Chart::Trend(Trend {
            head: charts::head(words, &title, &caption, &here.footer(base, curves.settings.level)),
            level: curves.settings.level,
            waves: (0..=last).map(wave).collect(),
            lines,
            gaps: [None, None],
        })
    });
    let heading = words.pick("Retention curve", "留存曲线").to_owned();
    let grid = grid(here, curves, &segments, caption);
    Ok(Sheet { slug: "retention-curve", heading, title }.plate(here, chart, grid, returns_csv(curves)?))
}

fn segment<'a>(curves: &Retention, group: &'a Group) -> Option<&'a Label> {
    let place = curves.by.iter().position(|dimension| dimension.key == "segment")?;
    group.levels.get(place)
}

/// Everybody is active when they join.
fn start() -> TrendPoint {
    let mark = ChartMark { rate: 1.0, low: 1.0, high: 1.0, caution: false };
    TrendPoint { side: Side::Shown(mark), change: None }
}

fn point(here: &Here<'_>, cell: &Cell) -> TrendPoint {
    let side = match cell.figure {
        Some(figure) => Side::Shown(ChartMark {
            rate: figure.value,
            low: figure.interval.0,
            high: figure.interval.1,
            caution: cell.is_caution(),
        }),
        None => Side::Missing(cell.mark.filter(|_| cell.unseen.is_none()).map_or_else(String::new, |mark| {
            here.words.fonts.legible(sentence::reason(&mark).get(here.words.lang))
        })),
    };
    TrendPoint { side, change: None }
}

fn grid(here: &Here<'_>, curves: &Retention, segments: &[Option<&Label>], caption: String) -> Grid {
    let words = here.words;
    let sheets = retention::sheets(curves, words.lang);
    let mut rows = Vec::new();
    let mut head = Vec::new();
    // Of every group the triangle, then the curve.
    for (sheet, segment) in sheets.into_iter().skip(1).step_by(2).zip(segments) {
        head = sheet.header;
        rows.extend(sheet.rows.into_iter().map(|mut row| {
            if let (Some(segment), Some(first)) = (segment, row.first_mut()) {
                *first = words.pick(
                    format!("{first}, {}", words.name(segment)),
                    format!("{first}，{}", words.name(segment)),
                );
            }
            row
        }));
    }
    Grid { caption, head, rows }
}

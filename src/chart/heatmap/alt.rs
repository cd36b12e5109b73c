//! The text for people who do not see a [`Heatmap`]: the largest and smallest gap, how many are clear.

use crate::chart::alt::{Speech, ends};
use crate::codebook::Lang;
use crate::table::figures::Decimals;

use super::{GapMark, Heatmap, Tile};

/// A gap with the names of its row and column.
struct Named<'a> {
    row: &'a str,
    column: &'a str,
    gap: &'a GapMark,
}

/// Makes the text.
pub(in crate::chart) fn alt(chart: &Heatmap) -> String {
    let decimals = Decimals::up_to(chart.largest());
    let say = Speech { lang: chart.head.lang, series: &[None, None], decimals };
    let mut text = say.opening("Heatmap", "热力图", &chart.head);
    let gaps: Vec<Named<'_>> = chart.rows.iter().flat_map(|row| named(chart, row)).collect();
    let [above, below] = &chart.meanings;
    text += &say.sentence("Above zero", "正值", above);
    text += &say.sentence("Below zero", "负值", below);
    if let Some((least, most)) = ends(&gaps, |named| Some(named.gap.difference)) {
        text += &say.sentence("Highest", "最高", &say_gap(&say, most));
        if gaps.len() > 1 {
            text += &say.sentence("Lowest", "最低", &say_gap(&say, least));
        }
    }
    let (all, shown) = (chart.tiles().count(), gaps.len());
    let clear = gaps.iter().filter(|named| named.gap.clear).count();
    let counts = match (say.lang, all - shown) {
        (Lang::En, 0) => format!("{clear} of {shown} gaps"),
        (Lang::En, none) => format!("{clear} of {shown} gaps; {none} without a figure"),
        (Lang::Zh, 0) => format!("{shown} 处差距中的 {clear} 处"),
        (Lang::Zh, none) => format!("{shown} 处差距中的 {clear} 处；另有 {none} 处无数据"),
    };
    text + &say.sentence("Clear", "差距明确", &counts)
}

fn named<'a>(chart: &'a Heatmap, row: &'a super::HeatmapRow) -> impl Iterator<Item = Named<'a>> {
    let tiles = row.tiles.iter().zip(&chart.columns);
    tiles.filter_map(|(tile, column)| {
        Tile::gap(tile).map(|gap| Named { row: &row.heading.label, column: &column.label, gap })
    })
}

/// "Guangzhou, Translation, +40 points"
fn say_gap(say: &Speech<'_>, named: &Named<'_>) -> String {
    let points = say.decimals.points(named.gap.difference);
    let unit = say.choose(" points", " 个百分点");
    [named.row, named.column, &format!("{points}{unit}")].join(say.choose(", ", "，"))
}

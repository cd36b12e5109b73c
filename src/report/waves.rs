//! A table by wave → the trend of one item: a line for each segment, and which changes are clear.

use super::grid::Grid;
use super::sections::{Section, View};
use super::{charts, method, slug};
use crate::chart::{Chart, GapMark, Mark, Series, Side, Trend, TrendLine, TrendPoint, Wave};
use crate::codebook::capital;
use crate::measure::Shown;
use crate::table::figures::{Decimals, p_value};
use crate::table::{GapLine, ItemLabel, Label, Row, Table, sentence};
use crate::writing::{Counts, count};

/// One item of one place, wave by wave.
struct Waves<'a> {
    item: &'a ItemLabel,
    /// The waves, the earliest first.
    labels: Vec<&'a Label>,
    rows: Vec<&'a Row>,
    gaps: Vec<&'a GapLine>,
}

/// The section of one item; `None` where the table has not two waves of it. `table` is by the place if there is one, then
/// by segment, then by wave.
pub(super) fn section(view: &View<'_>, table: &Table, item: &ItemLabel) -> Option<Section> {
    let waves = Waves::of(view, table, item)?;
    let words = &view.words;
    let doing = words.doing(item);
    let (first, last) = (words.name(waves.labels.first()?), words.name(waves.labels.last()?));
    let title = waves.title(view);
    let caption = words.pick(
        format!("Respondents who {doing}, by wave, {first} to {last}, %"),
        format!("各次调查受访者的{doing}，{first} 至 {last}（%）"),
    );
    let head = charts::head(words, &title, &caption, &method::waves_footer(view, table, &waves.bases(view)));
    let sides = 0..words.segments.len();
    let lines: Vec<TrendLine> = sides.map(|side| waves.line(view, side)).collect();
    let drawable = lines.iter().flat_map(|line| &line.points).any(|point| point.side.mark().is_some());
    let wave = |wave: &&Label| Wave { label: words.fonts.legible(words.name(wave)), at: None };
    let chart = Trend {
        head,
        level: table.settings.level,
        waves: waves.labels.iter().map(wave).collect(),
        lines,
        gaps: waves.gaps_at_ends(view),
    };
    Some(Section {
        slug: format!("{}-{}-by-wave", slug::of(&item.feature.key), slug::of(&item.action.key)),
        heading: words.pick(format!("{}, by wave", capital(&doing)), format!("{doing}：按调查批次")),
        title,
        chart: drawable.then_some(Chart::Trend(chart)),
        grid: waves.grid(view, caption),
        data: Table {
            rows: waves.rows.iter().map(|row| (*row).clone()).collect(),
            gaps: waves.gaps.iter().map(|line| (*line).clone()).collect(),
            ..table.clone()
        },
    })
}

impl<'a> Waves<'a> {
    fn of(view: &View<'_>, table: &'a Table, item: &'a ItemLabel) -> Option<Self> {
        let here =
            |by: &[Label]| view.city.is_none_or(|city| by.first().is_some_and(|place| place.key == city.key));
        let rows: Vec<&Row> = table
            .rows
            .iter()
            .filter(|row| row.measure.shown == Shown::Rate && row.measure.item == *item && here(&row.by))
            .collect();
        let gaps = table.gaps.iter().filter(|line| line.measure.item == *item && here(&line.by)).collect();
        let mut labels: Vec<&Label> = Vec::new();
        for wave in rows.iter().filter_map(|row| row.by.last()) {
            if !labels.contains(&wave) {
                labels.push(wave);
            }
        }
        // A segment may lack a wave that another has.
        labels.sort_by(|a, b| crate::codebook::levels::compare("wave", &a.key, &b.key));
        (labels.len() > 1).then_some(Self { item, labels, rows, gaps })
    }

    fn row(&self, segment: &Label, wave: &Label) -> Option<&'a Row> {
        let is_it = |row: &&&Row| row.by.contains(segment) && row.by.last() == Some(wave);
        self.rows.iter().find(is_it).copied()
    }

    /// The change of a segment to a wave from the one before.
    fn change(&self, segment: &Label, wave: &Label) -> Option<&'a GapLine> {
        self.gaps.iter().find(|line| line.by.contains(segment) && line.of.0 == *wave).copied()
    }

    fn line(&self, view: &View<'_>, side: usize) -> TrendLine {
        let (words, segment) = (&view.words, view.words.segments[side]);
        let point = |wave: &&Label| {
            let row = self.row(segment, wave);
            let side = match row.and_then(|row| row.figure) {
                Some(figure) => Side::Shown(Mark {
                    rate: figure.value,
                    low: figure.interval.0,
                    high: figure.interval.1,
                    caution: row.is_some_and(|row| row.mark.is_some()),
                }),
                None => Side::Missing(row.and_then(|row| row.mark).map_or_else(String::new, |mark| {
                    words.fonts.legible(sentence::reason(&mark).get(words.lang))
                })),
            };
            let gap = self.change(segment, wave).and_then(|line| line.gap);
            let change = gap.map(|gap| GapMark { difference: gap.difference, clear: gap.clear });
            TrendPoint { side, change }
        };
        TrendLine {
            series: Series { name: words.fonts.legible(words.name(segment)) },
            place: words.color(side),
            points: self.labels.iter().map(point).collect(),
        }
    }

    /// The base of every wave and segment: `expats n = 402 (2014), 412 (2015)`.
    fn bases(&self, view: &View<'_>) -> Vec<String> {
        let words = &view.words;
        let of = |side: usize| {
            let segment = words.segments[side];
            let bases = self.labels.iter().filter_map(|wave| {
                let n = count(self.row(segment, wave)?.base.n, words.lang);
                let wave = words.name(wave);
                Some(words.pick(format!("{n} ({wave})"), format!("{n}（{wave}）")))
            });
            let bases: Vec<String> = bases.collect();
            let list = bases.join(words.pick(", ", "、"));
            format!("{} n = {}", words.segment(side), if bases.is_empty() { "0" } else { &list })
        };
        (0..words.segments.len()).map(of).collect()
    }

    /// The gap between the segments in the first and in the last wave, by the corrected tests where there are any.
    fn gaps_at_ends(&self, view: &View<'_>) -> [Option<GapMark>; 2] {
        let [a, b] = view.words.segments else { return [None; 2] };
        let tested = |wave: &Label| {
            let is_it = |line: &&GapLine| {
                line.measure.item == *self.item
                    && line.by.last() == Some(wave)
                    && view.city.is_none_or(|city| line.by.first() == Some(city))
                    && (&line.of.0, &line.of.1) == (*a, *b)
            };
            view.gaps_by_wave?.gaps.iter().find(is_it)?.gap
        };
        let gap = |wave: Option<&&Label>| {
            let wave = *wave?;
            let rate = |segment| Some(self.row(segment, wave)?.figure?.value);
            let difference = rate(a)? - rate(b)?;
            Some(match tested(wave) {
                Some(gap) => GapMark { difference: gap.difference, clear: gap.clear },
                None => GapMark { difference, clear: false },
            })
        };
        [gap(self.labels.first()), gap(self.labels.last())]
    }

    /// What changed between the last two waves, by the corrected tests.
    fn title(&self, view: &View<'_>) -> String {
        let words = &view.words;
        let doing = words.doing(self.item);
        let [.., before, last] = self.labels.as_slice() else { return doing };
        let (before, last_name) = (words.name(before), words.name(last));
        let clear = |side: usize| {
            let gap = self.change(words.segments[side], last)?.gap.filter(|gap| gap.clear)?;
            let name = words.segment(side);
            let more = gap.difference > 0.0;
            Some(words.pick(
                format!(
                    "{name} {doing} {} in {last_name} than in {before}",
                    if more { "more" } else { "less" }
                ),
                format!("{name}的{doing}在 {last_name} {}于 {before}", if more { "高" } else { "低" }),
            ))
        };
        let sides = 0..words.segments.len();
        let found: Vec<String> = sides.clone().filter_map(clear).collect();
        if found.is_empty() {
            let tested = sides
                .clone()
                .any(|side| self.change(words.segments[side], last).is_some_and(|line| line.gap.is_some()));
            return if tested {
                words.pick(
                    format!("How many {doing}: no clear change from {before} to {last_name}"),
                    format!("{before} 至 {last_name}，{doing}无显著变化"),
                )
            } else {
                words.pick(format!("How many {doing}, by wave"), format!("各次调查的{doing}"))
            };
        }
        capital(&found.join(words.pick("; ", "；")))
    }

    fn grid(&self, view: &View<'_>, caption: String) -> Grid {
        const NONE: &str = "–";
        let words = &view.words;
        let head = [
            words.pick("Wave, group", "批次、群体"),
            "n",
            words.pick("Rate", "比例"),
            words.pick("Change since the wave before, points", "较上次变化（百分点）"),
            words.pick("Adjusted p", "校正后 p 值"),
            words.pick("Note", "备注"),
        ];
        let decimals = Decimals::of(self.rows.iter().filter_map(|row| row.figure));
        let counts = Counts::of(words.lang, self.rows.iter().map(|row| row.base.n as f64));
        let line = |wave: &&Label, side: usize| {
            let segment = words.segments[side];
            let row = self.row(segment, wave)?;
            let gap = self.change(segment, wave).and_then(|line| line.gap);
            let figure = row.figure;
            Some(vec![
                words.pick(
                    format!("{}, {}", words.name(wave), words.segment(side)),
                    format!("{}，{}", words.name(wave), words.segment(side)),
                ),
                counts.write(row.base.n as f64),
                figure.map_or_else(
                    || NONE.to_owned(),
                    |figure| {
                        format!("{} ({})", decimals.percent(figure.value), decimals.rate_interval(&figure))
                    },
                ),
                gap.map_or_else(
                    || NONE.to_owned(),
                    |gap| {
                        format!(
                            "{} ({})",
                            decimals.points(gap.difference),
                            decimals.gap_interval(&gap, words.lang)
                        )
                    },
                ),
                gap.and_then(|gap| gap.accuracy)
                    .map_or_else(|| NONE.to_owned(), |accuracy| p_value(accuracy.p_adjusted)),
                row.mark.map(|mark| sentence::mark(&mark).get(words.lang).to_owned()).unwrap_or_default(),
            ])
        };
        let sides = 0..words.segments.len();
        let rows = self
            .labels
            .iter()
            .flat_map(|wave| sides.clone().filter_map(move |side| line(wave, side)))
            .collect();
        Grid { caption, head: head.map(str::to_owned).to_vec(), rows }
    }
}

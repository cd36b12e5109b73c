//! [`Plate`] → [`Exhibit`]: its chart drawn for the page, and the chart's files.

use super::ReportError;
use super::contents::{Drawing, Exhibit};
use super::sections::Plate;
use super::story::{Files, Formats, Story};
use crate::chart::{self, Chart, ChartError, Size, Style, Theme};

/// Draws a plate's chart: its exhibit, and the chart's files.
pub(super) fn draw(plate: Plate, story: &Story<'_>) -> Result<(Exhibit, Files), ReportError> {
    let mut files = Files::new();
    let drawing = match &plate.chart {
        None => None,
        Some(chart) => {
            let failed = |source| ReportError::Chart { chart: plate.slug.clone(), source };
            let inline = |size| {
                let style = Style { theme: Theme::LIGHT, size, fonts: story.fonts };
                chart::draw(chart, style).map_err(failed)
            };
            let (wide, narrow) = (inline(Size::Page)?, inline(Size::Wechat)?);
            // A page has room for every chart; a slide or a cover may not.
            files = match chart_files(&plate, chart, story) {
                Err(ChartError::NoRoom) => Files::new(),
                made => made.map_err(failed)?,
            };
            let data = format!("charts/{}.csv", plate.slug);
            let mut paths: Vec<String> = files.keys().cloned().collect();
            // Pictures with text first; the last one shows alike everywhere.
            paths.sort_by_key(|path| path.rsplit('.').next() != Some("svg"));
            files.insert(data.clone(), plate.csv.into_bytes());
            Some(Drawing { wide: wide.inline, narrow: narrow.inline, alt: wide.alt, data, files: paths })
        }
    };
    let Plate { slug, heading, title, grid, .. } = plate;
    Ok((Exhibit { slug, heading, title, drawing, grid }, files))
}

/// The files of a chart; numbered where one picture does not hold all of its rows.
fn chart_files(plate: &Plate, chart: &Chart, story: &Story<'_>) -> Result<Files, ChartError> {
    let Formats { svg, png, scale, size, theme, .. } = &story.formats;
    let style = Style { theme: *theme, size: *size, fonts: story.fonts };
    let parts = chart::draw_parts(chart, style)?;
    let mut files = Files::new();
    for (index, part) in parts.iter().enumerate() {
        let number = if parts.len() > 1 { format!("-{}", index + 1) } else { String::new() };
        let name = format!("charts/{}{number}", plate.slug);
        if *svg {
            files.insert(format!("{name}.svg"), part.text.clone().into_bytes());
        }
        if *png {
            let scale = scale.unwrap_or_else(|| size.scale());
            files.insert(format!("{name}.png"), chart::raster(part, scale)?);
        }
    }
    Ok(files)
}

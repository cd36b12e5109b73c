//! What reports are about: the cities, and the segments that are compared.

use anyhow::Result;

use super::{CITY, SEGMENT};
use crate::chart::SEGMENTS;
use crate::cli::banners;
use crate::cli::exit::Refusal;
use crate::cli::figures::Figures;
use crate::codebook::{Lang, Name, Names, clean, gazetteer};
use crate::report::Subject;
use crate::table::Label;

/// The chosen cities, or the overview and every city of the data.
pub(super) fn subjects(chosen: &[String], there: &[String], names: &Names) -> Result<Vec<Subject>> {
    let label = |key: &String| Label { key: key.clone(), name: names.level(CITY, key) };
    if chosen.is_empty() {
        let cities = there.iter().map(|key| Subject::City(label(key)));
        return Ok(std::iter::once(Subject::Overview).chain(cities).collect());
    }
    let mut subjects = Vec::new();
    for text in chosen {
        let city = gazetteer::resolve(text)?;
        let key = there.iter().find(|key| *key == city.key).ok_or_else(|| {
            Refusal::data(format!(
                "this wave of the survey has nobody in {} ({})",
                city.name_en, city.name_zh
            ))
            .hint(format!("it has {}", there.join(", ")))
        })?;
        let subject = Subject::City(label(key));
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    Ok(subjects)
}

/// The places of the segments that are asked for, else of all; `None` where there is one only.
pub(super) fn compared(
    asked: Option<&[String]>,
    segments: &[String],
    names: &Names,
) -> Result<Option<Vec<usize>>> {
    let Some(asked) = asked else {
        if segments.len() > SEGMENTS {
            return Err(Refusal::data(format!(
                "the survey has {} segments, and a report compares {SEGMENTS} at most",
                segments.len()
            ))
            .hint(format!("choose with --compare among {}", segments.join(", ")))
            .into());
        }
        return Ok((segments.len() > 1).then(|| (0..segments.len()).collect()));
    };
    let place = |text: &String| {
        let is_it = |key: &&String| {
            let name = names.level(SEGMENT, key);
            [key.as_str(), name.en.as_str(), name.zh.as_str()]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(text))
        };
        let unknown = || {
            Refusal::data(format!("this wave of the survey has nobody in the segment {}", clean(text)))
                .hint(format!("it has {}", segments.join(", ")))
        };
        segments.iter().position(|key| is_it(&key)).ok_or_else(unknown)
    };
    if !(2..=SEGMENTS).contains(&asked.len()) {
        return Err(Refusal::usage(format!(
            "--compare takes two to {SEGMENTS} segments, not {}",
            asked.len()
        ))
        .hint("such as --compare expat,chinese: a gap is the first's rate minus the second's")
        .into());
    }
    let places = asked.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    if banners::repeated(&places).is_some() {
        return Err(Refusal::usage("--compare names the same segment twice").into());
    }
    Ok(Some(places))
}

/// Which segments a page compares, where there are others.
pub(super) fn segments_left_out(figures: &Figures, compared: Option<&[usize]>) -> Option<Name> {
    let (segments, names) = (figures.levels(SEGMENT), figures.names());
    let name = |at: usize| names.level(SEGMENT, &segments[at]);
    let compared = compared?;
    let others: Vec<Name> = (0..segments.len()).filter(|at| !compared.contains(at)).map(name).collect();
    let compared: Vec<Name> = compared.iter().copied().map(name).collect();
    let list = |names: &[Name], lang, between: &str| {
        names.iter().map(|name| name.get(lang).to_owned()).collect::<Vec<_>>().join(between)
    };
    let (last, before) = compared.split_last()?;
    (!others.is_empty()).then(|| {
        Name::new(
            format!(
                "Compared are {} and {}; other groups stand in the data files: {}. wxstats report --compare chooses.",
                list(before, Lang::En, ", "),
                last.en,
                list(&others, Lang::En, ", ")
            ),
            format!(
                "本报告比较{}与{}；其他群体见数据文件：{}。可用 wxstats report --compare 选定。",
                list(before, Lang::Zh, "、"),
                last.zh,
                list(&others, Lang::Zh, "、")
            ),
        )
    })
}

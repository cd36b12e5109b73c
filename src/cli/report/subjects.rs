//! What reports are about: the cities, and the segments that are compared.

use anyhow::Result;

use super::{CITY, SEGMENT};
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

/// The places of the two segments that are asked for, else of the first two; `None` where there is one only.
pub(super) fn compared(
    asked: Option<&[String]>,
    segments: &[String],
    names: &Names,
) -> Result<Option<[usize; 2]>> {
    let Some(asked) = asked else { return Ok((segments.len() > 1).then_some([0, 1])) };
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
    match asked {
        [first, second] => {
            let pair = [place(first)?, place(second)?];
            if pair[0] == pair[1] {
                return Err(Refusal::usage("--compare names the same segment twice").into());
            }
            Ok(Some(pair))
        }
        _ => Err(Refusal::usage(format!("--compare takes two segments, not {}", asked.len()))
            .hint("such as --compare expat,chinese: a gap is the first's rate minus the second's")
            .into()),
    }
}

/// A page compares two segments; which, and that there are others.
pub(super) fn segments_left_out(figures: &Figures, compared: Option<[usize; 2]>) -> Option<Name> {
    let (segments, names) = (figures.levels(SEGMENT), figures.names());
    let [a, b] = compared?;
    let name = |at: usize| names.level(SEGMENT, &segments[at]);
    let others: Vec<Name> = (0..segments.len()).filter(|at| ![a, b].contains(at)).map(name).collect();
    let list =
        |lang, between: &str| others.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(between);
    (!others.is_empty()).then(|| {
        let [a, b] = [name(a), name(b)];
        Name::new(
            format!(
                "Compared are {} and {}; other groups stand in the data files: {}. wxstats report --compare chooses the two.",
                a.en,
                b.en,
                list(Lang::En, ", ")
            ),
            format!(
                "本报告比较{}与{}；其他群体见数据文件：{}。可用 wxstats report --compare 选定两者。",
                a.zh,
                b.zh,
                list(Lang::Zh, "、")
            ),
        )
    })
}

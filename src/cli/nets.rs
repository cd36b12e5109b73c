//! What is to be said of nets: what they are of, and what of it was not asked.

use super::survey::Survey;
use crate::codebook::project::{DatasetBook, Net};
use crate::codebook::{Item, Lang, Name, Names, Quantity};
use crate::measure::Shown;

/// A note for every net among the figures.
pub(super) fn notes(
    book: &DatasetBook,
    shown: &[(Quantity, Shown)],
    survey: &Survey,
    names: &Names,
) -> Vec<Name> {
    let is_shown = |name: &Item| shown.iter().any(|(quantity, _)| quantity.items().contains(&name));
    let nets = book.nets.iter().filter(|(name, _)| is_shown(name));
    nets.flat_map(|(name, net)| {
        let missing =
            survey.parts().into_iter().filter_map(|part| not_asked(name, net, part.schema(), names));
        std::iter::once(composition(name, net, names)).chain(missing).collect::<Vec<Name>>()
    })
    .collect()
}

/// What a net is of.
fn composition(name: &Item, net: &Net, names: &Names) -> Name {
    let (of, item) = (list(net.of.iter(), names), called(name, names));
    Name::new(
        format!("{} is a net: yes to any of {}.", item.en, of.en),
        format!("“{}”为合并项：对以下任一项回答“是”：{}。", item.zh, of.zh),
    )
}

/// The items of a net that a part does not ask, if it asks any.
fn not_asked(name: &Item, net: &Net, schema: &crate::ingest::Schema, names: &Names) -> Option<Name> {
    let missing: Vec<&Item> = net.of.iter().filter(|item| !schema.items.contains(item)).collect();
    let (item, of) = (called(name, names), list(missing.iter().copied(), names));
    let wave = if schema.wave.is_empty() {
        Name::new("", "")
    } else {
        Name::new(format!(" in wave {}", schema.wave), format!("{} 期", schema.wave))
    };
    (!missing.is_empty() && missing.len() < net.of.len()).then(|| {
        Name::new(
            format!("{}: not asked{}: {}.", item.en, wave.en, of.en),
            format!("“{}”中{}未问的项目：{}。", item.zh, wave.zh, of.zh),
        )
    })
}

fn called(item: &Item, names: &Names) -> Name {
    let (feature, action) = (names.feature(&item.feature), names.action(&item.action));
    Name::new(format!("{}: {}", feature.en, action.en), format!("{}：{}", feature.zh, action.zh))
}

fn list<'a>(items: impl Iterator<Item = &'a Item>, names: &Names) -> Name {
    let all: Vec<Name> = items.map(|item| called(item, names)).collect();
    let joined =
        |lang, between: &str| all.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(between);
    Name::new(joined(Lang::En, ", "), joined(Lang::Zh, "、"))
}

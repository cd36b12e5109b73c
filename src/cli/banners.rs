//! `--by "city*segment,os"` → banners: dimensions nested with `*`, side by side with a comma, and what is done in each.

use anyhow::Result;

use super::exit::Refusal;

/// The dimensions of one banner, outermost first; none: everybody.
pub(super) type Banner = Vec<String>;

/// Reads `--by`. An empty text is no banner, which leaves the total.
pub(super) fn read(by: &str) -> Result<Vec<Banner>> {
    if by.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut banners: Vec<Banner> = Vec::new();
    for part in by.split(',') {
        let names: Banner = part.split('*').map(|name| name.trim().to_owned()).collect();
        if names.iter().any(String::is_empty) {
            return Err(Refusal::usage(format!("--by \"{by}\" names no dimension beside a * or a comma"))
                .hint("nest dimensions with *, and set them side by side with a comma: \"city*segment,os\"")
                .into());
        }
        if let Some(twice) = repeated(&names) {
            return Err(Refusal::usage(format!("{twice} is nested in itself in --by \"{by}\"")).into());
        }
        if banners.contains(&names) {
            return Err(Refusal::usage(format!("{} stands twice in --by", names.join("*"))).into());
        }
        banners.push(names);
    }
    Ok(banners)
}

/// All dimensions of the banners, each once.
pub(super) fn dimensions(banners: &[Banner]) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for name in banners.iter().flatten() {
        if !all.contains(&name.as_str()) {
            all.push(name);
        }
    }
    all
}

/// Where a dimension stands in each banner that has it.
///
/// # Errors
/// When none has it; `option` is the one that asks for it.
pub(super) fn places(banners: &[Banner], option: &str, name: &str) -> Result<Vec<Option<usize>>> {
    let places: Vec<Option<usize>> =
        banners.iter().map(|banner| banner.iter().position(|own| own == name)).collect();
    if places.iter().all(Option::is_none) {
        let known = dimensions(banners).join(", ");
        return Err(Refusal::usage(format!(
            "{option} \"{name}\" is not among the dimensions of --by ({known})"
        ))
        .into());
    }
    Ok(places)
}

/// The first that stands twice.
pub(super) fn repeated<T: PartialEq>(all: &[T]) -> Option<&T> {
    all.iter().enumerate().find(|(index, one)| all[..*index].contains(one)).map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_nest_and_commas_set_side_by_side() {
        assert_eq!(read("city*segment, os").unwrap(), [vec!["city", "segment"], vec!["os"]]);
        assert_eq!(read(" ").unwrap(), Vec::<Banner>::new());
        for bad in ["city*", ",os", "os,,city", "os*os", "os,os"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}

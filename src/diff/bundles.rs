//! Two bundles → [`Diff`].

use super::bundle_data::{BundleData, Figure};
use super::change::{Change, Diff, Kind, Side, Tested, Untested};
use super::files::{Input, changes};
use crate::codebook::Name;
use crate::estimate::{Reported, Settings, independent_gap};
use crate::table::is_synthetic;

/// The changes from one bundle to another, called `before` and `after`.
///
/// They are tested as independent samples, unless that they cannot be is known: bundles made for publishing hold no
/// standard errors, those of a panel no covariance, and those that share a file and wave are no two samples.
#[must_use]
pub fn of_bundles(
    (before, first): (&str, &BundleData),
    (after, second): (&str, &BundleData),
    settings: Settings,
) -> Diff {
    let kind = kind(first, second);
    let known = |figure: &Figure, of: &BundleData| -> Option<Figure> {
        of.figures.iter().find(|other| other.by == figure.by && other.measure == figure.measure).cloned()
    };
    let there = second.figures.iter().map(|figure| {
        let earlier = known(figure, first);
        change(figure, earlier.as_ref(), Some(figure), kind, &settings)
    });
    let gone = first.figures.iter().filter(|figure| known(figure, second).is_none());
    let gone = gone.map(|figure| change(figure, Some(figure), None, kind, &settings));
    Diff {
        kind,
        before: before.to_owned(),
        after: after.to_owned(),
        settings,
        changes: there.chain(gone).collect(),
        inputs: (first.inputs.clone(), second.inputs.clone()),
        files: changes(&first.files, &second.files),
        notes: notes(first, second),
    }
    .corrected()
}

fn kind(first: &BundleData, second: &BundleData) -> Kind {
    // What stays on a cluster has no hash, so that nobody can tell.
    let is_shared = |input: &Input| {
        let is_same = |other: &Input| (&other.blake3, &other.wave) == (&input.blake3, &input.wave);
        !input.blake3.is_empty() && second.inputs.iter().any(is_same)
    };
    if first.published || second.published {
        Kind::Published
    } else if first.inputs.iter().any(is_shared) {
        Kind::SameData
    } else if first.panel || second.panel {
        Kind::Panel
    } else {
        Kind::Independent
    }
}

fn change(
    figure: &Figure,
    before: Option<&Figure>,
    after: Option<&Figure>,
    kind: Kind,
    settings: &Settings,
) -> Change {
    let side = |figure: &Figure| Side { n: figure.n, value: figure.estimate };
    let test = match (before, after) {
        (Some(_), Some(_)) if kind != Kind::Independent => Err(Untested::Listed),
        (Some(before), Some(after)) => tested(before, after, settings),
        _ => Err(Untested::OneSide),
    };
    Change {
        by: figure.by.clone(),
        measure: figure.measure.clone(),
        before: before.map(side),
        after: after.map(side),
        test,
    }
}

fn tested(before: &Figure, after: &Figure, settings: &Settings) -> Result<Tested, Untested> {
    let reported = |figure: &Figure| {
        Some(Reported { value: figure.estimate?, se: figure.se?, df: figure.df.filter(|&df| df > 0)? })
    };
    let (before, after) = reported(before).zip(reported(after)).ok_or(Untested::Hidden)?;
    let gap = independent_gap(&after, &before, settings).ok_or(Untested::NoError)?;
    Ok(Tested {
        difference: gap.difference,
        se: gap.se,
        interval: gap.interval,
        df: gap.df,
        p: gap.p,
        p_adjusted: gap.p_adjusted,
    })
}

fn notes(first: &BundleData, second: &BundleData) -> Vec<Name> {
    let mut notes: Vec<Name> = (first.synthetic || second.synthetic).then(is_synthetic).into_iter().collect();
    if first.method != second.method {
        let ([weights, base], [weights_2, base_2]) = (&first.method, &second.method);
        notes.push(Name::new(
            format!("The two were made in different ways: weights {weights} and {weights_2}, base {base} and {base_2}."),
            format!("两者的做法不同：权重为 {weights} 与 {weights_2}，基数为 {base} 与 {base_2}。"),
        ));
    }
    notes
}

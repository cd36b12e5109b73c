//! Which colour each point of a scale has, and where its bars stand.

use super::palette::{COUNTERS, STEPS};
use super::theme::Role;

/// Where the bars of a [`Stacked`](super::Stacked) stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// All from 0 to 100%, in the shades of one colour.
    Filled,
    /// With the middle of the scale in one line: of its middle point, or between its halves. The halves have two colours.
    Centered,
}

impl Alignment {
    /// Where a row's first share begins, in shares from the line that all rows have in common.
    pub(super) fn start(self, shares: &[f64]) -> f64 {
        let half = shares.len() / 2;
        match self {
            Self::Filled => 0.0,
            Self::Centered if shares.len().is_multiple_of(2) => -shares[..half].iter().sum::<f64>(),
            Self::Centered => -shares[..half].iter().sum::<f64>() - shares[half] / 2.0,
        }
    }

    /// Both ends of what the rows take; the common line lies between them.
    pub(super) fn ends<'a>(self, rows: impl Iterator<Item = &'a [f64]>) -> (f64, f64) {
        let least = match self {
            Self::Filled => (0.0, 1.0),
            Self::Centered => (-0.2, 0.2),
        };
        rows.map(|shares| (self.start(shares), self.start(shares) + shares.iter().sum::<f64>()))
            .fold(least, |ends, row| (ends.0.min(row.0), ends.1.max(row.1)))
    }
}

/// The colours of a scale of two to eleven points, from the lowest.
pub(super) fn point_roles(points: usize, alignment: Alignment) -> Vec<Role> {
    match alignment {
        Alignment::Filled => {
            let last = points.saturating_sub(1).max(1);
            let place = |i: usize| ((STEPS - 1) as f64 * i as f64 / last as f64).round() as u8;
            (0..points).map(|i| Role::Step(place(i))).collect()
        }
        Alignment::Centered => {
            let shades = shades(points / 2);
            let low = shades.iter().rev().map(|shade| Role::Counter(shade - 1));
            let middle = (points % 2 == 1).then_some(Role::Middle);
            low.chain(middle).chain(shades.iter().map(|shade| Role::Step(2 * shade))).collect()
        }
    }
}

/// The shades of one side, from the middle: places in `1..=COUNTERS`.
fn shades(count: usize) -> Vec<u8> {
    if count == 1 {
        return vec![7];
    }
    (1..=count).map(|i| (COUNTERS as f64 * i as f64 / count as f64).round() as u8).collect()
}

/// The colour of text on a colour of a scale: ink on faint ones, paper on strong ones.
pub(super) fn text_on(role: Role) -> Role {
    match role {
        Role::Step(step) if usize::from(step) > STEPS / 2 => Role::Paper,
        Role::Counter(step) if usize::from(step) >= COUNTERS / 2 => Role::Paper,
        _ => Role::Ink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_has_a_colour_of_its_own() {
        for points in 2..=11 {
            for alignment in [Alignment::Filled, Alignment::Centered] {
                let roles = point_roles(points, alignment);
                assert_eq!(roles.len(), points);
                for (i, role) in roles.iter().enumerate() {
                    assert!(!roles[..i].contains(role), "{points} {alignment:?}: {roles:?}");
                }
            }
        }
        assert_eq!(
            point_roles(5, Alignment::Centered),
            [Role::Counter(9), Role::Counter(4), Role::Middle, Role::Step(10), Role::Step(20)]
        );
    }

    #[test]
    fn the_middle_of_the_scale_is_the_common_line() {
        let start = |shares: &[f64]| Alignment::Centered.start(shares);
        assert!((start(&[0.1, 0.2, 0.4, 0.2, 0.1]) + 0.5).abs() < 1e-12);
        assert!((start(&[0.1, 0.2, 0.3, 0.4]) + 0.3).abs() < 1e-12);
        let ends = Alignment::Centered.ends([[0.0, 0.0, 1.0].as_slice()].into_iter());
        assert_eq!(ends, (-0.2, 1.0));
    }
}

//! A chart in several pictures: what each shows.

use std::ops::Range;

use super::phrase;
use super::spec::Head;
use crate::codebook::clean;

/// What one picture shows of a chart: all of its rows, or some. Scales and label widths are those of the whole, so that the
/// pictures can be laid side by side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) rows: Range<usize>,
    /// Its number and the number of pictures, when there are several.
    pub(super) place: Option<(usize, usize)>,
}

impl Part {
    /// `rows` in `count` parts of nearly equal size, at most one per row.
    pub(super) fn split(rows: usize, count: usize) -> Vec<Self> {
        let count = count.clamp(1, rows.max(1));
        let place = |i| (count > 1).then_some((i + 1, count));
        (0..count).map(|i| Self { rows: rows * i / count..rows * (i + 1) / count, place: place(i) }).collect()
    }

    /// The chart's words, which say which part this is.
    pub(super) fn head(&self, head: &Head) -> Head {
        let mut head = head.clone();
        if let Some(place) = self.place {
            let part = phrase::part(head.lang, place);
            let subtitle = [head.subtitle.trim(), &part].join(head.lang.pick(" ", ""));
            head.subtitle = clean(&subtitle);
        }
        head
    }

    /// The alt text of a whole chart as that of this part.
    pub(super) fn alt(&self, head: &Head, alt: String) -> String {
        match self.place {
            Some(place) => [alt, phrase::part(head.lang, place)].join(head.lang.pick(" ", "")),
            None => alt,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_even_and_lose_no_row() {
        for rows in 0..=61 {
            for count in 1..=9 {
                let parts = Part::split(rows, count);
                assert!(parts.len() == count.min(rows.max(1)));
                assert!((parts[0].rows.start, parts[parts.len() - 1].rows.end) == (0, rows));
                assert!(parts.windows(2).all(|pair| pair[0].rows.end == pair[1].rows.start));
                let sizes = || parts.iter().map(|part| part.rows.len());
                assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            }
        }
        assert_eq!(Part::split(5, 1)[0].place, None);
    }
}

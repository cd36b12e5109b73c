//! Labels put beside bubbles so that none covers another: greedy, then improved; those that find no room move others.

use super::textbox::overlap;

/// A bubble with the label it wants.
#[derive(Debug, Clone)]
pub(super) struct Bubble {
    /// Middle, in CSS px.
    pub(super) center: (f64, f64),
    pub(super) radius: f64,
    /// The ends of its cross: left, right, top, bottom.
    pub(super) cross: [f64; 4],
    /// Width and height of its label.
    pub(super) label: (f64, f64),
}

/// A box: left, top, right, bottom.
pub(super) type Block = [f64; 4];

/// A line between two points.
pub(super) type Line = ((f64, f64), (f64, f64));

/// What labels keep clear of.
pub(super) struct Surroundings<'a> {
    /// Labels stay inside.
    pub(super) inside: Block,
    /// Turned texts, which no label touches.
    pub(super) texts: &'a [[(f64, f64); 4]],
    /// Lines, which labels rather do not touch.
    pub(super) lines: &'a [Line],
}

/// Directions from a bubble: the diagonals first, since the cross occupies the axes; last the steep ones, which farther
/// labels fan out in.
const DIRECTIONS: [(f64, f64); 12] = [
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
    (-1.0, 1.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.5, -1.0),
    (-0.5, -1.0),
    (0.5, 1.0),
    (-0.5, 1.0),
];
/// Distances from a bubble's edge, with what they cost; the farther ones need a line back to it.
const DISTANCES: [(f64, f64); 8] = [
    (3.0, 0.0),
    (10.0, 14.0),
    (20.0, 28.0),
    (34.0, 42.0),
    (50.0, 56.0),
    (70.0, 66.0),
    (95.0, 76.0),
    (125.0, 86.0),
];
/// From this distance on a label has a line to its bubble.
const LEADER: f64 = 10.0;
/// A label that is about as near to another bubble has one too.
const UNCLEAR: f64 = 12.0;
/// A label that costs more than this is left out.
const TOO_MUCH: f64 = 200.0;
/// So many labels may move for one that has no room.
const MOVED: usize = 3;
const ROUNDS: usize = 4;
/// Clear space around a label.
const RIM: f64 = 2.0;

/// A label's box, and the line from its bubble to it where it needs one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) block: Block,
    pub(super) leader: Option<Line>,
}

/// A spot for each label, or none where there is no room. Bubbles that come first choose first.
pub(super) fn place(bubbles: &[Bubble], around: &Surroundings<'_>) -> Vec<Option<Spot>> {
    let fixed: Vec<Vec<(Spot, f64)>> =
        bubbles.iter().enumerate().map(|(i, _)| candidates(bubbles, i, around)).collect();
    let mut spots: Vec<Option<Spot>> = vec![None; bubbles.len()];
    improve(&fixed, &mut spots);
    for i in 0..bubbles.len() {
        if spots[i].is_none() {
            spots = with_room_for(&fixed, &spots, i).unwrap_or(spots);
        }
    }
    improve(&fixed, &mut spots);
    spots
}

/// Gives each label the best spot that the others leave, some times over.
fn improve(fixed: &[Vec<(Spot, f64)>], spots: &mut [Option<Spot>]) {
    for _ in 0..ROUNDS {
        let before = spots.to_vec();
        for i in 0..spots.len() {
            spots[i] = best(&fixed[i], spots, i);
        }
        if *spots == before {
            break;
        }
    }
}

/// The spots with one more, for which some others have moved; `None` where that leaves one of them without.
fn with_room_for(
    fixed: &[Vec<(Spot, f64)>],
    spots: &[Option<Spot>],
    own: usize,
) -> Option<Vec<Option<Spot>>> {
    let mut candidates: Vec<&(Spot, f64)> = fixed[own].iter().collect();
    candidates.sort_by(|a, b| a.1.total_cmp(&b.1));
    candidates.into_iter().find_map(|(spot, _)| {
        let is_in_the_way = |i: &usize| spots[*i].is_some_and(|other| meet(spot, &other));
        let moving: Vec<usize> = (0..spots.len()).filter(is_in_the_way).collect();
        if moving.len() > MOVED {
            return None;
        }
        let mut moved = spots.to_vec();
        moved[own] = Some(*spot);
        for i in &moving {
            moved[*i] = None;
        }
        for i in moving {
            moved[i] = Some(best(&fixed[i], &moved, i)?);
        }
        Some(moved)
    })
}

/// Whether two labels touch, or the line of one crosses the other or its line.
fn meet(spot: &Spot, other: &Spot) -> bool {
    let crosses =
        |line: Option<Line>, block: &Block| line.is_some_and(|line| length_inside(block, line) > 0.0);
    let is_across = spot.leader.zip(other.leader).is_some_and(|(a, b)| are_across(a, b));
    touch(&spot.block, &other.block)
        || is_across
        || crosses(spot.leader, &other.block)
        || crosses(other.leader, &spot.block)
}

/// The cheapest candidate that touches no other label, and whose line crosses none.
fn best(candidates: &[(Spot, f64)], spots: &[Option<Spot>], own: usize) -> Option<Spot> {
    let free = |spot: &Spot| {
        spots.iter().enumerate().all(|(i, other)| i == own || !other.is_some_and(|other| meet(spot, &other)))
    };
    candidates.iter().filter(|(spot, _)| free(spot)).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(spot, _)| *spot)
}

/// Whether two lines cross, each between its ends.
fn are_across((a, b): Line, (c, d): Line) -> bool {
    let side =
        |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

fn touch(a: &Block, b: &Block) -> bool {
    a[0] < b[2] + RIM && b[0] < a[2] + RIM && a[1] < b[3] + RIM && b[1] < a[3] + RIM
}

/// The spots a label may take, with their costs.
fn candidates(bubbles: &[Bubble], own: usize, around: &Surroundings<'_>) -> Vec<(Spot, f64)> {
    let bubble = &bubbles[own];
    let mut candidates = Vec::new();
    for (distance, cost_of_distance) in DISTANCES {
        for (turn, direction) in DIRECTIONS.into_iter().enumerate() {
            let block = beside(bubble, direction, distance);
            if !is_allowed(&block, around) {
                continue;
            }
            let unclear = ambiguity(&block, bubbles, own);
            let leader = (distance >= LEADER || unclear >= UNCLEAR).then(|| leader(bubble, &block));
            let cost = cost_of_distance
                + 1.5 * turn as f64
                + covering(&block, bubbles, around)
                + unclear
                + leader.map_or(0.0, |line| passing(line, bubbles, own));
            if cost <= TOO_MUCH {
                candidates.push((Spot { block, leader }, cost));
            }
        }
    }
    candidates
}

/// The box of a label in a direction from its bubble.
fn beside(bubble: &Bubble, (dx, dy): (f64, f64), distance: f64) -> Block {
    let (width, height) = bubble.label;
    let reach = (bubble.radius + distance) * if dx == 0.0 || dy == 0.0 { 1.0 } else { 0.75 };
    let x = bubble.center.0 + dx * (reach + width / 2.0);
    let y = bubble.center.1 + dy * (reach + height / 2.0);
    [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0]
}

fn is_allowed(block: &Block, around: &Surroundings<'_>) -> bool {
    let [left, top, right, bottom] = around.inside;
    let inside = block[0] >= left && block[1] >= top && block[2] <= right && block[3] <= bottom;
    let corners = [(block[0], block[1]), (block[2], block[1]), (block[2], block[3]), (block[0], block[3])];
    inside && !around.texts.iter().any(|text| overlap(text, &corners))
}

/// The space between a box and a bubble's edge; negative where they overlap.
fn gap(block: &Block, bubble: &Bubble) -> f64 {
    let (x, y) = bubble.center;
    let (dx, dy) = (x - x.clamp(block[0], block[2]), y - y.clamp(block[1], block[3]));
    libm::sqrt(dx * dx + dy * dy) - bubble.radius
}

/// What it costs that a box is about as near to another bubble as to its own.
fn ambiguity(block: &Block, bubbles: &[Bubble], own: usize) -> f64 {
    let reach = gap(block, &bubbles[own]) + 9.0;
    let others = bubbles.iter().enumerate().filter(|(i, _)| *i != own);
    2.0 * others.map(|(_, other)| (reach - gap(block, other)).clamp(0.0, 9.0)).fold(0.0, f64::max)
}

/// What it costs that a line to a label passes over other bubbles.
fn passing(line: Line, bubbles: &[Bubble], own: usize) -> f64 {
    let others = bubbles.iter().enumerate().filter(|(i, _)| *i != own);
    let over = |(_, bubble): &(usize, &Bubble)| {
        let ((x, y), r) = (bubble.center, bubble.radius);
        length_inside(&[x - r, y - r, x + r, y + r], line) > 0.0
    };
    45.0 * others.filter(over).count() as f64
}

/// The line from a bubble's edge to the nearest point of its label.
fn leader(bubble: &Bubble, block: &Block) -> Line {
    let (x, y) = bubble.center;
    let to = (x.clamp(block[0], block[2]), y.clamp(block[1], block[3]));
    let (dx, dy) = (to.0 - x, to.1 - y);
    let length = libm::sqrt(dx * dx + dy * dy).max(1.0);
    let start = (bubble.radius + 1.5) / length;
    ((x + dx * start, y + dy * start), to)
}

/// What a box covers: bubbles above all, then crosses and lines by their length.
fn covering(block: &Block, bubbles: &[Bubble], around: &Surroundings<'_>) -> f64 {
    let mut cost = 0.0;
    for bubble in bubbles {
        let (x, y) = bubble.center;
        cost += 12.0 * (1.5 - gap(block, bubble)).clamp(0.0, 12.0);
        let [left, right, top, bottom] = bubble.cross;
        cost += 0.25 * length_inside(block, ((left, y), (right, y)));
        cost += 0.4 * length_inside(block, ((x, top), (x, bottom)));
    }
    cost + around.lines.iter().map(|line| 0.2 * length_inside(block, *line)).sum::<f64>()
}

/// The length of a line inside a box (Liang and Barsky 1984).
fn length_inside(block: &Block, ((x0, y0), (x1, y1)): Line) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (delta, to_low, to_high) in [(dx, block[0] - x0, block[2] - x0), (dy, block[1] - y0, block[3] - y0)] {
        if delta == 0.0 {
            if to_low > 0.0 || to_high < 0.0 {
                return 0.0;
            }
        } else {
            let (a, b) = (to_low / delta, to_high / delta);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
    }
    (leave - enter).max(0.0) * libm::sqrt(dx * dx + dy * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_a_line_in_a_box_is_measured() {
        let block = [0.0, 0.0, 4.0, 3.0];
        assert!((length_inside(&block, ((-1.0, 1.0), (9.0, 1.0))) - 4.0).abs() < 1e-12);
        assert!((length_inside(&block, ((0.0, 0.0), (4.0, 3.0))) - 5.0).abs() < 1e-12);
        assert!(length_inside(&block, ((5.0, 0.0), (5.0, 3.0))).abs() < 1e-12);
        assert!(length_inside(&block, ((-2.0, 3.0), (2.0, 9.0))).abs() < 1e-12);
    }

    #[test]
    fn lines_cross_only_between_their_ends() {
        let line = ((0.0, 0.0), (4.0, 4.0));
        assert!(are_across(line, ((0.0, 4.0), (4.0, 0.0))));
        assert!(!are_across(line, ((0.0, 4.0), (1.0, 3.0))));
        assert!(!are_across(line, ((1.0, 0.0), (5.0, 4.0))));
    }

    #[test]
    fn a_label_without_room_moves_others() {
        // Three in a row, each with room on one side only; the middle one chooses last.
        let bubble = |x: f64| Bubble {
            center: (x, 40.0),
            radius: 6.0,
            cross: [x - 6.0, x + 6.0, 34.0, 46.0],
            label: (70.0, 14.0),
        };
        let bubbles: Vec<Bubble> = [100.0, 114.0, 128.0, 142.0, 121.0].map(bubble).into();
        let around = Surroundings { inside: [0.0, 0.0, 240.0, 80.0], texts: &[], lines: &[] };
        let spots = place(&bubbles, &around);
        assert!(spots.iter().all(Option::is_some), "{spots:?}");
        let placed: Vec<Spot> = spots.into_iter().flatten().collect();
        for (i, a) in placed.iter().enumerate() {
            assert!(placed[..i].iter().all(|b| !meet(a, b)));
        }
    }

    #[test]
    fn crowded_labels_are_left_out_rather_than_laid_over_each_other() {
        let bubble = Bubble {
            center: (200.0, 100.0),
            radius: 8.0,
            cross: [192.0, 208.0, 92.0, 108.0],
            label: (80.0, 14.0),
        };
        let bubbles = vec![bubble; 60];
        let around = Surroundings { inside: [0.0, 0.0, 400.0, 200.0], texts: &[], lines: &[] };
        let spots = place(&bubbles, &around);
        let placed: Vec<Spot> = spots.iter().flatten().copied().collect();
        assert!((4..60).contains(&placed.len()), "{}", placed.len());
        for (i, a) in placed.iter().enumerate() {
            assert!(placed[..i].iter().all(|b| !touch(&a.block, &b.block)));
        }
    }
}

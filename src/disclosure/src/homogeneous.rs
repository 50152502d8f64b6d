//! Groups that answer alike: five of five "strongly disagree" passes every threshold and still says
//! what each of them answered.
//!
//! A unit or a block in which all, or all but one, chose the same category of an item is treated as
//! hidden by policy, and the rule is solved again, until no unit and no block is left. The one who
//! differs would otherwise know all the others. A display of its own for such groups would announce
//! that they are unanimous.

use crate::closed::Counts;
use crate::level::Level;
use crate::pattern::{Question, best, blocks};
use survey::ItemIdx;
use tally::{Layout, Tally, UnitIdx};

/// The best safe pattern in which no shown unit and no block is homogeneous in any of `items`.
pub(crate) fn best_without(
    question: &Question<'_>,
    counts: &Counts,
    items: &[ItemIdx],
    level: Level,
) -> Vec<bool> {
    let mut hidden = question.hidden.to_vec();
    loop {
        let shown = best(&Question {
            hidden: &hidden,
            ..question.clone()
        });
        let found = homogeneous_leaves(question, counts, items, level, &shown);
        if found.is_empty() {
            return shown;
        }
        // Ends: a block whose leaves are all hidden is not safe, so what is found has a leaf that
        // is not hidden yet.
        for leaf in found {
            hidden[leaf] = true;
        }
    }
}

/// The leaves of every block, and of every shown unit, that is homogeneous in an item.
fn homogeneous_leaves(
    question: &Question<'_>,
    counts: &Counts,
    items: &[ItemIdx],
    level: Level,
    shown: &[bool],
) -> Vec<UnitIdx> {
    let blocks = blocks(question.tree, shown);
    let of_blocks = blocks.values().cloned();
    let of_units = blocks.keys().map(|unit| leaves_below(question, *unit));
    of_blocks
        .chain(of_units)
        .filter(|leaves| {
            let tallies: Vec<&Tally> = leaves.iter().map(|leaf| &counts.units[*leaf]).collect();
            items
                .iter()
                .any(|item| is_homogeneous(&counts.layout, *item, &tallies, level))
        })
        .flatten()
        .collect()
}

fn leaves_below(question: &Question<'_>, unit: UnitIdx) -> Vec<UnitIdx> {
    let mut leaves = Vec::new();
    let mut open = vec![unit];
    while let Some(unit) = open.pop() {
        if question.tree.is_leaf(unit) {
            leaves.push(unit);
        }
        open.extend(question.tree.children(unit));
    }
    leaves
}

/// Whether all, or all but one, of the answers are in one category as the level displays them.
fn is_homogeneous(layout: &Layout, item: ItemIdx, tallies: &[&Tally], level: Level) -> bool {
    let mut points = vec![0_u64; layout.points(item)];
    for tally in tallies {
        for (sum, count) in points.iter_mut().zip(tally.item(layout, item).points) {
            *sum += u64::from(count);
        }
    }
    let categories = categories(&points, level);
    let n: u64 = categories.iter().sum();
    let largest = categories.iter().max().copied().unwrap_or(0);
    n > 0 && largest + 1 >= n
}

/// Three groups where the level shows three. An index alone is judged by points: all or all but one
/// at the same point is what would leave a single histogram behind it.
fn categories(points: &[u64], level: Level) -> Vec<u64> {
    if level == Level::Index || level.shows_points(points.len()) {
        points.to_vec()
    } else {
        three_groups(points).to_vec()
    }
}

/// Answers below, at and above the midpoint.
pub(crate) fn three_groups(points: &[u64]) -> [u64; 3] {
    let mut groups = [0; 3];
    for (idx, count) in points.iter().enumerate() {
        let group = match (2 * idx).cmp(&(points.len() - 1)) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        groups[group] += count;
    }
    groups
}

//! Whether published numbers leave room: at least two histograms for every item.
//!
//! An index in whole points gives the exact sum of a few answers. Near the ends one histogram is left
//! behind it, for readers who know that no group is shown in which all, or all but one, answer alike:
//! five who are "over 90" on one item are three fives and two fours. Beside three groups a sum can fix
//! the rest: ten who are never at the ends, or always.
//!
//! Judged under [`FINE_FROM`] answers; from there points are shown themselves. All are taken to have
//! answered every item of the scale, and the sum as exact, even where the ends are coded: others'
//! numbers can give it by subtraction.

use crate::facts::Shape;
use crate::homogeneous::{is_alike, three_groups};
use std::collections::BTreeMap;

/// From so many answers five categories may be shown.
pub(crate) const FINE_FROM: u64 = 20;
/// Under so many answers even three groups must leave room.
const GROUPS_FROM: u64 = 10;

/// Answers to questions that come again and again, by what was asked.
#[derive(Default)]
pub(crate) struct Rooms {
    pinned: BTreeMap<(usize, Vec<u64>), Vec<bool>>,
    kinds: BTreeMap<(usize, u64), Vec<Kinds>>,
}

impl Rooms {
    /// Whether an index leaves a single histogram of some item.
    pub fn index_pins(&mut self, shape: &Shape, values: &[u64]) -> bool {
        shape.sums.iter().any(|sum| {
            let items: Vec<&[u64]> = sum
                .iter()
                .map(|item| &values[shape.items[*item].clone()])
                .collect();
            self.sum_pins(&items)
        })
    }

    fn sum_pins(&mut self, items: &[&[u64]]) -> bool {
        let mut n: Vec<u64> = items.iter().map(|points| points.iter().sum()).collect();
        n.sort_unstable();
        let is_small = n.iter().all(|n| (3..FINE_FROM).contains(n));
        let Some(first) = items.first().filter(|_| is_small) else {
            return false;
        };
        let points = first.len();
        let sum = items.iter().map(|points| step_sum(points)).sum::<usize>();
        for n in &n {
            let kinds = self.kinds.entry((points, *n));
            kinds.or_insert_with(|| kinds_of(points, *n));
        }
        let by_sum = self.pinned.entry((points, n)).or_insert_with_key(|(_, n)| {
            let tables: Vec<&[Kinds]> = n.iter().map(|n| &self.kinds[&(points, *n)][..]).collect();
            pinned_sums(&tables, n)
        });
        by_sum[sum]
    }
}

/// Whether three groups of each item beside their sum leave a single histogram of some item. Inside
/// the groups, one answer a point higher and another a point lower is a second histogram; there is none
/// when all stand at the lower end of their group, or all at the upper, or only one group is left.
pub(crate) fn groups_pin(shape: &Shape, values: &[u64]) -> bool {
    shape.sums.iter().any(|sum| {
        let (mut groups, mut above_least, mut most) = (0, 0, 0);
        let mut is_small = true;
        for item in sum {
            let points = &values[shape.items[*item].clone()];
            if points.len() <= 3 {
                return false;
            }
            is_small &= points.iter().sum::<u64>() < FINE_FROM;
            // Below and above the midpoint are equally many points.
            let wide = points.len() / 2;
            for group in [&points[..wide], &points[points.len() - wide..]] {
                let n: u64 = group.iter().sum();
                groups += usize::from(n > 0);
                above_least += step_sum(group);
                most += usize::try_from(n).unwrap_or(0) * (wide - 1);
            }
        }
        is_small && groups > 0 && (groups < 2 || above_least == 0 || above_least == most)
    })
}

/// Sum of steps above the lowest point.
fn step_sum(points: &[u64]) -> usize {
    let steps = points.iter().enumerate();
    steps
        .map(|(step, count)| step * usize::try_from(*count).unwrap_or(0))
        .sum()
}

/// What one item can be like when its steps add up to something: how many histograms (2 stands for
/// more), and up to two different triples of groups.
#[derive(Clone, Default)]
struct Kinds {
    histograms: u8,
    groups: Vec<[u64; 3]>,
}

/// For each sum over items with `n` answers each: whether it leaves a single histogram of one of them.
fn pinned_sums(tables: &[&[Kinds]], n: &[u64]) -> Vec<bool> {
    let longest: usize = tables.iter().map(|table| table.len() - 1).sum();
    let mut pinned = vec![false; longest + 1];
    for (item, table) in tables.iter().enumerate() {
        // Items with the same number of answers are in the same place.
        if item > 0 && n[item] == n[item - 1] {
            continue;
        }
        let others = tables
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != item);
        let rest = others.fold(vec![true], |sums, (_, table)| reach(&sums, table));
        for (sum, pinned) in pinned.iter_mut().enumerate() {
            let mut all = Kinds::default();
            for (of_item, kinds) in table.iter().enumerate().take(sum + 1) {
                if rest.get(sum - of_item) == Some(&true) {
                    all.add(kinds);
                }
            }
            let is_single = all.histograms == 1;
            let is_single_group =
                all.histograms > 0 && n[item] < GROUPS_FROM && all.groups.len() < 2;
            *pinned |= is_single || is_single_group;
        }
    }
    pinned
}

impl Kinds {
    fn add(&mut self, other: &Self) {
        self.histograms = (self.histograms + other.histograms).min(2);
        for groups in &other.groups {
            if self.groups.len() < 2 && !self.groups.contains(groups) {
                self.groups.push(*groups);
            }
        }
    }
}

/// The sums that can be reached with one more item.
fn reach(sums: &[bool], table: &[Kinds]) -> Vec<bool> {
    let mut reached = vec![false; sums.len() + table.len() - 1];
    for (sum, _) in sums.iter().enumerate().filter(|(_, can)| **can) {
        for (more, kinds) in table.iter().enumerate() {
            reached[sum + more] |= kinds.histograms > 0;
        }
    }
    reached
}

/// For each sum of steps, the histograms of `n` answers that are not alike.
fn kinds_of(points: usize, n: u64) -> Vec<Kinds> {
    let len = (points - 1) * usize::try_from(n).unwrap_or(0) + 1;
    let mut kinds = vec![Kinds::default(); len];
    if n < GROUPS_FROM {
        list(&mut vec![0; points], 0, n, &mut kinds);
    } else {
        for (kinds, n_histograms) in kinds.iter_mut().zip(counts(points, n, len)) {
            kinds.histograms = u8::try_from(n_histograms.min(2)).unwrap_or(2);
        }
    }
    kinds
}

/// Every histogram of a few answers: at most 92 378, nine answers to eleven points.
fn list(histogram: &mut Vec<u64>, point: usize, left: u64, kinds: &mut [Kinds]) {
    if point + 1 == histogram.len() {
        histogram[point] = left;
        if !is_alike(histogram) {
            let one = Kinds {
                histograms: 1,
                groups: vec![three_groups(histogram)],
            };
            kinds[step_sum(histogram)].add(&one);
        }
        return;
    }
    for here in 0..=left {
        histogram[point] = here;
        list(histogram, point + 1, left - here, kinds);
    }
}

/// How many histograms of `n` answers have each sum of steps, without those that are alike.
fn counts(points: usize, n: u64, len: usize) -> Vec<u64> {
    let n = usize::try_from(n).unwrap_or(0);
    // ways[a][s]: histograms of a answers with the sum s, over the points so far.
    let mut ways = vec![vec![0_u64; len]; n + 1];
    ways[0][0] = 1;
    for step in 0..points {
        for answers in 1..=n {
            for sum in step..len {
                let with_one_more = ways[answers - 1][sum - step];
                ways[answers][sum] += with_one_more;
            }
        }
    }
    let mut counts = ways.swap_remove(n);
    for most in 0..points {
        for odd in 0..points {
            counts[most * (n - 1) + odd] -= 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pins(items: &[&[u64]]) -> bool {
        Rooms::default().sum_pins(items)
    }

    #[test]
    fn an_index_at_the_ends_pins_a_single_item() {
        assert!(pins(&[&[0, 0, 0, 2, 3]]), "two fours and three fives only");
        assert!(!pins(&[&[0, 0, 0, 3, 3]]), "or one three and one four");
        assert!(!pins(&[&[1, 1, 2, 1, 1]]));
        assert!(!pins(&[&[0, 0, 0, 2, 30]]), "points are shown themselves");
    }

    #[test]
    fn an_index_at_the_ends_pins_all_items_of_a_scale() {
        let two_off: &[u64] = &[0, 0, 0, 2, 4];
        assert!(pins(&[two_off, two_off, two_off]));
        assert!(!pins(&[two_off, two_off, &[0, 0, 0, 3, 3]]));
    }

    #[test]
    fn two_points_are_a_histogram_by_themselves() {
        assert!(pins(&[&[6, 5]]));
        assert!(!pins(&[&[6, 5], &[5, 6]]));
    }

    #[test]
    fn counting_and_listing_agree() {
        for points in 2..=6 {
            let mut listed = vec![Kinds::default(); (points - 1) * 9 + 1];
            list(&mut vec![0; points], 0, 9, &mut listed);
            let counted = counts(points, 9, listed.len());
            for (kinds, n) in listed.iter().zip(counted) {
                assert_eq!(u64::from(kinds.histograms), n.min(2));
            }
        }
    }

    #[test]
    fn groups_and_a_sum_pin_what_stands_at_one_end() {
        let shape = |n_items: usize| Shape::of_items(n_items, 5);
        let pin = |values: &[u64]| groups_pin(&shape(values.len() / 5), values);
        assert!(
            pin(&[0, 0, 3, 7, 0, 0, 0, 4, 6, 0]),
            "fours and threes only"
        );
        assert!(pin(&[0, 2, 3, 0, 7, 0, 0, 4, 0, 6]), "no fours, no ones");
        assert!(!pin(&[0, 0, 3, 6, 1, 0, 0, 4, 6, 0]));
    }
}

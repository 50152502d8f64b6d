//! Which counts of answers an item's published shares leave possible, exactly.
//!
//! The counts that one unit's numbers leave possible are those with a fixed total and bounds on
//! disjoint parts of the points: the integer points of a generalized polymatroid. Sums and
//! differences of such sets are such sets again, their integer points are the sums and differences
//! of integer points, and the greatest count of any set of points is the sum of the greatest counts
//! (Frank 1984; Murota 2003, *Discrete Convex Analysis*, ch. 4). So what remains of a unit when
//! others are subtracted is known exactly from two numbers for each set of points, and no program
//! has to be solved.

use release::{ItemDetail, ItemValue};

/// What is known of the answers to one item in one unit, lowest score first.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Answers.
    pub n: i64,
    /// Number of points.
    pub points: usize,
    /// Disjoint sets of points, as bits, that together are all points, with the fewest and most
    /// answers in each.
    pub parts: Vec<(usize, i64, i64)>,
}

impl Shape {
    /// Nothing but the number of answers.
    pub(super) fn of_n(n: i64, points: usize) -> Self {
        let parts = vec![((1 << points) - 1, n, n)];
        Self { n, points, parts }
    }

    /// What an item's value tells. For a reversed item the points are turned, so that the last one
    /// scores highest; groups are published that way.
    pub(super) fn of_value(value: &ItemValue, points: usize, reversed: bool) -> Self {
        let n = i64::from(value.n);
        let parts = match &value.detail {
            ItemDetail::Groups(groups) => {
                let shares = groups.iter().zip(three_groups(points));
                shares
                    .map(|(share, set)| bounded(set, *share, n, 5))
                    .collect()
            }
            ItemDetail::Points { percent, .. } => {
                let place = |point| {
                    if reversed {
                        percent.len() - 1 - point
                    } else {
                        point
                    }
                };
                let shares = percent.iter().enumerate();
                shares
                    .map(|(point, share)| bounded(1 << place(point), *share, n, 1))
                    .collect()
            }
        };
        Self { n, points, parts }
    }

    /// The most answers in a set of points.
    fn most(&self, set: usize) -> i64 {
        let (mut inside, mut outside) = (0, 0);
        for (part, fewest, most) in &self.parts {
            if part & set == 0 {
                outside += fewest;
            } else {
                inside += most;
            }
        }
        inside.min(self.n - outside)
    }

    /// The fewest answers in a set of points.
    fn fewest(&self, set: usize) -> i64 {
        let all = (1 << self.points) - 1;
        self.n - self.most(all & !set)
    }
}

/// The counts that round to `share` percent, in steps of `step`, of `n`, a half going up.
fn bounded(set: usize, share: u8, n: i64, step: i64) -> (usize, i64, i64) {
    // 100 k / n lies from share − step/2 to just under share + step/2.
    let share = i64::from(share);
    let fewest = ceil_div(n * (2 * share - step), 200).max(0);
    let most = (ceil_div(n * (2 * share + step), 200) - 1).min(n);
    (set, fewest, most)
}

fn ceil_div(a: i64, b: i64) -> i64 {
    -(-a).div_euclid(b)
}

/// The points below, at and above the midpoint, as bits; the middle is empty for an even number.
pub(super) fn three_groups(points: usize) -> [usize; 3] {
    let half = points / 2;
    let low = (1 << half) - 1;
    let high = low << (points - half);
    [low, ((1 << points) - 1) & !low & !high, high]
}

/// Each point alone, as bits.
pub(super) fn single_points(points: usize) -> Vec<usize> {
    (0..points).map(|point| 1 << point).collect()
}

/// What is left of a unit's answers when those of units inside it are subtracted.
pub(super) struct Remainder {
    /// Answers.
    pub n: i64,
    points: usize,
    /// Most and fewest answers by set of points.
    most: Vec<i64>,
    fewest: Vec<i64>,
}

impl Remainder {
    pub(super) fn new(whole: &Shape, inside: &[Shape]) -> Self {
        let sets = 0..1_usize << whole.points;
        let sum = |of: &dyn Fn(&Shape) -> i64| inside.iter().map(of).sum::<i64>();
        Self {
            n: whole.n - sum(&|part| part.n),
            points: whole.points,
            most: sets
                .clone()
                .map(|set| whole.most(set) - sum(&|part| part.fewest(set)))
                .collect(),
            fewest: sets
                .map(|set| whole.fewest(set) - sum(&|part| part.most(set)))
                .collect(),
        }
    }

    /// The category that all, or all but one, answers must be in, if the numbers say so.
    pub(super) fn nearly_all_in(&self, categories: &[usize]) -> Option<usize> {
        (0..categories.len()).find(|at| self.n > 0 && self.fewest[categories[*at]] >= self.n - 1)
    }

    /// How many different counts by category are possible; counting stops at two.
    pub(super) fn possible(&self, categories: &[usize]) -> usize {
        let mut found: Vec<Vec<i64>> = Vec::new();
        self.search(&mut vec![0; self.points], 0, self.n, &mut |counts| {
            let seen: Vec<i64> = categories
                .iter()
                .map(|set| sum_over(counts, *set))
                .collect();
            if !found.contains(&seen) {
                found.push(seen);
            }
            found.len() < 2
        });
        found.len()
    }

    /// Calls `visit` with possible counts, until it says no; returns whether it never did.
    fn search(
        &self,
        counts: &mut Vec<i64>,
        point: usize,
        left: i64,
        visit: &mut dyn FnMut(&[i64]) -> bool,
    ) -> bool {
        if point == self.points {
            return left != 0 || !self.holds(counts) || visit(counts);
        }
        let (fewest, most) = (
            self.fewest[1 << point].max(0),
            self.most[1 << point].min(left),
        );
        (fewest..=most).all(|count| {
            counts[point] = count;
            self.search(counts, point + 1, left - count, visit)
        })
    }

    fn holds(&self, counts: &[i64]) -> bool {
        (0..self.most.len()).all(|set| {
            let sum = sum_over(counts, set);
            self.fewest[set] <= sum && sum <= self.most[set]
        })
    }
}

/// The counts of a set of points together.
pub(super) fn sum_over(counts: &[i64], set: usize) -> i64 {
    let chosen = counts.iter().enumerate();
    chosen
        .filter(|(point, _)| set & (1 << point) != 0)
        .map(|(_, count)| count)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(n: u32, percent: &[u8]) -> Shape {
        let detail = ItemDetail::Points {
            percent: percent.to_vec(),
            not_applicable: 0,
        };
        Shape::of_value(&ItemValue { n, detail }, percent.len(), false)
    }

    /// 60 answers by point, minus 53 of them, leave seven: the example of the method page.
    #[test]
    fn whole_percents_fix_small_remainders() {
        // 3, 6, 12, 24 and 15 of 60; 3, 5, 11, 21 and 13 of 53.
        let whole = points(60, &[5, 10, 20, 40, 25]);
        let inside = [points(53, &[6, 9, 21, 40, 25])];
        let left = Remainder::new(&whole, &inside);
        assert_eq!(left.n, 7);
        assert_eq!(left.possible(&single_points(5)), 1);
        assert_eq!(left.possible(&three_groups(5)), 1);
        assert_eq!(left.nearly_all_in(&single_points(5)), None);
    }

    #[test]
    fn groups_in_steps_of_five_leave_the_points_open() {
        let detail = ItemDetail::Groups([15, 25, 60]);
        let shape = Shape::of_value(&ItemValue { n: 12, detail }, 5, false);
        assert_eq!(shape.parts, [(3, 2, 2), (4, 3, 3), (24, 7, 7)]);
        let alone = Remainder::new(&shape, &[]);
        assert_eq!(alone.possible(&single_points(5)), 2);
        assert_eq!(alone.possible(&three_groups(5)), 1);
    }

    /// The set of remainders is what trying every pair of counts finds.
    #[test]
    fn bounds_of_sets_are_exact() {
        let whole = points(9, &[22, 0, 78]);
        let inside = Shape::of_n(4, 3);
        let left = Remainder::new(&whole, std::slice::from_ref(&inside));
        let mut found = Vec::new();
        left.search(&mut vec![0; 3], 0, left.n, &mut |counts| {
            found.push(counts.to_vec());
            true
        });
        assert_eq!(found, [vec![0, 0, 5], vec![1, 0, 4], vec![2, 0, 3]]);
    }
}

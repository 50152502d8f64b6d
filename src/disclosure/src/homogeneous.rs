//! Groups that answer alike: five of five "strongly disagree" passes every threshold and still says
//! what each of them answered.
//!
//! A unit in which all, or all but one, chose the same category of an item is treated as hidden by
//! policy before the rule is solved; a block like that is, too, and the rule is solved again, until no
//! block is left. The one who differs would otherwise know all the others. A display of its own for such
//! groups would announce that they are unanimous.
//!
//! The same is done where the numbers would leave a single histogram ([`crate::room`]), or would tell
//! what fewer than the threshold, who left something out, answered to the rest ([`crate::facts`]).
//!
//! Blocks of a composite are unions of blocks of each of its parts, and a union of groups in which at
//! least two differ from the rest is a group in which at least two differ. So composites need no check
//! of their own, and neither does any pattern that is a part of a checked one.

use crate::facts::Facts;
use crate::level::Level;
use crate::pattern::{Question, best};
use crate::room::{Rooms, groups_pin};
use tally::{UnitIdx, UnitTree};

/// What makes a unit or block tell too much at one level.
pub(crate) struct Rules<'a> {
    pub facts: &'a Facts,
    pub level: Level,
    /// Fewest answers in a block at the lowest level.
    pub threshold: u64,
    pub rooms: &'a mut Rooms,
}

/// The best safe pattern in which no shown unit and no block tells too much.
pub(crate) fn best_without(question: &Question<'_>, mut rules: Rules<'_>) -> Vec<bool> {
    let mut hidden = question.hidden.to_vec();
    let mut allowed = question.allowed.to_vec();
    for unit in 0..hidden.len() {
        if !allowed[unit] || question.n[unit] < question.fewest {
            continue;
        }
        let values = rules.facts.of(unit);
        if rules.are_alike(values) {
            // Everything below it is as alike, and is protected with it.
            hidden[unit] = true;
        } else if rules.are_clear(values) {
            // What stands below it need not be.
            allowed[unit] = false;
        }
    }
    loop {
        let shown = best(&Question {
            hidden: &hidden,
            allowed: &allowed,
            ..question.clone()
        });
        let mut found = telling_leaves(question.tree, &mut rules, &shown);
        // A block whose leaves are all hidden is not safe, so one that tells has a leaf that is not
        // hidden yet: every round hides one more.
        found.retain(|leaf| !hidden[*leaf]);
        if found.is_empty() {
            return shown;
        }
        for leaf in found {
            hidden[leaf] = true;
        }
    }
}

/// The leaves of every block that tells too much.
fn telling_leaves(tree: &UnitTree, rules: &mut Rules<'_>, shown: &[bool]) -> Vec<UnitIdx> {
    let nearest = nearest_shown(tree, shown);
    let mut rest: Vec<Vec<u64>> = vec![Vec::new(); shown.len()];
    for unit in (0..shown.len()).filter(|unit| shown[*unit]) {
        rest[unit] = rules.facts.of(unit).to_vec();
    }
    for unit in (0..shown.len()).filter(|unit| shown[*unit]) {
        let above = tree.parent(unit).and_then(|parent| nearest[parent]);
        if let Some(above) = above {
            for (rest, part) in rest[above].iter_mut().zip(rules.facts.of(unit)) {
                *rest -= part;
            }
        }
    }
    let tells: Vec<bool> = rest
        .iter()
        .map(|values| !values.is_empty() && (rules.are_alike(values) || rules.are_clear(values)))
        .collect();
    let is_in = |leaf: &UnitIdx| nearest[*leaf].is_some_and(|unit| tells[unit]);
    let leaves = (0..shown.len()).filter(|unit| tree.is_leaf(*unit));
    leaves.filter(is_in).collect()
}

/// For each unit the nearest shown unit, itself or above.
fn nearest_shown(tree: &UnitTree, shown: &[bool]) -> Vec<Option<UnitIdx>> {
    let mut nearest = vec![None; shown.len()];
    for unit in tree.bottom_up().into_iter().rev() {
        nearest[unit] = if shown[unit] {
            Some(unit)
        } else {
            tree.parent(unit).and_then(|parent| nearest[parent])
        };
    }
    nearest
}

impl Rules<'_> {
    /// Whether all, or all but one, of the answers to an item are in one category as the level displays
    /// them. An index alone is judged by points: that is what would leave a single histogram behind it.
    fn are_alike(&self, values: &[u64]) -> bool {
        self.facts.shape.items.iter().any(|cells| {
            let points = &values[cells.clone()];
            if self.level == Level::Index || self.level.shows_points(points.len()) {
                is_alike(points)
            } else {
                is_alike(&three_groups(points))
            }
        })
    }

    /// Whether the numbers are clear enough to read what single people answered.
    fn are_clear(&mut self, values: &[u64]) -> bool {
        let shape = &self.facts.shape;
        let leaves_out = shape.left_out.iter().any(|cells| {
            let (scored, some) = (values[cells.scored], values[cells.some]);
            (1..self.threshold).contains(&some) && scored < cells.clear_under[self.level as usize]
        });
        let groups_pin =
            || self.level == Level::Interval && !shape.has_lone_item() && groups_pin(shape, values);
        leaves_out || groups_pin() || self.rooms.index_pins(shape, values)
    }
}

/// Whether all, or all but one, are in one category.
pub(crate) fn is_alike(categories: &[u64]) -> bool {
    let n: u64 = categories.iter().sum();
    let largest = categories.iter().max().copied().unwrap_or(0);
    n > 0 && largest + 1 >= n
}

/// Answers below, at and above the midpoint.
pub(crate) fn three_groups(points: &[u64]) -> [u64; 3] {
    let mut groups = [0; 3];
    for (step, count) in points.iter().enumerate() {
        groups[group_of(step, points.len())] += count;
    }
    groups
}

/// Whether a point, counted in steps from the lowest, is below (0), at (1) or above (2) the midpoint.
pub(crate) fn group_of(step: usize, points: usize) -> usize {
    match (2 * step).cmp(&(points - 1)) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    }
}

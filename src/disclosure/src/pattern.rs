//! The exact rule on a tree: which units to show, so that nobody can work out a small group.
//!
//! The *block* of a shown unit is the set of leaves whose nearest shown unit (above or itself) it
//! is. An outsider who sees the totals of the shown units can compute the totals of blocks and their
//! combinations, and nothing else: blocks are disjoint, and the change from totals to blocks is
//! unimodular. So a pattern is safe if and only if every block holds no answers, or at least the
//! threshold. A leaf that is hidden by policy protects nobody: the *other* leaves of its block must
//! hold the threshold.
//!
//! [`best`] finds the safe pattern that shows most: more units of the upper levels first, then more
//! below, then more answers. It walks the tree once, keeping for each unit the best plan for every
//! number of unprotected answers that could be passed up, capped at the threshold: O(units × k²)
//! in the worst case, far less in practice since few such numbers occur.

use std::collections::BTreeMap;
use std::rc::Rc;
use tally::{UnitIdx, UnitTree};

/// One problem: what is to be shown on which tree.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The units.
    pub tree: &'a UnitTree,
    /// Answers of each unit: for a leaf its own, for others the sum. Where several numbers are shown
    /// together, the smallest of them in each leaf.
    pub n: &'a [u64],
    /// Whether a leaf has answers to any of the numbers shown together. A leaf can have none to the
    /// smallest and still have some to another, which subtraction would lay open.
    pub present: &'a [bool],
    /// Fewest answers in a block.
    pub fewest: u64,
    /// Units that must not be shown whatever their number; leaves below a hidden unit count as
    /// hidden too.
    pub hidden: &'a [bool],
    /// Units that may be shown at all, from the measures and levels that this one rests on.
    pub allowed: &'a [bool],
}

/// The best safe pattern: for each unit, whether it is shown.
pub fn best(question: &Question<'_>) -> Vec<bool> {
    let protected = protected_leaves(question.tree, question.hidden);
    let depths = depths(question.tree);
    let mut plans: Vec<Plans> = vec![Plans::new(); question.tree.units().len()];
    for unit in question.tree.bottom_up() {
        let mut found = match question.tree.children(unit) {
            [] => leaf_plans(question, unit, protected[unit]),
            children => join(
                children
                    .iter()
                    .map(|child| std::mem::take(&mut plans[*child])),
            ),
        };
        cap(&mut found, question.fewest);
        if question.allowed[unit] && !question.hidden[unit] && question.n[unit] > 0 {
            show(&mut found, question, unit, depths[unit]);
        }
        plans[unit] = found;
    }
    let best = plans[question.tree.root()]
        .values()
        .max_by(|a, b| a.gain.cmp(&b.gain));
    let mut shown = vec![false; question.n.len()];
    if let Some(plan) = best {
        mark(&plan.shown, &mut shown);
    }
    shown
}

/// The leaves of each block: by shown unit, in the order of the tree. Leaves above which nothing is
/// shown are in no block: nothing is published of them.
pub fn blocks(tree: &UnitTree, shown: &[bool]) -> BTreeMap<UnitIdx, Vec<UnitIdx>> {
    let mut blocks: BTreeMap<UnitIdx, Vec<UnitIdx>> = BTreeMap::new();
    for leaf in (0..tree.units().len()).filter(|unit| tree.is_leaf(*unit)) {
        let mut above = Some(leaf);
        while let Some(unit) = above.filter(|unit| !shown[*unit]) {
            above = tree.parent(unit);
        }
        if let Some(unit) = above {
            blocks.entry(unit).or_default().push(leaf);
        }
    }
    blocks
}

/// What is passed up unprotected: answers that no shown unit stands above yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    /// Answers of leaves not hidden by policy, capped at the threshold.
    answers: u64,
    /// Whether there is anything to protect: answers to any of the numbers.
    present: bool,
}

/// The best plan for each state that can be passed up.
type Plans = BTreeMap<Open, Plan>;

#[derive(Debug, Clone)]
struct Plan {
    gain: Gain,
    shown: Rc<Shown>,
}

/// What a plan is worth: shown units at depth 0, 1, …, compared in this order, then answers in them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Gain {
    units_at_depth: Vec<u64>,
    answers: u64,
}

/// The units that a plan shows, sharing what plans have in common.
#[derive(Debug)]
enum Shown {
    None,
    One(UnitIdx, Rc<Shown>),
    Both(Rc<Shown>, Rc<Shown>),
}

impl Gain {
    fn add(&self, other: &Self) -> Self {
        let len = self.units_at_depth.len().max(other.units_at_depth.len());
        let at = |gain: &Self, depth: usize| gain.units_at_depth.get(depth).copied().unwrap_or(0);
        Self {
            units_at_depth: (0..len)
                .map(|depth| at(self, depth) + at(other, depth))
                .collect(),
            answers: self.answers + other.answers,
        }
    }

    fn of_unit(depth: usize, n: u64) -> Self {
        let mut units_at_depth = vec![0; depth + 1];
        units_at_depth[depth] = 1;
        Self {
            units_at_depth,
            answers: n,
        }
    }
}

fn leaf_plans(question: &Question<'_>, leaf: UnitIdx, hidden: bool) -> Plans {
    let answers = if hidden { 0 } else { question.n[leaf] };
    let open = Open {
        answers,
        present: question.present[leaf],
    };
    Plans::from([(
        open,
        Plan {
            gain: Gain::default(),
            shown: Rc::new(Shown::None),
        },
    )])
}

fn join(children: impl Iterator<Item = Plans>) -> Plans {
    children
        .reduce(|left, right| {
            let mut joined = Plans::new();
            for (a, left) in &left {
                for (b, right) in &right {
                    let open = Open {
                        answers: a.answers + b.answers,
                        present: a.present || b.present,
                    };
                    let plan = Plan {
                        gain: left.gain.add(&right.gain),
                        shown: Rc::new(Shown::Both(left.shown.clone(), right.shown.clone())),
                    };
                    keep_better(&mut joined, open, plan);
                }
            }
            joined
        })
        .unwrap_or_default()
}

/// More than the threshold is as good as the threshold.
fn cap(plans: &mut Plans, fewest: u64) {
    if plans.keys().any(|open| open.answers > fewest) {
        for (open, plan) in std::mem::take(plans) {
            let open = Open {
                answers: open.answers.min(fewest),
                ..open
            };
            keep_better(plans, open, plan);
        }
    }
}

/// Adds the plan that shows `unit`, above the best plan whose open answers make a safe block.
fn show(plans: &mut Plans, question: &Question<'_>, unit: UnitIdx, depth: usize) {
    let is_safe = |open: &Open| open.answers >= question.fewest || !open.present;
    let below = plans
        .iter()
        .filter(|(open, _)| is_safe(open))
        .map(|(_, plan)| plan);
    let Some(below) = below.max_by(|a, b| a.gain.cmp(&b.gain)) else {
        return;
    };
    let plan = Plan {
        gain: below.gain.add(&Gain::of_unit(depth, question.n[unit])),
        shown: Rc::new(Shown::One(unit, below.shown.clone())),
    };
    keep_better(
        plans,
        Open {
            answers: 0,
            present: false,
        },
        plan,
    );
}

fn keep_better(plans: &mut Plans, open: Open, plan: Plan) {
    match plans.get(&open) {
        Some(kept) if kept.gain >= plan.gain => {}
        _ => {
            plans.insert(open, plan);
        }
    }
}

fn mark(shown: &Shown, marks: &mut [bool]) {
    match shown {
        Shown::None => {}
        Shown::One(unit, rest) => {
            marks[*unit] = true;
            mark(rest, marks);
        }
        Shown::Both(left, right) => {
            mark(left, marks);
            mark(right, marks);
        }
    }
}

/// Leaves that are hidden, or stand below a hidden unit.
fn protected_leaves(tree: &UnitTree, hidden: &[bool]) -> Vec<bool> {
    let mut protected = hidden.to_vec();
    for unit in tree.bottom_up().into_iter().rev() {
        if tree.parent(unit).is_some_and(|parent| protected[parent]) {
            protected[unit] = true;
        }
    }
    protected
}

fn depths(tree: &UnitTree) -> Vec<usize> {
    let mut depths = vec![0; tree.units().len()];
    for unit in tree.bottom_up().into_iter().rev() {
        depths[unit] = tree.parent(unit).map_or(0, |parent| depths[parent] + 1);
    }
    depths
}

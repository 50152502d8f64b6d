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
//! below, then more answers. Among patterns that are equal in this it takes one with most units that
//! were shown before, so that lines do not come and go; what is equal even then is decided by the
//! order of the units, of two the first is shown, so that the same question always has the same answer.
//!
//! It walks the tree once, keeping for each unit the best plan for every number of unprotected
//! answers that can be passed up, capped at the threshold k. Adding a leaf to its siblings takes at
//! most 2·(k + 2) steps and adding a unit with units below at most (k + 2)²: O(leaves × k + inner
//! units × k²) steps and O(units × k) memory in the worst case, less in practice since few of the
//! numbers occur. What a plan is worth is packed into one or two machine words.

use std::collections::BTreeMap;
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
    /// Units that were shown last time.
    pub before: &'a [bool],
}

/// The best safe pattern: for each unit, whether it is shown.
pub fn best(question: &Question<'_>) -> Vec<bool> {
    let tree = question.tree;
    let solver = Solver::new(question);
    let mut scratch = Scratch::new(solver.cap);
    let mut plans: Vec<Plans> = vec![Plans::default(); tree.units().len()];
    let mut choices: Vec<Choices> = vec![Choices::default(); tree.units().len()];
    for unit in tree.bottom_up() {
        let mut found = solver.leaf_or_none(unit);
        for child in tree.children(unit) {
            let below = std::mem::take(&mut plans[*child]);
            let (joined, steps) = solver.join(&found, &below, &mut scratch);
            found = joined;
            choices[unit].steps.push(steps);
        }
        if solver.may_show(unit) {
            choices[unit].shown = solver.show(&mut found, unit);
        }
        plans[unit] = found;
    }
    let best = solver.best_of(&plans[tree.root()], |_| true);
    let mut shown = vec![false; tree.units().len()];
    if let Some(plan) = best {
        mark(tree, &choices, plan, &mut shown);
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

/// What is passed up unprotected, that no shown unit stands above yet: [`NOTHING`], or one more than
/// the number of answers, capped at the threshold. Answers of leaves hidden by policy do not count,
/// and still are something to protect.
type Open = usize;

/// No leaf with answers to any of the numbers.
const NOTHING: Open = 0;

/// The place of a plan in [`Plans`].
type PlanIdx = usize;

/// The best plan for each state that can be passed up.
#[derive(Debug, Clone, Default)]
struct Plans {
    open: Vec<Open>,
    /// What the plans are worth, `Solver::words` numbers for each.
    worth: Vec<u64>,
}

/// How the plans of a unit were made, to walk back from the best one.
#[derive(Debug, Clone, Default)]
struct Choices {
    /// For each child, the plan that each plan came from: of the children before, and of the child.
    steps: Vec<Vec<(PlanIdx, PlanIdx)>>,
    /// The plan that shows the unit, and the one below it.
    shown: Option<(PlanIdx, PlanIdx)>,
}

/// The question, made ready.
struct Solver<'a> {
    question: &'a Question<'a>,
    protected: Vec<bool>,
    depths: Vec<usize>,
    /// More than this many answers are as good as this many.
    cap: usize,
    worth: Worth,
}

/// Where in a plan's worth each part is counted: shown units at depth 0, 1, …, answers in them, units
/// that were shown before. Parts that weigh more stand higher, no part can overflow into the next,
/// and so words are added and compared one by one.
struct Worth {
    words: usize,
    at_depth: Vec<Place>,
    answers: Place,
    before: Place,
}

/// A word, and the lowest bit in it.
#[derive(Clone, Copy)]
struct Place(usize, u32);

/// For each state the plan found so far; reused, since most joins find few.
struct Scratch(Vec<Option<PlanIdx>>);

impl<'a> Solver<'a> {
    fn new(question: &'a Question<'a>) -> Self {
        let depths = depths(question.tree);
        let all = question.n[question.tree.root()];
        // Where all answers together are under the threshold, one more than there are is out of
        // reach as well.
        let cap = question.fewest.min(all.saturating_add(1));
        Self {
            question,
            protected: protected_leaves(question.tree, question.hidden),
            cap: usize::try_from(cap).unwrap_or(usize::MAX),
            worth: Worth::new(question, &depths),
            depths,
        }
    }

    /// The only plan of a leaf; of a unit with units below, the plan of none of them.
    fn leaf_or_none(&self, unit: UnitIdx) -> Plans {
        let answers = if self.protected[unit] {
            0
        } else {
            self.question.n[unit]
        };
        let present = self.question.present[unit] || self.question.n[unit] > 0;
        let open = if self.question.tree.is_leaf(unit) && present {
            1 + usize::try_from(answers).unwrap_or(usize::MAX).min(self.cap)
        } else {
            NOTHING
        };
        Plans {
            open: vec![open],
            worth: vec![0; self.worth.words],
        }
    }

    fn join(&self, left: &Plans, right: &Plans, scratch: &mut Scratch) -> (Plans, Steps) {
        let words = self.worth.words;
        let mut joined = Plans::default();
        let mut steps = Vec::new();
        let mut sum = vec![0; words];
        for (l, left_open) in left.open.iter().enumerate() {
            for (r, right_open) in right.open.iter().enumerate() {
                let open = self.add(*left_open, *right_open);
                let (a, b) = (left.worth(l, words), right.worth(r, words));
                for ((sum, a), b) in sum.iter_mut().zip(a).zip(b) {
                    *sum = a + b;
                }
                match scratch.0[open] {
                    None => {
                        scratch.0[open] = Some(joined.open.len());
                        joined.open.push(open);
                        joined.worth.extend(&sum);
                        steps.push((l, r));
                    }
                    // Of equal plans the later one: plans that show stand behind those that hide, so
                    // that of two units the first is shown.
                    Some(kept) if joined.worth(kept, words) <= &sum[..] => {
                        joined.worth[kept * words..][..words].copy_from_slice(&sum);
                        steps[kept] = (l, r);
                    }
                    Some(_) => {}
                }
            }
        }
        for open in &joined.open {
            scratch.0[*open] = None;
        }
        (joined, steps)
    }

    fn add(&self, left: Open, right: Open) -> Open {
        match (left, right) {
            (NOTHING, open) | (open, NOTHING) => open,
            (left, right) => 1 + (left + right - 2).min(self.cap),
        }
    }

    fn may_show(&self, unit: UnitIdx) -> bool {
        let question = self.question;
        question.allowed[unit] && !question.hidden[unit] && question.n[unit] > 0
    }

    /// Shows `unit` above the best plan whose open answers make a safe block. Nothing is open above
    /// a shown unit, and no plan that hides it is better in that state: it would have been one of
    /// those to choose from.
    fn show(&self, plans: &mut Plans, unit: UnitIdx) -> Option<(PlanIdx, PlanIdx)> {
        let enough = usize::try_from(self.question.fewest).ok();
        let is_safe = |open: Open| open == NOTHING || Some(open - 1) == enough;
        let below = self.best_of(plans, is_safe)?;
        let words = self.worth.words;
        let mut worth = plans.worth(below, words).to_vec();
        self.worth
            .add_unit(&mut worth, self.question, unit, self.depths[unit]);
        let place = plans.open.iter().position(|open| *open == NOTHING);
        match place {
            Some(place) => plans.worth[place * words..][..words].copy_from_slice(&worth),
            None => {
                plans.open.push(NOTHING);
                plans.worth.extend(worth);
            }
        }
        Some((place.unwrap_or(plans.open.len() - 1), below))
    }

    /// The first of the plans that are worth most.
    fn best_of(&self, plans: &Plans, may: impl Fn(Open) -> bool) -> Option<PlanIdx> {
        let words = self.worth.words;
        let among = (0..plans.open.len()).filter(|plan| may(plans.open[*plan]));
        among.reduce(|best, plan| {
            if plans.worth(plan, words) > plans.worth(best, words) {
                plan
            } else {
                best
            }
        })
    }
}

/// The plans that each joined plan came from.
type Steps = Vec<(PlanIdx, PlanIdx)>;

impl Plans {
    fn worth(&self, plan: PlanIdx, words: usize) -> &[u64] {
        &self.worth[plan * words..][..words]
    }
}

impl Worth {
    fn new(question: &Question<'_>, depths: &[usize]) -> Self {
        let deepest = depths.iter().max().copied().unwrap_or(0);
        let mut n_at_depth = vec![0_u64; deepest + 1];
        for depth in depths {
            n_at_depth[*depth] += 1;
        }
        let all_answers = question
            .n
            .iter()
            .fold(0_u64, |sum, n| sum.saturating_add(*n));
        let mut words = 1;
        let mut free = u64::BITS;
        let mut place = |most: u64| {
            let bits = u64::BITS - most.leading_zeros();
            if bits > free {
                words += 1;
                free = u64::BITS;
            }
            free -= bits;
            Place(words - 1, free)
        };
        let at_depth = n_at_depth.into_iter().map(&mut place).collect();
        let answers = place(all_answers);
        let before = place(u64::try_from(depths.len()).unwrap_or(u64::MAX));
        Self {
            words,
            at_depth,
            answers,
            before,
        }
    }

    fn add_unit(&self, worth: &mut [u64], question: &Question<'_>, unit: UnitIdx, depth: usize) {
        let mut add = |Place(word, bit): Place, value: u64| worth[word] += value << bit;
        add(self.at_depth[depth], 1);
        add(self.answers, question.n[unit]);
        add(self.before, u64::from(question.before[unit]));
    }
}

impl Scratch {
    fn new(cap: usize) -> Self {
        Self(vec![None; cap + 2])
    }
}

/// Walks back from a plan of the root to the units that it shows.
fn mark(tree: &UnitTree, choices: &[Choices], plan: PlanIdx, shown: &mut [bool]) {
    let mut to_do = vec![(tree.root(), plan)];
    while let Some((unit, mut plan)) = to_do.pop() {
        let choices = &choices[unit];
        if let Some((_, below)) = choices.shown.filter(|(shows, _)| *shows == plan) {
            shown[unit] = true;
            plan = below;
        }
        for (child, steps) in tree.children(unit).iter().zip(&choices.steps).rev() {
            let (before, of_child) = steps[plan];
            to_do.push((*child, of_child));
            plan = before;
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

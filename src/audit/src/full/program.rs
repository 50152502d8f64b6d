//! Integer programs: which counts of answers all published numbers of some scales leave possible
//! together.
//!
//! This is the audit of τ-ARGUS turned to histograms: instead of the least and greatest value of
//! each hidden cell it asks for two different histograms, since that is what the rule promises. A
//! weighted sum in which different histograms have different values is minimised and maximised; the
//! two are equal only where one histogram is left.

use super::histogram::Shape;
use super::scores::Sum;
use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolutionStatus, SolveOptions,
    SolveOutcome, Variable,
};

/// What one unit's numbers tell of the items.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// By item.
    pub shapes: Vec<Shape>,
    /// By scale.
    pub sums: Vec<Sum>,
}

/// What is asked of one item of a block.
pub(super) struct Question {
    /// Categories by which two histograms must be possible, as sets of points; none where the block
    /// is large enough to show them.
    pub open: Option<Vec<usize>>,
    /// Categories in which all, or all but one, must not be known to be.
    pub alike: Vec<usize>,
}

/// What is found of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// As it should be.
    Open,
    /// Only one histogram is possible.
    One,
    /// All, or all but one, are in this category.
    Alike(usize),
    /// Nothing is possible: the numbers contradict each other, or an assumption is wrong.
    Impossible,
    /// The search was given up.
    Unknown,
}

/// Nodes of the search tree after which a program is given up; almost all need one.
const NODES: u64 = 4_000;

/// Answers one question an item about what is left of `whole` without `inside`.
pub(super) fn answers(whole: &Known, inside: &[Known], questions: &[Question]) -> Vec<Answer> {
    let block = Block::new(whole, inside);
    let weights: Vec<Vec<f64>> = questions.iter().zip(&block.n).map(weights).collect();
    let mut solved = Vec::new();
    for direction in BOTH {
        match block.solve(direction, &weights) {
            Solved::Counts(counts, _) => solved.push(counts),
            Solved::Impossible => return vec![Answer::Impossible; questions.len()],
            Solved::Unknown => return vec![Answer::Unknown; questions.len()],
        }
    }
    let items = questions.iter().enumerate();
    items
        .map(|(item, question)| block.answer(item, question, &weights, &solved))
        .collect()
}

const BOTH: [OptimizationDirection; 2] = [
    OptimizationDirection::Minimize,
    OptimizationDirection::Maximize,
];

/// Weights by point, such that different histograms of `n` by category weigh differently.
fn weights((question, n): (&Question, &i64)) -> Vec<f64> {
    let categories = question.open.as_ref().unwrap_or(&question.alike);
    let base = f64::from(i32::try_from(*n).unwrap_or(i32::MAX).min(19) + 1);
    let points = categories.iter().fold(0, |all, set| all | set).count_ones();
    let mut of_points = vec![0.0; usize::try_from(points).unwrap_or(0)];
    let mut weight = 1.0;
    // The weight of the first category can be nothing: the total is fixed.
    for set in categories.iter().skip(1) {
        for (point, of_point) in of_points.iter_mut().enumerate() {
            if set & (1 << point) != 0 {
                *of_point = weight;
            }
        }
        weight *= base;
    }
    of_points
}

/// Counts by item and point.
type Counts = Vec<Vec<i64>>;

enum Solved {
    /// Possible counts of the block, and whether they are proved to be the best.
    Counts(Counts, bool),
    Impossible,
    Unknown,
}

/// What is left of a unit: the counts are variables, and so are those of the units inside.
struct Block<'a> {
    whole: &'a Known,
    inside: &'a [Known],
    /// Answers left, by item.
    n: Vec<i64>,
}

impl<'a> Block<'a> {
    fn new(whole: &'a Known, inside: &'a [Known]) -> Self {
        let items = whole.shapes.iter().enumerate();
        let left = |(item, shape): (usize, &Shape)| {
            shape.n - inside.iter().map(|unit| unit.shapes[item].n).sum::<i64>()
        };
        Self {
            n: items.map(left).collect(),
            whole,
            inside,
        }
    }

    fn answer(
        &self,
        item: usize,
        question: &Question,
        weights: &[Vec<f64>],
        solved: &[Counts],
    ) -> Answer {
        if let Some(categories) = &question.open
            && by_category(&solved[0][item], categories)
                == by_category(&solved[1][item], categories)
        {
            let mut alone = vec![Vec::new(); weights.len()];
            alone[item].clone_from(&weights[item]);
            match self.both_ends(item, categories, &alone) {
                Answer::Open => {}
                other => return other,
            }
        }
        self.alike(item, &question.alike, solved)
    }

    /// Whether an item has more than one histogram, by its own weights alone.
    fn both_ends(&self, item: usize, categories: &[usize], weights: &[Vec<f64>]) -> Answer {
        let mut ends = Vec::new();
        let mut is_proved = true;
        for direction in BOTH {
            let Solved::Counts(counts, proved) = self.solve(direction, weights) else {
                return Answer::Unknown;
            };
            is_proved &= proved;
            ends.push(by_category(&counts[item], categories));
        }
        match (ends[0] == ends[1], is_proved) {
            (false, _) => Answer::Open,
            (true, true) => Answer::One,
            (true, false) => Answer::Unknown,
        }
    }

    /// Whether all, or all but one, must be in one category.
    fn alike(&self, item: usize, categories: &[usize], solved: &[Counts]) -> Answer {
        let n = self.n[item];
        let is_suspect = |at: &usize| {
            let mut all = solved.iter();
            n > 0 && all.all(|counts| by_category(&counts[item], categories)[*at] >= n - 1)
        };
        let Some(at) = (0..categories.len()).find(is_suspect) else {
            return Answer::Open;
        };
        let points = self.whole.shapes[item].points;
        let mut weights = vec![Vec::new(); self.n.len()];
        weights[item] = (0..points)
            .map(|point| f64::from(u8::from(categories[at] & (1 << point) != 0)))
            .collect();
        match self.solve(OptimizationDirection::Minimize, &weights) {
            Solved::Counts(counts, _) if by_category(&counts[item], categories)[at] < n - 1 => {
                Answer::Open
            }
            Solved::Counts(_, true) => Answer::Alike(at),
            Solved::Counts(_, false) | Solved::Impossible | Solved::Unknown => Answer::Unknown,
        }
    }

    fn solve(&self, direction: OptimizationDirection, weights: &[Vec<f64>]) -> Solved {
        let mut problem = Problem::new(direction);
        let left: Vec<Vec<Variable>> = self
            .whole
            .shapes
            .iter()
            .zip(weights)
            .zip(&self.n)
            .map(|((shape, weights), n)| counts(&mut problem, shape, weights, *n))
            .collect();
        let mut groups = vec![&left[..]];
        let inside: Vec<Vec<Vec<Variable>>> = self
            .inside
            .iter()
            .map(|unit| {
                let shapes = unit.shapes.iter();
                shapes
                    .map(|shape| counts(&mut problem, shape, &[], shape.n))
                    .collect()
            })
            .collect();
        for (unit, variables) in self.inside.iter().zip(&inside) {
            constrain(&mut problem, unit, &[variables]);
        }
        groups.extend(inside.iter().map(Vec::as_slice));
        constrain(&mut problem, self.whole, &groups);
        solved(&problem, &left)
    }
}

/// One variable a point.
fn counts(problem: &mut Problem, shape: &Shape, weights: &[f64], n: i64) -> Vec<Variable> {
    let most = i32::try_from(n.max(0)).unwrap_or(i32::MAX);
    let weight = |point| weights.get(point).copied().unwrap_or(0.0);
    (0..shape.points)
        .map(|point| problem.add_integer_var(weight(point), (0, most)))
        .collect()
}

/// What a unit's numbers say of the sum of some groups' counts.
fn constrain(problem: &mut Problem, unit: &Known, groups: &[&[Vec<Variable>]]) {
    for (item, shape) in unit.shapes.iter().enumerate() {
        let whole = [(0..shape.points).collect::<Vec<usize>>()];
        let parts = shape.parts.iter().map(|(set, fewest, most)| {
            let points = (0..shape.points).filter(|point| set & (1 << point) != 0);
            (points.collect::<Vec<usize>>(), real(*fewest), real(*most))
        });
        let total = whole.map(|points| (points, real(shape.n), real(shape.n)));
        for (points, fewest, most) in parts.chain(total) {
            let chosen = groups
                .iter()
                .flat_map(|group| points.iter().map(|p| group[item][*p]));
            between(problem, chosen.map(|count| (count, 1.0)), (fewest, most));
        }
    }
    for sum in &unit.sums {
        for (power, bounds) in [(1, sum.answers), (2, sum.squares)] {
            let terms = groups.iter().flat_map(|group| {
                sum.items.iter().flat_map(|item| {
                    let points = group[*item].iter().enumerate();
                    points.map(|(point, count)| (*count, raised(point, power)))
                })
            });
            between(problem, terms, bounds);
        }
    }
}

fn raised(point: usize, power: u32) -> f64 {
    f64::from(u32::try_from(point.pow(power)).unwrap_or(u32::MAX))
}

fn between(
    problem: &mut Problem,
    terms: impl Iterator<Item = (Variable, f64)>,
    (fewest, most): (f64, f64),
) {
    let mut expression = LinearExpr::empty();
    let mut is_empty = true;
    for (variable, factor) in terms.filter(|(_, factor)| *factor != 0.0) {
        expression.add(variable, factor);
        is_empty = false;
    }
    if is_empty {
        return;
    }
    if fewest.to_bits() == most.to_bits() {
        problem.add_constraint(expression, ComparisonOp::Eq, fewest);
        return;
    }
    if fewest > 0.0 {
        problem.add_constraint(expression.clone(), ComparisonOp::Ge, fewest);
    }
    if most.is_finite() {
        problem.add_constraint(expression, ComparisonOp::Le, most);
    }
}

fn solved(problem: &Problem, left: &[Vec<Variable>]) -> Solved {
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    match problem.solve_with(options) {
        Ok(SolveOutcome::Solution(solution)) => {
            let value = |variable: &Variable| whole(solution.var_value(*variable));
            let counts = left.iter().map(|item| item.iter().map(value).collect());
            let is_proved = solution.status() == SolutionStatus::Optimal;
            Solved::Counts(counts.collect(), is_proved)
        }
        Err(microlp::Error::Infeasible) => Solved::Impossible,
        Ok(SolveOutcome::Interrupted(_)) | Err(_) => Solved::Unknown,
    }
}

fn by_category(counts: &[i64], categories: &[usize]) -> Vec<i64> {
    let sum = |set: &usize| super::histogram::sum_over(counts, *set);
    categories.iter().map(sum).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "counts of people, rounded as the solver asks for"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// Counts of people are far below 2³¹.
fn real(count: i64) -> f64 {
    f64::from(i32::try_from(count).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::full::histogram::{single_points, sum_over};
    use proptest::prelude::*;

    const POINTS: usize = 3;

    /// One unit's answers to one item of three points, published as bounds on the sum of answers
    /// and, where `exact` says so, on the first point.
    fn known(counts: &[i64], width: i64, exact: bool) -> Known {
        let n: i64 = counts.iter().sum();
        let parts = if exact {
            vec![(1, counts[0], counts[0]), (6, n - counts[0], n - counts[0])]
        } else {
            vec![(7, n, n)]
        };
        let sum = counts[1] + 2 * counts[2];
        Known {
            shapes: vec![Shape {
                n,
                points: POINTS,
                parts,
            }],
            sums: vec![Sum {
                items: vec![0],
                answers: (real(sum - width), real(sum + width)),
                squares: (0.0, f64::INFINITY),
            }],
        }
    }

    /// All counts of `n` that a unit's numbers allow.
    fn all(known: &Known) -> Vec<Vec<i64>> {
        let n = known.shapes[0].n;
        let counts =
            (0..=n).flat_map(|low| (0..=n - low).map(move |mid| vec![low, mid, n - low - mid]));
        counts
            .filter(|counts| {
                let sum = real(counts[1] + 2 * counts[2]);
                let (fewest, most) = known.sums[0].answers;
                let mut parts = known.shapes[0].parts.iter();
                fewest <= sum
                    && sum <= most
                    && parts
                        .all(|(set, low, high)| (*low..=*high).contains(&sum_over(counts, *set)))
            })
            .collect()
    }

    /// What trying every pair of counts finds.
    fn tried(whole: &Known, inside: &Known) -> Answer {
        let mut left: Vec<Vec<i64>> = Vec::new();
        for outer in all(whole) {
            for inner in all(inside) {
                let counts: Vec<i64> = outer.iter().zip(&inner).map(|(a, b)| a - b).collect();
                if counts.iter().all(|count| *count >= 0) && !left.contains(&counts) {
                    left.push(counts);
                }
            }
        }
        let n = whole.shapes[0].n - inside.shapes[0].n;
        let alike = (0..POINTS).find(|point| left.iter().all(|counts| counts[*point] >= n - 1));
        match (left.len(), alike) {
            (0, _) => Answer::Impossible,
            (1, _) => Answer::One,
            (_, Some(point)) => Answer::Alike(point),
            (_, None) => Answer::Open,
        }
    }

    proptest! {
        #[test]
        fn programs_find_what_trying_everything_finds(
            inner in proptest::collection::vec(0_i64..5, POINTS),
            left in proptest::collection::vec(0_i64..5, POINTS),
            widths in (0_i64..3, 0_i64..3),
            exact in any::<[bool; 2]>(),
        ) {
            // Two at least: of one person, all but one are nobody.
            prop_assume!(left.iter().sum::<i64>() > 2);
            let outer: Vec<i64> = inner.iter().zip(&left).map(|(a, b)| a + b).collect();
            let whole = known(&outer, widths.0, exact[0]);
            let inside = known(&inner, widths.1, exact[1]);
            let question = Question {
                open: Some(single_points(POINTS)),
                alike: single_points(POINTS),
            };
            let found = answers(&whole, std::slice::from_ref(&inside), &[question]);
            prop_assert_eq!(&found[..], &[tried(&whole, &inside)]);
        }
    }
}

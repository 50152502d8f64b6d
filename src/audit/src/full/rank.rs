//! Exact linear algebra on published numbers: which groups of people they add and subtract to.
//!
//! A published number is a row of zeros and ones over *atoms*, the smallest groups that the files
//! could tell apart. A group S is laid open when its own row of zeros and ones is a combination of
//! published rows: then the same combination of the published numbers is the number of S. This is
//! the criterion of Langsrud's Gaussian suppression (2024, doi 10.1007/978-3-031-69651-0_6), used
//! the other way round, to audit.
//!
//! Rows are eliminated in the integers modulo the prime 2⁶¹ − 1 and not in floating point, where a
//! small remainder could be rounding. For the units of one tree, and for two snapshots of it, every
//! minor of the matrix is 0 or ±1 (both are laminar families), so the answer is the one of the
//! rational numbers. Elsewhere a wrong answer needs a minor that the prime divides.

use std::collections::{BTreeMap, BTreeSet};

/// A published number.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Whom it counts.
    pub atoms: Vec<usize>,
    /// How many it counts.
    pub n: i64,
}

/// A group that the numbers give away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Who is in it.
    pub atoms: Vec<usize>,
    /// How many: negative where the numbers contradict each other.
    pub n: i64,
    /// Which rows are added and subtracted, by place, and how often.
    pub terms: Vec<(i64, usize)>,
    /// What the sum of the terms is divided by.
    pub over: i64,
}

/// What a search found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Groups that are too small, none inside another.
    pub groups: Vec<Group>,
    /// Combinations that count nobody and still do not give 0: numbers that contradict each other.
    pub contradictions: Vec<Group>,
    /// Number of rows that do not follow from others.
    pub rank: usize,
    /// Whether every group there is was tried.
    pub is_complete: bool,
}

/// Up to this many independent rows that hang together, all their sums are tried (2¹⁴ of them).
const TRY_ALL: usize = 14;

/// The groups of fewer than `fewest`, but not of nobody, that `rows` over `atoms` atoms give away.
/// Where too many rows hang together to try all sums, `candidates` are tried.
pub(super) fn small_groups(
    rows: &[Row],
    atoms: usize,
    fewest: i64,
    candidates: impl FnOnce() -> Vec<Vec<usize>>,
) -> Outcome {
    let basis = Basis::of(rows, atoms);
    let mut found = Vec::new();
    let mut is_complete = true;
    for part in basis.parts() {
        if part.len() <= TRY_ALL {
            found.extend(basis.all_sums(&part));
        } else {
            is_complete = false;
        }
    }
    if !is_complete {
        found.extend(
            candidates()
                .iter()
                .filter_map(|group| basis.sum_that_is(group)),
        );
    }
    let of_nobody = basis.relations.iter();
    let contradictions = of_nobody
        .map(|relation| basis.group(relation, rows))
        .filter(|group| group.n != 0)
        .collect();
    let groups = found
        .into_iter()
        .map(|sum| basis.group(&basis.sum(&sum), rows))
        .filter(|group| group.n != 0 && group.n < fewest)
        .collect();
    Outcome {
        groups: smallest(groups),
        contradictions,
        rank: basis.rows.len(),
        is_complete,
    }
}

/// The groups that hold no other one, each once.
fn smallest(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by(|a, b| (a.atoms.len(), &a.atoms).cmp(&(b.atoms.len(), &b.atoms)));
    let mut kept: Vec<Group> = Vec::new();
    for group in groups {
        let all: BTreeSet<usize> = group.atoms.iter().copied().collect();
        let holds = |other: &Group| other.atoms.iter().all(|atom| all.contains(atom));
        if !kept.iter().any(holds) {
            kept.push(group);
        }
    }
    kept
}

/// A sparse row in the field: the atoms, then from `atoms` on the rows that it is a sum of.
type Vector = BTreeMap<usize, u64>;

/// Independent rows, reduced: each has one and the others nothing at its pivot.
struct Basis {
    atoms: usize,
    rows: BTreeMap<usize, Vector>,
    /// Combinations of rows in which nobody is left.
    relations: Vec<Vector>,
}

impl Basis {
    fn of(rows: &[Row], atoms: usize) -> Self {
        let mut basis = Self {
            atoms,
            rows: BTreeMap::new(),
            relations: Vec::new(),
        };
        let mut order: Vec<usize> = (0..rows.len()).collect();
        // Small groups first: what is above them is then reduced in a few steps.
        order.sort_by_key(|row| rows[*row].atoms.len());
        for row in order {
            let mut vector: Vector = rows[row].atoms.iter().map(|atom| (*atom, 1)).collect();
            vector.insert(atoms + row, 1);
            basis.add(vector);
        }
        basis
    }

    fn add(&mut self, mut vector: Vector) {
        let known: Vec<(usize, u64)> = vector
            .iter()
            .filter(|(column, _)| self.rows.contains_key(column))
            .map(|(column, value)| (*column, *value))
            .collect();
        for (pivot, factor) in known {
            subtract(&mut vector, factor, &self.rows[&pivot]);
        }
        let Some((&pivot, &lead)) = vector.range(..self.atoms).next() else {
            self.relations.push(vector);
            return;
        };
        let scale = field::inverse(lead);
        for value in vector.values_mut() {
            *value = field::times(*value, scale);
        }
        for other in self.rows.values_mut() {
            if let Some(&factor) = other.get(&pivot) {
                subtract(other, factor, &vector);
            }
        }
        self.rows.insert(pivot, vector);
    }

    /// The pivots in parts that share no atom. A group is laid open when its part in each of them
    /// is, so the smallest groups lie in one.
    fn parts(&self) -> Vec<Vec<usize>> {
        let mut parts: Vec<(BTreeSet<usize>, Vec<usize>)> = Vec::new();
        for (&pivot, row) in &self.rows {
            let mut atoms: BTreeSet<usize> = row.range(..self.atoms).map(|(at, _)| *at).collect();
            let mut pivots = vec![pivot];
            parts.retain_mut(|(others, theirs)| {
                let is_apart = atoms.is_disjoint(others);
                if !is_apart {
                    atoms.append(others);
                    pivots.append(theirs);
                }
                is_apart
            });
            parts.push((atoms, pivots));
        }
        parts.into_iter().map(|(_, pivots)| pivots).collect()
    }

    /// Every sum of rows of a part that is a group. No other combination is: a group has one or
    /// nothing at each pivot.
    fn all_sums(&self, part: &[usize]) -> Vec<Vec<usize>> {
        let columns = self.columns(part);
        (1..1_usize << part.len())
            .filter(|mask| {
                columns.iter().all(|column| {
                    let chosen = column
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| mask & (1 << at) != 0);
                    chosen.fold(0, |sum, (_, value)| field::plus(sum, *value)) <= 1
                })
            })
            .map(|mask| {
                let chosen = part.iter().enumerate();
                chosen
                    .filter(|(at, _)| mask & (1 << at) != 0)
                    .map(|(_, pivot)| *pivot)
                    .collect()
            })
            .collect()
    }

    /// The columns of a part, each kind once: atoms with the same column cannot be told apart.
    fn columns(&self, part: &[usize]) -> BTreeSet<Vec<u64>> {
        let rows: Vec<&Vector> = part.iter().map(|pivot| &self.rows[pivot]).collect();
        let atoms: BTreeSet<usize> = rows
            .iter()
            .flat_map(|row| row.range(..self.atoms).map(|(at, _)| *at))
            .collect();
        let column = |atom: &usize| {
            rows.iter()
                .map(|row| row.get(atom).copied().unwrap_or(0))
                .collect()
        };
        atoms.iter().map(column).collect()
    }

    /// The pivots whose rows add up to `group`, if it is laid open.
    fn sum_that_is(&self, group: &[usize]) -> Option<Vec<usize>> {
        let pivots: Vec<usize> = group
            .iter()
            .copied()
            .filter(|atom| self.rows.contains_key(atom))
            .collect();
        let sum = self.sum(&pivots);
        let atoms: Vec<usize> = sum.range(..self.atoms).map(|(at, _)| *at).collect();
        let is_group = sum.range(..self.atoms).all(|(_, value)| *value == 1);
        (is_group && !atoms.is_empty() && atoms == group).then_some(pivots)
    }

    fn sum(&self, pivots: &[usize]) -> Vector {
        let mut sum = Vector::new();
        for pivot in pivots {
            subtract(&mut sum, field::MINUS_ONE, &self.rows[pivot]);
        }
        sum
    }

    fn group(&self, sum: &Vector, rows: &[Row]) -> Group {
        let factors = sum.range(self.atoms..);
        let over = field::denominator(factors.clone().map(|(_, value)| *value));
        let terms: Vec<(i64, usize)> = factors
            .map(|(at, value)| {
                let times = field::signed(field::times(*value, field::of(over)));
                (times, at - self.atoms)
            })
            .collect();
        let n = sum.range(self.atoms..).fold(0, |total, (at, value)| {
            let n = field::of(rows[at - self.atoms].n);
            field::plus(total, field::times(*value, n))
        });
        Group {
            atoms: sum.range(..self.atoms).map(|(at, _)| *at).collect(),
            n: field::signed(n),
            terms,
            over,
        }
    }
}

/// Takes `factor` times `row` from `from`; what becomes nothing leaves.
fn subtract(from: &mut Vector, factor: u64, row: &Vector) {
    let minus = field::minus(factor);
    for (column, value) in row {
        let entry = from.entry(*column).or_insert(0);
        *entry = field::plus(*entry, field::times(minus, *value));
        if *entry == 0 {
            from.remove(column);
        }
    }
}

/// The integers modulo the Mersenne prime 2⁶¹ − 1.
mod field {
    const P: u64 = (1 << 61) - 1;
    /// −1.
    pub(super) const MINUS_ONE: u64 = P - 1;

    pub(super) fn plus(a: u64, b: u64) -> u64 {
        (a + b) % P
    }

    pub(super) fn minus(a: u64) -> u64 {
        (P - a) % P
    }

    pub(super) fn times(a: u64, b: u64) -> u64 {
        let product = u128::from(a) * u128::from(b) % u128::from(P);
        u64::try_from(product).expect("a remainder of a 61-bit prime fits")
    }

    /// By Fermat's little theorem.
    pub(super) fn inverse(a: u64) -> u64 {
        let (mut power, mut result, mut left) = (a, 1, P - 2);
        while left > 0 {
            if left % 2 == 1 {
                result = times(result, power);
            }
            power = times(power, power);
            left /= 2;
        }
        result
    }

    pub(super) fn of(n: i64) -> u64 {
        let size = n.unsigned_abs() % P;
        if n < 0 { minus(size) } else { size }
    }

    /// The smallest denominator that makes all the fractions whole numbers; 1 where none is small.
    pub(super) fn denominator(values: impl Iterator<Item = u64> + Clone) -> i64 {
        let is_whole = |over: i64| {
            let mut all = values.clone();
            all.all(|value| signed(times(value, of(over))).abs() < 1_000)
        };
        (1..60).find(|over| is_whole(*over)).unwrap_or(1)
    }

    /// The integer of least size, which it is unless it is huge.
    pub(super) fn signed(a: u64) -> i64 {
        let size = |n: u64| i64::try_from(n).expect("61 bits fit");
        if a > P / 2 { -size(P - a) } else { size(a) }
    }
}

#[cfg(test)]
mod tests {
    use super::field::{MINUS_ONE, inverse, of, plus, signed, times};
    use super::*;

    fn row(n: i64, atoms: &[usize]) -> Row {
        let atoms = atoms.to_vec();
        Row { atoms, n }
    }

    fn groups(rows: &[Row], atoms: usize) -> Vec<(Vec<usize>, i64)> {
        let found = small_groups(rows, atoms, 5, Vec::new).groups;
        found
            .into_iter()
            .map(|group| (group.atoms, group.n))
            .collect()
    }

    #[test]
    fn the_field_is_one() {
        for a in [1, 2, 3, 1 << 60, MINUS_ONE] {
            assert_eq!(times(a, inverse(a)), 1);
        }
        assert_eq!(signed(plus(of(-7), of(3))), -4);
    }

    #[test]
    fn a_difference_is_a_group_and_its_combination_is_told() {
        let rows = [row(20, &[0, 1, 2]), row(9, &[0]), row(8, &[1])];
        let found = small_groups(&rows, 3, 5, Vec::new).groups;
        assert_eq!((found[0].atoms.clone(), found[0].n), (vec![2], 3));
        assert_eq!(found[0].terms, [(1, 0), (-1, 1), (-1, 2)]);
        assert_eq!(found.len(), 1);
    }

    /// Three overlapping pairs give each atom away by halves: only the field sees it.
    #[test]
    fn fractions_are_found_too() {
        let pairs = [row(10, &[0, 1]), row(9, &[1, 2]), row(7, &[0, 2])];
        assert_eq!(groups(&pairs, 3), [(vec![0], 4), (vec![2], 3)]);
        let found = &small_groups(&pairs, 3, 5, Vec::new).groups[0];
        assert_eq!(
            (&found.terms[..], found.over),
            (&[(1, 0), (-1, 1), (1, 2)][..], 2)
        );
    }
}

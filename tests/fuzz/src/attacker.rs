//! Someone who has the release file, knows the rules, and can solve equations.
//!
//! Nothing here calls the code that suppressed. What is shown is read from the release; which groups of
//! leaves follow from it is decided by elimination modulo a prime; how many are in a group is looked up
//! in the truth.

use super::world::World;
use release::{IndexValue, ItemDetail, Release, UnitResult};
use survey::{Answer, Kind};

/// 2³¹ − 1: sums of products of two residues fit 64 bits.
const PRIME: u64 = 2_147_483_647;
/// Up to so many leaves every group is tried; their number doubles with each.
const MOST_LEAVES: usize = if cfg!(debug_assertions) { 9 } else { 14 };

/// One published kind of number: which units show it, on how many it rests in each leaf, and the
/// fewest it may rest on.
struct Measure {
    name: String,
    shown: Vec<bool>,
    n: Vec<usize>,
    /// Answers to anything: what has none to this number is still somebody, if it has these.
    responses: Vec<usize>,
    fewest: usize,
}

/// Objects with a panic if a small group, or one answer sheet too many, follows from the release.
pub fn attack(world: &World, release: &Release) {
    let leaves: Vec<usize> = (0..world.rows.len())
        .filter(|unit| world.tree.is_leaf(*unit))
        .collect();
    let protected = protected(world);
    for measure in measures(world, release) {
        for group in derivable(world, &leaves, &measure.shown) {
            check_group(world, &measure, &group, &protected);
        }
    }
    for scale in 0..release.instrument.scales.len() {
        super::room::leaves_room(world, release, scale);
    }
}

fn check_group(world: &World, measure: &Measure, group: &[usize], protected: &[bool]) {
    let sum = |of: &[usize]| group.iter().map(|leaf| of[*leaf]).sum::<usize>();
    let others = group.iter().filter(|leaf| !protected[**leaf]);
    let others: usize = others.map(|leaf| measure.n[*leaf]).sum();
    let (n, responses) = (sum(&measure.n), sum(&measure.responses));
    let ids = || -> Vec<_> { group.iter().map(|l| &world.tree.units()[*l].id).collect() };
    let fewest = measure.fewest;
    let is_silent = n == 0 && responses == 0;
    assert!(
        is_silent || n >= fewest,
        "{}: {n} in {:?}",
        measure.name,
        ids()
    );
    assert!(
        is_silent || others >= fewest,
        "{}: {others} beside hidden ones in {:?}",
        measure.name,
        ids()
    );
    if is_silent && measure.name == "responses" {
        // "Nobody answered" is said of known groups that are large enough.
        let staff = |leaf: &usize| world.tree.units()[*leaf].headcount;
        let all: u32 = group.iter().map(|leaf| staff(leaf).unwrap_or(0)).sum();
        let known = group.iter().all(|leaf| staff(leaf).is_some());
        let asked = group
            .iter()
            .all(|leaf| staff(leaf) == Some(0) || !protected[*leaf]);
        let enough = all == 0 || all >= world.threshold.answers();
        assert!(known && enough && asked, "silence of {:?}", ids());
    }
}

/// Leaves that asked to stay hidden, stand below one that did, or have fewer staff than the threshold.
fn protected(world: &World) -> Vec<bool> {
    let headcounts = world.tree.headcounts();
    let asks = |unit: usize| {
        let few = headcounts[unit].is_some_and(|n| n < u64::from(world.threshold.answers()));
        few || world.hidden.contains(&world.tree.units()[unit].id)
    };
    let up = |unit: usize| std::iter::successors(Some(unit), |unit| world.tree.parent(*unit));
    (0..world.rows.len())
        .map(|unit| up(unit).any(asks))
        .collect()
}

fn measures(world: &World, release: &Release) -> Vec<Measure> {
    let survey = world.edition.survey();
    let k = usize::try_from(world.threshold.answers()).expect("small");
    let responses: Vec<usize> = world.rows.iter().map(Vec::len).collect();
    let staff = |unit: usize| world.tree.units()[unit].headcount.unwrap_or(0);
    let staff: Vec<usize> = (0..world.rows.len())
        .map(|unit| usize::try_from(staff(unit)).expect("small"))
        .collect();
    let mut measures = Vec::new();
    let mut add =
        |name: String, n: &[usize], fewest: usize, is_shown: &dyn Fn(&UnitResult) -> bool| {
            let of = |unit: usize| {
                release
                    .unit(&world.tree.units()[unit].id)
                    .expect("every unit")
            };
            measures.push(Measure {
                name,
                shown: (0..n.len()).map(|unit| is_shown(of(unit))).collect(),
                n: n.to_vec(),
                responses: if fewest == 0 {
                    n.to_vec()
                } else {
                    responses.clone()
                },
                fewest: fewest.max(k),
            });
        };
    add("responses".to_owned(), &responses, k, &|u| {
        u.responses.shown().is_some()
    });
    add("headcount".to_owned(), &staff, 0, &|u| {
        u.responses
            .shown()
            .is_some_and(|r| r.participation.shown().is_some())
    });
    for (idx, scale) in survey.scales.iter().enumerate() {
        let n: Vec<usize> = (0..world.rows.len())
            .map(|u| scored(world, idx, u))
            .collect();
        let value = |u: &UnitResult| u.scales[&scale.id].shown().cloned();
        add(scale.id.clone(), &n, k, &|u| value(u).is_some());
        let interval = |u: &UnitResult| value(u).is_some_and(|v| v.interval.is_some());
        add(format!("{} interval", scale.id), &n, 10, &interval);
        let sd = |u: &UnitResult| value(u).is_some_and(|v| v.sd.is_some());
        add(format!("{} sd", scale.id), &n, 20, &sd);
    }
    for (idx, item) in survey.items.iter().enumerate() {
        let is_point = |row: &&Vec<Answer>| matches!(row[idx], Answer::Point(_));
        let count = |rows: &Vec<Vec<Answer>>| rows.iter().filter(is_point).count();
        let n: Vec<usize> = world.rows.iter().map(count).collect();
        let value = |u: &UnitResult| u.items[&item.id].shown().map(|v| v.detail.clone());
        add(item.id.clone(), &n, 10, &|u| value(u).is_some());
        let fewest = if survey.points(idx) > 5 { 50 } else { 20 };
        add(format!("{} points", item.id), &n, fewest, &|u| {
            matches!(value(u), Some(ItemDetail::Points { .. }))
        });
    }
    measures
}

/// People of a leaf with a score.
fn scored(world: &World, scale: usize, unit: usize) -> usize {
    let survey = world.edition.survey();
    let definition = &survey.scales[scale];
    let answered = |row: &Vec<Answer>| {
        let points = survey.scale_items(definition);
        points
            .filter(|item| matches!(row[*item], Answer::Point(_)))
            .count()
    };
    let rows = world.rows[unit].iter();
    rows.filter(|row| answered(row) >= definition.min_answered)
        .count()
}

/// The groups of leaves whose total follows from the totals of the shown units: of few leaves all
/// of them, else every unit, every unit without shown units below, and every single leaf.
fn derivable(world: &World, leaves: &[usize], shown: &[bool]) -> Vec<Vec<usize>> {
    let is_below = |leaf: usize, unit: usize| {
        std::iter::successors(Some(leaf), |at| world.tree.parent(*at)).any(|at| at == unit)
    };
    let row = |unit: usize| -> Vec<u64> {
        leaves
            .iter()
            .map(|leaf| u64::from(is_below(*leaf, unit)))
            .collect()
    };
    let rows: Vec<Vec<u64>> = (0..shown.len()).filter(|u| shown[*u]).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let blind = null_space(rows.clone(), leaves.len());
    let members = |bits: &[u64]| -> Vec<usize> {
        let both = leaves.iter().zip(bits);
        both.filter(|(_, bit)| **bit == 1)
            .map(|(leaf, _)| *leaf)
            .collect()
    };
    if leaves.len() <= MOST_LEAVES {
        return all_groups(&blind, leaves.len())
            .into_iter()
            .map(|group| {
                let bits: Vec<u64> = (0..leaves.len()).map(|leaf| group >> leaf & 1).collect();
                members(&bits)
            })
            .collect();
    }
    let mut candidates: Vec<Vec<u64>> = (0..shown.len()).map(row).collect();
    for whole in &rows {
        let mut rest = whole.clone();
        for part in rows
            .iter()
            .filter(|part| *part != whole && is_part(part, whole))
        {
            rest.iter_mut()
                .zip(part)
                .for_each(|(rest, part)| *rest &= 1 - part);
        }
        candidates.push(rest);
    }
    candidates.extend((0..leaves.len()).map(|one| {
        (0..leaves.len())
            .map(|leaf| u64::from(leaf == one))
            .collect()
    }));
    candidates.retain(|bits| bits.contains(&1) && blind.iter().all(|v| dot(bits, v) == 0));
    candidates.iter().map(|bits| members(bits)).collect()
}

fn is_part(part: &[u64], whole: &[u64]) -> bool {
    part.iter().zip(whole).all(|(part, whole)| part <= whole)
}

fn dot(a: &[u64], b: &[u64]) -> u64 {
    a.iter().zip(b).fold(0, |sum, (a, b)| (sum + a * b) % PRIME)
}

/// Every nonempty group that stands at right angles to the null space, one leaf in or out at a time.
fn all_groups(blind: &[Vec<u64>], n_leaves: usize) -> Vec<u64> {
    let mut dots = vec![0_u64; blind.len()];
    let (mut group, mut found) = (0_u64, Vec::new());
    for step in 1_u64..1 << n_leaves {
        let leaf = step.trailing_zeros() as usize;
        group ^= 1 << leaf;
        let goes_in = group >> leaf & 1 == 1;
        for (dot, vector) in dots.iter_mut().zip(blind) {
            let change = if goes_in {
                vector[leaf]
            } else {
                PRIME - vector[leaf]
            };
            *dot = (*dot + change) % PRIME;
        }
        if dots.iter().all(|dot| *dot == 0) {
            found.push(group);
        }
    }
    found
}

/// A basis of what no combination of the rows can see, by elimination modulo the prime.
fn null_space(mut rows: Vec<Vec<u64>>, width: usize) -> Vec<Vec<u64>> {
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..width {
        let rank = pivots.len();
        let Some(at) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else {
            continue;
        };
        rows.swap(rank, at);
        let inverse = power(rows[rank][column], PRIME - 2);
        rows[rank]
            .iter_mut()
            .for_each(|x| *x = *x * inverse % PRIME);
        let pivot = rows[rank].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != rank) {
            let times = PRIME - row[column];
            row.iter_mut()
                .zip(&pivot)
                .for_each(|(x, p)| *x = (*x + times * p) % PRIME);
        }
        pivots.push(column);
    }
    let free = (0..width).filter(|column| !pivots.contains(column));
    free.map(|free| {
        let mut vector = vec![0; width];
        vector[free] = 1;
        for (row, pivot) in pivots.iter().enumerate() {
            vector[*pivot] = (PRIME - rows[row][free]) % PRIME;
        }
        vector
    })
    .collect()
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

/// Whether everything that hangs together is shown together.
pub fn together(release: &Release) {
    for unit in &release.units {
        for scale in release
            .instrument
            .scales
            .iter()
            .filter(|_| unit.responses.shown().is_none())
        {
            assert!(
                unit.scales[&scale.id].shown().is_none(),
                "{} without responses",
                unit.id
            );
        }
        let shows = |id: &str| unit.scales[id].shown().is_some();
        assert_eq!(shows("AB"), shows("BC"), "{}: they share an item", unit.id);
        for composite in release
            .instrument
            .scales
            .iter()
            .filter(|s| !s.parts.is_empty())
        {
            let all = composite.parts.iter().all(|part| shows(part));
            assert!(
                all || !shows(&composite.id),
                "{}: {}",
                unit.id,
                composite.id
            );
        }
        for (item, value) in &unit.items {
            let Some(value) = value.shown() else { continue };
            assert!(value.n >= 10, "{}: {item} under ten answers", unit.id);
        }
        for value in unit.scales.values().filter_map(|value| value.shown()) {
            let coded = matches!(value.index, IndexValue::AtLeast90 | IndexValue::AtMost10);
            let end = matches!(value.index, IndexValue::Points(p) if !(10..=90).contains(&p));
            assert!(
                if value.n < 20 { !end } else { !coded },
                "{}: ends",
                unit.id
            );
        }
    }
}

/// Whether a scale of the survey is a composite.
pub fn is_composite(world: &World, scale: usize) -> bool {
    world.edition.survey().scales[scale].kind == Kind::Composite
}

//! How much more is shown by solving once, on the smallest number in each leaf, than by solving every
//! number by itself and showing what all agree on. Both are safe; the numbers are quoted in README.md.

use disclosure::pattern::{Question, best};
use std::collections::{BTreeMap, BTreeSet};
use tally::{Unit, UnitTree};

/// Answers to each item in each unit and wave of the synthetic municipality.
const TALLIES: &str = include_str!("../../../tests/data/fjordby_item_tallies.csv");

/// The numbers that are shown together, by leaf.
type Numbers = Vec<Vec<u64>>;

fn solve(
    tree: &UnitTree,
    of_leaf: impl Fn(usize) -> u64,
    present: &[bool],
    fewest: u64,
) -> Vec<bool> {
    let n = tree.sums(of_leaf);
    best(&Question {
        tree,
        n: &n,
        present,
        fewest,
        hidden: &vec![false; n.len()],
        allowed: &vec![true; n.len()],
        before: &vec![false; n.len()],
    })
}

/// Units that are shown by solving once, and by intersecting.
fn compare(tree: &UnitTree, numbers: &Numbers, fewest: u64) -> [usize; 2] {
    let all = |leaf: usize| numbers.iter().map(|n| n[leaf]).max().unwrap_or(0);
    let present: Vec<bool> = tree.sums(all).iter().map(|n| *n > 0).collect();
    let least = |leaf: usize| numbers.iter().map(|n| n[leaf]).min().unwrap_or(0);
    let once = solve(tree, least, &present, fewest);
    let each = numbers
        .iter()
        .map(|n| solve(tree, |leaf| n[leaf], &present, fewest));
    let common = each.reduce(|a, b| a.iter().zip(&b).map(|(a, b)| *a && *b).collect());
    let count = |shown: &[bool]| shown.iter().filter(|shown| **shown).count();
    [count(&once), common.map_or(0, |shown| count(&shown))]
}

fn tree(parents: &[(String, Option<String>)]) -> UnitTree {
    let unit = |(id, parent): &(String, Option<String>)| Unit {
        id: id.clone(),
        name: id.clone(),
        parent: parent.clone(),
        headcount: None,
    };
    UnitTree::new(parents.iter().map(unit).collect()).expect("a tree")
}

/// Answers of one wave: by item, by unit.
fn waves() -> BTreeMap<&'static str, BTreeMap<&'static str, BTreeMap<&'static str, u64>>> {
    let mut waves: BTreeMap<_, BTreeMap<_, BTreeMap<_, u64>>> = BTreeMap::new();
    for line in TALLIES.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let n = cells[3..8]
            .iter()
            .map(|cell| cell.parse::<u64>().expect("a count"));
        let wave = waves.entry(cells[0]).or_default();
        wave.entry(cells[2]).or_default().insert(cells[1], n.sum());
    }
    waves
}

#[test]
fn fjordby() {
    let mut sums = [[0, 0]; 3];
    for items in waves().values() {
        let leaves: BTreeSet<&str> = items.values().flat_map(BTreeMap::keys).copied().collect();
        let mut units = vec![("KOMMUNE".to_owned(), None)];
        let directorates: BTreeSet<&str> = leaves.iter().map(|leaf| &leaf[..2]).collect();
        units.extend(
            directorates
                .iter()
                .map(|d| ((*d).to_owned(), Some("KOMMUNE".to_owned()))),
        );
        units.extend(
            leaves
                .iter()
                .map(|l| ((*l).to_owned(), Some(l[..2].to_owned()))),
        );
        let tree = tree(&units);
        let of_item = |n: &BTreeMap<&str, u64>| -> Vec<u64> {
            let of = |(id, _): &(String, _)| n.get(id.as_str()).copied().unwrap_or(0);
            units.iter().map(of).collect()
        };
        let numbers: Numbers = items.values().map(of_item).collect();
        for (sum, fewest) in sums.iter_mut().zip([5, 10, 20]) {
            let [once, common] = compare(&tree, &numbers, fewest);
            *sum = [sum[0] + once, sum[1] + common];
        }
    }
    // At 5, 10 and 20 answers, of 46 units in each of eight waves: next to nothing, since few units are
    // near a threshold; at 20 even two fewer.
    assert_eq!(sums, [[316, 315], [304, 300], [281, 283]]);
}

/// Trees of two levels with teams of 3 to 22 answers, of which each of 24 items loses up to three.
#[test]
fn random_trees() {
    let mut seed = 2013_u32;
    let mut below = |end: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % end
    };
    let mut sums = [0, 0];
    for _ in 0..200 {
        let mut units = vec![("K".to_owned(), None)];
        for directorate in 0..4 {
            units.push((format!("D{directorate}"), Some("K".to_owned())));
        }
        for team in 0..32 {
            units.push((format!("T{team}"), Some(format!("D{}", below(4)))));
        }
        let tree = tree(&units);
        let size: Vec<u32> = units.iter().map(|_| 3 + below(20)).collect();
        let numbers: Numbers = (0..24)
            .map(|_| size.iter().map(|n| u64::from(n - below(4))).collect())
            .collect();
        let [once, common] = compare(&tree, &numbers, 5);
        sums = [sums[0] + once, sums[1] + common];
    }
    assert_eq!(sums, [5392, 4982], "8 % more of what is");
}

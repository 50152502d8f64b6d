//! Linear algebra over files: snapshots of one wave, and random trees against trying every group.

mod common;

use audit::{Code, Report, audit};
use common::{Unit, release, release_of};
use proptest::prelude::*;

fn small_groups(report: &Report) -> Vec<String> {
    let objections = report.objections.iter();
    objections
        .filter(|finding| finding.code == Code::SmallGroup)
        .map(ToString::to_string)
        .collect()
}

/// Two files of one wave, each `id<parent:responses`, and what can be worked out.
fn check(first: &[&str], second: &[&str], expected: &[&str]) {
    for files in [[first, second], [second, first]] {
        let report = audit(&files.map(release));
        assert_eq!(small_groups(&report), expected, "{files:?}");
    }
}

#[test]
fn two_late_answers_are_two_people() {
    check(
        &["D:17", "A<D:8", "B<D:9"],
        &["D:19", "A<D:8", "B<D:11"],
        &[
            "2026H1, `B`, responses: 2 answers, fewer than 5, can be worked out, by `B` in the \
             second file minus `B` in the first file.",
        ],
    );
}

#[test]
fn six_late_answers_are_a_group() {
    check(
        &["D:17", "A<D:8", "B<D:9"],
        &["D:23", "A<D:8", "B<D:15"],
        &[],
    );
}

#[test]
fn a_team_that_was_hidden_and_is_not_any_more_is_three_people() {
    check(
        &["D:20", "A<D:", "B<D:"],
        &["D:23", "A<D:7", "B<D:16"],
        &[
            "2026H1, `A`, `B`, responses: 3 answers, fewer than 5, can be worked out, by `A` in \
             the second file plus `B` in the second file minus `D` in the first file.",
        ],
    );
}

#[test]
fn the_same_file_twice_says_nothing_more() {
    let units = ["D:17", "A<D:8", "B<D:9"];
    check(&units, &units, &[]);
}

#[test]
fn files_of_different_waves_are_never_combined() {
    let first = release(&["D:17", "A<D:8", "B<D:9"]);
    let mut second = release(&["D:19", "A<D:8", "B<D:11"]);
    second.wave.id = "2026H2".to_owned();
    assert_eq!(small_groups(&audit(&[first, second])), [""; 0]);
}

#[test]
fn files_of_one_wave_must_be_of_one_wave_file() {
    let first = release(&["D:17", "A<D:8", "B<D:9"]);
    let mut second = first.clone();
    second.wave_file = "another".to_owned();
    second.edition = "another".to_owned();
    let report = audit(&[first, second]);
    let words: Vec<&str> = report
        .objections
        .iter()
        .filter(|finding| finding.code == Code::Files)
        .map(|finding| finding.words.as_str())
        .collect();
    assert_eq!(
        words,
        [
            "two files of this wave have different editions; only one can be the wave's",
            "two files of this wave have different wave files; only one can be the wave's",
        ]
    );
}

#[test]
fn numbers_that_contradict_each_other_are_objected_to() {
    let report = audit(&[release(&["D:31", "B<D:8", "C<D:20"])]);
    let words: Vec<String> = report.objections.iter().map(ToString::to_string).collect();
    assert!(
        words.contains(
            &"2026H1, `D`, responses: 3 are left of nobody: the numbers contradict each other, by \
              `D` minus `B` minus `C`."
                .to_owned()
        ),
        "{words:#?}"
    );
}

/// A tree by parent of each unit, the first being the root; answers of each unit in two batches,
/// which count for leaves only; and whether each unit is shown in each of two files.
#[derive(Debug, Clone)]
struct Case {
    parents: Vec<usize>,
    answers: Vec<[u32; 2]>,
    shown: Vec<[bool; 2]>,
}

impl Case {
    fn leaves(&self, unit: usize) -> Vec<usize> {
        let children: Vec<usize> = (1..self.parents.len() + 1)
            .filter(|child| self.parents[child - 1] == unit)
            .collect();
        if children.is_empty() {
            vec![unit]
        } else {
            children
                .iter()
                .flat_map(|child| self.leaves(*child))
                .collect()
        }
    }

    fn n(&self, unit: usize, file: usize) -> u32 {
        let leaves = self.leaves(unit);
        leaves
            .iter()
            .flat_map(|leaf| &self.answers[*leaf][..=file])
            .sum()
    }

    fn release(&self, file: usize) -> release::Release {
        let units = (0..=self.parents.len()).map(|unit| Unit {
            id: format!("u{unit}"),
            parent: unit
                .checked_sub(1)
                .map(|at| format!("u{}", self.parents[at])),
            responses: self.shown[unit][file].then(|| self.n(unit, file)),
        });
        release_of(units.collect())
    }

    /// Whether a group of one to four people has its row among the combinations of published rows,
    /// by trying every group of leaves and batches of the first `files` files.
    fn gives_away(&self, files: usize) -> bool {
        let leaves = self.leaves(0);
        let atoms: Vec<(usize, usize)> = (0..files)
            .flat_map(|batch| leaves.iter().map(move |leaf| (*leaf, batch)))
            .collect();
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for file in 0..files {
            for unit in (0..=self.parents.len()).filter(|unit| self.shown[*unit][file]) {
                let of = self.leaves(unit);
                let is_in = |(leaf, batch): &(usize, usize)| of.contains(leaf) && *batch <= file;
                rows.push(
                    atoms
                        .iter()
                        .map(|atom| f64::from(u8::from(is_in(atom))))
                        .collect(),
                );
            }
        }
        let rank_without = rank(rows.clone());
        (1_u32..1 << atoms.len()).any(|group| {
            let is_in = |at: usize| group & (1 << at) != 0;
            let chosen = atoms.iter().enumerate().filter(|(at, _)| is_in(*at));
            let n: u32 = chosen
                .map(|(_, (leaf, batch))| self.answers[*leaf][*batch])
                .sum();
            (1..5).contains(&n) && {
                let mut with = rows.clone();
                with.push(
                    (0..atoms.len())
                        .map(|at| f64::from(u8::from(is_in(at))))
                        .collect(),
                );
                rank(with) == rank_without
            }
        })
    }
}

/// The rank of a small matrix, by elimination with the largest pivot: not the way of the audit.
fn rank(mut rows: Vec<Vec<f64>>) -> usize {
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let largest = (rank..rows.len())
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        let Some(pivot) = largest.filter(|row| rows[*row][column].abs() > 1e-9) else {
            continue;
        };
        rows.swap(rank, pivot);
        let lead = rows[rank].clone();
        for row in rows.iter_mut().skip(rank + 1) {
            let factor = row[column] / lead[column];
            row.iter_mut()
                .zip(&lead)
                .for_each(|(value, lead)| *value -= factor * lead);
        }
        rank += 1;
    }
    rank
}

/// Trees of up to `units` units.
fn cases(units: usize) -> impl Strategy<Value = Case> {
    (1..units).prop_flat_map(|below| {
        let parents: Vec<_> = (0..below).map(|unit| 0..=unit).collect();
        let answers = proptest::collection::vec([0_u32..9, 0_u32..7], below + 1);
        let shown = proptest::collection::vec(any::<[bool; 2]>(), below + 1);
        (parents, answers, shown).prop_map(|(parents, answers, shown)| Case {
            parents,
            answers,
            shown,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn one_file_is_objected_to_just_when_some_group_can_be_worked_out(case in cases(12)) {
        prop_assume!(case.leaves(0).len() <= 8);
        let report = audit(&[case.release(0)]);
        prop_assert_eq!(!small_groups(&report).is_empty(), case.gives_away(1), "{}", report);
    }

    #[test]
    fn so_are_two_files_of_one_wave(case in cases(8)) {
        prop_assume!(case.leaves(0).len() <= 4);
        // The audit learns which file is the earlier one from the whole.
        let mut case = case;
        case.shown[0] = [true, true];
        let report = audit(&[case.release(0), case.release(1)]);
        prop_assert_eq!(!small_groups(&report).is_empty(), case.gives_away(2), "{}", report);
    }
}

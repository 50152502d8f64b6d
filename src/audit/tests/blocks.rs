//! Releases that give something away, and the words the audit has for it.

use release::{
    Instrument, Participation, Policy, Published, RELEASE_FORMAT, Release, Responses, UnitResult,
    Wave,
};

/// Units as `id<parent:responses`; no parent for the root, no number where it is withheld.
fn check(units: &[&str], expected: &[&str]) {
    let objections = audit::blocks(&release(units));
    let words: Vec<String> = objections.iter().map(ToString::to_string).collect();
    assert_eq!(words, expected, "{units:?}");
}

fn release(units: &[&str]) -> Release {
    Release {
        format: RELEASE_FORMAT.to_owned(),
        software: String::new(),
        wave: Wave {
            id: "2026H1".to_owned(),
            name: [].into(),
            employer: [].into(),
            opens: String::new(),
            closes: String::new(),
        },
        edition: String::new(),
        wave_file: String::new(),
        policy: Policy {
            threshold: 5,
            interval: 10,
            distribution: 20,
            verdict: 50,
        },
        instrument: Instrument {
            id: String::new(),
            title: [].into(),
            status: String::new(),
            license: String::new(),
            languages: Vec::new(),
            anchors: [].into(),
            items: Vec::new(),
            scales: Vec::new(),
            themes: Vec::new(),
        },
        units: units.iter().map(|unit| parsed(unit)).collect(),
    }
}

fn parsed(unit: &str) -> UnitResult {
    let (names, n) = unit
        .split_once(':')
        .expect("a unit is `id<parent:responses`");
    let (id, parent) = names
        .split_once('<')
        .map_or((names, None), |(id, up)| (id, Some(up)));
    UnitResult {
        id: id.to_owned(),
        name: id.to_owned(),
        parent: parent.map(str::to_owned),
        responses: n.parse().map_or(Published::Withheld, |n| {
            Published::Shown(Responses {
                n,
                participation: Published::Withheld,
            })
        }),
        scales: [].into(),
        items: [].into(),
    }
}

#[test]
fn a_hidden_team_that_subtraction_finds_is_objected_to() {
    check(
        &["D:31", "A<D:", "B<D:8", "C<D:20"],
        &["responses: `D` minus [B, C] leaves 3 answers, fewer than 5"],
    );
    check(&["D:31", "A<D:", "B<D:", "C<D:20"], &[]);
}

#[test]
fn what_is_shown_below_a_hidden_unit_is_subtracted_from_the_one_above() {
    check(
        &["K:30", "D<K:", "A<D:12", "B<K:15"],
        &["responses: `K` minus [A, B] leaves 3 answers, fewer than 5"],
    );
    check(&["K:30", "D<K:", "A<D:12", "B<K:"], &[]);
}

#[test]
fn small_units_and_contradictions_are_objected_to() {
    check(
        &["D:4"],
        &["responses: `D` minus [] leaves 4 answers, fewer than 5"],
    );
    check(
        &["D:10", "A<D:12"],
        &["responses: `D` minus [A] leaves -2 answers, fewer than 5"],
    );
    check(&["D:12", "A<D:12"], &[]);
}

#[test]
fn headcounts_are_counted_too() {
    let mut release = release(&["D:30", "A<D:20"]);
    for (unit, headcount) in release.units.iter_mut().zip([40, 37]) {
        if let Published::Shown(responses) = &mut unit.responses {
            let percent = 75;
            responses.participation = Published::Shown(Participation { headcount, percent });
        }
    }
    let words: Vec<String> = audit::blocks(&release)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        words,
        ["headcount: `D` minus [A] leaves 3 answers, fewer than 5"]
    );
}

#[test]
fn units_must_be_one_tree_with_their_values() {
    check(
        &["A<D:9", "D:20"],
        &[
            "`A` has no place in the tree of units",
            "`D` has no place in the tree of units",
        ],
    );
    check(
        &["D:20", "A<D:9", "A<D:9"],
        &["`A` has no place in the tree of units"],
    );
    let mut stray = release(&["D:20"]);
    stray.units[0].scales = [("T1".to_owned(), Published::Withheld)].into();
    let words: Vec<String> = audit::blocks(&stray)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(words, ["`D` has not exactly one value a scale and item"]);
}

#[test]
fn a_policy_under_five_is_objected_to() {
    let mut release = release(&["D:20"]);
    release.policy.threshold = 4;
    assert_eq!(audit::blocks(&release), [audit::Objection::Policy]);
}

//! Releases that give something away, and the words the audit has for it.

mod common;

use common::release;
use release::{
    IndexValue, Item, ItemDetail, ItemValue, Kind, Participation, Published, Release, Scale,
    ScaleValue, UnitResult,
};

/// Units as `id<parent:responses`; no parent for the root, no number where it is withheld.
fn check(units: &[&str], expected: &[&str]) {
    let objections = audit::blocks(&release(units));
    let words: Vec<String> = objections.iter().map(ToString::to_string).collect();
    assert_eq!(words, expected, "{units:?}");
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

/// A whole of `n` with a scale of one item and a composite of that scale, all at the first level.
fn scored(n: u32) -> Release {
    let mut release = release(&[&format!("D:{n}")]);
    let scale = |id: &str, kind, parts: &[&str]| Scale {
        id: id.to_owned(),
        name: [].into(),
        kind,
        principle: None,
        items: vec!["a".to_owned()],
        parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        fingerprint: String::new(),
    };
    release.instrument.scales = vec![
        scale("S", Kind::Reflective, &[]),
        scale("C", Kind::Composite, &["S"]),
    ];
    release.instrument.items = vec![Item {
        id: "a".to_owned(),
        text: [].into(),
        anchors: String::new(),
        reversed: false,
    }];
    let value = ScaleValue {
        n,
        index: IndexValue::Points(50),
        interval: None,
        sd: None,
        moments: None,
    };
    let detail = ItemDetail::Groups([20, 20, 60]);
    let unit = &mut release.units[0];
    unit.scales = ["S", "C"]
        .map(|id| (id.to_owned(), Published::Shown(value.clone())))
        .into();
    unit.items = [("a".to_owned(), Published::Shown(ItemValue { n, detail }))].into();
    release
}

/// Changes one thing in the whole of `n` and compares what the audit says.
fn check_changed(n: u32, change: impl FnOnce(&mut UnitResult), expected: &[&str]) {
    let mut release = scored(n);
    change(&mut release.units[0]);
    let objections = audit::blocks(&release);
    let words: Vec<String> = objections.iter().map(ToString::to_string).collect();
    assert_eq!(words, expected);
}

fn scale_of(unit: &mut UnitResult) -> &mut ScaleValue {
    match unit.scales.get_mut("S") {
        Some(Published::Shown(value)) => value,
        _ => panic!("the fixture shows S"),
    }
}

fn detail_of(unit: &mut UnitResult) -> &mut ItemDetail {
    match unit.items.get_mut("a") {
        Some(Published::Shown(value)) => &mut value.detail,
        _ => panic!("the fixture shows the item"),
    }
}

#[test]
fn each_level_of_detail_has_a_threshold_of_its_own() {
    let no_item = |unit: &mut UnitResult| {
        unit.items.insert("a".to_owned(), Published::Withheld);
    };
    check_changed(7, no_item, &[]);
    check_changed(
        7,
        |_| {},
        &["a: `D` minus [] leaves 7 answers, fewer than 10"],
    );
    check_changed(12, |_| {}, &[]);
    let interval = |unit: &mut UnitResult| {
        no_item(unit);
        scale_of(unit).interval = Some([40, 60]);
    };
    check_changed(
        7,
        interval,
        &["S, interval: `D` minus [] leaves 7 answers, fewer than 10"],
    );
    check_changed(
        12,
        |unit| scale_of(unit).sd = Some(20),
        &["S, standard deviation: `D` minus [] leaves 12 answers, fewer than 20"],
    );
    let many = ItemDetail::Points {
        percent: vec![15; 7],
        not_applicable: 0,
    };
    check_changed(
        30,
        |unit| *detail_of(unit) = many,
        &["a, more than five points: `D` minus [] leaves 30 answers, fewer than 50"],
    );
    let points = ItemDetail::Points {
        percent: vec![20; 5],
        not_applicable: 0,
    };
    check_changed(
        12,
        |unit| *detail_of(unit) = points,
        &["a, points: `D` minus [] leaves 12 answers, fewer than 20"],
    );
    check_changed(
        30,
        |unit| scale_of(unit).n = 3,
        &["S: `D` minus [] leaves 3 answers, fewer than 5"],
    );
}

#[test]
fn parts_and_wholes_are_shown_together() {
    let withhold = |scales: &'static [&str]| {
        move |unit: &mut UnitResult| {
            for id in scales {
                unit.scales.insert((*id).to_owned(), Published::Withheld);
            }
        }
    };
    check_changed(30, withhold(&["C"]), &[]);
    check_changed(
        30,
        withhold(&["S"]),
        &[
            "`D` shows a part of the items of `S`, or items without it",
            "`D` shows `C` but not all of its parts",
        ],
    );
}

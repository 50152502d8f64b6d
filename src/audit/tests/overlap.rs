//! Scales that share items, composites, and releases too large to try everything.

mod common;

use audit::{Code, Report, audit};
use common::{Unit, release_of};
use release::{IndexValue, Kind, Published, Release, Scale, ScaleValue};

fn scale(id: &str, kind: Kind, items: &[&str], parts: &[&str]) -> Scale {
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Scale {
        id: id.to_owned(),
        name: [].into(),
        kind,
        principle: None,
        items: owned(items),
        parts: owned(parts),
        fingerprint: String::new(),
    }
}

/// A whole `D` of teams of the given sizes, `A`, `B` and so on, with no scale shown yet.
fn teams(sizes: &[u32], scales: Vec<Scale>) -> Release {
    let whole = Unit {
        id: "D".to_owned(),
        parent: None,
        responses: Some(sizes.iter().sum()),
    };
    let teams = sizes.iter().zip('E'..).map(|(_, letter)| Unit {
        id: letter.to_string(),
        parent: Some("D".to_owned()),
        responses: None,
    });
    let mut release = release_of(std::iter::once(whole).chain(teams).collect());
    for unit in &mut release.units {
        let withheld = |scale: &Scale| (scale.id.clone(), Published::Withheld);
        unit.scales = scales.iter().map(withheld).collect();
    }
    release.instrument.scales = scales;
    release
}

fn show(release: &mut Release, unit: &str, scale: &str, n: u32) {
    let value = ScaleValue {
        n,
        index: IndexValue::Points(60),
        interval: None,
        sd: None,
        moments: None,
    };
    let mut units = release.units.iter_mut();
    let unit = units.find(|known| known.id == unit).expect("a unit");
    unit.scales
        .insert(scale.to_owned(), Published::Shown(value));
}

fn overlapping(report: &Report) -> Vec<(Vec<String>, &str)> {
    let objections = report.objections.iter();
    objections
        .filter(|finding| finding.code == Code::SmallGroup)
        .map(|finding| {
            assert_eq!(finding.measure, "all scales together, index");
            (finding.units.clone(), finding.combination.as_str())
        })
        .collect()
}

/// Each scale alone leaves seven and more; what one hides, the other tells of the same answers.
#[test]
fn scales_that_share_items_are_combined() {
    let long = scale("S", Kind::Reflective, &["a", "b"], &[]);
    let short = scale("P", Kind::Short, &["a"], &[]);
    let mut release = teams(&[3, 8, 9], vec![long, short]);
    for id in ["S", "P"] {
        show(&mut release, "D", id, 20);
    }
    show(&mut release, "F", "S", 8);
    show(&mut release, "G", "P", 9);
    let report = audit(&[release]);
    assert_eq!(
        overlapping(&report),
        [(
            vec!["E".to_owned()],
            "`D` (S and P) minus `F` (S and P) minus `G` (S and P)"
        )],
        "{report}"
    );
}

/// `S` leaves E and F together, `T` leaves E and H; the composite of F tells S there, and that tells
/// E.
#[test]
fn a_composite_tells_its_hidden_part() {
    let scales = vec![
        scale("S", Kind::Reflective, &["a"], &[]),
        scale("T", Kind::Reflective, &["b"], &[]),
        scale("C", Kind::Composite, &[], &["S", "T"]),
    ];
    let mut release = teams(&[3, 8, 9, 6], scales);
    for (unit, n, shown) in [
        ("D", 26, &["S", "T", "C"][..]),
        ("F", 8, &["T"]),
        ("G", 9, &["S", "T", "C"]),
        ("H", 6, &["S"]),
    ] {
        shown.iter().for_each(|id| show(&mut release, unit, id, n));
    }
    assert_eq!(overlapping(&audit(&[release.clone()])), []);
    show(&mut release, "F", "C", 8);
    let report = audit(&[release]);
    assert_eq!(
        overlapping(&report),
        [(
            vec!["E".to_owned()],
            "`D` (S) plus `F` (T) minus `F` (C) minus `G` (S) minus `H` (S)"
        )],
        "{report}"
    );
}

/// Twenty teams hidden in the first file and shown in the second hang together in too many ways to
/// try all; the difference of the whole is found all the same, and the report says what was tried.
#[test]
fn where_not_everything_is_tried_the_report_says_so() {
    let first = teams(&[6; 20], Vec::new());
    let mut second = first.clone();
    for unit in &mut second.units {
        let n = if unit.parent.is_none() { 122 } else { 6 };
        let n = if unit.id == "E" { 8 } else { n };
        unit.responses = Published::Shown(release::Responses {
            n,
            participation: Published::Withheld,
        });
    }
    let report = audit(&[first, second]);
    let small: Vec<&str> = report
        .objections
        .iter()
        .filter(|finding| finding.code == Code::SmallGroup)
        .map(|finding| finding.words.as_str())
        .collect();
    assert_eq!(
        small,
        ["2 answers, fewer than 5, can be worked out"],
        "{report}"
    );
    let says = |part: &str| report.not_checked.iter().any(|words| words.contains(part));
    assert!(
        says("responses: too many numbers hang together"),
        "{report}"
    );
}

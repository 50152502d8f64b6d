//! Releases as an attacker sees them: random municipalities, and the cases that a plain threshold
//! gets wrong.

use disclosure::{Closed, Earlier, release};
use proptest::prelude::*;
use release::{IndexValue, ItemDetail, Release};
use std::collections::{BTreeMap, BTreeSet};
use survey::{Answer, Edition, Response};
use tally::{Layout, Relevance, Tally, Threshold, Unit, UnitTree};

/// Two scales that share an item, one that stands alone, and a composite of all.
const SURVEY: &str = r#"
format = 1
id = "small"
status = "draft, not validated"
license = "CC0-1.0"
languages = ["en"]
title.en = "Small"
about.en = "Small"
sources.own = { title = "Own", year = 2026 }
anchors.five.points = [{ en = "1" }, { en = "2" }, { en = "3" }, { en = "4" }, { en = "5" }]
anchors.five.not_applicable.en = "n/a"
items = [
    { id = "a", text.en = "a" }, { id = "b", text.en = "b" }, { id = "c", text.en = "c" },
    { id = "d", text.en = "d", reversed = true },
]
scales = [
    { id = "AB", name.en = "AB", items = ["a", "b"] },
    { id = "BC", name.en = "BC", items = ["b", "c"], min_answered = 2 },
    { id = "D", name.en = "D", items = ["d"] },
    { id = "ALL", name.en = "ALL", kind = "composite", parts = ["AB", "BC", "D"] },
]
pages = [{ heading.en = "Page", items = ["a", "b", "c", "d"] }]
"#;

const NA: u8 = 9;

fn edition() -> Edition {
    survey::parse(SURVEY).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn answer(code: u8) -> Answer {
    match code {
        0 => Answer::Blank,
        NA => Answer::NotApplicable,
        point => Answer::Point(point),
    }
}

/// A tree from (id, parent), leaves with a headcount.
fn tree(units: &[(&str, Option<&str>, Option<u32>)]) -> UnitTree {
    let unit = |(id, parent, headcount): &(&str, Option<&str>, Option<u32>)| Unit {
        id: (*id).to_owned(),
        name: (*id).to_owned(),
        parent: parent.map(str::to_owned),
        headcount: *headcount,
    };
    UnitTree::new(units.iter().map(unit).collect()).expect("a tree")
}

/// The release of answers given by leaf.
fn release_of(
    units: &UnitTree,
    threshold: u32,
    answers: &BTreeMap<String, Vec<[u8; 4]>>,
) -> Release {
    release_after(units, threshold, answers, &[], &[]).expect("tallies of the tree")
}

/// The release with units hidden by policy, after earlier ones.
fn release_after(
    units: &UnitTree,
    threshold: u32,
    answers: &BTreeMap<String, Vec<[u8; 4]>>,
    hidden: &[&str],
    earlier: &[Earlier],
) -> Result<Release, disclosure::Error> {
    let edition = edition();
    let layout = Layout::new(&edition);
    let tallies: BTreeMap<String, Tally> = answers
        .iter()
        .map(|(unit, rows)| {
            let mut tally = Tally::zero(&layout);
            for row in rows {
                let answers = row.iter().map(|code| answer(*code)).collect();
                let response = Response::new(edition.survey(), answers).expect("answers");
                tally
                    .record(&layout, edition.survey(), &response)
                    .expect("it fits");
            }
            (unit.clone(), tally)
        })
        .collect();
    release(&Closed {
        edition: &edition,
        wave: release::Wave {
            id: "w".to_owned(),
            name: BTreeMap::new(),
            employer: BTreeMap::new(),
            opens: "2026-01-01".to_owned(),
            closes: "2026-01-31".to_owned(),
        },
        wave_file: "0",
        units,
        threshold: Threshold::new(threshold).expect("at least the floor"),
        relevance: Relevance::FLOOR,
        tallies: &tallies,
        products: None,
        hidden: &hidden.iter().map(|id| (*id).to_owned()).collect(),
        earlier,
    })
}

/// Directorate D with teams A, B and C.
fn three_teams() -> UnitTree {
    tree(&[
        ("D", None, None),
        ("A", Some("D"), None),
        ("B", Some("D"), None),
        ("C", Some("D"), None),
    ])
}

/// Answers that differ from row to row, so that nothing is homogeneous.
fn mixed(n: usize) -> Vec<[u8; 4]> {
    (0..n)
        .map(|row| [0, 1, 2, 3].map(|item| u8::try_from((row + item) % 5 + 1).expect("small")))
        .collect()
}

fn answers<const N: usize>(rows: [(&str, Vec<[u8; 4]>); N]) -> BTreeMap<String, Vec<[u8; 4]>> {
    rows.map(|(unit, rows)| (unit.to_owned(), rows)).into()
}

fn shown<'a>(release: &'a Release, scale: &str) -> BTreeSet<&'a str> {
    let is_shown = |unit: &&release::UnitResult| unit.scales[scale].shown().is_some();
    release
        .units
        .iter()
        .filter(is_shown)
        .map(|unit| unit.id.as_str())
        .collect()
}

#[test]
fn a_small_team_takes_another_with_it() {
    let found = release_of(
        &three_teams(),
        5,
        &answers([("A", mixed(3)), ("B", mixed(8)), ("C", mixed(20))]),
    );
    assert_eq!(shown(&found, "AB"), BTreeSet::from(["D", "C"]));
    assert_eq!(shown(&found, "ALL"), BTreeSet::from(["D", "C"]));
}

/// D 60, B 53, A 7: full distributions of D and B would give A's seven answers by subtraction.
#[test]
fn detail_follows_the_rule_on_blocks_and_not_the_unit_alone() {
    let tree = tree(&[
        ("D", None, None),
        ("A", Some("D"), None),
        ("B", Some("D"), None),
    ]);
    let found = release_of(&tree, 5, &answers([("A", mixed(7)), ("B", mixed(53))]));
    let item = |unit: &str| {
        found.unit(unit).expect("a unit").items["a"]
            .shown()
            .cloned()
    };
    let detail = item("D").map(|value| value.detail);
    assert!(matches!(detail, Some(ItemDetail::Points { .. })));
    assert_eq!((item("B"), item("A")), (None, None));
    assert_eq!(shown(&found, "AB"), BTreeSet::from(["D", "A", "B"]));
}

/// One of six answers `a` and skips `b`: index of the scale and of its items would tell the answer.
#[test]
fn few_answers_show_scales_without_their_items() {
    let mut rows = mixed(6);
    rows[0] = [5, NA, 2, 3];
    let found = release_of(&tree(&[("D", None, None)]), 5, &answers([("D", rows)]));
    let root = found.root().expect("a root");
    assert!(root.items.values().all(|item| item.shown().is_none()));
    assert_eq!(shown(&found, "AB"), BTreeSet::from(["D"]));
}

/// A leader alone under D: whether A is shown must not tell whether the leader answered.
#[test]
fn silence_of_a_few_is_protected_like_their_answers() {
    let units = tree(&[
        ("K", None, None),
        ("D", Some("K"), Some(1)),
        ("A", Some("D"), Some(20)),
        ("B", Some("D"), Some(30)),
        ("E", Some("K"), Some(40)),
    ]);
    let responses = |leader: usize| {
        let rows = answers([
            ("D.direct", mixed(leader)),
            ("A", mixed(9)),
            ("B", mixed(15)),
            ("E", mixed(30)),
        ]);
        let found = release_of(&units, 5, &rows);
        let shown = |unit: &&release::UnitResult| unit.responses.shown().is_some();
        found
            .units
            .iter()
            .filter(shown)
            .map(|unit| unit.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(responses(0), responses(1));
    assert_eq!(responses(0), ["K", "D", "E", "B"]);
}

/// Six who all say *not applicable* to the scale D have no score to show, and yet all said the same.
#[test]
fn not_applicable_throughout_is_not_laid_open() {
    let silent: Vec<[u8; 4]> = mixed(6)
        .into_iter()
        .map(|[a, b, c, _]| [a, b, c, NA])
        .collect();
    let rows = answers([("A", silent), ("B", mixed(22)), ("C", mixed(25))]);
    let found = release_of(&three_teams(), 5, &rows);
    assert_eq!(shown(&found, "D"), BTreeSet::from(["D", "C"]));
}

/// Groups and index of one item fix its histogram when a group is empty, with its interval nearly always.
#[test]
fn a_scale_of_one_item_has_neither_interval_nor_groups_under_twenty_answers() {
    let root = |n: usize| {
        let found = release_of(&tree(&[("D", None, None)]), 5, &answers([("D", mixed(n))]));
        found.root().expect("a root").clone()
    };
    let interval = |n: usize, scale: &str| root(n).scales[scale].shown().expect("shown").interval;
    assert!(interval(12, "AB").is_some() && interval(12, "D").is_none());
    assert!(root(12).items["a"].shown().is_some() && root(12).items["d"].shown().is_none());
    assert!(interval(20, "D").is_some() && root(20).items["d"].shown().is_some());
}

#[test]
fn five_of_five_alike_pass_no_threshold() {
    let alike = vec![[1, 1, 1, 1]; 5];
    let found = release_of(
        &three_teams(),
        5,
        &answers([("A", alike), ("B", mixed(8)), ("C", mixed(20))]),
    );
    assert_eq!(
        shown(&found, "AB"),
        BTreeSet::from(["D", "C"]),
        "A and one more are withheld"
    );
}

#[test]
fn one_of_nine_who_differs_does_not_learn_the_others() {
    let mut rows = vec![[5, 5, 5, 5]; 9];
    rows[0] = [2, 2, 2, 2];
    let found = release_of(
        &three_teams(),
        5,
        &answers([("A", rows), ("B", mixed(8)), ("C", mixed(20))]),
    );
    assert!(!shown(&found, "AB").contains("A"));
}

/// Three people in A who all skip item `a`: its number of answers there is 0, but `b` has three.
#[test]
fn no_answers_to_one_number_do_not_hide_a_few_to_another() {
    let skipping = vec![[NA, 1, 2, 3], [NA, 2, 3, 4], [NA, 3, 4, 5]];
    let found = release_of(
        &three_teams(),
        5,
        &answers([("A", skipping), ("B", mixed(8)), ("C", mixed(20))]),
    );
    assert_eq!(shown(&found, "BC"), BTreeSet::from(["D", "C"]));
    assert!(audit::blocks(&found).is_empty());
}

#[test]
fn a_team_with_few_staff_is_never_shown() {
    let tree = tree(&[
        ("D", None, None),
        ("A", Some("D"), Some(4)),
        ("B", Some("D"), Some(30)),
        ("C", Some("D"), Some(30)),
    ]);
    // Five answers from four people: somebody answered twice, or the headcount is wrong.
    let found = release_of(
        &tree,
        5,
        &answers([("A", mixed(5)), ("B", mixed(8)), ("C", mixed(20))]),
    );
    let responses = |unit: &str| found.unit(unit).expect("a unit").responses.shown().cloned();
    assert!(responses("A").is_none());
    assert!(responses("D").is_some());
}

#[test]
fn more_answers_than_staff_give_no_participation() {
    let tree = tree(&[
        ("D", None, None),
        ("A", Some("D"), Some(10)),
        ("B", Some("D"), Some(30)),
    ]);
    let found = release_of(&tree, 5, &answers([("A", mixed(12)), ("B", mixed(20))]));
    let of = |unit: &str| {
        let responses = found
            .unit(unit)
            .expect("a unit")
            .responses
            .shown()
            .expect("shown");
        responses.participation.shown().map(|share| share.percent)
    };
    assert_eq!((of("D"), of("A"), of("B")), (Some(80), None, Some(67)));
}

#[test]
fn ends_are_coded_under_twenty_answers() {
    let mut high = vec![[5, 5, 5, 1]; 12];
    high[0] = [4, 5, 4, 1];
    high[1] = [4, 4, 5, 2];
    high[2] = [5, 4, 4, 2];
    high[3] = [4, 4, 4, 2];
    let units = tree(&[("D", None, None)]);
    let found = release_of(&units, 5, &answers([("D", high)]));
    let root = found.root().expect("a root");
    let index = root.scales["D"].shown().expect("shown").index;
    assert_eq!(index, IndexValue::AtLeast90, "`d` is reversed");
}

#[test]
fn numbers_of_a_whole_that_can_be_checked_by_hand() {
    let units = tree(&[("D", None, Some(20))]);
    let found = release_of(&units, 5, &answers([("D", mixed(10))]));
    let root = found.root().expect("a root");
    let ab = root.scales["AB"].shown().expect("shown");
    // Each row's two neighbouring points average 12.5, 37.5, 62.5, 87.5 and 50 of 100.
    assert_eq!((ab.n, ab.index), (10, IndexValue::Points(50)));
    let item = root.items["a"].shown().expect("shown");
    assert_eq!(item.detail, ItemDetail::Groups([40, 20, 40]));
    let responses = root.responses.shown().expect("shown");
    assert_eq!(
        responses.participation.shown().map(|share| share.percent),
        Some(50)
    );
}

#[test]
fn tallies_of_no_unit_or_another_edition_make_no_release() {
    let edition = edition();
    let tally = Tally::zero(&Layout::new(&edition));
    let tallies = BTreeMap::from([("D".to_owned(), tally)]);
    let units = three_teams();
    let closed = Closed {
        edition: &edition,
        wave: release_of(&units, 5, &BTreeMap::new()).wave,
        wave_file: "0",
        units: &units,
        threshold: Threshold::FLOOR,
        relevance: Relevance::FLOOR,
        tallies: &tallies,
        products: None,
        hidden: &BTreeSet::new(),
        earlier: &[],
    };
    assert_eq!(
        release(&closed),
        Err(disclosure::Error::NoSuchLeaf("D".to_owned()))
    );
    let other = survey::parse(&SURVEY.replace("Small", "Other")).expect("another edition");
    let tally = Tally::zero(&Layout::new(&other));
    let tallies = BTreeMap::from([("A".to_owned(), tally)]);
    let closed = Closed {
        tallies: &tallies,
        ..closed
    };
    assert_eq!(
        release(&closed),
        Err(disclosure::Error::OtherEdition("A".to_owned()))
    );
}

/// Nothing of a unit that asked to stay hidden, and nothing that would give it by subtraction.
#[test]
fn a_hidden_unit_is_in_no_number_of_its_own() {
    let rows = answers([("A", mixed(30)), ("B", mixed(25)), ("C", mixed(60))]);
    let found = release_after(&three_teams(), 5, &rows, &["A"], &[]).expect("a release");
    for unit in ["A", "B"] {
        let unit = found.unit(unit).expect("a unit");
        assert!(unit.responses.shown().is_none());
        assert!(unit.scales.values().all(|value| value.shown().is_none()));
        assert!(unit.items.values().all(|value| value.shown().is_none()));
    }
    assert_eq!(shown(&found, "ALL"), BTreeSet::from(["D", "C"]));
    let unknown = release_after(&three_teams(), 5, &rows, &["X"], &[]);
    assert_eq!(unknown, Err(disclosure::Error::NoSuchUnit("X".to_owned())));
}

/// A hidden unit's answers protect nobody at any level: B alone has to hold each level's fewest.
#[test]
fn beside_a_hidden_unit_each_level_needs_enough_others() {
    let rows = answers([("A", mixed(30)), ("B", mixed(12)), ("C", mixed(60))]);
    let found = release_after(&three_teams(), 5, &rows, &["A"], &[]).expect("a release");
    let value = |unit: &str| {
        found.unit(unit).expect("a unit").scales["AB"]
            .shown()
            .cloned()
    };
    let (whole, team) = (value("D").expect("shown"), value("C").expect("shown"));
    assert!(whole.interval.is_some() && team.interval.is_some());
    assert_eq!(whole.sd.is_some(), team.sd.is_none(), "one of them only");
}

/// Whether a unit that asked to stay hidden took part at all is not told either.
#[test]
fn the_silence_of_a_hidden_unit_is_hidden() {
    let counted = tree(&[
        ("D", None, None),
        ("A", Some("D"), Some(30)),
        ("B", Some("D"), Some(30)),
        ("C", Some("D"), Some(30)),
    ]);
    let rows = answers([("B", mixed(8)), ("C", mixed(20))]);
    let responses = |units: &UnitTree, hidden: &[&str]| {
        let found = release_after(units, 5, &rows, hidden, &[]).expect("a release");
        let shown = found
            .units
            .into_iter()
            .filter(|unit| unit.responses.shown().is_some());
        shown.map(|unit| unit.id).collect::<Vec<_>>()
    };
    assert_eq!(
        responses(&counted, &[]),
        ["D", "B", "C"],
        "nobody of thirty"
    );
    assert_eq!(responses(&counted, &["A"]), ["D", "C"]);
    assert_eq!(
        responses(&three_teams(), &[]),
        ["D", "C"],
        "nobody of nobody knows how many"
    );
}

/// Of two teams that are as good, the one that the last release showed is shown again, for each scale by
/// its own fingerprint.
#[test]
fn the_last_release_decides_between_equals() {
    let mut few = mixed(8);
    few.iter_mut().take(5).for_each(|row| row[3] = NA);
    let wave = |n_of_b: usize| answers([("A", mixed(8)), ("B", mixed(n_of_b)), ("C", few.clone())]);
    let units = three_teams();
    let first = release_of(&units, 5, &wave(9));
    assert_eq!(shown(&first, "D"), BTreeSet::from(["D", "B"]));
    let second = release_of(&units, 5, &wave(8));
    assert_eq!(shown(&second, "D"), BTreeSet::from(["D", "A"]));
    let after = |release: Release| {
        let sha256 = String::new();
        let earlier = [Earlier { sha256, release }];
        release_after(&units, 5, &wave(8), &[], &earlier).expect("a release")
    };
    assert_eq!(
        shown(&after(first.clone()), "D"),
        BTreeSet::from(["D", "B"])
    );
    let mut other = first;
    for scale in &mut other.instrument.scales {
        scale.fingerprint = "other".to_owned();
    }
    assert_eq!(shown(&after(other), "D"), BTreeSet::from(["D", "A"]));
}

/// Six of six: one skips all of D. The composite beside its parts would tell the rest of that answer sheet.
#[test]
fn one_who_skips_a_part_takes_the_composite_with_them() {
    let mut rows = mixed(6);
    rows[0][3] = NA;
    let one = tree(&[("D", None, None)]);
    let found = release_of(&one, 5, &answers([("D", rows)]));
    assert_eq!(shown(&found, "D"), BTreeSet::from(["D"]));
    assert_eq!(shown(&found, "ALL"), BTreeSet::new());
    assert_eq!(
        shown(&release_of(&one, 5, &answers([("D", mixed(6))])), "ALL"),
        BTreeSet::from(["D"])
    );
}

/// Under a hundred answers percentages are exact, so exact means beside them would tell what the one
/// who left an item out thinks of the other.
#[test]
fn one_who_skips_an_item_takes_the_two_decimals_with_them() {
    let one = tree(&[("D", None, None)]);
    let exact = |n: usize, skipping: usize| {
        let mut rows = mixed(n);
        rows[..skipping].iter_mut().for_each(|row| row[0] = 0);
        let found = release_of(&one, 5, &answers([("D", rows)]));
        let scale = found.units[0].scales["AB"].shown().cloned();
        let scale = scale.expect("enough answers");
        assert!(scale.sd.is_some());
        scale.moments.is_some()
    };
    let found = [
        exact(60, 0),
        exact(60, 1),
        exact(60, 5),
        exact(120, 1),
        exact(49, 0),
    ];
    assert_eq!(found, [true, false, true, true, false]);
}

/// Five who are "over 90" on one item are three fives and two fours, for readers who know the rules.
#[test]
fn an_index_that_pins_the_histogram_is_withheld() {
    let last = |rows: [u8; 5]| {
        let rows = (0..5)
            .map(|i| [1 + u8::try_from(i).expect("small"), 3, 2, rows[i]])
            .collect();
        shown(
            &release_of(&tree(&[("D", None, None)]), 5, &answers([("D", rows)])),
            "D",
        )
        .len()
    };
    assert_eq!((last([1, 1, 1, 2, 2]), last([1, 1, 2, 2, 3])), (0, 1));
}

/// The worked cases of what is displayed, as far as an item alone can show it: by level, where 3.5a of the
/// design replaces what the file says.
#[test]
fn display_cases() {
    let file: serde_json::Value = serde_json::from_str(include_str!("data/disclosure_cases.json"))
        .expect("the cases are JSON");
    let cases = file["display_cases"].as_array().expect("a list");
    let one = tree(&[("D", None, None)]);
    let found: Vec<String> = cases
        .iter()
        .map(|case| {
            let counts = case["counts"].as_array().expect("counts").iter();
            let counts: Vec<u64> = counts.filter_map(serde_json::Value::as_u64).collect();
            let points = (1_u8..).zip(counts);
            let rows = points.flat_map(|(point, n)| (0..n).map(move |_| [point; 4]));
            let release = release_of(&one, 5, &answers([("D", rows.collect())]));
            let root = release.root().expect("a root").clone();
            let Some(scale) = root.scales["AB"].shown() else {
                return "none".to_owned();
            };
            let interval = scale.interval.map_or("", |_| ", interval");
            let sd = scale.sd.map_or("", |_| ", sd");
            let item = match root.items["a"].shown().map(|item| &item.detail) {
                None => "",
                Some(ItemDetail::Groups(_)) => ", groups",
                Some(ItemDetail::Points { .. }) => ", points",
            };
            format!("index{interval}{sd}{item}")
        })
        .collect();
    let all = "index, interval, sd, points";
    let expected = [
        "none",
        "index",
        "index, interval, groups",
        all,
        "none",
        "none",
        "none",
        "none",
    ];
    assert_eq!(found, expected);
}

/// Two small teams protect each other, but not when all seven of them answer alike.
#[test]
fn a_block_that_answers_alike_takes_another_team_with_it() {
    let alike = |n: usize| vec![[5, 5, 5, 1]; n];
    let units = tree(&[
        ("D", None, None),
        ("A", Some("D"), None),
        ("B", Some("D"), None),
        ("C", Some("D"), None),
        ("E", Some("D"), None),
    ]);
    let with = |a, b| answers([("A", a), ("B", b), ("C", mixed(20)), ("E", mixed(25))]);
    let found = release_of(&units, 5, &with(mixed(3), mixed(4)));
    assert_eq!(shown(&found, "AB"), BTreeSet::from(["D", "C", "E"]));
    let found = release_of(&units, 5, &with(alike(3), alike(4)));
    assert_eq!(shown(&found, "AB"), BTreeSet::from(["D", "E"]));
}

/// All twelve agree, half of them strongly: an index, and no groups of which one holds all.
#[test]
fn alike_is_judged_as_displayed() {
    let rows = (0..12)
        .map(|row| if row < 6 { [4; 4] } else { [5; 4] })
        .collect();
    let found = release_of(&tree(&[("D", None, None)]), 5, &answers([("D", rows)]));
    let root = found.root().expect("a root");
    assert!(
        root.scales["AB"]
            .shown()
            .is_some_and(|value| value.interval.is_none())
    );
    assert!(root.items["a"].shown().is_none());
}

/// Twelve who answer three or four, never at the ends: groups and the index would fix every histogram.
#[test]
fn groups_that_pin_the_histogram_are_withheld() {
    let rows = |high: u8| {
        let row = |i: u8| [3 + i / 6, 3 + i % 2, 3 + i % 3 % 2, 1 + i % 5];
        let mut rows: Vec<[u8; 4]> = (0..12).map(row).collect();
        rows[11][1] = high;
        rows[11][0] = high;
        rows[11][2] = high;
        answers([("D", rows)])
    };
    let interval = |high: u8| {
        let found = release_of(&tree(&[("D", None, None)]), 5, &rows(high));
        let root = found.root().expect("a root");
        root.scales["AB"].shown().expect("shown").interval
    };
    assert!(interval(4).is_none() && interval(5).is_some());
}

/// A municipality of up to 14 units; answers lean to one point, so that alike groups occur often.
fn municipality() -> impl Strategy<Value = (UnitTree, BTreeMap<String, Vec<[u8; 4]>>)> {
    let row = prop::array::uniform4(prop::sample::select(vec![0_u8, 1, 3, 4, 4, 4, 4, 5, 5, NA]));
    let rows = prop::collection::vec(row, 0..26);
    (2_usize..=14).prop_flat_map(move |size| {
        let parents: Vec<_> = (1..size).map(|idx| 0..idx).collect();
        let rows = prop::collection::vec(rows.clone(), size);
        (parents, rows).prop_map(|(parents, rows)| {
            let ids: Vec<String> = (0..=parents.len()).map(|idx| format!("u{idx}")).collect();
            let mut units = vec![(ids[0].as_str(), None, None)];
            for (idx, parent) in parents.iter().enumerate() {
                units.push((ids[idx + 1].as_str(), Some(ids[*parent].as_str()), None));
            }
            let tree = tree(&units);
            let leaf = |idx: &usize| tree.is_leaf(*idx);
            let answers = (0..rows.len())
                .filter(leaf)
                .map(|idx| (ids[idx].clone(), rows[idx].clone()));
            let answers = answers.collect();
            (tree, answers)
        })
    })
}

/// The leaves whose nearest unit that shows the item is `unit`.
fn block<'a>(found: &'a Release, item: &str, unit: &str) -> Vec<&'a str> {
    let is_shown = |id: &str| {
        found
            .unit(id)
            .is_some_and(|u| u.items[item].shown().is_some())
    };
    let is_leaf = |id: &str| found.units.iter().all(|u| u.parent.as_deref() != Some(id));
    found
        .units
        .iter()
        .filter(|leaf| is_leaf(&leaf.id))
        .filter(|leaf| {
            let mut at = Some(*leaf);
            while let Some(here) = at.filter(|here| !is_shown(&here.id)) {
                at = here.parent.as_deref().and_then(|id| found.unit(id));
            }
            at.is_some_and(|here| here.id == unit)
        })
        .map(|leaf| leaf.id.as_str())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_release_hides_too_little((units, rows) in municipality(), threshold in 5_u32..12) {
        let found = release_of(&units, threshold, &rows);
        let objections = audit::blocks(&found);
        prop_assert!(objections.is_empty(), "{objections:?}");
        for (idx, item) in ["a", "b", "c", "d"].into_iter().enumerate() {
            for unit in found.units.iter().filter(|unit| unit.items[item].shown().is_some()) {
                let mut points = [0_usize; 6];
                for leaf in block(&found, item, &unit.id) {
                    for row in &rows[leaf] {
                        if row[idx] != NA && row[idx] != 0 {
                            points[usize::from(row[idx])] += 1;
                        }
                    }
                }
                let n: usize = points.iter().sum();
                let least = usize::try_from(threshold).expect("small");
                prop_assert!(n == 0 || n >= least, "{}: a block of {n}", unit.id);
                let most = points.iter().max().copied().unwrap_or(0);
                prop_assert!(n == 0 || most + 1 < n, "{} {item}: {points:?}", unit.id);
            }
        }
    }
}

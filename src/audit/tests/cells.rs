//! Hidden cells: the worked cases of blocks that give their answers away, or nearly.

mod common;

use audit::{Code, audit};
use common::release;
use release::{
    Anchors, IndexValue, Item, ItemDetail, ItemValue, Kind, Published, Release, Scale, ScaleValue,
    UnitResult,
};

/// One item and the scale of it alone, in units of which none shows either.
fn with_item(units: &[&str]) -> Release {
    let mut release = release(units);
    let points = vec![[].into(); 5];
    let not_applicable = [].into();
    let anchors = Anchors {
        points,
        not_applicable,
    };
    release.instrument.anchors = [("agreement".to_owned(), anchors)].into();
    release.instrument.items = vec![Item {
        id: "a".to_owned(),
        text: [].into(),
        anchors: "agreement".to_owned(),
        reversed: false,
    }];
    release.instrument.scales = vec![Scale {
        id: "S".to_owned(),
        name: [].into(),
        kind: Kind::Formative,
        principle: None,
        items: vec!["a".to_owned()],
        parts: Vec::new(),
        fingerprint: String::new(),
    }];
    for unit in &mut release.units {
        unit.scales = [("S".to_owned(), Published::Withheld)].into();
        unit.items = [("a".to_owned(), Published::Withheld)].into();
    }
    release
}

/// Shows the scale, and the item where there is a detail.
fn show(unit: &mut UnitResult, n: u32, index: IndexValue, detail: Option<ItemDetail>) {
    let value = ScaleValue {
        n,
        index,
        interval: None,
        sd: None,
        moments: None,
    };
    unit.scales.insert("S".to_owned(), Published::Shown(value));
    if let Some(detail) = detail {
        let value = ItemValue { n, detail };
        unit.items.insert("a".to_owned(), Published::Shown(value));
    }
}

fn check(release: &Release, expected: &[(Code, &str)]) {
    let report = audit(std::slice::from_ref(release));
    let found: Vec<(Code, &str)> = report
        .objections
        .iter()
        .filter(|finding| matches!(finding.code, Code::Pinned | Code::Alike))
        .map(|finding| (finding.code, finding.combination.as_str()))
        .collect();
    assert_eq!(found, expected, "{report}");
}

fn percents(counts: [u32; 5]) -> ItemDetail {
    let n: u32 = counts.iter().sum();
    let share = |count: u32| u8::try_from((200 * count + n) / (2 * n)).expect("a percent");
    ItemDetail::Points {
        percent: counts.map(share).to_vec(),
        not_applicable: 0,
    }
}

/// A block of two hidden teams, A of 3 and B of 4, beside a large team that shows everything.
fn block_of(counts: [u32; 5]) -> Release {
    let large = [4, 5, 6, 20, 15];
    let mut both = large;
    both.iter_mut()
        .zip(counts)
        .for_each(|(sum, count)| *sum += count);
    let mut release = with_item(&["D:57", "A<D:", "B<D:", "C<D:50"]);
    show(
        &mut release.units[0],
        57,
        IndexValue::Points(69),
        Some(percents(both)),
    );
    show(
        &mut release.units[3],
        50,
        IndexValue::Points(69),
        Some(percents(large)),
    );
    release
}

/// The block as counts on its own: a unit of seven that shows what it must not.
fn alone(counts: [u32; 5]) -> Release {
    let mut release = with_item(&["D:7", "A<D:", "B<D:"]);
    show(
        &mut release.units[0],
        7,
        IndexValue::Points(70),
        Some(percents(counts)),
    );
    release
}

fn is_alike(release: &Release) -> bool {
    let report = audit(std::slice::from_ref(release));
    report
        .objections
        .iter()
        .any(|finding| finding.code == Code::Alike)
}

/// `block_homogeneous`, `block_not_homogeneous` and `zero_category` of the worked cases: everybody
/// at one point is objected to; a point that nobody chose is not.
#[test]
fn a_hidden_block_must_not_be_unanimous() {
    assert!(is_alike(&alone([0, 0, 0, 0, 7])));
    assert!(is_alike(&alone([0, 0, 0, 1, 6])));
    assert!(!is_alike(&alone([1, 2, 2, 1, 1])));
    assert!(!is_alike(&alone([0, 2, 2, 2, 1])));
    assert!(is_alike(&block_of([0, 0, 0, 0, 7])));
    assert!(!is_alike(&block_of([0, 2, 2, 2, 1])));
}

/// Whole percents of 57 and 50 are exact counts, so the seven are known to the last one.
#[test]
fn points_on_both_sides_of_a_small_block_fix_it() {
    let combination = "`D` minus `C`";
    let report = audit(&[block_of([1, 2, 2, 1, 1])]);
    let pinned: Vec<&str> = report
        .objections
        .iter()
        .filter(|finding| finding.code == Code::Pinned && finding.measure == "a, distribution")
        .map(|finding| finding.combination.as_str())
        .collect();
    assert_eq!(pinned, [combination], "{report}");
}

/// Twenty-five at 100 and twenty of them at 100 leave five who all strongly agree, without an item.
#[test]
fn an_index_at_the_end_gives_the_rest_away() {
    let mut release = with_item(&["D:25", "A<D:", "C<D:20"]);
    show(&mut release.units[0], 25, IndexValue::Points(100), None);
    show(&mut release.units[2], 20, IndexValue::Points(100), None);
    check(
        &release,
        &[
            (Code::Pinned, "`D` minus `C`"),
            (Code::Alike, "`C`"),
            (Code::Alike, "`D`"),
        ],
    );
}

#[test]
fn a_coded_end_leaves_it_open() {
    let mut release = with_item(&["D:7"]);
    show(&mut release.units[0], 7, IndexValue::AtLeast90, None);
    check(&release, &[]);
}

/// Twelve in three groups are exact counts by group; by point they stay open, unless all, or all
/// but one, are in one group.
#[test]
fn three_groups_leave_the_points_open() {
    let mut release = with_item(&["D:12"]);
    let groups = |release: &mut Release, groups| {
        show(
            &mut release.units[0],
            12,
            IndexValue::Points(70),
            Some(ItemDetail::Groups(groups)),
        );
    };
    groups(&mut release, [15, 25, 60]);
    check(&release, &[]);
    groups(&mut release, [0, 10, 90]);
    let report = audit(std::slice::from_ref(&release));
    assert!(
        report
            .objections
            .iter()
            .any(|finding| finding.code == Code::Alike),
        "{report}"
    );
}

/// Interval and index of a scale of one item beside its groups: twelve, all known.
#[test]
fn an_exact_mean_and_deviation_beside_groups_fix_twelve_answers() {
    let mut release = with_item(&["D:12"]);
    let unit = &mut release.units[0];
    // 0, 2, 3, 7 and nobody at the top: mean 60.4, standard deviation 19.8.
    show(
        unit,
        12,
        IndexValue::Points(60),
        Some(ItemDetail::Groups([15, 25, 60])),
    );
    check(&release, &[]);
    let Some(Published::Shown(value)) = release.units[0].scales.get_mut("S") else {
        panic!("it is shown");
    };
    value.moments = Some(release::Moments {
        mean: 6_042,
        sd: 1_982,
    });
    check(&release, &[(Code::Pinned, "`D`")]);
}

/// A whole of 62 units, all but one of 20 answers and shown: six are left, whose program would take
/// all units together.
#[test]
fn above_sixty_units_programs_stay_within_directorates() {
    let names: Vec<String> = (0..61).map(|unit| format!("u{unit}<D:20")).collect();
    let mut units = vec!["D:1226", "hidden<D:"];
    units.extend(names.iter().map(String::as_str));
    let mut release = with_item(&units);
    show(&mut release.units[0], 1226, IndexValue::Points(60), None);
    for unit in &mut release.units[2..] {
        show(unit, 20, IndexValue::Points(60), None);
    }
    check(&release, &[]);
    let report = audit(&[release]);
    let says = |words: &String| words.contains("integer programs run for each directorate");
    assert!(report.not_checked.iter().any(says), "{report}");
}

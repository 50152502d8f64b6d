//! The audit of releases: those of the demo as they are, and changed in every way that it is for.

use audit::{Code, Finding, Report, audit};
use collector::import::Imported;
use collector::{demo, publish};
use release::{ItemDetail, ItemValue, Published, Release, Responses, ScaleValue, UnitResult};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;
use survey::Edition;
use tally::Layout;

struct Fjordby {
    edition: Edition,
    imported: Imported,
    releases: Vec<Release>,
}

static FJORDBY: LazyLock<Fjordby> = LazyLock::new(|| {
    let edition = demo::edition();
    let imported = demo::past_waves(&edition).expect("the demo data have no problems");
    let releases = publish::releases(&edition, &imported.waves).expect("they can be released");
    Fjordby {
        edition,
        imported,
        releases,
    }
});

/// The first wave.
fn first() -> Release {
    FJORDBY.releases[0].clone()
}

/// How many of a leaf answered in the first wave.
fn answered(leaf: &str) -> u32 {
    FJORDBY.imported.waves[0].tallies[leaf].n()
}

fn unit<'a>(release: &'a mut Release, id: &str) -> &'a mut UnitResult {
    let mut units = release.units.iter_mut();
    units.find(|unit| unit.id == id).expect("a unit of Fjordby")
}

fn show_responses(release: &mut Release, leaf: &str) {
    unit(release, leaf).responses = Published::Shown(Responses {
        n: answered(leaf),
        participation: Published::Withheld,
    });
}

/// Objections of one kind about one measure, as people read them.
fn found(report: &Report, code: Code, measure: &str) -> Vec<String> {
    let is_one = |finding: &&Finding| finding.code == code && finding.measure == measure;
    let objections = report.objections.iter().filter(is_one);
    objections.map(ToString::to_string).collect()
}

fn objects(release: Release, code: Code, measure: &str, expected: &[&str]) {
    assert_eq!(found(&audit(&[release]), code, measure), expected);
}

#[test]
fn eight_releases_as_they_are_give_nothing_away() {
    let report = audit(&FJORDBY.releases);
    assert_eq!(report.objections, [], "{report}");
    assert_eq!(report.checked.len(), 8);
    assert!(
        report
            .checked
            .iter()
            .all(|wave| wave.files == 1 && wave.units == 46)
    );
    assert!(report.to_string().starts_with("Nothing is given away.\n"));
}

#[test]
fn a_hidden_number_that_is_put_back() {
    let mut release = first();
    show_responses(&mut release, "BU-12");
    let expected = "2022H1, `BU-12`, responses: 2 answers, fewer than 5, can be worked out, by \
                    `BU-12`.";
    objects(release, Code::SmallGroup, "responses", &[expected]);
}

/// The neighbour of a small unit is hidden so that the small one cannot be worked out.
#[test]
fn a_hidden_neighbour_that_is_shown_again() {
    let mut release = first();
    show_responses(&mut release, "BU-11");
    let report = audit(&[release]);
    let objections = found(&report, Code::SmallGroup, "responses");
    assert_eq!(objections.len(), 1, "{objections:?}");
    let start = "2022H1, `BU-12`, responses: 2 answers, fewer than 5, can be worked out, by `BU` \
                 minus `BU-01` minus `BU-02`";
    assert!(objections[0].starts_with(start), "{objections:?}");
    assert!(objections[0].contains(" minus `BU-11`"), "{objections:?}");
    assert_eq!(
        report
            .objections
            .iter()
            .filter(|finding| finding.code == Code::Evidence)
            .count(),
        1
    );
}

/// Points of a directorate and of all its units but two hidden ones, of 15 and 4 answers. TM-02 has
/// 27 answers and shows groups only, to protect them.
#[test]
fn points_of_a_parent_and_of_all_but_the_small_children() {
    let mut release = first();
    let value = Published::Shown(points("TM-02", "t1a"));
    unit(&mut release, "TM-02")
        .items
        .insert("t1a".to_owned(), value);
    let expected = "2022H1, `TM-05`, `TM-06`, t1a, points: 19 answers, fewer than 20, can be \
                    worked out, by `TM` minus `TM-01` minus `TM-02` minus `TM-03` minus `TM-04`.";
    objects(release, Code::SmallGroup, "t1a, points", &[expected]);
}

/// A leaf's item point by point, whatever its size.
fn points(leaf: &str, item: &str) -> ItemValue {
    let edition = &FJORDBY.edition;
    let idx = edition.survey().item_idx(item).expect("an item");
    let counts = FJORDBY.imported.waves[0].tallies[leaf].item(&Layout::new(edition), idx);
    let n: u32 = counts.points.iter().sum();
    let share = |part: u32, whole: u32| {
        u8::try_from((200 * part + whole) / (2 * whole)).expect("a percent")
    };
    ItemValue {
        n,
        detail: ItemDetail::Points {
            percent: counts.points.iter().map(|count| share(*count, n)).collect(),
            not_applicable: share(counts.not_applicable, n + counts.not_applicable),
        },
    }
}

#[test]
fn a_second_release_with_two_answers_more() {
    let mut later = first();
    for id in ["BU-01", "BU", "KOMMUNE"] {
        let Published::Shown(responses) = &mut unit(&mut later, id).responses else {
            panic!("`{id}` shows its responses");
        };
        responses.n += 2;
    }
    let report = audit(&[first(), later]);
    let expected = "2022H1, `BU-01`, responses: 2 answers, fewer than 5, can be worked out, by \
                    `BU-01` in the second file minus `BU-01` in the first file.";
    assert_eq!(found(&report, Code::SmallGroup, "responses"), [expected]);
}

#[test]
fn a_composite_without_one_of_its_parts() {
    let mut release = first();
    let root = unit(&mut release, "BU-01");
    root.scales.insert("A1".to_owned(), Published::Withheld);
    for item in ["a1a", "a1b", "a1c"] {
        root.items.insert(item.to_owned(), Published::Withheld);
    }
    let expected = "2022H1, `BU-01`, P3_total: `BU-01` shows `P3_total` but not all of its parts.";
    objects(release, Code::Composite, "P3_total", &[expected]);
}

#[test]
fn items_without_their_scale() {
    let mut release = first();
    unit(&mut release, "BU-01")
        .scales
        .insert("A1".to_owned(), Published::Withheld);
    let expected = "2022H1, `BU-01`, A1: `BU-01` shows a part of the items of `A1`, or items \
                    without it.";
    objects(release.clone(), Code::Items, "A1", &[expected]);
    let expected =
        "2022H1, `BU-01`, A1: the scale is withheld, and its verdict says something of it.";
    objects(release, Code::Verdict, "A1", &[expected]);
}

#[test]
fn a_unit_in_which_all_answered_alike() {
    let mut release = first();
    let Some(Published::Shown(value)) = unit(&mut release, "BU-01").items.get_mut("t1a") else {
        panic!("the item is shown");
    };
    value.detail = ItemDetail::Points {
        percent: vec![0, 0, 0, 0, 100],
        not_applicable: 0,
    };
    let expected = "2022H1, `BU-01`, t1a, distribution: all, or all but one, are known to have \
                    answered alike by point, by `BU-01`.";
    let objections = found(&audit(&[release]), Code::Alike, "t1a, distribution");
    // What is left of the directorate is changed with it.
    assert!(
        objections.iter().any(|words| words == expected),
        "{objections:?}"
    );
}

#[test]
fn a_lower_threshold_in_the_file() {
    let mut release = first();
    release.policy.threshold = 4;
    let expected = "2022H1: the policy allows groups that are too small.";
    objects(release, Code::Policy, "", &[expected]);
}

#[test]
fn verdicts_on_another_file_than_the_one_given() {
    let mut past = first();
    past.units[0].name.push('!');
    let report = audit(&[past, FJORDBY.releases[1].clone()]);
    let expected = "2022H2: its verdicts rest on another file of wave `2022H1` than the one given.";
    assert_eq!(found(&report, Code::Earlier, ""), [expected]);
}

#[test]
fn numbers_that_cannot_be() {
    let mut release = first();
    let Some(Published::Shown(ScaleValue { interval, .. })) =
        unit(&mut release, "BU-01").scales.get_mut("T1")
    else {
        panic!("the scale is shown");
    };
    *interval = Some([1, 2]);
    let expected = "2022H1, `BU-01`, T1: the interval does not hold the index.";
    objects(release, Code::Implausible, "T1", &[expected]);
}

/// A folder to run the program in, which goes away.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("trust-climate-audit-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trust-climate"));
        command.args(arguments).current_dir(&self.0);
        command.output().expect("the binary runs")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn code_of(output: &Output) -> Option<i32> {
    output.status.code()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_command_names_what_each_file_gives_away() {
    let folder = Folder::new("named");
    publish::write_releases(&folder.0, &FJORDBY.releases[..2]).expect("they are written");
    let clean = folder.run(&["audit", "2022H1.json", "2022H2.json", "releases.json"]);
    assert_eq!(code_of(&clean), Some(0), "{}", text(&clean.stderr));
    assert!(text(&clean.stdout).starts_with("Nothing is given away.\n"));
    assert_eq!(
        text(&clean.stderr),
        "`releases.json` is a list of releases and was skipped.\n"
    );
    let mut release = first();
    show_responses(&mut release, "BU-12");
    fs::write(folder.0.join("put-back.json"), release.to_json()).expect("it is written");
    let objected = folder.run(&["audit", "put-back.json"]);
    assert_eq!(
        (code_of(&objected), text(&objected.stdout)),
        (Some(1), String::new())
    );
    assert!(text(&objected.stderr).contains("`BU-12`, responses: 2 answers"));
    let json = folder.run(&["audit", "--json", "put-back.json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let codes = report["objections"].as_array().expect("a list");
    assert!(codes.iter().any(|finding| finding["code"] == "small_group"));
}

#[test]
fn every_file_that_cannot_be_read_is_named_at_once() {
    let folder = Folder::new("unread");
    let write = |name: &str, text: &str| fs::write(folder.0.join(name), text).expect("a file");
    write("not.json", "units,headcounts\n");
    let mut other = first();
    other.format = "trust-climate-release/9".to_owned();
    write(
        "other.json",
        &String::from_utf8(other.to_json()).expect("JSON"),
    );
    let refused = folder.run(&["audit", "none.json", "not.json", "other.json"]);
    assert_eq!(code_of(&refused), Some(1));
    let words = text(&refused.stderr);
    let lines: Vec<&str> = words.lines().collect();
    assert!(
        lines[0].starts_with("`none.json`: cannot be read: "),
        "{words}"
    );
    assert!(
        lines[1].starts_with("`not.json`: is not a release file ("),
        "{words}"
    );
    assert_eq!(
        lines[2],
        "`other.json`: `trust-climate-release/9` is not a format of this program: audit it with \
         the program that made it"
    );
    let edited = [b" ", &first().to_json()[..]].concat();
    fs::write(folder.0.join("edited.json"), edited).expect("a file");
    let objected = folder.run(&["audit", "edited.json"]);
    assert_eq!(code_of(&objected), Some(1));
    assert!(text(&objected.stderr).contains("`edited.json` was changed after it was written"));
}

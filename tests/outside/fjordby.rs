//! The synthetic municipality, from its CSV files to its releases, against numbers computed from
//! the rows by other programs.

use collector::{demo, publish};
use release::{Change, IndexValue, Release, TrendVerdict};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use survey::Edition;
use tally::Layout;

static EXPECTED: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/fjordby_expected.json")).expect("JSON")
});

struct Municipality {
    edition: Edition,
    layout: Layout,
    imported: collector::import::Imported,
    releases: Vec<Release>,
}

static FJORDBY: LazyLock<Municipality> = LazyLock::new(|| {
    let edition = demo::edition();
    let imported = demo::past_waves(&edition).expect("the demo data have no problems");
    let releases = publish::releases(&edition, &imported.waves).expect("releases");
    Municipality {
        layout: Layout::new(&edition),
        edition,
        imported,
        releases,
    }
});

fn count(value: &Value) -> u32 {
    u32::try_from(value.as_u64().expect("a count")).expect("a small count")
}

#[test]
fn every_row_is_counted_once() {
    let waves = &FJORDBY.imported.waves;
    assert_eq!((waves.len(), FJORDBY.imported.counted), (8, 19_171));
    assert!(FJORDBY.imported.skipped.is_empty() && FJORDBY.imported.notes.is_empty());
    let leaves = |wave: &collector::import::ImportedWave| {
        let tree = &wave.file.units;
        (0..tree.units().len())
            .filter(|unit| tree.is_leaf(*unit))
            .count()
    };
    assert!(waves.iter().all(|wave| leaves(wave) == 40));
}

#[test]
fn item_tallies_to_the_last_integer() {
    let mut reader =
        csv::Reader::from_reader(&include_bytes!("../data/fjordby_item_tallies.csv")[..]);
    let waves: BTreeMap<&str, _> = FJORDBY
        .imported
        .waves
        .iter()
        .map(|wave| (wave.file.id.as_str(), wave))
        .collect();
    let mut checked = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let tally = &waves[&row[0]].tallies[&row[1]];
        let item = FJORDBY.edition.survey().item_idx(&row[2]).expect("an item");
        let counts = tally.item(&FJORDBY.layout, item);
        let mut found = counts.points;
        found.extend([counts.not_applicable, counts.blank]);
        let expected: Vec<u32> = row
            .iter()
            .skip(3)
            .map(|n| n.parse().expect("a count"))
            .collect();
        assert_eq!(found, expected, "{row:?}");
        checked += 1;
    }
    assert_eq!(checked, 8 * 40 * 24);
}

#[test]
fn score_tables_to_the_last_integer() {
    let survey = FJORDBY.edition.survey();
    let wave = FJORDBY.imported.waves.last().expect("eight waves");
    let expected = EXPECTED["tally_2025H2"].as_object().expect("units");
    assert_eq!(expected.len(), 40);
    for (unit, expected) in expected {
        let tally = &wave.tallies[unit];
        assert_eq!(tally.n(), count(&expected["n"]), "{unit}");
        for (scale, rows) in expected["score_hist"].as_object().expect("scales") {
            let idx = survey.scale_idx(scale).expect("a scale");
            for cell in tally.scores(&FJORDBY.layout, idx) {
                let expected = count(&rows[cell.answered][cell.sum]);
                assert_eq!(cell.count, expected, "{unit} {scale} {cell:?}");
            }
        }
    }
}

/// Index, interval and standard deviation in the whole points that people see.
#[test]
fn published_scales_are_the_expected_numbers() {
    let mut checked = 0;
    for release in &FJORDBY.releases {
        let wave = &release.wave.id;
        let parents = EXPECTED["parents"].as_object().expect("parents");
        let of_parents = parents
            .iter()
            .map(|(unit, waves)| (unit.as_str(), &waves[wave]));
        for (unit, expected) in of_parents.chain([("KOMMUNE", &EXPECTED["root"][wave])]) {
            let found = release.unit(unit).expect("a unit");
            for (scale, expected) in expected["scales"].as_object().expect("scales") {
                let value = found.scales[scale].shown().expect("large units are shown");
                let number = |key: &str| expected[key].as_f64().expect("a number");
                let end = |idx: usize| expected["ci95_fpc"][idx].as_f64().expect("a number");
                let context = format!("{wave} {unit} {scale}");
                assert_eq!(value.n, count(&expected["n"]), "{context}");
                assert_eq!(
                    value.index,
                    IndexValue::Points(whole(number("mean"))),
                    "{context}"
                );
                let interval = [whole(end(0)), whole(end(1))];
                assert_eq!(value.interval, Some(interval), "{context}");
                assert_eq!(value.sd, Some(whole(number("sd"))), "{context}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 8 * 6 * 9, "{checked}");
}

/// Half up, like the display rule; the expected values are far from halves but for exact ones.
fn nearest(value: f64) -> String {
    format!("{:.0}", (value + 1e-9).round())
}

fn whole(value: f64) -> u8 {
    nearest(value).parse().expect("0 to 100")
}

#[test]
fn no_release_gives_a_small_group_away() {
    for release in &FJORDBY.releases {
        let objections: Vec<String> = audit::blocks(release)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            objections.is_empty(),
            "{}: {objections:#?}",
            release.wave.id
        );
    }
}

/// The unit with four staff is never shown, nor the one that would lay it open.
#[test]
fn small_units_and_their_protectors_are_withheld() {
    for release in &FJORDBY.releases {
        let withheld: Vec<&str> = release
            .units
            .iter()
            .filter(|unit| unit.responses.shown().is_none())
            .map(|unit| unit.id.as_str())
            .collect();
        assert!(
            withheld.contains(&"BU-12") && withheld.contains(&"BU-11"),
            "{withheld:?}"
        );
        let root = release.root().expect("a root");
        assert!(root.scales.values().all(|value| value.shown().is_some()));
    }
}

#[test]
fn the_same_tallies_give_the_same_bytes() {
    let again = publish::releases(&FJORDBY.edition, &FJORDBY.imported.waves).expect("releases");
    for (again, release) in again.iter().zip(&FJORDBY.releases) {
        let bytes = again.to_json();
        assert_eq!(bytes, release.to_json());
        let read = Release::from_json(&bytes).expect("what was written can be read");
        assert_eq!(read, *release);
    }
}

/// What is called a change, as `wave unit·scale`, of units whose id passes `of`.
fn called(release: &Release, change: Change, of: fn(&str) -> bool) -> BTreeSet<String> {
    let units = release.units.iter().filter(|unit| of(&unit.id));
    units
        .flat_map(|unit| unit.verdicts.iter().map(move |(scale, v)| (unit, scale, v)))
        .filter(|(_, _, verdict)| verdict.change == change)
        .map(|(unit, scale, _)| format!("{}·{scale}", unit.id))
        .collect()
}

fn is_directorate(id: &str) -> bool {
    id.len() == 2
}

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// In 2024H1 three effects were put into SO: T1, T2 and H1. Two of them are under five points.
#[test]
fn exactly_the_change_that_was_put_in_is_called_one() {
    let release = &FJORDBY.releases[4];
    assert_eq!(release.wave.id, "2024H1");
    let of = |change| called(release, change, is_directorate);
    assert_eq!(of(Change::Rise), set(&["SO·H1"]));
    assert_eq!(of(Change::Fall), set(&[]));
    assert_eq!(of(Change::Small), set(&["SO·T1", "SO·T2", "SO·P3_total"]));
    for quiet in FJORDBY.releases[1..]
        .iter()
        .filter(|r| r.wave.id != "2024H1")
    {
        for change in [Change::Rise, Change::Fall, Change::Small] {
            assert_eq!(
                called(quiet, change, is_directorate),
                set(&[]),
                "{}",
                quiet.wave.id
            );
        }
    }
}

/// The wave's relevance decides what matters; no wave can set it under five, so it is set here.
#[test]
fn at_four_points_all_three_that_were_put_in_are_called() {
    let earlier: Vec<disclosure::Earlier> = FJORDBY.releases[..4]
        .iter()
        .map(|release| disclosure::Earlier {
            sha256: release::sha256_hex(&release.to_json()),
            release: release.clone(),
        })
        .collect();
    let mut release = FJORDBY.releases[4].clone();
    release.policy.relevance = 4;
    let verdicts = disclosure::verdicts(&release, &earlier);
    for (unit, verdicts) in release.units.iter_mut().zip(verdicts) {
        unit.verdicts = verdicts;
    }
    let of = |change| called(&release, change, is_directorate);
    assert_eq!(of(Change::Rise), set(&["SO·H1", "SO·T1", "SO·T2"]));
    assert_eq!(of(Change::Fall), set(&[]));
    assert_eq!(of(Change::Small), set(&["SO·P3_total"]));
}

/// People low on engagement stayed away: the number rose, and no interval warns.
#[test]
fn low_participation_is_a_caution_and_nothing_else() {
    let release = &FJORDBY.releases[7];
    assert_eq!(release.wave.id, "2025H2");
    let bs = release.unit("BS").expect("a directorate");
    for (scale, verdict) in bs.verdicts.iter().filter(|(id, _)| !id.starts_with("PULS")) {
        assert_eq!(verdict.change, Change::CautionLow, "{scale}");
        assert_eq!(verdict.trend, None, "{scale}");
    }
}

#[test]
fn a_line_is_a_trend_and_a_jump_is_not() {
    let release = &FJORDBY.releases[7];
    let trend = |unit: &str, scale: &str| {
        let verdicts = &release.unit(unit).expect("a unit").verdicts;
        verdicts[scale].trend.clone().expect("eight waves")
    };
    let whole = trend("KOMMUNE", "N1");
    assert_eq!(
        (whole.verdict, whole.slope, whole.waves),
        (TrendVerdict::TrendUp, Some(78), 8)
    );
    assert_eq!(trend("KOMMUNE", "T3").verdict, TrendVerdict::TrendNone);
    let jump = trend("SO", "H1");
    assert_eq!((jump.verdict, jump.slope), (TrendVerdict::Step, None));
    assert_eq!(jump.step, Some(["2023H2".to_owned(), "2024H1".to_owned()]));
    // Its one change is small, so it is no step: it went up and down more than a line allows.
    let uneven = trend("SO", "T1");
    assert_eq!(
        (uneven.verdict, uneven.slope),
        (TrendVerdict::TrendNone, None)
    );
}

#[test]
fn three_waves_have_no_trend_and_the_first_no_change() {
    for (idx, release) in FJORDBY.releases.iter().enumerate() {
        let root = release.root().expect("a root");
        let first = root.verdicts["T1"].change == Change::First;
        assert_eq!(first, idx == 0);
        assert_eq!(root.verdicts["T1"].trend.is_some(), idx >= 3);
        let names: Vec<&str> = release
            .earlier
            .iter()
            .map(|file| file.wave.as_str())
            .collect();
        let before: Vec<&str> = FJORDBY.releases[..idx]
            .iter()
            .map(|r| r.wave.id.as_str())
            .collect();
        assert_eq!(names, before);
    }
}

/// A pulse scale repeats answers that the longer scales have judged already.
#[test]
fn short_scales_are_judged_only_beside_pulse_waves() {
    let root = FJORDBY.releases[7].root().expect("a root");
    assert!(!root.verdicts.contains_key("PULS3"));
    assert!(root.verdicts.contains_key("P3_total"));
}

#[test]
fn reliability_is_that_of_the_rows() {
    for release in &FJORDBY.releases {
        let expected = &EXPECTED["root"][&release.wave.id]["scales"];
        for scale in ["T1", "T2", "T3", "H1", "E1", "N1"] {
            let alpha = expected[scale]["alpha"].as_f64().expect("a number");
            let found = release.quality[scale]
                .reliability
                .as_ref()
                .expect("many answers");
            let error = (f64::from(found.alpha) / 100.0 - alpha).abs();
            assert!(error <= 0.005, "{} {scale}", release.wave.id);
            let [lo, hi] = found.alpha_interval;
            assert!(lo < found.alpha && found.alpha < hi);
            assert!(found.lambda2 >= found.alpha);
        }
        // A formative scale is not one thing measured several times.
        assert_eq!(release.quality["A1"].reliability, None);
    }
}

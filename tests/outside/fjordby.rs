//! The synthetic municipality, from its CSV files to its releases, against numbers computed from
//! the rows by other programs.

use collector::{demo, publish};
use release::{IndexValue, Release};
use serde_json::Value;
use std::collections::BTreeMap;
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
    let releases = imported
        .waves
        .iter()
        .map(|wave| {
            let hash = wire::WaveFile::hash(&wave.file.to_json());
            publish::release(&wave.file, &hash, &edition, &wave.tallies).expect("a release")
        })
        .collect();
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
    let wave = &FJORDBY.imported.waves[0];
    let hash = wire::WaveFile::hash(&wave.file.to_json());
    let again = publish::release(&wave.file, &hash, &FJORDBY.edition, &wave.tallies);
    let bytes = again.expect("a release").to_json();
    assert_eq!(bytes, FJORDBY.releases[0].to_json());
    assert_eq!(
        Release::from_json(&bytes).expect("what was written can be read"),
        FJORDBY.releases[0]
    );
}

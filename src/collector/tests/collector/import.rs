//! Real input, good and bad.

use crate::support::{Folder, code_of, text};
use collector::import::{self, Imported, Input, Organisation, Source};
use std::collections::BTreeMap;
use tally::Threshold;

const UNITS: &str =
    "unit;unit_name;parent;parent_name\nA;Alpha;D;Department\nB;Beta;D;Department\n";
const HEADCOUNTS: &str = "wave,unit,headcount\n2022H1,A,20\n2022H1,B,10\n2023,A,21\n";

fn header() -> String {
    let edition = collector::demo::edition();
    let items: Vec<&str> = edition
        .survey()
        .items
        .iter()
        .map(|item| item.id.as_str())
        .collect();
    format!("wave,unit,{}", items.join(","))
}

fn row(wave: &str, unit: &str, cell: &str) -> String {
    format!("\n{wave},{unit},{}", [cell; 24].join(","))
}

fn read(
    units: &str,
    headcounts: &str,
    responses: &str,
    skip_bad_rows: bool,
) -> Result<Imported, Vec<String>> {
    let edition = collector::demo::edition();
    import::read(&Input {
        edition: &edition,
        responses: Source {
            name: "r.csv",
            bytes: responses.as_bytes(),
        },
        units: Source {
            name: "u.csv",
            bytes: units.as_bytes(),
        },
        headcounts: Source {
            name: "h.csv",
            bytes: headcounts.as_bytes(),
        },
        organisation: Organisation {
            id: "ALL".to_owned(),
            name: "All".to_owned(),
        },
        employer: Some("Us".to_owned()),
        threshold: Threshold::FLOOR,
        relevance: tally::Relevance::FLOOR,
        periods: BTreeMap::new(),
        skip_bad_rows,
    })
    .map_err(|failure| failure.lines)
}

/// Checks the beginning of each line: place and code.
fn check(units: &str, headcounts: &str, responses: &str, expected: &[&str]) {
    let lines = read(units, headcounts, responses, false).expect_err("problems");
    let found: Vec<&str> = lines
        .iter()
        .filter(|line| line.contains(".csv:"))
        .map(|line| {
            line.splitn(3, ' ')
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
                .len()
        })
        .zip(&lines)
        .map(|(len, line)| &line[..len])
        .collect();
    assert_eq!(found, expected, "{lines:#?}");
}

#[test]
fn fjordby_comes_in_by_the_import() {
    let edition = collector::demo::edition();
    let imported = collector::demo::past_waves(&edition).expect("no problems");
    assert_eq!(
        (imported.waves.len(), imported.leaves(), imported.counted),
        (8, 40, 19_171)
    );
    assert_eq!(imported.notes, Vec::<String>::new());
    let first = &imported.waves[0];
    assert_eq!(first.file.name.get("da", &[]), "1. halvår 2022");
    assert_eq!(first.tallies["BU-01"].n(), 92);
    let root = &first.file.units.units()[0];
    assert_eq!(
        (root.id.as_str(), root.name.as_str()),
        ("KOMMUNE", "Fjordby Kommune")
    );
    assert_eq!(first.file.units.units().len(), 46);
}

#[test]
fn rows_are_counted_by_wave_and_unit_in_any_dialect() {
    let responses = format!(
        "\u{feff}{}{}{}{}",
        header(),
        row("2022H1", "A", "4"),
        row("2022H1", "A", "9"),
        row("2023", "B", "")
    );
    let imported =
        read(UNITS, HEADCOUNTS, &responses.replace(',', ";"), false).expect("no problems");
    assert_eq!(imported.counted, 3);
    let waves: Vec<(&str, &str, u32)> = imported
        .waves
        .iter()
        .map(|wave| {
            (
                wave.file.id.as_str(),
                wave.file.opens.as_str(),
                wave.counted(),
            )
        })
        .collect();
    assert_eq!(
        waves,
        [("2022H1", "2022-01-01", 2), ("2023", "2023-01-01", 1)]
    );
}

#[test]
fn every_bad_row_is_reported_by_line() {
    let responses = [
        header(),
        row("2022H1", "A", "4"),
        row("2022H1", "Z", "4"),
        row("2021", "A", "4"),
        row("2022H1", "D", "4"),
        "\n2022H1,A,1,2".to_owned(),
        row("2022H1", "A", "4")
            .replacen(",4", ",7", 1)
            .replacen(",4", ",yes", 1),
    ]
    .concat();
    check(
        UNITS,
        HEADCOUNTS,
        &responses,
        &[
            "r.csv:3: I12",
            "r.csv:4: I11",
            "r.csv:5: I13",
            "r.csv:6: I07",
            "r.csv:7: I10",
            "r.csv:7: I09",
        ],
    );
    let imported = read(UNITS, HEADCOUNTS, &responses, true).expect("bad rows are left out");
    assert_eq!((imported.counted, imported.skipped.len()), (1, 6));
}

#[test]
fn a_header_that_is_not_the_surveys_is_refused() {
    let responses = header().replace("t1a", "t1z") + &row("2022H1", "A", "4");
    check(
        UNITS,
        HEADCOUNTS,
        &responses,
        &["r.csv:1: I04", "r.csv:1: I05"],
    );
    let twice = header().replace("t1b", "t1a") + &row("2022H1", "A", "4");
    check(UNITS, HEADCOUNTS, &twice, &["r.csv:1: I06"]);
}

#[test]
fn problems_of_units_and_headcounts_are_listed_together() {
    let units = "unit,unit_name,parent\nA,Alpha,\nB,Beta,\nA,Again,B\n";
    let headcounts = "wave,unit,headcount\n2022,A,many\n2022,,3\n";
    check(
        units,
        headcounts,
        &header(),
        &[
            "u.csv:4: I15",
            "u.csv:4: I14",
            "h.csv:2: I09",
            "h.csv:3: I08",
        ],
    );
    let around = "unit,unit_name,parent\nA,Alpha,\nB,Beta,C\nC,Gamma,B\n";
    check(
        around,
        "wave,unit,headcount\n2022,A,5\n",
        &header(),
        &["u.csv:1: I16"],
    );
    check(
        UNITS,
        "wave,unit,headcount\nspring,A,5\n2022,Q,5\n",
        &header(),
        &["h.csv:2: I17", "h.csv:3: I12"],
    );
}

#[test]
fn the_responses_column_is_checked_against_what_was_counted() {
    let headcounts = "wave,unit,headcount,responses\n2022H1,A,20,2\n2022H1,B,9,0\n";
    let imported = read(
        UNITS,
        headcounts,
        &(header() + &row("2022H1", "A", "4")),
        false,
    )
    .expect("no problems");
    assert_eq!(
        imported.notes,
        ["h.csv:2: `A` in `2022H1` should have 2 answers by the headcounts file; 1 were counted"]
    );
}

#[test]
fn staff_of_a_unit_with_units_below_answer_in_a_leaf_of_their_own() {
    let headcounts = "wave,unit,headcount\n2022,A,20\n2022,D,6\n";
    let imported = read(
        UNITS,
        headcounts,
        &(header() + &row("2022", "D", "5")),
        false,
    )
    .expect("no problems");
    assert_eq!(
        imported.waves[0].tallies.keys().collect::<Vec<_>>(),
        ["D.direct"]
    );
}

#[test]
fn files_released_twice_give_the_same_bytes_as_the_store() {
    let folder = Folder::new();
    let responses = header()
        + &["1", "2", "3", "4", "5", "4", "NA", "0"]
            .map(|cell| row("2022H1", "A", cell))
            .concat();
    for (name, content) in [
        ("u.csv", UNITS),
        ("h.csv", HEADCOUNTS),
        ("r.csv", &responses),
    ] {
        std::fs::write(folder.0.join(name), content).expect("a file");
    }
    let survey = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../surveys/trust-climate.toml"
    );
    let files = [
        "--survey",
        survey,
        "--units",
        "u.csv",
        "--headcounts",
        "h.csv",
        "--responses",
        "r.csv",
        "--employer",
        "Us",
    ];
    let run = |verb: &[&str]| {
        let output = folder.run(&[verb, &files[..]].concat());
        assert_eq!(code_of(&output), 0, "{}", text(&output.stderr));
    };
    run(&["release", "--out", "one"]);
    run(&["release", "--out", "two"]);
    run(&["import", "--release"]);
    let one = std::fs::read(folder.0.join("one/2022H1.json")).expect("a release");
    assert_eq!(
        std::fs::read(folder.0.join("two/2022H1.json")).expect("a release"),
        one
    );
    assert_eq!(
        folder
            .store()
            .release_file("2022H1.json")
            .expect("readable")
            .expect("there")
            .0,
        one
    );
    let again = folder.run(&[&["import"], &files[..]].concat());
    assert_eq!(code_of(&again), 1);
    assert_eq!(
        text(&again.stderr).lines().count(),
        2,
        "{}",
        text(&again.stderr)
    );
}

//! `trust-climate describe` against numbers that other programs computed from the rows.

use collector::describe::{Figures, Input, ScaleFigures, count, figures};
use collector::import::Source;
use serde_json::Value;
use survey::Edition;

const RESPONSES: &[u8] = include_bytes!("../../src/collector/demo/fjordby_responses.csv");
const UNITS: &[u8] = include_bytes!("../../src/collector/demo/fjordby_units.csv");
const HEADCOUNTS: &[u8] = include_bytes!("../../src/collector/demo/fjordby_headcount.csv");

fn source(bytes: &[u8]) -> Source<'_> {
    Source {
        name: "file.csv",
        bytes,
    }
}

fn described(
    edition: &Edition,
    responses: &[u8],
    units: Option<&[u8]>,
    headcounts: Option<&[u8]>,
) -> Vec<Figures> {
    let groups = count(&Input {
        edition,
        responses: source(responses),
        units: units.map(source),
        headcounts: headcounts.map(source),
        skip_bad_rows: false,
    });
    figures(edition, &groups.expect("files without problems"))
}

fn near(found: Option<f64>, expected: &Value, what: &str) {
    let (found, expected) = (
        found.unwrap_or_else(|| panic!("{what} is missing")),
        expected.as_f64().expect("a number"),
    );
    let error = (found - expected).abs() / expected.abs().max(1e-12);
    assert!(error < 1e-9, "{what}: {found} instead of {expected}");
}

fn check_scale(found: &ScaleFigures, expected: &Value, what: &str) {
    assert_eq!(Some(found.n), expected["n"].as_u64(), "{what}");
    near(found.mean, &expected["mean"], what);
    near(found.sd, &expected["sd"], what);
    for end in 0..2 {
        let ci = found.ci95.map(|ends| ends[end]);
        near(ci, &expected["ci95_fpc"][end], what);
    }
    if !expected["alpha"].is_null() {
        near(found.alpha, &expected["alpha"], what);
        near(found.icc1, &expected["icc"]["ICC1"], what);
        near(found.icc2, &expected["icc"]["ICC2"], what);
    }
}

#[test]
fn the_municipality_and_its_directorates_at_full_precision() {
    let file: Value =
        serde_json::from_str(include_str!("../data/fjordby_expected.json")).expect("JSON");
    let edition = collector::demo::edition();
    let all = described(&edition, RESPONSES, Some(UNITS), Some(HEADCOUNTS));
    // Eight waves of forty units, five directorates and the whole.
    assert_eq!(all.len(), 8 * 46);
    let mut checked = 0;
    for of in &all {
        let wave = of.wave.as_deref().expect("a wave");
        let expected = match &of.unit {
            None => &file["root"][wave],
            Some(unit) if unit.len() == 2 => &file["parents"][unit][wave],
            Some(_) => continue,
        };
        assert_eq!(of.headcount, expected["headcount"].as_u64());
        for (scale, expected) in expected["scales"].as_object().expect("a map") {
            let what = format!("{wave} {:?} {scale}", of.unit);
            check_scale(&of.scales[scale], expected, &what);
            checked += 1;
        }
    }
    assert!(checked >= 8 * 6 * 7, "{checked}");
}

/// Nine respondents without waves or units; an empty wave column would be another file.
#[test]
fn the_example_that_can_be_checked_by_hand() {
    let file: Value =
        serde_json::from_str(include_str!("../../src/tally/tests/data/mini_example.json"))
            .expect("JSON");
    let mut csv = "q1,q2,q3,q4,shoe size\n".to_owned();
    for row in file["rows"].as_array().expect("rows") {
        let cells: Vec<String> = row
            .as_array()
            .expect("cells")
            .iter()
            .map(Value::to_string)
            .collect();
        csv += &format!("{},43\n", cells.join(","));
    }
    let edition = survey::parse(MINI).expect("a survey");
    let all = described(&edition, csv.as_bytes(), None, None);
    let [whole] = all.as_slice() else {
        panic!("one line, not {}", all.len());
    };
    assert_eq!((&whole.wave, &whole.unit, whole.n), (&None, &None, 9));
    let scale = &whole.scales["S"];
    near(scale.mean, &file["scale"]["mean"], "mean");
    near(scale.alpha, &file["alpha"]["alpha"], "alpha");
    near(
        scale.alpha_ci95.map(|ends| ends[1]),
        &file["alpha_ci95_feldt"][1],
        "Feldt",
    );
    near(
        scale.ci95.map(|ends| ends[0]),
        &file["ci95_nofpc"]["lo"],
        "interval",
    );
    let q1 = &whole.items["q1"];
    assert_eq!((q1.n, q1.not_applicable, q1.blank), (7, 2, 0));
    near(q1.favourable, &file["item_q1"]["favourable"], "favourable");
}

#[test]
fn what_cannot_be_computed_is_null_and_every_bad_row_is_named() {
    let edition = survey::parse(MINI).expect("a survey");
    let all = described(
        &edition,
        b"unit,q1,q2,q3,q4\nA,5,5,5,5\nB,0,9,0,0\n",
        None,
        None,
    );
    let units: Vec<Option<&str>> = all.iter().map(|of| of.unit.as_deref()).collect();
    assert_eq!(units, [None, Some("A"), Some("B")]);
    let (one, none) = (&all[1].scales["S"], &all[2].scales["S"]);
    assert_eq!(
        (one.n, one.mean, one.sd, one.ci95),
        (1, Some(100.0), None, None)
    );
    assert_eq!((none.n, none.mean, none.alpha), (0, None, None));
    let json = serde_json::to_value(&all[2]).expect("JSON");
    assert!(json["scales"]["S"]["mean"].is_null());
    let refused = count(&Input {
        edition: &edition,
        responses: source(b"q1,q2,q3,q4\n6,1,1,1\n1,1,x,1\n"),
        units: None,
        headcounts: None,
        skip_bad_rows: false,
    });
    let lines = refused.err().expect("bad rows").lines;
    assert!(
        lines[0].starts_with("file.csv:2: I10 `q1` has no point 6"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("file.csv:3: I09"), "{lines:?}");
}

const MINI: &str = r#"
format = 1
id = "mini"
status = "draft, not validated"
license = "CC-BY-4.0"
languages = ["en"]
title = { en = "Mini" }
about = { en = "Four items" }
[sources.s]
title = "Here"
year = 2026
[anchors.a]
points = [{ en = "1" }, { en = "2" }, { en = "3" }, { en = "4" }, { en = "5" }]
not_applicable = { en = "Not relevant" }
[[items]]
id = "q1"
text = { en = "One" }
[[items]]
id = "q2"
text = { en = "Two" }
[[items]]
id = "q3"
text = { en = "Three" }
[[items]]
id = "q4"
text = { en = "Four" }
[[scales]]
id = "S"
kind = "reflective"
name = { en = "S" }
items = ["q1", "q2", "q3", "q4"]
[[pages]]
heading = { en = "Page" }
scale = "S"
"#;

//! The survey format: what it takes, and how it says what is wrong.

use survey::{Edition, Problem, parse};

/// A small survey that is right; the cases below change one thing each.
const RIGHT: &str = r#"format = 1
id = "small"
status = "draft, not validated"
license = "CC-BY-4.0"
languages = ["da", "en"]
title = { da = "Lille", en = "Small" }
about = { da = "Lille", en = "Small" }
sources.own = { title = "Own", year = 2026 }
anchors.two.points = [{ da = "Nej", en = "No" }, { da = "Ja", en = "Yes" }]
anchors.two.not_applicable = { da = "Ved ikke", en = "Don't know" }
[[items]]
id = "a"
text = { da = "En", en = "One" }
[[items]]
id = "b"
text = { da = "To", en = "Two" }
[[scales]]
id = "S"
name = { da = "S", en = "S" }
items = ["a", "b"]
[[pages]]
scale = "S"
heading = { da = "Side", en = "Page" }
"#;

fn changed(from: &str, to: &str) -> String {
    assert!(RIGHT.contains(from), "{from}");
    RIGHT.replacen(from, to, 1)
}

/// Problems as `line code path`.
#[track_caller]
fn check(file: &str, expected: &[&str]) {
    let problems = parse(file).expect_err("there is a problem");
    let line = |p: &Problem| format!("{} {} {}", p.line, p.code, p.path);
    let found: Vec<String> = problems.iter().map(line).collect();
    assert_eq!(found, expected, "{problems:#?}");
}

fn right() -> Edition {
    parse(RIGHT).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn defaults() {
    let edition = right();
    let survey = edition.survey();
    assert_eq!(
        (
            survey.scales[0].min_answered,
            survey.items[0].anchors.as_str()
        ),
        (1, "two")
    );
    assert_eq!(survey.pages[0].items, ["a", "b"]);
}

#[test]
fn an_edition_is_its_canonical_form() {
    let edition = right();
    let again = Edition::from_json(edition.json()).expect("what was written can be read");
    assert_eq!(again.hash(), edition.hash());
    let spaced = parse(&RIGHT.replace(" = ", "  =  ")).expect("white space is nothing");
    assert_eq!(spaced.hash(), edition.hash());
    let reworded = parse(&changed("En\"", "Én\"")).expect("another wording");
    assert_ne!(reworded.hash(), edition.hash());
}

#[test]
fn a_corrected_translation_keeps_the_line() {
    let print = |file: &str| {
        let edition = parse(file).expect("a survey");
        edition.fingerprint(&edition.survey().scales[0])
    };
    assert_eq!(
        print(RIGHT),
        print(&changed("en = \"One\"", "en = \"The first\""))
    );
    assert_ne!(
        print(RIGHT),
        print(&changed("da = \"En\"", "da = \"Den første\""))
    );
    assert_ne!(
        print(RIGHT),
        print(&changed("id = \"a\"", "id = \"a\"\nreversed = true"))
    );
    let strict = changed(
        "items = [\"a\", \"b\"]",
        "items = [\"a\", \"b\"]\nmin_answered = 2",
    );
    assert_ne!(print(RIGHT), print(&strict));
}

#[test]
fn two_to_eleven_points() {
    let point = r#"{ da = "x", en = "x" }"#;
    let with = |n: usize| {
        let row = vec![point; n].join(", ");
        changed(
            r#"[{ da = "Nej", en = "No" }, { da = "Ja", en = "Yes" }]"#,
            &format!("[{row}]"),
        )
    };
    for points in [2, 7, 11] {
        let edition = parse(&with(points)).expect("a survey");
        assert_eq!(edition.survey().points(0), points);
    }
    check(&with(1), &["9 S05 anchors.two.points"]);
    check(&with(12), &["9 S05 anchors.two.points"]);
}

#[test]
fn every_problem_at_once() {
    let file = changed("id = \"small\"", "id = \"lille å\"")
        .replace("year = 2026", "year = 2026, page = 3")
        .replace("en = \"One\"", "de = \"Eins\"")
        .replace("items = [\"a\", \"b\"]", "items = [\"a\", \"c\"]");
    check(
        &file,
        &[
            "2 S07 id",
            "8 S02 sources.own.page",
            "13 S10 items[0].text.de",
            "13 S09 items[0].text.en",
            "14 S12 items[1]",
            "14 S14 items[1]",
            "20 S08 scales[0].items",
            "21 S08 pages[0].items",
        ],
    );
}

#[test]
fn not_toml() {
    check(&changed("format = 1", "format = "), &["1 S01 "]);
}

#[test]
fn a_missing_text_is_said_once() {
    check(
        &changed("title = { da = \"Lille\", en = \"Small\" }\n", ""),
        &["0 S03 title"],
    );
}

#[test]
fn wrong_types_and_ranges() {
    check(&changed("format = 1", "format = \"1\""), &["1 S04 format"]);
    check(&changed("format = 1", "format = 2"), &["1 S05 format"]);
    check(
        &changed("year = 2026", "year = 70000"),
        &["8 S05 sources.own.year"],
    );
    check(
        &changed("id = \"a\"", "id = \"a\"\nprinciple = 8"),
        &["13 S05 items[0].principle"],
    );
    check(
        &changed(
            "items = [\"a\", \"b\"]",
            "items = [\"a\", \"b\"]\nmin_answered = 3",
        ),
        &["21 S05 scales[0].min_answered"],
    );
}

#[test]
fn references_and_duplicates() {
    check(
        &changed("id = \"b\"", "id = \"a\"").replace("[\"a\", \"b\"]", "[\"a\"]"),
        &["14 S06 items[1]"],
    );
    check(
        &changed("scale = \"S\"", "scale = \"T\""),
        &[
            "11 S12 items[0]",
            "14 S12 items[1]",
            "22 S08 pages[0].scale",
        ],
    );
    check(
        &changed(
            "text = { da = \"To\"",
            "source = \"x\"\ntext = { da = \"To\"",
        ),
        &["16 S08 items[1].source"],
    );
}

#[test]
fn composites_are_made_of_scales() {
    let composite = "[[scales]]\nid = \"C\"\nkind = \"composite\"\nparts = [\"S\", \"X\"]\n\
                     name = { da = \"C\", en = \"C\" }\n[[pages]]";
    check(
        &changed("[[pages]]", composite),
        &["24 S08 scales[1].parts"],
    );
    let right = composite.replace(", \"X\"", "");
    let edition = parse(&changed("[[pages]]", &right)).expect("a composite of one scale");
    assert_eq!(edition.survey().scales[1].items, ["a", "b"]);
}

#[test]
fn nobody_calls_it_validated_in_a_file() {
    check(
        &changed("draft, not validated", "valideret 2026"),
        &["3 S17 status"],
    );
}

#[test]
fn an_item_on_two_pages() {
    let page = "[[pages]]\nitems = [\"a\"]\nheading = { da = \"x\", en = \"x\" }\n";
    check(&format!("{RIGHT}{page}"), &["11 S13 items[0]"]);
}

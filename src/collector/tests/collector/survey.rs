//! `survey check` and `survey export`.

use crate::support::{Folder, code_of, text};

const SURVEY: &str = include_str!("../../../../surveys/pulse.toml");

fn check(file: &str, exit: i32, needed: &[&str]) {
    let folder = Folder::new();
    std::fs::write(folder.0.join("s.toml"), file).expect("a file");
    let output = folder.run(&["survey", "check", "s.toml"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(code_of(&output), exit, "{said}");
    for words in needed {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
}

#[test]
fn a_good_survey_is_described() {
    check(
        SURVEY,
        0,
        &[
            "s.toml: no problems",
            "edition    ",
            "languages  da, en",
            "items      6",
            "PULS3",
        ],
    );
}

#[test]
fn every_problem_is_listed_with_line_code_and_remedy() {
    let broken = SURVEY.replacen(
        "status = \"draft, not validated\"",
        "status = \"validated\"\ncolour = \"blue\"",
        1,
    );
    check(
        &broken,
        1,
        &["s.toml:", "S02 colour", "S17 status", "Remedy: "],
    );
}

#[test]
fn editions_are_exported_by_their_hash() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("s.toml"), SURVEY).expect("a file");
    assert_eq!(
        code_of(&folder.run(&["survey", "export", "--out", "out", "s.toml"])),
        0
    );
    let edition = survey::parse(SURVEY).expect("a survey");
    let written = std::fs::read(folder.0.join(format!("out/{}.json", edition.hash())));
    assert_eq!(written.expect("the edition"), edition.json());
    assert!(folder.0.join("out/index.json").exists());
}

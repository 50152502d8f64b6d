//! `wave new` and `demo`.

use crate::support::{Folder, code_of, text};
use std::collections::BTreeSet;
use wire::{Codes, WaveFile};

const SURVEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../surveys/pulse.toml");

fn folder() -> Folder {
    let folder = Folder::new();
    let write = |name: &str, content: &str| {
        std::fs::write(folder.0.join(name), content).expect("a file");
    };
    write(
        "u.csv",
        "unit,unit_name,parent\nA,Alpha,\nB,Beta,A\nC,Gamma,A\n",
    );
    write("h.csv", "wave,unit,headcount\nW1,B,20\nW1,C,30\n");
    write("passphrase", "open sesame\n");
    folder
}

/// `wave new` of W1 on one day of the past, with more arguments.
fn new(folder: &Folder, id: &str, more: &[&str]) -> (i32, String) {
    let always = [
        "wave",
        "new",
        "--id",
        id,
        "--headcounts-of",
        "W1",
        "--survey",
        SURVEY,
        "--units",
        "u.csv",
        "--headcounts",
        "h.csv",
        "--employer",
        "Us",
        "--opens",
        "2020-01-01",
        "--closes",
        "2020-01-01",
        "--name-da",
        "Uge 1",
    ];
    let output = folder.run(&[&always, more].concat());
    (code_of(&output), text(&output.stderr))
}

#[test]
fn a_wave_is_planned_with_codes_that_are_kept_as_hashes() {
    let folder = folder();
    let codes = [
        "--name",
        "en=Week 1",
        "--codes",
        "30",
        "--codes-out",
        "codes.txt",
        "--listed",
    ];
    assert_eq!(new(&folder, "W1", &codes), (0, String::new()));
    let written = std::fs::read_to_string(folder.0.join("codes.txt")).expect("the codes");
    let distinct: BTreeSet<&str> = written.lines().collect();
    assert_eq!((written.lines().count(), distinct.len()), (30, 30));
    let wave = folder.store().wave("W1").expect("the wave");
    assert_eq!((wave.file.codes, wave.file.grace_days), (Codes::Listed, 7));
    assert_eq!(wave.leaves().collect::<Vec<_>>(), ["B", "C"]);
    let (exit, said) = new(&folder, "W2", &codes);
    assert_eq!(
        (exit, said.contains("`codes.txt` exists")),
        (1, true),
        "{said}"
    );
    assert!(folder.store().wave("W2").is_err());
}

#[test]
fn what_a_wave_cannot_be_is_refused_with_a_sentence() {
    let folder = folder();
    let check = |id: &str, more: &[&str], exit: i32, words: &str| {
        let (found, said) = new(&folder, id, more);
        assert_eq!(found, exit, "{said}");
        assert!(said.contains(words), "`{words}` is not in: {said}");
    };
    check("W1", &[], 1, "wave `W1` has no name in `en`");
    let named = ["--name-en", "Week 1"];
    check(
        "current",
        &named,
        1,
        "`current` is the name of a file of ours",
    );
    check("a/b", &named, 1, "id: use at most 40 letters");
    check(
        "W1",
        &["--name-en", "x", "--threshold", "4"],
        2,
        "a threshold of 4 is under the floor of 5",
    );
    check(
        "W1",
        &["--name-en", "x", "--files", "f"],
        2,
        "--passphrase-file",
    );
    check("W1", &named, 0, "");
    check("w1", &named, 1, "there is a wave `w1` already");
}

#[test]
fn files_of_a_static_wave_are_never_overwritten() {
    let folder = folder();
    let more = [
        "--name-en",
        "Week 1",
        "--files",
        "f",
        "--passphrase-file",
        "passphrase",
    ];
    assert_eq!(new(&folder, "W1", &more), (0, String::new()));
    let wave = std::fs::read(folder.0.join("f/wave.json")).expect("the wave file");
    assert_eq!(WaveFile::from_json(&wave).expect("a wave file").id, "W1");
    assert_eq!(new(&folder, "W1", &more).0, 1);
    assert_eq!(
        std::fs::read(folder.0.join("f/wave.json")).expect("the wave file"),
        wave
    );
    assert!(!folder.0.join("data").exists());
}

#[test]
fn the_static_demo_keeps_a_wave_that_is_still_open() {
    let folder = Folder::new();
    let wave = || std::fs::read(folder.0.join("s/demo/wave.json")).expect("the wave file");
    assert_eq!(code_of(&folder.run(&["demo", "--static", "s"])), 0);
    let first = wave();
    assert_eq!(code_of(&folder.run(&["demo", "--static", "s"])), 0);
    assert_eq!(wave(), first);
    std::fs::remove_file(folder.0.join("s/demo/closing-key.json")).expect("it was there");
    assert_eq!(code_of(&folder.run(&["demo", "--static", "s"])), 0);
    assert_ne!(wave(), first);
    assert!(folder.0.join("s/releases/releases.json").exists());
}

#[test]
fn the_demo_is_loaded_once_and_finished_when_it_was_cut_short() {
    let folder = Folder::new();
    let edition = collector::demo::edition();
    let imported = collector::demo::past_waves(&edition).expect("no problems");
    let first = &imported.waves[0];
    let new = collector::store::NewWave {
        file: &first.file,
        edition: &edition,
        private: None,
        codes: &[],
    };
    folder
        .store()
        .import_wave(&new, &first.tallies, &first.products)
        .expect("as far as it came");
    let said = text(&folder.run(&["demo"]).stdout);
    assert!(
        said.contains("8 waves, 40 units, 19\u{202f}171 answers"),
        "{said}"
    );
    assert_eq!(
        folder.store().releases().expect("releases").releases.len(),
        8
    );
    let again = text(&folder.run(&["demo"]).stdout);
    assert_eq!(
        again,
        "The store has waves already; the demo is for an empty one.\n"
    );
}

#[test]
fn a_mistyped_data_folder_does_not_become_a_store() {
    let folder = Folder::new();
    let output = folder.run(&["wave", "list", "--data", "typo"]);
    assert_eq!(code_of(&output), 3);
    assert!(text(&output.stderr).starts_with("there is no store in `typo`"));
    assert!(!folder.0.join("typo").exists());
}

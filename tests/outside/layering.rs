//! Which crate may know which: Cargo's own account of the arrows, held against the table.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use tests::program::root;

const PURE: &[&str] = &["survey", "tally", "stats", "release", "disclosure", "audit"];

/// Crate and what it names directly: the table of ARCHITECTURE.md, no arrow more and none less.
const ARROWS: &[(&str, &[&str])] = &[
    ("survey", &[]),
    ("tally", &["survey"]),
    ("stats", &[]),
    ("release", &[]),
    ("disclosure", &["release", "stats", "survey", "tally"]),
    ("audit", &["release"]),
    ("texts", &["release"]),
    ("charts", &["release", "texts"]),
    ("wire", &["survey", "tally"]),
    ("ui", &["survey"]),
    ("device-count", &["survey", "tally", "wire"]),
    ("survey-element", &["survey", "ui", "wire"]),
    ("results-element", &["audit", "charts", "release", "ui"]),
    (
        "console",
        &[
            "audit",
            "disclosure",
            "release",
            "survey",
            "tally",
            "ui",
            "wire",
        ],
    ),
    (
        "collector",
        &[
            "audit",
            "disclosure",
            "release",
            "stats",
            "survey",
            "tally",
            "wire",
        ],
    ),
    ("xtask", &[]),
];

/// Crate and what it must not reach by any way.
const NEVER: &[(&str, &[&str])] = &[
    ("charts", &["tally", "disclosure", "stats", "wire"]),
    ("results-element", &["tally", "disclosure", "stats", "wire"]),
    (
        "survey-element",
        &["charts", "disclosure", "stats", "audit", "plotters"],
    ),
    (
        "device-count",
        &["ui", "disclosure", "release", "stats", "audit", "yew"],
    ),
    ("audit", &["disclosure", "tally", "survey", "stats"]),
    ("disclosure", &["audit", "wire"]),
    ("ui", &["tally", "wire", "disclosure"]),
];

/// What pure crates must not reach: the network, files, clocks, browsers, chance.
const OUTER: &[&str] = &[
    "axum",
    "tokio",
    "hyper",
    "rusqlite",
    "time",
    "chrono",
    "web-sys",
    "yew",
    "gloo",
    "rand",
    "getrandom",
];

/// Direct dependencies by crate, test dependencies left out.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let names: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .map(|node| {
            let deps = node["deps"]
                .as_array()
                .expect("deps")
                .iter()
                .filter(|dep| is_normal(dep));
            let targets = deps
                .map(|dep| names[text(&dep["pkg"])].to_owned())
                .collect();
            (names[text(&node["id"])].to_owned(), targets)
        })
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn is_normal(dep: &Value) -> bool {
    dep["dep_kinds"]
        .as_array()
        .expect("kinds")
        .iter()
        .any(|kind| kind["kind"].is_null())
}

fn reach<'a>(arrows: &'a BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for next in arrows.get(at).into_iter().flatten() {
            if found.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    found
}

#[test]
fn the_arrows_are_those_of_the_table() {
    let arrows = arrows();
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for (name, expected) in ARROWS {
        let found: Vec<&str> = arrows[*name]
            .iter()
            .map(String::as_str)
            .filter(|dep| ours.contains(dep))
            .collect();
        assert_eq!(found, *expected, "{name}");
    }
}

#[test]
fn every_crate_is_in_the_table() {
    let listed: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let folders: BTreeSet<String> = std::fs::read_dir(root().join("src"))
        .expect("src")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, listed);
}

#[test]
fn no_way_leads_where_none_may() {
    let arrows = arrows();
    for (name, never) in NEVER {
        let found = reach(&arrows, name);
        let forbidden: Vec<_> = never.iter().filter(|dep| found.contains(**dep)).collect();
        assert!(forbidden.is_empty(), "{name} reaches {forbidden:?}");
    }
}

#[test]
fn pure_crates_reach_nothing_outside() {
    for name in PURE {
        let found = linked(name);
        assert!(found.contains(*name), "{name}: {found:?}");
        let outer: Vec<_> = OUTER.iter().filter(|dep| found.contains(**dep)).collect();
        assert!(outer.is_empty(), "{name} reaches {outer:?}");
    }
}

/// What a crate is linked with. `cargo metadata` also lists optional packages that nobody asked for;
/// `cargo tree` does not.
fn linked(name: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            name,
            "--edges",
            "normal",
            "--target",
            "all",
        ])
        .args([
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--locked",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).expect("text");
    lines
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn nothing_depends_on_the_automation() {
    for (name, deps) in arrows() {
        assert!(!deps.contains("xtask"), "{name} depends on xtask");
    }
}

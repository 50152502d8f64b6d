//! What is wrong with a file, or with two files that should go together.

use super::plausible::{implausible, verdicts};
use super::report::{Code, Finding};
use crate::block::{self, Objection, evidence_of};
use release::{Evidence, Release, sha256_hex};

/// What is wrong with one file in itself. Small groups are left to the linear algebra, which finds
/// them all.
pub(super) fn one(release: &Release) -> Vec<Finding> {
    let is_tree = block::shape(release).is_empty();
    let mut findings: Vec<Finding> = block::blocks(release)
        .into_iter()
        .filter_map(|objection| of_blocks(release, &objection))
        .collect();
    findings.extend(implausible(release));
    if is_tree {
        findings.extend(
            block::all_together(release)
                .iter()
                .filter_map(|objection| of_blocks(release, objection)),
        );
        findings.extend(verdicts(release));
        findings.extend(evidence(release));
    }
    findings
}

fn finding(release: &Release, code: Code, words: String) -> Finding {
    Finding {
        wave: release.wave.id.clone(),
        code,
        units: Vec::new(),
        measure: String::new(),
        combination: String::new(),
        words,
    }
}

fn of_blocks(release: &Release, objection: &Objection) -> Option<Finding> {
    let (code, units, measure) = match objection {
        Objection::Policy => (Code::Policy, Vec::new(), ""),
        Objection::Tree(unit) | Objection::Values { unit } => (Code::Shape, vec![unit.clone()], ""),
        Objection::SmallBlock { .. } => return None,
        Objection::Composite { unit, scale } => {
            (Code::Composite, vec![unit.clone()], scale.as_str())
        }
        Objection::Items { unit, scale } => (Code::Items, vec![unit.clone()], scale.as_str()),
    };
    Some(Finding {
        units,
        measure: measure.to_owned(),
        ..finding(release, code, objection.to_string())
    })
}

/// The evidence in the file against what the audit finds.
fn evidence(release: &Release) -> Option<Finding> {
    let found = evidence_of(release);
    let differs: Vec<String> = found
        .iter()
        .filter(|evidence| !release.evidence.contains(evidence))
        .map(|evidence| evidence.measure.clone())
        .collect();
    let is_same = differs.is_empty() && found.len() == release.evidence.len();
    (!is_same).then(|| Finding {
        measure: differs.join("; "),
        ..finding(
            release,
            Code::Evidence,
            "the evidence in the file is not what the audit finds".to_owned(),
        )
    })
}

/// The smallest block that is not empty of every measure that shows something: its level, the
/// fewest that it may hold, and what it holds.
pub(super) fn blocks_by_level(release: &Release) -> Vec<(&'static str, u32, u32)> {
    let shown = |evidence: &Evidence| evidence.smallest > 0;
    let found = evidence_of(release).into_iter().filter(shown);
    found
        .map(|evidence| {
            let level = match evidence.measure.rsplit_once(", ").map(|(_, level)| level) {
                Some("standard deviation" | "points") => "distributions",
                Some("two decimals" | "more than five points") => "two decimals",
                Some(_) => "intervals",
                None if evidence.measure == "responses" => "responses",
                None if evidence.measure == "headcount" => "headcounts",
                None if release
                    .instrument
                    .items
                    .iter()
                    .any(|item| item.id == evidence.measure) =>
                {
                    "intervals"
                }
                None => "indexes",
            };
            (level, evidence.fewest, evidence.smallest)
        })
        .collect()
}

/// What two files of one wave must have in common. A released wave is never released again, so
/// files that differ in the wave file, the edition or the units are not of one wave.
pub(super) fn same_wave(files: &[&Release]) -> Vec<Finding> {
    let first = files[0];
    let tree = |release: &Release| -> Vec<(String, Option<String>)> {
        let units = release.units.iter();
        units
            .map(|unit| (unit.id.clone(), unit.parent.clone()))
            .collect()
    };
    let mut findings = Vec::new();
    for other in &files[1..] {
        let mut object = |what: &str| {
            let words =
                format!("two files of this wave have different {what}; only one can be the wave's");
            findings.push(finding(first, Code::Files, words));
        };
        if first.wave_file != other.wave_file {
            object("wave files");
        }
        if first.edition != other.edition || first.instrument != other.instrument {
            object("editions");
        }
        if tree(first) != tree(other) {
            object("units");
        }
    }
    findings
}

/// The files that verdicts rest on, where they are given, must be those of that hash.
pub(super) fn earlier(releases: &[Release]) -> Vec<Finding> {
    let given: Vec<(&str, String)> = releases
        .iter()
        .map(|release| (release.wave.id.as_str(), sha256_hex(&release.to_json())))
        .collect();
    let mut findings = Vec::new();
    for release in releases {
        for named in &release.earlier {
            let mut of_wave = given
                .iter()
                .filter(|(wave, _)| *wave == named.wave)
                .peekable();
            if of_wave.peek().is_some() && !of_wave.any(|(_, hash)| *hash == named.sha256) {
                let words = format!(
                    "its verdicts rest on another file of wave `{}` than the one given",
                    named.wave
                );
                findings.push(finding(release, Code::Earlier, words));
            }
        }
    }
    findings
}

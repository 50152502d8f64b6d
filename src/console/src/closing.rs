//! Closing: sealed hand-in files become tallies by unit, and the tallies a release.

use crate::wave_key::WaveKey;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use disclosure::Earlier;
use std::collections::{BTreeMap, BTreeSet};
use survey::Edition;
use tally::{Layout, MergeError, Tally, UnitTree};
use wire::{Date, HAND_IN_LABEL, HandIn, HandInContent, WaveFile};
use zeroize::Zeroizing;

/// A wave, what it asks, and its name.
#[derive(Debug, Clone, Copy)]
pub struct Wave<'a> {
    /// The wave file.
    pub file: &'a WaveFile,
    /// Its SHA-256.
    pub hash: &'a str,
    /// The edition that it names.
    pub edition: &'a Edition,
}

/// Why a wave was not closed and released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosingProblem {
    /// Something about one file.
    File {
        /// Name of the file.
        name: String,
        /// What.
        problem: FileProblem,
    },
    /// The counts of all files together pass what a tally holds.
    Overflow,
    /// The rules of disclosure cannot be applied; the words of `disclosure`.
    Disclosure(String),
    /// The audit found that the release would give something away; its objections.
    Audit(Vec<String>),
}

/// What is wrong with a hand-in file, seen once it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileProblem {
    /// The wave's key does not open it.
    CannotOpen,
    /// It opens, but holds no counts in the format.
    Unreadable,
    /// Device or number inside are not those outside.
    Relabelled,
    /// It counts another edition.
    OtherEdition,
    /// It counts for a unit that nobody answers for, or for one twice.
    Unit,
    /// Counts that no answers give.
    Counts,
}

/// Whether the wave's last day has come.
pub fn may_close(wave: &WaveFile, today: &Date) -> bool {
    *today >= wave.closes
}

/// Opens every file, adds each once, and makes the release, whose verdicts rest on `earlier`. Nothing is released when anything is
/// wrong with any file: a release is never made again, so it must not be made of some of them.
///
/// # Errors
/// Every problem of every file; or why the counts cannot be released.
pub fn release(
    wave: Wave<'_>,
    key: &WaveKey,
    files: &[(&str, &HandIn)],
    earlier: &[Earlier],
) -> Result<release::Release, Vec<ClosingProblem>> {
    let tallies = merged(wave, key, files)?;
    let closed = disclosure::Closed {
        edition: wave.edition,
        wave: described(wave.file),
        wave_file: wave.hash,
        units: &wave.file.units,
        threshold: wave.file.policy.threshold,
        relevance: wave.file.policy.relevance,
        tallies: &tallies,
        // A device of a staff room is one small group: its files carry none.
        products: None,
        hidden: &BTreeSet::new(),
        earlier,
    };
    let release = disclosure::release(&closed)
        .map_err(|error| vec![ClosingProblem::Disclosure(error.to_string())])?;
    audit::certified(release).map_err(|objections| {
        vec![ClosingProblem::Audit(
            objections.iter().map(ToString::to_string).collect(),
        )]
    })
}

/// The counts of all files by leaf unit.
fn merged(
    wave: Wave<'_>,
    key: &WaveKey,
    files: &[(&str, &HandIn)],
) -> Result<BTreeMap<String, Tally>, Vec<ClosingProblem>> {
    let layout = Layout::new(wave.edition);
    let mut tallies = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, file) in files {
        match opened(wave, &layout, key, file) {
            Ok(counts) if problems.is_empty() => {
                if add(&mut tallies, counts).is_err() {
                    problems.push(ClosingProblem::Overflow);
                }
            }
            Ok(_) => {}
            Err(problem) => {
                problems.push(ClosingProblem::File {
                    name: (*name).to_owned(),
                    problem,
                });
            }
        }
    }
    if problems.is_empty() {
        Ok(tallies)
    } else {
        Err(problems)
    }
}

fn add(
    tallies: &mut BTreeMap<String, Tally>,
    counts: BTreeMap<String, Tally>,
) -> Result<(), MergeError> {
    for (unit, tally) in counts {
        match tallies.get_mut(&unit) {
            Some(sum) => sum.merge(&tally)?,
            None => {
                tallies.insert(unit, tally);
            }
        }
    }
    Ok(())
}

/// The counts of one file, checked against its label, the edition and the units.
fn opened(
    wave: Wave<'_>,
    layout: &Layout,
    key: &WaveKey,
    file: &HandIn,
) -> Result<BTreeMap<String, Tally>, FileProblem> {
    let message = BASE64
        .decode(&file.sealed)
        .map_err(|_| FileProblem::CannotOpen)?;
    let json = key
        .unseal(&wire::info(HAND_IN_LABEL, wave.hash), &message)
        .ok_or(FileProblem::CannotOpen)?;
    let content = HandInContent::from_json(&json).map_err(|_| FileProblem::Unreadable)?;
    if (&content.device, content.number) != (&file.device, file.number) {
        return Err(FileProblem::Relabelled);
    }
    if content.edition != wave.edition.hash() {
        return Err(FileProblem::OtherEdition);
    }
    let mut counts = BTreeMap::new();
    for unit in content.tallies {
        if !is_leaf(&wave.file.units, &unit.unit) || counts.contains_key(&unit.unit) {
            return Err(FileProblem::Unit);
        }
        let bytes = BASE64
            .decode(&unit.cells)
            .map(Zeroizing::new)
            .map_err(|_| FileProblem::Counts)?;
        let tally = Tally::from_bytes(layout, &bytes).map_err(|_| FileProblem::Counts)?;
        counts.insert(unit.unit, tally);
    }
    Ok(counts)
}

fn is_leaf(units: &UnitTree, id: &str) -> bool {
    units.idx(id).is_some_and(|unit| units.is_leaf(unit))
}

/// The wave as its release names it.
fn described(wave: &WaveFile) -> release::Wave {
    release::Wave {
        id: wave.id.clone(),
        name: wave.name.0.clone().into_iter().collect(),
        employer: wave.employer.0.clone().into_iter().collect(),
        opens: wave.opens.to_string(),
        closes: wave.closes.to_string(),
    }
}

#[cfg(test)]
mod tests;

//! The only place where a number becomes publishable.
//!
//! Closed tallies go in, a [`Release`] comes out. What is shown is decided by the exact rule on a
//! tree: the tables an outsider can compute from the shown units are the combinations of *block*
//! tables, where the block of a shown unit is the staff whose nearest shown unit it is. A pattern is
//! safe when every block holds no answers or at least the threshold ([`pattern`]). The rule is
//! solved for each group of scales that share items and for each level of detail, on the smallest
//! number of answers that any of its numbers rests on in each leaf (`measure`); a unit or
//! block in which all, or all but one, answer alike is treated as hidden, and the rule is solved again
//! until none is left (`homogeneous`).
//!
//! What changed since earlier waves is judged from release files alone ([`verdicts()`]), and the
//! evidence of the audit is added by `audit`, which does not know this crate.
//!
//! A release names no number that this crate has not cleared, and says for everything else only
//! that it is withheld.

mod before;
mod closed;
mod facts;
mod homogeneous;
mod level;
mod measure;
pub mod pattern;
mod publish;
mod quality;
mod room;
mod verdicts;
mod words;

pub use closed::{Closed, Earlier, Error};
pub use level::Level;
pub use verdicts::verdicts;

use release::{EarlierFile, Policy, RELEASE_FORMAT, Release};
use std::collections::BTreeMap;

/// Makes the release of a closed wave. The same tallies always give the same release.
///
/// # Errors
/// When a tally belongs to another edition or to no leaf of the tree.
pub fn release(closed: &Closed<'_>) -> Result<Release, Error> {
    let counts = closed.counts()?;
    let patterns = measure::patterns(closed, &counts);
    let policy = |level: Level| level.fewest(closed.threshold);
    let mut release = Release {
        format: RELEASE_FORMAT.to_owned(),
        software: env!("CARGO_PKG_VERSION").to_owned(),
        wave: closed.wave.clone(),
        edition: closed.edition.hash().to_owned(),
        wave_file: closed.wave_file.to_owned(),
        policy: Policy {
            threshold: policy(Level::Index),
            interval: policy(Level::Interval),
            distribution: policy(Level::Distribution),
            verdict: policy(Level::Verdict),
            relevance: closed.relevance.points(),
            low_participation: verdicts::LOW_PARTICIPATION,
            participation_drop: verdicts::PARTICIPATION_DROP,
        },
        instrument: words::instrument(closed.edition),
        units: publish::units(closed, &counts, &patterns),
        quality: BTreeMap::new(),
        earlier: closed.earlier.iter().map(named).collect(),
        evidence: Vec::new(),
    };
    // From here on, nothing but what is published is looked at.
    let verdicts = verdicts::verdicts(&release, closed.earlier);
    for (unit, verdicts) in release.units.iter_mut().zip(verdicts) {
        unit.verdicts = verdicts;
    }
    release.quality = quality::quality(closed, &release);
    Ok(release)
}

fn named(earlier: &Earlier) -> EarlierFile {
    EarlierFile {
        wave: earlier.release.wave.id.clone(),
        sha256: earlier.sha256.clone(),
    }
}

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
mod room;
mod words;

pub use closed::{Closed, Earlier, Error};
pub use level::Level;

use release::{Policy, RELEASE_FORMAT, Release};

/// Makes the release of a closed wave. The same tallies always give the same release.
///
/// # Errors
/// When a tally belongs to another edition or to no leaf of the tree.
pub fn release(closed: &Closed<'_>) -> Result<Release, Error> {
    let counts = closed.counts()?;
    let patterns = measure::patterns(closed, &counts);
    let policy = |level: Level| level.fewest(closed.threshold);
    Ok(Release {
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
        },
        instrument: words::instrument(closed.edition),
        units: publish::units(closed, &counts, &patterns),
    })
}

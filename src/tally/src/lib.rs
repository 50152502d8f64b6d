//! Integer counts that add up.
//!
//! A response adds ones to the cells of a [`Tally`]; tallies add to tallies: units up a tree,
//! devices, collectors, files. The [`Layout`] of an edition says which cell counts what. Integers
//! only; merging commutes and associates; tallies of two editions never merge.
//!
//! This crate does not know what may be shown to whom.

mod layout;
mod products;
mod relevance;
mod tally;
mod threshold;
mod units;

pub use layout::{Layout, ScoreCell};
pub use products::{CrossProducts, ScaleProducts};
pub use relevance::{BadRelevance, Relevance};
pub use tally::{ItemCounts, MergeError, ReadError, Tally};
pub use threshold::{Threshold, ThresholdTooLow};
pub use units::{Unit, UnitIdx, UnitTree, UnitsProblem};

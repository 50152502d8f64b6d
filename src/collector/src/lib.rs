//! The collector: takes in submissions, keeps sealed tallies, closes and releases waves.
//!
//! ```text
//! routes ── open, validate ──► store::writer ── one transaction a batch ──► store (SQLite)
//! cli    ── import, wave new/open/close/release ──────────────────────────► store + keys
//! ```
//!
//! This is the only crate that knows HTTP, SQL, the time and files. It keeps no response: what a
//! person answered lives in memory until it is added to a tally, and the tally lies in the database
//! sealed with a key that lies elsewhere ([`keys`]). Numbers become publishable in `disclosure` only.

pub mod cli;
pub mod clock;
pub mod closing_key;
pub mod codes;
pub mod demo;
pub mod describe;
pub mod failure;
pub mod fielding;
pub mod import;
pub mod keys;
pub mod plan;
pub mod publish;
pub mod random;
pub mod routes;
pub mod seal;
pub mod store;

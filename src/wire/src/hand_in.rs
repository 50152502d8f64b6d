//! The hand-in file: what one device has counted since its last hand-in, sealed.

use serde::{Deserialize, Serialize};

/// Name and version of the format.
pub const HAND_IN_FORMAT: &str = "trust-climate-hand-in/1";

/// What can be read of a hand-in file by anybody: enough to sort it, nothing of its counts. Files
/// of a device are numbered increments, so that none is counted twice and a missing one is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandIn {
    /// [`HAND_IN_FORMAT`].
    pub format: String,
    /// Id of the wave.
    pub wave: String,
    /// SHA-256 of the wave file.
    pub wave_hash: String,
    /// Random name of the device, made for this wave.
    pub device: String,
    /// 1 for the device's first file of the wave, then one more each time.
    pub number: u32,
    /// [`HandInContent`] as JSON, sealed to the wave's key ([`crate::HAND_IN_LABEL`]), base64url.
    pub sealed: String,
}

/// The counts inside. Device and number are repeated, so that a label cannot be swapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandInContent {
    /// Hash of the edition.
    pub edition: String,
    /// As on the outside.
    pub device: String,
    /// As on the outside.
    pub number: u32,
    /// Counts by unit, in the order of unit ids; only units with responses.
    pub tallies: Vec<UnitTally>,
}

/// The counts of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTally {
    /// Id of the leaf unit.
    pub unit: String,
    /// [`tally::Tally::to_bytes`] in base64url.
    pub cells: String,
}

//! What the method page shows: how well the scales measure, and what the audit found.

use serde::{Deserialize, Serialize};

/// How well a scale measures. All in hundredths; what cannot be computed, or rests on too few
/// answers, is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Of all who answered every item of the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// Between and within the units that show enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
}

/// Internal consistency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reliability {
    /// Cronbach's alpha.
    pub alpha: i16,
    /// Its 95 % interval after Feldt.
    pub alpha_interval: [i16; 2],
    /// Guttman's lambda-2.
    pub lambda2: i16,
    /// McDonald's omega total of one factor, where the factor can be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub omega: Option<i16>,
}

/// How much people of one unit answer alike, from published numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Number of units it rests on: those that show moments, none of which is above another.
    pub units: u16,
    /// Share of all variance that lies between units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icc1: Option<i16>,
    /// Reliability of the units' means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icc2: Option<i16>,
    /// Median over the units of within-group agreement, against evenly spread answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rwg: Option<i16>,
}

/// What the block audit found for one number at one level of detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What is counted, in the audit's words.
    pub measure: String,
    /// The fewest that a block may hold.
    pub fewest: u32,
    /// Shown units, each with its block.
    pub blocks: u32,
    /// The smallest block that is not empty; 0 where nothing is shown.
    pub smallest: u32,
}

/// A release file that verdicts rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierFile {
    /// Id of the wave.
    pub wave: String,
    /// SHA-256 of the file in lowercase hexadecimal.
    pub sha256: String,
}

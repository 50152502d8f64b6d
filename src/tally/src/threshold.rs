//! The fewest answers that a published number may rest on.

use serde::{Deserialize, Serialize};

/// A threshold of at least [`Threshold::FLOOR`]; no configuration, file or API can make a lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Threshold(u32);

/// A threshold under the floor was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThresholdTooLow {
    /// What was asked for.
    pub asked: u32,
}

impl Threshold {
    /// Five: an insider can subtract their own answer, which leaves four others.
    pub const FLOOR: Self = Self(5);

    /// A threshold of `answers`.
    ///
    /// # Errors
    /// Under the floor.
    pub fn new(answers: u32) -> Result<Self, ThresholdTooLow> {
        let threshold = Self(answers);
        if threshold < Self::FLOOR {
            Err(ThresholdTooLow { asked: answers })
        } else {
            Ok(threshold)
        }
    }

    /// The number of answers.
    pub fn answers(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Threshold {
    type Error = ThresholdTooLow;

    fn try_from(answers: u32) -> Result<Self, ThresholdTooLow> {
        Self::new(answers)
    }
}

impl From<Threshold> for u32 {
    fn from(threshold: Threshold) -> Self {
        threshold.0
    }
}

impl std::fmt::Display for ThresholdTooLow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "a threshold of {} is under the floor of {}",
            self.asked,
            Threshold::FLOOR.0
        )
    }
}

impl std::error::Error for ThresholdTooLow {}

//! How many points a change must have to be called one.

use serde::{Deserialize, Serialize};

/// The fewest points of the 0–100 index that a change must have to be called one; at least
/// [`Relevance::FLOOR`]: no wave can call less a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Relevance(u8);

/// A relevance that no wave may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRelevance {
    /// What was asked for.
    pub asked: u8,
}

impl Relevance {
    /// Five points, the default too.
    pub const FLOOR: Self = Self(5);
    const MOST: u8 = 100;

    /// A relevance of `points`.
    ///
    /// # Errors
    /// Under the floor, or over the whole index.
    pub fn new(points: u8) -> Result<Self, BadRelevance> {
        if (Self::FLOOR.0..=Self::MOST).contains(&points) {
            Ok(Self(points))
        } else {
            Err(BadRelevance { asked: points })
        }
    }

    /// The number of points.
    pub fn points(self) -> u8 {
        self.0
    }

    /// Whether it is the floor, which wave files leave unsaid.
    pub fn is_floor(&self) -> bool {
        *self == Self::FLOOR
    }
}

impl Default for Relevance {
    /// The floor.
    fn default() -> Self {
        Self::FLOOR
    }
}

impl TryFrom<u8> for Relevance {
    type Error = BadRelevance;

    fn try_from(points: u8) -> Result<Self, BadRelevance> {
        Self::new(points)
    }
}

impl From<Relevance> for u8 {
    fn from(relevance: Relevance) -> Self {
        relevance.0
    }
}

impl std::fmt::Display for BadRelevance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "a change of {} points cannot be the smallest that is called one: choose {} to {}",
            self.asked,
            Relevance::FLOOR.0,
            Relevance::MOST
        )
    }
}

impl std::error::Error for BadRelevance {}

//! Levels of detail: each is a measure of its own, with a threshold of its own.

use tally::Threshold;

/// How much is shown of a unit, from least to most. A unit at one level is at all levels before it.
///
/// The thresholds follow from how much a few numbers give away: exact n, mean and standard deviation
/// of one five-point item fix its whole histogram for 63 % of possible results at n = 5, 18 % at 10
/// and 4 % at 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Number of answers and integer index of scales.
    Index,
    /// Intervals; items in three groups.
    Interval,
    /// Standard deviations; items of up to five points point by point.
    Distribution,
    /// Items of more points point by point.
    Verdict,
}

impl Level {
    /// All levels, least detail first.
    pub const ALL: [Self; 4] = [
        Self::Index,
        Self::Interval,
        Self::Distribution,
        Self::Verdict,
    ];

    /// The fewest answers in every block at this level.
    pub fn fewest(self, threshold: Threshold) -> u32 {
        let floor = match self {
            Self::Index => 0,
            Self::Interval => 10,
            Self::Distribution => 20,
            Self::Verdict => 50,
        };
        threshold.answers().max(floor)
    }

    /// Whether items with `points` points are shown point by point at this level; below it they
    /// are shown in three groups. More than five points would make thin shares.
    pub(crate) fn shows_points(self, points: usize) -> bool {
        match self {
            Self::Index | Self::Interval => false,
            Self::Distribution => points <= 5,
            Self::Verdict => true,
        }
    }
}

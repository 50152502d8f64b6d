//! The index axis of trends.

use release::{IndexValue, Release};

/// Where the axis begins. One for all trends of a page, so that they can be compared; not always 0,
/// since groups differ and move by a few points of a hundred. A page says so when it is not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    from: u8,
}

impl Axis {
    /// From 0 to 100.
    pub const WHOLE: Self = Self { from: 0 };

    /// The shortest of 50–100, 25–100 and 0–100 that holds every index and interval of a unit, with
    /// room of 5 points below.
    pub fn of(releases: &[Release], unit: &str) -> Self {
        let values = releases
            .iter()
            .filter_map(|release| release.unit(unit))
            .flat_map(|unit| unit.scales.values())
            .filter_map(|value| value.shown());
        let lowest = values
            .map(|value| match value.index {
                IndexValue::AtMost10 => 0,
                IndexValue::Points(index) => {
                    value.interval.map_or(index, |[low, _]| low.min(index))
                }
                IndexValue::AtLeast90 => 90,
            })
            .min();
        let from = match lowest {
            Some(lowest) if lowest >= 55 => 50,
            Some(lowest) if lowest >= 30 => 25,
            _ => 0,
        };
        Self { from }
    }

    /// The index at its foot.
    pub fn from(self) -> u8 {
        self.from
    }

    /// The indices that have a line above the foot.
    pub(crate) fn lines(self, is_large: bool) -> &'static [u8] {
        match (self.from, is_large) {
            (50, true) => &[60, 70, 80, 90, 100],
            (50, false) => &[75, 100],
            (25, _) => &[50, 75, 100],
            (_, true) => &[25, 50, 75, 100],
            (_, false) => &[50, 100],
        }
    }
}

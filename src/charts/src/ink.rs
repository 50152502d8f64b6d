//! Inks: what a shape is for, which a style sheet turns into a colour.
//!
//! plotters hands a backend nothing but a colour, so an ink travels as one: its number is the red
//! channel. No colour is ever shown.

use plotters::style::RGBColor;

/// Number of inks for answer points: as many as a scale may have points.
const STEPS: usize = 11;

/// Classes by ink number.
const CLASSES: [&str; 22] = [
    "step-0", "step-1", "step-2", "step-3", "step-4", "step-5", "step-6", "step-7", "step-8",
    "step-9", "step-10", "grid", "axis", "band", "whisker", "line", "dot", "coded", "gap", "break",
    "label", "value",
];

/// The purpose of a shape or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink(u8);

impl Ink {
    /// Lines to read values against.
    pub const GRID: Self = Self(11);
    /// The line that values stand on.
    pub const AXIS: Self = Self(12);
    /// Interval around a line.
    pub const BAND: Self = Self(13);
    /// Interval around a single point.
    pub const WHISKER: Self = Self(14);
    /// The line through an index over the waves.
    pub const LINE: Self = Self(15);
    /// One measured index.
    pub const DOT: Self = Self(16);
    /// An index of which only one end is known.
    pub const CODED: Self = Self(17);
    /// The place of a withheld value.
    pub const GAP: Self = Self(18);
    /// Between two waves that must not be compared.
    pub const BREAK: Self = Self(19);
    /// Names and axis numbers.
    pub const LABEL: Self = Self(20);
    /// Numbers of the chart itself.
    pub const VALUE: Self = Self(21);

    /// The ink of the `place`-th of `points` answer points from the low end, spread over the eleven
    /// steps so that the ends always have the strongest inks and a midpoint the neutral one.
    pub fn step(place: usize, points: usize) -> Self {
        let last = points.saturating_sub(1).max(1);
        // Rounded away from the middle, so that the steps lie mirrored around it.
        let scaled = place.min(last) * (STEPS - 1);
        let step = if 2 * place < last {
            scaled / last
        } else {
            scaled.div_ceil(last)
        };
        Self(u8::try_from(step).unwrap_or_default())
    }

    /// The ink of negative, middle and positive answers. Not that of the outermost points: a group
    /// is more than its outermost point, and the same colour must not mean two things in a legend.
    pub fn group(place: usize) -> Self {
        match place {
            0 => Self(1),
            1 => Self(5),
            _ => Self(9),
        }
    }

    /// The class that a style sheet knows it by.
    pub fn class(self) -> &'static str {
        CLASSES[usize::from(self.0)]
    }

    /// The ink that a colour stands for.
    pub(crate) fn of(rgb: (u8, u8, u8)) -> Self {
        Self(rgb.0.min(Self::VALUE.0))
    }

    /// The colour that stands for the ink.
    pub(crate) fn color(self) -> RGBColor {
        RGBColor(self.0, 0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answer_points_are_spread_with_their_ends_strongest() {
        let classes = |points| -> Vec<u8> { (0..points).map(|p| Ink::step(p, points).0).collect() };
        assert_eq!(classes(2), [0, 10]);
        assert_eq!(classes(3), [0, 5, 10]);
        assert_eq!(classes(4), [0, 3, 7, 10]);
        assert_eq!(classes(5), [0, 2, 5, 8, 10]);
        assert_eq!(classes(7), [0, 1, 3, 5, 7, 9, 10]);
        assert_eq!(classes(11), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }

    #[test]
    fn an_ink_survives_as_a_colour() {
        let RGBColor(red, green, blue) = Ink::GAP.color();
        assert_eq!(Ink::of((red, green, blue)).class(), "gap");
    }
}

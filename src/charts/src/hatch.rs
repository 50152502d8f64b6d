//! Hatching without a pattern element, whose id would clash with the next chart's.

use crate::ink::Ink;
use crate::recorder::Recording;
use plotters_backend::BackendCoord;

/// From one stroke to the next, in tenths of a pixel.
const STEP: i32 = 60;

/// Fills the rectangle between two corners, in tenths of a pixel, with rising strokes and an edge.
pub fn hatch(recording: &mut Recording, (left, top): BackendCoord, (right, bottom): BackendCoord) {
    // A rising stroke keeps x + y; it meets the rectangle between these sums.
    let (first, last) = (left + top, right + bottom);
    let mut sum = first + STEP;
    while sum < last {
        let start_x = left.max(sum - bottom);
        let end_x = right.min(sum - top);
        recording.path(
            Ink::GAP,
            false,
            [(start_x, sum - start_x), (end_x, sum - end_x)],
            false,
        );
        sum += STEP;
    }
    recording.rectangle(Ink::GAP, (left, top), (right, bottom), false);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_stay_inside() {
        let mut recording = Recording::new(10, 10);
        hatch(&mut recording, (0, 0), (100, 50));
        let svg = recording.into_svg("").to_svg();
        assert!(
            svg.contains("d=\"M1 5L6 0M7 5L10 2M0 0L10 0L10 5L0 5Z\""),
            "{svg}"
        );
    }
}

//! Mean and variance of counted values.

/// Mean and sample variance of `n` values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// How many values.
    pub n: u64,
    /// Arithmetic mean, in the unit of the values.
    pub mean: f64,
    /// Sample variance, denominator n − 1; `None` for n = 1.
    pub variance: Option<f64>,
}

impl Moments {
    /// Moments of values given as (value, how often). Two passes, so that close values keep their
    /// variance; the order of the pairs decides the last bit, so give them in a fixed order.
    ///
    /// `None` when there is no value.
    pub fn of(counted: &[(f64, u64)]) -> Option<Self> {
        let n: u64 = counted.iter().map(|(_, count)| count).sum();
        if n == 0 {
            return None;
        }
        let size = real(n);
        let mean = counted
            .iter()
            .map(|(value, count)| value * real(*count))
            .sum::<f64>()
            / size;
        let squares: f64 = counted
            .iter()
            .map(|(value, count)| (value - mean) * (value - mean) * real(*count))
            .sum();
        Some(Self {
            n,
            mean,
            variance: (n > 1).then(|| squares / (size - 1.0)),
        })
    }

    /// Sample standard deviation, in the unit of the values; `None` for n = 1.
    pub fn sd(&self) -> Option<f64> {
        self.variance.map(f64::sqrt)
    }
}

/// A count as a real number; exact up to 2⁵³.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^53"
)]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

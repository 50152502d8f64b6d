//! Mean and variance of counted values.

use crate::Reason;
use crate::reason::finite;

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
    /// Values lie within ±10¹⁰⁰ and counts add up to less than 2⁵³. `None` when there is no value.
    pub fn of(counted: &[(f64, u64)]) -> Option<Self> {
        let n = total(counted.iter().map(|(_, count)| *count));
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

    /// Moments of answers on an answer scale: `counts[0]` answers of point 1, `counts[1]` of point
    /// 2 and so on, at most 1000 points and 2⁴⁸ answers (more
    /// stop counting at the largest integer instead of overflowing).
    ///
    /// m = Σc·h/n and s² = (n·Σc²h − (Σc·h)²)/(n(n − 1)), in integers until the division.
    /// `None` when there is no answer.
    pub fn of_points(counts: &[u64]) -> Option<Self> {
        let n = i128::from(total(counts.iter().copied()));
        if n == 0 {
            return None;
        }
        let points = || (1_i128..).zip(counts.iter().map(|count| i128::from(*count)));
        let sum = points().fold(0_i128, |sum, (point, count)| {
            sum.saturating_add(point * count)
        });
        let squares = points().fold(0_i128, |sum, (point, count)| {
            sum.saturating_add(point * point * count)
        });
        let spread = n
            .saturating_mul(squares)
            .saturating_sub(sum.saturating_mul(sum));
        Some(Self {
            n: total(counts.iter().copied()),
            mean: ratio(sum, n),
            variance: (n > 1).then(|| ratio(spread, n.saturating_mul(n - 1))),
        })
    }

    /// Moments that were published as size, mean and standard deviation, rounded or not. The
    /// standard deviation of a single value is ignored: it has none.
    ///
    /// # Errors
    /// `NoValues` for n = 0; `OutOfRange` when the mean or the standard deviation is not finite or
    /// the latter is negative.
    pub fn from_summary(n: u64, mean: f64, sd: f64) -> Result<Self, Reason> {
        if n == 0 {
            return Err(Reason::NoValues);
        }
        if n > 1 && sd < 0.0 {
            return Err(Reason::OutOfRange);
        }
        Ok(Self {
            n,
            mean: finite(mean)?,
            variance: if n > 1 { Some(finite(sd * sd)?) } else { None },
        })
    }

    /// Sample standard deviation, in the unit of the values; `None` for n = 1.
    pub fn sd(&self) -> Option<f64> {
        self.variance.map(f64::sqrt)
    }

    /// The variance of these values' mean, s²/n, and the degrees of freedom n − 1.
    pub(crate) fn of_mean(&self) -> Result<(f64, f64), Reason> {
        if self.n == 0 {
            return Err(Reason::NoValues);
        }
        let variance = self.spread()?.ok_or(Reason::OneValue)?;
        Ok((variance / real(self.n), real(self.n) - 1.0))
    }

    /// The variance, refused when the fields hold what no values can have.
    pub(crate) fn spread(&self) -> Result<Option<f64>, Reason> {
        finite(self.mean)?;
        match self.variance {
            Some(variance) if variance >= 0.0 && self.n > 1 => finite(variance).map(Some),
            None => Ok(None),
            Some(_) => Err(Reason::OutOfRange),
        }
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

/// A quotient of whole numbers, off by one and a half unit in the last place at most.
#[expect(
    clippy::cast_precision_loss,
    reason = "rounding both sides once is the point: no error comes before the division"
)]
pub(crate) fn ratio(part: i128, whole: i128) -> f64 {
    part as f64 / whole as f64
}

fn total(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

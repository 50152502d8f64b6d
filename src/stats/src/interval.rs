//! The interval of a level: what the whole population would have said.

use crate::moments::{Moments, real};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// An interval with both ends, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
}

/// Why there is no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalError {
    /// One value has no spread.
    OneValue,
    /// More values than the population holds.
    MoreThanPopulation,
}

/// The 95 % interval of a mean, `m ± t(0.975; n − 1)·s/√n·√(1 − n/N)`.
///
/// `population` is N; with it the finite-population correction applies (Cochran 1977, *Sampling
/// Techniques*, §2.5), and with n = N the interval is the point. `None` leaves the correction out.
///
/// # Errors
/// With one value (unless it is the whole population), or with n > N.
pub fn level_interval(
    moments: &Moments,
    population: Option<u64>,
) -> Result<Interval, IntervalError> {
    let Moments { n, mean, variance } = *moments;
    let correction = match population {
        Some(all) if n > all => return Err(IntervalError::MoreThanPopulation),
        Some(all) if n == all => return Ok(Interval { lo: mean, hi: mean }),
        Some(all) => (1.0 - real(n) / real(all)).sqrt(),
        None => 1.0,
    };
    let variance = variance.ok_or(IntervalError::OneValue)?;
    let half = t_quantile(0.975, n - 1) * (variance / real(n)).sqrt() * correction;
    Ok(Interval {
        lo: mean - half,
        hi: mean + half,
    })
}

/// The quantile of Student's t with `df` degrees of freedom, for 0 < p < 1 and df ≥ 1.
pub fn t_quantile(p: f64, df: u64) -> f64 {
    // Location 0, scale 1 and at least one degree of freedom always make a distribution.
    let t = StudentsT::new(0.0, 1.0, real(df.max(1))).expect("a standard t distribution");
    t.inverse_cdf(p)
}

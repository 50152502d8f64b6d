//! The interval of a level: what the whole population would have said.

use crate::distribution::t_quantile;
use crate::moments::{Moments, real};
use crate::reason::{Reason, finite};

/// An interval with both ends, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
}

impl Interval {
    /// `center` ± `half`, when both ends are finite.
    pub(crate) fn around(center: f64, half: f64) -> Result<Self, Reason> {
        Ok(Self {
            lo: finite(center - half)?,
            hi: finite(center + half)?,
        })
    }
}

/// The 95 % interval of a mean, `m ± t(0.975; n − 1)·s/√n·√(1 − n/N)`, in the unit of the values.
///
/// `population` is N; with it the finite-population correction applies (Cochran 1977, *Sampling
/// Techniques*, §2.5), and with n = N the interval is the point. `None` leaves the correction out.
///
/// # Errors
/// `OneValue` (unless it is the whole population), `MoreThanPopulation` for n > N, `NoValues` for
/// n = 0, `OutOfRange` when the moments are none or an end is not finite.
pub fn level_interval(moments: &Moments, population: Option<u64>) -> Result<Interval, Reason> {
    let Moments { n, mean, .. } = *moments;
    let correction = match population {
        Some(all) if n > all => return Err(Reason::MoreThanPopulation),
        Some(all) if n == all && n > 0 => return Interval::around(mean, 0.0),
        Some(all) => (1.0 - real(n) / real(all.max(1))).sqrt(),
        None => 1.0,
    };
    let (variance, df) = moments.of_mean()?;
    Interval::around(mean, t_quantile(0.975, df)? * variance.sqrt() * correction)
}

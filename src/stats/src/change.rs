//! Change between two groups of values, such as a question asked twice.
//!
//! There is no finite-population correction here, on purpose: whether something moved is a
//! question about more than those who were there on two particular days.

use crate::distribution::{stirling_error, t_quantile, t_tail};
use crate::interval::Interval;
use crate::moments::{Moments, real};
use crate::reason::{Reason, finite};

/// A difference of two means with its test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Second mean less first, in the unit of the values.
    pub difference: f64,
    /// Standard error of the difference, in the unit of the values.
    pub se: f64,
    /// Welch–Satterthwaite degrees of freedom, from the smaller n − 1 to n₁ + n₂ − 2.
    pub df: f64,
    /// `difference`/`se`.
    pub t: f64,
    /// Two-sided p value, 0 to 1.
    pub p: f64,
    /// 95 % interval of the difference.
    pub interval: Interval,
}

/// Welch's comparison of two means (Welch 1947, *Biometrika* 34: 28–35),
///
/// `d = m₂ − m₁`, `SE² = s₁²/n₁ + s₂²/n₂`,
/// `df = SE⁴ / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1))`.
///
/// # Errors
/// `NoValues` or `OneValue` for a group of none or one, `NoSpread` when neither group has any,
/// `OutOfRange` when the moments are none or a result is not finite.
pub fn welch(before: &Moments, after: &Moments) -> Result<Change, Reason> {
    let ((first, first_df), (second, second_df)) = (before.of_mean()?, after.of_mean()?);
    let variance = finite(first + second)?;
    if variance <= 0.0 {
        return Err(Reason::NoSpread);
    }
    let (difference, se) = (finite(after.mean - before.mean)?, variance.sqrt());
    // As shares of the variance, so that squares of tiny ones do not vanish together.
    let (first, second) = (first / variance, second / variance);
    let df = 1.0 / (first * first / first_df + second * second / second_df);
    let t = finite(difference / se)?;
    Ok(Change {
        difference,
        se,
        df,
        t,
        p: (2.0 * t_tail(t.abs(), df)?).min(1.0),
        interval: Interval::around(difference, t_quantile(0.975, df)? * se)?,
    })
}

/// Hedges' g: the difference in pooled standard deviations, with the usual correction for few
/// values, `d/s_p·(1 − 3/(4(n₁ + n₂ − 2) − 1))` (Hedges 1981, *J. Educ. Stat.* 6: 107–128).
///
/// # Errors
/// As [`welch`].
pub fn hedges_g(before: &Moments, after: &Moments) -> Result<f64, Reason> {
    let (d, df) = standardized(before, after)?;
    finite(d * (1.0 - 3.0 / (4.0 * df - 1.0)))
}

/// Hedges' g with the exact correction `Γ(m/2)/(√(m/2)·Γ((m − 1)/2))`, m = n₁ + n₂ − 2 (same
/// source). It differs from [`hedges_g`] by less than 0.1 % from m = 10 on.
///
/// # Errors
/// As [`welch`].
pub fn hedges_g_exact(before: &Moments, after: &Moments) -> Result<f64, Reason> {
    let (d, df) = standardized(before, after)?;
    // Stirling's formula for both gamma functions, whose large terms cancel on paper.
    let (upper, lower) = (df / 2.0, (df - 1.0) / 2.0);
    let exponent = -(lower - 0.5) * libm::log1p(-1.0 / df) - 0.5 + stirling_error(upper)
        - stirling_error(lower);
    finite(d * libm::exp(exponent))
}

/// The difference in pooled standard deviations, and the degrees of freedom.
fn standardized(before: &Moments, after: &Moments) -> Result<(f64, f64), Reason> {
    let ((first, first_df), (second, second_df)) = (before.of_mean()?, after.of_mean()?);
    let df = first_df + second_df;
    // The variances again, weighted with their degrees of freedom.
    let pooled =
        first * real(before.n) * (first_df / df) + second * real(after.n) * (second_df / df);
    if pooled <= 0.0 {
        return Err(Reason::NoSpread);
    }
    Ok((finite((after.mean - before.mean) / pooled.sqrt())?, df))
}

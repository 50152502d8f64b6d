//! How much the members of a group agree: rwg, rwg(J) and the intraclass correlations.

use crate::distribution::f_tail;
use crate::moments::{Moments, real};
use crate::reason::{Reason, finite};

/// Agreement on one item, `1 − s²/σ²` with the variance of answering at random on a scale of
/// `points` A, `σ² = (A² − 1)/12` (James, Demaree & Wolf 1984, *J. Appl. Psychol.* 69: 85–98).
///
/// `variance` is in squared steps of the scale. From 0 to 1; a negative one counts as 0.
///
/// # Errors
/// `TooFewPoints` for a scale of fewer than two points, `OutOfRange` when the variance is negative
/// or not finite.
pub fn rwg(variance: f64, points: u64) -> Result<f64, Reason> {
    Ok((1.0 - share_of_random(variance, points)?).max(0.0))
}

/// Agreement on J items, `J(1 − r)/(J(1 − r) + r)` with r the mean of the items' `variances`
/// divided by σ² (same source). From 0 to 1; 0 also when r is above 1.
///
/// # Errors
/// As [`rwg`], and `TooFewItems` without an item.
pub fn rwg_j(variances: &[f64], points: u64) -> Result<f64, Reason> {
    if variances.is_empty() {
        return Err(Reason::TooFewItems);
    }
    let (mut items, mut sum) = (0.0, 0.0);
    for variance in variances {
        items += 1.0;
        sum += share_of_random(*variance, points)?;
    }
    let random = sum / items;
    if random >= 1.0 {
        return finite(random).map(|_| 0.0);
    }
    let agreed = items * (1.0 - random);
    Ok(agreed / (agreed + random))
}

/// How much groups differ, from a one-way analysis of variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// Mean square between groups, in squared units of the values.
    pub between: f64,
    /// Mean square within groups, in squared units of the values.
    pub within: f64,
    /// The size n₀ that equal groups would have.
    pub size: f64,
    /// F, `between`/`within`.
    pub f: f64,
    /// P value of F, 0 to 1.
    pub p: f64,
    /// ICC(1), the share of variance between groups: at most 1, may be negative.
    pub icc1: f64,
    /// ICC(2), the reliability of the groups' means: at most 1, may be negative without a bound.
    pub icc2: f64,
}

/// The intraclass correlations of groups,
///
/// `ICC(1) = (MSB − MSW)/(MSB + (n₀ − 1)·MSW)`, `ICC(2) = (MSB − MSW)/MSB`,
/// `n₀ = (N − Σn²/N)/(G − 1)`
/// (Bliese 2000, in Klein & Kozlowski (eds.), *Multilevel Theory*, ch. 8).
///
/// # Errors
/// `TooFewGroups` for fewer than two, `NoValues` when one is empty, `OneValue` when all have one
/// value, `NoSpread` when no values differ within groups or no means between, `OutOfRange` when
/// moments are none or a result is not finite.
pub fn icc(groups: &[Moments]) -> Result<Icc, Reason> {
    if groups.len() < 2 {
        return Err(Reason::TooFewGroups);
    }
    let (mut count, mut all, mut sum, mut squares, mut inside) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for group in groups {
        if group.n == 0 {
            return Err(Reason::NoValues);
        }
        let n = real(group.n);
        count += 1.0;
        all += n;
        sum += n * group.mean;
        squares += n * n;
        match group.spread()? {
            Some(variance) => inside += variance * (n - 1.0),
            None if group.n > 1 => return Err(Reason::OutOfRange),
            None => {}
        }
    }
    if all <= count {
        return Err(Reason::OneValue);
    }
    let mean = sum / all;
    let apart = |group: &Moments| real(group.n) * (group.mean - mean) * (group.mean - mean);
    let between = finite(groups.iter().map(apart).sum::<f64>() / (count - 1.0))?;
    let within = finite(inside / (all - count))?;
    if between <= 0.0 || within <= 0.0 {
        return Err(Reason::NoSpread);
    }
    let size = (all - squares / all) / (count - 1.0);
    let f = finite(between / within)?;
    Ok(Icc {
        between,
        within,
        size,
        f,
        p: f_tail(f, count - 1.0, all - count)?,
        icc1: finite((between - within) / (between + (size - 1.0) * within))?,
        icc2: finite((between - within) / between)?,
    })
}

/// The variance of an item as a share of that of random answers.
fn share_of_random(variance: f64, points: u64) -> Result<f64, Reason> {
    if points < 2 {
        return Err(Reason::TooFewPoints);
    }
    if variance < 0.0 {
        return Err(Reason::OutOfRange);
    }
    finite(variance / ((real(points) * real(points) - 1.0) / 12.0))
}

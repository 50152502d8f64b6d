//! A straight line through means over time, and whether a straight line fits.

use crate::distribution::{Z_975, chi_squared_tail, normal_tail};
use crate::interval::Interval;
use crate::moments::{Moments, real};
use crate::reason::{Reason, finite};

/// A weighted line with its tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The line at time 0, in the unit of the values.
    pub intercept: f64,
    /// Rise per unit of time.
    pub slope: f64,
    /// Standard error of the slope.
    pub se: f64,
    /// `slope`/`se`.
    pub z: f64,
    /// Two-sided p value of the slope, 0 to 1.
    pub p: f64,
    /// 95 % interval of the slope.
    pub interval: Interval,
    /// Weighted squared distance from the line: a small `q_p` says that the line does not fit.
    pub q: f64,
    /// Degrees of freedom of `q`, the number of points less 2.
    pub q_df: f64,
    /// P value of `q` from chi-squared, 0 to 1.
    pub q_p: f64,
}

/// The weighted least squares line through (time, moments), `w = n/s²`,
///
/// `b = Σw(t − t̄)(m − m̄)/Σw(t − t̄)²`, `SE = 1/√Σw(t − t̄)²`, `Q = Σw·(m − line)²`
/// (Hedges & Olkin 1985, *Statistical Methods for Meta-Analysis*, ch. 8; Q after Cochran 1954,
/// *Biometrics* 10: 101–129). Times are any numbers in any order; there is no finite-population
/// correction, as for a [change](crate::welch).
///
/// # Errors
/// `TooFewPoints` for fewer than three, `NoValues` or `OneValue` when a point has none or one,
/// `NoSpread` when the values of a point do not differ or the times do not, `OutOfRange` when a
/// time or the moments are none or a result is not finite.
pub fn trend(points: &[(f64, Moments)]) -> Result<Trend, Reason> {
    if points.len() < 3 {
        return Err(Reason::TooFewPoints);
    }
    let points = weighted(points)?;
    let sum = |of: &dyn Fn(&Point) -> f64| finite(points.iter().map(of).sum::<f64>());
    let weight = sum(&|point| point.weight)?;
    let time = sum(&|point| point.weight * point.time)? / weight;
    let mean = sum(&|point| point.weight * point.mean)? / weight;
    let spread = sum(&|point| point.weight * (point.time - time) * (point.time - time))?;
    if spread <= 0.0 {
        return Err(Reason::NoSpread);
    }
    let joint = sum(&|point| point.weight * (point.time - time) * (point.mean - mean))?;
    let (slope, se) = (finite(joint / spread)?, finite(1.0 / spread.sqrt())?);
    let q = sum(&|point| {
        let residual = point.mean - mean - slope * (point.time - time);
        point.weight * residual * residual
    })?;
    let (z, q_df) = (finite(slope / se)?, real(points.len() as u64) - 2.0);
    Ok(Trend {
        intercept: finite(mean - slope * time)?,
        slope,
        se,
        z,
        p: (2.0 * normal_tail(z.abs())?).min(1.0),
        interval: Interval::around(slope, Z_975 * se)?,
        q,
        q_df,
        q_p: chi_squared_tail(q, q_df)?,
    })
}

struct Point {
    time: f64,
    mean: f64,
    weight: f64,
}

fn weighted(points: &[(f64, Moments)]) -> Result<Vec<Point>, Reason> {
    let point = |(time, moments): &(f64, Moments)| {
        let (variance, _) = moments.of_mean()?;
        if variance <= 0.0 {
            return Err(Reason::NoSpread);
        }
        Ok(Point {
            time: finite(*time)?,
            mean: moments.mean,
            weight: finite(1.0 / variance)?,
        })
    };
    points.iter().map(point).collect()
}

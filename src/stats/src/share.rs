//! Shares: how many of those who answered, and of all who were asked.
//!
//! Every share here is a fraction from 0 to 1.

use crate::distribution::Z_975;
use crate::interval::Interval;
use crate::moments::real;
use crate::reason::Reason;

/// How many answers lie above the midpoint of an answer scale with `counts.len()` points: points 4
/// and 5 of five, 3 and 4 of four.
pub fn above_midpoint(counts: &[u64]) -> u64 {
    counts
        .iter()
        .skip(counts.len().div_ceil(2))
        .fold(0, |sum, count| sum.saturating_add(*count))
}

/// The 95 % Wilson interval of the share `part`/`n` (Wilson 1927, *JASA* 22: 209–212),
///
/// `(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)`, z = 1.96.
///
/// With a `population` of N, n is replaced by the effective `n(N − 1)/(N − n)`, which turns the
/// variance of the share into that of a sample without replacement (Cochran 1977, §3.2); when all
/// answered (n ≥ N) the interval is the point.
///
/// # Errors
/// `NoValues` for n = 0, `OutOfRange` when `part` > n.
pub fn wilson_interval(part: u64, n: u64, population: Option<u64>) -> Result<Interval, Reason> {
    let share = checked_share(part, n)?;
    let size = match population {
        Some(all) if n >= all => return Interval::around(share, 0.0),
        Some(all) => real(n) * (real(all) - 1.0) / (real(all) - real(n)),
        None => real(n),
    };
    let square = Z_975 * Z_975 / size;
    let center = (share + square / 2.0) / (1.0 + square);
    let variance = share * (1.0 - share) / size + square / (4.0 * size);
    let half = Z_975 * variance.sqrt() / (1.0 + square);
    Ok(Interval {
        lo: (center - half).clamp(0.0, 1.0),
        hi: (center + half).clamp(0.0, 1.0),
    })
}

/// Who answered, as a share of the population: n/N.
///
/// # Errors
/// `NoValues` for N = 0, `MoreThanPopulation` for n > N.
pub fn participation(n: u64, population: u64) -> Result<f64, Reason> {
    if n > population {
        return Err(Reason::MoreThanPopulation);
    }
    checked_share(n, population)
}

/// Where the share in the whole population lies whatever those who did not answer think,
/// `[F/N, (F + N − n)/N]` for `part` F of `n` answers (Manski 2003, *Partial Identification of
/// Probability Distributions*, ch. 1). No assumption is made and no sampling is involved.
///
/// # Errors
/// `NoValues` for N = 0, `MoreThanPopulation` for n > N, `OutOfRange` when `part` > n.
pub fn manski_bounds(part: u64, n: u64, population: u64) -> Result<Interval, Reason> {
    if n > population {
        return Err(Reason::MoreThanPopulation);
    }
    if part > n {
        return Err(Reason::OutOfRange);
    }
    Ok(Interval {
        lo: checked_share(part, population)?,
        hi: checked_share(population - (n - part), population)?,
    })
}

fn checked_share(part: u64, whole: u64) -> Result<f64, Reason> {
    if whole == 0 {
        Err(Reason::NoValues)
    } else if part > whole {
        Err(Reason::OutOfRange)
    } else {
        Ok(real(part) / real(whole))
    }
}

//! Student's t, for reading standard deviations back out of intervals.
//!
//! The audit has its own, so that a mistake in the code that publishes cannot hide itself.

/// The 97.5 % quantile of Student's t with `df` degrees of freedom.
pub(super) fn t_975(df: u32) -> f64 {
    let (mut low, mut high) = (1.9, 12.8);
    // 60 halvings reach the last bit.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if within(middle, df) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The probability of lying between −t and t: the finite sums of Abramowitz and Stegun 26.7.3 and
/// 26.7.4.
fn within(t: f64, df: u32) -> f64 {
    let freedom = f64::from(df);
    let cos_squared = freedom / (freedom + t * t);
    let sine = (1.0 - cos_squared).sqrt();
    if df.is_multiple_of(2) {
        return sine * series(2, df, cos_squared);
    }
    let angle = libm::atan(t / freedom.sqrt());
    let rest = if df == 1 {
        0.0
    } else {
        sine * cos_squared.sqrt() * series(3, df, cos_squared)
    };
    std::f64::consts::FRAC_2_PI * (angle + rest)
}

/// 1 + (first−1)/first·c + … up to the power that belongs to `df`.
fn series(first: u32, df: u32, cos_squared: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    let mut below = first;
    while below + 2 <= df {
        term *= f64::from(below - 1) / f64::from(below) * cos_squared;
        sum += term;
        below += 2;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::t_975;

    /// Table of quantiles, Abramowitz and Stegun 26.10.
    #[test]
    fn quantiles_are_those_of_the_table() {
        for (df, expected) in [
            (1, 12.706),
            (2, 4.303),
            (4, 2.776),
            (9, 2.262),
            (10, 2.228),
            (30, 2.042),
            (120, 1.980),
        ] {
            let found = t_975(df);
            assert!((found - expected).abs() < 6e-4, "{df}: {found}");
        }
    }
}

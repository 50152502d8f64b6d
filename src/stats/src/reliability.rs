//! How well the items of a scale hang together: alpha, lambda-2, omega.
//!
//! All three come from the complete cases, that is, from those who answered every item. Counts and
//! sums are integers, so alpha and lambda-2 are exact until their last divisions.

use crate::distribution::f_quantile;
use crate::interval::Interval;
use crate::moments::{ratio, real};
use crate::reason::{Reason, finite};

/// The covariances of a scale's items, all times the same positive whole number.
///
/// Every ratio of covariances is the ratio of these integers: `n·Σxⱼxₖ − Σxⱼ·Σxₖ`, which is
/// n(n − 1) times the sample covariance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covariances {
    n: u64,
    scaled: Vec<Vec<i128>>,
}

/// What one common factor explains of the items.
#[derive(Debug, Clone, PartialEq)]
pub struct OneFactor {
    /// Loading of each item, in the unit of the item's values; their sum is not negative.
    pub loadings: Vec<f64>,
    /// Omega total, `(Σλ)²/((Σλ)² + Σ(s² − λ²))`, 0 to 1.
    pub omega: f64,
}

impl Covariances {
    /// From the number of complete cases n, the items' sums Σxⱼ and the matrix of Σxⱼxₖ with the
    /// squares on its diagonal. For n ≤ 2³² and values ≤ 1000 nothing overflows.
    ///
    /// # Errors
    /// `NoValues` or `OneValue` for n = 0 or 1, `TooFewItems` for fewer than two items,
    /// `OutOfRange` when the matrix is not square and symmetric, when the sums are larger than
    /// integers hold, or when no values can have them (a negative variance, or a correlation
    /// beyond 1).
    pub fn of(n: u64, sums: &[u64], products: &[Vec<u64>]) -> Result<Self, Reason> {
        match n {
            0 => return Err(Reason::NoValues),
            1 => return Err(Reason::OneValue),
            _ => {}
        }
        if sums.len() < 2 {
            return Err(Reason::TooFewItems);
        }
        if products.len() != sums.len() || products.iter().any(|row| row.len() != sums.len()) {
            return Err(Reason::OutOfRange);
        }
        let covariance = |j: usize, k: usize| -> Option<i128> {
            let together = i128::from(n).checked_mul(i128::from(products[j][k]))?;
            let apart = i128::from(sums[j]).checked_mul(i128::from(sums[k]))?;
            // Beyond this, sums over items and squares could overflow.
            let difference = together.checked_sub(apart)?;
            (difference.unsigned_abs() < 1 << 100).then_some(difference)
        };
        let row = |j| (0..sums.len()).map(|k| covariance(j, k)).collect();
        let scaled: Option<Vec<Vec<i128>>> = (0..sums.len()).map(row).collect();
        let covariances = Self {
            n,
            scaled: scaled.ok_or(Reason::OutOfRange)?,
        };
        if covariances.are_possible() {
            Ok(covariances)
        } else {
            Err(Reason::OutOfRange)
        }
    }

    /// Cronbach's alpha, `K/(K − 1)·(1 − Σsⱼ²/s_T²)` (Cronbach 1951, *Psychometrika* 16: 297–334).
    /// At most 1; negative when items go against each other.
    ///
    /// # Errors
    /// `NoSpread` when the total does not vary.
    pub fn alpha(&self) -> Result<f64, Reason> {
        let (between, total) = (self.between(), self.total()?);
        finite(self.items() / (self.items() - 1.0) * ratio(between, total))
    }

    /// Guttman's lambda-2, `(Σcⱼₖ + √(K/(K − 1)·Σcⱼₖ²))/s_T²` over j ≠ k (Guttman 1945,
    /// *Psychometrika* 10: 255–282): never below alpha, at most 1.
    ///
    /// # Errors
    /// `NoSpread` when the total does not vary.
    pub fn lambda2(&self) -> Result<f64, Reason> {
        let total = self.total()?;
        let squares: f64 = self
            .off_diagonal()
            .map(|covariance| ratio(covariance, total))
            .map(|share| share * share)
            .sum();
        let root = (self.items() / (self.items() - 1.0) * squares).sqrt();
        finite(ratio(self.between(), total) + root)
    }

    /// One common factor by minimum residuals on the correlations (Harman & Jones 1966,
    /// *Psychometrika* 31: 351–368), and omega total from it (McDonald 1999, *Test Theory*, ch. 6).
    ///
    /// Each loading in turn becomes the best one for the others, `λⱼ = Σrⱼₖλₖ/Σλₖ²` over k ≠ j,
    /// until none moves by more than 10⁻¹³; then they are multiplied by the items' standard
    /// deviations.
    ///
    /// # Errors
    /// `TooFewItems` for two items, which any loadings with the right product fit; `NoSpread` when
    /// an item does not vary; `NoSingleFactor` when the loadings do not settle, vanish or exceed 1.
    pub fn one_factor(&self) -> Result<OneFactor, Reason> {
        if self.scaled.len() < 3 {
            return Err(Reason::TooFewItems);
        }
        let mut loadings = minimum_residuals(&self.correlations()?)?;
        // Items that are copies of each other load 1, give or take the last bits.
        if loadings.iter().any(|loading| loading.abs() > 1.0 + 1e-9) {
            return Err(Reason::NoSingleFactor);
        }
        let cases = i128::from(self.n) * (i128::from(self.n) - 1);
        let mut unique = 0.0;
        for (item, loading) in loadings.iter_mut().enumerate() {
            let variance = ratio(self.scaled[item][item], cases);
            *loading = loading.clamp(-1.0, 1.0);
            unique += variance * (1.0 - *loading * *loading);
            *loading *= variance.sqrt();
        }
        let sum: f64 = loadings.iter().sum();
        if sum < 0.0 {
            loadings.iter_mut().for_each(|loading| *loading = -*loading);
        }
        if sum * sum + unique <= 0.0 {
            return Err(Reason::NoSingleFactor);
        }
        let omega = finite(sum * sum / (sum * sum + unique))?;
        Ok(OneFactor { loadings, omega })
    }

    /// The 95 % interval of alpha, see [`feldt_interval`].
    ///
    /// # Errors
    /// As [`Covariances::alpha`].
    pub fn alpha_interval(&self) -> Result<Interval, Reason> {
        feldt_interval(self.alpha()?, self.n, self.scaled.len() as u64)
    }

    fn items(&self) -> f64 {
        real(self.scaled.len() as u64)
    }

    fn off_diagonal(&self) -> impl Iterator<Item = i128> + '_ {
        self.scaled.iter().enumerate().flat_map(|(j, row)| {
            let others = row.iter().enumerate().filter(move |(k, _)| *k != j);
            others.map(|(_, covariance)| *covariance)
        })
    }

    fn between(&self) -> i128 {
        self.off_diagonal().fold(0, i128::saturating_add)
    }

    /// The total's variance, which is the sum of all covariances.
    fn total(&self) -> Result<i128, Reason> {
        let all = self.scaled.iter().flatten();
        match all.fold(0_i128, |sum, covariance| sum.saturating_add(*covariance)) {
            0 => Err(Reason::NoSpread),
            // Only sums that no values have lead here; pairs alone do not show it.
            ..0 => Err(Reason::OutOfRange),
            total => Ok(total),
        }
    }

    fn correlations(&self) -> Result<Vec<Vec<f64>>, Reason> {
        let scaled = &self.scaled;
        if (0..scaled.len()).any(|j| scaled[j][j] == 0) {
            return Err(Reason::NoSpread);
        }
        let root = |j: usize| ratio(scaled[j][j], 1).sqrt();
        let row = |j: usize| {
            let cells = scaled[j].iter().enumerate();
            cells.map(move |(k, covariance)| ratio(*covariance, 1) / (root(j) * root(k)))
        };
        Ok((0..scaled.len()).map(|j| row(j).collect()).collect())
    }

    /// Whether the matrix is symmetric and every pair of items obeys `c² ≤ s²·s²`, up to rounding.
    fn are_possible(&self) -> bool {
        let variance = |j: usize| ratio(self.scaled[j][j], 1);
        let pair = |j: usize, k: usize| {
            let covariance = ratio(self.scaled[j][k], 1);
            self.scaled[j][k] == self.scaled[k][j]
                && variance(j) >= 0.0
                && covariance * covariance <= variance(j) * variance(k) * (1.0 + 1e-12)
        };
        (0..self.scaled.len()).all(|j| (0..=j).all(|k| pair(j, k)))
    }
}

/// The 95 % interval of an alpha from `n` cases and `items` K,
/// `[1 − (1 − α)·F(0.975), 1 − (1 − α)·F(0.025)]` with n − 1 and (n − 1)(K − 1) degrees of freedom
/// (Feldt, Woodruff & Salih 1987, *Appl. Psychol. Meas.* 11: 93–103).
///
/// # Errors
/// `NoValues` or `OneValue` for n = 0 or 1, `TooFewItems` for fewer than two items, `OutOfRange`
/// when alpha is above 1 or not finite.
pub fn feldt_interval(alpha: f64, n: u64, items: u64) -> Result<Interval, Reason> {
    match n {
        0 => return Err(Reason::NoValues),
        1 => return Err(Reason::OneValue),
        _ => {}
    }
    if items < 2 {
        return Err(Reason::TooFewItems);
    }
    if alpha > 1.0 {
        return Err(Reason::OutOfRange);
    }
    let df = real(n) - 1.0;
    let end = |p| {
        let quantile = f_quantile(p, df, df * (real(items) - 1.0))?;
        finite(1.0 - (1.0 - alpha) * quantile)
    };
    Ok(Interval {
        lo: end(0.975)?,
        hi: end(0.025)?,
    })
}

/// The loadings of one factor on correlations, from the centroid on.
fn minimum_residuals(correlations: &[Vec<f64>]) -> Result<Vec<f64>, Reason> {
    const MOST_ROUNDS: usize = 10_000;
    let whole: f64 = correlations.iter().flatten().sum();
    if whole <= 0.0 {
        return Err(Reason::NoSingleFactor);
    }
    let centroid = |row: &Vec<f64>| row.iter().sum::<f64>() / whole.sqrt();
    let mut loadings: Vec<f64> = correlations.iter().map(centroid).collect();
    for _ in 0..MOST_ROUNDS {
        let mut moved = 0.0_f64;
        for (item, row) in correlations.iter().enumerate() {
            let (mut product, mut square) = (0.0, 0.0);
            for (other, loading) in loadings.iter().enumerate().filter(|(k, _)| *k != item) {
                product += row[other] * loading;
                square += loading * loading;
            }
            if square < 1e-24 {
                return Err(Reason::NoSingleFactor);
            }
            let better = finite(product / square)?;
            moved = moved.max((better - loadings[item]).abs());
            loadings[item] = better;
        }
        if moved <= 1e-13 {
            return Ok(loadings);
        }
    }
    Err(Reason::NoSingleFactor)
}

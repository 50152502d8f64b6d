//! Why there is no number.

/// Why a statistic has no answer. No function of this crate returns NaN or an infinity instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is no value at all.
    NoValues,
    /// A single value (or only groups of one) has no spread to judge by.
    OneValue,
    /// The values do not differ where the formula divides by their variance.
    NoSpread,
    /// More values than the population holds.
    MoreThanPopulation,
    /// Fewer items than the formula needs.
    TooFewItems,
    /// Fewer than two groups.
    TooFewGroups,
    /// Fewer points than the formula needs: points in time, or points of an answer scale.
    TooFewPoints,
    /// The items follow no single factor: the iteration does not settle, or a loading exceeds 1.
    NoSingleFactor,
    /// An argument lies outside the documented range, or the result outside what `f64` holds.
    OutOfRange,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoValues => "there is no value",
            Self::OneValue => "a single value has no spread",
            Self::NoSpread => "the values do not differ",
            Self::MoreThanPopulation => "there are more values than the population holds",
            Self::TooFewItems => "there are too few items",
            Self::TooFewGroups => "there are fewer than two groups",
            Self::TooFewPoints => "there are too few points",
            Self::NoSingleFactor => "the items follow no single factor",
            Self::OutOfRange => "a number is out of range",
        })
    }
}

impl std::error::Error for Reason {}

/// The last gate of every function: a result that `f64` cannot hold is refused.
pub(crate) fn finite(value: f64) -> Result<f64, Reason> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Reason::OutOfRange)
    }
}

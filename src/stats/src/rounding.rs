//! Rounding for publication: half away from zero, for numbers that are not negative.

/// How far below a half still counts as a half: sums of decimal scores miss it by some 10⁻¹³.
const SLACK: f64 = 1e-9;

/// `value` to the nearest whole number, a half going up; values below 0 or not a number give 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates, and negative values have been raised to 0"
)]
pub fn round(value: f64) -> u32 {
    (value.max(0.0) + 0.5 + SLACK).floor() as u32
}

/// `part` of `whole` in whole percent, a half going up; 0 of 0 is 0. At most 100 when
/// `part ≤ whole`; larger shares stop at 255.
pub fn percent(part: u64, whole: u64) -> u8 {
    if whole == 0 {
        return 0;
    }
    let rounded = (200 * u128::from(part) + u128::from(whole)) / (2 * u128::from(whole));
    u8::try_from(rounded).unwrap_or(u8::MAX)
}

/// `part` of `whole` in percent, rounded to the nearest 5, a half going up; 0 of 0 is 0.
pub fn percent_to_5(part: u64, whole: u64) -> u8 {
    if whole == 0 {
        return 0;
    }
    let twentieths = (40 * u128::from(part) + u128::from(whole)) / (2 * u128::from(whole));
    u8::try_from(5 * twentieths).unwrap_or(u8::MAX)
}

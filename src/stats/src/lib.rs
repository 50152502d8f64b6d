//! Numbers in, numbers out: moments and intervals for scores that have been counted.
//!
//! No word of the domain occurs here. Results are the same published digits native and in wasm:
//! sums run in a fixed order over IEEE 754 operations, and nothing calls the platform's `exp`,
//! `ln` or `pow` directly.

mod interval;
mod moments;
mod rounding;

pub use interval::{Interval, IntervalError, level_interval, t_quantile};
pub use moments::Moments;
pub use rounding::{percent, percent_to_5, round};

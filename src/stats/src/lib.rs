#![doc = include_str!("../README.md")]

mod agreement;
mod change;
pub mod distribution;
mod interval;
mod moments;
mod multiplicity;
mod reason;
mod reliability;
mod rounding;
mod share;
mod trend;

pub use agreement::{Icc, icc, rwg, rwg_j};
pub use change::{Change, hedges_g, hedges_g_exact, welch};
pub use interval::{Interval, level_interval};
pub use moments::Moments;
pub use multiplicity::benjamini_hochberg;
pub use reason::Reason;
pub use reliability::{Covariances, OneFactor, feldt_interval};
pub use rounding::{percent, percent_to_5, round};
pub use share::{above_midpoint, manski_bounds, participation, wilson_interval};
pub use trend::{Trend, trend};

//! Charts of published values as SVG, each with its sentence and its table.
//!
//! A chart is drawn from [`release::Release`]s alone, so a number that is withheld cannot get into
//! it. Picture, sentence and table come from the same values in one call; whoever cannot see the
//! picture misses nothing. Colours are classes (see [`Ink`]), so that a style sheet decides about
//! light, dark and forced colours, and nothing in the picture needs an inline style.
//!
//! What this crate does not do: judge. A sentence says what was measured and how sure it is; whether
//! something has changed is a verdict, and verdicts are made with the release.

mod axis;
mod chart;
mod distribution;
mod hatch;
mod ink;
mod measure;
mod node;
mod recorder;
mod trend;

pub use axis::Axis;
pub use chart::{Chart, Key, Table};
pub use distribution::distribution;
pub use ink::Ink;
pub use node::{Content, Node};
/// The language that a chart's words are in.
pub use texts::Language;
pub use trend::trend;

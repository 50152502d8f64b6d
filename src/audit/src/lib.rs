//! Works out what releases give away, from the releases alone and independently of the code that
//! suppressed.
//!
//! [`blocks`] is the block audit: for every number, every level of detail and every shown unit it
//! subtracts what is shown below. It takes linear time, and every results page runs it before it
//! draws. [`certified`] writes what it found into a release.
//!
//! [`audit()`] is everything else that somebody with all the files, a computer and time can do:
//! combine any published numbers of a wave by exact linear algebra, and ask which counts of answers
//! the rounded numbers leave possible. It is for the command line, and pages do not compile it.

mod block;
#[cfg(not(target_arch = "wasm32"))]
mod full;

pub use block::{Objection, blocks, certified};
#[cfg(not(target_arch = "wasm32"))]
pub use full::{Checked, Code, Finding, Report, Smallest, audit};

//! Numbers to be compared between two machines: the one that a server has, and the one that
//! browsers have. `tests/browser/digits.rs` asks both for [`digits`] and holds them side by side.

mod releases;
#[path = "../../../src/stats/tests/suite/mod.rs"]
mod suite;

use wasm_bindgen::prelude::wasm_bindgen;

/// Every reference check of `stats` with all bits of what was computed, a line each, and the bytes of
/// releases of invented waves by their hashes. A line of a check that fails ends in `WRONG`.
#[wasm_bindgen]
#[must_use]
pub fn digits() -> String {
    let checks = suite::checks();
    let lines = checks.iter().map(|check| {
        let (statistic, name, bits) = (check.statistic, &check.name, check.computed.to_bits());
        let verdict = if check.holds() { "holds" } else { "WRONG" };
        format!("{statistic}\t{name}\t{bits:016x}\t{verdict}")
    });
    lines
        .chain(releases::hashes())
        .collect::<Vec<_>>()
        .join("\n")
}

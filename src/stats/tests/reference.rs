//! Against reference values from other implementations, see `data/README.md`.

mod suite;

use std::collections::BTreeMap;

/// Prints the table of the README: `cargo test -p stats --test reference -- --nocapture`.
#[test]
fn every_reference_value() {
    let checks = suite::checks();
    let mut table: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for check in &checks {
        let line = table.entry(check.statistic).or_default();
        *line = (line.0 + 1, line.1.max(check.deviation()));
    }
    for (statistic, (values, largest)) in table {
        eprintln!("| {statistic} | {values} | {largest:.0e} |");
    }
    let wrong: Vec<String> = checks
        .iter()
        .filter(|check| !check.holds())
        .map(|check| {
            let (statistic, name) = (check.statistic, &check.name);
            let (computed, expected) = (check.computed, check.expected);
            format!("{statistic}, {name}: {computed:e} instead of {expected:e}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checks.len() > 3000);
}

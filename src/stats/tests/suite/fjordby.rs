//! The synthetic municipality Fjordby, counted from its rows.

use super::{Check, Checks, entries, list, number, score_moments, whole, whole_number};
use serde_json::Value;
use stats::{Covariances, Moments, benjamini_hochberg, hedges_g, participation, trend, welch};
use std::collections::BTreeMap;

/// The scales and where their items stand among the 24; the last two are composites.
const SCALES: [(&str, std::ops::Range<usize>); 9] = [
    ("T1", 0..4),
    ("T2", 4..7),
    ("T3", 7..10),
    ("H1", 10..14),
    ("A1", 14..17),
    ("E1", 17..21),
    ("N1", 21..24),
    ("P3_total", 0..17),
    ("P6_total", 17..24),
];

/// Answers of one wave and unit, each row 24 codes.
type Rows = Vec<Vec<u64>>;

pub fn check(checks: &mut Checks) {
    let file: Value =
        serde_json::from_str(include_str!("../../../../tests/data/fjordby_expected.json"))
            .expect("JSON");
    let rows = rows();
    for (wave, expected) in entries(&file["root"]) {
        root(checks, &rows, wave, expected);
    }
    for (parent, waves) in entries(&file["parents"]) {
        for (wave, expected) in entries(waves) {
            for (scale, level) in entries(&expected["scales"]) {
                let name = format!("{parent} {wave} {scale}");
                let everyone = Some(whole(&expected["headcount"]));
                let moments = of(&rows, wave, parent, scale);
                checks.add_level(&name, &moments, everyone, level);
            }
        }
    }
    changes(checks, &rows, &file);
    for (scale, expected) in entries(&file["trend_root"]) {
        line(checks, &rows, &file, "", scale, &expected["nofpc"]);
    }
    for (parent, scales) in entries(&file["trend_parents"]) {
        for (scale, expected) in entries(scales) {
            line(checks, &rows, &file, parent, scale, &expected["nofpc"]);
        }
    }
}

fn root(checks: &mut Checks, rows: &BTreeMap<(&str, &str), Rows>, wave: &str, expected: &Value) {
    let headcount = whole(&expected["headcount"]);
    let share = participation(whole(&expected["n"]), headcount).expect("a share");
    checks.add("participation", wave, share, &expected["participation"]);
    for (scale, expected) in entries(&expected["scales"]) {
        let name = format!("root {wave} {scale}");
        checks.add_level(&name, &of(rows, wave, "", scale), Some(headcount), expected);
        if expected["alpha"].is_null() {
            continue;
        }
        let alpha = complete(rows, wave, scale).alpha().expect("a spread");
        checks.add("alpha", &name, alpha, &expected["alpha"]);
        let groups: Vec<Moments> = rows
            .iter()
            .filter(|((of, _), _)| *of == wave)
            .filter_map(|(_, rows)| score_moments(&cells(rows, scale)))
            .collect();
        checks.add_icc(&name, &groups, &expected["icc"]);
    }
}

fn changes(checks: &mut Checks, rows: &BTreeMap<(&str, &str), Rows>, file: &Value) {
    let both =
        |place: &str, scale: &str| ["2023H2", "2024H1"].map(|wave| of(rows, wave, place, scale));
    let mut p = Vec::new();
    for expected in list(&file["change_2023H2_2024H1_parents"]) {
        let [place, scale] = ["parent", "scale"].map(|key| expected[key].as_str().expect("a name"));
        let (name, [before, after]) = (format!("{place} {scale}"), both(place, scale));
        let change = welch(&before, &after).expect("a spread");
        checks.add_change(&name, &change, &expected["nofpc"]);
        let g = hedges_g(&before, &after).expect("a spread");
        checks.add("Hedges' g", &name, g, &expected["hedges_g"]);
        p.push((name, change.p, number(&expected["bh_q_nofpc"])));
    }
    multiplicity(checks, &p);
    p.clear();
    for expected in list(&file["change_2023H2_2024H1_units"]) {
        let [place, scale] = ["unit", "scale"].map(|key| expected[key].as_str().expect("a name"));
        let (name, [before, after]) = (format!("{place} {scale}"), both(place, scale));
        let change = welch(&before, &after).expect("a spread");
        checks.add("Welch's test", &name, change.difference, &expected["diff"]);
        checks.add("Welch's test", &name, change.p, &expected["p_nofpc"]);
        let g = hedges_g(&before, &after).expect("a spread");
        checks.add("Hedges' g", &name, g, &expected["g"]);
        p.push((name, change.p, number(&expected["q_nofpc"])));
    }
    multiplicity(checks, &p);
}

fn multiplicity(checks: &mut Checks, cells: &[(String, f64, f64)]) {
    let p: Vec<f64> = cells.iter().map(|(_, p, _)| *p).collect();
    let q = benjamini_hochberg(&p).expect("p values");
    for ((name, _, expected), computed) in cells.iter().zip(q) {
        checks.list.push(Check {
            statistic: "Benjamini-Hochberg q",
            name: name.clone(),
            computed,
            expected: *expected,
            tolerance: 1e-9,
        });
    }
}

fn line(
    checks: &mut Checks,
    rows: &BTreeMap<(&str, &str), Rows>,
    file: &Value,
    place: &str,
    scale: &str,
    expected: &Value,
) {
    let waves = list(&file["waves"]).iter().enumerate();
    let points: Vec<(f64, Moments)> = waves
        .map(|(time, wave)| {
            let wave = wave.as_str().expect("a name");
            (whole_number(time), of(rows, wave, place, scale))
        })
        .collect();
    let trend = trend(&points).expect("a line");
    checks.add_trend(&format!("{place} {scale}"), &trend, expected);
}

/// The rows by wave and unit.
fn rows() -> BTreeMap<(&'static str, &'static str), Rows> {
    let file = include_str!("../../../collector/demo/fjordby_responses.csv");
    let mut rows: BTreeMap<_, Rows> = BTreeMap::new();
    for line in file.lines().skip(1) {
        let mut fields = line.split(',');
        let place = fields.next().zip(fields.next()).expect("wave and unit");
        let codes = fields.map(|code| code.parse().expect("a code")).collect();
        rows.entry(place).or_default().push(codes);
    }
    rows
}

/// Moments of the person scores of all units whose name begins with `place`.
fn of(rows: &BTreeMap<(&str, &str), Rows>, wave: &str, place: &str, scale: &str) -> Moments {
    let members: Rows = rows
        .iter()
        .filter(|((of, unit), _)| *of == wave && unit.starts_with(place))
        .flat_map(|(_, rows)| rows.clone())
        .collect();
    score_moments(&cells(&members, scale)).expect("scores")
}

/// How many answered so many items of the scale with such a sum.
fn cells(rows: &Rows, scale: &str) -> Vec<Vec<u64>> {
    let items = items(scale);
    let mut cells: Vec<Vec<u64>> = (0..=items.len()).map(|n| vec![0; 4 * n + 1]).collect();
    for row in rows {
        let answers = row[items.clone()]
            .iter()
            .filter(|code| (1..=5).contains(*code));
        let (answered, sum) = answers.fold((0, 0), |(answered, sum), code| {
            (answered + 1, sum + code - 1)
        });
        cells[answered][usize::try_from(sum).expect("a small sum")] += 1;
    }
    cells
}

/// Sums and cross-products of those who answered every item of the scale.
fn complete(rows: &BTreeMap<(&str, &str), Rows>, wave: &str, scale: &str) -> Covariances {
    let items = items(scale);
    let (mut n, mut sums) = (0, vec![0; items.len()]);
    let mut products = vec![vec![0; items.len()]; items.len()];
    let of_wave = rows.iter().filter(|((of, _), _)| *of == wave);
    for row in of_wave.flat_map(|(_, rows)| rows) {
        let answers = &row[items.clone()];
        if answers.iter().any(|code| !(1..=5).contains(code)) {
            continue;
        }
        n += 1;
        for (j, first) in answers.iter().enumerate() {
            sums[j] += first - 1;
            for (k, second) in answers.iter().enumerate() {
                products[j][k] += (first - 1) * (second - 1);
            }
        }
    }
    Covariances::of(n, &sums, &products).expect("possible sums")
}

fn items(scale: &str) -> std::ops::Range<usize> {
    let found = SCALES.iter().find(|(name, _)| *name == scale);
    found.expect("a scale").1.clone()
}

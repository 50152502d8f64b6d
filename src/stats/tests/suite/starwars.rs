//! A real survey: FiveThirtyEight Star Wars survey, CC BY 4.0; numbers computed from it.

use super::{Checks, entries, list, number, score_moments, sd, table, whole, wholes};
use serde_json::{Value, json};
use stats::{
    Covariances, Moments, above_midpoint, benjamini_hochberg, hedges_g, hedges_g_exact,
    level_interval, manski_bounds, participation, rwg_j, trend, welch, wilson_interval,
};

/// Items of each scale, in the order of the complete cases.
const SCALES: [(&str, &[&str]); 5] = [
    ("heroes", &["han", "luke", "leia", "obiwan"]),
    ("droids_yoda", &["r2d2", "c3po", "yoda"]),
    ("villains", &["palpatine", "vader", "boba"]),
    ("prequel", &["anakin", "jarjar", "padme"]),
    (
        "all14",
        &[
            "han",
            "luke",
            "leia",
            "anakin",
            "obiwan",
            "palpatine",
            "vader",
            "lando",
            "boba",
            "c3po",
            "r2d2",
            "jarjar",
            "padme",
            "yoda",
        ],
    ),
];

pub fn check(checks: &mut Checks) {
    let file: Value =
        serde_json::from_str(include_str!("../data/starwars_expected.json")).expect("JSON");
    let everyone = whole(&file["headcount"]["TOTAL"]);
    for (item, expected) in entries(&file["items"]) {
        let counts = &file["tally_total"]["hist"][item];
        self::item(checks, item, &points(counts), everyone, expected);
    }
    for (scale, items) in SCALES {
        let expected = &file["scales"][scale];
        let cells = table(&file["tally_total"]["score_hist"][scale]);
        let moments = score_moments(&cells).expect("scores");
        checks.add_level(scale, &moments, Some(everyone), expected);
        reliability(
            checks,
            scale,
            &file["tally_total"]["complete_case"][scale],
            expected,
        );
        let groups: Vec<Moments> = entries(&file["units"])
            .map(|(unit, _)| unit_moments(&file, unit, scale))
            .collect();
        checks.add_icc(scale, &groups, &expected["icc"]);
        let agreed = agreement(&file["tally_total"]["hist"], items);
        checks.add(
            "rwg(J)",
            scale,
            agreed,
            &not_negative(&expected["rwg_j_total"]),
        );
    }
    units(checks, &file);
    comparisons(checks, &file);
    let expected = &file["trend_formula_check"];
    let line: Vec<(f64, Moments)> = list(&expected["t"])
        .iter()
        .zip(entries(&file["units"]))
        .map(|(time, (unit, _))| (number(time), unit_moments(&file, unit, "heroes")))
        .collect();
    checks.add_trend("heroes", &trend(&line).expect("a line"), expected);
}

fn item(checks: &mut Checks, name: &str, counts: &[u64], everyone: u64, expected: &Value) {
    let moments = Moments::of_points(counts).expect("answers");
    let (n, part) = (moments.n, above_midpoint(counts));
    checks.add("mean", name, moments.mean, &expected["mean"]);
    checks.add("standard deviation", name, sd(&moments), &expected["sd"]);
    let share = participation(part, n).expect("a share");
    checks.add("favourable share", name, share, &expected["favourable"]);
    let bounds = manski_bounds(part, n, everyone).expect("bounds");
    let manski = &expected["manski_bounds_favourable"];
    checks.add_interval("Manski bounds", name, bounds, manski);
    for (population, level, wilson) in [
        (None, "ci95_mean_nofpc", "wilson95_favourable_nofpc"),
        (Some(everyone), "ci95_mean_fpc", "wilson95_favourable_fpc"),
    ] {
        let interval = level_interval(&moments, population).expect("an interval");
        checks.add_interval("level interval", name, interval, &expected[level]);
        let interval = wilson_interval(part, n, population).expect("an interval");
        checks.add_interval("Wilson interval", name, interval, &expected[wilson]);
    }
}

fn reliability(checks: &mut Checks, scale: &str, cases: &Value, expected: &Value) {
    let covariances = Covariances::of(
        whole(&cases["n"]),
        &wholes(&cases["sum"]),
        &table(&cases["xp"]),
    )
    .expect("possible sums");
    let alpha = covariances.alpha().expect("a spread");
    checks.add("alpha", scale, alpha, &expected["alpha"]["alpha"]);
    let interval = covariances.alpha_interval().expect("an interval");
    checks.add_interval(
        "Feldt interval",
        scale,
        interval,
        &expected["alpha"]["ci95_feldt"],
    );
    let lambda2 = covariances.lambda2().expect("a spread");
    checks.add("lambda-2", scale, lambda2, &expected["guttman_lambda2"]);
    let factor = covariances.one_factor().expect("a factor");
    let omega = &expected["omega"];
    checks.add_within(
        1e-5,
        "omega total",
        scale,
        factor.omega,
        &omega["omega_model"],
    );
    for (computed, expected) in factor.loadings.iter().zip(list(&omega["loadings"])) {
        checks.add_within(1e-5, "loadings of omega", scale, *computed, expected);
    }
}

fn units(checks: &mut Checks, file: &Value) {
    for (unit, expected) in entries(&file["units"]) {
        let headcount = whole(&expected["headcount"]);
        let share = participation(whole(&expected["n"]), headcount).expect("a share");
        checks.add("participation", unit, share, &expected["participation"]);
        for (scale, items) in SCALES {
            let name = format!("{unit} {scale}");
            let (moments, expected) = (unit_moments(file, unit, scale), &expected["scales"][scale]);
            checks.add_level(&name, &moments, Some(headcount), expected);
            let agreed = agreement(&file["tally_by_unit"][unit]["hist"], items);
            checks.add("rwg(J)", &name, agreed, &not_negative(&expected["rwg_j"]));
        }
    }
}

fn comparisons(checks: &mut Checks, file: &Value) {
    let mut p = Vec::new();
    for expected in list(&file["comparisons"]) {
        let text = |key: &str| expected[key].as_str().expect("a name");
        let [before, after] =
            ["from", "to"].map(|key| unit_moments(file, text(key), text("scale")));
        let name = format!("{} to {}", text("from"), text("to"));
        let change = welch(&before, &after).expect("a spread");
        checks.add_change(&name, &change, &expected["welch_nofpc"]);
        let g = hedges_g(&before, &after).expect("a spread");
        checks.add("Hedges' g", &name, g, &expected["g_approx"]);
        let exact = hedges_g_exact(&before, &after).expect("a spread");
        checks.add("Hedges' g, exact", &name, exact, &expected["g_exact"]);
        p.push(change.p);
    }
    let q = benjamini_hochberg(&p).expect("p values");
    for (q, expected) in q.iter().zip(list(&file["comparisons"])) {
        checks.add("Benjamini-Hochberg q", "heroes", *q, &expected["bh_q"]);
    }
}

fn unit_moments(file: &Value, unit: &str, scale: &str) -> Moments {
    let cells = table(&file["tally_by_unit"][unit]["score_hist"][scale]);
    score_moments(&cells).expect("scores")
}

/// rwg(J) from the histograms of a scale's items.
fn agreement(histograms: &Value, items: &[&str]) -> f64 {
    let variance = |item: &&str| Moments::of_points(&points(&histograms[*item]))?.variance;
    let variances: Option<Vec<f64>> = items.iter().map(variance).collect();
    rwg_j(&variances.expect("answers to every item"), 5).expect("an agreement")
}

/// The five points; the two further counts are "not applicable" and blank.
fn points(histogram: &Value) -> Vec<u64> {
    wholes(histogram)[..5].to_vec()
}

/// What is reported where the reference is negative.
fn not_negative(expected: &Value) -> Value {
    json!(number(expected).max(0.0))
}

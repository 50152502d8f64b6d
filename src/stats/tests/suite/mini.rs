//! Nine respondents, four items: everything can be checked by hand.

use super::{Checks, list, score_moments, sd, table, whole, wholes};
use serde_json::Value;
use stats::{
    Covariances, Interval, Moments, above_midpoint, level_interval, manski_bounds, participation,
    wilson_interval,
};

pub fn check(checks: &mut Checks) {
    let file: Value =
        serde_json::from_str(include_str!("../data/mini_example.json")).expect("JSON");
    let headcount = whole(&file["headcount"]);
    level(checks, &file, headcount);
    item(checks, &file, headcount);
    alpha(checks, &file);
    let answered = u64::try_from(list(&file["rows"]).len()).expect("nine");
    let share = participation(answered, headcount).expect("a share");
    checks.add("participation", "mini", share, &file["participation"]);
}

fn level(checks: &mut Checks, file: &Value, headcount: u64) {
    let moments = score_moments(&table(&file["score_hist"]["S"])).expect("scores");
    assert_eq!(moments.n, whole(&file["scale"]["n"]));
    checks.add("mean", "mini", moments.mean, &file["scale"]["mean"]);
    checks.add(
        "standard deviation",
        "mini",
        sd(&moments),
        &file["scale"]["sd"],
    );
    for (population, key) in [(Some(headcount), "ci95_fpc"), (None, "ci95_nofpc")] {
        let interval = level_interval(&moments, population).expect("an interval");
        ends(checks, "level interval", interval, &file[key]);
    }
}

fn item(checks: &mut Checks, file: &Value, headcount: u64) {
    let expected = &file["item_q1"];
    let counts = wholes(&expected["counts"]);
    let moments = Moments::of_points(&counts).expect("answers");
    checks.add("mean", "mini q1", moments.mean, &expected["mean"]);
    checks.add(
        "standard deviation",
        "mini q1",
        sd(&moments),
        &expected["sd"],
    );
    let part = above_midpoint(&counts);
    let share = participation(part, moments.n).expect("a share");
    checks.add(
        "favourable share",
        "mini q1",
        share,
        &expected["favourable"],
    );
    let wilson = |population| wilson_interval(part, moments.n, population).expect("an interval");
    ends(
        checks,
        "Wilson interval",
        wilson(None),
        &file["wilson_q1_nofpc"],
    );
    ends(
        checks,
        "Wilson interval",
        wilson(Some(headcount)),
        &file["wilson_q1_fpc"],
    );
    let bounds = manski_bounds(part, moments.n, headcount).expect("bounds");
    checks.add_interval("Manski bounds", "mini q1", bounds, &file["manski_q1"]);
}

fn alpha(checks: &mut Checks, file: &Value) {
    let cases = &file["complete_case"]["S"];
    let covariances = Covariances::of(
        whole(&cases["n"]),
        &wholes(&cases["sum"]),
        &table(&cases["xp"]),
    )
    .expect("possible sums");
    let alpha = covariances.alpha().expect("a spread");
    checks.add("alpha", "mini", alpha, &file["alpha"]["alpha"]);
    let interval = covariances.alpha_interval().expect("an interval");
    checks.add_interval(
        "Feldt interval",
        "mini",
        interval,
        &file["alpha_ci95_feldt"],
    );
}

fn ends(checks: &mut Checks, statistic: &'static str, interval: Interval, expected: &Value) {
    checks.add(statistic, "mini lo", interval.lo, &expected["lo"]);
    checks.add(statistic, "mini hi", interval.hi, &expected["hi"]);
}

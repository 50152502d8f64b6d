//! Every reference value against what `stats` computes.
//!
//! Nothing here needs a file system, a clock or a thread, so that another crate can include this
//! module by its path and run the very same checks in a browser.

mod fjordby;
mod mini;
mod special;
mod starwars;

use serde_json::Value;

/// One computed number beside its reference.
pub struct Check {
    /// Which statistic, as in the README's table.
    pub statistic: &'static str,
    /// Which of its values, to find it in the data.
    pub name: String,
    /// What `stats` computes.
    pub computed: f64,
    /// What the reference says.
    pub expected: f64,
    /// The largest deviation allowed.
    pub tolerance: f64,
}

impl Check {
    /// Relative deviation; absolute where the reference is 0.
    pub fn deviation(&self) -> f64 {
        let error = (self.computed - self.expected).abs();
        if self.expected == 0.0 {
            error
        } else {
            error / self.expected.abs()
        }
    }

    /// Whether the deviation is allowed. Not a number never is.
    pub fn holds(&self) -> bool {
        self.computed.is_finite() && self.deviation() <= self.tolerance
    }
}

/// All checks, in a fixed order.
pub fn checks() -> Vec<Check> {
    let mut checks = Checks::default();
    special::check(&mut checks);
    mini::check(&mut checks);
    starwars::check(&mut checks);
    fjordby::check(&mut checks);
    checks.list
}

/// The growing list.
#[derive(Default)]
struct Checks {
    list: Vec<Check>,
}

impl Checks {
    fn add(&mut self, statistic: &'static str, name: &str, computed: f64, expected: &Value) {
        self.add_within(1e-9, statistic, name, computed, expected);
    }

    fn add_within(
        &mut self,
        tolerance: f64,
        statistic: &'static str,
        name: &str,
        computed: f64,
        expected: &Value,
    ) {
        let expected = number(expected);
        self.list.push(Check {
            statistic,
            name: name.to_owned(),
            computed,
            expected,
            tolerance,
        });
    }

    /// Both ends of an interval, given as a list of two.
    fn add_interval(
        &mut self,
        statistic: &'static str,
        name: &str,
        computed: stats::Interval,
        expected: &Value,
    ) {
        self.add(statistic, name, computed.lo, &expected[0]);
        self.add(statistic, name, computed.hi, &expected[1]);
    }

    /// Size, mean, standard deviation and, for N = `population`, the interval.
    fn add_level(
        &mut self,
        name: &str,
        moments: &stats::Moments,
        population: Option<u64>,
        expected: &Value,
    ) {
        assert_eq!(moments.n, whole(&expected["n"]), "{name}");
        self.add("mean", name, moments.mean, &expected["mean"]);
        self.add("standard deviation", name, sd(moments), &expected["sd"]);
        let corrected = stats::level_interval(moments, population).expect("an interval");
        self.add_interval("level interval", name, corrected, &expected["ci95_fpc"]);
        if !expected["ci95_nofpc"].is_null() {
            let plain = stats::level_interval(moments, None).expect("an interval");
            self.add_interval("level interval", name, plain, &expected["ci95_nofpc"]);
        }
    }

    fn add_change(&mut self, name: &str, computed: &stats::Change, expected: &Value) {
        let interval = computed.interval;
        for (computed, key) in [
            (computed.difference, "diff"),
            (computed.se, "se"),
            (computed.df, "df"),
            (computed.t, "t"),
            (computed.p, "p"),
            (interval.lo, "lo"),
            (interval.hi, "hi"),
        ] {
            self.add(
                "Welch's test",
                &format!("{name} {key}"),
                computed,
                &expected[key],
            );
        }
    }

    fn add_trend(&mut self, name: &str, computed: &stats::Trend, expected: &Value) {
        for (computed, key) in [
            (computed.intercept, "intercept"),
            (computed.slope, "slope"),
            (computed.se, "se"),
            (computed.z, "z"),
            (computed.p, "p"),
            (computed.interval.lo, "lo"),
            (computed.interval.hi, "hi"),
            (computed.q, "Q"),
            (computed.q_df, "Q_df"),
            (computed.q_p, "Q_p"),
        ] {
            self.add(
                "trend and linearity",
                &format!("{name} {key}"),
                computed,
                &expected[key],
            );
        }
    }

    fn add_icc(&mut self, name: &str, groups: &[stats::Moments], expected: &Value) {
        let icc = stats::icc(groups).expect("groups that differ");
        for (computed, key) in [
            (icc.between, "MSB"),
            (icc.within, "MSW"),
            (icc.size, "n0"),
            (icc.f, "F"),
            (icc.p, "p"),
            (icc.icc1, "ICC1"),
            (icc.icc2, "ICC2"),
        ] {
            if !expected[key].is_null() {
                self.add(
                    "ICC(1), ICC(2)",
                    &format!("{name} {key}"),
                    computed,
                    &expected[key],
                );
            }
        }
    }
}

/// Person scores from 0 to 100 out of `cells[answered][sum]`, for those who answered at least half
/// of the items.
fn score_moments(cells: &[Vec<u64>]) -> Option<stats::Moments> {
    let items = cells.len() - 1;
    let mut counted = Vec::new();
    for (answered, row) in cells.iter().enumerate().skip(items.div_ceil(2)) {
        for (sum, count) in row.iter().enumerate() {
            let (sum, most) = (whole_number(sum), whole_number(4 * answered));
            counted.push((100.0 * sum / most, *count));
        }
    }
    stats::Moments::of(&counted)
}

fn sd(moments: &stats::Moments) -> f64 {
    moments.sd().expect("more than one value")
}

fn whole_number(value: usize) -> f64 {
    f64::from(u32::try_from(value).expect("a small number"))
}

fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

fn whole(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no count"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn wholes(value: &Value) -> Vec<u64> {
    list(value).iter().map(whole).collect()
}

fn table(value: &Value) -> Vec<Vec<u64>> {
    list(value).iter().map(wholes).collect()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().expect("an object").iter()
}

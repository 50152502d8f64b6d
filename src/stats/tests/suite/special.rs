//! Quantiles and tails against scipy.

use super::{Checks, entries, list, number};
use serde_json::Value;
use stats::distribution::{
    chi_squared_tail, f_quantile, f_tail, ln_gamma, normal_quantile, normal_tail, t_quantile,
    t_tail,
};

pub fn check(checks: &mut Checks) {
    let file: Value =
        serde_json::from_str(include_str!("../data/special_functions.json")).expect("JSON");
    for (function, rows) in entries(&file) {
        for row in list(rows) {
            let (expected, arguments) = list(row).split_last().expect("a row");
            let x: Vec<f64> = arguments.iter().map(number).collect();
            let (statistic, computed) = match function.as_str() {
                "t_ppf" => ("t quantile", t_quantile(x[0], x[1])),
                "t_sf" => ("t tail", t_tail(x[0], x[1])),
                "norm_ppf" => ("normal quantile", normal_quantile(x[0])),
                "norm_sf" => ("normal tail", normal_tail(x[0])),
                "chi2_sf" => ("chi-squared tail", chi_squared_tail(x[0], x[1])),
                "f_sf" => ("F tail", f_tail(x[0], x[1], x[2])),
                "f_ppf" => ("F quantile", f_quantile(x[0], x[1], x[2])),
                "lgamma" => ("ln gamma", ln_gamma(x[0])),
                _ => panic!("{function} is not checked"),
            };
            let computed = computed.expect("arguments in range");
            checks.add(statistic, &format!("{x:?}"), computed, expected);
        }
    }
}

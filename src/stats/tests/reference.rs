//! Against values from scipy (`special_functions.json`) and a hand-checkable example
//! (`mini_example.json`: nine respondents, four items).

use serde_json::Value;
use stats::{
    Interval, IntervalError, Moments, level_interval, percent, percent_to_5, round, t_quantile,
};

fn near(found: f64, expected: f64, relative: f64) {
    let error = (found - expected).abs() / expected.abs().max(1e-300);
    assert!(
        error <= relative,
        "{found} instead of {expected}: off by {error:e}"
    );
}

#[test]
fn quantiles_of_student_t() {
    let file: Value =
        serde_json::from_str(include_str!("data/special_functions.json")).expect("JSON");
    let mut checked = 0;
    for row in file["t_ppf"].as_array().expect("a list") {
        let (p, df, expected) = (row[0].as_f64(), row[1].as_u64(), row[2].as_f64());
        if let (Some(p), Some(df), Some(expected)) = (p, df, expected) {
            near(t_quantile(p, df), expected, 1e-9);
            checked += 1;
        }
    }
    assert!(checked > 20);
}

/// Person scores of the mini example: sums 14, 12, 10, 4 and 16 of 16; 2 of 12; 12 of 16.
fn mini() -> Moments {
    let scores = [87.5, 75.0, 62.5, 25.0, 100.0, 100.0 * 2.0 / 12.0, 75.0];
    let counted: Vec<(f64, u64)> = scores.iter().map(|score| (*score, 1)).collect();
    Moments::of(&counted).expect("seven scores")
}

#[test]
fn mini_example() {
    let moments = mini();
    near(moments.mean, 63.095_238_095_238_095, 1e-12);
    near(
        moments.sd().expect("a spread"),
        31.220_223_909_388_94,
        1e-12,
    );
    let with = level_interval(&moments, Some(12)).expect("an interval");
    near(with.lo, 44.457_221_375_898_07, 1e-9);
    near(with.hi, 81.733_254_814_578_12, 1e-9);
    let without = level_interval(&moments, None).expect("an interval");
    near(without.lo, 34.221_346_751_102_374, 1e-9);
    near(without.hi, 91.969_129_439_373_82, 1e-9);
}

#[test]
fn no_interval_without_a_reason() {
    let one = Moments::of(&[(50.0, 1)]).expect("one value");
    assert_eq!(level_interval(&one, Some(9)), Err(IntervalError::OneValue));
    assert_eq!(
        level_interval(&one, Some(1)),
        Ok(Interval { lo: 50.0, hi: 50.0 })
    );
    assert_eq!(
        level_interval(&mini(), Some(6)),
        Err(IntervalError::MoreThanPopulation)
    );
    assert_eq!(Moments::of(&[(50.0, 0)]), None);
}

#[test]
fn rounding_goes_half_up() {
    assert_eq!(
        [round(62.5), round(62.499_999), round(-3.0), round(f64::NAN)],
        [63, 62, 0, 0]
    );
    assert_eq!([percent(1, 8), percent(0, 0), percent(7, 7)], [13, 0, 100]);
    assert_eq!(
        [
            percent_to_5(1, 8),
            percent_to_5(1, 14),
            percent_to_5(14, 14)
        ],
        [15, 5, 100]
    );
}

//! What each function says when it cannot answer, and the rounding of what it does say.

use stats::distribution::{
    chi_squared_tail, f_quantile, ln_gamma, normal_quantile, t_quantile, t_tail,
};
use stats::{
    Covariances, Interval, Moments, Reason, above_midpoint, benjamini_hochberg, feldt_interval,
    hedges_g, hedges_g_exact, icc, level_interval, manski_bounds, participation, percent,
    percent_to_5, round, rwg, rwg_j, trend, welch, wilson_interval,
};

fn moments(n: u64, mean: f64, sd: f64) -> Moments {
    Moments::from_summary(n, mean, sd).expect("a summary")
}

#[test]
fn moments_of_nothing() {
    assert_eq!(Moments::of(&[(50.0, 0)]), None);
    assert_eq!(Moments::of_points(&[0, 0, 0]), None);
    assert_eq!(Moments::from_summary(0, 50.0, 1.0), Err(Reason::NoValues));
    assert_eq!(
        Moments::from_summary(2, 50.0, -1.0),
        Err(Reason::OutOfRange)
    );
    assert_eq!(
        Moments::from_summary(2, f64::NAN, 1.0),
        Err(Reason::OutOfRange)
    );
    assert_eq!(moments(1, 50.0, f64::NAN).variance, None);
    assert_eq!(Moments::of_points(&[0, 1]).expect("one").sd(), None);
}

#[test]
fn levels() {
    let one = Moments::of(&[(50.0, 1)]).expect("one value");
    assert_eq!(level_interval(&one, Some(9)), Err(Reason::OneValue));
    let point = Interval { lo: 50.0, hi: 50.0 };
    assert_eq!(level_interval(&one, Some(1)), Ok(point));
    assert_eq!(level_interval(&moments(7, 50.0, 9.0), Some(7)), Ok(point));
    assert_eq!(
        level_interval(&moments(7, 50.0, 9.0), Some(6)),
        Err(Reason::MoreThanPopulation)
    );
    assert_eq!(level_interval(&moments(7, 50.0, 0.0), None), Ok(point));
}

#[test]
fn shares() {
    assert_eq!(
        [
            above_midpoint(&[1, 1, 1, 2, 3]),
            above_midpoint(&[1, 1, 2, 3])
        ],
        [5, 5]
    );
    assert_eq!(wilson_interval(0, 0, None), Err(Reason::NoValues));
    assert_eq!(wilson_interval(3, 2, None), Err(Reason::OutOfRange));
    let half = Interval { lo: 0.5, hi: 0.5 };
    assert_eq!(wilson_interval(2, 4, Some(4)), Ok(half));
    assert_eq!(wilson_interval(2, 4, Some(3)), Ok(half));
    assert_eq!(participation(0, 0), Err(Reason::NoValues));
    assert_eq!(participation(2, 1), Err(Reason::MoreThanPopulation));
    assert_eq!(manski_bounds(0, 0, 0), Err(Reason::NoValues));
    assert_eq!(manski_bounds(2, 1, 9), Err(Reason::OutOfRange));
    assert_eq!(manski_bounds(1, 9, 8), Err(Reason::MoreThanPopulation));
    assert_eq!(manski_bounds(0, 0, 4), Ok(Interval { lo: 0.0, hi: 1.0 }));
}

#[test]
fn reliability() {
    let of = |n, sums: &[u64], rows: &[&[u64]]| {
        let rows: Vec<Vec<u64>> = rows.iter().map(|row| row.to_vec()).collect();
        Covariances::of(n, sums, &rows)
    };
    assert_eq!(of(0, &[0, 0], &[&[0, 0], &[0, 0]]), Err(Reason::NoValues));
    assert_eq!(of(1, &[0, 0], &[&[0, 0], &[0, 0]]), Err(Reason::OneValue));
    assert_eq!(of(2, &[1], &[&[1]]), Err(Reason::TooFewItems));
    assert_eq!(of(2, &[1, 1], &[&[1, 1]]), Err(Reason::OutOfRange));
    assert_eq!(of(2, &[1, 1], &[&[1, 1], &[0, 1]]), Err(Reason::OutOfRange));
    assert_eq!(of(2, &[3, 1], &[&[3, 1], &[1, 1]]), Err(Reason::OutOfRange));
    // Two people, two items: one varies as much up as the other down, so the total is constant.
    let opposed = of(2, &[1, 1], &[&[1, 0], &[0, 1]]).expect("possible sums");
    assert_eq!(opposed.alpha(), Err(Reason::NoSpread));
    assert_eq!(opposed.alpha_interval(), Err(Reason::NoSpread));
    assert_eq!(opposed.lambda2(), Err(Reason::NoSpread));
    assert_eq!(opposed.one_factor(), Err(Reason::TooFewItems));
    let rows: &[&[u64]] = &[&[1, 1, 1], &[1, 1, 1], &[1, 1, 2]];
    let constant = of(2, &[1, 1, 2], rows).expect("possible sums");
    assert_eq!(constant.one_factor(), Err(Reason::NoSpread));
    assert_eq!(feldt_interval(0.8, 0, 3), Err(Reason::NoValues));
    assert_eq!(feldt_interval(0.8, 1, 3), Err(Reason::OneValue));
    assert_eq!(feldt_interval(0.8, 9, 1), Err(Reason::TooFewItems));
    assert_eq!(feldt_interval(f64::NAN, 9, 3), Err(Reason::OutOfRange));
}

/// Three items of which the first correlates .8 with both others, and those two only .1: the best
/// loading of the first would be √6.4.
#[test]
fn a_loading_above_one_is_no_factor() {
    let products = [[100, 80, 80], [80, 100, 10], [80, 10, 100]];
    let products: Vec<Vec<u64>> = products
        .iter()
        .map(|row| row.iter().map(|cell| cell + 100).collect())
        .collect();
    let heywood = Covariances::of(100, &[100, 100, 100], &products).expect("possible sums");
    assert_eq!(heywood.one_factor(), Err(Reason::NoSingleFactor));
    assert!(heywood.alpha().is_ok());
}

#[test]
fn copies_of_one_item_are_perfectly_reliable() {
    let products = vec![vec![30; 3]; 3];
    let copies = Covariances::of(4, &[10, 10, 10], &products).expect("possible sums");
    assert_eq!([copies.alpha(), copies.lambda2()], [Ok(1.0), Ok(1.0)]);
    let omega = copies.one_factor().expect("a factor").omega;
    assert!((omega - 1.0).abs() < 1e-12);
}

#[test]
fn agreement() {
    assert_eq!(rwg(1.0, 1), Err(Reason::TooFewPoints));
    assert_eq!(rwg(-1.0, 5), Err(Reason::OutOfRange));
    assert_eq!([rwg(1.0, 5), rwg(4.0, 5)], [Ok(0.5), Ok(0.0)]);
    // One item agrees with itself as far as the group does on it.
    assert_eq!(rwg_j(&[0.5], 5), rwg(0.5, 5));
    assert_eq!(rwg_j(&[], 5), Err(Reason::TooFewItems));
    assert_eq!(
        [rwg_j(&[0.0, 0.0], 5), rwg_j(&[4.0, 4.0], 5)],
        [Ok(1.0), Ok(0.0)]
    );
    assert_eq!(icc(&[moments(3, 1.0, 1.0)]), Err(Reason::TooFewGroups));
    let ones = [moments(1, 1.0, 0.0), moments(1, 2.0, 0.0)];
    assert_eq!(icc(&ones), Err(Reason::OneValue));
    let equal = [moments(3, 1.0, 1.0), moments(4, 1.0, 1.0)];
    assert_eq!(icc(&equal), Err(Reason::NoSpread));
    let unanimous = [moments(3, 1.0, 0.0), moments(4, 2.0, 0.0)];
    assert_eq!(icc(&unanimous), Err(Reason::NoSpread));
}

#[test]
fn change() {
    let (flat, one, many) = (
        moments(5, 50.0, 0.0),
        moments(1, 50.0, 0.0),
        moments(5, 60.0, 9.0),
    );
    for compare in [hedges_g, hedges_g_exact] {
        assert_eq!(compare(&flat, &flat), Err(Reason::NoSpread));
        assert_eq!(compare(&one, &many), Err(Reason::OneValue));
    }
    assert_eq!(welch(&flat, &flat), Err(Reason::NoSpread));
    assert_eq!(welch(&many, &one), Err(Reason::OneValue));
    // With one group flat, the other alone decides.
    assert_eq!(welch(&flat, &many).expect("a spread").df, 4.0);
    assert_eq!(benjamini_hochberg(&[]), Ok(vec![]));
    assert_eq!(
        benjamini_hochberg(&[0.5, f64::NAN]),
        Err(Reason::OutOfRange)
    );
}

#[test]
fn trends() {
    let point = moments(9, 50.0, 9.0);
    let line = |points: &[(f64, Moments)]| trend(points).map(|trend| trend.slope);
    assert_eq!(
        line(&[(0.0, point), (1.0, point)]),
        Err(Reason::TooFewPoints)
    );
    assert_eq!(line(&[(1.0, point); 3]), Err(Reason::NoSpread));
    let flat = moments(9, 50.0, 0.0);
    assert_eq!(
        line(&[(0.0, point), (1.0, flat), (2.0, point)]),
        Err(Reason::NoSpread)
    );
    let one = moments(1, 50.0, 0.0);
    assert_eq!(
        line(&[(0.0, point), (1.0, one), (2.0, point)]),
        Err(Reason::OneValue)
    );
    let never = f64::INFINITY;
    assert_eq!(
        line(&[(0.0, point), (1.0, point), (never, point)]),
        Err(Reason::OutOfRange)
    );
    let rising = |time: f64| (time, moments(9, 50.0 + 2.0 * time, 9.0));
    let trend = trend(&[rising(2022.5), rising(2024.0), rising(2023.25)]).expect("a line");
    assert!((trend.slope - 2.0).abs() < 1e-9 && (trend.intercept - 50.0).abs() < 1e-6);
}

#[test]
fn distributions() {
    for p in [0.0, 1.0, -0.1, f64::NAN] {
        assert_eq!(normal_quantile(p), Err(Reason::OutOfRange));
        assert_eq!(t_quantile(p, 5.0), Err(Reason::OutOfRange));
        assert_eq!(f_quantile(p, 5.0, 5.0), Err(Reason::OutOfRange));
    }
    assert_eq!(t_tail(1.0, 0.5), Err(Reason::OutOfRange));
    assert_eq!(chi_squared_tail(-1.0, 3.0), Err(Reason::OutOfRange));
    assert_eq!(ln_gamma(0.0), Err(Reason::OutOfRange));
}

/// Against scipy 1.17, where a series or a continued fraction of fixed length would fail.
#[test]
fn distributions_of_large_surveys() {
    let near = |found: Result<f64, Reason>, expected: f64| {
        let found = found.expect("a number");
        let error = (found / expected - 1.0).abs();
        assert!(error < 1e-9, "{found:e} instead of {expected:e}");
    };
    near(t_quantile(0.975, 1e5), 1.959_987_707_534_609_5);
    near(t_quantile(0.975, 1e8), 1.959_964_008_262_766_3);
    near(t_tail(0.1, 1e5), 0.460_172_262_953_363_16);
    near(t_tail(3.0, 1e6), 0.001_349_931_270_710_9);
    near(t_tail(1e5, 9.0), 2.545_897_027_733_490_2e-42);
    near(f_quantile(0.025, 1e5, 1.6e6), 0.990_987_572_625_586_1);
    near(f_quantile(0.975, 1e6, 1.6e7), 1.002_859_370_045_562_6);
    near(chi_squared_tail(1000.0, 4.0), 3.569_412_779_777_369_4e-215);
    near(chi_squared_tail(3.0, 30.0), 0.999_999_999_917_602_8);
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

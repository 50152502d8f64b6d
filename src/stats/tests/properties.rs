//! Whatever finite numbers come in: no panic, no NaN, no infinity, and what theory promises.

use proptest::collection::vec;
use proptest::prelude::*;
use stats::distribution::{
    chi_squared_tail, f_quantile, f_tail, ln_gamma, normal_quantile, normal_tail, t_quantile,
    t_tail,
};
use stats::{
    Covariances, Interval, Moments, Reason, benjamini_hochberg, feldt_interval, hedges_g,
    hedges_g_exact, icc, level_interval, manski_bounds, rwg, rwg_j, trend, welch, wilson_interval,
};

/// Also nonsense that the public fields allow, such as a negative variance or a group of none.
fn any_moments() -> impl Strategy<Value = Moments> {
    let size = prop_oneof![0..4_u64, 0..10_000_u64, any::<u64>()];
    (size, value(), proptest::option::of(value())).prop_map(|(n, mean, variance)| Moments {
        n,
        mean,
        variance,
    })
}

/// Ordinary numbers, repeated ones, and any finite number whatever.
fn value() -> impl Strategy<Value = f64> {
    let any_finite = any::<f64>().prop_filter("finite", |value| value.is_finite());
    prop_oneof![0.0..100.0, Just(0.0), Just(50.0), any_finite]
}

fn finite(results: &[Result<f64, Reason>]) -> bool {
    results.iter().flatten().all(|value| value.is_finite())
}

fn ordered(interval: Result<Interval, Reason>) -> bool {
    interval.is_err()
        || interval.is_ok_and(|Interval { lo, hi }| lo <= hi && lo.is_finite() && hi.is_finite())
}

proptest! {
    #[test]
    fn levels_and_shares(
        moments in any_moments(),
        counts in vec(any::<u64>(), 0..9),
        (part, n, all) in (any::<u64>(), any::<u64>(), any::<u64>()),
        (few, some, more) in (0..9_u64, 0..9_u64, 0..9_u64),
    ) {
        prop_assert!(ordered(level_interval(&moments, None)));
        prop_assert!(ordered(level_interval(&moments, Some(all))));
        prop_assert!(ordered(level_interval(&moments, Some(some))));
        for (part, n, all) in [(part, n, all), (few, some, more)] {
            prop_assert!(ordered(wilson_interval(part, n, None)));
            prop_assert!(ordered(wilson_interval(part, n, Some(all))));
            prop_assert!(ordered(manski_bounds(part, n, all)));
        }
        if let Some(moments) = Moments::of_points(&counts) {
            prop_assert!(moments.mean.is_finite());
            prop_assert!(moments.variance.is_none_or(f64::is_finite));
        }
    }

    #[test]
    fn points_and_values_have_the_same_moments(counts in vec(0..1000_u64, 1..9)) {
        let counted: Vec<(f64, u64)> =
            (1_u32..).map(f64::from).zip(counts.iter().copied()).collect();
        let (points, values) = (Moments::of_points(&counts), Moments::of(&counted));
        prop_assert_eq!(points.is_some(), values.is_some());
        if let (Some(points), Some(values)) = (points, values) {
            prop_assert!((points.mean - values.mean).abs() < 1e-9);
            let (one, other) = (points.sd().unwrap_or(0.0), values.sd().unwrap_or(0.0));
            prop_assert!((one - other).abs() < 1e-9);
        }
    }

    #[test]
    fn moments_of_values(counted in vec((-1e100..1e100, 0..1_u64 << 40), 0..9)) {
        if let Some(Moments { mean, variance, .. }) = Moments::of(&counted) {
            prop_assert!(mean.is_finite());
            prop_assert!(variance.is_none_or(|variance| variance.is_finite() && variance >= 0.0));
        }
    }

    #[test]
    fn changes(before in any_moments(), after in any_moments()) {
        if let Ok(change) = welch(&before, &after) {
            let all = [change.difference, change.se, change.df, change.t, change.p];
            prop_assert!(all.iter().all(|value| value.is_finite()));
            prop_assert!((0.0..=1.0).contains(&change.p));
            prop_assert!(ordered(Ok(change.interval)));
        }
        let effects = [hedges_g(&before, &after), hedges_g_exact(&before, &after)];
        prop_assert!(finite(&effects));
    }

    #[test]
    fn trends(points in vec((value(), any_moments()), 0..7)) {
        if let Ok(trend) = trend(&points) {
            let all = [trend.intercept, trend.slope, trend.se, trend.z, trend.q, trend.q_df];
            prop_assert!(all.iter().all(|value| value.is_finite()));
            prop_assert!((0.0..=1.0).contains(&trend.p) && (0.0..=1.0).contains(&trend.q_p));
            prop_assert!(ordered(Ok(trend.interval)));
        }
    }

    #[test]
    fn groups(
        groups in vec(any_moments(), 0..7),
        variances in vec(value(), 0..5),
        points in 0..9_u64,
    ) {
        if let Ok(icc) = icc(&groups) {
            let all = [icc.between, icc.within, icc.size, icc.f, icc.icc1, icc.icc2];
            prop_assert!(all.iter().all(|value| value.is_finite()));
            prop_assert!((0.0..=1.0).contains(&icc.p));
            prop_assert!(icc.icc1 <= 1.0 && icc.icc2 <= 1.0);
        }
        let agreed = rwg_j(&variances, points);
        prop_assert!(agreed.is_err() || agreed.is_ok_and(|agreed| (0.0..=1.0).contains(&agreed)));
        for variance in variances {
            let agreed = rwg(variance, points);
            prop_assert!(agreed.is_err() || agreed.is_ok_and(|r| (0.0..=1.0).contains(&r)));
        }
    }

    #[test]
    fn q_values_are_no_smaller_than_p_values(p in vec(0.0..=1.0, 0..40)) {
        let q = benjamini_hochberg(&p).expect("p values");
        prop_assert!(p.iter().zip(&q).all(|(p, q)| p <= q && *q <= 1.0));
    }

    /// From real answer sheets, of which some may be constant or opposed.
    #[test]
    fn items(sheets in vec(vec(0..5_u64, 5), 0..12), items in 0..=5_usize) {
        let sum = |j: usize| sheets.iter().map(|sheet| sheet[j]).sum();
        let product = |j: usize, k: usize| sheets.iter().map(|sheet| sheet[j] * sheet[k]).sum();
        let sums: Vec<u64> = (0..items).map(sum).collect();
        let row = |j| (0..items).map(|k| product(j, k)).collect();
        let products: Vec<Vec<u64>> = (0..items).map(row).collect();
        let n = u64::try_from(sheets.len()).expect("a few");
        let covariances = Covariances::of(n, &sums, &products);
        prop_assert_eq!(covariances.is_ok(), n > 1 && items > 1);
        let Ok(covariances) = covariances else { return Ok(()) };
        if let (Ok(alpha), Ok(lambda2)) = (covariances.alpha(), covariances.lambda2()) {
            prop_assert!(alpha <= lambda2 + 1e-12 && lambda2 <= 1.0 + 1e-12);
        }
        prop_assert!(ordered(covariances.alpha_interval()));
        if let Ok(factor) = covariances.one_factor() {
            prop_assert!((0.0..=1.0).contains(&factor.omega));
            prop_assert!(factor.loadings.iter().all(|loading| loading.is_finite()));
        }
    }

    #[test]
    fn any_sums(n in any::<u64>(), sums in vec(any::<u64>(), 3), cells in vec(any::<u64>(), 6)) {
        let products = [[0, 1, 2], [1, 3, 4], [2, 4, 5]].map(|row| row.map(|at| cells[at]).to_vec());
        for n in [n, n % 9] {
            if let Ok(covariances) = Covariances::of(n, &sums, &products) {
                prop_assert!(finite(&[covariances.alpha(), covariances.lambda2()]));
                prop_assert!(finite(&[covariances.one_factor().map(|factor| factor.omega)]));
            }
        }
    }

    #[test]
    fn distributions(x in value(), p in 0.0..1.0, d1 in degrees(), d2 in degrees()) {
        let tails = [
            normal_tail(x), t_tail(x, d1), chi_squared_tail(x, d1), f_tail(x, d1, d2),
        ];
        for tail in tails.into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&tail));
        }
        let quantiles = [normal_quantile(p), t_quantile(p, d1), f_quantile(p, d1, d2), ln_gamma(x)];
        prop_assert!(finite(&quantiles));
    }

    #[test]
    fn intervals_of_alpha(alpha in value(), n in 0..5000_u64, items in 0..20_u64) {
        prop_assert!(ordered(feldt_interval(alpha, n, items)));
    }

    #[test]
    fn quantiles_invert_tails(p in 0.001..0.999_f64, d1 in 1.0..500.0_f64, d2 in 1.0..500.0_f64) {
        let t = t_quantile(p, d1).expect("in range");
        prop_assert!((t_tail(t, d1).expect("in range") - (1.0 - p)).abs() < 1e-12);
        let f = f_quantile(p, d1, d2).expect("in range");
        prop_assert!((f_tail(f, d1, d2).expect("in range") - (1.0 - p)).abs() < 1e-12);
    }
}

fn degrees() -> impl Strategy<Value = f64> {
    prop_oneof![1.0..100.0, 1.0..1e6, Just(1.0), value()]
}

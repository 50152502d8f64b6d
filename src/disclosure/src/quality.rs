//! How well the scales measure, for the method page.
//!
//! Reliability is of the whole and names no unit. Agreement uses the membership of units, so it is
//! computed from published numbers only: whatever it tells, the release tells already.

use crate::closed::Closed;
use crate::publish::hundredths;
use crate::verdicts::published_moments;
use release::{
    Agreement, ItemDetail, Quality, Release, Reliability, Scale, ScaleValue, UnitResult,
};
use stats::{Covariances, Moments, icc, rwg_j};
use std::collections::BTreeMap;
use survey::ScaleIdx;

/// Fewest complete answers that reliability rests on: under it, its interval says nothing, and
/// cross-products begin to describe persons.
const COMPLETE: u64 = 100;

/// The quality of every scale, by scale id.
pub(crate) fn quality(closed: &Closed<'_>, release: &Release) -> BTreeMap<String, Quality> {
    let scales = release.instrument.scales.iter().enumerate();
    scales
        .map(|(idx, scale)| {
            let quality = Quality {
                reliability: reliability(closed, idx),
                agreement: agreement(release, scale),
            };
            (scale.id.clone(), quality)
        })
        .collect()
}

fn reliability(closed: &Closed<'_>, scale: ScaleIdx) -> Option<Reliability> {
    let products = closed.products?.scale(scale)?;
    if products.n() < COMPLETE {
        return None;
    }
    let covariances = Covariances::of(products.n(), products.sums(), &products.matrix()).ok()?;
    let interval = covariances.alpha_interval().ok()?;
    let factor = covariances.one_factor().ok();
    Some(Reliability {
        alpha: hundredths(covariances.alpha().ok()?),
        alpha_interval: [hundredths(interval.lo), hundredths(interval.hi)],
        lambda2: hundredths(covariances.lambda2().ok()?),
        omega: factor.map(|factor| hundredths(factor.omega)),
    })
}

fn agreement(release: &Release, scale: &Scale) -> Option<Agreement> {
    let units = lowest_with_moments(release, scale);
    let groups: Vec<Moments> = units
        .iter()
        .filter_map(|unit| published_moments(value(unit, scale)?))
        .collect();
    let icc = icc(&groups).ok();
    let agreement = Agreement {
        units: u16::try_from(units.len()).unwrap_or(u16::MAX),
        icc1: icc.map(|icc| hundredths(icc.icc1)),
        icc2: icc.map(|icc| hundredths(icc.icc2)),
        rwg: median_rwg(release, scale, &units),
    };
    (!units.is_empty()).then_some(agreement)
}

/// The units that show moments, without those above another that does.
fn lowest_with_moments<'a>(release: &'a Release, scale: &Scale) -> Vec<&'a UnitResult> {
    let shows = |unit: &UnitResult| value(unit, scale).is_some_and(|value| value.moments.is_some());
    let mut is_above: BTreeMap<&str, bool> = BTreeMap::new();
    let mut lowest = Vec::new();
    // Each unit comes after its parent, so from the end each comes before it.
    for unit in release.units.iter().rev() {
        let above = is_above.get(unit.id.as_str()).copied().unwrap_or(false);
        let shown = shows(unit);
        if shown && !above {
            lowest.push(unit);
        }
        if let Some(parent) = unit.parent.as_deref().filter(|_| shown || above) {
            is_above.insert(parent, true);
        }
    }
    lowest
}

fn value<'a>(unit: &'a UnitResult, scale: &Scale) -> Option<&'a ScaleValue> {
    unit.scales.get(&scale.id)?.shown()
}

/// The median over units of rwg(J), from the published percentages of the scale's items.
fn median_rwg(release: &Release, scale: &Scale, units: &[&UnitResult]) -> Option<i16> {
    let item = release
        .instrument
        .items
        .iter()
        .find(|item| scale.items.contains(&item.id))?;
    let points = release.instrument.anchors.get(&item.anchors)?.points.len();
    let points = u64::try_from(points).ok()?;
    let one = |unit: &&UnitResult| {
        let variances: Option<Vec<f64>> = scale
            .items
            .iter()
            .map(|item| variance(unit, item))
            .collect();
        rwg_j(&variances?, points).ok()
    };
    let mut all: Vec<f64> = units.iter().filter_map(one).collect();
    all.sort_by(f64::total_cmp);
    let (lower, upper) = (
        all.get(all.len().saturating_sub(1) / 2)?,
        all.get(all.len() / 2)?,
    );
    Some(hundredths(f64::midpoint(*lower, *upper)))
}

/// The sample variance of an item in points, as far as whole percents tell it.
fn variance(unit: &UnitResult, item: &str) -> Option<f64> {
    let value = unit.items.get(item)?.shown()?;
    let ItemDetail::Points { percent, .. } = &value.detail else {
        return None;
    };
    let counts: Vec<u64> = percent.iter().copied().map(u64::from).collect();
    let shares = Moments::of_points(&counts)?;
    // The percents count about a hundred people; the sample variance is of n.
    let (hundred, n) = (f64::from(u32::try_from(shares.n).ok()?), f64::from(value.n));
    Some(shares.variance? * (hundred - 1.0) / hundred * n / (n - 1.0))
}

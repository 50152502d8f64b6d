//! The statistics of one group, as one JSON object a line shows them.

use super::count::{Group, Groups};
use serde::Serialize;
use stats::{Covariances, Interval, Moments, above_midpoint, icc, level_interval, wilson_interval};
use std::collections::BTreeMap;
use survey::{Edition, ScaleIdx};
use tally::{Layout, ScaleProducts};

/// Everything about one unit in one wave. What cannot be computed is `null`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Id of the wave; `null` where the answers have no waves.
    pub wave: Option<String>,
    /// Id of the unit; `null` for the whole.
    pub unit: Option<String>,
    /// Responses.
    pub n: u32,
    /// Staff, where that of every part is known.
    pub headcount: Option<u64>,
    /// Responses by staff, 0 to 1.
    pub participation: Option<f64>,
    /// By scale id.
    pub scales: BTreeMap<String, ScaleFigures>,
    /// By item id.
    pub items: BTreeMap<String, ItemFigures>,
}

/// One scale: scores from 0 to 100 of those who answered enough of its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleFigures {
    /// Respondents with a score.
    pub n: u64,
    /// Mean score.
    pub mean: Option<f64>,
    /// Sample standard deviation of the scores.
    pub sd: Option<f64>,
    /// 95 % interval of the mean; with finite-population correction where the staff is known.
    pub ci95: Option<[f64; 2]>,
    /// Respondents who answered every item: what the next four rest on.
    pub n_complete: u64,
    /// Cronbach's alpha.
    pub alpha: Option<f64>,
    /// Its 95 % interval after Feldt.
    pub alpha_ci95: Option<[f64; 2]>,
    /// Guttman's lambda-2.
    pub lambda2: Option<f64>,
    /// Omega total of one factor.
    pub omega: Option<f64>,
    /// Share of variance between leaves; of the whole only.
    pub icc1: Option<f64>,
    /// Reliability of the leaves' means; of the whole only.
    pub icc2: Option<f64>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemFigures {
    /// Answers at each point, lowest first.
    pub counts: Vec<u32>,
    /// "Don't know or not relevant".
    pub not_applicable: u32,
    /// Left blank.
    pub blank: u32,
    /// Answers with a point.
    pub n: u64,
    /// Mean point, from 1.
    pub mean: Option<f64>,
    /// Sample standard deviation in points.
    pub sd: Option<f64>,
    /// Share above the midpoint, or below it for a reversed item, 0 to 1.
    pub favourable: Option<f64>,
    /// Its 95 % interval after Wilson; on the effective number where the staff is known.
    pub favourable_ci95: Option<[f64; 2]>,
}

/// The figures of every group, in the same order.
pub fn figures(edition: &Edition, groups: &Groups) -> Vec<Figures> {
    let one = |group: &Group| {
        let survey = edition.survey();
        let scales = survey.scales.iter().enumerate();
        let items = survey.items.iter().enumerate();
        let population = population(group);
        Figures {
            wave: group.wave.clone(),
            unit: group.unit.clone(),
            n: group.tally.n(),
            headcount: group.headcount,
            participation: population
                .and_then(|all| stats::participation(u64::from(group.tally.n()), all).ok()),
            scales: scales
                .map(|(idx, scale)| (scale.id.clone(), scale_figures(edition, groups, group, idx)))
                .collect(),
            items: items
                .map(|(idx, item)| {
                    let figures = item_figures(&groups.layout, group, idx, item.reversed);
                    (item.id.clone(), figures)
                })
                .collect(),
        }
    };
    groups.groups.iter().map(one).collect()
}

/// The staff, where it is known and not smaller than the number of responses.
fn population(group: &Group) -> Option<u64> {
    group
        .headcount
        .filter(|all| u64::from(group.tally.n()) <= *all)
}

fn scale_figures(
    edition: &Edition,
    groups: &Groups,
    group: &Group,
    scale: ScaleIdx,
) -> ScaleFigures {
    let moments = scores(edition, &groups.layout, group, scale);
    let interval = moments.and_then(|moments| level_interval(&moments, population(group)).ok());
    let products = &group.products[scale];
    let covariances = covariances(products);
    let of = |figure: fn(&Covariances) -> Option<f64>| covariances.as_ref().and_then(figure);
    let icc = icc_of_leaves(edition, groups, group, scale);
    ScaleFigures {
        n: moments.map_or(0, |moments| moments.n),
        mean: moments.map(|moments| moments.mean),
        sd: moments.and_then(|moments| moments.sd()),
        ci95: interval.map(ends),
        n_complete: products.n(),
        alpha: of(|c| c.alpha().ok()),
        alpha_ci95: covariances
            .as_ref()
            .and_then(|c| c.alpha_interval().ok())
            .map(ends),
        lambda2: of(|c| c.lambda2().ok()),
        omega: of(|c| c.one_factor().ok().map(|factor| factor.omega)),
        icc1: icc.map(|icc| icc.icc1),
        icc2: icc.map(|icc| icc.icc2),
    }
}

fn ends(interval: Interval) -> [f64; 2] {
    [interval.lo, interval.hi]
}

/// Moments of the scores of those who answered enough.
fn scores(edition: &Edition, layout: &Layout, group: &Group, scale: ScaleIdx) -> Option<Moments> {
    let fewest = edition.survey().scales[scale].min_answered;
    let steps = layout.steps(scale);
    let counted: Vec<(f64, u64)> = group
        .tally
        .scores(layout, scale)
        .filter(|cell| cell.answered >= fewest && cell.count > 0)
        .map(|cell| {
            let score = 100.0 * real(cell.sum) / real(steps * cell.answered);
            (score, u64::from(cell.count))
        })
        .collect();
    Moments::of(&counted)
}

fn covariances(products: &ScaleProducts) -> Option<Covariances> {
    Covariances::of(products.n(), products.sums(), &products.matrix()).ok()
}

/// The intraclass correlations of the whole over its leaves.
fn icc_of_leaves(
    edition: &Edition,
    groups: &Groups,
    whole: &Group,
    scale: ScaleIdx,
) -> Option<stats::Icc> {
    if whole.unit.is_some() {
        return None;
    }
    let leaves = groups.groups.iter();
    let leaves = leaves.filter(|group| group.is_leaf && group.wave == whole.wave);
    let moments: Vec<Moments> = leaves
        .filter_map(|leaf| scores(edition, &groups.layout, leaf, scale))
        .collect();
    icc(&moments).ok()
}

fn item_figures(layout: &Layout, group: &Group, item: usize, reversed: bool) -> ItemFigures {
    let counts = group.tally.item(layout, item);
    let mut points: Vec<u64> = counts.points.iter().copied().map(u64::from).collect();
    let moments = Moments::of_points(&points);
    if reversed {
        points.reverse();
    }
    let (favourable, n) = (above_midpoint(&points), points.iter().sum::<u64>());
    let wilson = wilson_interval(favourable, n, population(group)).ok();
    ItemFigures {
        n,
        mean: moments.map(|moments| moments.mean),
        sd: moments.and_then(|moments| moments.sd()),
        favourable: stats::participation(favourable, n).ok(),
        favourable_ci95: wilson.map(ends),
        counts: counts.points,
        not_applicable: counts.not_applicable,
        blank: counts.blank,
    }
}

/// A small whole number as a real one.
fn real(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}

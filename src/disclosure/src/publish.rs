//! Turning counts of shown units into published values.

use crate::closed::{Closed, Counts};
use crate::homogeneous::three_groups;
use crate::level::Level;
use crate::measure::Patterns;
use release::{
    IndexValue, ItemDetail, ItemValue, Participation, Published, Responses, ScaleValue, UnitResult,
};
use stats::{Moments, level_interval, percent, percent_to_5, round};
use std::collections::BTreeMap;
use survey::{ItemIdx, ScaleIdx};
use tally::{ItemCounts, Tally, UnitIdx};

/// Under this many answers an index is coded at the ends, where it would nearly say what everybody
/// answered.
const CODED_UNDER: u64 = 20;

/// Every unit, each after its parent.
pub(crate) fn units(closed: &Closed<'_>, counts: &Counts, patterns: &Patterns) -> Vec<UnitResult> {
    let publisher = Publisher {
        closed,
        counts,
        patterns,
        headcounts: closed.units.headcounts(),
    };
    let mut order = vec![closed.units.root()];
    let mut next = 0;
    while next < order.len() {
        order.extend(closed.units.children(order[next]));
        next += 1;
    }
    order.into_iter().map(|unit| publisher.unit(unit)).collect()
}

struct Publisher<'a> {
    closed: &'a Closed<'a>,
    counts: &'a Counts,
    patterns: &'a Patterns,
    headcounts: Vec<Option<u64>>,
}

impl Publisher<'_> {
    fn unit(&self, unit: UnitIdx) -> UnitResult {
        let survey = self.closed.edition.survey();
        let definition = &self.closed.units.units()[unit];
        let scales = survey.scales.iter().enumerate();
        let items = survey.items.iter().enumerate();
        UnitResult {
            id: definition.id.clone(),
            name: definition.name.clone(),
            parent: definition.parent.clone(),
            responses: self.responses(unit),
            scales: scales
                .map(|(idx, scale)| (scale.id.clone(), self.scale(idx, unit)))
                .collect(),
            items: items
                .map(|(idx, item)| (item.id.clone(), self.item(idx, unit)))
                .collect(),
            verdicts: BTreeMap::new(),
        }
    }

    fn responses(&self, unit: UnitIdx) -> Published<Responses> {
        if !self.patterns.responses[unit] {
            return Published::Withheld;
        }
        let n = self.counts.units[unit].n();
        Published::Shown(Responses {
            n,
            participation: self.participation(unit, n),
        })
    }

    /// Withheld where headcounts are unknown or smaller than the number of responses: a share over
    /// 100 % is a mistake in the headcounts.
    fn participation(&self, unit: UnitIdx, n: u32) -> Published<Participation> {
        let staff = self.headcounts[unit].filter(|staff| u64::from(n) <= *staff);
        match staff.and_then(|staff| u32::try_from(staff).ok()) {
            Some(headcount) if self.patterns.participation[unit] => {
                let percent = percent(u64::from(n), u64::from(headcount));
                Published::Shown(Participation { headcount, percent })
            }
            _ => Published::Withheld,
        }
    }

    fn scale(&self, scale: ScaleIdx, unit: UnitIdx) -> Published<ScaleValue> {
        let Some(level) = self.patterns.of_scale(scale, unit) else {
            return Published::Withheld;
        };
        let Some(moments) = self.score_moments(scale, &self.counts.units[unit]) else {
            return Published::Withheld;
        };
        let sd = moments.sd();
        Published::Shown(ScaleValue {
            n: u32::try_from(moments.n).unwrap_or(u32::MAX),
            index: index(&moments),
            interval: self
                .shows_interval(scale, level)
                .then(|| self.interval(&moments, unit))
                .flatten(),
            sd: sd.filter(|_| level >= Level::Distribution).map(points),
            moments: sd
                .filter(|_| level >= Level::Verdict)
                .map(|sd| exact(moments.mean, sd)),
        })
    }

    /// Groups of a single item, its index and its interval together would fix its histogram, so a
    /// scale of one item has its interval with the distribution.
    fn shows_interval(&self, scale: ScaleIdx, level: Level) -> bool {
        let is_single = self.closed.edition.survey().scales[scale].items.len() == 1;
        level
            >= if is_single {
                Level::Distribution
            } else {
                Level::Interval
            }
    }

    /// Moments of the scores from 0 to 100 of those who answered enough items.
    fn score_moments(&self, scale: ScaleIdx, tally: &Tally) -> Option<Moments> {
        let layout = &self.counts.layout;
        let fewest = self.closed.edition.survey().scales[scale].min_answered;
        let steps = layout.steps(scale);
        let counted: Vec<(f64, u64)> = tally
            .scores(layout, scale)
            .filter(|cell| cell.answered >= fewest && cell.count > 0)
            .map(|cell| {
                let score = 100.0 * real(cell.sum) / real(steps * cell.answered);
                (score, u64::from(cell.count))
            })
            .collect();
        Moments::of(&counted)
    }

    /// The interval with finite-population correction, in whole points. Where the staff is unknown
    /// or smaller than the number of answers, it is the wider one without.
    fn interval(&self, moments: &Moments, unit: UnitIdx) -> Option<[u8; 2]> {
        let staff = self.headcounts[unit].filter(|staff| moments.n <= *staff);
        let interval = level_interval(moments, staff).ok()?;
        Some([points(interval.lo), points(interval.hi)])
    }

    /// Items are shown from the second level on: beside a scale of a few answers, they would tell what
    /// one who skipped some of them answered to the others.
    fn item(&self, item: ItemIdx, unit: UnitIdx) -> Published<ItemValue> {
        let level = self.patterns.of_item(item, unit);
        let Some(level) = level.filter(|level| *level > Level::Index) else {
            return Published::Withheld;
        };
        let counts = self.counts.units[unit].item(&self.counts.layout, item);
        let n: u64 = counts.points.iter().copied().map(u64::from).sum();
        let detail = if level.shows_points(counts.points.len()) {
            by_point(&counts, n)
        } else {
            let reversed = self.closed.edition.survey().items[item].reversed;
            by_group(&counts, n, reversed)
        };
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        Published::Shown(ItemValue { n, detail })
    }
}

fn by_point(counts: &ItemCounts, n: u64) -> ItemDetail {
    let not_applicable = u64::from(counts.not_applicable);
    let share = |count: &u32| percent(u64::from(*count), n);
    ItemDetail::Points {
        percent: counts.points.iter().map(share).collect(),
        not_applicable: percent(not_applicable, n + not_applicable),
    }
}

fn by_group(counts: &ItemCounts, n: u64, reversed: bool) -> ItemDetail {
    let points: Vec<u64> = counts.points.iter().copied().map(u64::from).collect();
    let mut groups = three_groups(&points);
    if reversed {
        groups.reverse();
    }
    ItemDetail::Groups(groups.map(|count| percent_to_5(count, n)))
}

fn index(moments: &Moments) -> IndexValue {
    if moments.n < CODED_UNDER && moments.mean >= 90.0 {
        IndexValue::AtLeast90
    } else if moments.n < CODED_UNDER && moments.mean <= 10.0 {
        IndexValue::AtMost10
    } else {
        IndexValue::Points(points(moments.mean))
    }
}

/// A value from 0 to 100 in whole points; what an interval has outside is cut off.
fn points(value: f64) -> u8 {
    u8::try_from(round(value).min(100)).unwrap_or(100)
}

/// Mean and standard deviation of scores to two decimals.
fn exact(mean: f64, sd: f64) -> release::Moments {
    let hundredths = |value: f64| u16::try_from(round(100.0 * value)).unwrap_or(u16::MAX);
    release::Moments {
        mean: hundredths(mean),
        sd: hundredths(sd),
    }
}

/// Any value in hundredths, a half going away from zero; what does not fit is cut off.
pub(crate) fn hundredths(value: f64) -> i16 {
    let size = i16::try_from(round(100.0 * value.abs())).unwrap_or(i16::MAX);
    if value < 0.0 { -size } else { size }
}

/// A small whole number as a real one.
fn real(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}

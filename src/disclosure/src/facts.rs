//! What the rules on answers look at in one group of scales: integers that add up the tree, so that a
//! block's are a unit's minus those of the shown units below it.

use crate::measure::{Group, scale_n};
use std::ops::Range;
use survey::{Kind, ScaleIdx, Survey};
use tally::{Layout, Tally, UnitIdx};

/// The integers of every unit.
pub(crate) struct Facts {
    pub shape: Shape,
    values: Vec<u64>,
}

/// Which of the integers is what.
pub(crate) struct Shape {
    /// For each item, the cells of its points.
    pub items: Vec<Range<usize>>,
    /// Sets of items (places in `items`) whose sum is published with an index, or follows from two.
    pub sums: Vec<Vec<usize>>,
    pub left_out: Vec<LeftOut>,
    width: usize,
}

/// People who left something out: what they answered to the rest is the difference between a scale
/// and what it is made of, weighed by what they left out. Roundings blur it, the more the larger the
/// group.
pub(crate) struct LeftOut {
    /// The cell of the number of people with a score.
    pub scored: usize,
    /// The cell of the number of people who left something out.
    pub some: usize,
    /// Under this many scores the difference would be clear enough to read; by level.
    pub clear_under: [u64; 4],
}

impl Facts {
    pub fn new(survey: &Survey, layout: &Layout, group: &Group, units: &[Tally]) -> Self {
        let shape = Shape::new(survey, layout, group);
        let mut values = Vec::with_capacity(shape.width * units.len());
        for tally in units {
            for item in &group.items {
                let first = layout.point_cell(*item, 1);
                let points = &tally.cells()[first..first + layout.points(*item)];
                values.extend(points.iter().copied().map(u64::from));
            }
            for scale in &group.scales {
                left_out(survey, layout, *scale, tally, &mut values);
            }
        }
        Self { shape, values }
    }

    pub fn of(&self, unit: UnitIdx) -> &[u64] {
        &self.values[unit * self.shape.width..][..self.shape.width]
    }
}

impl Shape {
    fn new(survey: &Survey, layout: &Layout, group: &Group) -> Self {
        let mut width = 0;
        let mut take = |cells: usize| {
            width += cells;
            width - cells..width
        };
        let items = group.items.iter().map(|item| take(layout.points(*item)));
        let items = items.collect();
        let mut of_scales = Vec::new();
        for scale in &group.scales {
            let cells = take(2);
            of_scales.push(LeftOut {
                scored: cells.start,
                some: cells.start + 1,
                clear_under: clear_under(survey, *scale),
            });
        }
        Self {
            items,
            sums: sums(survey, group),
            left_out: of_scales,
            width,
        }
    }

    /// One scale of so many items.
    #[cfg(test)]
    pub fn of_items(n_items: usize, points: usize) -> Self {
        Self {
            items: (0..n_items).map(|i| i * points..(i + 1) * points).collect(),
            sums: vec![(0..n_items).collect()],
            left_out: Vec::new(),
            width: n_items * points,
        }
    }

    /// Whether the sum of a single item can be known. Its groups beside it would fix its histogram.
    pub fn has_lone_item(&self) -> bool {
        self.sums.iter().any(|items| items.len() == 1)
    }
}

/// The items of each scale, and the item that one scale has more than another. A composite has no
/// items in its group: theirs are judged with its parts.
fn sums(survey: &Survey, group: &Group) -> Vec<Vec<usize>> {
    let place = |id| group.items.iter().position(|item| *item == id);
    let of_scale = |scale: &ScaleIdx| -> Vec<usize> {
        let items = survey.scale_items(&survey.scales[*scale]);
        items.filter_map(place).collect()
    };
    let mut sums: Vec<Vec<usize>> = group.scales.iter().map(of_scale).collect();
    sums.retain(|items| !items.is_empty());
    let mut lone = Vec::new();
    for longer in &sums {
        for shorter in &sums {
            let more: Vec<usize> = longer
                .iter()
                .copied()
                .filter(|item| !shorter.contains(item))
                .collect();
            if more.len() == 1 && longer.len() == shorter.len() + 1 {
                lone.push(more);
            }
        }
    }
    sums.extend(lone);
    sums
}

/// Under how many scores the answers of one who left something out are clear, by level.
///
/// One person who skips one of a scale's K items changes the sum of scores by a K-th of their own mean
/// against what the items say. An index in whole points blurs the sum of n scores by n/2, so the mean
/// by K·n/2 points: from K·n = 100 nothing is left. From K = 4 that is so at every level that shows
/// items beside the scale (20 answers, 25 to be exact), from K = 3 nearly. Means to two decimals blur it
/// by K·n/200 only, and there items in whole percent are exact under 100 answers. So at that level alone,
/// and under 100.
///
/// One who skips a whole part, with a share of p of the composite's items, changes the sum by p times
/// their mean; composite and parts together are blurred by n points, so the mean by n/p: clear under
/// 50·p, and with two decimals under 5 000·p. The largest part is the clearest.
fn clear_under(survey: &Survey, scale: ScaleIdx) -> [u64; 4] {
    let definition = &survey.scales[scale];
    if definition.kind != Kind::Composite {
        return [0, 0, 0, 100];
    }
    let all = definition.items.len().max(1);
    let largest = parts(survey, scale).map(|part| survey.scales[part].items.len());
    let largest = largest.max().unwrap_or(0);
    let share = |most: usize| u64::try_from(most * largest / all).unwrap_or(0);
    [share(50), share(50), share(50), share(5000)]
}

/// Scores, and people who left something out. Everybody who did, of a composite in whichever part, is
/// in the same difference: it says something of one person only where they are few.
fn left_out(survey: &Survey, layout: &Layout, scale: ScaleIdx, tally: &Tally, out: &mut Vec<u64>) {
    let items = survey.scales[scale].items.len();
    let some = tally
        .scores(layout, scale)
        .filter(|cell| cell.answered > 0 && cell.answered < items);
    let some = some.map(|cell| u64::from(cell.count)).sum();
    out.extend([scale_n(survey, layout, scale, tally), some]);
}

/// The scales that a composite is made of.
pub(crate) fn parts(survey: &Survey, scale: ScaleIdx) -> impl Iterator<Item = ScaleIdx> + '_ {
    let parts = survey.scales[scale].parts.iter();
    parts.filter_map(|part| survey.scale_idx(part))
}

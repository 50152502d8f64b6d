//! What is solved: the number of responses, participation, and each group of scales by level.

use crate::closed::{Closed, Counts};
use crate::homogeneous;
use crate::level::Level;
use crate::pattern::{Question, best};
use survey::{ItemIdx, Kind, ScaleIdx, Survey};
use tally::{Layout, Tally};

/// Which units are shown, for every measure.
pub(crate) struct Patterns {
    pub responses: Vec<bool>,
    pub participation: Vec<bool>,
    scales: Vec<ByLevel>,
    items: Vec<ByLevel>,
}

/// One pattern for each level, in the order of [`Level::ALL`].
type ByLevel = Vec<Vec<bool>>;

impl Patterns {
    /// The finest level at which a unit shows a scale.
    pub fn of_scale(&self, scale: ScaleIdx, unit: usize) -> Option<Level> {
        finest(&self.scales[scale], unit)
    }

    /// The finest level at which a unit shows an item.
    pub fn of_item(&self, item: ItemIdx, unit: usize) -> Option<Level> {
        finest(&self.items[item], unit)
    }
}

fn finest(by_level: &ByLevel, unit: usize) -> Option<Level> {
    Level::ALL
        .into_iter()
        .zip(by_level)
        .rev()
        .find(|(_, shown)| shown[unit])
        .map(|(level, _)| level)
}

/// Scales that share items, directly or through others: shown together or not at all, since one
/// could be worked out from the others. Composites stand alone; they follow their parts.
struct Group {
    scales: Vec<ScaleIdx>,
    items: Vec<ItemIdx>,
}

/// Solves every measure.
pub(crate) fn patterns(closed: &Closed<'_>, counts: &Counts) -> Patterns {
    let survey = closed.edition.survey();
    let responses = response_pattern(closed, counts);
    let mut patterns = Patterns {
        participation: participation_pattern(closed, &responses),
        scales: vec![Vec::new(); survey.scales.len()],
        items: vec![Vec::new(); survey.items.len()],
        responses,
    };
    for group in groups(survey) {
        let by_level = group_patterns(closed, counts, &group, |_| patterns.responses.clone());
        for scale in &group.scales {
            patterns.scales[*scale].clone_from(&by_level);
        }
        for item in &group.items {
            patterns.items[*item].clone_from(&by_level);
        }
    }
    for (scale, definition) in survey.scales.iter().enumerate() {
        if definition.kind == Kind::Composite {
            patterns.scales[scale] = composite_patterns(closed, counts, scale, &patterns);
        }
    }
    patterns
}

/// Units with fewer staff than the threshold are hidden whatever the number of answers, and protected
/// even when they gave none: otherwise the pattern itself would tell whether they answered.
fn response_pattern(closed: &Closed<'_>, counts: &Counts) -> Vec<bool> {
    let n: Vec<u64> = counts
        .units
        .iter()
        .map(|tally| u64::from(tally.n()))
        .collect();
    let fewest = u64::from(closed.threshold.answers());
    let headcounts = closed.units.headcounts();
    let hidden: Vec<bool> = headcounts
        .iter()
        .map(|staff| staff.is_some_and(|all| all < fewest))
        .collect();
    let present: Vec<bool> = (0..n.len())
        .map(|unit| n[unit] > 0 || hidden[unit] && headcounts[unit] != Some(0))
        .collect();
    best(&Question {
        tree: closed.units,
        n: &n,
        present: &present,
        fewest,
        hidden: &hidden,
        allowed: &vec![true; n.len()],
    })
}

/// Participation gives away headcounts, so it is solved on them.
fn participation_pattern(closed: &Closed<'_>, responses: &[bool]) -> Vec<bool> {
    let headcounts = closed.units.headcounts();
    let n: Vec<u64> = headcounts.iter().map(|staff| staff.unwrap_or(0)).collect();
    let allowed: Vec<bool> = responses
        .iter()
        .zip(&headcounts)
        .map(|(shown, staff)| *shown && staff.is_some())
        .collect();
    let hidden = vec![false; n.len()];
    let fewest = u64::from(closed.threshold.answers());
    let present = &n.iter().map(|n| *n > 0).collect::<Vec<_>>();
    let (hidden, allowed) = (&hidden, &allowed);
    best(&Question {
        tree: closed.units,
        n: &n,
        present,
        fewest,
        hidden,
        allowed,
    })
}

/// Solves one group, level by level; a leaf is protected where anybody responded, even with *not
/// applicable* throughout, which would otherwise be laid open; each level shows a part of what the level before shows.
/// `allowed` says what the measures that it rests on show at a level.
fn group_patterns(
    closed: &Closed<'_>,
    counts: &Counts,
    group: &Group,
    allowed: impl Fn(usize) -> Vec<bool>,
) -> ByLevel {
    let survey = closed.edition.survey();
    let layout = &counts.layout;
    let n = closed
        .units
        .sums(|leaf| smallest_n(survey, layout, group, &counts.units[leaf]));
    let present: Vec<bool> = counts.units.iter().map(|tally| tally.n() > 0).collect();
    let mut by_level: ByLevel = Vec::new();
    for (idx, level) in Level::ALL.into_iter().enumerate() {
        let mut may = allowed(idx);
        if let Some(coarser) = by_level.last() {
            may.iter_mut()
                .zip(coarser)
                .for_each(|(may, shown)| *may &= shown);
        }
        let question = Question {
            tree: closed.units,
            n: &n,
            present: &present,
            fewest: u64::from(level.fewest(closed.threshold)),
            hidden: &vec![false; n.len()],
            allowed: &may,
        };
        by_level.push(homogeneous::best_without(
            &question,
            counts,
            &group.items,
            level,
        ));
    }
    by_level
}

/// A composite is shown where all its parts are: the missing one could nearly be worked out.
fn composite_patterns(
    closed: &Closed<'_>,
    counts: &Counts,
    scale: ScaleIdx,
    patterns: &Patterns,
) -> ByLevel {
    let survey = closed.edition.survey();
    let parts: Vec<ScaleIdx> = survey.scales[scale]
        .parts
        .iter()
        .filter_map(|part| survey.scale_idx(part))
        .collect();
    let alone = Group {
        scales: vec![scale],
        items: Vec::new(),
    };
    group_patterns(closed, counts, &alone, |level| {
        (0..counts.units.len())
            .map(|unit| parts.iter().all(|part| patterns.scales[*part][level][unit]))
            .collect()
    })
}

/// The smallest number of answers that any number of the group rests on. Solving on its sum over
/// leaves is safe for all of them, since a sum of minima is at most the minimum of the sums.
fn smallest_n(survey: &Survey, layout: &Layout, group: &Group, tally: &Tally) -> u64 {
    let scales = group
        .scales
        .iter()
        .map(|scale| scale_n(survey, layout, *scale, tally));
    let items = group.items.iter().map(|item| item_n(layout, *item, tally));
    scales.chain(items).min().unwrap_or(0)
}

/// Respondents with a score: at least the scale's fewest items answered.
pub(crate) fn scale_n(survey: &Survey, layout: &Layout, scale: ScaleIdx, tally: &Tally) -> u64 {
    let fewest = survey.scales[scale].min_answered;
    let scored = tally
        .scores(layout, scale)
        .filter(|cell| cell.answered >= fewest);
    scored.map(|cell| u64::from(cell.count)).sum()
}

/// Answers with a point.
pub(crate) fn item_n(layout: &Layout, item: ItemIdx, tally: &Tally) -> u64 {
    tally
        .item(layout, item)
        .points
        .iter()
        .map(|count| u64::from(*count))
        .sum()
}

/// Groups of scales, other than composites, that are connected by shared items.
fn groups(survey: &Survey) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (scale, definition) in survey.scales.iter().enumerate() {
        if definition.kind == Kind::Composite {
            continue;
        }
        let items: Vec<ItemIdx> = survey.scale_items(definition).collect();
        let shares = |group: &Group| group.items.iter().any(|item| items.contains(item));
        let (joined, rest): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(shares);
        let mut group = Group {
            scales: vec![scale],
            items,
        };
        for other in joined {
            group.scales.extend(other.scales);
            group.items.extend(other.items);
        }
        group.items.sort_unstable();
        group.items.dedup();
        groups = rest;
        groups.push(group);
    }
    groups
}

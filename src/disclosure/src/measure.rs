//! What is solved: the number of responses, participation, and each group of scales by level.

use crate::before::Before;
use crate::closed::{Closed, Counts};
use crate::facts::{Facts, parts};
use crate::homogeneous::{self, Rules};
use crate::level::Level;
use crate::pattern::{Question, best};
use crate::room::Rooms;
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
pub(crate) struct Group {
    pub scales: Vec<ScaleIdx>,
    pub items: Vec<ItemIdx>,
}

/// Solves every measure.
pub(crate) fn patterns(closed: &Closed<'_>, counts: &Counts) -> Patterns {
    let survey = closed.edition.survey();
    let mut solver = Solver {
        closed,
        counts,
        before: Before::new(closed),
        rooms: Rooms::default(),
    };
    let responses = solver.responses();
    let mut patterns = Patterns {
        participation: solver.participation(&responses),
        scales: vec![Vec::new(); survey.scales.len()],
        items: vec![Vec::new(); survey.items.len()],
        responses,
    };
    for group in groups(survey) {
        let (by_level, of_items) = solver.group(&group, |_| patterns.responses.clone());
        for scale in &group.scales {
            patterns.scales[*scale].clone_from(&by_level);
        }
        for item in &group.items {
            patterns.items[*item].clone_from(&of_items);
        }
    }
    for (scale, definition) in survey.scales.iter().enumerate() {
        if definition.kind == Kind::Composite {
            patterns.scales[scale] = solver.composite(scale, &patterns);
        }
    }
    patterns
}

struct Solver<'a> {
    closed: &'a Closed<'a>,
    counts: &'a Counts,
    before: Before<'a>,
    rooms: Rooms,
}

impl Solver<'_> {
    /// Hidden units are protected even when they gave no answers: otherwise the pattern itself would tell
    /// whether they answered. So are units that gave none and whose staff nobody has counted: "nobody
    /// answered" is said of groups of at least the threshold only.
    fn responses(&self) -> Vec<bool> {
        let fewest = u64::from(self.closed.threshold.answers());
        let tallies = self.counts.units.iter();
        let n: Vec<u64> = tallies.map(|tally| u64::from(tally.n())).collect();
        let headcounts = self.closed.units.headcounts();
        let hidden = &self.counts.hidden;
        let present: Vec<bool> = (0..n.len())
            .map(|unit| match headcounts[unit] {
                _ if n[unit] > 0 => true,
                Some(0) => false,
                Some(_) => hidden[unit],
                None => true,
            })
            .collect();
        best(&Question {
            tree: self.closed.units,
            n: &n,
            present: &present,
            fewest,
            hidden,
            allowed: &vec![true; n.len()],
            before: &self.before.responses(),
        })
    }

    /// Participation gives away headcounts, so it is solved on them.
    fn participation(&self, responses: &[bool]) -> Vec<bool> {
        let headcounts = self.closed.units.headcounts();
        let n: Vec<u64> = headcounts.iter().map(|staff| staff.unwrap_or(0)).collect();
        let allowed: Vec<bool> = responses
            .iter()
            .zip(&headcounts)
            .map(|(shown, staff)| *shown && staff.is_some())
            .collect();
        best(&Question {
            tree: self.closed.units,
            n: &n,
            present: &n.iter().map(|n| *n > 0).collect::<Vec<_>>(),
            fewest: u64::from(self.closed.threshold.answers()),
            hidden: &self.counts.hidden,
            allowed: &allowed,
            before: &self.before.participation(),
        })
    }

    /// Solves one group, level by level; a leaf is protected where anybody responded, even with *not
    /// applicable* throughout, which would otherwise be laid open; each level shows a part of what the
    /// level before shows. `allowed` says what the measures that it rests on show at a level.
    ///
    /// The second result is for the items: where the sum of a single item can be known, three groups
    /// beside it would fix the histogram, and the items wait for the level that shows their points.
    fn group(&mut self, group: &Group, allowed: impl Fn(usize) -> Vec<bool>) -> (ByLevel, ByLevel) {
        let (closed, counts) = (self.closed, self.counts);
        let survey = closed.edition.survey();
        let layout = &counts.layout;
        let n = closed
            .units
            .sums(|leaf| smallest_n(survey, layout, group, &counts.units[leaf]));
        let present: Vec<bool> = counts.units.iter().map(|tally| tally.n() > 0).collect();
        let facts = Facts::new(survey, layout, group, &counts.units);
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
                hidden: &counts.hidden,
                allowed: &may,
                before: &self.before.scales(closed, &group.scales, level),
            };
            let rules = Rules {
                facts: &facts,
                level,
                threshold: u64::from(closed.threshold.answers()),
                rooms: &mut self.rooms,
            };
            by_level.push(homogeneous::best_without(&question, rules));
        }
        let mut of_items = by_level.clone();
        if facts.shape.has_lone_item() {
            let finer = of_items[Level::Distribution as usize].clone();
            of_items[Level::Interval as usize] = finer;
        }
        (by_level, of_items)
    }

    /// A composite is shown where all its parts are: the missing one could nearly be worked out.
    fn composite(&mut self, scale: ScaleIdx, patterns: &Patterns) -> ByLevel {
        let parts: Vec<ScaleIdx> = parts(self.closed.edition.survey(), scale).collect();
        let alone = Group {
            scales: vec![scale],
            items: Vec::new(),
        };
        let n_units = self.counts.units.len();
        let (by_level, _) = self.group(&alone, |level| {
            (0..n_units)
                .map(|unit| parts.iter().all(|part| patterns.scales[*part][level][unit]))
                .collect()
        });
        by_level
    }
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
    let first = layout.point_cell(item, 1);
    let points = &tally.cells()[first..first + layout.points(item)];
    points.iter().map(|count| u64::from(*count)).sum()
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

//! Hidden cells: what the published numbers together say about the answers in each block.
//!
//! Every block, at every level of detail, must leave open at least two histograms: by point where it
//! is too small for the points to be shown, by three groups where it is too small for those. And no
//! block or unit may be known to have answered alike, or alike but for one person.

use super::histogram::{Remainder, Shape, single_points, three_groups};
use super::level::{Level, connected, item_n, items_of, scale_n};
use super::program::{Answer, Known, Question, answers};
use super::report::{Code, Finding};
use super::scores::{Respondents, sum};
use crate::block::parents;
use release::{IndexValue, Item, Kind, Release, Scale, ScaleValue, UnitResult};
use std::collections::BTreeSet;

/// Above this many units, blocks of the whole that subtract units are left to the exact bounds:
/// programs run within each directorate (child of the root).
pub(super) const ONE_PROGRAM: usize = 60;

/// What was looked at.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub findings: Vec<Finding>,
    pub item_blocks: usize,
    pub programs: usize,
    /// Programs not solved because the release has too many units.
    pub skipped: usize,
    /// Programs in which the assumption that nobody skipped hidden items is wrong.
    pub assumed_wrongly: usize,
    /// Programs that were given up.
    pub given_up: usize,
}

/// A shown unit and the shown units below that are subtracted; none for the unit itself.
type Block = (usize, Vec<usize>);

/// Looks at every item and scale of a release.
pub(super) fn cells(release: &Release) -> Cells {
    let looker = Looker {
        release,
        parents: parents(release),
    };
    let mut cells = Cells::default();
    for item in &release.instrument.items {
        looker.item(item, &mut cells);
    }
    for set in scale_sets(release) {
        looker.set(&set, &mut cells);
    }
    cells.findings.sort();
    cells.findings.dedup();
    cells
}

struct Looker<'a> {
    release: &'a Release,
    parents: Vec<Option<usize>>,
}

/// Scales whose numbers are put into one program, with their items.
struct ScaleSet<'a> {
    name: String,
    /// The scales of which one must be shown; all of a connected group are shown together.
    leading: Vec<&'a str>,
    scales: Vec<&'a Scale>,
    items: Vec<&'a Item>,
}

/// Connected groups of scales, and each composite with the scales inside it.
fn scale_sets(release: &Release) -> Vec<ScaleSet<'_>> {
    let instrument = &release.instrument;
    let groups = connected(instrument).into_iter();
    let of_groups = groups
        .filter(|group| !group.scales.is_empty())
        .map(|group| (group.scales.clone(), group.items));
    let composites = instrument.scales.iter();
    let of_composites = composites
        .filter(|scale| scale.kind == Kind::Composite)
        .map(|scale| {
            let items = items_of(instrument, scale).into_iter().collect();
            (vec![scale.id.as_str()], items)
        });
    of_groups
        .chain(of_composites)
        .map(|(leading, ids): (Vec<&str>, BTreeSet<&str>)| ScaleSet {
            name: leading.join(" and "),
            scales: instrument
                .scales
                .iter()
                .filter(|scale| {
                    let is_inside = items_of(instrument, scale)
                        .iter()
                        .all(|id| ids.contains(id));
                    is_inside && (scale.kind != Kind::Composite || leading == [scale.id.as_str()])
                })
                .collect(),
            items: instrument
                .items
                .iter()
                .filter(|item| ids.contains(item.id.as_str()))
                .collect(),
            leading,
        })
        .collect()
}

impl<'a> Looker<'a> {
    /// Bounds from the item's own numbers, which are exact.
    fn item(&self, item: &Item, cells: &mut Cells) {
        for level in Level::ALL.into_iter().skip(1) {
            let shown = |unit: &UnitResult| item_n(unit, &item.id, level).is_some();
            for (unit, minus) in self.blocks(&shown) {
                let inside: Vec<Shape> = minus.iter().map(|unit| self.shape(item, *unit)).collect();
                let left = Remainder::new(&self.shape(item, unit), &inside);
                cells.item_blocks += 1;
                let measure = format!("{}, {}", item.id, level.name());
                let question = self.question(item, level, left.n);
                let found = self.judged(&left, &question);
                cells.findings.extend(
                    found.and_then(|found| self.finding(&found, &question, measure, unit, &minus)),
                );
            }
        }
    }

    fn judged(&self, left: &Remainder, question: &Question) -> Option<Answer> {
        if left.n <= 0 {
            return None;
        }
        if let Some(at) = left.nearly_all_in(&question.alike) {
            return Some(Answer::Alike(at));
        }
        match question
            .open
            .as_ref()
            .map(|categories| left.possible(categories))
        {
            Some(0) => Some(Answer::Impossible),
            Some(1) => Some(Answer::One),
            Some(_) | None => None,
        }
    }

    /// What must stay open about `n` answers to an item that are shown at `level`.
    fn question(&self, item: &Item, level: Level, n: i64) -> Question {
        let points = self.points(item);
        let policy = &self.release.policy;
        let under = |level: Level| n < i64::from(level.fewest(policy));
        let groups = || three_groups(points).to_vec();
        let open = if n <= 0 {
            None
        } else if under(Level::Interval) {
            Some(groups())
        } else if under(Level::Distribution) {
            Some(single_points(points))
        } else {
            None
        };
        let alike = if level == Level::Interval {
            groups()
        } else {
            single_points(points)
        };
        Question { open, alike }
    }

    /// Programs over all numbers of some scales.
    fn set(&self, set: &ScaleSet<'_>, cells: &mut Cells) {
        let mut seen = BTreeSet::new();
        for level in [Level::Interval, Level::Index] {
            let shown = |unit: &UnitResult| {
                let mut leading = set.leading.iter();
                leading.any(|scale| scale_n(unit, scale, level).is_some())
            };
            for block in self.blocks(&shown) {
                if self.is_one_sided_or_small(set, &block) && seen.insert(block.clone()) {
                    self.program(set, level, &block, cells);
                }
            }
        }
    }

    /// Large blocks show enough themselves; only near the ends of the index could they be alike.
    fn is_one_sided_or_small(&self, set: &ScaleSet<'_>, (unit, minus): &Block) -> bool {
        let n = |unit: usize, scale: &Scale| {
            scale_n(self.unit(unit), &scale.id, Level::Index).map_or(0, i64::from)
        };
        let left = |scale: &&Scale| {
            n(*unit, scale) - minus.iter().map(|unit| n(*unit, scale)).sum::<i64>()
        };
        let fewest = i64::from(Level::Distribution.fewest(&self.release.policy));
        let shown = |scale: &&&Scale| self.value(*unit, scale).is_some();
        let left: Vec<i64> = set.scales.iter().filter(shown).map(left).collect();
        let is_small = left.iter().any(|left| (1..fewest).contains(left));
        let is_one_sided = set.scales.iter().any(|scale| {
            self.value(*unit, scale)
                .is_some_and(|value| match value.index {
                    IndexValue::AtMost10 | IndexValue::AtLeast90 => true,
                    IndexValue::Points(points) => points <= 3 || points >= 97,
                })
        });
        is_small || is_one_sided && left.iter().any(|left| *left > 0)
    }

    fn program(&self, set: &ScaleSet<'_>, level: Level, block: &Block, cells: &mut Cells) {
        let (unit, minus) = block;
        let is_whole = self.parents[*unit].is_none();
        if is_whole && !minus.is_empty() && self.release.units.len() > ONE_PROGRAM {
            cells.skipped += 1;
            return;
        }
        let whole = self.known(set, *unit);
        let inside: Vec<Known> = minus.iter().map(|unit| self.known(set, *unit)).collect();
        let left = |item: usize| {
            let inside: i64 = inside.iter().map(|unit| unit.shapes[item].n).sum();
            whole.shapes[item].n - inside
        };
        let items = set.items.iter().enumerate();
        let questions: Vec<Question> = items
            .map(|(at, item)| self.question(item, level, left(at)))
            .collect();
        cells.programs += 1;
        for (at, answer) in answers(&whole, &inside, &questions).iter().enumerate() {
            match answer {
                Answer::Impossible => {
                    cells.assumed_wrongly += 1;
                    return;
                }
                Answer::Unknown => cells.given_up += 1,
                Answer::Open | Answer::One | Answer::Alike(_) => {
                    let measure = format!("{} within {}", set.items[at].id, set.name);
                    let finding = self.finding(answer, &questions[at], measure, *unit, minus);
                    cells.findings.extend(finding);
                }
            }
        }
    }

    fn known(&self, set: &ScaleSet<'_>, unit: usize) -> Known {
        let shapes = set.items.iter().map(|item| self.shape_in(set, item, unit));
        let sums = set.scales.iter().filter_map(|scale| {
            let value = self.value(unit, scale)?;
            let ids = items_of(&self.release.instrument, scale);
            let items: Vec<usize> = (0..set.items.len())
                .filter(|at| ids.contains(&set.items[*at].id.as_str()))
                .collect();
            let top = self.points(set.items[*items.first()?]) - 1;
            let who = self.respondents(unit, &ids);
            Some(sum(value, items, f64::from(u32::try_from(top).ok()?), &who))
        });
        Known {
            shapes: shapes.collect(),
            sums: sums.collect(),
        }
    }

    fn respondents(&self, unit: usize, items: &[&str]) -> Respondents {
        let unit = self.unit(unit);
        let responses = unit.responses.shown();
        let shown = responses.and_then(|responses| responses.participation.shown());
        let answers = items
            .iter()
            .map(|item| item_n(unit, item, Level::Index).map(i64::from));
        Respondents {
            responses: responses.map_or(0, |responses| responses.n),
            headcount: shown.map(|participation| participation.headcount),
            answers: answers.sum(),
        }
    }

    fn shape_in(&self, set: &ScaleSet<'_>, item: &Item, unit: usize) -> Shape {
        if item_n(self.unit(unit), &item.id, Level::Index).is_some() {
            return self.shape(item, unit);
        }
        // Hidden: everybody with a score is taken to have answered it.
        let with_item = set
            .scales
            .iter()
            .filter(|scale| items_of(&self.release.instrument, scale).contains(&item.id.as_str()));
        let n = with_item
            .filter_map(|scale| scale_n(self.unit(unit), &scale.id, Level::Index))
            .min();
        Shape::of_n(i64::from(n.unwrap_or(0)), self.points(item))
    }

    /// The shape of an item that is shown.
    fn shape(&self, item: &Item, unit: usize) -> Shape {
        let points = self.points(item);
        let value = self.unit(unit).items.get(&item.id);
        match value.and_then(|value| value.shown()) {
            Some(value) => Shape::of_value(value, points, item.reversed),
            None => Shape::of_n(0, points),
        }
    }

    fn points(&self, item: &Item) -> usize {
        let anchors = self.release.instrument.anchors.get(&item.anchors);
        anchors.map_or(0, |anchors| anchors.points.len())
    }

    fn unit(&self, unit: usize) -> &'a UnitResult {
        &self.release.units[unit]
    }

    fn value(&self, unit: usize, scale: &Scale) -> Option<&'a ScaleValue> {
        self.unit(unit).scales.get(&scale.id)?.shown()
    }

    /// Every shown unit minus the nearest shown ones below, and each of those with some below alone.
    fn blocks(&self, shown: &dyn Fn(&UnitResult) -> bool) -> Vec<Block> {
        let mut blocks: Vec<Option<Block>> = Vec::new();
        for (at, unit) in self.release.units.iter().enumerate() {
            blocks.push(shown(unit).then(|| (at, Vec::new())));
            let mut above = self.parents[at].filter(|_| shown(unit));
            while let Some(parent) = above {
                if let Some((_, minus)) = &mut blocks[parent] {
                    minus.push(at);
                    break;
                }
                above = self.parents[parent];
            }
        }
        let of_units: Vec<Block> = blocks
            .iter()
            .flatten()
            .filter(|(_, minus)| !minus.is_empty())
            .map(|(unit, _)| (*unit, Vec::new()))
            .collect();
        blocks.into_iter().flatten().chain(of_units).collect()
    }

    fn finding(
        &self,
        answer: &Answer,
        question: &Question,
        measure: String,
        unit: usize,
        minus: &[usize],
    ) -> Option<Finding> {
        let by_groups = |categories: &Vec<usize>| {
            if categories.iter().any(|set| set.count_ones() > 1) {
                "three groups"
            } else {
                "point"
            }
        };
        let (code, words) = match answer {
            Answer::Open | Answer::Unknown => return None,
            Answer::One => {
                let how = question.open.as_ref().map_or("point", by_groups);
                let words = format!("only one distribution of the answers by {how} is possible");
                (Code::Pinned, words)
            }
            Answer::Alike(_) => {
                let how = by_groups(&question.alike);
                let words =
                    format!("all, or all but one, are known to have answered alike by {how}");
                (Code::Alike, words)
            }
            Answer::Impossible => {
                let words = "no answers can have given these numbers".to_owned();
                (Code::Implausible, words)
            }
        };
        Some(Finding {
            wave: self.release.wave.id.clone(),
            code,
            units: vec![self.unit(unit).id.clone()],
            measure,
            combination: self.combination(unit, minus),
            words,
        })
    }

    fn combination(&self, unit: usize, minus: &[usize]) -> String {
        let mut words = format!("`{}`", self.unit(unit).id);
        for below in minus {
            words.push_str(&format!(" minus `{}`", self.unit(*below).id));
        }
        words
    }
}

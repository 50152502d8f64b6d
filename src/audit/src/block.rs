//! The block audit: for every number, every level of detail and every shown unit it subtracts what
//! is shown below. What remains is the block, the smallest group that the release says anything
//! about, and it must hold no answers or at least the threshold of that level.
//!
//! Results pages download this file, so the rest of the audit lies elsewhere.

use release::{Evidence, Instrument, ItemDetail, ItemValue, Kind, Release, Scale, UnitResult};
use std::collections::BTreeMap;
use std::fmt;

/// No release may use a smaller threshold.
const FLOOR: u32 = 5;

/// Something that a release gives away, or a contradiction in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// The policy of the release allows groups under five, or less for more detail.
    Policy,
    /// The units are not one tree: the id of a unit whose parent does not come before it.
    Tree(String),
    /// A unit lacks a value for a scale or item of the instrument, or has one for another.
    Values {
        /// The unit.
        unit: String,
    },
    /// A block is too small: subtracting what is shown below from a unit leaves a few answers.
    SmallBlock {
        /// The shown unit.
        unit: String,
        /// The shown units that are subtracted.
        minus: Vec<String>,
        /// What is counted.
        measure: String,
        /// What remains; negative where the numbers contradict each other.
        remains: i64,
        /// The fewest that may remain.
        fewest: u32,
    },
    /// A composite is shown where one of its parts is not.
    Composite {
        /// The unit.
        unit: String,
        /// The composite.
        scale: String,
    },
    /// A part of a scale's items is shown, or items without their scale.
    Items {
        /// The unit.
        unit: String,
        /// The scale.
        scale: String,
    },
}

/// Everything that the block audit objects to; nothing for a release that may be shown.
pub fn blocks(release: &Release) -> Vec<Objection> {
    let mut objections: Vec<Objection> = policy(release).into_iter().collect();
    objections.extend(shape(release));
    if !objections.is_empty() {
        return objections;
    }
    let parents = parents(release);
    for measure in measures(release) {
        objections.extend(small_blocks(release, &parents, &measure));
    }
    objections.extend(all_together(release));
    objections
}

/// What is shown without what must be shown with it, in any unit.
pub(crate) fn all_together(release: &Release) -> Vec<Objection> {
    let units = release.units.iter();
    units.flat_map(|unit| together(release, unit)).collect()
}

/// The release with the evidence of the block audit written into it.
///
/// # Errors
/// Everything that the audit objects to; such a release must not be published.
pub fn certified(mut release: Release) -> Result<Release, Vec<Objection>> {
    let objections = blocks(&release);
    if !objections.is_empty() {
        return Err(objections);
    }
    release.evidence = evidence_of(&release);
    Ok(release)
}

/// The evidence for every measure of a release whose units are one tree.
pub(crate) fn evidence_of(release: &Release) -> Vec<Evidence> {
    let parents = parents(release);
    measures(release)
        .iter()
        .map(|measure| evidence(release, &parents, measure))
        .collect()
}

fn evidence(release: &Release, parents: &[Option<usize>], measure: &Measure<'_>) -> Evidence {
    let blocks = remains(release, parents, measure);
    let sizes = blocks.iter().flatten();
    let held = sizes
        .clone()
        .filter_map(|block| u32::try_from(block.holds).ok());
    Evidence {
        measure: measure.name.clone(),
        fewest: measure.fewest,
        blocks: u32::try_from(sizes.count()).unwrap_or(u32::MAX),
        smallest: held.filter(|holds| *holds > 0).min().unwrap_or(0),
    }
}

fn policy(release: &Release) -> Option<Objection> {
    let p = &release.policy;
    let floors = [
        (p.threshold, FLOOR),
        (p.interval, 10),
        (p.distribution, 20),
        (p.verdict, 50),
    ];
    let ok = floors
        .iter()
        .all(|(value, floor)| value >= floor && *value >= p.threshold)
        && p.relevance >= 5;
    if ok { None } else { Some(Objection::Policy) }
}

// One map type and lists by place: the audit is part of what a results page downloads, and every
// further kind of map or set costs 2 kB there.
pub(crate) fn shape(release: &Release) -> Vec<Objection> {
    let mut objections = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, unit) in release.units.iter().enumerate() {
        let has_parent = match &unit.parent {
            None => place == 0,
            Some(parent) => places.contains_key(parent.as_str()),
        };
        if places.insert(&unit.id, place).is_some() || !has_parent {
            objections.push(Objection::Tree(unit.id.clone()));
        }
        if !has_values(release, unit) {
            let unit = unit.id.clone();
            objections.push(Objection::Values { unit });
        }
    }
    objections
}

/// Whether the unit has exactly one value for each scale and item.
fn has_values(release: &Release, unit: &UnitResult) -> bool {
    let Instrument { scales, items, .. } = &release.instrument;
    // As many values as there are ids, and one for each: no id twice and none left over.
    unit.scales.len() == scales.len()
        && unit.items.len() == items.len()
        && scales
            .iter()
            .all(|scale| unit.scales.contains_key(&scale.id))
        && items.iter().all(|item| unit.items.contains_key(&item.id))
}

/// The place of each unit's parent; each comes before its children.
pub(crate) fn parents(release: &Release) -> Vec<Option<usize>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parents = Vec::with_capacity(release.units.len());
    for (place, unit) in release.units.iter().enumerate() {
        parents.push(
            unit.parent
                .as_deref()
                .and_then(|id| places.get(id).copied()),
        );
        places.insert(&unit.id, place);
    }
    parents
}

/// How many a number rests on in a unit; nothing where it is not shown.
pub(crate) type CountOf<'a> = Box<dyn Fn(&UnitResult) -> Option<u32> + 'a>;

/// One number at one level of detail: how many it rests on in a unit, where it is shown.
pub(crate) struct Measure<'a> {
    pub(crate) name: String,
    pub(crate) fewest: u32,
    pub(crate) n: CountOf<'a>,
}

pub(crate) fn measures(release: &Release) -> Vec<Measure<'_>> {
    let threshold = release.policy.threshold;
    let mut measures = vec![
        Measure {
            name: "responses".to_owned(),
            fewest: threshold,
            n: Box::new(|unit| unit.responses.shown().map(|shown| shown.n)),
        },
        Measure {
            name: "headcount".to_owned(),
            fewest: threshold,
            n: Box::new(|unit| Some(unit.responses.shown()?.participation.shown()?.headcount)),
        },
    ];
    for scale in &release.instrument.scales {
        measures.extend(scale_measures(release, &scale.id));
    }
    for item in &release.instrument.items {
        measures.extend(item_measures(release, &item.id));
    }
    measures
}

fn scale_measures<'a>(release: &'a Release, id: &'a str) -> Vec<Measure<'a>> {
    let policy = &release.policy;
    let value = move |unit: &UnitResult| unit.scales.get(id)?.shown().cloned();
    let exact = move |unit: &UnitResult| value(unit).filter(|v| v.moments.is_some());
    vec![
        Measure {
            name: id.to_owned(),
            fewest: policy.threshold,
            n: Box::new(move |unit| value(unit).map(|shown| shown.n)),
        },
        Measure {
            name: format!("{id}, interval"),
            fewest: policy.interval,
            n: Box::new(move |unit| value(unit).filter(|v| v.interval.is_some()).map(|v| v.n)),
        },
        Measure {
            name: format!("{id}, standard deviation"),
            fewest: policy.distribution,
            n: Box::new(move |unit| value(unit).filter(|v| v.sd.is_some()).map(|v| v.n)),
        },
        Measure {
            name: format!("{id}, two decimals"),
            fewest: policy.verdict,
            n: Box::new(move |unit| exact(unit).map(|v| v.n)),
        },
    ]
}

fn item_measures<'a>(release: &'a Release, id: &'a str) -> Vec<Measure<'a>> {
    let policy = &release.policy;
    let value = move |unit: &UnitResult| unit.items.get(id)?.shown().cloned();
    vec![
        Measure {
            name: id.to_owned(),
            fewest: policy.interval,
            n: Box::new(move |unit| value(unit).map(|shown| shown.n)),
        },
        Measure {
            name: format!("{id}, points"),
            fewest: policy.distribution,
            n: Box::new(move |unit| {
                value(unit)
                    .filter(|v| matches!(v.detail, ItemDetail::Points { .. }))
                    .map(|v| v.n)
            }),
        },
        Measure {
            name: format!("{id}, more than five points"),
            fewest: policy.verdict,
            n: Box::new(move |unit| {
                let many = |v: &ItemValue| match &v.detail {
                    ItemDetail::Points { percent, .. } => percent.len() > 5,
                    ItemDetail::Groups(_) => false,
                };
                value(unit).filter(many).map(|v| v.n)
            }),
        },
    ]
}

/// What remains of a shown unit when the shown units below are subtracted.
struct Block {
    holds: i64,
    minus: Vec<usize>,
}

/// Subtracts, for every unit that shows the measure, the nearest units below that show it too.
fn remains(
    release: &Release,
    parents: &[Option<usize>],
    measure: &Measure<'_>,
) -> Vec<Option<Block>> {
    let mut blocks: Vec<Option<Block>> = Vec::with_capacity(release.units.len());
    for (place, unit) in release.units.iter().enumerate() {
        let Some(n) = (measure.n)(unit) else {
            blocks.push(None);
            continue;
        };
        let mut above = parents[place];
        while let Some(at) = above {
            // Parents come first in a release, so a shown one has its block already.
            if let Some(block) = &mut blocks[at] {
                block.holds -= i64::from(n);
                block.minus.push(place);
                break;
            }
            above = parents[at];
        }
        let (holds, minus) = (i64::from(n), Vec::new());
        blocks.push(Some(Block { holds, minus }));
    }
    blocks
}

fn small_blocks(
    release: &Release,
    parents: &[Option<usize>],
    measure: &Measure<'_>,
) -> Vec<Objection> {
    let units = &release.units;
    let fewest = measure.fewest;
    let mut objections = Vec::new();
    for (place, block) in remains(release, parents, measure).into_iter().enumerate() {
        if let Some(Block {
            holds: remains,
            minus,
        }) = block
            && remains != 0
            && remains < i64::from(fewest)
        {
            let minus = minus.iter().map(|below| units[*below].id.clone()).collect();
            let (unit, measure) = (units[place].id.clone(), measure.name.clone());
            objections.push(Objection::SmallBlock {
                unit,
                minus,
                measure,
                remains,
                fewest,
            });
        }
    }
    objections
}

/// What must be shown together, or the missing part could be worked out.
fn together(release: &Release, unit: &UnitResult) -> Vec<Objection> {
    let scale_shown = |id: &String| unit.scales.get(id).is_some_and(|v| v.shown().is_some());
    let item_shown = |id: &String| unit.items.get(id).is_some_and(|v| v.shown().is_some());
    let mut objections = Vec::new();
    for scale in &release.instrument.scales {
        let shown = scale_shown(&scale.id);
        if scale.kind == Kind::Composite {
            if shown && !scale.parts.iter().all(scale_shown) {
                let (unit, scale) = (unit.id.clone(), scale.id.clone());
                objections.push(Objection::Composite { unit, scale });
            }
        } else if is_partly_shown(scale, shown, item_shown) {
            objections.push(Objection::Items {
                unit: unit.id.clone(),
                scale: scale.id.clone(),
            });
        }
    }
    objections
}

/// Whether some items of a scale are shown and others not, or items without their scale.
fn is_partly_shown(scale: &Scale, shown: bool, item_shown: impl Fn(&String) -> bool) -> bool {
    let n_shown = scale.items.iter().filter(|item| item_shown(item)).count();
    n_shown > 0 && !(shown && n_shown == scale.items.len())
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy => f.write_str("the policy allows groups that are too small"),
            Self::Tree(unit) => write!(f, "`{unit}` has no place in the tree of units"),
            Self::Values { unit } => {
                write!(f, "`{unit}` has not exactly one value a scale and item")
            }
            Self::SmallBlock {
                unit,
                minus,
                measure,
                remains,
                fewest,
            } => write!(
                f,
                "{measure}: `{unit}` minus [{}] leaves {remains} answers, fewer than {fewest}",
                minus.join(", ")
            ),
            Self::Composite { unit, scale } => {
                write!(f, "`{unit}` shows `{scale}` but not all of its parts")
            }
            Self::Items { unit, scale } => {
                write!(
                    f,
                    "`{unit}` shows a part of the items of `{scale}`, or items without it"
                )
            }
        }
    }
}

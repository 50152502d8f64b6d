//! What a release shows at each level of detail, and which scales hang together.

use release::{Instrument, ItemDetail, ItemValue, Kind, Policy, Scale, ScaleValue, UnitResult};
use std::collections::BTreeSet;

/// How much is shown, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Number of answers and index.
    Index,
    /// Intervals, and items in three groups.
    Interval,
    /// Standard deviations, and items point by point.
    Distribution,
    /// Means to two decimals, and items of more than five points point by point.
    Verdict,
}

impl Level {
    pub(super) const ALL: [Self; 4] = [
        Self::Index,
        Self::Interval,
        Self::Distribution,
        Self::Verdict,
    ];

    /// The fewest that any group may hold at this level: by the policy in the file, and never less
    /// than the method allows, whatever the file says.
    pub(super) fn fewest(self, policy: &Policy) -> u32 {
        let (floor, stated) = match self {
            Self::Index => (5, policy.threshold),
            Self::Interval => (10, policy.interval),
            Self::Distribution => (20, policy.distribution),
            Self::Verdict => (50, policy.verdict),
        };
        stated.max(floor)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Interval => "interval",
            Self::Distribution => "distribution",
            Self::Verdict => "two decimals",
        }
    }

    fn of_scale(value: &ScaleValue) -> Self {
        if value.moments.is_some() {
            Self::Verdict
        } else if value.sd.is_some() {
            Self::Distribution
        } else if value.interval.is_some() {
            Self::Interval
        } else {
            Self::Index
        }
    }

    fn of_item(value: &ItemValue) -> Self {
        match &value.detail {
            ItemDetail::Groups(_) => Self::Interval,
            ItemDetail::Points { percent, .. } if percent.len() <= 5 => Self::Distribution,
            ItemDetail::Points { .. } => Self::Verdict,
        }
    }
}

/// How many a scale rests on in a unit, where it is shown in at least this detail.
pub(super) fn scale_n(unit: &UnitResult, scale: &str, level: Level) -> Option<u32> {
    let value = unit.scales.get(scale)?.shown()?;
    (Level::of_scale(value) >= level).then_some(value.n)
}

/// How many an item rests on in a unit, where it is shown in at least this detail.
pub(super) fn item_n(unit: &UnitResult, item: &str, level: Level) -> Option<u32> {
    let value = unit.items.get(item)?.shown()?;
    (Level::of_item(value) >= level).then_some(value.n)
}

/// Scales other than composites that share items, directly or through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Connected<'a> {
    /// The scales, in the order of the instrument.
    pub scales: Vec<&'a str>,
    /// All their items.
    pub items: BTreeSet<&'a str>,
}

impl Connected<'_> {
    /// The fewest answers that any number of these scales rests on, where one is shown.
    pub(super) fn smallest_n(&self, unit: &UnitResult, level: Level) -> Option<u32> {
        let scales = self.scales.iter().map(|scale| scale_n(unit, scale, level));
        let items = self.items.iter().map(|item| item_n(unit, item, level));
        scales.chain(items).flatten().min()
    }
}

/// The connected groups of an instrument; items that no scale has stand alone.
pub(super) fn connected(instrument: &Instrument) -> Vec<Connected<'_>> {
    let scales = instrument.scales.iter();
    let of_scales = scales
        .filter(|scale| scale.kind != Kind::Composite)
        .map(|scale| Connected {
            scales: vec![&scale.id],
            items: scale.items.iter().map(String::as_str).collect(),
        });
    let of_items = instrument.items.iter().map(|item| Connected {
        scales: Vec::new(),
        items: [item.id.as_str()].into(),
    });
    let mut groups: Vec<Connected<'_>> = Vec::new();
    for mut group in of_scales.chain(of_items) {
        let (joined, rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|other| !group.items.is_disjoint(&other.items));
        groups = rest;
        for other in joined.into_iter().rev() {
            group.scales.splice(0..0, other.scales);
            group.items.extend(other.items);
        }
        groups.push(group);
    }
    groups
}

/// The items that a scale is computed from; those of its parts for a composite.
pub(super) fn items_of<'a>(instrument: &'a Instrument, scale: &'a Scale) -> Vec<&'a str> {
    let parts = instrument.scales.iter();
    let of_parts = parts
        .filter(|part| scale.parts.contains(&part.id))
        .flat_map(|part| &part.items);
    let all: BTreeSet<&str> = scale
        .items
        .iter()
        .chain(of_parts)
        .map(String::as_str)
        .collect();
    all.into_iter().collect()
}

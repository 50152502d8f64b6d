//! What a release is made from.

use release::Release;
use std::collections::{BTreeMap, BTreeSet};
use survey::Edition;
use tally::{CrossProducts, Layout, Relevance, Tally, Threshold, UnitTree};

/// A closed wave with its counts.
#[derive(Debug, Clone)]
pub struct Closed<'a> {
    /// The edition that was answered.
    pub edition: &'a Edition,
    /// The wave as the release will name it.
    pub wave: release::Wave,
    /// SHA-256 of the wave file.
    pub wave_file: &'a str,
    /// Units and headcounts.
    pub units: &'a UnitTree,
    /// Fewest answers that a published number may rest on.
    pub threshold: Threshold,
    /// Fewest points that a change must have to be called one.
    pub relevance: Relevance,
    /// Tallies by the id of a leaf unit; a leaf without one has no answers.
    pub tallies: &'a BTreeMap<String, Tally>,
    /// Cross-products over the whole survey, where they were gathered.
    pub products: Option<&'a CrossProducts>,
    /// Ids of units that must not be shown whatever their number; what stands below one is
    /// protected with it.
    pub hidden: &'a BTreeSet<String>,
    /// What has been released before, oldest first.
    pub earlier: &'a [Earlier],
}

/// A release of an earlier wave, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// SHA-256 of the file.
    pub sha256: String,
    /// What is in it.
    pub release: Release,
}

/// Why no release was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A tally is for a unit that is no leaf of the tree; its id.
    NoSuchLeaf(String),
    /// A unit that must stay hidden is not in the tree; the id asked for. To go on would show it
    /// under the name it has.
    NoSuchUnit(String),
    /// A unit's tally is of another edition; the unit's id.
    OtherEdition(String),
    /// All tallies together pass what a tally can count.
    Overflow,
}

/// The tally of every unit, leaves and sums, with the layout to read them by.
pub(crate) struct Counts {
    pub layout: Layout,
    pub units: Vec<Tally>,
    /// Units that must not be shown, and everything below them.
    pub hidden: Vec<bool>,
}

impl Closed<'_> {
    /// Adds the tallies up the tree.
    pub(crate) fn counts(&self) -> Result<Counts, Error> {
        let layout = Layout::new(self.edition);
        let mut units = vec![Tally::zero(&layout); self.units.units().len()];
        for (id, tally) in self.tallies {
            let leaf = self.units.idx(id).filter(|unit| self.units.is_leaf(*unit));
            let leaf = leaf.ok_or_else(|| Error::NoSuchLeaf(id.clone()))?;
            units[leaf]
                .merge(tally)
                .map_err(|_| Error::OtherEdition(id.clone()))?;
        }
        for unit in self.units.bottom_up() {
            if let Some(parent) = self.units.parent(unit) {
                let below = units[unit].clone();
                units[parent].merge(&below).map_err(|_| Error::Overflow)?;
            }
        }
        Ok(Counts {
            layout,
            units,
            hidden: self.hidden_units()?,
        })
    }

    /// The units that [`Closed::hidden`] names, with all below; and those with fewer staff than the
    /// threshold, which are hidden whatever their number of answers: one more than staff is a
    /// mistake in the headcounts, and not a reason to show them.
    fn hidden_units(&self) -> Result<Vec<bool>, Error> {
        let fewest = u64::from(self.threshold.answers());
        let mut hidden: Vec<bool> = self
            .units
            .headcounts()
            .into_iter()
            .map(|staff| staff.is_some_and(|all| all < fewest))
            .collect();
        for id in self.hidden {
            let unit = self.units.idx(id);
            hidden[unit.ok_or_else(|| Error::NoSuchUnit(id.clone()))?] = true;
        }
        for unit in self.units.bottom_up().into_iter().rev() {
            if self.units.parent(unit).is_some_and(|above| hidden[above]) {
                hidden[unit] = true;
            }
        }
        Ok(hidden)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSuchLeaf(id) => write!(f, "`{id}` is not a unit that answers are given for"),
            Self::NoSuchUnit(id) => {
                write!(f, "`{id}` is to be hidden and is not a unit of the wave")
            }
            Self::OtherEdition(id) => write!(f, "the counts of `{id}` are of another edition"),
            Self::Overflow => f.write_str("the counts are too large to add"),
        }
    }
}

impl std::error::Error for Error {}

//! The units of a wave: a tree with a headcount for each leaf.

use serde::{Deserialize, Serialize};
use survey::Named;

/// The position of a unit in [`UnitTree::units`].
pub type UnitIdx = usize;

/// A group that results are reported for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Id, unique in the tree.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Id of the unit above; the root has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Staff of a leaf, where known. Units with units below have their sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headcount: Option<u32>,
}

/// A checked tree of units. Answers are given for leaves; a unit with units below and staff of its
/// own has a leaf for them, made by [`UnitTree::new`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Unit>", into = "Vec<Unit>")]
pub struct UnitTree {
    units: Vec<Unit>,
    /// Places by id: a municipality's counts are looked up one by one, thousands of them.
    places: Named<UnitIdx>,
    root: UnitIdx,
    parents: Vec<Option<UnitIdx>>,
    children: Vec<Vec<UnitIdx>>,
}

/// What is wrong with a list of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitsProblem {
    /// No units.
    Empty,
    /// An id with white space, `/` or other characters that links cannot carry, or over 40 bytes.
    BadId(String),
    /// An id twice.
    Duplicate(String),
    /// A unit (first) whose parent (second) is not in the list.
    UnknownParent(String, String),
    /// More than one unit without a parent: all of them.
    SeveralRoots(Vec<String>),
    /// Units that are above themselves.
    Cycle(Vec<String>),
}

/// Ids travel in links and in submissions of constant size.
const MAX_ID: usize = 40;
/// What is added to the id of a unit for the leaf of its own staff.
const DIRECT: &str = ".direct";

impl UnitTree {
    /// Checks `units`; a unit that has both units below and a headcount gets a leaf
    /// `<id>.direct` for its own staff.
    ///
    /// # Errors
    /// Every problem of the list.
    pub fn new(units: Vec<Unit>) -> Result<Self, Vec<UnitsProblem>> {
        let units = with_direct_leaves(units);
        let problems = problems_of(&units);
        if !problems.is_empty() {
            return Err(problems);
        }
        let places = positions(&units);
        let parents = parents(&units, &places);
        let mut root = 0;
        let mut children = vec![Vec::new(); units.len()];
        for (idx, parent) in parents.iter().enumerate() {
            match parent {
                Some(parent) => children[*parent].push(idx),
                // A checked tree has exactly one unit without a parent.
                None => root = idx,
            }
        }
        Ok(Self {
            units,
            places,
            root,
            parents,
            children,
        })
    }

    /// The units, in the order of the list.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit above all others.
    pub fn root(&self) -> UnitIdx {
        self.root
    }

    /// The position of the unit called `id`.
    pub fn idx(&self, id: &str) -> Option<UnitIdx> {
        self.places.get(id).copied()
    }

    /// The unit above.
    pub fn parent(&self, unit: UnitIdx) -> Option<UnitIdx> {
        self.parents[unit]
    }

    /// The units directly below.
    pub fn children(&self, unit: UnitIdx) -> &[UnitIdx] {
        &self.children[unit]
    }

    /// Whether answers are given for this unit.
    pub fn is_leaf(&self, unit: UnitIdx) -> bool {
        self.children[unit].is_empty()
    }

    /// Every unit, each after all units below it.
    pub fn bottom_up(&self) -> Vec<UnitIdx> {
        let mut order = vec![self.root()];
        let mut next = 0;
        while next < order.len() {
            order.extend(&self.children[order[next]]);
            next += 1;
        }
        order.reverse();
        order
    }

    /// Adds values of leaves up the tree: the value of a unit is the sum of its leaves'.
    pub fn sums(&self, leaf_value: impl Fn(UnitIdx) -> u64) -> Vec<u64> {
        let mut sums = vec![0; self.units.len()];
        for unit in self.bottom_up() {
            sums[unit] = if self.is_leaf(unit) {
                leaf_value(unit)
            } else {
                self.children[unit].iter().map(|child| sums[*child]).sum()
            };
        }
        sums
    }

    /// Staff of a unit and all below; `None` where a leaf has no headcount.
    pub fn headcounts(&self) -> Vec<Option<u64>> {
        let known = self.sums(|leaf| u64::from(self.units[leaf].headcount.unwrap_or(0)));
        let unknown = self.sums(|leaf| u64::from(self.units[leaf].headcount.is_none()));
        known
            .into_iter()
            .zip(unknown)
            .map(|(n, gaps)| (gaps == 0).then_some(n))
            .collect()
    }
}

impl TryFrom<Vec<Unit>> for UnitTree {
    type Error = UnitsProblem;

    fn try_from(units: Vec<Unit>) -> Result<Self, UnitsProblem> {
        Self::new(units).map_err(|mut problems| problems.remove(0))
    }
}

impl From<UnitTree> for Vec<Unit> {
    fn from(tree: UnitTree) -> Self {
        tree.units
    }
}

/// Moves the staff of inner units to leaves of their own.
fn with_direct_leaves(mut units: Vec<Unit>) -> Vec<Unit> {
    let mut inner = vec![false; units.len()];
    let places = positions(&units);
    for parent in parents(&units, &places).into_iter().flatten() {
        inner[parent] = true;
    }
    let mut leaves = Vec::new();
    for (unit, inner) in units.iter_mut().zip(inner) {
        if !inner {
            continue;
        }
        if let Some(headcount) = unit.headcount.take() {
            leaves.push(Unit {
                id: format!("{}{DIRECT}", unit.id),
                name: unit.name.clone(),
                parent: Some(unit.id.clone()),
                headcount: Some(headcount),
            });
        }
    }
    units.extend(leaves);
    units
}

/// Positions by id; of an id that is there twice, the first. Lists are mostly in the order of their
/// ids, and then each is added at the end.
fn positions(units: &[Unit]) -> Named<UnitIdx> {
    let mut positions = Named::default();
    for (idx, unit) in units.iter().enumerate() {
        if !positions.contains_key(&unit.id) {
            positions.insert(unit.id.clone(), idx);
        }
    }
    positions
}

/// The position of each unit's parent; `None` for a root, and where the parent is not in the list.
fn parents(units: &[Unit], places: &Named<UnitIdx>) -> Vec<Option<UnitIdx>> {
    let parent_of = |unit: &Unit| places.get(unit.parent.as_deref()?).copied();
    units.iter().map(parent_of).collect()
}

fn problems_of(units: &[Unit]) -> Vec<UnitsProblem> {
    let mut problems = Vec::new();
    if units.is_empty() {
        problems.push(UnitsProblem::Empty);
    }
    let positions = positions(units);
    for (idx, unit) in units.iter().enumerate() {
        if !is_id(&unit.id) {
            problems.push(UnitsProblem::BadId(unit.id.clone()));
        }
        if positions.get(&unit.id) != Some(&idx) {
            problems.push(UnitsProblem::Duplicate(unit.id.clone()));
        }
    }
    for unit in units {
        if let Some(parent) = unit
            .parent
            .as_ref()
            .filter(|parent| !positions.contains_key(parent))
        {
            problems.push(UnitsProblem::UnknownParent(unit.id.clone(), parent.clone()));
        }
    }
    let roots: Vec<String> = units
        .iter()
        .filter(|unit| unit.parent.is_none())
        .map(|unit| unit.id.clone())
        .collect();
    if roots.len() > 1 {
        problems.push(UnitsProblem::SeveralRoots(roots));
    }
    if problems.is_empty() {
        problems.extend(cycle(units, &positions));
    }
    problems
}

/// Letters are those of the Latin script with all its accents (Unicode's Latin-1 to Latin Extended-B).
/// Those of every script would need a table that every respondent downloads.
fn is_id(id: &str) -> bool {
    let accented = |c: char| matches!(c, 'À'..='ɏ' if c != '×' && c != '÷');
    let plain = |c: char| c.is_ascii_alphanumeric() || accented(c) || matches!(c, '-' | '_' | '.');
    !id.is_empty() && id.len() <= MAX_ID && id.chars().all(plain)
}

/// The units that no way up from reaches the top.
fn cycle(units: &[Unit], places: &Named<UnitIdx>) -> Option<UnitsProblem> {
    let parents = parents(units, places);
    let is_lost = |start: UnitIdx| {
        let mut at = start;
        for _ in 0..units.len() {
            match parents[at] {
                Some(parent) => at = parent,
                None => return false,
            }
        }
        true
    };
    let lost: Vec<String> = (0..units.len())
        .filter(|unit| is_lost(*unit))
        .map(|unit| units[unit].id.clone())
        .collect();
    if lost.is_empty() {
        None
    } else {
        Some(UnitsProblem::Cycle(lost))
    }
}

impl std::fmt::Display for UnitsProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no units"),
            Self::BadId(id) => write!(
                f,
                "`{id}` is not an id: use at most 40 bytes of letters, digits, `-`, `_`, `.`"
            ),
            Self::Duplicate(id) => write!(f, "the unit `{id}` is there twice"),
            Self::UnknownParent(id, parent) => write!(f, "`{id}` has an unknown parent `{parent}`"),
            Self::SeveralRoots(ids) => {
                write!(f, "several units have no parent: {}", ids.join(", "))
            }
            Self::Cycle(ids) => write!(f, "these units are above themselves: {}", ids.join(", ")),
        }
    }
}

impl std::error::Error for UnitsProblem {}

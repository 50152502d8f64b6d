//! Counting rows by wave and unit: the unit itself, every unit above it, and the whole.

use crate::failure::Failure;
use crate::import::{Headcounts, LooseRow, Organisation, Problem, Source, UnitList, loose_rows};
use std::collections::BTreeMap;
use survey::Edition;
use tally::{Layout, ScaleProducts, Tally, Unit, UnitTree, UnitsProblem};

/// The files, and how to read them.
pub struct Input<'a> {
    /// What was asked.
    pub edition: &'a Edition,
    /// The answers.
    pub responses: Source<'a>,
    /// The units, where there is a tree of them.
    pub units: Option<Source<'a>>,
    /// The headcounts, where they are known.
    pub headcounts: Option<Source<'a>>,
    /// Whether bad rows of answers are left out instead of refusing the whole file.
    pub skip_bad_rows: bool,
}

/// One unit in one wave, with what was counted.
pub struct Group {
    /// Id of the wave; none where the answers have no waves.
    pub wave: Option<String>,
    /// Id of the unit; none for the whole.
    pub unit: Option<String>,
    /// Staff, where that of every part is known.
    pub headcount: Option<u64>,
    /// Whether no other unit is above or below an answer of it: a leaf of the tree.
    pub is_leaf: bool,
    /// The counts.
    pub tally: Tally,
    /// Cross-products of every scale, in the order of the survey.
    pub products: Vec<ScaleProducts>,
}

/// Everything that was counted.
pub struct Groups {
    /// The cells of the tallies.
    pub layout: Layout,
    /// Wave by wave in the order of the file; in each the whole, then units from the top.
    pub groups: Vec<Group>,
    /// Rows of answers that were left out.
    pub skipped: Vec<Problem>,
    /// What does not stop us but should be known.
    pub notes: Vec<String>,
}

/// Reads and counts.
///
/// # Errors
/// Every problem of every file.
pub fn count(input: &Input<'_>) -> Result<Groups, Failure> {
    let read = loose_rows(&input.responses, input.edition).map_err(failure)?;
    if !read.bad_rows.is_empty() && !input.skip_bad_rows {
        let mut failure = failure(read.bad_rows);
        failure.lines.push(
            "nothing was counted: correct these rows, or leave them out with --skip-bad-rows"
                .to_owned(),
        );
        return Err(failure);
    }
    let tree = Tree::read(input, &read.rows)?;
    let headcounts = input
        .headcounts
        .map(|source| Headcounts::read(&source))
        .transpose()
        .map_err(failure)?;
    let mut counting = Counting::new(input.edition);
    for row in &read.rows {
        counting.add(&tree, row);
    }
    let notes = read.unused_columns.iter();
    Ok(Groups {
        groups: counting.groups(&tree, headcounts.as_ref()),
        layout: counting.layout,
        skipped: read.bad_rows,
        notes: notes
            .map(|name| format!("the column `{name}` is no item of the survey and was not read"))
            .collect(),
    })
}

fn failure(problems: Vec<Problem>) -> Failure {
    Failure::problems(&problems)
}

/// The units from the top, each with its parent.
struct Tree {
    order: Vec<String>,
    parents: BTreeMap<String, Option<String>>,
}

impl Tree {
    fn read(input: &Input<'_>, rows: &[LooseRow]) -> Result<Self, Failure> {
        let units = match &input.units {
            Some(source) => listed(source)?,
            None => flat(rows),
        };
        let tree = Self {
            order: units.iter().map(|unit| unit.id.clone()).collect(),
            parents: units
                .into_iter()
                .map(|unit| (unit.id, unit.parent))
                .collect(),
        };
        tree.check(input, rows)
    }

    /// The tree, where every row's unit is in it.
    fn check(self, input: &Input<'_>, rows: &[LooseRow]) -> Result<Self, Failure> {
        let unknown = |row: &LooseRow| {
            let unit = row.unit.as_ref()?;
            (!self.parents.contains_key(unit)).then(|| input.responses.unknown_unit(row.line, unit))
        };
        let problems: Vec<Problem> = rows.iter().filter_map(unknown).collect();
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(failure(problems))
        }
    }

    /// The unit and those above it.
    fn path<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = &'a str> {
        std::iter::successors(Some(unit), |unit| self.parents.get(*unit)?.as_deref())
    }

    fn is_leaf(&self, unit: &str) -> bool {
        !self
            .parents
            .values()
            .any(|parent| parent.as_deref() == Some(unit))
    }
}

/// The units of a file. What is put above several tops is the whole, which has a line anyway.
fn listed(source: &Source<'_>) -> Result<Vec<Unit>, Failure> {
    const WHOLE: &str = "\u{0}";
    let organisation = Organisation {
        id: WHOLE.to_owned(),
        name: WHOLE.to_owned(),
    };
    let list = UnitList::read(source, &organisation).map_err(failure)?;
    let problems = UnitTree::new(list.units().to_vec())
        .err()
        .unwrap_or_default();
    // Ids travel nowhere from here, so any will do.
    let problems: Vec<String> = problems
        .iter()
        .filter(|problem| !matches!(problem, UnitsProblem::BadId(_)))
        .map(|problem| format!("{}: {problem:?}", source.name))
        .collect();
    if !problems.is_empty() {
        return Err(Failure::problems(&problems));
    }
    let below_whole = |unit: &Unit| unit.parent.as_deref() == Some(WHOLE);
    let units = list.units().iter().filter(|unit| unit.id != WHOLE);
    Ok(units
        .map(|unit| Unit {
            parent: unit.parent.clone().filter(|_| !below_whole(unit)),
            ..unit.clone()
        })
        .collect())
}

/// Without a units file every unit stands for itself, in the order of the alphabet.
fn flat(rows: &[LooseRow]) -> Vec<Unit> {
    let ids: std::collections::BTreeSet<&String> =
        rows.iter().filter_map(|row| row.unit.as_ref()).collect();
    let unit = |id: &String| Unit {
        id: id.clone(),
        name: id.clone(),
        parent: None,
        headcount: None,
    };
    ids.into_iter().map(unit).collect()
}

/// Counts by place of the wave and by unit; none for the whole.
struct Counting<'a> {
    edition: &'a Edition,
    layout: Layout,
    waves: Vec<Option<String>>,
    counts: BTreeMap<(usize, Option<String>), (Tally, Vec<ScaleProducts>)>,
}

impl<'a> Counting<'a> {
    fn new(edition: &'a Edition) -> Self {
        Self {
            edition,
            layout: Layout::new(edition),
            waves: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    fn add(&mut self, tree: &Tree, row: &LooseRow) {
        let wave = self.waves.iter().position(|wave| *wave == row.wave);
        let wave = wave.unwrap_or_else(|| {
            self.waves.push(row.wave.clone());
            self.waves.len() - 1
        });
        self.record(wave, None, row);
        for unit in row.unit.iter().flat_map(|unit| tree.path(unit)) {
            self.record(wave, Some(unit.to_owned()), row);
        }
    }

    fn record(&mut self, wave: usize, unit: Option<String>, row: &LooseRow) {
        let survey = self.edition.survey();
        let (edition, layout) = (self.edition, &self.layout);
        let counted = self.counts.entry((wave, unit));
        let (tally, products) = counted.or_insert_with(|| zero(edition, layout));
        tally
            .record(&self.layout, survey, &row.response)
            // The layout is the edition's, and four billion rows do not fit a file.
            .expect("a row of the same edition is counted");
        for (scale, products) in survey.scales.iter().zip(products) {
            products.record(survey, scale, &row.response);
        }
    }

    fn groups(&self, tree: &Tree, headcounts: Option<&Headcounts>) -> Vec<Group> {
        let waves = self.waves.iter().enumerate();
        waves
            .flat_map(|(idx, wave)| {
                let staff = headcounts.and_then(|all| staff(tree, all, wave.as_deref()));
                let units = tree.order.iter().map(|unit| Some(unit.clone()));
                let units: Vec<Option<String>> = std::iter::once(None).chain(units).collect();
                units
                    .into_iter()
                    .map(move |unit| self.group(tree, idx, unit, staff.as_ref()))
            })
            .collect()
    }

    fn group(
        &self,
        tree: &Tree,
        wave: usize,
        unit: Option<String>,
        staff: Option<&Staff>,
    ) -> Group {
        let counted = self.counts.get(&(wave, unit.clone())).cloned();
        let (tally, products) = counted.unwrap_or_else(|| zero(self.edition, &self.layout));
        Group {
            wave: self.waves[wave].clone(),
            headcount: staff.and_then(|staff| *staff.get(&unit)?),
            is_leaf: unit.as_deref().is_some_and(|unit| tree.is_leaf(unit)),
            unit,
            tally,
            products,
        }
    }
}

/// The counts of nobody.
fn zero(edition: &Edition, layout: &Layout) -> (Tally, Vec<ScaleProducts>) {
    let scales = edition.survey().scales.iter();
    let products = scales.map(|scale| ScaleProducts::zero(scale.items.len()));
    (Tally::zero(layout), products.collect())
}

/// Staff by unit, and of the whole; nothing where a part of it is unknown.
type Staff = BTreeMap<Option<String>, Option<u64>>;

/// `wave` is none where the answers have no waves: then the headcounts of the one wave in the file.
fn staff(tree: &Tree, headcounts: &Headcounts, wave: Option<&str>) -> Option<Staff> {
    let wave = match (wave, headcounts.waves()) {
        (Some(wave), _) => wave,
        (None, [only]) => only,
        (None, _) => return None,
    };
    let mut known: BTreeMap<&str, u64> = BTreeMap::new();
    for entry in headcounts.of(wave).entries {
        known.insert(&entry.unit, u64::from(entry.headcount));
    }
    let mut staff: Staff = BTreeMap::from([(None, Some(0))]);
    for unit in &tree.order {
        let own = known.get(unit.as_str()).copied();
        // A unit with units below may have no staff of its own.
        let own = own.or_else(|| (!tree.is_leaf(unit)).then_some(0));
        let above = tree.path(unit).map(|unit| Some(unit.to_owned()));
        for place in above.chain([None]) {
            let sum = staff.entry(place).or_insert(Some(0));
            *sum = sum.zip(own).map(|(sum, own)| sum + own);
        }
    }
    Some(staff)
}

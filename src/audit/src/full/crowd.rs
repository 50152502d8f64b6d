//! The people of one wave, cut as finely as the files of that wave can tell them apart.

use super::level::{Connected, Level, connected, scale_n};
use super::rank::{Group, Row};
use crate::block::{Measure, measures, parents};
use release::{Kind, Release, Scale, UnitResult};

/// One wave with all its files. Different waves are different people and are never combined.
pub(super) struct Crowd<'a> {
    /// Files of the wave, the one with fewest responses first: a later one holds the same people
    /// and some more.
    pub files: Vec<&'a Release>,
    /// For each unit, its leaves: the units without any below, itself for one of them.
    below: Vec<Vec<usize>>,
    /// For each unit, those directly below.
    children: Vec<Vec<usize>>,
}

/// Numbers that count the same people and may be combined.
pub(super) struct Family {
    /// What is counted, in the words of the block audit.
    pub measure: String,
    /// The fewest that any group may hold.
    pub fewest: u32,
    /// Number of atoms.
    pub atoms: usize,
    /// The published numbers.
    pub rows: Vec<Row>,
    /// What each row is: file, unit and, where it is not the measure's own, which number.
    pub labels: Vec<Label>,
}

/// Where a published number stands.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub file: usize,
    pub unit: usize,
    pub what: Option<String>,
}

impl<'a> Crowd<'a> {
    /// The people of `files` of one wave, whose units are the same tree.
    pub(super) fn new(mut files: Vec<&'a Release>) -> Self {
        files.sort_by_key(|file| {
            let responses = file.root().and_then(|root| root.responses.shown());
            responses.map_or(0, |responses| responses.n)
        });
        let parents = parents(files[0]);
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
        let mut children = vec![Vec::new(); parents.len()];
        // Parents come first, so from the end everything below a unit is known when it is reached.
        for unit in (0..parents.len()).rev() {
            if below[unit].is_empty() {
                below[unit].push(unit);
            }
            if let Some(parent) = parents[unit] {
                let leaves = below[unit].clone();
                below[parent].extend(leaves);
                children[parent].push(unit);
            }
        }
        Self {
            files,
            below,
            children,
        }
    }

    pub(super) fn unit(&self, unit: usize) -> &'a UnitResult {
        &self.files[0].units[unit]
    }

    /// A published number in words, with its file where the wave has several.
    pub(super) fn named(&self, label: &Label) -> String {
        let unit = &self.unit(label.unit).id;
        let what = label.what.as_ref().map(|what| format!(" ({what})"));
        let file = match (self.files.len(), label.file) {
            (1, _) => "",
            (_, 0) => " in the first file",
            (2, _) => " in the second file",
            (_, at) if at + 1 == self.files.len() => " in the last file",
            _ => " in a file between",
        };
        format!("`{unit}`{}{file}", what.unwrap_or_default())
    }

    fn n_units(&self) -> usize {
        self.below.len()
    }

    /// The atom of a leaf's staff who answered between one file and the next.
    fn atom(&self, kind: usize, batch: usize, unit: usize) -> usize {
        (kind * self.files.len() + batch) * self.n_units() + unit
    }

    /// Everybody of a unit whom file number `file` counts.
    fn everybody(&self, kind: usize, file: usize, unit: usize) -> Vec<usize> {
        let batches = 0..=file;
        let mut atoms: Vec<usize> = batches
            .flat_map(|batch| {
                let units = self.below[unit].iter();
                units.map(move |below| self.atom(kind, batch, *below))
            })
            .collect();
        atoms.sort_unstable();
        atoms
    }

    /// The leaves whose staff a group of atoms is.
    pub(super) fn units_of(&self, atoms: &[usize]) -> Vec<usize> {
        let mut units: Vec<usize> = atoms.iter().map(|atom| atom % self.n_units()).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// All numbers that count one measure.
    pub(super) fn families(&self) -> Vec<Family> {
        // By position: the files of a wave have the same edition, so the same measures.
        let by_file: Vec<Vec<Measure<'a>>> = self.files.iter().map(|file| measures(file)).collect();
        (0..by_file[0].len())
            .map(|at| self.family(by_file.iter().map(|measures| &measures[at])))
            .collect()
    }

    fn family<'b>(&self, by_file: impl Iterator<Item = &'b Measure<'a>>) -> Family
    where
        'a: 'b,
    {
        let mut family = Family {
            measure: String::new(),
            fewest: 0,
            atoms: self.files.len() * self.n_units(),
            rows: Vec::new(),
            labels: Vec::new(),
        };
        for (file, measure) in by_file.enumerate() {
            family.measure.clone_from(&measure.name);
            family.fewest = family.fewest.max(measure.fewest);
            // Headcounts are those of the wave, whoever has answered.
            let staff = measure.name == "headcount";
            for (unit, result) in self.files[file].units.iter().enumerate() {
                if let Some(n) = (measure.n)(result) {
                    let atoms = self.everybody(0, if staff { 0 } else { file }, unit);
                    family.push(atoms, n, (file, unit, None));
                }
            }
        }
        family
    }

    /// All numbers of one level of detail, over all scales at once: scales that share items count
    /// the same answers, and a composite counts those of all its parts.
    pub(super) fn overlapping(&self, level: Level) -> Family {
        let kinds = connected(&self.files[0].instrument);
        let mut family = Family {
            measure: format!("all scales together, {}", level.name()),
            fewest: self
                .files
                .iter()
                .map(|file| level.fewest(&file.policy))
                .max()
                .unwrap_or(0),
            atoms: kinds.len() * self.files.len() * self.n_units(),
            rows: Vec::new(),
            labels: Vec::new(),
        };
        for (file, release) in self.files.iter().enumerate() {
            for (unit, result) in release.units.iter().enumerate() {
                for (kind, group) in kinds.iter().enumerate() {
                    if let Some(n) = group.smallest_n(result, level) {
                        let what = Some(group.scales.join(" and "));
                        let atoms = self.everybody(kind, file, unit);
                        family.push(atoms, n, (file, unit, what));
                    }
                }
                self.composites(&mut family, &kinds, level, file, unit);
            }
        }
        family
    }

    fn composites(
        &self,
        family: &mut Family,
        kinds: &[Connected<'_>],
        level: Level,
        file: usize,
        unit: usize,
    ) {
        let release = self.files[file];
        let result = &release.units[unit];
        for scale in composites(release) {
            let parts: Vec<usize> = (0..kinds.len())
                .filter(|kind| {
                    scale
                        .parts
                        .iter()
                        .any(|part| kinds[*kind].scales.contains(&part.as_str()))
                })
                .collect();
            let shown = |kind: &usize| kinds[*kind].smallest_n(result, level).is_some();
            // Where all parts are shown, the composite says nothing about people that they do not.
            if let Some(n) = scale_n(result, &scale.id, level)
                && !parts.iter().all(shown)
            {
                let mut atoms: Vec<usize> = parts
                    .iter()
                    .flat_map(|kind| self.everybody(*kind, file, unit))
                    .collect();
                atoms.sort_unstable();
                let times = u32::try_from(parts.len()).unwrap_or(u32::MAX);
                let label = (file, unit, Some(scale.id.clone()));
                family.push(atoms, n.saturating_mul(times), label);
            }
        }
    }

    /// Groups that somebody would try first: each unit, and what is left of it when the units that
    /// a file shows below are taken away, of one batch of answers or several in a row.
    pub(super) fn candidates(&self, family: &Family) -> Vec<Vec<usize>> {
        let n_files = self.files.len();
        let kinds = family.atoms / (n_files * self.n_units());
        let mut sets: Vec<Vec<usize>> = self.below.clone();
        for file in 0..n_files {
            sets.extend((0..self.n_units()).map(|unit| self.remainder(family, file, unit)));
        }
        let mut groups = Vec::new();
        for kind in 0..kinds {
            for (first, last) in
                (0..n_files).flat_map(|last| (0..=last).map(move |first| (first, last)))
            {
                for set in &sets {
                    let atoms = (first..=last).flat_map(|batch| {
                        set.iter().map(move |unit| self.atom(kind, batch, *unit))
                    });
                    let mut group: Vec<usize> = atoms.collect();
                    group.sort_unstable();
                    groups.push(group);
                }
            }
        }
        groups
    }

    /// The leaves of `unit` that are not of a unit below that `file` shows.
    fn remainder(&self, family: &Family, file: usize, unit: usize) -> Vec<usize> {
        let is_shown = |unit: usize| {
            let mut labels = family.labels.iter();
            labels.any(|label| label.file == file && label.unit == unit)
        };
        let mut left = Vec::new();
        let mut open = vec![unit];
        while let Some(at) = open.pop() {
            if self.children[at].is_empty() {
                left.push(at);
            }
            open.extend(
                self.children[at]
                    .iter()
                    .copied()
                    .filter(|child| !is_shown(*child)),
            );
        }
        left
    }
}

impl Family {
    /// Whether it has the numbers of all scales together.
    pub(super) fn is_of_all_scales(&self) -> bool {
        self.labels.iter().any(|label| label.what.is_some())
    }

    /// Where the numbers stand that give a group away, and how often each is added.
    pub(super) fn numbers_of(&self, group: &Group) -> Vec<(usize, usize, i64)> {
        let mut numbers: Vec<(usize, usize, i64)> = group
            .terms
            .iter()
            .map(|(times, row)| (self.labels[*row].file, self.labels[*row].unit, *times))
            .collect();
        numbers.sort_unstable();
        numbers
    }

    fn push(
        &mut self,
        atoms: Vec<usize>,
        n: u32,
        (file, unit, what): (usize, usize, Option<String>),
    ) {
        self.rows.push(Row {
            atoms,
            n: i64::from(n),
        });
        self.labels.push(Label { file, unit, what });
    }
}

fn composites(release: &Release) -> impl Iterator<Item = &Scale> {
    let scales = release.instrument.scales.iter();
    scales.filter(|scale| scale.kind == Kind::Composite)
}

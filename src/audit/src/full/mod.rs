//! The whole audit of one file or many.

mod cells;
mod crowd;
mod files;
mod histogram;
mod level;
mod plausible;
mod program;
mod rank;
mod report;
mod scores;
mod student;

pub use report::{Checked, Code, Finding, Report, Smallest};

use crate::block;
use cells::{Cells, ONE_PROGRAM, cells};
use crowd::{Crowd, Family};
use level::Level;
use rank::{Group, small_groups};
use release::Release;
use std::collections::{BTreeMap, BTreeSet};

/// Audits all given releases: what they give away, together, and what is wrong with them.
///
/// Files of one wave are the same people, some of whom may have answered between one file and the
/// next, and are combined. Different waves are never combined: nobody can tell who answered both.
pub fn audit(releases: &[Release]) -> Report {
    let mut report = Report {
        objections: Vec::new(),
        checked: Vec::new(),
        not_checked: never_checked(),
    };
    report.objections.extend(files::earlier(releases));
    let mut waves: BTreeMap<&str, Vec<&Release>> = BTreeMap::new();
    for release in releases {
        waves.entry(&release.wave.id).or_default().push(release);
    }
    for files in waves.into_values() {
        wave(files, &mut report);
    }
    report.objections.sort();
    report.objections.dedup();
    report
}

fn never_checked() -> Vec<String> {
    [
        "Different waves are different people to an outsider and were not combined: who knows that \
         one person came or left, and that nobody else changed an answer, knows more.",
        "Somebody inside a group can take the own answer away; the threshold allows for that and \
         was checked as it stands.",
        "Counts were bounded for each shown unit minus the shown units below it, not for several \
         such groups together.",
        "Alpha, lambda-2 and omega are of the whole and name no unit; agreement between units, \
         slopes and steps are computed from numbers that were checked. None was used as a bound.",
        "Where items are not shown, everybody with a score was taken to have answered them all. \
         Where they are shown, standard deviations were used only if nobody skipped any.",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn wave(files: Vec<&Release>, report: &mut Report) {
    let id = files[0].wave.id.clone();
    let mut is_readable = true;
    for file in &files {
        report.objections.extend(files::one(file));
        is_readable &= block::shape(file).is_empty();
    }
    let conflicts = files::same_wave(&files);
    let is_one = conflicts.is_empty();
    report.objections.extend(conflicts);
    if !is_readable {
        report.not_checked.push(format!(
            "{id}: its units are not one tree with a value for everything, so nothing was combined."
        ));
        return;
    }
    if is_one {
        linear(&Crowd::new(files.clone()), report);
    } else {
        report.not_checked.push(format!(
            "{id}: its files are not of one wave, so each was looked at alone."
        ));
        for file in &files {
            linear(&Crowd::new(vec![*file]), report);
        }
    }
    for file in &files {
        let cells = cells(file);
        report.not_checked.extend(limits(file, &cells));
        if let Some(checked) = report.checked.last_mut() {
            checked.item_blocks += cells.item_blocks;
            checked.programs += cells.programs;
        }
        report.objections.extend(cells.findings);
    }
}

/// What was left out in one file, in sentences.
fn limits(file: &Release, cells: &Cells) -> Vec<String> {
    let id = &file.wave.id;
    let mut limits = Vec::new();
    if cells.skipped > 0 {
        limits.push(format!(
            "{id}: with more than {ONE_PROGRAM} units, integer programs run for each directorate; \
             programs over the whole that were not solved: {}.",
            cells.skipped
        ));
    }
    if cells.assumed_wrongly > 0 {
        limits.push(format!(
            "{id}: groups for which the numbers show that some skipped hidden items, so that their \
             integer programs have no solution and say nothing: {}.",
            cells.assumed_wrongly
        ));
    }
    if cells.given_up > 0 {
        limits.push(format!(
            "{id}: items whose integer programs were given up as too hard: {}.",
            cells.given_up
        ));
    }
    limits
}

/// The linear algebra of one wave.
fn linear(crowd: &Crowd<'_>, report: &mut Report) {
    let mut families = crowd.families();
    families.extend(Level::ALL.map(|level| crowd.overlapping(level)));
    let mut checked = Checked {
        wave: crowd.files[0].wave.id.clone(),
        files: crowd.files.len(),
        units: crowd.files[0].units.len(),
        measures: families.len(),
        rows: 0,
        independent: 0,
        item_blocks: 0,
        programs: 0,
        smallest: smallest(crowd),
    };
    let mut known = BTreeSet::new();
    for family in &families {
        let fewest = i64::from(family.fewest);
        let found = small_groups(&family.rows, family.atoms, fewest, || {
            crowd.candidates(family)
        });
        checked.rows += family.rows.len();
        checked.independent += found.rank;
        if !found.is_complete {
            report.not_checked.push(format!(
                "{}, {}: too many numbers hang together to try every group; each unit, what is left \
                 of it, and every difference between files were tried.",
                checked.wave, family.measure
            ));
        }
        // Over all scales the smallest numbers are taken, which need not add up.
        if !family.is_of_all_scales() {
            let contradictions = found.contradictions.iter();
            report
                .objections
                .extend(contradictions.map(|group| contradiction(crowd, family, group)));
        }
        for group in found.groups {
            // What all scales together give away is news only where no scale does alone, in the
            // same way.
            let way = family.numbers_of(&group);
            if !(family.is_of_all_scales() && known.contains(&way)) {
                let units = crowd.units_of(&group.atoms);
                report
                    .objections
                    .push(finding(crowd, family, &group, &units));
            }
            known.insert(way);
        }
    }
    report.checked.push(checked);
}

fn finding(crowd: &Crowd<'_>, family: &Family, group: &Group, units: &[usize]) -> Finding {
    let words = if group.n < 0 {
        format!("the numbers contradict each other: {} are left", group.n)
    } else {
        let (what, fewest) = (
            if family.measure == "headcount" {
                "staff"
            } else {
                "answers"
            },
            family.fewest,
        );
        format!("{} {what}, fewer than {fewest}, can be worked out", group.n)
    };
    Finding {
        wave: crowd.files[0].wave.id.clone(),
        code: Code::SmallGroup,
        units: units
            .iter()
            .map(|unit| crowd.unit(*unit).id.clone())
            .collect(),
        measure: family.measure.clone(),
        combination: combination(crowd, family, group),
        words,
    }
}

fn contradiction(crowd: &Crowd<'_>, family: &Family, group: &Group) -> Finding {
    let units: BTreeSet<usize> = group
        .terms
        .iter()
        .filter(|(times, _)| *times > 0)
        .map(|(_, row)| family.labels[*row].unit)
        .collect();
    Finding {
        code: Code::Implausible,
        words: format!(
            "{} are left of nobody: the numbers contradict each other",
            group.n
        ),
        ..finding(crowd, family, group, &units.into_iter().collect::<Vec<_>>())
    }
}

/// The published numbers that are added and subtracted, in words.
fn combination(crowd: &Crowd<'_>, family: &Family, group: &Group) -> String {
    let mut terms: Vec<(i64, String)> = group
        .terms
        .iter()
        .map(|(times, row)| (*times, crowd.named(&family.labels[*row])))
        .collect();
    // What is added first, in the order of the tree.
    terms.sort_by_key(|(times, _)| *times < 0);
    let mut words = String::new();
    for (at, (times, name)) in terms.into_iter().enumerate() {
        let sign = match (at, times < 0) {
            (0, false) => "",
            (0, true) => "minus ",
            (_, false) => " plus ",
            (_, true) => " minus ",
        };
        let often = match times.abs() {
            1 => String::new(),
            times => format!("{times} × "),
        };
        words.push_str(sign);
        words.push_str(&often);
        words.push_str(&name);
    }
    if group.over == 1 {
        words
    } else {
        format!("({words}) / {}", group.over)
    }
}

/// The smallest block of each level over all scales and items, as the block audit counts.
fn smallest(crowd: &Crowd<'_>) -> Vec<Smallest> {
    let mut smallest: Vec<Smallest> = Vec::new();
    for (level, measure, found) in crowd
        .files
        .iter()
        .flat_map(|file| files::blocks_by_level(file))
    {
        match smallest.iter_mut().find(|known| known.level == level) {
            Some(known) => known.found = known.found.min(found),
            None => smallest.push(Smallest {
                level: level.to_owned(),
                fewest: measure,
                found,
            }),
        }
    }
    smallest
}

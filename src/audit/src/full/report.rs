//! What the audit says: one page in words, or the same as data.

use serde::Serialize;
use std::fmt;

/// Everything that the audit found and looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is given away, and what is wrong with the files; nothing for files that may be shown.
    pub objections: Vec<Finding>,
    /// What was looked at, one entry a wave.
    pub checked: Vec<Checked>,
    /// What was not looked at, and why, in sentences.
    pub not_checked: Vec<String>,
}

/// One objection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Id of the wave.
    pub wave: String,
    /// What kind it is.
    pub code: Code,
    /// The units whose answers it is about.
    pub units: Vec<String>,
    /// Which number: `responses`, `headcount`, or a scale or item and its level of detail. Empty
    /// where it is not about numbers.
    pub measure: String,
    /// Which published numbers are added and subtracted; empty where none are.
    pub combination: String,
    /// What comes out, or is wrong, in words.
    pub words: String,
}

/// Kinds of objections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The policy in the file allows groups that are too small.
    Policy,
    /// The units are not one tree, or lack values.
    Shape,
    /// Two files of one wave are not of one wave file, edition and tree.
    Files,
    /// A group of too few can be worked out.
    SmallGroup,
    /// Only one distribution of answers is possible in a group that is too small to show it.
    Pinned,
    /// All, or all but one, of a group are known to have answered alike.
    Alike,
    /// A composite is shown where a part is not.
    Composite,
    /// A part of a scale's items is shown, or items without their scale.
    Items,
    /// A verdict says something of a scale that is withheld, or nothing of one that is shown.
    Verdict,
    /// The evidence in the file is not what the audit finds.
    Evidence,
    /// The verdicts rest on another file than the one given.
    Earlier,
    /// Numbers that cannot be, alone or together.
    Implausible,
}

/// What was looked at in one wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Id of the wave.
    pub wave: String,
    /// Number of files.
    pub files: usize,
    /// Number of units.
    pub units: usize,
    /// Families of numbers that can be combined with each other.
    pub measures: usize,
    /// Published numbers that entered the linear algebra.
    pub rows: usize,
    /// How many of them do not follow from others.
    pub independent: usize,
    /// Blocks whose distributions of answers were bounded from items alone.
    pub item_blocks: usize,
    /// Blocks for which integer programs over whole scales were solved.
    pub programs: usize,
    /// The smallest block at each level of detail that shows anything.
    pub smallest: Vec<Smallest>,
}

/// The smallest block of a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Smallest {
    /// The level.
    pub level: String,
    /// The fewest that a block may hold.
    pub fewest: u32,
    /// The fewest that one holds.
    pub found: u32,
}

impl Report {
    /// Whether nothing is objected to.
    pub fn is_clean(&self) -> bool {
        self.objections.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.objections.len() {
            0 => writeln!(f, "Nothing is given away.")?,
            1 => writeln!(f, "One objection:")?,
            many => writeln!(f, "{many} objections:")?,
        }
        for finding in &self.objections {
            writeln!(f, "- {finding}")?;
        }
        writeln!(f, "\nWhat was checked")?;
        for checked in &self.checked {
            writeln!(f, "- {checked}")?;
        }
        writeln!(f, "\nWhat was not checked")?;
        for sentence in &self.not_checked {
            writeln!(f, "- {sentence}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.wave)?;
        if !self.units.is_empty() {
            let units: Vec<String> = self.units.iter().map(|unit| format!("`{unit}`")).collect();
            write!(f, ", {}", units.join(", "))?;
        }
        if !self.measure.is_empty() {
            write!(f, ", {}", self.measure)?;
        }
        write!(f, ": {}", self.words)?;
        if !self.combination.is_empty() {
            write!(f, ", by {}", self.combination)?;
        }
        f.write_str(".")
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            wave,
            files,
            units,
            measures,
            rows,
            independent,
            item_blocks,
            programs,
            ..
        } = self;
        let of_files = if *files == 1 {
            "one file".to_owned()
        } else {
            format!("{files} files")
        };
        write!(
            f,
            "{wave}: {of_files}, {units} units. {rows} numbers in {measures} families, \
             {independent} of them independent, were combined in every way that gives a group. \
             The answers of {item_blocks} groups were bounded item by item and of {programs} small \
             or one-sided groups by integer programs."
        )?;
        if !self.smallest.is_empty() {
            let words: Vec<String> = self
                .smallest
                .iter()
                .map(|level| {
                    format!(
                        "{} {} (at least {})",
                        level.level, level.found, level.fewest
                    )
                })
                .collect();
            write!(f, " Smallest groups: {}.", words.join(", "))?;
        }
        Ok(())
    }
}

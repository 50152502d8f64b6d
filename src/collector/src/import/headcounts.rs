//! Headcounts as CSV: `wave,unit,headcount`, and `responses` to check what was counted against.

use super::ImportedWave;
use super::problem::{Code, Problem};
use super::table::{Row, Source, Table};
use std::collections::BTreeSet;
use tally::Tally;

/// The headcounts of a file.
#[derive(Debug)]
pub struct Headcounts {
    file: String,
    waves: Vec<String>,
    entries: Vec<Entry>,
}

/// One row.
#[derive(Debug)]
pub struct Entry {
    /// Id of the wave.
    pub wave: String,
    /// Id of the unit.
    pub unit: String,
    /// Staff.
    pub headcount: u32,
    /// Answers there should be, where the file says so.
    pub responses: Option<u32>,
    /// Line in the file.
    pub line: u64,
}

/// The staff of one wave.
#[derive(Debug)]
pub struct Staff<'a> {
    file: &'a str,
    /// One entry a unit.
    pub entries: Vec<&'a Entry>,
}

impl Headcounts {
    /// Reads a headcounts file.
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn read(source: &Source<'_>) -> Result<Self, Vec<Problem>> {
        let table = Table::read(source)?;
        let mut problems = Vec::new();
        let mut required = |name| table.required(name, &mut problems);
        let (wave, unit, headcount) = (required("wave"), required("unit"), required("headcount"));
        if !problems.is_empty() {
            return Err(problems);
        }
        let columns = Columns {
            wave,
            unit,
            headcount,
            responses: table.column("responses"),
        };
        problems.extend(table.bad_rows);
        let mut list = Self {
            file: source.name.to_owned(),
            waves: Vec::new(),
            entries: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for row in &table.rows {
            match columns.entry(source, row) {
                Err(problem) => problems.push(problem),
                Ok(entry) if !seen.insert((entry.wave.clone(), entry.unit.clone())) => {
                    let detail = format!("the headcount of `{}` in `{}`", entry.unit, entry.wave);
                    problems.push(source.problem(row.line, Code::Duplicate, detail));
                }
                Ok(entry) => list.add(entry),
            }
        }
        if problems.is_empty() {
            Ok(list)
        } else {
            Err(problems)
        }
    }

    fn add(&mut self, entry: Entry) {
        if !self.waves.contains(&entry.wave) {
            self.waves.push(entry.wave.clone());
        }
        self.entries.push(entry);
    }

    /// The waves, in the order of the file.
    pub fn waves(&self) -> &[String] {
        &self.waves
    }

    /// The staff of one wave.
    pub fn of(&self, wave: &str) -> Staff<'_> {
        let entries = self
            .entries
            .iter()
            .filter(|entry| entry.wave == wave)
            .collect();
        Staff {
            file: &self.file,
            entries,
        }
    }

    /// A problem at the first row of a wave.
    pub(super) fn problem(&self, wave: &str, code: Code, detail: &str) -> Problem {
        let line = self
            .entries
            .iter()
            .find(|entry| entry.wave == wave)
            .map_or(1, |entry| entry.line);
        Problem {
            file: self.file.clone(),
            line,
            code,
            detail: detail.to_owned(),
        }
    }

    /// Where the file's `responses` are not what was counted, a sentence each.
    pub(super) fn differences(&self, waves: &[ImportedWave]) -> Vec<String> {
        let difference = |entry: &Entry| {
            let expected = entry.responses?;
            let wave = waves.iter().find(|wave| wave.file.id == entry.wave)?;
            let found = wave.tallies.get(&entry.unit).map_or(0, Tally::n);
            let Entry {
                wave, unit, line, ..
            } = entry;
            (found != expected).then(|| {
                format!(
                    "{}:{line}: `{unit}` in `{wave}` should have {expected} answers by the headcounts file; {found} were counted",
                    self.file
                )
            })
        };
        self.entries.iter().filter_map(difference).collect()
    }
}

impl Staff<'_> {
    pub(super) fn problem(&self, line: u64, code: Code, detail: &str) -> Problem {
        Problem {
            file: self.file.to_owned(),
            line,
            code,
            detail: detail.to_owned(),
        }
    }
}

struct Columns {
    wave: usize,
    unit: usize,
    headcount: usize,
    responses: Option<usize>,
}

impl Columns {
    fn entry(&self, source: &Source<'_>, row: &Row) -> Result<Entry, Problem> {
        let number = |text: &str| {
            text.parse::<u32>()
                .map_err(|_| source.problem(row.line, Code::NotANumber, text))
        };
        let word = |column: usize, name: &str| match row.cell(column) {
            "" => Err(source.problem(row.line, Code::EmptyCell, name)),
            word => Ok(word.to_owned()),
        };
        let responses = self
            .responses
            .map(|column| row.cell(column))
            .filter(|text| !text.is_empty());
        Ok(Entry {
            wave: word(self.wave, "wave")?,
            unit: word(self.unit, "unit")?,
            headcount: number(row.cell(self.headcount))?,
            responses: responses.map(number).transpose()?,
            line: row.line,
        })
    }
}

//! Real input: answers, units and headcounts as CSV, counted into tallies wave by wave.
//!
//! Every bad row is reported with its line, a code and what to do about it. Nothing is guessed: a
//! row is either read completely or not at all.

mod headcounts;
mod period;
mod problem;
mod responses;
mod table;
mod units;

pub use headcounts::{Headcounts, Staff};
pub use period::{Period, period};
pub use problem::{Code, Problem};
pub(crate) use responses::{LooseRow, loose_rows};
pub use table::Source;
pub use units::{Organisation, UnitList};

use crate::failure::Failure;
use crate::plan::{Plan, untranslated};
use std::collections::{BTreeMap, BTreeSet};
use survey::{Edition, Text};
use tally::{CrossProducts, Relevance, Tally, Threshold};
use wire::{Codes, WaveFile};

/// The files, and how to read them.
pub struct Input<'a> {
    /// What was asked.
    pub edition: &'a Edition,
    /// The answers.
    pub responses: Source<'a>,
    /// The units.
    pub units: Source<'a>,
    /// The headcounts.
    pub headcounts: Source<'a>,
    /// The unit above all, when the file has several at the top.
    pub organisation: Organisation,
    /// Who asked; by default the unit above all.
    pub employer: Option<String>,
    /// Fewest answers that a published number may rest on.
    pub threshold: Threshold,
    /// Fewest points that a change must have to be called one.
    pub relevance: Relevance,
    /// Dates of waves whose ids do not say them.
    pub periods: BTreeMap<String, Period>,
    /// Whether bad rows of answers are left out instead of refusing the whole file.
    pub skip_bad_rows: bool,
}

/// What was read.
#[derive(Debug)]
pub struct Imported {
    /// The waves, in the order of their first day.
    pub waves: Vec<ImportedWave>,
    /// Rows of answers that were counted.
    pub counted: u32,
    /// Bad rows that were left out.
    pub skipped: Vec<Problem>,
    /// What does not stop an import but should be looked at.
    pub notes: Vec<String>,
}

/// A wave that was fielded elsewhere.
#[derive(Debug)]
pub struct ImportedWave {
    /// Its wave file.
    pub file: WaveFile,
    /// Tallies by leaf; only leaves with answers.
    pub tallies: BTreeMap<String, Tally>,
    /// Cross-products over the whole wave.
    pub products: CrossProducts,
}

impl Imported {
    /// Units that are answered for, over all waves.
    pub fn leaves(&self) -> usize {
        let leaves = |wave: &ImportedWave| {
            let units = wave.file.units.clone();
            let ids = units.units().iter().enumerate();
            ids.filter(|(idx, _)| units.is_leaf(*idx))
                .map(|(_, unit)| unit.id.clone())
                .collect::<Vec<_>>()
        };
        self.waves
            .iter()
            .flat_map(leaves)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

impl ImportedWave {
    /// Rows of answers.
    pub fn counted(&self) -> u32 {
        self.tallies.values().map(Tally::n).sum()
    }
}

/// Reads the files.
///
/// # Errors
/// Every problem; nothing is read halfway.
pub fn read(input: &Input<'_>) -> Result<Imported, Failure> {
    let problems_to_failure = |problems: Vec<Problem>| Failure::problems(&problems);
    let units = UnitList::read(&input.units, &input.organisation);
    let headcounts = Headcounts::read(&input.headcounts);
    let (units, headcounts) = both(units, headcounts).map_err(problems_to_failure)?;
    let waves = wave_files(input, &units, &headcounts)?;
    let read =
        responses::read(&input.responses, input.edition, &waves).map_err(problems_to_failure)?;
    if !read.bad_rows.is_empty() && !input.skip_bad_rows {
        return Err(refused(&read.bad_rows));
    }
    let (mut tallies, mut products) = (read.tallies, read.products);
    let waves: Vec<ImportedWave> = waves
        .into_iter()
        .map(|file| ImportedWave {
            tallies: tallies.remove(&file.id).unwrap_or_default(),
            products: products
                .remove(&file.id)
                .unwrap_or_else(|| CrossProducts::zero(input.edition)),
            file,
        })
        .collect();
    let notes = headcounts.differences(&waves);
    let counted = waves.iter().map(ImportedWave::counted).sum();
    Ok(Imported {
        waves,
        counted,
        skipped: read.bad_rows,
        notes,
    })
}

fn refused(bad_rows: &[Problem]) -> Failure {
    let mut failure = Failure::problems(bad_rows);
    failure.lines.push(
        "nothing was counted: correct these rows, or leave them out with --skip-bad-rows"
            .to_owned(),
    );
    failure
}

/// Both, or the problems of both.
fn both<A, B>(
    a: Result<A, Vec<Problem>>,
    b: Result<B, Vec<Problem>>,
) -> Result<(A, B), Vec<Problem>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(mut a), Err(b)) => {
            a.extend(b);
            Err(a)
        }
        (Err(problems), Ok(_)) | (Ok(_), Err(problems)) => Err(problems),
    }
}

fn wave_files(
    input: &Input<'_>,
    units: &UnitList,
    headcounts: &Headcounts,
) -> Result<Vec<WaveFile>, Failure> {
    let mut lines = Vec::new();
    let mut files = Vec::new();
    for wave in headcounts.waves() {
        match wave_file(input, units, headcounts, wave) {
            Ok(file) => files.push(file),
            Err(problems) => lines.extend(problems),
        }
    }
    files.sort_by(|a, b| (&a.opens, &a.id).cmp(&(&b.opens, &b.id)));
    let mut failure = Failure::problems(&lines);
    if failure.lines.is_empty() {
        return Ok(files);
    }
    // Problems of the units are the same for every wave.
    failure.lines.dedup();
    Err(failure)
}

fn wave_file(
    input: &Input<'_>,
    units: &UnitList,
    headcounts: &Headcounts,
    wave: &str,
) -> Result<WaveFile, Vec<String>> {
    let sentences =
        |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>();
    let tree = units.tree(&headcounts.of(wave)).map_err(sentences)?;
    let period = input.periods.get(wave).cloned().or_else(|| period(wave));
    let period =
        period.ok_or_else(|| sentences(vec![headcounts.problem(wave, Code::NoDates, wave)]))?;
    let plan = Plan {
        id: wave.to_owned(),
        name: name_in_every_language(input.edition, period.name.as_ref(), wave),
        employer: untranslated(
            input.edition,
            input.employer.as_deref().unwrap_or(units.top()),
        ),
        units: tree,
        threshold: input.threshold,
        relevance: input.relevance,
        opens: period.opens,
        closes: period.closes,
        grace_days: 0,
        codes: Codes::None,
    };
    plan.wave_file(input.edition, String::new())
}

/// The name that an id says, and the id itself in languages that it says none in.
fn name_in_every_language(edition: &Edition, name: Option<&Text>, id: &str) -> Text {
    let names = untranslated(edition, id).0.into_iter();
    let translated = names.map(|(lang, id)| {
        let own = name.and_then(|name| name.0.get(&lang)).cloned();
        (lang, own.unwrap_or(id))
    });
    Text(translated.collect())
}

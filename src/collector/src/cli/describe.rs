//! `describe`: every statistic of answers that somebody holds already, unprotected.

use super::out::say;
use super::{Loaded, edition};
use crate::describe::{Input, count, figures, table};
use crate::failure::Failure;
use clap::Args;
use std::path::PathBuf;

/// What the first line says: on the terminal, or beside JSON on standard error.
const WARNING: &str = "UNPROTECTED NUMBERS of every group, however small: not for publication. \
                       `trust-climate release` makes what may be shown.";

#[derive(Args)]
pub(super) struct Options {
    /// The survey that was answered (TOML)
    #[arg(long, value_name = "FILE")]
    survey: PathBuf,
    /// Answers: a CSV file with one column for each item, and `wave` and `unit` where there are
    /// any; points from 1, 9 or NA for not applicable, 0 or nothing for blank
    #[arg(long, value_name = "FILE")]
    responses: PathBuf,
    /// Units: a CSV file with the columns unit,unit_name,parent,parent_name; without it every unit
    /// stands for itself
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,
    /// Headcounts: a CSV file with the columns wave,unit,headcount; intervals are then corrected
    /// for the finite population
    #[arg(long, value_name = "FILE")]
    headcounts: Option<PathBuf>,
    /// One JSON object a line, at full precision, for every unit and the whole (`"unit": null`)
    #[arg(long)]
    json: bool,
    /// Leave bad rows of answers out instead of refusing the file
    #[arg(long)]
    skip_bad_rows: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let edition = edition(&options.survey)?;
    let load = |path: &Option<PathBuf>| path.as_deref().map(Loaded::read).transpose();
    let responses = Loaded::read(&options.responses)?;
    let (units, headcounts) = (load(&options.units)?, load(&options.headcounts)?);
    let groups = count(&Input {
        edition: &edition,
        responses: responses.source(),
        units: units.as_ref().map(Loaded::source),
        headcounts: headcounts.as_ref().map(Loaded::source),
        skip_bad_rows: options.skip_bad_rows,
    })?;
    for problem in &groups.skipped {
        eprintln!("left out: {problem}");
    }
    for note in &groups.notes {
        eprintln!("note: {note}");
    }
    let figures = figures(&edition, &groups);
    if options.json {
        eprintln!("{WARNING}");
        for of in &figures {
            // Cannot fail: strings, numbers, lists and maps with string keys.
            say(serde_json::to_string(of).expect("figures are JSON"));
        }
    } else {
        say(format_args!("{WARNING}\n"));
        say(table(&edition, &figures).trim_end());
    }
    Ok(())
}

//! `import`: answers that were collected elsewhere become closed waves.

use super::out::{say, thousands};
use super::{Loaded, Place, edition};
use crate::failure::Failure;
use crate::fielding::State;
use crate::import::{self, Imported, ImportedWave, Input, Organisation, Period};
use crate::publish::days;
use crate::store::{NewWave, Store};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;
use survey::Edition;
use tally::{Relevance, Threshold};
use wire::Date;

/// Name of the unit above all where nobody gives one.
pub(super) const WHOLE: &str = "Hele organisationen";

/// The files that answers come in, and how to read them.
#[derive(Args)]
pub(super) struct Files {
    /// The survey that was answered (TOML)
    #[arg(long, value_name = "FILE")]
    survey: PathBuf,
    /// Units: a CSV file with the columns unit,unit_name,parent,parent_name
    #[arg(long, value_name = "FILE")]
    units: PathBuf,
    /// Headcounts: a CSV file with the columns wave,unit,headcount; a column `responses` is checked
    /// against what is counted
    #[arg(long, value_name = "FILE")]
    headcounts: PathBuf,
    /// Answers: a CSV file with the columns wave,unit and one for each item, one row a respondent;
    /// points from 1, 9 or NA for not applicable, 0 or nothing for blank
    #[arg(long, value_name = "FILE")]
    responses: PathBuf,
    /// Name of the unit above all, where the units file has several at the top
    #[arg(long, value_name = "NAME", default_value = WHOLE)]
    organisation: String,
    /// Id of that unit
    #[arg(long, value_name = "ID", default_value = "ALL")]
    organisation_id: String,
    /// Who asked [default: the unit above all]
    #[arg(long, value_name = "NAME")]
    employer: Option<String>,
    /// Fewest answers that a published number may rest on; at least 5
    #[arg(long, value_name = "ANSWERS", default_value = "5", value_parser = threshold)]
    threshold: Threshold,
    /// Fewest points that a change must have to be called one; at least 5
    #[arg(long, value_name = "POINTS", default_value = "5", value_parser = relevance)]
    relevance: Relevance,
    /// First and last day of a wave whose id (2022, 2022H1, 2022Q1, 2022-03) does not say them
    #[arg(long, value_name = "WAVE=FIRST..LAST", value_parser = wave_dates)]
    dates: Vec<(String, Period)>,
    /// Leave bad rows of answers out instead of refusing the file
    #[arg(long)]
    skip_bad_rows: bool,
}

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    files: Files,
    /// Release the waves at once
    #[arg(long)]
    release: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let (edition, imported) = options.files.read()?;
    let mut store = options.place.store()?;
    import_all(&mut store, &edition, &imported, options.release)?;
    report(
        &imported,
        if options.release {
            "released"
        } else {
            "closed"
        },
    );
    if !options.release {
        say("`trust-climate wave release <wave>` makes their releases.");
    }
    Ok(())
}

/// Puts the waves into the store.
///
/// # Errors
/// When one of them is there already, before anything is written.
pub(super) fn import_all(
    store: &mut Store,
    edition: &Edition,
    imported: &Imported,
    release: bool,
) -> Result<(), Failure> {
    let mut there = Vec::new();
    for ImportedWave { file, .. } in &imported.waves {
        if store.state(&file.id)?.is_some() {
            there.push(format!(
                "there is a wave `{}` already: take it out of the headcounts and answers, or import into another --data folder",
                file.id
            ));
        }
    }
    if !there.is_empty() {
        return Err(Failure::problems(&there));
    }
    import_missing(store, edition, imported, release)
}

/// Puts those waves into the store that are not there; one that is there and closed is released.
pub(super) fn import_missing(
    store: &mut Store,
    edition: &Edition,
    imported: &Imported,
    release: bool,
) -> Result<(), Failure> {
    for wave in &imported.waves {
        let file = &wave.file;
        if store.state(&file.id)?.is_none() {
            store.import_wave(
                &NewWave {
                    file,
                    edition,
                    private: None,
                    codes: &[],
                },
                &wave.tallies,
                &wave.products,
            )?;
        }
        if release && store.state(&file.id)? == Some(State::Closed) {
            // Imported waves have no grace period: their last day is day enough.
            store.release_wave(&file.id, &file.closes)?;
        }
    }
    Ok(())
}

/// Says what was read.
pub(super) fn report(imported: &Imported, state: &str) {
    for problem in &imported.skipped {
        eprintln!("left out: {problem}");
    }
    for note in &imported.notes {
        eprintln!("note: {note}");
    }
    for wave in &imported.waves {
        let file = &wave.file;
        let (answers, days) = (thousands(wave.counted()), days(&file.opens, &file.closes));
        say(format_args!(
            "  {:<10} {days}  {answers} answers  {state}",
            file.id
        ));
    }
    let (waves, units) = (imported.waves.len(), imported.leaves());
    let answers = thousands(imported.counted);
    say(format_args!(
        "{waves} waves, {units} units, {answers} answers"
    ));
}

impl Files {
    /// Reads all files.
    ///
    /// # Errors
    /// Every problem of every file.
    pub(super) fn read(&self) -> Result<(Edition, Imported), Failure> {
        let edition = edition(&self.survey)?;
        let [responses, units, headcounts] =
            [&self.responses, &self.units, &self.headcounts].map(|path| Loaded::read(path));
        let (responses, units, headcounts) = (responses?, units?, headcounts?);
        let organisation = Organisation {
            id: self.organisation_id.clone(),
            name: self.organisation.clone(),
        };
        let imported = import::read(&Input {
            edition: &edition,
            responses: responses.source(),
            units: units.source(),
            headcounts: headcounts.source(),
            organisation,
            employer: self.employer.clone(),
            threshold: self.threshold,
            relevance: self.relevance,
            periods: self.dates.iter().cloned().collect::<BTreeMap<_, _>>(),
            skip_bad_rows: self.skip_bad_rows,
        })?;
        Ok((edition, imported))
    }
}

/// Reads `--threshold`.
pub(super) fn threshold(text: &str) -> Result<Threshold, String> {
    let answers = text.parse::<u32>().map_err(|error| error.to_string())?;
    Threshold::new(answers).map_err(|error| error.to_string())
}

/// Reads `--relevance`.
pub(super) fn relevance(text: &str) -> Result<Relevance, String> {
    let points = text.parse::<u8>().map_err(|error| error.to_string())?;
    Relevance::new(points).map_err(|error| error.to_string())
}

/// Reads a date.
pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| error.to_string())
}

fn wave_dates(text: &str) -> Result<(String, Period), String> {
    let parts = text
        .split_once('=')
        .and_then(|(wave, days)| Some((wave, days.split_once("..")?)));
    let (wave, (first, last)) =
        parts.ok_or("write it as WAVE=2022-01-01..2022-06-30".to_owned())?;
    let (opens, closes) = (date(first)?, date(last)?);
    Ok((
        wave.to_owned(),
        Period {
            opens,
            closes,
            name: None,
        },
    ))
}

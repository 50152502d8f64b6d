//! `wave new`, `open`, `close`, `release` and `list`.

use super::import::{date, relevance, threshold};
use super::out::say;
use super::{Loaded, Place, edition};
use crate::clock::today;
use crate::closing_key::closing_key;
use crate::codes::{code_hash, new_code};
use crate::failure::Failure;
use crate::import::{Headcounts, Organisation, Problem, UnitList};
use crate::keys::{Secret, write_secret};
use crate::plan::{Plan, untranslated};
use crate::publish::{days, file_name};
use crate::seal::key_pair;
use crate::store::NewWave;
use clap::{Args, Subcommand};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use survey::{Edition, Text};
use tally::{Relevance, Threshold, UnitTree};
use wire::{Codes, Date, WaveFile};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Plan a wave: fix its survey, units, headcounts, dates, rules and key in a wave file
    New(Box<New>),
    /// Open a planned wave, from its first day
    Open(One),
    /// Close an open wave, from its last day
    Close(One),
    /// Release a closed wave after its grace period: publish what may be shown, destroy the rest
    Release(One),
    /// List the waves
    List {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
pub(super) struct One {
    /// Id of the wave
    wave: String,
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
pub(super) struct New {
    #[command(flatten)]
    place: Place,
    /// Id of the wave, for example 2026H2: letters, digits, `-` and `_`
    #[arg(long)]
    id: String,
    /// What is asked (TOML)
    #[arg(long, value_name = "FILE")]
    survey: PathBuf,
    /// Units: a CSV file with the columns unit,unit_name,parent,parent_name
    #[arg(long, value_name = "FILE")]
    units: PathBuf,
    /// Headcounts: a CSV file with the columns wave,unit,headcount
    #[arg(long, value_name = "FILE")]
    headcounts: PathBuf,
    /// The wave whose headcounts to use [default: the id]
    #[arg(long, value_name = "WAVE")]
    headcounts_of: Option<String>,
    /// Name of the unit above all, where the units file has several at the top
    #[arg(long, value_name = "NAME", default_value = super::import::WHOLE)]
    organisation: String,
    /// Id of that unit
    #[arg(long, value_name = "ID", default_value = "ALL")]
    organisation_id: String,
    /// Danish name of the wave
    #[arg(long, value_name = "NAME")]
    name_da: Option<String>,
    /// English name of the wave
    #[arg(long, value_name = "NAME")]
    name_en: Option<String>,
    /// Name of the wave in any language; once for each language of the survey
    #[arg(long, value_name = "LANG=NAME", value_parser = name)]
    name: Vec<(String, String)>,
    /// Who asks
    #[arg(long, value_name = "NAME")]
    employer: String,
    /// First day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    opens: Date,
    /// Last day; before it has come, the wave cannot be closed
    #[arg(long, value_name = "DATE", value_parser = date)]
    closes: Date,
    /// Days after the last one in which devices that wait may still deliver [default: 7; with
    /// --files none, since devices hand in files]
    #[arg(long, value_name = "DAYS", conflicts_with = "files")]
    grace_days: Option<u16>,
    /// Fewest answers that a published number may rest on; at least 5
    #[arg(long, value_name = "ANSWERS", default_value = "5", value_parser = threshold)]
    threshold: Threshold,
    /// Fewest points that a change must have to be called one; at least 5
    #[arg(long, value_name = "POINTS", default_value = "5", value_parser = relevance)]
    relevance: Relevance,
    /// Ask for one-time codes, and make this many
    #[arg(long, value_name = "NUMBER", requires = "codes_out", conflicts_with = "files",
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    codes: Option<u32>,
    /// The new file for the codes, one a line; hand them out unsorted
    #[arg(long, value_name = "FILE", requires = "codes")]
    codes_out: Option<PathBuf>,
    /// The codes will be handed out by a list of names: the survey then says confidential, not
    /// anonymous
    #[arg(long, requires = "codes")]
    listed: bool,
    /// Without a collector: write wave.json and closing-key.json to this folder instead of a store
    #[arg(long, value_name = "DIR", requires = "passphrase_file")]
    files: Option<PathBuf>,
    /// A file whose first line is the passphrase of the closing key
    #[arg(long, value_name = "FILE", requires = "files")]
    passphrase_file: Option<PathBuf>,
}

pub(super) fn run(verb: &Verb) -> Result<(), Failure> {
    match verb {
        Verb::New(new) => new.run(),
        Verb::Open(one) => {
            one.place.existing_store()?.open_wave(&one.wave, &today())?;
            say(format_args!("Wave {} is open.", one.wave));
            Ok(())
        }
        Verb::Close(one) => {
            one.place
                .existing_store()?
                .close_wave(&one.wave, &today())?;
            say(format_args!(
                "Wave {} is closed; `wave release` makes its release.",
                one.wave
            ));
            Ok(())
        }
        Verb::Release(one) => {
            one.place
                .existing_store()?
                .release_wave(&one.wave, &today())?;
            let file = file_name(&one.wave);
            say(format_args!(
                "Wave {} is released as {file}; its keys, tallies, ids and codes are destroyed.",
                one.wave
            ));
            Ok(())
        }
        Verb::List { place } => list(place),
    }
}

fn list(place: &Place) -> Result<(), Failure> {
    let waves = place.existing_store()?.waves()?;
    if waves.is_empty() {
        say("There are no waves: `trust-climate wave new` plans one.");
    }
    for wave in waves {
        let days = days(&wave.file.opens, &wave.file.closes);
        say(format_args!(
            "{:<10} {:<8} {days}  {}",
            wave.id,
            wave.state.as_str(),
            wave.hash
        ));
    }
    Ok(())
}

impl New {
    fn run(&self) -> Result<(), Failure> {
        let edition = edition(&self.survey)?;
        let (private, public) = key_pair();
        let plan = self.plan(&edition)?;
        let file = plan
            .wave_file(&edition, public)
            .map_err(|problems| Failure::problems(&problems))?;
        match (&self.files, &self.passphrase_file) {
            (Some(folder), Some(passphrase)) => {
                let passphrase = passphrase_of(passphrase)?;
                write_files(folder, &file, &private, &passphrase)?;
                say(format_args!("Wave {} is in {}.", file.id, folder.display()));
                Ok(())
            }
            _ => self.put_into_store(&edition, &file, private),
        }
    }

    fn plan(&self, edition: &Edition) -> Result<Plan, Failure> {
        let short = [("da", &self.name_da), ("en", &self.name_en)];
        let short = short
            .into_iter()
            .filter_map(|(lang, name)| Some((lang.to_owned(), name.clone()?)));
        Ok(Plan {
            id: self.id.clone(),
            name: Text(short.chain(self.name.iter().cloned()).collect()),
            employer: untranslated(edition, &self.employer),
            units: self.tree()?,
            threshold: self.threshold,
            relevance: self.relevance,
            opens: self.opens.clone(),
            closes: self.closes.clone(),
            grace_days: self
                .grace_days
                .unwrap_or(if self.files.is_some() { 0 } else { 7 }),
            codes: match (self.codes, self.listed) {
                (None, _) => Codes::None,
                (Some(_), false) => Codes::Unlisted,
                (Some(_), true) => Codes::Listed,
            },
        })
    }

    fn tree(&self) -> Result<UnitTree, Failure> {
        let problems = |problems: Vec<Problem>| Failure::problems(&problems);
        let (units, headcounts) = (Loaded::read(&self.units)?, Loaded::read(&self.headcounts)?);
        let organisation = Organisation {
            id: self.organisation_id.clone(),
            name: self.organisation.clone(),
        };
        let list = UnitList::read(&units.source(), &organisation).map_err(problems)?;
        let headcounts = Headcounts::read(&headcounts.source()).map_err(problems)?;
        let wave = self.headcounts_of.as_ref().unwrap_or(&self.id);
        if !headcounts.waves().contains(wave) {
            let there = headcounts.waves().join(", ");
            return Err(Failure::refused(format!(
                "{}: there are no headcounts of `{wave}`: name one of {there} with --headcounts-of",
                self.headcounts.display()
            )));
        }
        list.tree(&headcounts.of(wave)).map_err(problems)
    }

    fn put_into_store(
        &self,
        edition: &Edition,
        file: &WaveFile,
        private: Secret,
    ) -> Result<(), Failure> {
        let mut store = self.place.store()?;
        let codes: Vec<String> = (0..self.codes.unwrap_or(0)).map(|_| new_code()).collect();
        if let Some(path) = &self.codes_out {
            new_or_refused(
                path,
                write_secret(path, (codes.join("\n") + "\n").as_bytes()),
            )?;
        }
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| code_hash(&file.id, code)).collect();
        let new = NewWave {
            file,
            edition,
            private: Some(private),
            codes: &hashes,
        };
        if let Err(error) = store.create_wave(&new) {
            // Codes of a wave that is not there would only confuse.
            if let Some(path) = &self.codes_out {
                fs::remove_file(path).ok();
            }
            return Err(error.into());
        }
        say(format_args!(
            "Wave {} is planned, {}.",
            file.id,
            days(&file.opens, &file.closes)
        ));
        say(format_args!(
            "  wave file  {}",
            WaveFile::hash(&file.to_json())
        ));
        if let Some(path) = &self.codes_out {
            say(format_args!("  {} codes   {}", codes.len(), path.display()));
        }
        say(format_args!(
            "`trust-climate wave open {}` opens it.",
            file.id
        ));
        Ok(())
    }
}

/// Writes a wave for static mode: `wave.json` for everybody, `closing-key.json` for whoever closes.
///
/// # Errors
/// When one of the files exists, or cannot be written.
pub(super) fn write_files(
    folder: &Path,
    file: &WaveFile,
    private: &Secret,
    passphrase: &str,
) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::file("make the folder", folder, &error))?;
    let bytes = file.to_json();
    let key = closing_key(private, passphrase, &file.id, &WaveFile::hash(&bytes));
    // Cannot fail: strings and numbers.
    let key = serde_json::to_vec(&key).expect("a closing key is JSON");
    let (wave_file, key_file) = (folder.join("wave.json"), folder.join("closing-key.json"));
    new_or_refused(&key_file, write_secret(&key_file, &key))?;
    let for_everybody = fs::File::create_new(&wave_file);
    new_or_refused(
        &wave_file,
        for_everybody.and_then(|mut file| file.write_all(&bytes)),
    )
}

fn new_or_refused(path: &Path, written: io::Result<()>) -> Result<(), Failure> {
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::refused(format!(
            "`{}` exists and is not overwritten: name another, or remove it",
            path.display()
        )),
        _ => Failure::file("write", path, &error),
    })
}

fn passphrase_of(path: &Path) -> Result<String, Failure> {
    let file = Loaded::read(path)?;
    let text = String::from_utf8(file.bytes).unwrap_or_default();
    let passphrase = text.lines().next().unwrap_or("").to_owned();
    if passphrase.is_empty() {
        return Err(Failure::refused(format!(
            "{}: the first line is no passphrase: write one in UTF-8",
            file.name
        )));
    }
    Ok(passphrase)
}

fn name(text: &str) -> Result<(String, String), String> {
    let parts = text
        .split_once('=')
        .filter(|(lang, name)| !lang.is_empty() && !name.is_empty());
    let (lang, name) = parts.ok_or("write it as da=2. halvår 2026".to_owned())?;
    Ok((lang.to_owned(), name.to_owned()))
}

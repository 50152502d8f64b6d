//! The command line. One verb, one file; every message names the place and the remedy.

mod audit;
mod demo;
mod describe;
mod import;
mod out;
mod release;
mod serve;
mod survey;
mod wave;

use crate::failure::Failure;
use crate::import::Source;
use crate::store::{Folders, Store};
use ::survey::{Edition, parse};
use clap::{Args, Parser, Subcommand};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the input has problems, or the rules of a wave forbid it now; every problem is listed
  2  the command line asks for something it cannot mean
  3  the machine is in the way: a folder that cannot be written, a port in use

A first look: `trust-climate demo` loads an invented municipality, then
`trust-climate serve --site www/dist` shows it at http://127.0.0.1:8080.";

/// Asks staff about trust, counts their answers without keeping them, and publishes what the rules
/// of anonymity allow.
///
/// A survey is fielded in waves: planned, open, closed, released. While a wave is open its counts
/// lie encrypted, and nobody sees results. At release the numbers that may be shown become a file,
/// and everything else of the wave is destroyed.
#[derive(Parser)]
#[command(name = "trust-climate", version, after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Run the collector: the site, the survey, submissions and results over HTTP
    Serve(serve::Options),
    /// Check survey files, and export them for the site
    #[command(subcommand)]
    Survey(survey::Verb),
    /// Count answers that were collected elsewhere (CSV) as closed waves
    Import(import::Options),
    /// Describe answers that you hold already (CSV): UNPROTECTED numbers, not for publication
    Describe(describe::Options),
    /// Plan, open, close and release waves
    #[command(subcommand)]
    Wave(wave::Verb),
    /// Make release files straight from CSV files, without a store
    Release(release::Options),
    /// Find out what release files give away, from the files alone
    Audit(audit::Options),
    /// Load the invented municipality of Fjordby, to look around
    Demo(demo::Options),
}

/// Where the collector keeps what it has.
#[derive(Args, Clone)]
struct Place {
    /// The folder of the database
    #[arg(
        long,
        value_name = "DIR",
        default_value = "data",
        env = "TRUST_CLIMATE_DATA"
    )]
    data: PathBuf,
    /// The folder of the waves' keys; keep it out of backups of the data [default: beside the data
    /// folder, with -keys added to its name]
    #[arg(long, value_name = "DIR", env = "TRUST_CLIMATE_KEYS")]
    keys: Option<PathBuf>,
}

impl Place {
    fn folders(&self) -> Folders {
        let keys = self.keys.clone().unwrap_or_else(|| beside(&self.data));
        Folders {
            data: self.data.clone(),
            keys,
        }
    }

    /// The store, made when missing.
    fn store(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.folders())?)
    }

    /// The store that must be there: a mistyped folder should not become an empty store.
    fn existing_store(&self) -> Result<Store, Failure> {
        if !Store::file(&self.data).exists() {
            return Err(Failure::environment(format!(
                "there is no store in `{}`: name its folder with --data; `wave new`, `import` and \
                 `demo` make one",
                self.data.display()
            )));
        }
        self.store()
    }
}

/// The folder of keys for a data folder: not inside it, or every backup would hold both.
fn beside(data: &Path) -> PathBuf {
    match data.file_name() {
        Some(name) => {
            let mut name = name.to_owned();
            name.push("-keys");
            data.with_file_name(name)
        }
        None => data.join("keys"),
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.verb {
        Verb::Serve(options) => serve::run(&options),
        Verb::Survey(verb) => survey::run(&verb),
        Verb::Import(options) => import::run(&options),
        Verb::Describe(options) => describe::run(&options),
        Verb::Wave(verb) => wave::run(&verb),
        Verb::Release(options) => release::run(&options),
        Verb::Audit(options) => audit::run(&options),
        Verb::Demo(options) => demo::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.exit.into()
        }
    }
}

/// A file read into memory, with its name for messages.
struct Loaded {
    name: String,
    bytes: Vec<u8>,
}

impl Loaded {
    fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
        Ok(Self {
            name: path.display().to_string(),
            bytes,
        })
    }

    fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

/// Reads a survey file, or lists its problems.
fn edition(path: &Path) -> Result<Edition, Failure> {
    let file = Loaded::read(path)?;
    let text = String::from_utf8(file.bytes)
        .map_err(|_| Failure::refused(format!("`{}` is not UTF-8: save it as UTF-8", file.name)))?;
    parse(&text).map_err(|problems| survey::failure(&file.name, &problems))
}

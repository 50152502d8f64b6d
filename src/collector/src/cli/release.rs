//! `release`: from CSV files to release files, without a store.

use super::import::{Files, report};
use super::out::say;
use crate::failure::Failure;
use crate::import::Imported;
use crate::publish::{self, write_releases};
use clap::Args;
use release::Release;
use std::path::PathBuf;
use survey::Edition;

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    files: Files,
    /// The folder for one file a wave, and releases.json
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let (edition, imported) = options.files.read()?;
    write_releases(&options.out, &releases(&edition, &imported)?)?;
    report(&imported, "released");
    say(format_args!(
        "Release files are in {}.",
        options.out.display()
    ));
    Ok(())
}

/// The releases of imported waves.
///
/// # Errors
/// When a wave's tallies are not its own, which an import excludes, or the audit objects.
pub(super) fn releases(edition: &Edition, imported: &Imported) -> Result<Vec<Release>, Failure> {
    publish::releases(edition, &imported.waves)
        .map_err(|(wave, error)| Failure::refused(format!("wave `{wave}`: {error}")))
}

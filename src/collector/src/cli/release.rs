//! `release`: from CSV files to release files, without a store.

use super::import::{Files, report};
use super::out::say;
use crate::failure::Failure;
use crate::import::{Imported, ImportedWave};
use crate::publish::{self, Counted, write_releases};
use clap::Args;
use disclosure::Earlier;
use release::Release;
use std::path::PathBuf;
use survey::Edition;
use wire::WaveFile;

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
/// When a wave's tallies are not its own, which an import excludes.
pub(super) fn releases(edition: &Edition, imported: &Imported) -> Result<Vec<Release>, Failure> {
    let mut earlier: Vec<Earlier> = Vec::new();
    for wave in &imported.waves {
        let release = one(edition, wave, &earlier)?;
        earlier.push(Earlier {
            sha256: release::sha256_hex(&release.to_json()),
            release,
        });
    }
    Ok(earlier.into_iter().map(|earlier| earlier.release).collect())
}

fn one(edition: &Edition, wave: &ImportedWave, earlier: &[Earlier]) -> Result<Release, Failure> {
    let hash = WaveFile::hash(&wave.file.to_json());
    let counted = Counted {
        wave: &wave.file,
        hash: &hash,
        edition,
        tallies: &wave.tallies,
        products: Some(&wave.products),
        earlier,
    };
    publish::release(&counted)
        .map_err(|error| Failure::refused(format!("wave `{}`: {error}", wave.file.id)))
}

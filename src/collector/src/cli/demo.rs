//! `demo`: the invented municipality of Fjordby.

use super::Place;
use super::import::{import_missing, report};
use super::out::say;
use super::release::releases;
use super::wave::write_files;
use crate::clock::today;
use crate::demo::{OPEN_WAVE, PASSPHRASE, edition, open_wave, past_waves};
use crate::failure::Failure;
use crate::import::Imported;
use crate::publish::write_releases;
use crate::seal::key_pair;
use crate::store::{NewWave, Store};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use wire::{Date, WaveFile};

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    place: Place,
    /// Write release files, a wave file and its closing key for a site without a collector, instead
    /// of filling a store
    #[arg(long = "static", value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    match &options.folder {
        Some(folder) => write_static(folder, &today()),
        None => {
            if !load(&mut options.place.store()?, &today())? {
                say("The store has waves already; the demo is for an empty one.");
            }
            Ok(())
        }
    }
}

/// Fills an empty store: eight waves released, a ninth open. A start that was cut short is
/// finished. Returns whether there was anything to do.
///
/// # Errors
/// When the store cannot be written.
pub(super) fn load(store: &mut Store, today: &Date) -> Result<bool, Failure> {
    let edition = edition();
    if store.state(OPEN_WAVE)?.is_some() {
        return Ok(false);
    }
    let imported = past_waves(&edition)?;
    if !is_beginning(store, &imported)? {
        return Ok(false);
    }
    say("Fjordby, an invented municipality:");
    import_missing(store, &edition, &imported, true)?;
    report(&imported, "released");
    let (private, public) = key_pair();
    let file = open_wave(&edition, today)?
        .wave_file(&edition, public)
        .map_err(|problems| Failure::problems(&problems))?;
    store.create_wave(&NewWave {
        file: &file,
        edition: &edition,
        private: Some(private),
        codes: &[],
    })?;
    store.open_wave(&file.id, today)?;
    say(format_args!("Wave {OPEN_WAVE} is open to answer."));
    Ok(true)
}

/// Whether the store holds nothing but the first waves of the demo.
fn is_beginning(store: &Store, imported: &Imported) -> Result<bool, Failure> {
    let is_ours = |id: &str| imported.waves.iter().any(|wave| wave.file.id == id);
    Ok(store.waves()?.iter().all(|wave| is_ours(&wave.id)))
}

/// `releases/` and `demo/` for a static site.
fn write_static(folder: &Path, today: &Date) -> Result<(), Failure> {
    let edition = edition();
    let imported = past_waves(&edition)?;
    write_releases(&folder.join("releases"), &releases(&edition, &imported)?)?;
    report(&imported, "released");
    let demo = folder.join("demo");
    if is_good(&demo.join("wave.json"), edition.hash(), today) {
        say(format_args!(
            "The wave in {} is kept: it is still open.",
            demo.display()
        ));
        return Ok(());
    }
    for name in ["wave.json", "closing-key.json"] {
        fs::remove_file(demo.join(name)).ok();
    }
    let (private, public) = key_pair();
    let file = open_wave(&edition, today)?
        .wave_file(&edition, public)
        .map_err(|problems| Failure::problems(&problems))?;
    write_files(&demo, &file, &private, PASSPHRASE)?;
    say(format_args!(
        "Wave {OPEN_WAVE} is in {}; passphrase {PASSPHRASE}.",
        demo.display()
    ));
    Ok(())
}

/// Whether a static wave is still good: answers that devices have counted belong to it.
fn is_good(wave: &Path, edition: &str, today: &Date) -> bool {
    let file = fs::read(wave)
        .ok()
        .and_then(|bytes| WaveFile::from_json(&bytes).ok());
    let has_key = wave.with_file_name("closing-key.json").exists();
    has_key && file.is_some_and(|file| file.edition == edition && *today <= file.closes)
}

//! From closed tallies to release files. The numbers are `disclosure`'s; names and order are here.

use crate::failure::Failure;
use crate::import::ImportedWave;
use disclosure::Earlier;
use release::{Index, IndexEntry, Release};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use survey::Edition;
use tally::{CrossProducts, Tally};
use wire::{Date, WaveFile};

/// Name of the list that a results page starts from.
pub const INDEX_FILE: &str = "releases.json";

/// Name of the release file of a wave.
pub fn file_name(wave: &str) -> String {
    format!("{wave}.json")
}

/// Why a wave was not released. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleaseError {
    /// The tallies are not the wave's.
    Disclosure(disclosure::Error),
    /// The audit objects to what would have been published.
    GivesAway(Vec<audit::Objection>),
}

/// A closed wave with what was counted.
pub struct Counted<'a> {
    /// The wave file.
    pub wave: &'a WaveFile,
    /// SHA-256 of its bytes.
    pub hash: &'a str,
    /// What was asked.
    pub edition: &'a Edition,
    /// Tallies by leaf.
    pub tallies: &'a BTreeMap<String, Tally>,
    /// Cross-products over the whole wave.
    pub products: Option<&'a CrossProducts>,
    /// What was released of earlier waves, oldest first.
    pub earlier: &'a [Earlier],
}

/// Makes the release of a closed wave. What disclosure lets through is audited before anything else
/// happens: after a release the counts are gone.
///
/// # Errors
/// When the tallies are not the wave's, or the audit objects.
pub fn release(counted: &Counted<'_>) -> Result<Release, ReleaseError> {
    let wave = counted.wave;
    let release = disclosure::release(&disclosure::Closed {
        edition: counted.edition,
        wave: release::Wave {
            id: wave.id.clone(),
            name: wave.name.0.clone().into_iter().collect(),
            employer: wave.employer.0.clone().into_iter().collect(),
            opens: wave.opens.to_string(),
            closes: wave.closes.to_string(),
        },
        wave_file: counted.hash,
        units: &wave.units,
        threshold: wave.policy.threshold,
        relevance: wave.policy.relevance,
        tallies: counted.tallies,
        products: counted.products,
        hidden: &BTreeSet::new(),
        earlier: counted.earlier,
    })
    .map_err(ReleaseError::Disclosure)?;
    audit::certified(release).map_err(ReleaseError::GivesAway)
}

/// The releases of waves that were imported, each with the ones before as its past.
///
/// # Errors
/// The id of the first wave that cannot be released, and why.
pub fn releases(
    edition: &Edition,
    waves: &[ImportedWave],
) -> Result<Vec<Release>, (String, ReleaseError)> {
    let mut earlier: Vec<Earlier> = Vec::new();
    for wave in waves {
        let counted = Counted {
            wave: &wave.file,
            hash: &WaveFile::hash(&wave.file.to_json()),
            edition,
            tallies: &wave.tallies,
            products: Some(&wave.products),
            earlier: &earlier,
        };
        let release = release(&counted).map_err(|error| (wave.file.id.clone(), error))?;
        earlier.push(Earlier {
            sha256: release::sha256_hex(&release.to_json()),
            release,
        });
    }
    Ok(earlier.into_iter().map(|wave| wave.release).collect())
}

impl std::fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Disclosure(error) => write!(f, "{error}"),
            Self::GivesAway(objections) => {
                f.write_str(
                    "the audit found numbers that give a small group away; please report it",
                )?;
                objections
                    .iter()
                    .try_for_each(|objection| write!(f, "; {objection}"))
            }
        }
    }
}

impl std::error::Error for ReleaseError {}

/// Writes one file for each release, and the index, oldest first, into `folder`. Files of the same
/// names are replaced; the same releases give the same bytes.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_releases(folder: &Path, releases: &[Release]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::file("make the folder", folder, &error))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| Failure::file("write", &path, &error))
    };
    let mut entries = Vec::with_capacity(releases.len());
    for release in releases {
        let (json, file) = (release.to_json(), file_name(&release.wave.id));
        write(&file, &json)?;
        let sha256 = release::sha256_hex(&json);
        entries.push((
            release.wave.opens.clone(),
            IndexEntry {
                wave: release.wave.id.clone(),
                file,
                sha256,
            },
        ));
    }
    entries.sort_by(|(a, x), (b, y)| (a, &x.wave).cmp(&(b, &y.wave)));
    let index = Index::new(entries.into_iter().map(|(_, entry)| entry).collect());
    write(INDEX_FILE, &index.to_json())
}

/// First and last day of a wave, in words of the command line.
pub fn days(opens: &Date, closes: &Date) -> String {
    if opens == closes {
        opens.to_string()
    } else {
        format!("{opens} to {closes}")
    }
}

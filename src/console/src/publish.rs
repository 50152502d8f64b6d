//! What a release becomes: a file to publish, and its line in the index of releases.

use release::{Index, IndexEntry, Release, sha256_hex};

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A release and the index that names it, ready to be put on a web server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Id of the wave.
    pub wave: String,
    /// `<wave>.json`.
    pub release: Download,
    /// `releases.json`.
    pub index: Download,
    /// Releases in the index that could not be read: the verdicts do without them.
    pub without: usize,
}

impl Publication {
    /// Adds `release` as the newest to the releases that `earlier` names.
    pub fn new(release: &Release, earlier: &[IndexEntry]) -> Self {
        let wave = release.wave.id.clone();
        let file = Download {
            name: format!("{wave}.json"),
            bytes: release.to_json(),
        };
        let sha256 = sha256_hex(&file.bytes);
        let entry = IndexEntry {
            wave: wave.clone(),
            file: file.name.clone(),
            sha256,
        };
        let releases = earlier.iter().cloned().chain([entry]).collect();
        let index = Index::new(releases).to_json();
        let index = Download {
            name: "releases.json".to_owned(),
            bytes: index,
        };
        Self {
            wave,
            release: file,
            index,
            without: earlier.len().saturating_sub(release.earlier.len()),
        }
    }
}

/// Whether the releases already have this wave. A wave is released once: the difference between two
/// releases of it would be the answers that came between.
pub fn has_wave(releases: &[IndexEntry], wave: &str) -> bool {
    releases.iter().any(|entry| entry.wave == wave)
}

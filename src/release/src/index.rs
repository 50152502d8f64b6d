//! The list of releases that a results page starts from.

use crate::{ReadError, canonical_json};
use serde::{Deserialize, Serialize};

/// Name and version of the format.
pub const INDEX_FORMAT: &str = "trust-climate-releases/1";

/// Releases of one organisation, oldest first: the file `releases.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// [`INDEX_FORMAT`].
    pub format: String,
    /// The releases, oldest first.
    pub releases: Vec<IndexEntry>,
}

/// One release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexEntry {
    /// Id of the wave.
    pub wave: String,
    /// Name of the file, beside the index.
    pub file: String,
    /// SHA-256 of the file in lowercase hexadecimal.
    pub sha256: String,
}

impl Index {
    /// An index of `releases`, oldest first.
    pub fn new(releases: Vec<IndexEntry>) -> Self {
        Self {
            format: INDEX_FORMAT.to_owned(),
            releases,
        }
    }

    /// Reads an index strictly.
    ///
    /// # Errors
    /// When it is not JSON of this format and version.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReadError> {
        let index: Self =
            serde_json::from_slice(bytes).map_err(|e| ReadError::Unreadable(e.to_string()))?;
        if index.format == INDEX_FORMAT {
            Ok(index)
        } else {
            Err(ReadError::Format(index.format))
        }
    }

    /// The bytes to publish.
    pub fn to_json(&self) -> Vec<u8> {
        canonical_json(self)
    }
}

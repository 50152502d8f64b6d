//! What can go wrong with the store.

use crate::failure::Failure;
use crate::fielding::Refusal;
use crate::keys::KeyError;
use crate::publish::ReleaseError;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the store could not do what it was asked.
#[derive(Debug)]
pub enum StoreError {
    /// A folder cannot be made.
    Folder(PathBuf, io::Error),
    /// SQLite's own words.
    Sqlite(rusqlite::Error),
    /// A key file is in the way, or missing.
    Key(KeyError),
    /// The file was written by a later version of this program.
    NewerVersion,
    /// There is no such wave.
    NoSuchWave(String),
    /// There is such a wave already.
    WaveExists(String),
    /// The wave's rules forbid it now.
    Refused(String, Refusal),
    /// Something stored does not read back: the wave, and what.
    Damaged(String, &'static str),
    /// A tally is full, or counts another edition.
    Tally(tally::MergeError),
    /// The release could not be made.
    Release(ReleaseError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<KeyError> for StoreError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<ReleaseError> for StoreError {
    fn from(error: ReleaseError) -> Self {
        Self::Release(error)
    }
}

impl From<tally::MergeError> for StoreError {
    fn from(error: tally::MergeError) -> Self {
        Self::Tally(error)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path, error) => {
                write!(
                    f,
                    "cannot make the folder `{}` ({error}): choose another with --data",
                    path.display()
                )
            }
            Self::Sqlite(error) => write!(
                f,
                "cannot use the database ({error}): check that the folder of --data can be written and has room"
            ),
            Self::Key(error) => write!(f, "{error}: check the folder of --keys"),
            Self::NewerVersion => {
                f.write_str("the database was written by a later version: use that version")
            }
            Self::NoSuchWave(id) => {
                write!(
                    f,
                    "there is no wave `{id}`: `trust-climate wave list` shows those there are"
                )
            }
            Self::WaveExists(id) => {
                write!(
                    f,
                    "there is a wave `{id}` already: give the new one another id"
                )
            }
            Self::Refused(id, refusal) => write!(f, "wave `{id}`: {refusal}"),
            Self::Damaged(id, what) => {
                write!(
                    f,
                    "wave `{id}`: {what} does not read back: restore the data and keys folders together"
                )
            }
            Self::Tally(error) => write!(f, "a tally did not take a response: {error}"),
            Self::Release(error) => write!(f, "no release was made: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let line = error.to_string();
        match error {
            StoreError::Folder(..)
            | StoreError::Sqlite(_)
            | StoreError::Key(_)
            | StoreError::NewerVersion
            | StoreError::Damaged(..) => Self::environment(line),
            StoreError::NoSuchWave(_)
            | StoreError::WaveExists(_)
            | StoreError::Refused(..)
            | StoreError::Tally(_)
            | StoreError::Release(_) => Self::refused(line),
        }
    }
}

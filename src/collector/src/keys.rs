//! The keys of waves: one file each, in a folder of their own, outside the database and its backups.
//!
//! Without its key file a wave's tallies and everything sent to it are noise. So the file is read
//! anew for every request and batch and never kept in memory: destroying it takes effect at once.

use crate::random;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Name and version of a key file.
const FORMAT: &str = "trust-climate-keys/1";

/// A key, wiped from memory when it is no longer needed.
pub type Secret = Zeroizing<[u8; 32]>;

/// The folder with the keys.
#[derive(Debug, Clone)]
pub struct KeyDir {
    path: PathBuf,
}

/// The keys of one wave.
#[derive(Clone)]
pub struct WaveKeys {
    /// Seals the tallies of the open wave (XChaCha20-Poly1305).
    pub tally: Secret,
    /// Opens submissions (P-256). An imported wave takes none and has none.
    pub private: Option<Secret>,
}

/// Why a key file could not be used.
#[derive(Debug)]
pub enum KeyError {
    /// The file system is in the way.
    File(PathBuf, io::Error),
    /// Not a key file of this version.
    Unreadable(PathBuf),
}

/// A key in base64url, wiped like the key itself.
type Word = Zeroizing<String>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    format: String,
    tally: Word,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    private: Option<Word>,
}

impl WaveKeys {
    /// New keys for a wave that takes submissions with `private`, or none.
    pub fn new(private: Option<Secret>) -> Self {
        Self {
            tally: Secret::new(random::bytes()),
            private,
        }
    }
}

impl KeyDir {
    /// The folder at `path`, made when missing, for nobody else to read.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        private_folder(path).map_err(|error| KeyError::File(path.to_owned(), error))?;
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Writes the keys of a new wave, durably.
    ///
    /// # Errors
    /// When the wave has keys already, or the folder cannot be written.
    pub fn create(&self, wave: &str, keys: &WaveKeys) -> Result<(), KeyError> {
        let path = self.file(wave);
        let content = KeyFile {
            format: FORMAT.to_owned(),
            tally: word(&keys.tally),
            private: keys.private.as_ref().map(word),
        };
        // Cannot fail: three strings.
        let bytes = Zeroizing::new(serde_json::to_vec(&content).expect("a key file is JSON"));
        let write = || {
            write_secret(&path, &bytes)?;
            self.sync()
        };
        write().map_err(|error| KeyError::File(path.clone(), error))
    }

    /// Reads the keys of a wave.
    ///
    /// # Errors
    /// When there are none (any more), or the file is damaged.
    pub fn read(&self, wave: &str) -> Result<WaveKeys, KeyError> {
        let path = self.file(wave);
        let bytes = fs::read(&path).map_err(|error| KeyError::File(path.clone(), error))?;
        parse(&Zeroizing::new(bytes)).ok_or(KeyError::Unreadable(path))
    }

    /// Overwrites and removes the keys of a wave. Fine when there are none.
    ///
    /// # Errors
    /// When the file is there and stays.
    pub fn destroy(&self, wave: &str) -> Result<(), KeyError> {
        let path = self.file(wave);
        let destroy = || {
            let Some(len) = length(&path)? else {
                return Ok(());
            };
            let mut file = OpenOptions::new().write(true).open(&path)?;
            // On disks that write elsewhere this is a courtesy; the removal is what counts there.
            file.write_all(&vec![0; len])?;
            file.sync_all()?;
            fs::remove_file(&path)?;
            self.sync()
        };
        destroy().map_err(|error| KeyError::File(path.clone(), error))
    }

    /// A wave's id is letters, digits, `-` and `_` (the wave file is checked), so it names a file.
    fn file(&self, wave: &str) -> PathBuf {
        self.path.join(format!("{wave}.key"))
    }

    /// Makes names that came or went durable; only Unix can sync a folder.
    fn sync(&self) -> io::Result<()> {
        if cfg!(unix) {
            fs::File::open(&self.path)?.sync_all()
        } else {
            Ok(())
        }
    }
}

/// Writes a new file that only we can read.
///
/// # Errors
/// When it exists, or cannot be written.
pub fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn word(key: &Secret) -> Word {
    Word::new(URL_SAFE_NO_PAD.encode(key.as_slice()))
}

fn parse(bytes: &[u8]) -> Option<WaveKeys> {
    let file: KeyFile = serde_json::from_slice(bytes).ok()?;
    let key = |text: &str| {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        Some(Secret::new(bytes.as_slice().try_into().ok()?))
    };
    let private = match &file.private {
        None => None,
        Some(text) => Some(key(text)?),
    };
    (file.format == FORMAT).then_some(WaveKeys {
        tally: key(&file.tally)?,
        private,
    })
}

fn length(path: &Path) -> io::Result<Option<usize>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(
            usize::try_from(metadata.len()).map_err(io::Error::other)?,
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes a folder that only we can read. One that is there already has the permissions that the
/// operator chose.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path)?;
    only_for_us(path)
}

#[cfg(unix)]
fn only_for_us(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_us(_path: &Path) -> io::Result<()> {
    Ok(())
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "key file `{}`: {error}", path.display()),
            Self::Unreadable(path) => {
                write!(f, "`{}` is not a key file of this version", path.display())
            }
        }
    }
}

impl std::error::Error for KeyError {}

//! The wave file: the rules of one fielding, fixed before the first answer.

use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use survey::{Text, sha256_hex};
use tally::{Relevance, Threshold, UnitTree};

/// Name and version of the format.
pub const WAVE_FORMAT: &str = "trust-climate-wave/1";

/// Everything that must not change once a wave has opened. Its name is the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaveFile {
    /// [`WAVE_FORMAT`].
    pub format: String,
    /// Id, for example `2026H2`; also the name of its files.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Who asks.
    pub employer: Text,
    /// Hash of the edition that is answered.
    pub edition: String,
    /// Languages on offer, all among the edition's.
    pub languages: Vec<String>,
    /// Units with headcounts.
    pub units: UnitTree,
    /// The rules of disclosure.
    pub policy: WavePolicy,
    /// First day.
    pub opens: Date,
    /// Last day; before it has come, the wave cannot be closed.
    pub closes: Date,
    /// Days after `closes` in which devices that wait may still deliver; 0: none once the wave is closed.
    pub grace_days: u16,
    /// Whether one-time codes are asked for.
    pub codes: Codes,
    /// Public key that submissions are sealed to: an uncompressed P-256 point in base64url.
    pub public_key: String,
}

/// The rules of disclosure that a wave file fixes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WavePolicy {
    /// Fewest answers that a published number may rest on.
    pub threshold: Threshold,
    /// Fewest points that a change must have to be called one; left out where it is the floor.
    #[serde(default, skip_serializing_if = "Relevance::is_floor")]
    pub relevance: Relevance,
}

/// Whether a wave asks for one-time codes, and how they are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Codes {
    /// None: anybody with the link may answer.
    None,
    /// Drawn from a bowl: nobody knows who holds which.
    Unlisted,
    /// Handed out by a list: the survey says *confidential*, not *anonymous*.
    Listed,
}

/// One thing wrong with a wave file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaveFileProblem {
    /// Another format or version.
    Format,
    /// An id with characters that file names and links cannot carry, or over 40 bytes.
    BadId,
    /// The last day is before the first.
    ClosesBeforeOpens,
    /// No language.
    NoLanguage,
    /// An edition that is not a SHA-256 in lowercase hexadecimal.
    BadEdition,
}

/// Why bytes are not a wave file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaveFileError {
    /// Not JSON of the format; the reader's own words.
    Unreadable(String),
    /// Readable, but not a wave that can be run.
    Problems(Vec<WaveFileProblem>),
}

impl WaveFile {
    /// Reads a wave file strictly.
    ///
    /// # Errors
    /// When it is not JSON of the format, or contradicts itself.
    pub fn from_json(bytes: &[u8]) -> Result<Self, WaveFileError> {
        let wave: Self =
            serde_json::from_slice(bytes).map_err(|e| WaveFileError::Unreadable(e.to_string()))?;
        let problems = wave.problems();
        if problems.is_empty() {
            Ok(wave)
        } else {
            Err(WaveFileError::Problems(problems))
        }
    }

    /// Every problem that the types do not already exclude.
    pub fn problems(&self) -> Vec<WaveFileProblem> {
        let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let checks = [
            (self.format == WAVE_FORMAT, WaveFileProblem::Format),
            (is_wave_id(&self.id), WaveFileProblem::BadId),
            (
                self.opens <= self.closes,
                WaveFileProblem::ClosesBeforeOpens,
            ),
            (!self.languages.is_empty(), WaveFileProblem::NoLanguage),
            (
                self.edition.len() == 64 && self.edition.chars().all(is_hex),
                WaveFileProblem::BadEdition,
            ),
        ];
        checks
            .into_iter()
            .filter(|(ok, _)| !ok)
            .map(|(_, problem)| problem)
            .collect()
    }

    /// The bytes to publish: compact JSON with sorted keys.
    pub fn to_json(&self) -> Vec<u8> {
        // Cannot fail: strings, integers, lists and maps with string keys.
        let sorted = serde_json::to_value(self).expect("a wave file is JSON");
        serde_json::to_vec(&sorted).expect("a JSON value can be written")
    }

    /// SHA-256 of a wave file's bytes, in lowercase hexadecimal.
    pub fn hash(bytes: &[u8]) -> String {
        sha256_hex(bytes)
    }
}

fn is_wave_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=40).contains(&id.len()) && id.bytes().all(plain)
}

impl fmt::Display for WaveFileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "format: expected `trust-climate-wave/1`",
            Self::BadId => "id: use at most 40 letters, digits, `-` and `_`",
            Self::ClosesBeforeOpens => "closes: the last day is before the first",
            Self::NoLanguage => "languages: name at least one",
            Self::BadEdition => "edition: expected 64 hexadecimal digits",
        })
    }
}

impl fmt::Display for WaveFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(words) => write!(f, "not a wave file: {words}"),
            Self::Problems(problems) => {
                let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
                f.write_str(&list.join("; "))
            }
        }
    }
}

impl std::error::Error for WaveFileError {}

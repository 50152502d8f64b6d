//! The published values of one wave, and their file format.
//!
//! A [`Release`] is the immutable result of applying a policy to closed tallies: plain data that may
//! be shown to anybody. A number that is not shown is [`Published::Withheld`], a value of its own
//! with one public reason. This crate reads and writes releases; it makes none, and names no tally.

mod index;
mod instrument;
mod method;
mod value;
mod verdict;

pub use index::{INDEX_FORMAT, Index, IndexEntry};
pub use instrument::{Anchors, Instrument, Item, Kind, Lang, Scale, Text, Theme};
pub use method::{Agreement, EarlierFile, Evidence, Quality, Reliability};
pub use value::{
    IndexValue, ItemDetail, ItemValue, Moments, Participation, Published, Responses, ScaleValue,
    UnitResult,
};
pub use verdict::{Change, Trend, TrendVerdict, Verdict};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Name and version of the format.
pub const RELEASE_FORMAT: &str = "trust-climate-release/1";

/// One wave's published values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// [`RELEASE_FORMAT`].
    pub format: String,
    /// Version of the software that made it.
    pub software: String,
    /// The wave.
    pub wave: Wave,
    /// Hash of the edition that was answered.
    pub edition: String,
    /// SHA-256 of the wave file.
    pub wave_file: String,
    /// The rules that were applied.
    pub policy: Policy,
    /// What was asked, in words.
    pub instrument: Instrument,
    /// Every unit of the wave, each after its parent, with what may be shown of it.
    pub units: Vec<UnitResult>,
    /// How well each scale measures, by scale id.
    pub quality: BTreeMap<String, Quality>,
    /// The release files that the verdicts rest on, oldest first.
    pub earlier: Vec<EarlierFile>,
    /// What the audit found before this was published.
    pub evidence: Vec<Evidence>,
}

/// The wave that was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Who asked.
    pub employer: Text,
    /// First day, `YYYY-MM-DD`.
    pub opens: String,
    /// Last day, `YYYY-MM-DD`.
    pub closes: String,
}

/// The rules that were applied: the fewest answers for each level of detail, and when a change is
/// called one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// For anything at all: number of answers and an integer index.
    pub threshold: u32,
    /// For intervals, and items in three groups.
    pub interval: u32,
    /// For items point by point, and standard deviations.
    pub distribution: u32,
    /// For means and standard deviations to two decimals, verdicts, and items of more than five
    /// points point by point.
    pub verdict: u32,
    /// A change of fewer points is small.
    pub relevance: u8,
    /// Under this participation, in percent, change is not judged.
    pub low_participation: u8,
    /// After a fall in participation of more percentage points, change is not judged.
    pub participation_drop: u8,
}

/// Why bytes are not a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Not JSON of the format; the reader's own words.
    Unreadable(String),
    /// Another format or version; its name.
    Format(String),
}

impl Release {
    /// Reads a release strictly: unknown fields and versions are refused.
    ///
    /// # Errors
    /// When it is not JSON of this format and version.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReadError> {
        let release: Self =
            serde_json::from_slice(bytes).map_err(|e| ReadError::Unreadable(e.to_string()))?;
        if release.format == RELEASE_FORMAT {
            Ok(release)
        } else {
            Err(ReadError::Format(release.format))
        }
    }

    /// The bytes to publish: compact JSON with sorted keys and a final line feed. The same release
    /// always gives the same bytes.
    pub fn to_json(&self) -> Vec<u8> {
        canonical_json(self)
    }

    /// The unit called `id`.
    pub fn unit(&self, id: &str) -> Option<&UnitResult> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The unit above all others.
    pub fn root(&self) -> Option<&UnitResult> {
        self.units.iter().find(|unit| unit.parent.is_none())
    }
}

fn canonical_json(value: &impl Serialize) -> Vec<u8> {
    // Cannot fail: strings, integers, lists and maps with string keys.
    let sorted = serde_json::to_value(value).expect("plain data is JSON");
    let mut bytes = serde_json::to_vec(&sorted).expect("a JSON value can be written");
    bytes.push(b'\n');
    bytes
}

/// SHA-256 in lowercase hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").expect("strings take all text");
            hex
        })
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(words) => write!(f, "not readable: {words}"),
            Self::Format(format) => write!(
                f,
                "`{format}` is a format or version that this program does not know"
            ),
        }
    }
}

impl std::error::Error for ReadError {}

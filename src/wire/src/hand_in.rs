//! The hand-in file: what one device has counted since its last hand-in, sealed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Name and version of the format.
pub const HAND_IN_FORMAT: &str = "trust-climate-hand-in/1";

/// The smallest padded content. The content of two or three units of the trust-climate survey fits
/// (its 24 items and 11 scales make about 5 kB of base64url a unit), so the files of most devices,
/// with or without answers, have the same length.
const SMALLEST_CONTENT: usize = 16 * 1024;

/// What can be read of a hand-in file by anybody: enough to sort it, nothing of its counts. Files
/// of a device are numbered increments, so that none is counted twice and a missing one is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandIn {
    /// [`HAND_IN_FORMAT`].
    pub format: String,
    /// Id of the wave.
    pub wave: String,
    /// SHA-256 of the wave file.
    pub wave_hash: String,
    /// Random name of the device, made for this wave.
    pub device: String,
    /// 1 for the device's first file of the wave, then one more each time.
    pub number: u32,
    /// [`HandInContent`] as padded JSON, sealed to the wave's key ([`crate::HAND_IN_LABEL`]),
    /// base64url.
    pub sealed: String,
}

/// The counts inside. Device and number are repeated, so that a label cannot be swapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandInContent {
    /// Hash of the edition.
    pub edition: String,
    /// As on the outside.
    pub device: String,
    /// As on the outside.
    pub number: u32,
    /// Counts by unit, in the order of unit ids; only units with responses.
    pub tallies: Vec<UnitTally>,
}

/// The counts of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTally {
    /// Id of the leaf unit.
    pub unit: String,
    /// [`tally::Tally::to_bytes`] in base64url.
    pub cells: String,
}

/// Why bytes are not a hand-in file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandInError {
    /// Not JSON of the format; the reader's own words.
    Unreadable(String),
    /// Another format or version; its name.
    Format(String),
    /// A label that no device writes: a name that is not 8 to 64 characters of base64url, or the
    /// number 0.
    Label,
}

impl HandIn {
    /// Reads a hand-in file strictly. The counts stay sealed.
    ///
    /// # Errors
    /// When it is not JSON of the format, or its label is not one that a device writes.
    pub fn from_json(bytes: &[u8]) -> Result<Self, HandInError> {
        let file: Self =
            serde_json::from_slice(bytes).map_err(|e| HandInError::Unreadable(e.to_string()))?;
        if file.format != HAND_IN_FORMAT {
            return Err(HandInError::Format(file.format));
        }
        if file.number == 0 || !is_device_name(&file.device) {
            return Err(HandInError::Label);
        }
        Ok(file)
    }

    /// The bytes to download.
    pub fn to_json(&self) -> Vec<u8> {
        // Cannot fail: strings and integers.
        serde_json::to_vec(self).expect("a hand-in file is JSON")
    }
}

impl HandInContent {
    /// Reads what [`HandInContent::to_padded_json`] wrote.
    ///
    /// # Errors
    /// The reader's own words, when it is not JSON of the format.
    pub fn from_json(bytes: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|e| e.to_string())
    }

    /// The bytes to seal: JSON, followed by spaces up to the next power of two from 16 KiB, so that
    /// the length of a file does not tell whether, or for how many units, somebody has answered.
    pub fn to_padded_json(&self) -> Vec<u8> {
        // Cannot fail: strings, integers and lists.
        let mut bytes = serde_json::to_vec(self).expect("the content of a hand-in file is JSON");
        bytes.resize(bytes.len().next_power_of_two().max(SMALLEST_CONTENT), b' ');
        bytes
    }
}

fn is_device_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (8..=64).contains(&name.len()) && name.bytes().all(plain)
}

impl fmt::Display for HandInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(words) => write!(f, "not a hand-in file: {words}"),
            Self::Format(format) => {
                write!(f, "`{format}` is another format than `{HAND_IN_FORMAT}`")
            }
            Self::Label => f.write_str("device or number: not what a device writes"),
        }
    }
}

impl std::error::Error for HandInError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> HandIn {
        HandIn {
            format: HAND_IN_FORMAT.to_owned(),
            wave: "2026H2".to_owned(),
            wave_hash: "0".repeat(64),
            device: "ab12cd34".to_owned(),
            number: 1,
            sealed: "AAAA".to_owned(),
        }
    }

    fn read(change: impl FnOnce(&mut HandIn)) -> Result<HandIn, HandInError> {
        let mut file = file();
        change(&mut file);
        HandIn::from_json(&file.to_json())
    }

    fn padded_length(units: usize) -> usize {
        let tallies = (0..units)
            .map(|unit| UnitTally {
                unit: format!("U{unit}"),
                cells: "A".repeat(5_000),
            })
            .collect();
        let content = HandInContent {
            edition: "0".repeat(64),
            device: "ab12cd34".to_owned(),
            number: 1,
            tallies,
        };
        let bytes = content.to_padded_json();
        assert_eq!(
            HandInContent::from_json(&bytes),
            Ok(content),
            "padding means nothing"
        );
        bytes.len()
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        assert_eq!(read(|_| {}), Ok(file()));
    }

    #[test]
    fn labels_that_no_device_writes_are_refused() {
        assert_eq!(read(|file| file.number = 0), Err(HandInError::Label));
        assert_eq!(
            read(|file| file.device = "ab".to_owned()),
            Err(HandInError::Label)
        );
        assert_eq!(
            read(|file| file.device = "../../etc/".to_owned()),
            Err(HandInError::Label)
        );
    }

    #[test]
    fn another_version_is_named() {
        let found = read(|file| file.format = "trust-climate-hand-in/2".to_owned());
        assert_eq!(
            found,
            Err(HandInError::Format("trust-climate-hand-in/2".to_owned()))
        );
    }

    #[test]
    fn a_field_that_nobody_knows_is_refused() {
        let extra = br#"{"format":"trust-climate-hand-in/1","n":7}"#;
        assert!(matches!(
            HandIn::from_json(extra),
            Err(HandInError::Unreadable(_))
        ));
    }

    #[test]
    fn the_length_does_not_tell_whether_anybody_has_answered() {
        assert_eq!(padded_length(0), 16_384);
        assert_eq!(padded_length(1), 16_384);
        assert_eq!(padded_length(3), 16_384);
        assert_eq!(padded_length(4), 32_768);
    }
}

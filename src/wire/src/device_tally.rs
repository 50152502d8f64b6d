//! What one device has counted in one wave, when there is no collector: a tally for each unit that
//! was answered for.
//!
//! The bytes are kept sealed on the device and never leave it as they are; the hand-in file is made
//! from them. Version 1: the byte 1; then for each unit, in the order of ids, the length of its id
//! (one byte), the id (UTF-8), and [`Tally::to_bytes`], whose length the layout gives.

use std::fmt;
use survey::{Response, Survey};
use tally::{Layout, MergeError, ReadError, Tally};

const VERSION: u8 = 1;

/// Tallies by unit; has a zero and records responses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceTally {
    /// Sorted by unit id. A list, not a map: a device counts a few units, and a map's code would be
    /// part of every download.
    tallies: Vec<(String, Tally)>,
}

/// Why bytes are not a device's tally of this edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceTallyError {
    /// Written by another version.
    Version,
    /// Cut off, an id that is no text, or ids out of order.
    Malformed,
    /// Counts of another edition, or counts that no set of responses has.
    Counts(ReadError),
}

impl DeviceTally {
    /// The tally of a device that has counted nothing.
    pub fn zero() -> Self {
        Self::default()
    }

    /// Adds one response for the leaf `unit`.
    ///
    /// # Errors
    /// As [`Tally::record`]; then nothing is added.
    pub fn record(
        &mut self,
        unit: &str,
        layout: &Layout,
        survey: &Survey,
        response: &Response,
    ) -> Result<(), MergeError> {
        let at = self
            .tallies
            .partition_point(|(other, _)| other.as_str() < unit);
        if self.tallies.get(at).is_none_or(|(other, _)| other != unit) {
            self.tallies
                .insert(at, (unit.to_owned(), Tally::zero(layout)));
        }
        self.tallies[at].1.record(layout, survey, response)
    }

    /// Unit ids with their tallies, in the order of ids.
    pub fn units(&self) -> impl Iterator<Item = (&str, &Tally)> {
        self.tallies
            .iter()
            .map(|(unit, tally)| (unit.as_str(), tally))
    }

    /// Number of responses on the device.
    pub fn n(&self) -> u64 {
        self.tallies
            .iter()
            .map(|(_, tally)| u64::from(tally.n()))
            .sum()
    }

    /// The bytes to keep. Ids of a checked unit tree are at most 40 bytes; a longer one than a byte
    /// can tell is left out, since no wave has it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        for (unit, tally) in &self.tallies {
            if let Ok(length) = u8::try_from(unit.len()) {
                bytes.push(length);
                bytes.extend(unit.as_bytes());
                bytes.extend(tally.to_bytes());
            }
        }
        bytes
    }

    /// Reads what [`DeviceTally::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are of another version or edition, or damaged.
    pub fn from_bytes(layout: &Layout, bytes: &[u8]) -> Result<Self, DeviceTallyError> {
        let Some((&VERSION, mut rest)) = bytes.split_first() else {
            return Err(DeviceTallyError::Version);
        };
        let mut tallies: Vec<(String, Tally)> = Vec::new();
        while let Some((length, after)) = rest.split_first() {
            let (id, after) = split(after, usize::from(*length))?;
            let (cells, after) = split(after, 4 * layout.len())?;
            let id = std::str::from_utf8(id).map_err(|_| DeviceTallyError::Malformed)?;
            let tally = Tally::from_bytes(layout, cells).map_err(DeviceTallyError::Counts)?;
            if tallies
                .last()
                .is_some_and(|(before, _)| before.as_str() >= id)
            {
                return Err(DeviceTallyError::Malformed);
            }
            tallies.push((id.to_owned(), tally));
            rest = after;
        }
        Ok(Self { tallies })
    }
}

fn split(bytes: &[u8], at: usize) -> Result<(&[u8], &[u8]), DeviceTallyError> {
    bytes
        .split_at_checked(at)
        .ok_or(DeviceTallyError::Malformed)
}

impl fmt::Display for DeviceTallyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "the device's tally was written by another version",
            Self::Malformed => "the device's tally is damaged",
            Self::Counts(_) => "the device's tally counts another edition, or is damaged",
        })
    }
}

impl std::error::Error for DeviceTallyError {}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{Anchors, Answer, Item, Named, Text};

    /// One item with three points, no scale.
    fn survey() -> Survey {
        let anchors = Anchors {
            points: vec![Text::default(); 3],
            not_applicable: Text::default(),
        };
        let item = Item {
            id: "a".into(),
            text: Text::default(),
            anchors: "three".into(),
            reversed: false,
            principle: None,
            source: "s".into(),
            clause: Vec::new(),
        };
        Survey {
            format: 1,
            id: "s".into(),
            status: String::new(),
            license: String::new(),
            languages: vec!["da".into()],
            title: Text::default(),
            about: Text::default(),
            sources: Named::default(),
            anchors: Named::from([("three".into(), anchors)]),
            items: vec![item],
            scales: Vec::new(),
            pages: Vec::new(),
            themes: Vec::new(),
        }
    }

    fn counted(units: &[&str]) -> (Layout, DeviceTally) {
        let survey = survey();
        let layout = Layout::of(&survey, "edition");
        let response = Response::new(&survey, vec![Answer::Point(2)]).expect("a response");
        let mut device = DeviceTally::zero();
        for unit in units {
            device
                .record(unit, &layout, &survey, &response)
                .expect("room in the cells");
        }
        (layout, device)
    }

    #[test]
    fn what_is_written_is_read_back() {
        for units in [&[][..], &["skole"], &["pleje", "skole", "skole", "ældre"]] {
            let (layout, device) = counted(units);
            assert_eq!(
                DeviceTally::from_bytes(&layout, &device.to_bytes()),
                Ok(device)
            );
        }
    }

    #[test]
    fn responses_are_counted_by_unit() {
        let (_, device) = counted(&["b", "a", "b"]);
        let n: Vec<_> = device
            .units()
            .map(|(unit, tally)| (unit, tally.n()))
            .collect();
        assert_eq!(n, [("a", 1), ("b", 2)]);
        assert_eq!(device.n(), 3);
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let (layout, device) = counted(&["a"]);
        let bytes = device.to_bytes();
        let check = |bytes: &[u8], expected| {
            assert_eq!(DeviceTally::from_bytes(&layout, bytes), Err(expected));
        };
        check(&[], DeviceTallyError::Version);
        check(&[2], DeviceTallyError::Version);
        check(&bytes[..bytes.len() - 1], DeviceTallyError::Malformed);
        check(
            &[&bytes[..], &bytes[1..]].concat(),
            DeviceTallyError::Malformed,
        );
        let mut inconsistent = bytes;
        inconsistent[3] = 9;
        check(
            &inconsistent,
            DeviceTallyError::Counts(ReadError::Inconsistent),
        );
    }
}

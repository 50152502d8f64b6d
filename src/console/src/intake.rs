//! The hand-in files as they were given: sorted by what can be read from outside, counts unseen.

use std::collections::{BTreeMap, BTreeSet};
use wire::{HandIn, HandInError};

/// Characters of a device's name that people are shown.
const SHORT_NAME: usize = 8;

/// All files that were given, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    files: Vec<GivenFile>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct GivenFile {
    name: String,
    content: Result<HandIn, HandInError>,
}

/// One file as it stands among the others, for one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// Its label, when it has one.
    pub label: Option<Label>,
    /// What is to be done with it.
    pub state: FileState,
}

/// Who a file says that it is from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The device's name, shortened for people.
    pub device: String,
    /// Its number among the device's files.
    pub number: u32,
}

/// What is to be done with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// Read; its counts are added at closing.
    Read,
    /// The same file, byte for byte inside the seal, as one that was given before.
    AlreadyAdded,
    /// Another file bears the same device and number (its name): one of them is not genuine.
    Conflict(String),
    /// It belongs to the wave of this id.
    OtherWave(String),
    /// It is no hand-in file, or has been changed.
    Damaged(HandInError),
}

/// A number that is missing before the highest one of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap(pub Label);

impl Intake {
    /// Takes a file in.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        self.files.push(GivenFile {
            name: name.to_owned(),
            content: HandIn::from_json(bytes),
        });
    }

    /// Leaves a file out again.
    pub fn remove(&mut self, position: usize) {
        if position < self.files.len() {
            self.files.remove(position);
        }
    }

    /// Whether no file has been given.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Every file as it stands for the wave with this hash, in the order in which they came.
    pub fn entries(&self, wave_hash: &str) -> Vec<Entry<'_>> {
        (0..self.files.len())
            .map(|position| self.entry(position, wave_hash))
            .collect()
    }

    /// The files whose counts are to be added, each once, with their names.
    pub fn to_count(&self, wave_hash: &str) -> Vec<(&str, &HandIn)> {
        let states = (0..self.files.len()).map(|position| self.state(position, wave_hash));
        self.files
            .iter()
            .zip(states)
            .filter(|(_, state)| *state == FileState::Read)
            .filter_map(|(file, _)| Some((file.name.as_str(), file.content.as_ref().ok()?)))
            .collect()
    }

    /// Every file that is missing as far as the numbers tell. A device's last file, or a device of
    /// which there is no file at all, cannot be missed by anybody but people.
    pub fn gaps(&self, wave_hash: &str) -> Vec<Gap> {
        let mut numbers: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for (_, file) in self.to_count(wave_hash) {
            numbers.entry(&file.device).or_default().insert(file.number);
        }
        numbers
            .into_iter()
            .flat_map(|(device, found)| missing(device, &found))
            .collect()
    }

    fn entry(&self, position: usize, wave_hash: &str) -> Entry<'_> {
        let file = &self.files[position];
        let label = file
            .content
            .as_ref()
            .ok()
            .map(|file| label(&file.device, file.number));
        Entry {
            name: &file.name,
            label,
            state: self.state(position, wave_hash),
        }
    }

    fn state(&self, position: usize, wave_hash: &str) -> FileState {
        let file = match &self.files[position].content {
            Ok(file) => file,
            Err(error) => return FileState::Damaged(error.clone()),
        };
        if file.wave_hash != wave_hash {
            return FileState::OtherWave(file.wave.clone());
        }
        self.twin(position, file).unwrap_or(FileState::Read)
    }

    /// How the file stands to those before it, and to any that contradicts it.
    fn twin(&self, position: usize, file: &HandIn) -> Option<FileState> {
        let mut twins = self.files.iter().enumerate().filter_map(|(other, given)| {
            let content = given.content.as_ref().ok()?;
            let same = (&content.wave_hash, &content.device, content.number)
                == (&file.wave_hash, &file.device, file.number);
            (same && other != position).then_some((other, given, content))
        });
        if let Some((_, given, _)) = twins.clone().find(|(_, _, content)| *content != file) {
            return Some(FileState::Conflict(given.name.clone()));
        }
        twins
            .any(|(other, _, _)| other < position)
            .then_some(FileState::AlreadyAdded)
    }
}

fn label(device: &str, number: u32) -> Label {
    Label {
        device: short_name(device),
        number,
    }
}

/// The first characters of a device's name: enough to tell devices apart.
pub fn short_name(device: &str) -> String {
    device.chars().take(SHORT_NAME).collect()
}

/// The gaps of one device. A number is not to be trusted before its file is opened, so a file that
/// claims to be number four billion names the first few gaps only.
fn missing(device: &str, found: &BTreeSet<u32>) -> Vec<Gap> {
    const NAMED: usize = 20;
    let highest = found.last().copied().unwrap_or(0);
    (1..highest)
        .filter(|number| !found.contains(number))
        .take(NAMED)
        .map(|number| Gap(label(device, number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAVE: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    fn bytes(wave_hash: &str, device: &str, number: u32, sealed: &str) -> Vec<u8> {
        let (format, wave) = (wire::HAND_IN_FORMAT.to_owned(), "2026H2".to_owned());
        let (wave_hash, device) = (wave_hash.to_owned(), device.to_owned());
        HandIn {
            format,
            wave,
            wave_hash,
            device,
            number,
            sealed: sealed.to_owned(),
        }
        .to_json()
    }

    fn check(files: &[Vec<u8>], states: &[FileState], gaps: &[(&str, u32)]) {
        let mut intake = Intake::default();
        for (idx, file) in files.iter().enumerate() {
            intake.add(&format!("{idx}.json"), file);
        }
        let found: Vec<FileState> = intake
            .entries(WAVE)
            .into_iter()
            .map(|entry| entry.state)
            .collect();
        assert_eq!(found, states);
        let expected: Vec<Gap> = gaps
            .iter()
            .map(|(device, number)| Gap(label(device, *number)))
            .collect();
        assert_eq!(intake.gaps(WAVE), expected);
    }

    #[test]
    fn files_of_two_devices_are_read() {
        let files = [
            bytes(WAVE, "aaaaaaaa", 1, "x"),
            bytes(WAVE, "aaaaaaaa", 2, "y"),
            bytes(WAVE, "bbbbbbbb", 1, "z"),
        ];
        check(
            &files,
            &[FileState::Read, FileState::Read, FileState::Read],
            &[],
        );
    }

    #[test]
    fn the_same_file_twice_counts_once() {
        let files = [
            bytes(WAVE, "aaaaaaaa", 1, "x"),
            bytes(WAVE, "aaaaaaaa", 1, "x"),
        ];
        check(&files, &[FileState::Read, FileState::AlreadyAdded], &[]);
    }

    #[test]
    fn two_different_files_under_one_number_contradict_each_other() {
        let files = [
            bytes(WAVE, "aaaaaaaa", 1, "x"),
            bytes(WAVE, "aaaaaaaa", 1, "y"),
        ];
        let conflict = |name: &str| FileState::Conflict(name.to_owned());
        check(&files, &[conflict("1.json"), conflict("0.json")], &[]);
    }

    #[test]
    fn another_waves_file_is_left_out() {
        let files = [bytes(&"0".repeat(64), "aaaaaaaa", 1, "x")];
        check(&files, &[FileState::OtherWave("2026H2".to_owned())], &[]);
    }

    #[test]
    fn numbers_that_are_missing_are_named() {
        let files = [
            bytes(WAVE, "aaaaaaaa", 3, "x"),
            bytes(WAVE, "bbbbbbbb", 1, "y"),
        ];
        check(
            &files,
            &[FileState::Read, FileState::Read],
            &[("aaaaaaaa", 1), ("aaaaaaaa", 2)],
        );
    }

    #[test]
    fn a_number_of_billions_does_not_hang() {
        let mut intake = Intake::default();
        intake.add("high.json", &bytes(WAVE, "aaaaaaaa", u32::MAX, "x"));
        assert_eq!(intake.gaps(WAVE).len(), 20);
    }

    #[test]
    fn half_a_file_is_damaged() {
        let half = bytes(WAVE, "aaaaaaaa", 1, "x").split_off(20);
        let mut intake = Intake::default();
        intake.add("half.json", &half);
        assert!(matches!(
            intake.entries(WAVE)[0].state,
            FileState::Damaged(_)
        ));
        assert!(intake.to_count(WAVE).is_empty());
    }
}

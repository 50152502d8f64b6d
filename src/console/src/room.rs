//! The state of the room, and what may happen in it. No DOM, no clock, no network.

use crate::closing::{self, Wave};
use crate::intake::{FileState, Intake};
use crate::problem::Problem;
use crate::publish::{self, Publication};
use crate::wave_key::{self, KeyProblem, WaveKey};
use disclosure::Earlier;
use release::{Index, IndexEntry};
use std::collections::BTreeSet;
use survey::Edition;
use wire::{ClosingKey, Date, WaveFile};

/// Everything that is known and chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Today where the person is.
    pub today: Date,
    /// The wave, once it is read.
    pub wave: Loading<LoadedWave>,
    /// The edition that the wave asks, once it is read.
    pub edition: Loading<Edition>,
    /// What this device holds for the wave, once it is read.
    pub device: Loading<Device>,
    /// The hand-in files.
    pub intake: Intake,
    /// The closing key, with the name of its file.
    pub key: Option<(String, ClosingKey)>,
    /// The releases that are published already.
    pub earlier: Vec<IndexEntry>,
    /// Releases that have been read, in whatever order.
    read: Vec<Earlier>,
    /// Waves that this device keeps a release of.
    pub released_here: BTreeSet<String>,
    /// Where the closing stands.
    pub stage: Stage,
    /// What has to be put right.
    pub problems: Vec<Problem>,
    /// The latest about this device.
    pub news: Option<DeviceNews>,
    /// Whether this browser keeps the release that was made.
    pub kept: bool,
    /// Whether the person has come back from confirming.
    pub returned: bool,
}

/// Something that comes from the network or the device.
#[derive(Debug, Clone, PartialEq)]
pub enum Loading<T> {
    /// Not here yet.
    Waiting,
    /// Here.
    Here(T),
    /// It did not come.
    Missing,
}

/// A wave file and its name.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedWave {
    /// The wave file.
    pub file: WaveFile,
    /// SHA-256 of its bytes.
    pub hash: String,
}

/// What this device holds for the wave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Device {
    /// Responses that no file holds yet.
    pub waiting: u32,
    /// The files made so far.
    pub files: Vec<DeviceFile>,
}

/// A hand-in file that this device has made.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceFile {
    /// Name to save it under.
    pub name: String,
    /// Its number.
    pub number: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Something to say about this device.
#[derive(Debug, Clone, PartialEq)]
pub enum DeviceNews {
    /// The file is being sealed.
    Sealing,
    /// The file was saved.
    Saved {
        /// Its number.
        number: u32,
        /// Its name.
        file: String,
    },
    /// The file of this number was put among the hand-in files.
    Used(u32),
    /// There was nothing to hand in: another tab was faster.
    Nothing,
    /// It did not work.
    Trouble(Problem),
}

/// Where the closing stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Files are being gathered.
    Gathering,
    /// Everything is there; the person is told what cannot be undone.
    Confirming,
    /// Files are being opened.
    Working,
    /// Done.
    Released(Publication),
}

/// What happens in the room.
#[derive(Debug)]
pub enum Action {
    /// Something came from the page or the device.
    Came(News),
    /// The person gave something, or took it away.
    Gave(Given),
    /// The person wants to close.
    Asked,
    /// The person thinks better of it.
    Declined,
    /// The person has confirmed.
    Confirmed,
    /// The wave is released; whether this browser keeps the release.
    Released(Publication, bool),
    /// The wave could not be closed.
    Refused(Vec<Problem>),
}

/// What comes by itself.
#[derive(Debug)]
pub enum News {
    /// The page's wave file, unless it has none.
    WaveLoaded(Option<Vec<u8>>),
    /// The edition with this hash, unless the page has none.
    EditionLoaded(String, Option<Vec<u8>>),
    /// What the device holds for the wave with this hash, unless it cannot be read.
    DeviceRead(String, Option<Device>),
    /// Something to say about the device.
    DeviceSaid(DeviceNews),
    /// The page's closing key: name and bytes.
    KeyLoaded(String, Vec<u8>),
    /// The page's index of releases.
    IndexLoaded(Vec<u8>),
    /// A release that the index names, whose bytes have the hash that it says.
    EarlierRead(Box<Earlier>),
    /// The waves that this device keeps a release of.
    ReleasesRead(BTreeSet<String>),
}

/// What the person gives: names and bytes of files.
#[derive(Debug)]
pub enum Given {
    /// A wave file.
    WaveChosen(String, Vec<u8>),
    /// An edition.
    EditionChosen(String, Vec<u8>),
    /// Hand-in files.
    HandInsChosen(Vec<(String, Vec<u8>)>),
    /// A file of this device is put among the hand-in files.
    DeviceFileUsed(DeviceFile),
    /// A hand-in file is left out, by its position.
    HandInRemoved(usize),
    /// A closing key.
    KeyChosen(String, Vec<u8>),
    /// An index of releases.
    IndexChosen(String, Vec<u8>),
}

impl Room {
    /// An empty room.
    pub fn new(today: Date) -> Self {
        Self {
            today,
            wave: Loading::Waiting,
            edition: Loading::Waiting,
            device: Loading::Waiting,
            intake: Intake::default(),
            key: None,
            earlier: Vec::new(),
            read: Vec::new(),
            released_here: BTreeSet::new(),
            stage: Stage::Gathering,
            problems: Vec::new(),
            news: None,
            kept: false,
            returned: false,
        }
    }

    /// The room after `action`.
    #[must_use]
    pub fn after(mut self, action: Action) -> Self {
        match action {
            Action::Came(news) => self.came(news),
            Action::Gave(given) => {
                // What was wrong was about what had been given before.
                self.problems.clear();
                self.gave(given);
            }
            Action::Asked => self.asked(),
            Action::Declined => {
                self.problems.clear();
                self.returned = true;
                self.stage = Stage::Gathering;
            }
            Action::Confirmed => {
                self.problems.clear();
                self.stage = Stage::Working;
            }
            Action::Released(publication, kept) => self.released(publication, kept),
            Action::Refused(problems) => {
                self.problems = problems;
                self.stage = Stage::Confirming;
            }
        }
        self
    }

    /// Opens the files, adds them up, and makes the release and the index that names it.
    ///
    /// # Errors
    /// Every problem, each with its file.
    pub fn close(&self, passphrase: &str) -> Result<Publication, Vec<Problem>> {
        let obstacles = self.obstacles();
        if !obstacles.is_empty() {
            return Err(obstacles);
        }
        // Without wave, edition or key there were obstacles.
        let (Some(wave), Some((name, key))) = (self.open_wave(), &self.key) else {
            return Err(vec![Problem::NoWave]);
        };
        let key = WaveKey::open(key, wave.file, wave.hash, passphrase)
            .map_err(|problem| vec![Problem::Key(name.clone(), problem)])?;
        let files = self.intake.to_count(wave.hash);
        let release = closing::release(wave, &key, &files, &self.past()).map_err(|problems| {
            problems
                .into_iter()
                .map(Problem::Closing)
                .collect::<Vec<_>>()
        })?;
        Ok(Publication::new(&release, &self.earlier))
    }

    /// The earlier releases that the index names and that could be read, oldest first.
    fn past(&self) -> Vec<Earlier> {
        let read = |entry: &IndexEntry| {
            let mut known = self.read.iter();
            known.find(|known| known.sha256 == entry.sha256).cloned()
        };
        self.earlier.iter().filter_map(read).collect()
    }

    /// The wave with its edition, once both are here.
    pub fn open_wave(&self) -> Option<Wave<'_>> {
        let (Loading::Here(wave), Loading::Here(edition)) = (&self.wave, &self.edition) else {
            return None;
        };
        Some(Wave {
            file: &wave.file,
            hash: &wave.hash,
            edition,
        })
    }

    /// The wave, once it is here.
    pub fn wave(&self) -> Option<&LoadedWave> {
        match &self.wave {
            Loading::Here(wave) => Some(wave),
            Loading::Waiting | Loading::Missing => None,
        }
    }

    /// Hash of the wave file; empty, which no file has, before there is one.
    pub fn wave_hash(&self) -> &str {
        self.wave().map_or("", |wave| &wave.hash)
    }

    /// Whether a file of this device is among the hand-in files.
    fn is_listed(&self, file: &DeviceFile) -> bool {
        let entries = self.intake.entries(self.wave_hash());
        entries.iter().any(|entry| entry.name == file.name)
    }

    fn came(&mut self, news: News) {
        match news {
            News::WaveLoaded(bytes) => self.wave_loaded(bytes.as_deref()),
            News::EditionLoaded(hash, bytes) => self.edition_loaded(&hash, bytes.as_deref()),
            News::DeviceRead(hash, device) if hash == self.wave_hash() => {
                self.device = device.map_or(Loading::Missing, Loading::Here);
            }
            // Read for a wave that has been changed for another since.
            News::DeviceRead(..) => {}
            News::DeviceSaid(news) => self.news = Some(news),
            News::KeyLoaded(name, bytes) => self.key_loaded(name, &bytes),
            // A page without an index is a page before its first release.
            News::IndexLoaded(bytes) => {
                self.earlier = Index::from_json(&bytes).map_or(Vec::new(), |index| index.releases);
            }
            News::EarlierRead(earlier) => self.read.push(*earlier),
            News::ReleasesRead(waves) => self.released_here = waves,
        }
    }

    fn gave(&mut self, given: Given) {
        match given {
            Given::WaveChosen(name, bytes) => self.wave_chosen(&name, &bytes),
            Given::EditionChosen(name, bytes) => self.edition_chosen(&name, &bytes),
            Given::HandInsChosen(files) => {
                for (name, bytes) in files {
                    self.intake.add(&name, &bytes);
                }
            }
            Given::DeviceFileUsed(file) => {
                if !self.is_listed(&file) {
                    self.intake.add(&file.name, &file.bytes);
                }
                self.news = Some(DeviceNews::Used(file.number));
            }
            Given::HandInRemoved(position) => self.intake.remove(position),
            Given::KeyChosen(name, bytes) => self.key_chosen(name, &bytes),
            Given::IndexChosen(name, bytes) => self.index_chosen(name, &bytes),
        }
    }

    fn wave_loaded(&mut self, bytes: Option<&[u8]>) {
        self.wave = match bytes.map(|bytes| (WaveFile::from_json(bytes), bytes)) {
            Some((Ok(file), bytes)) => Loading::Here(LoadedWave {
                file,
                hash: WaveFile::hash(bytes),
            }),
            Some((Err(_), _)) | None => Loading::Missing,
        };
    }

    /// A file that is no wave file changes nothing.
    fn wave_chosen(&mut self, name: &str, bytes: &[u8]) {
        let file = match WaveFile::from_json(bytes) {
            Ok(file) => file,
            Err(error) => {
                let problem = Problem::NotAWave(name.to_owned(), error.to_string());
                self.problems.push(problem);
                return;
            }
        };
        // The same edition is not fetched again.
        if self
            .wave()
            .is_none_or(|wave| wave.file.edition != file.edition)
        {
            self.edition = Loading::Waiting;
        }
        self.wave = Loading::Here(LoadedWave {
            file,
            hash: WaveFile::hash(bytes),
        });
        self.device = Loading::Waiting;
        self.news = None;
        self.key = None;
    }

    fn edition_loaded(&mut self, hash: &str, bytes: Option<&[u8]>) {
        if self.wave().is_none_or(|wave| wave.file.edition != hash) {
            return; // Fetched for a wave that has been changed for another since.
        }
        let edition = bytes.and_then(|bytes| Edition::from_json(bytes).ok());
        self.edition = match edition.filter(|edition| self.asks(edition)) {
            Some(edition) => Loading::Here(edition),
            None => Loading::Missing,
        };
    }

    fn edition_chosen(&mut self, name: &str, bytes: &[u8]) {
        match Edition::from_json(bytes) {
            Ok(edition) if self.asks(&edition) => self.edition = Loading::Here(edition),
            Ok(_) => self.problems.push(Problem::OtherEdition(name.to_owned())),
            Err(_) => self.problems.push(Problem::NotAnEdition(name.to_owned())),
        }
    }

    fn asks(&self, edition: &Edition) -> bool {
        self.wave()
            .is_some_and(|wave| wave.file.edition == edition.hash())
    }

    fn key_chosen(&mut self, name: String, bytes: &[u8]) {
        match wave_key::read(bytes) {
            Ok(key) if key.wave_hash == self.wave_hash() => self.key = Some((name, key)),
            Ok(_) => self
                .problems
                .push(Problem::Key(name, KeyProblem::OtherWave)),
            Err(problem) => self.problems.push(Problem::Key(name, problem)),
        }
    }

    /// The page may offer the key of another wave than the one that was chosen.
    fn key_loaded(&mut self, name: String, bytes: &[u8]) {
        if let Ok(key) = wave_key::read(bytes)
            && key.wave_hash == self.wave_hash()
        {
            self.key = Some((name, key));
        }
    }

    fn index_chosen(&mut self, name: String, bytes: &[u8]) {
        match Index::from_json(bytes) {
            Ok(index) => self.earlier = index.releases,
            Err(_) => self.problems.push(Problem::NotAnIndex(name)),
        }
    }

    fn asked(&mut self) {
        self.problems = self.obstacles();
        if self.problems.is_empty() {
            self.stage = Stage::Confirming;
        }
    }

    fn released(&mut self, publication: Publication, kept: bool) {
        self.released_here.insert(publication.wave.clone());
        // What was given has done its work; nothing of it is kept in memory.
        self.intake = Intake::default();
        self.key = None;
        self.kept = kept;
        self.stage = Stage::Released(publication);
    }

    /// Everything that stands in the way of closing, apart from the passphrase.
    fn obstacles(&self) -> Vec<Problem> {
        let mut problems = match self.wave() {
            Some(wave) => self.obstacles_of(wave),
            None => vec![Problem::NoWave],
        };
        if !matches!(self.edition, Loading::Here(_)) {
            problems.push(Problem::NoEdition);
        }
        problems.extend(self.file_obstacles());
        if self.key.is_none() {
            problems.push(Problem::NoKey);
        }
        problems
    }

    fn obstacles_of(&self, wave: &LoadedWave) -> Vec<Problem> {
        let id = &wave.file.id;
        let mut problems = Vec::new();
        if !closing::may_close(&wave.file, &self.today) {
            problems.push(Problem::TooEarly(wave.file.closes.to_string()));
        }
        if publish::has_wave(&self.earlier, id) || self.released_here.contains(id) {
            problems.push(Problem::Released(id.clone()));
        }
        problems
    }

    fn file_obstacles(&self) -> Vec<Problem> {
        let entries = self.intake.entries(self.wave_hash());
        let mut problems: Vec<Problem> = entries
            .iter()
            .filter_map(|entry| match &entry.state {
                FileState::Damaged(_) => Some(Problem::Damaged(entry.name.to_owned())),
                FileState::Conflict(other) => {
                    Some(Problem::Conflict(entry.name.to_owned(), other.clone()))
                }
                FileState::Read | FileState::AlreadyAdded | FileState::OtherWave(_) => None,
            })
            .collect();
        if !entries.iter().any(|entry| entry.state == FileState::Read) && problems.is_empty() {
            problems.push(Problem::NoHandIns);
        }
        problems
    }
}

#[cfg(test)]
mod tests;

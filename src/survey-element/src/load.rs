//! Loading what is answered: the wave file, then the survey it names, both checked by their hashes.
//!
//! With a collector the wave file is `{collector}/waves/current.json` and the survey
//! `{collector}/surveys/{edition}.json`, unless `wave` and `src` say otherwise. Without one, `wave`
//! must be given, and the survey is `../surveys/{edition}.json` seen from the wave file, unless
//! `src` says otherwise.

use crate::browser::is_secure;
use crate::read;
use crate::settings::Source;
use std::rc::Rc;
use survey::Survey;
use ui::{FetchProblem, Reply, Value, absolute, get, joined, today};
use wire::{Codes, WaveFile};

/// A survey that can be answered now.
#[derive(Debug)]
pub struct Open {
    /// What is asked.
    pub survey: Survey,
    /// The rules.
    pub wave: WaveFile,
    /// SHA-256 of the wave file.
    pub wave_hash: String,
    /// Where answers go.
    pub way: Way,
    /// Whether this page may seal; then both files were checked by their hashes as well.
    pub secure: bool,
}

/// Where answers go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// To the collector: the address for submissions.
    Collector(String),
    /// Nowhere: they are counted on this device.
    Device,
}

/// Which of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// The wave file, or the collector's word on the wave.
    Wave,
    /// The edition document.
    Survey,
}

/// Why there is nothing to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadProblem {
    /// The page names neither a wave nor a collector.
    NothingNamed,
    /// A file could not be fetched or read.
    File(File, FetchProblem),
    /// A file is not the one that was promised.
    OtherFile(File),
    /// Without a collector the counts must be sealed on the device, which plain http forbids.
    Insecure,
    /// The collector has no open wave.
    NoneOpen,
    /// The first day is to come: the day.
    Planned(String),
    /// The last day has passed: the day.
    Closed(String),
    /// The results are out.
    Released,
}

/// What the collector says of a wave.
#[derive(Debug)]
struct WaveWord {
    state: WaveState,
    hash: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WaveState {
    Planned,
    Open,
    Closed,
    Released,
}

impl Open {
    /// Whether the text may say *anonymous*: nobody has a list of who got which code, and the answer
    /// is sealed or stays on the device.
    pub fn is_anonymous(&self) -> bool {
        self.wave.codes != Codes::Listed && (self.secure || self.way == Way::Device)
    }

    /// Whether respondents need a one-time code.
    pub fn asks_for_code(&self) -> bool {
        self.wave.codes != Codes::None
    }
}

/// Loads what the attributes name.
///
/// # Errors
/// The first thing that is in the way.
pub async fn load(source: Source) -> Result<Rc<Open>, LoadProblem> {
    let secure = is_secure();
    if source.collector.is_none() && !secure {
        return Err(LoadProblem::Insecure);
    }
    let wave_url = wave_url(&source)?;
    let Reply { json, hash, .. } = wave_reply(&wave_url, &source).await?;
    let wave = read::wave(&json).ok_or(unreadable(File::Wave))?;
    if let (Some(found), Some(promised)) = (&hash, &source.wave_hash)
        && found != promised
    {
        return Err(LoadProblem::OtherFile(File::Wave));
    }
    let wave_hash = check_state(&wave, hash, &source).await?;
    let survey = load_survey(&wave, &wave_url, &source).await?;
    let way = match &source.collector {
        Some(base) => Way::Collector(whole(&submissions_path(base, &wave.id))?),
        None => Way::Device,
    };
    Ok(Rc::new(Open {
        survey,
        wave,
        wave_hash,
        way,
        secure,
    }))
}

fn wave_url(source: &Source) -> Result<String, LoadProblem> {
    match (&source.wave, &source.collector) {
        (Some(wave), _) => whole(wave),
        (None, Some(base)) => whole(&joined(&[base, "/waves/current.json"])),
        (None, None) => Err(LoadProblem::NothingNamed),
    }
}

async fn wave_reply(url: &str, source: &Source) -> Result<Reply, LoadProblem> {
    get(url).await.map_err(|problem| match problem {
        FetchProblem::Status(404) if source.wave.is_none() => LoadProblem::NoneOpen,
        problem => LoadProblem::File(File::Wave, problem),
    })
}

fn unreadable(file: File) -> LoadProblem {
    LoadProblem::File(file, FetchProblem::Unreadable)
}

fn submissions_path(base: &str, wave: &str) -> String {
    joined(&[base, "/api/waves/", wave, "/submissions"])
}

fn whole(url: &str) -> Result<String, LoadProblem> {
    absolute(url, None).ok_or(LoadProblem::NothingNamed)
}

/// The wave's hash, when the wave is open: by the collector's word, or by today's date without one.
async fn check_state(
    wave: &WaveFile,
    hash: Option<String>,
    source: &Source,
) -> Result<String, LoadProblem> {
    let planned = || LoadProblem::Planned(wave.opens.as_str().to_owned());
    let closed = || LoadProblem::Closed(wave.closes.as_str().to_owned());
    let Some(base) = &source.collector else {
        // Dates of this form compare as they follow each other.
        let today = today();
        return match hash {
            _ if today.as_str() < wave.opens.as_str() => Err(planned()),
            _ if today.as_str() > wave.closes.as_str() => Err(closed()),
            hash => hash.ok_or(LoadProblem::Insecure),
        };
    };
    let url = whole(&joined(&[base, "/api/waves/", &wave.id]))?;
    let said = get(&url).await;
    let said = said.map_err(|problem| LoadProblem::File(File::Wave, problem))?;
    let word = word(&said.json).ok_or(unreadable(File::Wave))?;
    match word.state {
        // People open waves, not dates: the first day may have come before they have.
        WaveState::Planned if today().as_str() >= wave.opens.as_str() => Err(LoadProblem::NoneOpen),
        WaveState::Planned => Err(planned()),
        WaveState::Closed => Err(closed()),
        WaveState::Released => Err(LoadProblem::Released),
        // Sealed to another wave file, an answer could not be opened.
        WaveState::Open if hash.is_some_and(|hash| hash != word.hash) => {
            Err(LoadProblem::OtherFile(File::Wave))
        }
        WaveState::Open => Ok(word.hash),
    }
}

async fn load_survey(
    wave: &WaveFile,
    wave_url: &str,
    source: &Source,
) -> Result<Survey, LoadProblem> {
    let file = joined(&[&wave.edition, ".json"]);
    let url = match (&source.src, &source.collector) {
        (Some(src), _) => whole(src)?,
        (None, Some(base)) => whole(&joined(&[base, "/surveys/", &file]))?,
        (None, None) => {
            let path = joined(&["../surveys/", &file]);
            absolute(&path, Some(wave_url)).ok_or(LoadProblem::NothingNamed)?
        }
    };
    let reply = get(&url).await;
    let reply = reply.map_err(|problem| LoadProblem::File(File::Survey, problem))?;
    if reply.hash.is_some_and(|hash| hash != wave.edition) {
        return Err(LoadProblem::OtherFile(File::Survey));
    }
    read::survey(&reply.json).ok_or(unreadable(File::Survey))
}

fn word(value: &Value) -> Option<WaveWord> {
    let of = value.fields()?;
    let state = match of.get("state").text()?.as_str() {
        "planned" => WaveState::Planned,
        "open" => WaveState::Open,
        "closed" => WaveState::Closed,
        "released" => WaveState::Released,
        _ => return None,
    };
    let hash = of.get("hash").text()?;
    Some(WaveWord { state, hash })
}

//! Counting on the device, where a survey has no collector: the only code that adds a response to a
//! tally in a browser.
//!
//! A module of its own, loaded by `www/deliver.js` when the first answer is to be counted: whoever
//! answers to a collector never downloads it. It is as strict as a collector: everything is read
//! anew, and nothing is counted that a collector would refuse.

use std::fmt;
use survey::{Edition, Survey};
use tally::Layout;
use wasm_bindgen::prelude::*;
use wire::{DeviceTally, DeviceTallyError, Submission, WaveFile};

/// The allocator of the elements: less to download than the standard library's.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Why a submission is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// The wave file does not read.
    Wave,
    /// The edition document does not read, or is not the one of the wave.
    Edition,
    /// The submission does not read.
    Submission,
    /// It answers another wave or edition.
    OtherWave,
    /// Its unit is no leaf of the wave.
    Unit,
    /// Its answers are none to this edition.
    Answers,
    /// The tally so far does not read.
    Tally(DeviceTallyError),
    /// The tally takes no more.
    Full,
}

/// The device's tally of a wave after `submission`, from the one so far; none when nothing is
/// counted.
///
/// # Errors
/// When anything does not read or does not belong together; then nothing is counted.
#[wasm_bindgen]
pub fn count(
    wave: &[u8],
    edition: &[u8],
    submission: &str,
    tally: Option<Vec<u8>>,
) -> Result<Vec<u8>, JsError> {
    counted(wave, edition, submission, tally.as_deref())
        .map_err(|refusal| JsError::new(&refusal.to_string()))
}

fn counted(
    wave: &[u8],
    edition: &[u8],
    submission: &str,
    tally: Option<&[u8]>,
) -> Result<Vec<u8>, Refusal> {
    let wave = WaveFile::from_json(wave).map_err(|_| Refusal::Wave)?;
    let edition = Edition::from_json(edition).map_err(|_| Refusal::Edition)?;
    if edition.hash() != wave.edition {
        return Err(Refusal::Edition);
    }
    let submission: Submission =
        serde_json::from_str(submission).map_err(|_| Refusal::Submission)?;
    if submission.wave != wave.id || submission.edition != wave.edition {
        return Err(Refusal::OtherWave);
    }
    let unit = wave.units.idx(&submission.unit);
    if !unit.is_some_and(|unit| wave.units.is_leaf(unit)) {
        return Err(Refusal::Unit);
    }
    let layout = Layout::of(edition.survey(), edition.hash());
    let mut device = match tally {
        Some(bytes) => DeviceTally::from_bytes(&layout, bytes).map_err(Refusal::Tally)?,
        None => DeviceTally::zero(),
    };
    add(&mut device, &layout, edition.survey(), &submission)?;
    Ok(device.to_bytes())
}

fn add(
    device: &mut DeviceTally,
    layout: &Layout,
    survey: &Survey,
    submission: &Submission,
) -> Result<(), Refusal> {
    let response = submission.response(survey).map_err(|_| Refusal::Answers)?;
    device
        .record(&submission.unit, layout, survey, &response)
        .map_err(|_| Refusal::Full)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wave => "the wave file does not read",
            Self::Edition => "the edition is not the one of the wave",
            Self::Submission => "the submission does not read",
            Self::OtherWave => "the submission answers another wave",
            Self::Unit => "the submission's unit is no leaf of the wave",
            Self::Answers => "the answers are none to this edition",
            Self::Tally(error) => return error.fmt(f),
            Self::Full => "the tally takes no more",
        })
    }
}

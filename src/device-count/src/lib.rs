//! Counting on the device, where a survey has no collector: the only code that adds a response to a
//! tally in a browser.
//!
//! A module of its own, loaded by `www/deliver.js` where a wave has no collector: whoever answers to
//! one never downloads it. It is as strict as a collector: everything is read
//! anew, and nothing is counted that a collector would refuse.

use std::fmt;
use survey::Survey;
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
    // These very bytes were checked when the wave was made; checking them again is 21 kB of messages.
    if survey::sha256_hex(edition) != wave.edition {
        return Err(Refusal::Edition);
    }
    let survey: Survey = serde_json::from_slice(edition).map_err(|_| Refusal::Edition)?;
    let submission: Submission =
        serde_json::from_str(submission).map_err(|_| Refusal::Submission)?;
    if submission.wave != wave.id || submission.edition != wave.edition {
        return Err(Refusal::OtherWave);
    }
    let unit = wave.units.idx(&submission.unit);
    if !unit.is_some_and(|unit| wave.units.is_leaf(unit)) {
        return Err(Refusal::Unit);
    }
    let layout = Layout::of(&survey, &wave.edition);
    let mut device = match tally {
        Some(bytes) => DeviceTally::from_bytes(&layout, bytes).map_err(Refusal::Tally)?,
        None => DeviceTally::zero(),
    };
    add(&mut device, &layout, &survey, &submission)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{Answer, Edition};
    use tally::{Relevance, Threshold, Unit, UnitTree};
    use wire::{Codes, Date, SUBMISSION_FORMAT, WAVE_FORMAT, WavePolicy};

    const SURVEY: &str = include_str!("../../../surveys/pulse.toml");

    struct Files {
        wave: WaveFile,
        edition: Edition,
    }

    fn files() -> Files {
        let edition = survey::parse(SURVEY).expect("a survey");
        let unit = |id: &str, parent: Option<&str>| Unit {
            id: id.into(),
            name: id.into(),
            parent: parent.map(str::to_owned),
            headcount: None,
        };
        let units = vec![
            unit("all", None),
            unit("a", Some("all")),
            unit("b", Some("all")),
        ];
        let wave = WaveFile {
            format: WAVE_FORMAT.into(),
            id: "w".into(),
            name: survey::Text::default(),
            employer: survey::Text::default(),
            edition: edition.hash().into(),
            languages: vec!["da".into()],
            units: UnitTree::new(units).expect("a tree"),
            policy: WavePolicy {
                threshold: Threshold::FLOOR,
                relevance: Relevance::FLOOR,
            },
            opens: Date::parse("2026-11-01").expect("a date"),
            closes: Date::parse("2026-11-22").expect("a date"),
            grace_days: 0,
            codes: Codes::None,
            public_key: String::new(),
        };
        Files { wave, edition }
    }

    impl Files {
        fn submission(&self) -> Submission {
            Submission {
                format: SUBMISSION_FORMAT.into(),
                id: "0123456789012345678901".into(),
                edition: self.wave.edition.clone(),
                wave: self.wave.id.clone(),
                unit: "a".into(),
                code: None,
                answers: vec![Answer::Point(1); self.edition.survey().items.len()],
            }
        }

        fn count(&self, submission: &Submission, tally: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
            let text = serde_json::to_string(submission).expect("a submission is JSON");
            counted(&self.wave.to_json(), self.edition.json(), &text, tally)
        }
    }

    #[test]
    fn each_submission_adds_one_to_its_unit() {
        let files = files();
        let mut submission = files.submission();
        let first = files.count(&submission, None).expect("it is counted");
        submission.unit = "b".into();
        let second = files
            .count(&submission, Some(&first))
            .expect("it is counted");
        let third = files
            .count(&submission, Some(&second))
            .expect("it is counted");
        let layout = Layout::of(files.edition.survey(), files.edition.hash());
        let device = DeviceTally::from_bytes(&layout, &third).expect("a tally");
        let n: Vec<_> = device
            .units()
            .map(|(unit, tally)| (unit, tally.n()))
            .collect();
        assert_eq!(n, [("a", 1), ("b", 2)]);
    }

    #[test]
    fn what_a_collector_would_refuse_is_not_counted() {
        let files = files();
        let check = |change: fn(&mut Submission), expected| {
            let mut submission = files.submission();
            change(&mut submission);
            assert_eq!(files.count(&submission, None), Err(expected));
        };
        check(|s| s.unit = "all".into(), Refusal::Unit);
        check(|s| s.unit = "gone".into(), Refusal::Unit);
        check(|s| s.wave = "other".into(), Refusal::OtherWave);
        check(|s| s.edition = "0".repeat(64), Refusal::OtherWave);
        check(|s| s.answers.truncate(1), Refusal::Answers);
        check(|s| s.answers[0] = Answer::Point(99), Refusal::Answers);
        check(|s| s.format = "other/1".into(), Refusal::Answers);
    }

    #[test]
    fn files_that_do_not_belong_together_are_refused() {
        let mut files = files();
        let submission = files.submission();
        let damaged = Err(Refusal::Tally(DeviceTallyError::Version));
        assert_eq!(files.count(&submission, Some(&[2])), damaged);
        files.wave.edition = "0".repeat(64);
        assert_eq!(files.count(&submission, None), Err(Refusal::Edition));
        files.wave.format = "trust-climate-wave/2".into();
        assert_eq!(files.count(&submission, None), Err(Refusal::Wave));
    }
}

//! A problem that the collector reports, as problem+json (RFC 9457).

use serde::{Deserialize, Serialize};

/// What went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:trust-climate:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code in words, English, the same for every occurrence.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What programs and language files go by.
    pub code: ProblemCode,
    /// This occurrence, and what to do about it; never an answer, code or address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Every place that is wrong, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ProblemPlace>,
}

/// One place that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemPlace {
    /// What is wrong there.
    pub code: String,
    /// Where, for example `answers[3]`.
    pub path: String,
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The body is not the shape it should be.
    Malformed,
    /// The body is larger than a submission can be.
    TooLarge,
    /// The seal does not open with the wave's key.
    CannotOpen,
    /// The submission answers another edition than the wave asks.
    EditionChanged,
    /// There is no such wave.
    WaveUnknown,
    /// The wave has not opened yet.
    WavePlanned,
    /// The wave has closed and its grace period is over.
    WaveClosed,
    /// The wave has been released: nothing more is counted.
    WaveReleased,
    /// The wave has no such unit to answer for.
    UnitUnknown,
    /// Answers that the survey has no place for.
    AnswersInvalid,
    /// The wave asks for a one-time code.
    CodeMissing,
    /// The code was not issued for this wave.
    CodeUnknown,
    /// The code has been used.
    CodeUsed,
    /// There is nothing at this address.
    NotFound,
    /// The collector cannot count just now; try again.
    Unavailable,
}

impl ProblemCode {
    /// The code that is written as `name`: what serde reads, without serde's part in what
    /// respondents download.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "malformed" => Self::Malformed,
            "too_large" => Self::TooLarge,
            "cannot_open" => Self::CannotOpen,
            "edition_changed" => Self::EditionChanged,
            "wave_unknown" => Self::WaveUnknown,
            "wave_planned" => Self::WavePlanned,
            "wave_closed" => Self::WaveClosed,
            "wave_released" => Self::WaveReleased,
            "unit_unknown" => Self::UnitUnknown,
            "answers_invalid" => Self::AnswersInvalid,
            "code_missing" => Self::CodeMissing,
            "code_unknown" => Self::CodeUnknown,
            "code_used" => Self::CodeUsed,
            "not_found" => Self::NotFound,
            "unavailable" => Self::Unavailable,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_the_name_it_is_written_with() {
        let all = [
            ProblemCode::Malformed,
            ProblemCode::TooLarge,
            ProblemCode::CannotOpen,
            ProblemCode::EditionChanged,
            ProblemCode::WaveUnknown,
            ProblemCode::WavePlanned,
            ProblemCode::WaveClosed,
            ProblemCode::WaveReleased,
            ProblemCode::UnitUnknown,
            ProblemCode::AnswersInvalid,
            ProblemCode::CodeMissing,
            ProblemCode::CodeUnknown,
            ProblemCode::CodeUsed,
            ProblemCode::NotFound,
            ProblemCode::Unavailable,
        ];
        for code in all {
            let written = serde_json::to_value(code).expect("a code is a text");
            assert_eq!(written.as_str().and_then(ProblemCode::named), Some(code));
        }
        assert_eq!(ProblemCode::named("teapot"), None);
    }
}

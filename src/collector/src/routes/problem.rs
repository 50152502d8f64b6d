//! The one HTTP error: problem+json. Which status a problem has is decided here.

use crate::store::StoreError;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use wire::{ProblemCode, ProblemPlace};

/// A problem to answer with.
#[derive(Debug)]
pub struct Problem {
    code: ProblemCode,
    places: Vec<ProblemPlace>,
}

impl Problem {
    /// There is nothing at this address.
    pub fn not_found() -> Self {
        ProblemCode::NotFound.into()
    }

    /// Worth trying again.
    pub fn unavailable() -> Self {
        ProblemCode::Unavailable.into()
    }

    /// With every place that is wrong.
    pub fn at(code: ProblemCode, places: Vec<ProblemPlace>) -> Self {
        Self { code, places }
    }
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        Self {
            code,
            places: Vec::new(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if let StoreError::NoSuchWave(_) = error {
            return ProblemCode::WaveUnknown.into();
        }
        tracing::error!(%error, "a request could not be answered from the store");
        Self::unavailable()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title, detail) = words(self.code);
        let name = serde_json::to_value(self.code).unwrap_or_default();
        let body = wire::Problem {
            kind: format!(
                "urn:trust-climate:problem:{}",
                name.as_str().unwrap_or_default()
            ),
            title: title.to_owned(),
            status: status.as_u16(),
            code: self.code,
            detail: detail.to_owned(),
            problems: self.places,
        };
        // Cannot fail: strings, a number and lists of strings.
        let json = serde_json::to_vec(&body).expect("a problem is JSON");
        let mut response =
            (status, [(CONTENT_TYPE, "application/problem+json")], json).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(RETRY_AFTER, axum::http::HeaderValue::from_static("2"));
        }
        response
    }
}

/// Status, title, and what to do about it.
#[rustfmt::skip] // a table: one row a line
fn words(code: ProblemCode) -> (StatusCode, &'static str, &'static str) {
    use StatusCode as S;
    match code {
        ProblemCode::Malformed => (S::BAD_REQUEST, "the body is not a submission", "send `application/vnd.trust-climate.sealed`, or the padded JSON as `application/json`"),
        ProblemCode::TooLarge => (S::PAYLOAD_TOO_LARGE, "the body is larger than a submission can be", "a submission is padded to 2048 bytes and then sealed"),
        ProblemCode::CannotOpen => (S::BAD_REQUEST, "the seal does not open with the wave's key", "seal to the public key in the wave file, with its hash in `info`"),
        ProblemCode::EditionChanged => (S::CONFLICT, "the wave asks another edition", "load the edition that the wave file names"),
        ProblemCode::WaveUnknown => (S::NOT_FOUND, "there is no such wave", "`/api/waves` lists the waves"),
        ProblemCode::WavePlanned => (S::CONFLICT, "the wave has not opened yet", "try again when it has"),
        ProblemCode::WaveClosed => (S::CONFLICT, "the wave is closed", "nothing more is counted; an answer that arrived before has been"),
        ProblemCode::WaveReleased => (S::GONE, "the wave has been released", "nothing more is counted; an answer that arrived before has been"),
        ProblemCode::UnitUnknown => (S::UNPROCESSABLE_ENTITY, "the wave has no such unit to answer for", "choose a unit of the wave file that has no units below it"),
        ProblemCode::AnswersInvalid => (S::UNPROCESSABLE_ENTITY, "the answers do not fit the survey", "the places are listed"),
        ProblemCode::CodeMissing => (S::FORBIDDEN, "the wave asks for a one-time code", "open the link or enter the code that you were given"),
        ProblemCode::CodeUnknown => (S::FORBIDDEN, "the code was not issued for this wave", "check the code for misreadings"),
        ProblemCode::CodeUsed => (S::FORBIDDEN, "the code has been used", "each code counts once"),
        ProblemCode::NotFound => (S::NOT_FOUND, "there is nothing at this address", ""),
        ProblemCode::Unavailable => (S::SERVICE_UNAVAILABLE, "the collector cannot answer just now", "try again in a moment"),
    }
}

/// For addresses that nothing answers to.
pub(super) async fn nothing_here() -> Problem {
    Problem::not_found()
}

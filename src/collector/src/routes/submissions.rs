//! `POST /api/waves/<wave>/submissions`: one respondent's answers, sealed to the wave's key.
//!
//! 201 when it was counted, 200 when it had been before, else a problem. The answer comes after the
//! commit. Nothing of a body is logged or kept, nor anything about who sent it.

use super::{Collector, Problem};
use crate::codes::{code_hash, id_hash};
use crate::keys::KeyDir;
use crate::seal::open_submission;
use crate::store::{Ballot, Counted, StoreError, Wave};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use std::sync::Arc;
use survey::AnswersProblem;
use wire::{ProblemCode, ProblemPlace, SUBMISSION_BYTES, Submission, SubmissionProblem};

/// Content type of a sealed submission.
pub const SEALED_TYPE: &str = "application/vnd.trust-climate.sealed";
/// Content type of a submission from a page without a secure context.
const PLAIN_TYPE: &str = "application/json";
/// Bytes of the tag that AES-GCM adds.
const TAG_BYTES: usize = 16;
/// Every sealed submission is this long: encapsulated key, padded JSON, tag.
pub const SEALED_BYTES: usize = wire::PUBLIC_KEY_BYTES + SUBMISSION_BYTES + TAG_BYTES;

/// The answer to a submission that has been counted, by it or before.
#[derive(Serialize)]
pub(super) struct Accepted {
    counted: bool,
}

#[derive(Clone, Copy)]
enum Envelope {
    Sealed,
    Plain,
}

pub(super) async fn create(
    State(collector): State<Collector>,
    Path(wave): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let envelope = envelope(&headers)?;
    let bytes = to_bytes(body, SEALED_BYTES)
        .await
        .map_err(|_| ProblemCode::TooLarge)?;
    let ballot = collector
        .blocking(move |collector| open(collector, &wave, envelope, &bytes))
        .await?;
    let counted = collector.inner.writer.count(ballot).await?;
    let status = match counted {
        Counted::Now => StatusCode::CREATED,
        Counted::Before => StatusCode::OK,
    };
    Ok((status, Json(Accepted { counted: true })))
}

fn envelope(headers: &HeaderMap) -> Result<Envelope, ProblemCode> {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    match content_type
        .and_then(|value| value.split(';').next())
        .map(str::trim)
    {
        Some(SEALED_TYPE) => Ok(Envelope::Sealed),
        Some(PLAIN_TYPE) => Ok(Envelope::Plain),
        _ => Err(ProblemCode::Malformed),
    }
}

/// Opens and validates a submission. The writer checks the state of the wave again, in the
/// transaction that counts.
fn open(
    collector: &Collector,
    id: &str,
    envelope: Envelope,
    bytes: &[u8],
) -> Result<Ballot, Problem> {
    let state = collector
        .store()
        .state(id)?
        .ok_or(ProblemCode::WaveUnknown)?;
    let wave = collector.wave(id)?;
    state.admits(&wave.file, &(collector.inner.today)())?;
    let json = match envelope {
        Envelope::Sealed => unseal(&collector.inner.keys, &wave, bytes)?,
        Envelope::Plain => bytes.to_vec(),
    };
    let submission: Submission =
        serde_json::from_slice(&json).map_err(|_| ProblemCode::Malformed)?;
    ballot(wave, &submission)
}

fn unseal(keys: &KeyDir, wave: &Wave, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    // Another length would say something about what is inside; no element of ours sends one.
    if bytes.len() != SEALED_BYTES {
        return Err(ProblemCode::Malformed.into());
    }
    let keys = keys.read(&wave.file.id).map_err(StoreError::Key)?;
    let private = keys.private.ok_or(ProblemCode::CannotOpen)?;
    open_submission(&private, &wave.hash, bytes).map_err(|_| ProblemCode::CannotOpen.into())
}

fn ballot(wave: Arc<Wave>, submission: &Submission) -> Result<Ballot, Problem> {
    let id = &wave.file.id;
    if submission.wave != *id {
        let place = ProblemPlace {
            code: "other_wave".to_owned(),
            path: "wave".to_owned(),
        };
        return Err(Problem::at(ProblemCode::Malformed, vec![place]));
    }
    if submission.edition != wave.edition.hash() {
        return Err(ProblemCode::EditionChanged.into());
    }
    if wave.leaf(&submission.unit).is_none() {
        return Err(ProblemCode::UnitUnknown.into());
    }
    let response = submission
        .response(wave.edition.survey())
        .map_err(|problems| invalid(&wave, &problems))?;
    Ok(Ballot {
        unit: submission.unit.clone(),
        id_hash: id_hash(id, &submission.id),
        code_hash: submission.code.as_ref().map(|code| code_hash(id, code)),
        response,
        wave,
    })
}

fn invalid(wave: &Wave, problems: &[SubmissionProblem]) -> Problem {
    let place = |code: &str, path: String| ProblemPlace {
        code: code.to_owned(),
        path,
    };
    let mut code = ProblemCode::AnswersInvalid;
    let mut places = Vec::new();
    for problem in problems {
        match problem {
            SubmissionProblem::Format => {
                code = ProblemCode::Malformed;
                places.push(place("format", "format".to_owned()));
            }
            SubmissionProblem::Id => {
                code = ProblemCode::Malformed;
                places.push(place("id", "id".to_owned()));
            }
            SubmissionProblem::Answers(answers) => {
                places.extend(answers.iter().map(|answer| answer_place(wave, answer)));
            }
        }
    }
    Problem::at(code, places)
}

fn answer_place(wave: &Wave, problem: &AnswersProblem) -> ProblemPlace {
    match problem {
        AnswersProblem::Count { .. } => ProblemPlace {
            code: "count".to_owned(),
            path: "answers".to_owned(),
        },
        AnswersProblem::NoSuchPoint { item, .. } => {
            let at = wave.edition.survey().item_idx(item).unwrap_or_default();
            ProblemPlace {
                code: "no_such_point".to_owned(),
                path: format!("answers[{at}]"),
            }
        }
    }
}

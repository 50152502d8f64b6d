//! The message that carries one respondent's answers.

use serde::{Deserialize, Serialize};
use survey::{Answer, AnswersProblem, Response, Survey};

/// Name and version of the format.
pub const SUBMISSION_FORMAT: &str = "trust-climate-submission/1";
/// Every submission is padded to this size, so that its length tells nothing. The largest possible
/// one (150 items of at most 8 bytes with their commas, ids of 40 bytes, a code) is under 1 900.
pub const SUBMISSION_BYTES: usize = 2048;

/// One respondent's answers, with an id that makes a repeat harmless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// [`SUBMISSION_FORMAT`].
    pub format: String,
    /// At least 128 random bits in base64url, made when the respondent presses send.
    pub id: String,
    /// Hash of the edition that was answered.
    pub edition: String,
    /// Id of the wave.
    pub wave: String,
    /// Id of the leaf unit that is answered for.
    pub unit: String,
    /// One-time code, when the wave has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Answers in the order of the edition's items.
    pub answers: Vec<Answer>,
}

/// What is wrong with a submission in itself, whatever the wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmissionProblem {
    /// Another format or version.
    Format,
    /// An id that is not 22 to 64 characters of base64url.
    Id,
    /// Answers that the survey has no place for.
    Answers(Vec<AnswersProblem>),
}

impl Submission {
    /// The response it carries.
    ///
    /// # Errors
    /// Every problem of format, id and answers.
    pub fn response(&self, survey: &Survey) -> Result<Response, Vec<SubmissionProblem>> {
        let mut problems = Vec::new();
        if self.format != SUBMISSION_FORMAT {
            problems.push(SubmissionProblem::Format);
        }
        if !is_random_id(&self.id) {
            problems.push(SubmissionProblem::Id);
        }
        match Response::new(survey, self.answers.clone()) {
            Ok(response) if problems.is_empty() => return Ok(response),
            Ok(_) => {}
            Err(answers) => problems.push(SubmissionProblem::Answers(answers)),
        }
        Err(problems)
    }
}

fn is_random_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (22..=64).contains(&id.len()) && id.bytes().all(plain)
}

/// Pads a submission's JSON with spaces to [`SUBMISSION_BYTES`]. White space after JSON means
/// nothing, so a reader needs no rule for it.
///
/// Returns `None` when the JSON is longer, which no checked survey makes.
pub fn pad(json: &str) -> Option<Vec<u8>> {
    let mut bytes = json.as_bytes().to_vec();
    if bytes.len() > SUBMISSION_BYTES {
        return None;
    }
    bytes.resize(SUBMISSION_BYTES, b' ');
    Some(bytes)
}

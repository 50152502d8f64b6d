//! The shapes that are promises, besides the release: submission, wave file, hand-in file, problem.
//!
//! Every shape names its format and version and refuses fields it does not know. Nothing here does
//! I/O or cryptography; it only says what is sealed and under which label.

mod closing_key;
mod date;
mod device_tally;
mod hand_in;
mod problem;
mod seal;
mod submission;
mod wave_file;

pub use closing_key::{Argon2Cost, CLOSING_KEY_FORMAT, CLOSING_KEY_LABEL, ClosingKey};
pub use date::Date;
pub use device_tally::{DeviceTally, DeviceTallyError};
pub use hand_in::{HAND_IN_FORMAT, HandIn, HandInContent, HandInError, UnitTally};
pub use problem::{Problem, ProblemCode, ProblemPlace};
pub use seal::{HAND_IN_LABEL, PUBLIC_KEY_BYTES, SUBMISSION_LABEL, info};
pub use submission::{SUBMISSION_BYTES, SUBMISSION_FORMAT, Submission, SubmissionProblem, pad};
pub use wave_file::{Codes, WAVE_FORMAT, WaveFile, WaveFileError, WaveFileProblem, WavePolicy};

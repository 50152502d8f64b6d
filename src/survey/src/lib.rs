//! What is asked, how one respondent answers it, and how it is scored.
//!
//! An [`Edition`] is one exact text of a survey, named by the SHA-256 of its canonical JSON. It is
//! written by people as TOML ([`parse()`]), which reports every problem with its line, a code and the
//! place. A [`Session`] is the state of one respondent filling it in; a [`Response`] is the outcome;
//! [`score()`] turns it into points.
//!
//! This crate knows one respondent at a time. It holds no counts, does no I/O, has no clock and
//! never sees the DOM.

mod answer;
mod canonical;
mod check;
mod definition;
mod named;
mod parse;
mod problem;
mod score;
mod session;

pub use answer::{Answer, AnswersProblem, Response};
pub use canonical::{Edition, EditionError, sha256_hex};
pub use check::{MAX_ITEMS, MAX_POINTS, MIN_POINTS};
pub use definition::{
    Anchors, Item, ItemIdx, Kind, Lang, Page, Scale, ScaleIdx, Source, Survey, Text, Theme,
};
pub use named::Named;
pub use parse::parse;
pub use problem::{Problem, ProblemCode};
pub use score::{Score, score};
pub use session::{Action, Place, Session};

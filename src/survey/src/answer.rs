//! Answers of one respondent.

use crate::definition::Survey;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// What one respondent says to one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Answer {
    /// Nothing was chosen.
    #[default]
    Blank,
    /// "Don't know or not relevant": an answer, never scored.
    NotApplicable,
    /// A point, from 1 (lowest label) to the number of points.
    Point(u8),
}

const BLANK: &str = "blank";
const NOT_APPLICABLE: &str = "na";

/// A point is a number; the two others are the words `na` and `blank`.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Blank => serializer.serialize_str(BLANK),
            Self::NotApplicable => serializer.serialize_str(NOT_APPLICABLE),
            Self::Point(point) => serializer.serialize_u8(*point),
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl Visitor<'_> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a point from 1, \"na\" or \"blank\"")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Answer, E> {
        match u8::try_from(value) {
            Ok(point) if point > 0 => Ok(Answer::Point(point)),
            _ => Err(E::custom("points start at 1")),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Answer, E> {
        match value {
            BLANK => Ok(Answer::Blank),
            NOT_APPLICABLE => Ok(Answer::NotApplicable),
            _ => Err(E::custom("expected `na` or `blank`")),
        }
    }
}

/// All answers of one respondent to one edition, in the order of its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    answers: Vec<Answer>,
}

/// Why a list of answers is not a response to a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswersProblem {
    /// More or fewer answers than the survey has items.
    Count {
        /// Number of items.
        expected: usize,
        /// Number of answers.
        found: usize,
    },
    /// A point that the item does not have.
    NoSuchPoint {
        /// Id of the item.
        item: String,
        /// The point that was given.
        point: u8,
        /// The highest point there is.
        points: usize,
    },
}

impl Response {
    /// Checks `answers` against `survey`.
    ///
    /// # Errors
    /// Every answer that the survey has no place for.
    pub fn new(survey: &Survey, answers: Vec<Answer>) -> Result<Self, Vec<AnswersProblem>> {
        if answers.len() != survey.items.len() {
            let (expected, found) = (survey.items.len(), answers.len());
            return Err(vec![AnswersProblem::Count { expected, found }]);
        }
        let problems: Vec<_> = answers
            .iter()
            .enumerate()
            .filter_map(|(item, answer)| match answer {
                Answer::Point(point)
                    if *point == 0 || usize::from(*point) > survey.points(item) =>
                {
                    Some(AnswersProblem::NoSuchPoint {
                        item: survey.items[item].id.clone(),
                        point: *point,
                        points: survey.points(item),
                    })
                }
                Answer::Point(_) | Answer::Blank | Answer::NotApplicable => None,
            })
            .collect();
        if problems.is_empty() {
            Ok(Self { answers })
        } else {
            Err(problems)
        }
    }

    /// The answers, in the order of the items.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }
}

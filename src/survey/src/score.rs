//! Scoring: from the answers of one respondent to points on a scale.

use crate::answer::{Answer, Response};
use crate::definition::{Scale, Survey};

/// What one respondent contributes to one scale, in integers.
///
/// `sum` adds up the answered items, each from 0 (lowest) to points − 1; a reversed item counts
/// from the other end. The score from 0 to 100 is `100·sum / ((points − 1)·answered)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Items answered with a point.
    pub answered: usize,
    /// Sum of their steps above the lowest point.
    pub sum: usize,
}

/// Scores `response` on `scale`. Whether enough items were answered ([`Scale::min_answered`], the
/// half rule) is decided where scores are read, so that nothing is lost in a tally.
pub fn score(survey: &Survey, scale: &Scale, response: &Response) -> Score {
    let mut score = Score {
        answered: 0,
        sum: 0,
    };
    for item in survey.scale_items(scale) {
        if let Answer::Point(point) = response.answers()[item] {
            let step = usize::from(point) - 1;
            let top = survey.points(item) - 1;
            score.answered += 1;
            score.sum += if survey.items[item].reversed {
                top - step
            } else {
                step
            };
        }
    }
    score
}

//! What a scale's published numbers tell about the answers to its items.
//!
//! A score is the mean of the items that a respondent answered. Where everybody answered all of
//! them, the mean of the scores is the mean of all answers, so an index bounds their sum, and the
//! standard deviation bounds the sum of their squares: exactly for one item, from below for more
//! (by Jensen's inequality). Missing answers widen the bounds by what they can have been.

use super::student::t_975;
use release::{IndexValue, ScaleValue};

/// Bounds on the answers to the items of one scale in one unit, each counted from 0.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// Places of the items.
    pub items: Vec<usize>,
    /// The least and greatest sum of all answers.
    pub answers: (f64, f64),
    /// The least and greatest sum of their squares.
    pub squares: (f64, f64),
}

/// Who answered, as far as it is published.
pub(super) struct Respondents {
    /// Responses of the unit.
    pub responses: u32,
    /// Staff, where it is published.
    pub headcount: Option<u32>,
    /// Answers to all items of the scale together, where the items are shown.
    pub answers: Option<i64>,
}

/// What `value` tells of `items` with answers from 0 to `top`.
pub(super) fn sum(value: &ScaleValue, items: Vec<usize>, top: f64, who: &Respondents) -> Sum {
    let n = f64::from(value.n);
    let n_items = real(items.len());
    let mean = mean(value);
    // From points of the scale to the sum of all answers.
    let unit = n_items * n * top / 100.0;
    let complete = whole_numbers((mean.0 * unit, mean.1 * unit));
    let (missing, extra) = missing(value.n, &items, who);
    let answers = (complete.0 - top * missing, complete.1 + top * extra);
    let squares = if missing + extra > 0.0 {
        (0.0, f64::INFINITY)
    } else {
        squares(value, complete, n_items, top, who)
    };
    Sum {
        items,
        answers,
        squares,
    }
}

/// How many answers may be missing of those with a score, and how many there may be of those
/// without. Where items are not shown, everybody is taken to have answered: the most an outsider
/// can hope to know.
fn missing(n: u32, items: &[usize], who: &Respondents) -> (f64, f64) {
    let Some(answers) = who.answers else {
        return (0.0, 0.0);
    };
    let n_items = real(items.len());
    let extra = f64::from(who.responses.saturating_sub(n)) * (n_items - 1.0);
    let there = f64::from(i32::try_from(answers).unwrap_or(i32::MAX));
    ((n_items * f64::from(n) - there + extra).max(0.0), extra)
}

/// The least and greatest mean that rounds to what is published.
fn mean(value: &ScaleValue) -> (f64, f64) {
    let mut bounds = match value.index {
        IndexValue::AtMost10 => (0.0, 10.0),
        IndexValue::AtLeast90 => (90.0, 100.0),
        IndexValue::Points(points) => around(f64::from(points), 0.5),
    };
    if let Some([lo, hi]) = value.interval
        && lo > 0
        && hi < 100
    {
        let middle = f64::midpoint(f64::from(lo), f64::from(hi));
        bounds = both(bounds, around(middle, 0.5));
    }
    if let Some(moments) = value.moments {
        bounds = both(bounds, around(f64::from(moments.mean) / 100.0, 0.005));
    }
    both(bounds, (0.0, 100.0))
}

/// Bounds on the sum of squared answers.
fn squares(
    value: &ScaleValue,
    answers: (f64, f64),
    n_items: f64,
    top: f64,
    who: &Respondents,
) -> (f64, f64) {
    let n = f64::from(value.n);
    let (low, high) = deviation(value, who);
    let of = |sd: f64, answers: f64| {
        let (sd, total) = (sd * top / 100.0, answers / n_items);
        (n - 1.0) * sd * sd + total * total / n
    };
    let least = n_items * of(low, answers.0) - 1e-6;
    let most = if n_items > 1.5 {
        f64::INFINITY
    } else {
        of(high, answers.1) + 1e-6
    };
    (least, most)
}

/// The least and greatest standard deviation of the scores.
fn deviation(value: &ScaleValue, who: &Respondents) -> (f64, f64) {
    let mut bounds = (0.0, f64::INFINITY);
    if let Some(sd) = value.sd {
        bounds = both(bounds, around(f64::from(sd), 0.5));
    }
    if let Some(moments) = value.moments {
        bounds = both(bounds, around(f64::from(moments.sd) / 100.0, 0.005));
    }
    if let Some([lo, hi]) = value.interval
        && value.n > 1
    {
        // An end that is cut off at 0 or 100 makes the interval shorter, never longer.
        let half = (f64::from(hi) - f64::from(lo)) / 2.0;
        let is_cut = lo == 0 || hi == 100;
        let (factor, is_known) = widening(value.n, who);
        let high = if is_cut || !is_known {
            f64::INFINITY
        } else {
            (half + 0.5) * factor
        };
        bounds = both(bounds, ((half - 0.5).max(0.0) * factor, high));
    }
    bounds
}

/// What half an interval is multiplied by to be a standard deviation, and whether it is known: where
/// the staff is not published, it is the least it can be.
fn widening(n: u32, who: &Respondents) -> (f64, bool) {
    let plain = f64::from(n).sqrt() / t_975(n - 1);
    match who.headcount {
        Some(staff) if n < staff => {
            let correction = (1.0 - f64::from(n) / f64::from(staff)).sqrt();
            (plain / correction, true)
        }
        // Everybody answered: the interval is the point and tells nothing.
        Some(_) => (0.0, false),
        None => (plain, false),
    }
}

fn around(middle: f64, half: f64) -> (f64, f64) {
    // The upper end rounds up: it is just missed.
    (middle - half, middle + half - 1e-9)
}

fn both(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0.max(b.0), a.1.min(b.1))
}

/// The whole numbers within bounds.
fn whole_numbers((low, high): (f64, f64)) -> (f64, f64) {
    ((low - 1e-6).ceil(), (high + 1e-9).floor())
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use release::Moments;

    fn whole_unit(responses: u32) -> Respondents {
        Respondents {
            responses,
            headcount: None,
            answers: None,
        }
    }

    #[test]
    fn an_index_of_one_item_bounds_the_sum_of_answers() {
        let value = ScaleValue {
            n: 7,
            index: IndexValue::Points(71),
            interval: None,
            sd: None,
            moments: None,
        };
        // 20 of 28 is 71.4; 19 would be 67.9.
        let found = sum(&value, vec![0], 4.0, &whole_unit(7));
        assert_eq!(found.answers, (20.0, 20.0));
        let coded = ScaleValue {
            index: IndexValue::AtLeast90,
            ..value
        };
        assert_eq!(
            sum(&coded, vec![0, 1], 4.0, &whole_unit(7)).answers,
            (51.0, 56.0)
        );
    }

    /// Answers 0, 2, 2, 4 in points of the scale: mean 50, standard deviation 40.82.
    #[test]
    fn two_decimals_fix_the_squares_of_one_item() {
        let value = ScaleValue {
            n: 4,
            index: IndexValue::Points(50),
            interval: None,
            sd: Some(41),
            moments: Some(Moments {
                mean: 5_000,
                sd: 4_082,
            }),
        };
        let found = sum(&value, vec![0], 4.0, &whole_unit(4));
        assert_eq!(found.answers, (8.0, 8.0));
        assert!(found.squares.0 > 23.9 && found.squares.0 <= 24.0);
        assert!(found.squares.1 >= 24.0 && found.squares.1 < 24.1);
    }
}

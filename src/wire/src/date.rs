//! A calendar date.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A date as `2026-11-22` (ISO 8601); dates compare as they follow each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

/// The text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(pub String);

impl Date {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// When it is not a day of the calendar.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        if is_date(text.as_bytes()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotADate(text.to_owned()))
        }
    }

    /// The date as `YYYY-MM-DD`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Digit by digit, since parsing numbers from text is code that every respondent downloads.
fn is_date(text: &[u8]) -> bool {
    if text.len() != 10 {
        return false;
    }
    let mut numbers = [0_u16; 3];
    let mut number = 0;
    for (at, byte) in text.iter().enumerate() {
        match (at, byte) {
            (4 | 7, b'-') => number += 1,
            (4 | 7, _) => return false,
            (_, b'0'..=b'9') => numbers[number] = numbers[number] * 10 + u16::from(byte - b'0'),
            _ => return false,
        }
    }
    let [year, month, day] = numbers;
    (1..=days_in(year, month)).contains(&day)
}

fn days_in(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date; write it as 2026-11-22", self.0)
    }
}

impl std::error::Error for NotADate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        let check = |text: &str, expected: bool| {
            assert_eq!(Date::parse(text).is_ok(), expected, "{text}");
        };
        check("2026-11-22", true);
        check("2024-02-29", true);
        check("2000-02-29", true);
        check("2026-02-29", false);
        check("1900-02-29", false);
        check("2026-04-31", false);
        check("2026-00-10", false);
        check("2026-13-10", false);
        check("2026-12-00", false);
        check("2026-1-022", false);
        check("2026/11/22", false);
        check("-026-11-22", false);
        check("2026-11-2", false);
        check("2026-11-222", false);
        check("2026-11-2é", false);
        check("", false);
    }
}

//! The calendar: today's date at the edge, and days counted from a date.

use time::{Duration, Month, OffsetDateTime};
use wire::Date;

/// Where today's date comes from; passed in, so that tests choose it. Nothing finer than a day is
/// ever asked for.
pub type Today = fn() -> Date;

/// Today in UTC. A wave is closed by people in working hours, when the date is the same in all of
/// Europe; where it differs, UTC is the later one to close.
pub fn today() -> Date {
    date(OffsetDateTime::now_utc().date())
}

/// The date `days` after `start`.
pub fn plus_days(start: &Date, days: u16) -> Date {
    let parsed = calendar(start);
    // The calendar ends in 9999; a wave that would pass it ends with it.
    date(
        parsed
            .checked_add(Duration::days(days.into()))
            .unwrap_or(time::Date::MAX),
    )
}

/// The last day of a month.
///
/// Returns `None` when there is no such month.
pub fn month_end(year: u16, month: u8) -> Option<Date> {
    let month_name = Month::try_from(month).ok()?;
    Date::parse(&format!(
        "{year:04}-{month:02}-{:02}",
        month_name.length(year.into())
    ))
    .ok()
}

fn calendar(day: &Date) -> time::Date {
    let parts: Vec<&str> = day.as_str().split('-').collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u16>().ok());
    let small = |at: usize| number(at).and_then(|part| u8::try_from(part).ok());
    let month = small(1).and_then(|month| Month::try_from(month).ok());
    number(0)
        .zip(month)
        .zip(small(2))
        .and_then(|((year, month), day)| {
            time::Date::from_calendar_date(year.into(), month, day).ok()
        })
        // `Date` holds days of the calendar only.
        .expect("a wire date is a day of the calendar")
}

fn date(day: time::Date) -> Date {
    let text = format!(
        "{:04}-{:02}-{:02}",
        day.year(),
        u8::from(day.month()),
        day.day()
    );
    Date::parse(&text).expect("a day of the calendar is a wire date")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, days: u16, end: &str) {
        let start = Date::parse(start).expect("a date");
        assert_eq!(plus_days(&start, days).as_str(), end);
    }

    #[test]
    fn days_cross_months_and_years() {
        check("2026-11-22", 0, "2026-11-22");
        check("2026-12-28", 7, "2027-01-04");
        check("2028-02-28", 1, "2028-02-29");
        check("2026-02-28", 1, "2026-03-01");
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(month_end(2024, 2).expect("February").as_str(), "2024-02-29");
        assert_eq!(month_end(2022, 6).expect("June").as_str(), "2022-06-30");
        assert_eq!(month_end(2022, 13), None);
    }
}

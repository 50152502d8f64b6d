//! When a wave was, read from its id: `2022`, `2022H1`, `2022Q3`, `2022-03`.

use crate::clock::month_end;
use survey::Text;
use wire::Date;

/// First and last day of a wave, and its name where the id says one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
    /// Name, Danish and English.
    pub name: Option<Text>,
}

/// The period that an id names, if it names one.
pub fn period(id: &str) -> Option<Period> {
    let (year, part) = id.split_at_checked(4)?;
    let number: u16 = year
        .parse()
        .ok()
        .filter(|_| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let months = |first: u8, last: u8, da: String, en: String| {
        let opens = Date::parse(&format!("{year}-{first:02}-01")).ok()?;
        let name = [("da".to_owned(), da), ("en".to_owned(), en)].into();
        Some(Period {
            opens,
            closes: month_end(number, last)?,
            name: Some(Text(name)),
        })
    };
    let half = |first, word| {
        let da = format!("{}. halvår {year}", if first == 1 { 1 } else { 2 });
        months(first, first + 5, da, format!("{word} half of {year}"))
    };
    let quarter = |nth: u8, word| {
        months(
            3 * nth - 2,
            3 * nth,
            format!("{nth}. kvartal {year}"),
            format!("{word} quarter of {year}"),
        )
    };
    match part {
        "" => months(1, 12, year.to_owned(), year.to_owned()),
        "H1" => half(1, "First"),
        "H2" => half(7, "Second"),
        "Q1" => quarter(1, "First"),
        "Q2" => quarter(2, "Second"),
        "Q3" => quarter(3, "Third"),
        "Q4" => quarter(4, "Fourth"),
        _ => {
            let month = part
                .strip_prefix('-')
                .filter(|month| month.len() == 2)?
                .parse()
                .ok()?;
            months(month, month, id.to_owned(), id.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, opens: &str, closes: &str, da: &str, en: &str) {
        let found = period(id).expect("a period");
        let name = found.name.expect("a name");
        assert_eq!(
            (found.opens.as_str(), found.closes.as_str()),
            (opens, closes)
        );
        assert_eq!((name.get("da", &[]), name.get("en", &[])), (da, en));
    }

    #[test]
    fn ids_name_periods() {
        check("2022", "2022-01-01", "2022-12-31", "2022", "2022");
        check(
            "2022H1",
            "2022-01-01",
            "2022-06-30",
            "1. halvår 2022",
            "First half of 2022",
        );
        check(
            "2025H2",
            "2025-07-01",
            "2025-12-31",
            "2. halvår 2025",
            "Second half of 2025",
        );
        check(
            "2024Q1",
            "2024-01-01",
            "2024-03-31",
            "1. kvartal 2024",
            "First quarter of 2024",
        );
        check("2024-02", "2024-02-01", "2024-02-29", "2024-02", "2024-02");
    }

    #[test]
    fn other_ids_name_none() {
        for id in ["", "spring", "2022H3", "2022-13", "20é2", "+022"] {
            assert_eq!(period(id), None, "{id}");
        }
    }
}

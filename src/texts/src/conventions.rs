//! How a language writes numbers, dates and lists, after CLDR for `da-DK` and `en-GB`.

/// What does not fit in a language file because it is a rule and not a text.
pub struct Conventions {
    /// Between whole and part.
    pub decimal: char,
    /// Between thousands.
    thousands: char,
    /// After a number of percent; the no-break space keeps number and sign on one line.
    pub percent: &'static str,
    /// Before the last in a list.
    pub and: &'static str,
    /// Months, and what stands after the day; without them dates stay as ISO 8601 writes them.
    months: Option<([&'static str; 12], &'static str)>,
}

const DANISH: Conventions = Conventions {
    decimal: ',',
    thousands: '.',
    percent: "\u{a0}%",
    and: "og",
    months: Some((
        [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        ".",
    )),
};

const ENGLISH: Conventions = Conventions {
    decimal: '.',
    thousands: ',',
    percent: "%",
    and: "and",
    months: Some((
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        "",
    )),
};

/// Reads the same in every language.
const NEUTRAL: Conventions = Conventions {
    decimal: '.',
    thousands: '\u{a0}',
    percent: "\u{a0}%",
    and: "+",
    months: None,
};

impl Conventions {
    /// The conventions of a BCP 47 tag.
    pub fn of(tag: &str) -> &'static Self {
        match tag.split('-').next() {
            Some("da") => &DANISH,
            Some("en") => &ENGLISH,
            Some(_) | None => &NEUTRAL,
        }
    }

    /// A whole number with its thousands marked.
    pub fn grouped(&self, number: u32) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(self.thousands);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A day in words, when `iso` is one and the language has words.
    pub fn date(&self, iso: &str) -> Option<String> {
        let (months, after_day) = self.months?;
        let mut parts = iso.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let month: usize = month.parse().ok()?;
        let day: u8 = day.parse().ok()?;
        let name = months.get(month.checked_sub(1)?)?;
        Some(format!("{day}{after_day} {name} {year}"))
    }
}

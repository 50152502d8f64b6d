//! A language: its tag, its strings, and how it writes numbers, dates and lists.

use crate::conventions::Conventions;
use release::Text;
use std::collections::BTreeMap;

/// Key of the one public reason for everything that is not shown.
const WITHHELD: &str = "value.withheld";

/// Texts and conventions of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    tag: String,
    strings: BTreeMap<String, String>,
}

impl Language {
    /// A language with its strings by dotted key. `tag` is a BCP 47 tag, for example `da`.
    pub fn new(tag: impl Into<String>, strings: BTreeMap<String, String>) -> Self {
        Self {
            tag: tag.into(),
            strings,
        }
    }

    /// The same language with `source`'s strings (Danish) where its own are missing.
    #[must_use]
    pub fn over(mut self, source: &Self) -> Self {
        for (key, string) in &source.strings {
            self.strings
                .entry(key.clone())
                .or_insert_with(|| string.clone());
        }
        self
    }

    /// The tag, for `lang` attributes.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The text called `key`, or the key itself where there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.get(key).map_or(key, String::as_str)
    }

    /// The text called `key` with its placeholders filled. A placeholder that is not among `values`
    /// stays as it is written.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        // One pass from the left, so that braces in a value are never read as a placeholder.
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let known = after.split_once('}').and_then(|(name, tail)| {
                let value = values.iter().find(|(wanted, _)| *wanted == name)?;
                Some((value.1, tail))
            });
            match known {
                Some((value, tail)) => {
                    filled.push_str(value);
                    rest = tail;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    /// Of a text in several languages, this one, or the one with the same primary subtag, or Danish,
    /// or whatever there is.
    pub fn pick<'a>(&self, text: &'a Text) -> &'a str {
        let primary = self.tag.split('-').next().unwrap_or_default();
        [self.tag.as_str(), primary, "da"]
            .iter()
            .find_map(|tag| text.get(*tag))
            .or_else(|| text.values().next())
            .map_or("", String::as_str)
    }

    /// The one public reason for a number that is not shown.
    pub fn withheld(&self) -> &str {
        self.get(WITHHELD)
    }

    /// A count with thousands marked: `19.171` in Danish.
    pub fn count(&self, count: u32) -> String {
        self.conventions().grouped(count)
    }

    /// A difference with its sign: `+4`, `−3` (U+2212), `0`.
    pub fn signed(&self, difference: i32) -> String {
        let size = self.count(difference.unsigned_abs());
        match difference.signum() {
            1 => format!("+{size}"),
            -1 => format!("\u{2212}{size}"),
            _ => size,
        }
    }

    /// A number given in hundredths, with two decimals: `6859` is `68,59` in Danish.
    pub fn hundredths(&self, hundredths: u32) -> String {
        let conventions = self.conventions();
        let (whole, part) = (hundredths / 100, hundredths % 100);
        format!(
            "{}{}{part:02}",
            conventions.grouped(whole),
            conventions.decimal
        )
    }

    /// A number given in hundredths, with one decimal, a half going up: `32` is `0,3` in Danish.
    pub fn tenths(&self, hundredths: u32) -> String {
        let conventions = self.conventions();
        let tenths = (hundredths + 5) / 10;
        let whole = conventions.grouped(tenths / 10);
        format!("{whole}{}{}", conventions.decimal, tenths % 10)
    }

    /// A share in whole percent: `73 %` with a no-break space in Danish.
    pub fn percent(&self, percent: u8) -> String {
        format!("{percent}{}", self.conventions().percent)
    }

    /// A day given as `YYYY-MM-DD`, in words. What is not such a day is returned as it is.
    pub fn date(&self, iso: &str) -> String {
        self.conventions()
            .date(iso)
            .unwrap_or_else(|| iso.to_owned())
    }

    /// A list for a sentence: `a`, `a og b`, `a, b og c`.
    pub fn list(&self, parts: &[&str]) -> String {
        match parts {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [all @ .., last] => {
                format!("{} {} {last}", all.join(", "), self.conventions().and)
            }
        }
    }

    fn conventions(&self) -> &'static Conventions {
        Conventions::of(&self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str, strings: &[(&str, &str)]) -> Language {
        let own = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
        Language::new(tag, strings.iter().map(own).collect())
    }

    #[test]
    fn a_missing_text_is_danish_and_then_its_key() {
        let danish = language("da", &[("a", "Svar"), ("b", "Enhed")]);
        let english = language("en", &[("a", "Answer")]).over(&danish);
        assert_eq!(english.get("a"), "Answer");
        assert_eq!(english.get("b"), "Enhed");
        assert_eq!(english.get("c.d"), "c.d");
    }

    #[test]
    fn placeholders_are_filled_once_and_unknown_ones_stay() {
        let danish = language("da", &[("s", "{unit} har {n} svar {?} {n")]);
        assert_eq!(
            danish.fill("s", &[("unit", "{n}"), ("n", "7")]),
            "{n} har 7 svar {?} {n"
        );
    }

    #[test]
    fn numbers_follow_the_language() {
        let (danish, english) = (language("da", &[]), language("en-GB", &[]));
        assert_eq!(danish.count(19_171), "19.171");
        assert_eq!(english.count(1_219_171), "1,219,171");
        assert_eq!(danish.count(999), "999");
        assert_eq!(danish.hundredths(6_805), "68,05");
        assert_eq!(english.hundredths(6_805), "68.05");
        assert_eq!([danish.tenths(32), danish.tenths(125)], ["0,3", "1,3"]);
        assert_eq!(danish.percent(73), "73\u{a0}%");
        assert_eq!(english.percent(73), "73%");
        assert_eq!(danish.signed(-3), "\u{2212}3");
        assert_eq!(danish.signed(3), "+3");
        assert_eq!(danish.signed(0), "0");
    }

    #[test]
    fn dates_are_written_out() {
        assert_eq!(language("da", &[]).date("2026-11-22"), "22. november 2026");
        assert_eq!(language("en", &[]).date("2026-03-02"), "2 March 2026");
        assert_eq!(language("de", &[]).date("2026-11-22"), "2026-11-22");
        assert_eq!(language("da", &[]).date("2026-13-22"), "2026-13-22");
        assert_eq!(language("da", &[]).date("soon"), "soon");
    }

    #[test]
    fn lists_read_as_sentences() {
        let danish = language("da", &[]);
        assert_eq!(danish.list(&[]), "");
        assert_eq!(danish.list(&["T1"]), "T1");
        assert_eq!(danish.list(&["T1", "T2", "T3"]), "T1, T2 og T3");
    }

    #[test]
    fn a_text_is_picked_in_the_nearest_language() {
        let text: Text = [
            ("da".into(), "Tillid".into()),
            ("en".into(), "Trust".into()),
        ]
        .into();
        assert_eq!(language("en-GB", &[]).pick(&text), "Trust");
        assert_eq!(language("fo", &[]).pick(&text), "Tillid");
        assert_eq!(language("da", &[]).pick(&Text::new()), "");
    }
}

//! Languages: which one, which way it runs, and what the browser knows of it.

use crate::texts::joined;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;

/// The language among `offered` that serves `wanted` best: the same, else the same but for the
/// region (`da-DK` is served by `da`), else the first. `None` when none is offered.
pub fn pick_lang<'a>(wanted: &str, offered: &'a [String]) -> Option<&'a str> {
    let primary = primary_lang(wanted);
    let same = |lang: &&String| lang.eq_ignore_ascii_case(wanted);
    let near = |lang: &&String| primary_lang(lang).eq_ignore_ascii_case(primary);
    offered
        .iter()
        .find(same)
        .or_else(|| offered.iter().find(near))
        .or(offered.first())
        .map(String::as_str)
}

/// `rtl` or `ltr`, for `dir` attributes.
pub fn direction(lang: &str) -> &'static str {
    match primary_lang(lang) {
        "ar" | "fa" | "he" | "ur" => "rtl",
        _ => "ltr",
    }
}

/// A language without its region: `da` of `da-DK`.
pub fn primary_lang(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

/// A date (`2026-11-22`) in words: «22. november 2026». The day stays on the month's line.
/// English without a region is taken as British, which names the day first as Danish does.
pub fn long_date(iso: &str, lang: &str) -> String {
    let options = options(&[
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("timeZone", "UTC"),
    ]);
    let date = Date::new(&JsValue::from_str(iso));
    let locale = if lang == "en" { "en-GB" } else { lang };
    let words: String = date.to_locale_date_string(locale, &options).into();
    words.replacen(' ', "\u{a0}", 1)
}

/// Today where the device is, as `2026-11-22`.
pub fn today() -> String {
    let now = Date::new_0();
    let year = now.get_full_year().to_string();
    let month = two_digits(now.get_month() + 1);
    let day = two_digits(now.get_date());
    joined(&[&year, "-", &month, "-", &day])
}

fn two_digits(number: u32) -> String {
    let filler = if number < 10 { "0" } else { "" };
    joined(&[filler, &number.to_string()])
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(lang: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;
}

/// The name of a language in that language: «dansk», «English»; the tag where it has none.
pub fn name_of_lang(lang: &str) -> String {
    DisplayNames::new(lang, &options(&[("type", "language")]))
        .and_then(|names| names.of(lang))
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| lang.to_owned())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // A new plain object takes every key.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &str, offered: &[&str], expected: Option<&str>) {
        let offered: Vec<String> = offered.iter().map(|lang| (*lang).to_owned()).collect();
        assert_eq!(pick_lang(wanted, &offered), expected);
    }

    #[test]
    fn the_nearest_language_is_picked() {
        check("en", &["da", "en"], Some("en"));
        check("en-GB", &["da", "en"], Some("en"));
        check("EN", &["da", "en"], Some("en"));
        check("pl", &["da", "en"], Some("da"));
        check("pt-BR", &["pt", "pt-BR"], Some("pt-BR"));
        check("da", &[], None);
    }

    #[test]
    fn arabic_runs_from_right_to_left() {
        assert_eq!(direction("ar-EG"), "rtl");
        assert_eq!(direction("da"), "ltr");
    }
}

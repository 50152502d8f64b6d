//! The words of an element, in one language.

use crate::fetch::FetchProblem;
use crate::value::{Value, read};
use std::rc::Rc;
use survey::Named;
use wasm_bindgen::prelude::*;

/// The texts of one area (`survey`, `results`, …) in one language; cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    lang: Rc<str>,
    words: Rc<Named<String>>,
}

#[wasm_bindgen(raw_module = "./texts.js")]
extern "C" {
    /// The language among those with files that serves a language tag.
    #[wasm_bindgen(js_name = languageOf)]
    fn language_of(lang: &str) -> String;
    /// The texts of an area, fetched once per page.
    #[wasm_bindgen(js_name = texts, catch)]
    async fn words_of(lang: &str, area: &str) -> Result<JsValue, JsValue>;
}

impl Texts {
    /// Loads the texts of `area` in `lang`, or in Danish where that language has no file.
    ///
    /// # Errors
    /// When they cannot be had; the next call tries again.
    pub async fn load(lang: &str, area: &str) -> Result<Self, FetchProblem> {
        let words = words_of(lang, area).await;
        let words = words.map_err(|_| FetchProblem::Offline)?;
        let words = read(words, |words| words.named(Value::text));
        Ok(Self {
            lang: language_of(lang).into(),
            words: Rc::new(words.ok_or(FetchProblem::Unreadable)?),
        })
    }

    /// The texts that a script has loaded with `texts.js`: the language that they are really in, and
    /// the words.
    pub fn read(loaded: JsValue) -> Option<Self> {
        read(loaded, |of| Self {
            lang: of.get("lang").text().into(),
            words: Rc::new(of.get("words").named(Value::text)),
        })
    }

    /// The language they are really in.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// All texts by key.
    pub fn words(&self) -> &Named<String> {
        &self.words
    }

    /// Whether there is a text with this key.
    pub fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// The text with this key. A missing text shows its key, so that it is seen and can be named.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text with every `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }
}

/// Texts one after the other: what `concat` does for any list, in a tenth of the download.
pub fn joined(parts: &[&str]) -> String {
    let mut whole = String::new();
    for part in parts {
        whole.push_str(part);
    }
    whole
}

/// One pass over the text, so that braces in a value stay as they are.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after_name)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = after_name;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    fn check(text: &str, values: &[(&str, &str)], expected: &str) {
        assert_eq!(fill(text, values), expected);
    }

    #[test]
    fn placeholders_are_filled_in_one_pass() {
        check(
            "Side {page} af {pages}",
            &[("page", "2"), ("pages", "7")],
            "Side 2 af 7",
        );
        check("{a}{a}", &[("a", "{b}"), ("b", "no")], "{b}{b}");
        check("no {such} name", &[], "no {such} name");
        check("open { brace", &[], "open { brace");
        check("", &[], "");
    }
}

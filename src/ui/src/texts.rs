//! The words of an element, in one language.

use crate::fetch::{FetchProblem, Fresh, absolute, json};
use crate::lang::primary_lang;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Language of the texts that every area has.
const FALLBACK: &str = "da";

/// The texts of one area (`survey`, `results`, …) in one language; cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    lang: Rc<str>,
    words: Rc<BTreeMap<String, String>>,
}

#[wasm_bindgen]
extern "C" {
    /// Address of the module's glue: its language files lie beside it, in `texts/`.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static MODULE: String;
}

impl Texts {
    /// Loads the texts of `area` in `lang`, or in Danish where that language has no file.
    ///
    /// # Errors
    /// When neither can be had.
    pub async fn load(lang: &str, area: &str) -> Result<Self, FetchProblem> {
        let primary = primary_lang(lang);
        match Self::load_exactly(primary, area).await {
            Err(FetchProblem::Status(_)) if primary != FALLBACK => {
                Self::load_exactly(FALLBACK, area).await
            }
            loaded => loaded,
        }
    }

    async fn load_exactly(lang: &str, area: &str) -> Result<Self, FetchProblem> {
        let file = ["texts/", lang, ".", area, ".json"].concat();
        let url = MODULE
            .with(|module| absolute(&file, Some(module)))
            .ok_or(FetchProblem::Offline)?;
        Ok(Self::new(lang, json(&url, Fresh::Kept).await?))
    }

    /// Texts in `lang` by key.
    pub fn new(lang: &str, words: BTreeMap<String, String>) -> Self {
        Self {
            lang: lang.into(),
            words: Rc::new(words),
        }
    }

    /// The language they are really in.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// All texts by key.
    pub fn words(&self) -> &BTreeMap<String, String> {
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

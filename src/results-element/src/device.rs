//! Releases that were made in this very browser.

use crate::load::{Problem, checked};
use js_sys::{Array, Reflect};
use release::Release;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./tally.js")]
extern "C" {
    #[wasm_bindgen(js_name = releasesAll, catch)]
    async fn releases_all() -> Result<JsValue, JsValue>;
}

/// Every release on this device, or why it is not shown.
pub async fn releases() -> Vec<Result<Release, Problem>> {
    match releases_all().await {
        Ok(records) => Array::from(&records)
            .iter()
            .map(|record| read(&record))
            .collect(),
        Err(error) => vec![Err(Problem::Device(words_of(&error)))],
    }
}

fn read(record: &JsValue) -> Result<Release, Problem> {
    let field = |name: &str| {
        Reflect::get(record, &JsValue::from_str(name))
            .ok()
            .and_then(|value| value.as_string())
    };
    let (wave, json) = (
        field("wave").unwrap_or_default(),
        field("json").unwrap_or_default(),
    );
    checked(&wave, json.as_bytes())
}

fn words_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &JsValue::from_str("message")).ok();
    message
        .and_then(|message| message.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}

//! What the element's scripts in `www/` do for it: sealing, and keeping things on the device.
//!
//! Bytes go over as copies: these functions wait, and a view into the wasm memory would move.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

/// Counts to keep from the counts so far, `null` for none.
pub type Change = Closure<dyn FnMut(JsValue) -> Result<Uint8Array, JsValue>>;

#[wasm_bindgen(raw_module = "./seal.js")]
extern "C" {
    /// Whether this page may seal at all; on plain http it may not.
    #[wasm_bindgen(js_name = isSecure)]
    pub fn is_secure() -> bool;
    /// Sixteen random bytes in base64url.
    #[wasm_bindgen(js_name = randomId)]
    pub fn random_id() -> String;
    /// Seals `plaintext` to a wave's key.
    #[wasm_bindgen(catch)]
    pub async fn seal(
        key: &str,
        info: Uint8Array,
        plaintext: Uint8Array,
    ) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(raw_module = "./device.js")]
extern "C" {
    /// A sealed submission that waits on the device.
    pub type Waiting;
    /// Its key in the queue.
    #[wasm_bindgen(method, getter)]
    pub fn key(this: &Waiting) -> String;
    /// Where it is to be posted.
    #[wasm_bindgen(method, getter)]
    pub fn url(this: &Waiting) -> String;
    /// The ciphertext.
    #[wasm_bindgen(method, getter)]
    pub fn body(this: &Waiting) -> Uint8Array;

    /// Keeps a sealed submission; gives its key in the queue.
    #[wasm_bindgen(js_name = queueAdd, catch)]
    pub async fn queue_add(wave: &str, url: &str, body: Uint8Array) -> Result<JsValue, JsValue>;
    /// All that waits, as [`Waiting`].
    #[wasm_bindgen(js_name = queueAll, catch)]
    pub async fn queue_all() -> Result<JsValue, JsValue>;
    /// Forgets a submission.
    #[wasm_bindgen(js_name = queueRemove, catch)]
    pub async fn queue_remove(key: &str) -> Result<(), JsValue>;
    /// Changes the device's tally of a wave.
    #[wasm_bindgen(js_name = tallyUpdate, catch)]
    pub async fn tally_update(wave_hash: &str, change: &Change) -> Result<(), JsValue>;
}

/// All that waits on this device; nothing where the browser allows no storage.
pub async fn waiting() -> Vec<Waiting> {
    match queue_all().await {
        Ok(all) => Array::from(&all)
            .iter()
            .map(JsCast::unchecked_into)
            .collect(),
        Err(_) => Vec::new(),
    }
}

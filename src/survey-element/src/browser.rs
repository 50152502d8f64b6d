//! What the element's scripts in `www/` do for it: sealing, and keeping things on the device.
//!
//! Bytes go over as copies: these functions wait, and a view into the wasm memory would move.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

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
    pub fn seal(key: &str, info: Uint8Array, plaintext: Uint8Array) -> Promise;
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
    #[wasm_bindgen(js_name = queueAdd)]
    pub fn queue_add(wave: &str, url: &str, body: Uint8Array) -> Promise;
    /// All that waits, as [`Waiting`].
    #[wasm_bindgen(js_name = queueAll)]
    pub fn queue_all() -> Promise;
    /// Forgets a submission.
    #[wasm_bindgen(js_name = queueRemove)]
    pub fn queue_remove(key: &str) -> Promise;
    /// Changes the device's tally of a wave.
    #[wasm_bindgen(js_name = tallyUpdate)]
    pub fn tally_update(wave_hash: &str, change: &Change) -> Promise;
}

/// What a script promised. Not an `async fn` for each script's function: each would be a state
/// machine of its own.
pub fn settled(promise: Promise) -> JsFuture {
    promise.into()
}

/// All that waits on this device; nothing where the browser allows no storage.
pub async fn waiting() -> Vec<Waiting> {
    match settled(queue_all()).await {
        Ok(all) => Array::from(&all)
            .iter()
            .map(JsCast::unchecked_into)
            .collect(),
        Err(_) => Vec::new(),
    }
}

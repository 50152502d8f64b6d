//! Asking for JSON files and sending messages; the browser's part is `www/network.js`.

use crate::fetch::FetchProblem;
use crate::value::Value;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./network.js")]
extern "C" {
    type Said;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Said) -> u16;
    #[wasm_bindgen(method, getter)]
    fn json(this: &Said) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn hash(this: &Said) -> Option<String>;

    #[wasm_bindgen(js_name = get, catch)]
    async fn ask(url: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = post, catch)]
    async fn send(url: &str, content_type: &str, body: Uint8Array) -> Result<JsValue, JsValue>;
    /// Waits so many milliseconds, or until the device is back on a network.
    pub async fn pause(milliseconds: u32);
}

/// What a server said.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body; nothing when it is not JSON.
    pub json: Value,
    /// SHA-256 of the body, where the page may hash and something was asked for.
    pub hash: Option<String>,
}

/// Asks for the JSON file at `url`, and whether one that the browser has kept has changed.
///
/// # Errors
/// Without an answer, or when it is not a success.
pub async fn get(url: &str) -> Result<Reply, FetchProblem> {
    let reply = reply(ask(url).await)?;
    match reply.status {
        200..=299 => Ok(reply),
        status => Err(FetchProblem::Status(status)),
    }
}

/// Posts `body`, without telling from which page.
///
/// # Errors
/// [`FetchProblem::Offline`] without an answer.
pub async fn post(url: &str, content_type: &str, body: Uint8Array) -> Result<Reply, FetchProblem> {
    reply(send(url, content_type, body).await)
}

fn reply(said: Result<JsValue, JsValue>) -> Result<Reply, FetchProblem> {
    let said: Said = said.map_err(|_| FetchProblem::Offline)?.unchecked_into();
    Ok(Reply {
        status: said.status(),
        json: Value::new(said.json()),
        hash: said.hash(),
    })
}

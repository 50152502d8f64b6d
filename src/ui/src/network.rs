//! Asking for JSON files and sending messages; the browser's part is `www/network.js`.

use crate::fetch::FetchProblem;
use crate::value::Value;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(raw_module = "./network.js")]
extern "C" {
    type Said;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Said) -> u16;
    #[wasm_bindgen(method, getter)]
    fn json(this: &Said) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn hash(this: &Said) -> Option<String>;

    #[wasm_bindgen(js_name = get)]
    fn ask(url: &str) -> Promise;
    #[wasm_bindgen(js_name = post)]
    fn send(url: &str, content_type: &str, body: Uint8Array) -> Promise;
    #[wasm_bindgen(js_name = pause)]
    fn wait(milliseconds: u32) -> Promise;
}

/// Waits so many milliseconds, or until the device is back on a network.
pub fn pause(milliseconds: u32) -> JsFuture {
    wait(milliseconds).into()
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
    let reply = reply(ask(url).into()).await?;
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
    reply(send(url, content_type, body).into()).await
}

async fn reply(said: JsFuture) -> Result<Reply, FetchProblem> {
    let said = said.await.map_err(|_| FetchProblem::Offline)?;
    let said: Said = said.unchecked_into();
    Ok(Reply {
        status: said.status(),
        json: Value::new(said.json()),
        hash: said.hash(),
    })
}

//! Fetching, with the three ways it fails that a person can do something about.

use crate::json::from_value;
use js_sys::{JSON, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response, Url};

/// Why something could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchProblem {
    /// No answer: no network, no such host, or the page's policy forbids it.
    Offline,
    /// An answer that is not a success.
    Status(u16),
    /// An answer that is not what it should be.
    Unreadable,
}

/// Whether an answer that the browser has kept will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// Yes: the address names its content.
    Kept,
    /// No: ask whether it has changed.
    Asked,
}

/// The body at `url`.
///
/// # Errors
/// Without an answer, or when it is not a success.
pub async fn bytes(url: &str, fresh: Fresh) -> Result<Vec<u8>, FetchProblem> {
    let init = RequestInit::new();
    if fresh == Fresh::Asked {
        init.set_cache(RequestCache::NoCache);
    }
    let (status, body) = send(url, &init).await.ok_or(FetchProblem::Offline)?;
    match status {
        200..=299 => Ok(body),
        status => Err(FetchProblem::Status(status)),
    }
}

/// Reads JSON with the browser's own parser, which costs no bytes to download.
///
/// # Errors
/// [`FetchProblem::Unreadable`] when it is not JSON of the type.
pub fn json_from<T: DeserializeOwned>(json: &[u8]) -> Result<T, FetchProblem> {
    let text = std::str::from_utf8(json).map_err(|_| FetchProblem::Unreadable)?;
    let value = JSON::parse(text).map_err(|_| FetchProblem::Unreadable)?;
    from_value(value).map_err(|_| FetchProblem::Unreadable)
}

/// `url` as seen from `base`, or from the page where `base` is `None`.
pub fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let page = web_sys::window()?.document()?.base_uri().ok()??;
    let base = base.unwrap_or(&page);
    Url::new_with_base(url, base).ok().map(|url| url.href())
}

/// Status and body.
async fn send(url: &str, init: &RequestInit) -> Option<(u16, Vec<u8>)> {
    let sent = web_sys::window()?.fetch_with_str_and_init(url, init);
    let response: Response = JsFuture::from(sent).await.ok()?.unchecked_into();
    let body = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some((response.status(), Uint8Array::new(&body).to_vec()))
}

//! Fetching, with the three ways it fails that a person can do something about.

use crate::json::from_value;
use js_sys::{JSON, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReferrerPolicy, RequestCache, RequestInit, Response, Url};

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

/// What a server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
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
    let reply = send(url, &init).await.ok_or(FetchProblem::Offline)?;
    match reply.status {
        200..=299 => Ok(reply.body),
        status => Err(FetchProblem::Status(status)),
    }
}

/// The JSON at `url`.
///
/// # Errors
/// As [`bytes`], and when it is not JSON of the type.
pub async fn json<T: DeserializeOwned>(url: &str, fresh: Fresh) -> Result<T, FetchProblem> {
    json_from(&bytes(url, fresh).await?)
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

/// Posts `body`, without telling from which page.
///
/// # Errors
/// [`FetchProblem::Offline`] without an answer.
pub async fn post(url: &str, content_type: &str, body: &[u8]) -> Result<Reply, FetchProblem> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_body(&Uint8Array::from(body));
    let headers = web_sys::Headers::new().map_err(|_| FetchProblem::Offline)?;
    headers
        .set("content-type", content_type)
        .map_err(|_| FetchProblem::Offline)?;
    init.set_headers(&headers);
    send(url, &init).await.ok_or(FetchProblem::Offline)
}

/// `url` as seen from `base`, or from the page where `base` is `None`.
pub fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let page = web_sys::window()?.document()?.base_uri().ok()??;
    let base = base.unwrap_or(&page);
    Url::new_with_base(url, base).ok().map(|url| url.href())
}

async fn send(url: &str, init: &RequestInit) -> Option<Reply> {
    let sent = web_sys::window()?.fetch_with_str_and_init(url, init);
    let response: Response = JsFuture::from(sent).await.ok()?.unchecked_into();
    let body = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Reply {
        status: response.status(),
        body: Uint8Array::new(&body).to_vec(),
    })
}

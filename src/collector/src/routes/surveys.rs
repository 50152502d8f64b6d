//! `GET /surveys/<edition>.json`: the editions of the store's waves, else those of the site.

use super::{Collector, Problem, document, stem};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use survey::sha256_hex;

/// Named by its hash, an edition never changes.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

pub(super) async fn file(
    State(collector): State<Collector>,
    Path(file): Path<String>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let name = stem(&file)?;
    // A name from outside becomes part of a path only when it is this plain.
    let is_plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_plain {
        return Err(Problem::not_found());
    }
    let hash = name.clone();
    if let Some(json) = collector
        .blocking(move |own| Ok(own.store().edition(&hash)?))
        .await?
    {
        return Ok(document(json, &name, FOR_GOOD, &request));
    }
    let path = collector.inner.site.join("surveys").join(&file);
    let json = collector
        .blocking(move |_| std::fs::read(&path).map_err(|_| Problem::not_found()))
        .await?;
    let hash = sha256_hex(&json);
    let caching = if hash == name { FOR_GOOD } else { "no-cache" };
    Ok(document(json, &hash, caching, &request))
}

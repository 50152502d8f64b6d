//! `GET /releases/releases.json` and the release files it names.

use super::{Collector, Problem, document};
use crate::publish::INDEX_FILE;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

pub(super) async fn file(
    State(collector): State<Collector>,
    Path(file): Path<String>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let (bytes, hash) = collector
        .blocking(move |collector| {
            let store = collector.store();
            if file == INDEX_FILE {
                let json = store.releases()?.to_json();
                let hash = release::sha256_hex(&json);
                return Ok((json, hash));
            }
            store.release_file(&file)?.ok_or_else(Problem::not_found)
        })
        .await?;
    Ok(document(bytes, &hash, "no-cache", &request))
}

//! The HTTP interface: one resource, one file.
//!
//! Nothing here sets a cookie, keeps an access log, or looks at who asks.

mod headers;
mod problem;
mod releases;
mod status;
mod submissions;
mod surveys;
mod waves;

pub use problem::Problem;
pub use submissions::{SEALED_BYTES, SEALED_TYPE};

use crate::clock::Today;
use crate::keys::KeyDir;
use crate::store::{Store, StoreError, Wave, Writer};
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// What every request may use.
#[derive(Clone)]
pub struct Collector {
    inner: Arc<Inner>,
}

struct Inner {
    /// For reading; the writer has its own.
    store: Mutex<Store>,
    keys: KeyDir,
    writer: Writer,
    /// Waves that have been asked for. What is in them never changes and is public: no keys.
    waves: RwLock<HashMap<String, Arc<Wave>>>,
    site: PathBuf,
    today: Today,
}

impl Collector {
    /// A collector that reads from `store`, counts with `writer`, and serves the built site.
    pub fn new(store: Store, writer: Writer, site: &Path, today: Today) -> Self {
        let inner = Inner {
            keys: store.keys().clone(),
            store: Mutex::new(store),
            writer,
            waves: RwLock::default(),
            site: site.to_owned(),
            today,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// All routes.
    pub fn router(self) -> Router {
        let site = ServeDir::new(&self.inner.site)
            .precompressed_br()
            .precompressed_gzip();
        Router::new()
            .route("/api/status", get(status::show))
            .route("/api/waves", get(waves::list))
            .route("/api/waves/{wave}", get(waves::show))
            .route("/api/waves/{wave}/submissions", post(submissions::create))
            .route("/waves/{file}", get(waves::file))
            .route("/surveys/{file}", get(surveys::file))
            .route("/releases/{file}", get(releases::file))
            .route("/api/{*other}", get(problem::nothing_here))
            .fallback_service(site.fallback(get(problem::nothing_here)))
            .layer(CompressionLayer::new())
            .layer(middleware::from_fn(headers::on_every_answer))
            .with_state(self)
    }

    /// Does `work` on a thread where waiting for the disk is fine.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let collector = self.clone();
        let task = tokio::task::spawn_blocking(move || work(&collector));
        task.await.map_err(|_| Problem::unavailable())?
    }

    /// The store, for as short as possible.
    fn store(&self) -> MutexGuard<'_, Store> {
        // Reading leaves nothing half-done, so a panic in another reader does no harm here.
        self.inner
            .store
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A wave by its id, parsed once.
    fn wave(&self, id: &str) -> Result<Arc<Wave>, StoreError> {
        let known = self
            .inner
            .waves
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .cloned();
        if let Some(wave) = known {
            return Ok(wave);
        }
        let wave = Arc::new(self.store().wave(id)?);
        let mut waves = self
            .inner
            .waves
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        waves.insert(id.to_owned(), Arc::clone(&wave));
        Ok(wave)
    }
}

/// A JSON document named by the hash of its bytes: sent once, then revalidated or kept for good.
fn document(bytes: Vec<u8>, hash: &str, caching: &'static str, request: &HeaderMap) -> Response {
    let etag = format!("\"{hash}\"");
    let known = request
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    // A compressed answer comes back with a weak tag of the same name.
    if known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == etag)
    }) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response();
    }
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CACHE_CONTROL, caching.to_owned()),
        (ETAG, etag),
    ];
    (headers, bytes).into_response()
}

/// The name of a document without `.json`.
fn stem(file: &str) -> Result<String, Problem> {
    file.strip_suffix(".json")
        .map(str::to_owned)
        .ok_or_else(Problem::not_found)
}

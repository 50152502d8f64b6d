//! What every answer carries: security headers, who may embed, how long to keep.

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Everything comes from here, nothing inline; only wasm may be compiled.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// A page of another origin, an intranet, may load the elements, read waves and releases, and post
/// submissions. That is safe because nothing here goes by who asks: there are no cookies and no
/// log-ins that a browser would add by itself, everything that can be read is public, and whoever
/// can post from a page could post without one. `*` also forbids browsers to send credentials.
const FOR_EVERYBODY: [(&str, &str); 7] = [
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// What a browser asks before it posts from another origin (a preflight), kept for a day.
const PREFLIGHT: [(&str, &str); 3] = [
    ("access-control-allow-methods", "GET, POST"),
    ("access-control-allow-headers", "content-type"),
    ("access-control-max-age", "86400"),
];

/// Names under `/a/` hold the hash of what they name, so they never change.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Answers preflights, and adds headers to everything else.
pub(super) async fn on_every_answer(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/a/");
    let mut response = if request.method() == Method::OPTIONS {
        (StatusCode::NO_CONTENT, PREFLIGHT).into_response()
    } else {
        next.run(request).await
    };
    let lasts = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if is_asset && lasts {
        IMMUTABLE
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(caching));
    for (name, value) in FOR_EVERYBODY {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

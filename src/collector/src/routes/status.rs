//! `GET /api/status`: whether the collector is up and its store can be read.

use super::{Collector, Problem};
use axum::Json;
use axum::extract::State;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Status {
    status: &'static str,
    version: &'static str,
}

pub(super) async fn show(State(collector): State<Collector>) -> Result<Json<Status>, Problem> {
    collector
        .blocking(|collector| Ok(collector.store().is_empty()?))
        .await?;
    Ok(Json(Status {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    }))
}

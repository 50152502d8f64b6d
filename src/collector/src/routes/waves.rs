//! Waves: their states (`/api/waves`), and their files (`/waves/<wave>.json`).

use super::{Collector, Problem, document, stem};
use crate::fielding::State as WaveState;
use crate::store::Wave;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;
use wire::ProblemCode;

/// A wave in the list.
#[derive(Serialize)]
pub(super) struct Listed {
    wave: String,
    state: &'static str,
    /// Address of the wave file.
    file: String,
    /// SHA-256 of the wave file.
    hash: String,
}

/// The state of one wave. No counts: while a wave is open nobody sees any.
#[derive(Serialize)]
pub(super) struct Shown {
    wave: String,
    state: &'static str,
    hash: String,
}

pub(super) async fn list(State(collector): State<Collector>) -> Result<Json<Vec<Listed>>, Problem> {
    let waves = collector.blocking(oldest_first).await?;
    let listed = |(wave, state): &(Arc<Wave>, WaveState)| Listed {
        wave: wave.file.id.clone(),
        state: state.as_str(),
        file: format!("/waves/{}.json", wave.file.id),
        hash: wave.hash.clone(),
    };
    Ok(Json(waves.iter().map(listed).collect()))
}

/// Every wave with its state now.
fn oldest_first(collector: &Collector) -> Result<Vec<(Arc<Wave>, WaveState)>, Problem> {
    let states = collector.store().states()?;
    let mut waves = Vec::with_capacity(states.len());
    for (id, state) in states {
        waves.push((collector.wave(&id)?, state));
    }
    waves.sort_by(|(a, _), (b, _)| (&a.file.opens, &a.file.id).cmp(&(&b.file.opens, &b.file.id)));
    Ok(waves)
}

/// The wave that people can answer now; of several, the one that opened last.
fn current(collector: &Collector) -> Result<String, Problem> {
    let mut waves = oldest_first(collector)?.into_iter();
    let open = waves.rfind(|(_, state)| *state == WaveState::Open);
    open.map(|(wave, _)| wave.file.id.clone())
        .ok_or_else(Problem::not_found)
}

pub(super) async fn show(
    State(collector): State<Collector>,
    Path(wave): Path<String>,
) -> Result<Json<Shown>, Problem> {
    collector
        .blocking(move |collector| {
            let state = collector
                .store()
                .state(&wave)?
                .ok_or(ProblemCode::WaveUnknown)?;
            let hash = collector.wave(&wave)?.hash.clone();
            Ok(Json(Shown {
                wave,
                state: state.as_str(),
                hash,
            }))
        })
        .await
}

/// The wave file, byte for byte.
pub(super) async fn file(
    State(collector): State<Collector>,
    Path(file): Path<String>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let name = stem(&file)?;
    let (bytes, hash) = collector
        .blocking(move |collector| {
            let id = if name == "current" {
                current(collector)?
            } else {
                name
            };
            let file = collector.store().wave_file(&id)?;
            Ok(file.ok_or(ProblemCode::WaveUnknown)?)
        })
        .await?;
    Ok(document(bytes, &hash, "no-cache", &request))
}

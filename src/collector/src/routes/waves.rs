//! Waves: their states (`/api/waves`), and their files (`/waves/<wave>.json`).

use super::{Collector, Problem, document, stem};
use crate::fielding::State as WaveState;
use crate::store::WaveRow;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
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
    let waves = collector
        .blocking(|collector| Ok(collector.store().waves()?))
        .await?;
    let listed = |wave: WaveRow| Listed {
        state: wave.state.as_str(),
        file: format!("/waves/{}.json", wave.id),
        hash: wave.hash,
        wave: wave.id,
    };
    Ok(Json(waves.into_iter().map(listed).collect()))
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

/// The wave file, byte for byte. `current.json` is the open wave that opened last.
pub(super) async fn file(
    State(collector): State<Collector>,
    Path(file): Path<String>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let name = stem(&file)?;
    let (bytes, hash) = collector
        .blocking(move |collector| {
            let store = collector.store();
            let id = if name == "current" {
                let waves = store.waves()?;
                let open = waves
                    .into_iter()
                    .rfind(|wave| wave.state == WaveState::Open);
                open.ok_or_else(Problem::not_found)?.id
            } else {
                name
            };
            Ok(store.wave_file(&id)?.ok_or(ProblemCode::WaveUnknown)?)
        })
        .await?;
    Ok(document(bytes, &hash, "no-cache", &request))
}

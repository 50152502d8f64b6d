//! Getting a submission to the collector, exactly once as far as counting goes.
//!
//! On a secure page the submission is sealed, kept in the device's queue before the first attempt,
//! and tried until the collector acknowledges or refuses it; the queue outlives the page. On plain
//! http nothing is kept: it is tried once, and the respondent tries again.

use crate::browser::{queue_add, queue_remove, seal, settled};
use crate::load::Open;
use crate::pause::Pauses;
use crate::state::Trouble;
use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use survey::Answer;
use ui::Reply;
use wasm_bindgen::{JsCast, JsValue};
use wire::{ProblemCode, SUBMISSION_LABEL, Submission, info, pad};
use yew::Callback;

const SEALED: &str = "application/vnd.trust-climate.sealed";
const PLAIN: &str = "application/json";

/// What has become of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Acknowledged.
    Counted,
    /// Not delivered yet; it waits on the device and is tried again.
    Kept,
    /// Not counted.
    Refused(Trouble),
}

/// What one attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Acknowledged.
    Counted,
    /// No network, or a server that cannot just now: try again.
    Later,
    /// The collector does not count it, and says why.
    Refused(ProblemCode),
}

/// Whether the element is still in the page. What it has queued is taken up by the next one.
pub type Alive = Rc<Cell<bool>>;

/// Delivers `submission` to `url` and reports what becomes of it, more than once when it waits.
pub async fn deliver(
    open: Rc<Open>,
    url: String,
    submission: Submission,
    alive: Alive,
    report: Callback<Outcome>,
) {
    let Some(padded) = json_of(&submission).and_then(|json| pad(&json)) else {
        return report.emit(Outcome::Refused(Trouble::NotSealed));
    };
    let padded = Uint8Array::from(&padded[..]);
    if open.secure {
        match sealed(&open, padded).await {
            Some(body) => deliver_sealed(&open.wave.id, &url, body, &alive, report).await,
            None => report.emit(Outcome::Refused(Trouble::NotSealed)),
        }
    } else {
        report.emit(match attempt(&url, PLAIN, padded).await {
            Attempt::Counted => Outcome::Counted,
            Attempt::Later => Outcome::Refused(Trouble::Offline),
            Attempt::Refused(code) => Outcome::Refused(Trouble::Refused(code)),
        });
    }
}

async fn deliver_sealed(
    wave: &str,
    url: &str,
    body: Uint8Array,
    alive: &Alive,
    report: Callback<Outcome>,
) {
    // Where the browser allows no storage, the submission lives as long as the page.
    let kept = settled(queue_add(wave, url, body.clone())).await.ok();
    let key = kept.and_then(|key| key.as_string());
    let mut pauses = Pauses::new();
    let outcome = loop {
        match attempt_sealed(url, body.clone()).await {
            Attempt::Counted => break Outcome::Counted,
            Attempt::Refused(code) => break Outcome::Refused(Trouble::Refused(code)),
            Attempt::Later => report.emit(Outcome::Kept),
        }
        // The pause of a script never fails.
        let _ = pauses.pause().await;
        if !alive.get() {
            return;
        }
    };
    if let Some(key) = key {
        // At worst it is sent once more and acknowledged again.
        let _ = settled(queue_remove(&key)).await;
    }
    report.emit(outcome);
}

/// One attempt to deliver a sealed submission.
pub async fn attempt_sealed(url: &str, body: Uint8Array) -> Attempt {
    attempt(url, SEALED, body).await
}

/// Only the collector's own words count: a login page of the network says 200 or 403, too.
async fn attempt(url: &str, content_type: &str, body: Uint8Array) -> Attempt {
    let reply = ui::post(url, content_type, body).await;
    reply.ok().and_then(understood).unwrap_or(Attempt::Later)
}

fn understood(reply: Reply) -> Option<Attempt> {
    let said = reply.json.fields()?;
    match reply.status {
        200..=299 => said.get("counted").truth()?.then_some(Attempt::Counted),
        400..=499 => match ProblemCode::named(&said.get("code").text()?)? {
            ProblemCode::Unavailable => None,
            code => Some(Attempt::Refused(code)),
        },
        _ => None,
    }
}

async fn sealed(open: &Open, padded: Uint8Array) -> Option<Uint8Array> {
    let info = info(SUBMISSION_LABEL, &open.wave_hash);
    let info = Uint8Array::from(&info[..]);
    let sealed = settled(seal(&open.wave.public_key, info, padded))
        .await
        .ok()?;
    Some(sealed.unchecked_into())
}

/// A submission's JSON, written by the browser: what serde would write of it, without serde's
/// part in the download.
pub fn json_of(submission: &Submission) -> Option<String> {
    let Submission {
        format,
        id,
        edition,
        wave,
        unit,
        code,
        answers,
    } = submission;
    let object = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&object, &key.into(), value).ok();
    set("format", &format.into())?;
    set("id", &id.into())?;
    set("edition", &edition.into())?;
    set("wave", &wave.into())?;
    set("unit", &unit.into())?;
    if let Some(code) = code {
        set("code", &code.into())?;
    }
    let answers: Array = answers.iter().map(value_of).collect();
    set("answers", &answers)?;
    JSON::stringify(&object).ok()?.as_string()
}

fn value_of(answer: &Answer) -> JsValue {
    match answer {
        Answer::Blank => "blank".into(),
        Answer::NotApplicable => "na".into(),
        Answer::Point(point) => (*point).into(),
    }
}

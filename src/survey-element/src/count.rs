//! Counting on the device, where there is no collector.

use crate::browser::{Change, settled, tally_update};
use crate::load::Open;
use crate::state::Trouble;
use js_sys::Uint8Array;
use std::rc::Rc;
use survey::Response;
use tally::Layout;
use wasm_bindgen::{JsError, JsValue};
use wire::{DeviceTally, Submission};

/// Adds the answers to the device's tally of the wave. When it returns they are kept.
///
/// # Errors
/// When the device cannot keep them; then nothing has been counted.
pub async fn count(open: Rc<Open>, submission: Submission) -> Result<(), Trouble> {
    let response = Response::new(&open.survey, submission.answers).map_err(|_| Trouble::NotKept)?;
    let layout = Layout::of(&open.survey, &open.wave.edition);
    let counted = open.clone();
    let change = Change::new(move |before: JsValue| {
        added(&counted, &layout, &submission.unit, &response, &before)
    });
    let kept = settled(tally_update(&open.wave_hash, &change)).await;
    kept.map(|_| ()).map_err(|_| Trouble::NotKept)
}

fn added(
    open: &Open,
    layout: &Layout,
    unit: &str,
    response: &Response,
    before: &JsValue,
) -> Result<Uint8Array, JsValue> {
    let mut tally = if before.is_null() {
        DeviceTally::zero()
    } else {
        let bytes = Uint8Array::new(before).to_vec();
        DeviceTally::from_bytes(layout, &bytes).map_err(|_| JsError::new("damaged tally"))?
    };
    tally
        .record(unit, layout, &open.survey, response)
        .map_err(|_| JsError::new("a tally that takes no more"))?;
    Ok(Uint8Array::from(&tally.to_bytes()[..]))
}

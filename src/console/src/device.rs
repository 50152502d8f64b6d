//! What lies on this device, through `tally.js`: the running tally, the hand-in files made from
//! it, and the releases made here.

use crate::hand_in;
use crate::room::{Device, DeviceFile};
use js_sys::{Array, Promise, Reflect, Uint8Array};
use std::collections::BTreeSet;
use std::rc::Rc;
use survey::Edition;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use wire::{HandIn, WaveFile};

#[wasm_bindgen(raw_module = "./tally.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = tallyRead)]
    async fn tally_read(wave_hash: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = handInAll)]
    async fn hand_in_all(wave_hash: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = handInTake)]
    async fn hand_in_take(wave_hash: &str, make: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = releasesAll)]
    async fn releases_all() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = releasePut)]
    async fn release_put(wave: &str, json: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(raw_module = "./seal.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn seal(public_key: &str, info: &[u8], plaintext: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = isSecure)]
    fn is_secure() -> bool;
}

/// A wave and its edition, as the device's files need them.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The wave file.
    pub wave: WaveFile,
    /// Its SHA-256.
    pub hash: String,
    /// The edition.
    pub edition: Edition,
}

/// Why the device cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceError {
    /// The page is not in a secure context.
    NotSecure,
    /// The browser gives no storage, or what is stored does not read.
    Storage,
}

/// What this device holds for a wave.
///
/// # Errors
/// When the browser gives no storage, or the tally is not one of this edition.
pub async fn read(counted: &Counted) -> Result<Device, DeviceError> {
    if !is_secure() {
        return Err(DeviceError::NotSecure);
    }
    let tally = tally_read(&counted.hash).await.map_err(storage)?;
    let waiting = match bytes_of(&tally) {
        Some(tally) => {
            hand_in::responses(&counted.edition, &tally).map_err(|_| DeviceError::Storage)?
        }
        None => 0,
    };
    let records = hand_in_all(&counted.hash).await.map_err(storage)?;
    let files = Array::from(&records)
        .iter()
        .filter_map(|record| file_of(&record))
        .collect();
    Ok(Device { waiting, files })
}

/// Makes this device's next hand-in file; `None` when there is nothing to hand in.
///
/// # Errors
/// When the browser gives no storage, or cannot seal.
pub async fn take(counted: Counted) -> Result<Option<DeviceFile>, DeviceError> {
    if !is_secure() {
        return Err(DeviceError::NotSecure);
    }
    let hash = counted.hash.clone();
    let counted = Rc::new(counted);
    let make = Closure::<dyn FnMut(Uint8Array, String, f64) -> Promise>::new(
        move |tally: Uint8Array, device: String, number: f64| {
            let (counted, tally) = (counted.clone(), tally.to_vec());
            future_to_promise(async move { sealed(&counted, &tally, device, number).await })
        },
    );
    let record = hand_in_take(&hash, make.as_ref()).await.map_err(storage)?;
    Ok(file_of(&record))
}

/// The hand-in file for a tally, as bytes for `tally.js` to keep.
async fn sealed(
    counted: &Counted,
    tally: &[u8],
    device: String,
    number: f64,
) -> Result<JsValue, JsValue> {
    let refused = || JsValue::from_str("the device's tally is not one of this edition");
    let number = number_of(number).ok_or_else(refused)?;
    let content =
        hand_in::content(&counted.edition, tally, &device, number).map_err(|_| refused())?;
    let info = wire::info(wire::HAND_IN_LABEL, &counted.hash);
    let message = seal(&counted.wave.public_key, &info, &content.to_padded_json()).await?;
    let message = bytes_of(&message).ok_or_else(refused)?;
    let file = hand_in::file(&counted.wave.id, &counted.hash, device, number, &message);
    Ok(Uint8Array::from(file.to_json().as_slice()).into())
}

/// Waves that this browser keeps a release of.
///
/// # Errors
/// When the browser gives no storage.
pub async fn released() -> Result<BTreeSet<String>, DeviceError> {
    let records = releases_all().await.map_err(storage)?;
    let wave = |record: JsValue| Reflect::get(&record, &"wave".into()).ok()?.as_string();
    Ok(Array::from(&records).iter().filter_map(wave).collect())
}

/// Keeps a release for the results page of this browser.
///
/// # Errors
/// When the browser gives no storage.
pub async fn keep(wave: &str, release: &[u8]) -> Result<(), DeviceError> {
    let json = std::str::from_utf8(release).map_err(|_| DeviceError::Storage)?;
    release_put(wave, json).await.map(|_| ()).map_err(storage)
}

/// What JavaScript threw says nothing that the person could use.
fn storage(_thrown: JsValue) -> DeviceError {
    DeviceError::Storage
}

fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// A record of `tally.js`; its label is read from the file, which is what will be handed in.
fn file_of(record: &JsValue) -> Option<DeviceFile> {
    let bytes = bytes_of(&Reflect::get(record, &"file".into()).ok()?)?;
    let file = HandIn::from_json(&bytes).ok()?;
    Some(DeviceFile {
        name: hand_in::name(&file),
        number: file.number,
        bytes,
    })
}

/// Numbers of files are small; JavaScript has only one kind of number.
fn number_of(number: f64) -> Option<u32> {
    format!("{number}").parse().ok()
}

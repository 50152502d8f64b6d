//! This device's counts as a hand-in file.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use survey::Edition;
use tally::Layout;
use wire::{DeviceTally, DeviceTallyError, HAND_IN_FORMAT, HandIn, HandInContent, UnitTally};

/// How many responses a device's tally holds.
///
/// # Errors
/// When the bytes are not a tally of this edition.
pub fn responses(edition: &Edition, tally: &[u8]) -> Result<u32, DeviceTallyError> {
    let tally = DeviceTally::from_bytes(&Layout::new(edition), tally)?;
    // A device does not live to count beyond four billion.
    Ok(u32::try_from(tally.n()).unwrap_or(u32::MAX))
}

/// What is sealed of a device's tally.
///
/// # Errors
/// When the bytes are not a tally of this edition.
pub fn content(
    edition: &Edition,
    tally: &[u8],
    device: &str,
    number: u32,
) -> Result<HandInContent, DeviceTallyError> {
    let tally = DeviceTally::from_bytes(&Layout::new(edition), tally)?;
    let unit = |(unit, tally): (&str, &tally::Tally)| UnitTally {
        unit: unit.to_owned(),
        cells: BASE64.encode(tally.to_bytes()),
    };
    Ok(HandInContent {
        edition: edition.hash().to_owned(),
        device: device.to_owned(),
        number,
        tallies: tally.units().map(unit).collect(),
    })
}

/// The file around sealed content.
pub fn file(wave: &str, wave_hash: &str, device: String, number: u32, message: &[u8]) -> HandIn {
    HandIn {
        format: HAND_IN_FORMAT.to_owned(),
        wave: wave.to_owned(),
        wave_hash: wave_hash.to_owned(),
        device,
        number,
        sealed: BASE64.encode(message),
    }
}

/// The name to save it under: `hand-in-<wave>-<device>-<number>.json`.
pub fn name(file: &HandIn) -> String {
    let device = crate::intake::short_name(&file.device);
    format!("hand-in-{}-{device}-{}.json", file.wave, file.number)
}

//! Waiting before something is tried again.

use wasm_bindgen_futures::JsFuture;

/// The first pause. Short: most failures are a lift or a tunnel.
const FIRST_MS: u32 = 2_000;
/// The longest pause. A minute is what people wait for; with some thousand waiting devices it is
/// tens of requests a second, which the collector takes.
const LONGEST_MS: u32 = 60_000;

/// Pauses that double, from two seconds to a minute.
#[derive(Debug)]
pub struct Pauses {
    next_ms: u32,
}

impl Pauses {
    /// Starts with the shortest.
    pub fn new() -> Self {
        Self { next_ms: FIRST_MS }
    }

    /// Waits until the pause is over, or until the device is back on a network.
    pub fn pause(&mut self) -> JsFuture {
        let pause_ms = self.next_ms;
        self.next_ms = (pause_ms * 2).min(LONGEST_MS);
        ui::pause(pause_ms)
    }
}

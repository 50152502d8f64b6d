//! Waiting before something is tried again.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
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
    pub async fn pause(&mut self) {
        let pause_ms = self.next_ms;
        self.next_ms = (pause_ms * 2).min(LONGEST_MS);
        // Timer and listener live until the promise is settled by one of them.
        let kept = Rc::new(RefCell::new(None));
        let promise = Promise::new(&mut |resolve, _| {
            let timer_resolve = resolve.clone();
            let timer = Timeout::new(pause_ms, move || {
                // Resolving a promise does not throw.
                let _ = timer_resolve.call0(&JsValue::NULL);
            });
            let online = web_sys::window().map(|window| {
                EventListener::once(&window, "online", move |_| {
                    let _ = resolve.call0(&JsValue::NULL);
                })
            });
            *kept.borrow_mut() = Some((timer, online));
        });
        // It is never rejected.
        let _ = JsFuture::from(promise).await;
        kept.borrow_mut().take();
    }
}

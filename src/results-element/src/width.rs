//! How wide the element is, so that charts are drawn at the size they are shown in and their text
//! is never scaled down.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

/// Widths are told in steps of this many pixels, so that dragging a window does not redraw
/// everything all the time.
const STEP: i32 = 20;

/// Between two charts side by side, in pixels; the style sheet has the same.
const GAP: i32 = 24;

/// From this width on, in pixels, a chart gains nothing from being wider.
const WIDEST: i32 = 640;

/// No chart is narrower, in pixels, than the narrowest phone allows.
const NARROWEST: i32 = 240;

/// Widths of charts in an element of a certain width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// The small multiples of the themes.
    pub small: i32,
    /// The headline charts, and distributions.
    pub large: i32,
}

impl Widths {
    /// The widths that fit `across` pixels.
    pub fn of(across: i32) -> Self {
        Self {
            small: share(across, 300),
            large: share(across, 400),
        }
    }
}

/// The width of one chart when as many stand side by side as can be at least `least` wide, at most
/// three.
fn share(across: i32, least: i32) -> i32 {
    let columns = ((across + GAP) / (least + GAP)).clamp(1, 3);
    ((across - (columns - 1) * GAP) / columns).clamp(NARROWEST, WIDEST)
}

/// Tells the width of an element until it is dropped.
pub struct Watch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Watch {
    /// Calls `changed` with the width of `element` in pixels, now and when it has changed.
    pub fn new(element: &Element, changed: impl Fn(i32) + 'static) -> Self {
        let mut last = 0;
        let callback = Closure::new(move |entries: JsValue| {
            let entry = Array::from(&entries)
                .pop()
                .dyn_into::<ResizeObserverEntry>();
            let across = entry.map_or(0, |entry| whole_steps(entry.content_rect().width()));
            // Zero: hidden, and nothing to draw for.
            if across > 0 && across != last {
                last = across;
                changed(across);
            }
        });
        // The constructor only throws without a callback.
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref())
            .expect("a resize observer takes a function");
        observer.observe(element);
        Self {
            observer,
            _callback: callback,
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn whole_steps(width: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no screen has two thousand million pixels"
    )]
    let pixels = width as i32;
    if pixels < STEP {
        pixels
    } else {
        pixels / STEP * STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_share_the_width() {
        assert_eq!(
            Widths::of(320),
            Widths {
                small: 320,
                large: 320
            }
        );
        assert_eq!(
            Widths::of(660),
            Widths {
                small: 318,
                large: 640
            }
        );
        assert_eq!(
            Widths::of(1000),
            Widths {
                small: 317,
                large: 488
            }
        );
        assert_eq!(
            Widths::of(200),
            Widths {
                small: 240,
                large: 240
            }
        );
    }
}

//! `<trust-results>`: what has been released, unit by unit and wave by wave.
//!
//! The element names no tally: it reads release files, checks each against the hash in the list of
//! releases and against the block audit, and draws what is left with [`charts`]. A file that fails
//! is named with the reason, never skipped in silence. Attributes:
//!
//! | attribute | means | default |
//! | --- | --- | --- |
//! | `src` | address of `releases.json`, relative to the page | `releases/releases.json` |
//! | `unit` | id of the unit that is shown first | the whole organisation |
//! | `lang` | language | that of the page, else Danish |
//! | `device` | also show the releases made in this browser | absent |
//!
//! All four may change at any time. The event `trust-results:unit` (detail: `unit`) is sent when a
//! person has picked a unit.

mod app;
mod device;
mod figure;
mod load;
mod outline;
mod page;
mod picker;
mod picture;
mod width;

use wasm_bindgen::prelude::*;
use yew::AppHandle;

/// A mounted app.
#[wasm_bindgen]
pub struct Handle(AppHandle<app::App>);

/// Starts the app in `root`, inside the shadow root of the element `host`.
#[wasm_bindgen]
pub fn mount(host: web_sys::HtmlElement, root: web_sys::Element) -> Handle {
    let properties = app::Properties {
        host: ui::Host::new(host),
        root: root.clone(),
    };
    Handle(yew::Renderer::<app::App>::with_root_and_props(root, properties).render())
}

#[wasm_bindgen]
impl Handle {
    /// Ends the app and empties its root.
    pub fn unmount(self) {
        self.0.destroy();
    }
}

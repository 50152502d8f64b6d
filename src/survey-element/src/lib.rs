//! The Yew app of `<trust-survey>`: one respondent answers one survey, and the answers leave the
//! element only as the submission, or as counts that stay on the device.
//!
//! [`mount`] is called by the element's class in `www/`. `app::App` holds what is on screen and
//! takes every message; `state::State` is the pure part of it; `view` draws; `errands` does what
//! takes time, and `load` and `read` take over what was loaded.

mod app;
mod errands;
mod load;
mod read;
mod settings;
mod state;
mod view;
mod wave;

use app::{App, Props};
use std::cell::Cell;
use ui::Host;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};
use yew::AppHandle;

/// A running app.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle(AppHandle<App>);

/// Starts the app of `host` in `root`, an empty element in its shadow root.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: Element) -> Handle {
    let props = Props {
        host: Host::new(host),
        instance: next_instance(),
    };
    Handle(yew::Renderer::<App>::with_root_and_props(root, props).render())
}

#[wasm_bindgen]
impl Handle {
    /// Stops the app and takes it off the screen. What waits on the device stays there.
    pub fn unmount(self) {
        self.0.destroy();
    }
}

/// Numbers the elements of a page, so that names of radio groups never collide.
fn next_instance() -> u32 {
    thread_local! {
        static INSTANCES: Cell<u32> = const { Cell::new(0) };
    }
    INSTANCES.with(|instances| instances.replace(instances.get() + 1))
}

//! The app in its element.

use crate::app::{Addresses, App, AppProps};
use std::cell::RefCell;
use std::rc::Rc;
use ui::{Host, Observation, Texts};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};
use yew::AppHandle;

/// Area of the language files.
const AREA: &str = "console";

/// A mounted app.
#[wasm_bindgen]
pub struct Handle {
    shown: Rc<Shown>,
    _watched: Observation,
}

/// What is on screen, if anything yet.
struct Shown {
    host: Host,
    root: Element,
    app: RefCell<Option<AppHandle<App>>>,
    unmounted: RefCell<bool>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the app off the screen.
    pub fn unmount(self) {
        self.shown.unmounted.replace(true);
        if let Some(app) = self.shown.app.take() {
            app.destroy();
        }
    }
}

/// Shows the console of `host` in `root`, and follows the element's language.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: Element) -> Handle {
    let host = Host::new(host);
    let shown = Rc::new(Shown {
        host: host.clone(),
        root,
        app: RefCell::new(None),
        unmounted: RefCell::new(false),
    });
    spawn_local(show(shown.clone()));
    let again = shown.clone();
    let watched = host.on_change(&["lang"], move || spawn_local(show(again.clone())));
    Handle {
        shown,
        _watched: watched,
    }
}

/// Shows the app in the language that is in force now; what has been chosen stays.
async fn show(shown: Rc<Shown>) {
    let lang = shown.host.lang();
    let texts = match Texts::load(&lang, AREA).await {
        Ok(texts) => texts,
        Err(problem) => {
            gloo::console::error!(format!(
                "the texts of `{AREA}` could not be loaded: {problem:?}"
            ));
            return;
        }
    };
    // Left, or asked for another language, while the texts were on their way.
    if *shown.unmounted.borrow() || shown.host.lang() != lang {
        return;
    }
    // Screen readers choose their voice by it, inside the shadow root too.
    if shown.root.set_attribute("lang", texts.lang()).is_err() {
        gloo::console::error!("the language could not be set on the root");
    }
    let props = AppProps {
        addresses: Rc::new(addresses(&shown.host, texts.lang())),
        language: texts,
    };
    let mut app = shown.app.borrow_mut();
    match app.as_mut() {
        Some(app) => app.update(props),
        None => {
            *app =
                Some(yew::Renderer::<App>::with_root_and_props(shown.root.clone(), props).render())
        }
    }
}

/// What the attributes say; a page one folder down, as ours are, needs none of them.
fn addresses(host: &Host, lang: &str) -> Addresses {
    let or = |name: &str, otherwise: &str| {
        host.attribute(name)
            .filter(|value| !value.is_empty())
            .unwrap_or_else(|| otherwise.to_owned())
    };
    Addresses {
        wave: or("wave", "../demo/wave.json"),
        surveys: or("surveys", "../surveys/"),
        releases: or("releases", "../releases/releases.json"),
        results: or("results", &format!("../results/?lang={lang}")),
        closing_key: host
            .attribute("closing-key")
            .filter(|value| !value.is_empty()),
    }
}

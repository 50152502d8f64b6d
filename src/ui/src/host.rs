//! The custom element in the host page.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    CustomEvent, CustomEventInit, Element, HtmlElement, MutationObserver, MutationObserverInit,
    ShadowRoot,
};

/// Language where neither the element nor the page says one.
const DEFAULT_LANG: &str = "da";

/// The custom element: its attributes are the only settings, its events the only output.
#[derive(Debug, Clone, PartialEq)]
pub struct Host(HtmlElement);

impl Host {
    /// The host of an app.
    pub fn new(element: HtmlElement) -> Self {
        Self(element)
    }

    /// The value of an attribute, without white space around it; an attribute that is there but
    /// empty is `Some("")`.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0
            .get_attribute(name)
            .map(|value| value.trim().to_owned())
    }

    /// Whether a boolean attribute is set.
    pub fn has(&self, name: &str) -> bool {
        self.0.has_attribute(name)
    }

    /// The language in force: the element's own `lang`, else that of the closest ancestor that has
    /// one, also outside the shadow roots it sits in, else Danish.
    pub fn lang(&self) -> String {
        let mut element: Element = self.0.clone().into();
        loop {
            let found = element.closest("[lang]").ok().flatten();
            if let Some(lang) = found.and_then(|at| at.get_attribute("lang"))
                && !lang.trim().is_empty()
            {
                return lang.trim().to_owned();
            }
            match element.get_root_node().dyn_into::<ShadowRoot>() {
                Ok(root) => element = root.host(),
                Err(_) => return DEFAULT_LANG.to_owned(),
            }
        }
    }

    /// Calls `changed` after one of the attributes `names` has changed, until the observation is
    /// dropped.
    pub fn on_change(&self, names: &[&str], mut changed: impl FnMut() + 'static) -> Observation {
        let callback = Closure::new(move |_: JsValue, _: JsValue| changed());
        // The constructor only throws without a function.
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok();
        let filter: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_attribute_filter(&filter);
        if let Some(observer) = &observer {
            // It only throws without anything to observe.
            let _ = observer.observe_with_options(&self.0, &options);
        }
        Observation {
            observer,
            _callback: callback,
        }
    }

    /// Sends `name` to the page with `detail`; it bubbles and leaves the shadow root. Only for what
    /// a person did.
    pub fn dispatch(&self, name: &str, detail: &[(&str, &str)]) {
        let object = js_sys::Object::new();
        for (key, value) in detail {
            // A new plain object takes every key.
            let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
        }
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&object);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            // An error here is thrown by a listener of the page: it is the page's to handle.
            let _ = self.0.dispatch_event(&event);
        }
    }
}

/// Watches attributes until it is dropped.
#[derive(Debug)]
pub struct Observation {
    observer: Option<MutationObserver>,
    _callback: Closure<dyn FnMut(JsValue, JsValue)>,
}

impl Drop for Observation {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

//! What a control does: one listener for all, so that each control is a call in the download.

use crate::app::{App, Msg};
use crate::state::Event;
use std::rc::Rc;
use survey::{Action, Answer, ItemIdx};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::virtual_dom::{Listener, ListenerKind};

/// What a control does when it is pressed or changed.
#[derive(Debug, Clone)]
pub enum Act {
    /// Takes a step of the session.
    Step(Action),
    /// Takes an answer back.
    Clear(ItemIdx),
    /// Chooses a language.
    Lang(String),
    /// Chooses the unit that the list shows.
    Unit,
    /// Takes over the code that was typed.
    Code,
    /// Sends.
    Send,
    /// Loads again.
    Retry,
    /// Makes room for the next respondent.
    Restart,
}

impl Act {
    /// Done when the control is pressed.
    pub fn on_click(self, link: &Scope<App>) -> Rc<dyn Listener> {
        self.on(link, false)
    }

    /// Done when the field has changed.
    pub fn on_change(self, link: &Scope<App>) -> Rc<dyn Listener> {
        self.on(link, true)
    }

    fn on(self, link: &Scope<App>, changes: bool) -> Rc<dyn Listener> {
        Rc::new(Control {
            act: self,
            changes,
            link: link.clone(),
        })
    }

    fn msg(&self, event: &web_sys::Event) -> Msg {
        match self {
            Self::Step(action) => Msg::Do(Event::Step(*action)),
            Self::Clear(item) => {
                focus_first_radio(event);
                Msg::Do(Event::Step(Action::Answer(*item, Answer::Blank)))
            }
            Self::Lang(lang) => Msg::Lang(lang.clone()),
            Self::Unit => {
                let select: Option<HtmlSelectElement> = target(event);
                Msg::Do(Event::Unit(select.map(|s| s.value()).unwrap_or_default()))
            }
            Self::Code => {
                let input: Option<HtmlInputElement> = target(event);
                Msg::Do(Event::Code(input.map(|i| i.value()).unwrap_or_default()))
            }
            Self::Send => Msg::Send,
            Self::Retry => Msg::Retry,
            Self::Restart => Msg::Restart,
        }
    }
}

struct Control {
    act: Act,
    /// Whether it is a field that changes, and not a button that is pressed.
    changes: bool,
    link: Scope<App>,
}

impl Listener for Control {
    fn kind(&self) -> ListenerKind {
        // Not kept as such: copying it is a table of a hundred events.
        if self.changes {
            ListenerKind::onchange
        } else {
            ListenerKind::onclick
        }
    }

    fn handle(&self, event: web_sys::Event) {
        self.link.send_message(self.act.msg(&event));
    }

    /// As Yew has it for clicks and changes.
    fn passive(&self) -> bool {
        false
    }
}

fn target<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// The button disappears; the keyboard stays at the statement.
fn focus_first_radio(event: &web_sys::Event) {
    let radio = target::<Element>(event)
        .and_then(|button| button.closest("fieldset").ok().flatten())
        .and_then(|item| item.query_selector("input").ok().flatten())
        .and_then(|input| input.dyn_into::<HtmlElement>().ok());
    if let Some(radio) = radio {
        // Focusing does not throw; the signature is the interface description's.
        let _ = radio.focus();
    }
}

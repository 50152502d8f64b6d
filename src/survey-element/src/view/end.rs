//! While answers are sent, while they wait, and thanks.

use super::{View, paragraph};
use crate::app::Msg;
use yew::prelude::*;

/// On their way.
pub fn sending(view: &View<'_>) -> Html {
    html! {
        <>
            { view.heading(view.t("sending.heading")) }
            <progress aria-hidden="true" />
        </>
    }
}

/// Sealed on the device until there is a network.
pub fn waiting(view: &View<'_>) -> Html {
    html! {
        <>
            { view.heading(view.t("waiting.heading")) }
            <p role="status">{ view.t("waiting.words") }</p>
        </>
    }
}

/// Only after the acknowledgement.
pub fn thanks(view: &View<'_>) -> Html {
    let day = view.closing_day();
    let (end, next) = if view.counts_here() {
        let restart = view.link.callback(|_| Msg::Restart);
        ("thanks.tablet", view.button(restart, "go.restart", true))
    } else {
        ("thanks.close", Html::default())
    };
    html! {
        <>
            { view.heading(view.t("thanks.heading")) }
            <div part="thanks" class="prose">
                { view.p("thanks.counted") }
                { paragraph(&view.texts.fill("thanks.results", &[("date", &day)])) }
                { view.p("thanks.talk") }
                { view.p(end) }
            </div>
            { next }
        </>
    }
}

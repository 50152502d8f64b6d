//! While answers are sent, while they wait, and thanks.

use super::{Act, View, paragraph};
use ui::{all, tag, words};
use yew::Html;

/// On their way.
pub fn sending(view: &View<'_>) -> Html {
    let heading = view.heading(view.t("sending.heading"));
    let progress = tag("progress", &["aria-hidden"], &["true"], Html::default());
    all(vec![heading, progress])
}

/// Sealed on the device until there is a network.
pub fn waiting(view: &View<'_>) -> Html {
    let heading = view.heading(view.t("waiting.heading"));
    let status = tag("p", &["role"], &["status"], words(view.t("waiting.words")));
    all(vec![heading, status])
}

/// Only after the acknowledgement.
pub fn thanks(view: &View<'_>) -> Html {
    let day = view.closing_day();
    let (end, next) = if view.counts_here() {
        let restart = view.button(Act::Restart, "go.restart", true);
        ("thanks.tablet", restart)
    } else {
        ("thanks.close", Html::default())
    };
    let said = all(vec![
        view.p("thanks.counted"),
        paragraph(&view.texts.fill("thanks.results", &[("date", &day)])),
        view.p("thanks.talk"),
        view.p(end),
    ]);
    all(vec![
        view.heading(view.t("thanks.heading")),
        tag("div", &["part", "class"], &["thanks", "prose"], said),
        next,
    ])
}

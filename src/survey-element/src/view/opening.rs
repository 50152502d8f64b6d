//! What this is, before the first answer.
//!
//! Which sentences stand here follows from the wave and the page, never from a wish: *anonymous*
//! only where it is true, the server only where there is one.

use super::{Act, View, class, paragraph, who};
use crate::wave::Codes;
use survey::Action;
use ui::{all, joined, tag, words as said};
use yew::Html;

/// The opening page.
pub fn opening(view: &View<'_>) -> Html {
    let name = said(view.text(&view.open.wave.name));
    let prose = all(vec![
        paragraph(&asks(view)),
        paragraph(&protects(view)),
        code(view),
        paragraph(&risks(view)),
        paragraph(&words(view)),
        view.p("opening.not_apv"),
    ]);
    let begin = view.button(Act::Step(Action::Next), "go.begin", true);
    all(vec![
        view.heading(view.text(&view.open.survey.title)),
        tag("p", &["class"], &["quiet"], name),
        tag("div", &["part", "class"], &["opening", "prose"], prose),
        who::who(view),
        class("buttons", begin),
    ])
}

fn asks(view: &View<'_>) -> String {
    let survey = &view.open.survey;
    let minutes = survey.minutes(view.lang);
    let key = if minutes == 1 {
        "opening.asks_minute"
    } else {
        "opening.asks"
    };
    view.texts.fill(
        key,
        &[
            ("employer", view.text(&view.open.wave.employer)),
            ("count", &survey.items.len().to_string()),
            ("minutes", &minutes.to_string()),
        ],
    )
}

fn protects(view: &View<'_>) -> String {
    let claim = if view.open.is_anonymous() {
        "opening.anonymous"
    } else {
        "opening.confidential"
    };
    let threshold = view.open.wave.threshold.to_string();
    let date = view.closing_day();
    let rest = view.texts.fill(
        "opening.counted",
        &[("threshold", &threshold), ("date", &date)],
    );
    joined(&[view.t(claim), " ", &rest])
}

fn code(view: &View<'_>) -> Html {
    let key = match view.open.wave.codes {
        Codes::None => return Html::default(),
        Codes::Unlisted => "opening.code",
        Codes::Listed => "opening.code_listed",
    };
    view.p(key)
}

fn risks(view: &View<'_>) -> String {
    let keys: &[&str] = if view.counts_here() {
        &["opening.screen", "opening.tablet"]
    } else if view.open.secure {
        &["opening.server", "opening.screen", "opening.phone"]
    } else {
        &[
            "opening.plain_http",
            "opening.server",
            "opening.screen",
            "opening.phone",
        ]
    };
    let mut sentences = String::new();
    for key in keys {
        sentences.push_str(view.texts.get(key));
        sentences.push(' ');
    }
    sentences
}

fn words(view: &View<'_>) -> String {
    let unit = who::name(view).unwrap_or_else(|| view.t("opening.unit_open").to_owned());
    view.texts.fill("opening.words", &[("unit", &unit)])
}

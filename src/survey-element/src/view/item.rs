//! One statement with its points.

use super::View;
use crate::app::Msg;
use crate::state::Event;
use survey::{Action, Answer, ItemIdx, Text};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The statement at position `item`: native radios in a fieldset, *not applicable* apart from the
/// points, and a button that takes the answer back.
pub fn item(view: &View<'_>, item: ItemIdx) -> Html {
    let survey = &view.open.survey;
    let statement = &survey.items[item];
    let anchors = survey.anchors_of(statement);
    let points = (1..=u8::MAX).zip(&anchors.points);
    html! {
        <fieldset part="item" class="item">
            <legend part="statement">{ view.text(&statement.text) }</legend>
            <div class="answers">
                <div class="points">
                    { for points.map(|(point, label)| radio(view, item, Answer::Point(point), label)) }
                </div>
                <div class="apart">
                    { radio(view, item, Answer::NotApplicable, &anchors.not_applicable) }
                </div>
            </div>
            { clear(view, item) }
        </fieldset>
    }
}

fn radio(view: &View<'_>, item: ItemIdx, answer: Answer, label: &Text) -> Html {
    let name = format!("t{}-{item}", view.instance);
    let checked = view.state.answer(item) == answer;
    let onchange = view
        .link
        .callback(move |_| Msg::Do(Event::Step(Action::Answer(item, answer))));
    let words = view.text(label).to_owned();
    html! {
        <label part="answer" class="answer" data-chosen={mark(checked)}>
            <input type="radio" {name} {checked} {onchange} />
            <span>{ words }</span>
        </label>
    }
}

/// For the style sheet: an attribute that is there or not. Computed classes would bring Yew's set of
/// them into the download.
fn mark(given: bool) -> Option<&'static str> {
    given.then_some("")
}

/// Native radios cannot be un-chosen, and nothing here is compulsory. The button keeps its room
/// while it is hidden, so that nothing moves under the finger.
fn clear(view: &View<'_>, item: ItemIdx) -> Html {
    let blank = view.state.answer(item) == Answer::Blank;
    let onclick = view.link.callback(move |event: MouseEvent| {
        focus_first_radio(&event);
        Msg::Do(Event::Step(Action::Answer(item, Answer::Blank)))
    });
    let name = view.texts.fill(
        "item.clear_named",
        &[("statement", view.text(&view.open.survey.items[item].text))],
    );
    html! {
        <button type="button" part="clear" class="clear" data-unused={mark(blank)}
            aria-label={name} {onclick}>
            { view.t("item.clear") }
        </button>
    }
}

/// The button disappears; the keyboard stays at the statement.
fn focus_first_radio(event: &MouseEvent) {
    let radio = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|button| button.closest("fieldset").ok().flatten())
        .and_then(|item| item.query_selector("input").ok().flatten())
        .and_then(|input| input.dyn_into::<HtmlElement>().ok());
    if let Some(radio) = radio {
        // Focusing does not throw; the signature is the interface description's.
        let _ = radio.focus();
    }
}

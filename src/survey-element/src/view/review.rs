//! All answers once more, before they are sent.

use super::{View, paragraph, who};
use crate::app::Msg;
use crate::deliver::json_of;
use crate::state::{Event, Trouble};
use survey::{Action, Answer, Item, Page};
use yew::prelude::*;

/// The review page.
pub fn review(view: &View<'_>) -> Html {
    let final_trouble = view.state.trouble.is_some_and(Trouble::is_final);
    let pages = view.open.survey.pages.iter().enumerate();
    html! {
        <>
            { view.heading(view.t("review.heading")) }
            { paragraph(&skipped(view)) }
            { for pages.map(|(idx, page)| answers_of(view, idx, page)) }
            { unit(view) }
            { who::who(view) }
            { what_is_sent(view) }
            { trouble(view) }
            if !final_trouble { <p class="irrevocable">{ view.t("review.irrevocable") }</p> }
            <div class="buttons">
                if final_trouble {
                    { view.button(view.link.callback(|_| Msg::Retry), "go.delete", true) }
                } else {
                    { view.step(Action::Back, "go.back", false) }
                    { view.button(view.link.callback(|_| Msg::Send), "go.send", true) }
                }
            </div>
        </>
    }
}

fn skipped(view: &View<'_>) -> String {
    match view.state.session.n_blank() {
        0 => view.t("review.none_skipped").to_owned(),
        1 => view.t("review.one_skipped").to_owned(),
        n => view
            .texts
            .fill("review.some_skipped", &[("count", &n.to_string())]),
    }
}

/// The answers of one page, and the way back to it.
fn answers_of(view: &View<'_>, idx: usize, page: &Page) -> Html {
    let survey = &view.open.survey;
    let heading = view.text(&page.heading);
    let items = page.items.iter().filter_map(|id| survey.item_idx(id));
    let change = view
        .link
        .callback(move |_| Msg::Do(Event::Step(Action::GoTo(idx))));
    let rows = items.map(|item| {
        let statement = &survey.items[item];
        let answer = view.state.answer(item);
        html! {
            <>
                <dt>{ view.text(&statement.text) }</dt>
                <dd>{ said(view, statement, answer, &change) }</dd>
            </>
        }
    });
    let name = view.texts.fill("review.change_named", &[("page", heading)]);
    html! {
        <section part="review" class="reviewed">
            <div class="reviewed-head">
                <h3>{ heading }</h3>
                <button type="button" part="button" class="button small" aria-label={name}
                    onclick={change.clone()}>
                    { view.t("review.change") }
                </button>
            </div>
            <dl>{ for rows }</dl>
        </section>
    }
}

/// The answer in words; a blank leads back to its page.
fn said(view: &View<'_>, item: &Item, answer: Answer, back: &Callback<MouseEvent>) -> Html {
    let anchors = view.open.survey.anchors_of(item);
    match answer {
        Answer::NotApplicable => view.text(&anchors.not_applicable).into(),
        Answer::Point(point) => anchors
            .points
            .get(usize::from(point).saturating_sub(1))
            .map(|label| view.text(label).into())
            .unwrap_or_default(),
        Answer::Blank => {
            let name = view.texts.fill(
                "review.skipped_named",
                &[("statement", view.text(&item.text))],
            );
            html! {
                <button type="button" part="button" class="skipped" aria-label={name}
                    onclick={back.clone()}>
                    { view.t("review.skipped") }
                </button>
            }
        }
    }
}

/// The very message that leaves the device, for whoever wants to see it.
fn what_is_sent(view: &View<'_>) -> Html {
    let wave = &view.open.wave;
    let submission = view
        .state
        .submission(&wave.id, &wave.edition, view.open.asks_for_code())
        .filter(|_| !view.counts_here());
    let Some(json) = submission.and_then(|submission| json_of(&submission)) else {
        return Html::default();
    };
    let about = if view.open.secure {
        "review.sent_sealed"
    } else {
        "review.sent_plain"
    };
    html! {
        <details>
            <summary>{ view.t("review.sent") }</summary>
            { view.p(about) }
            <pre>{ json }</pre>
        </details>
    }
}

/// The unit that the page has set, to be seen before sending.
fn unit(view: &View<'_>) -> Html {
    match who::name(view).filter(|_| view.state.unit_is_fixed) {
        Some(unit) => paragraph(&view.texts.fill("review.unit", &[("unit", &unit)])),
        None => Html::default(),
    }
}

fn trouble(view: &View<'_>) -> Html {
    let words = view.state.trouble.map(|trouble| {
        let day = view.closing_day();
        view.texts.fill(trouble.key(), &[("date", &day)])
    });
    // The region is there before its words, or they would not be read out.
    html! {
        <div role="alert">
            if let Some(words) = words { <p part="trouble" class="notice">{ words }</p> }
        </div>
    }
}

//! One page of statements.

use super::{Act, View, class, item};
use survey::Action;
use ui::{all, tag, words};
use yew::Html;

/// The page at position `page`.
pub fn page(view: &View<'_>, page: usize) -> Html {
    let survey = &view.open.survey;
    let Some(here) = survey.pages.get(page) else {
        return Html::default();
    };
    let mut items = Vec::new();
    for id in &here.items {
        if let Some(idx) = survey.item_idx(id) {
            items.push(item::item(view, idx));
        }
    }
    let next = Act::Step(Action::Next);
    let buttons = if view.state.session.is_reviewing() {
        vec![view.button(next, "go.to_review", true)]
    } else {
        let back = Act::Step(Action::Back);
        vec![
            view.button(back, "go.back", false),
            view.button(next, "go.next", true),
        ]
    };
    all(vec![
        progress(view, page),
        view.heading(view.text(&here.heading)),
        all(items),
        class("buttons", all(buttons)),
    ])
}

/// How far, in words and as a bar. The words are read out politely when the page turns; the bar
/// says nothing more, so it is left out for screen readers.
fn progress(view: &View<'_>, page: usize) -> Html {
    let (at, of) = (
        (page + 1).to_string(),
        view.open.survey.pages.len().to_string(),
    );
    let status = view
        .texts
        .fill("progress", &[("page", &at), ("pages", &of)]);
    let bar = tag(
        "progress",
        &["aria-hidden", "value", "max"],
        &["true", &at, &of],
        Html::default(),
    );
    let parts = vec![tag("p", &["role"], &["status"], words(&status)), bar];
    tag(
        "div",
        &["part", "class"],
        &["progress", "progress"],
        all(parts),
    )
}

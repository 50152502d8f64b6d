//! One page of statements.

use super::{View, item};
use survey::Action;
use yew::prelude::*;

/// The page at position `page`.
pub fn page(view: &View<'_>, page: usize) -> Html {
    let survey = &view.open.survey;
    let Some(here) = survey.pages.get(page) else {
        return Html::default();
    };
    let items = here.items.iter().filter_map(|id| survey.item_idx(id));
    let reviewing = view.state.session.is_reviewing();
    html! {
        <>
            { progress(view, page) }
            { view.heading(view.text(&here.heading)) }
            { for items.map(|idx| item::item(view, idx)) }
            <div class="buttons">
                if reviewing {
                    { view.step(Action::Next, "go.to_review", true) }
                } else {
                    { view.step(Action::Back, "go.back", false) }
                    { view.step(Action::Next, "go.next", true) }
                }
            </div>
        </>
    }
}

/// How far, in words and as a bar. The words are read out politely when the page turns; the bar
/// says nothing more, so it is left out for screen readers.
fn progress(view: &View<'_>, page: usize) -> Html {
    let (at, of) = (
        (page + 1).to_string(),
        view.open.survey.pages.len().to_string(),
    );
    html! {
        <div part="progress" class="progress">
            <p role="status">{ view.texts.fill("progress", &[("page", &at), ("pages", &of)]) }</p>
            <progress aria-hidden="true" value={at} max={of} />
        </div>
    }
}

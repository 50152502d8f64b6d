//! All answers once more, before they are sent.

use super::{Act, View, class, named_button, paragraph, who};
use crate::errands::json_of;
use crate::state::Trouble;
use survey::{Action, Answer, Item, Page};
use ui::{all, tag, words};
use yew::Html;

/// The review page.
pub fn review(view: &View<'_>) -> Html {
    let final_trouble = view.state.trouble.is_some_and(Trouble::is_final);
    let mut pages = Vec::new();
    for (idx, page) in view.open.survey.pages.iter().enumerate() {
        pages.push(answers_of(view, idx, page));
    }
    let (last_words, buttons) = if final_trouble {
        let delete = view.button(Act::Retry, "go.delete", true);
        (Html::default(), vec![delete])
    } else {
        let irrevocable = words(view.t("review.irrevocable"));
        let back = view.button(Act::Step(Action::Back), "go.back", false);
        let send = view.button(Act::Send, "go.send", true);
        let irrevocable = tag("p", &["class"], &["irrevocable"], irrevocable);
        (irrevocable, vec![back, send])
    };
    all(vec![
        view.heading(view.t("review.heading")),
        paragraph(&skipped(view)),
        all(pages),
        unit(view),
        who::who(view),
        what_is_sent(view),
        trouble(view),
        last_words,
        class("buttons", all(buttons)),
    ])
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
    let mut rows = Vec::new();
    for id in &page.items {
        if let Some(item) = survey.item_idx(id) {
            let statement = &survey.items[item];
            let said = said(view, statement, view.state.answer(item), idx);
            let statement = words(view.text(&statement.text));
            rows.push(tag("dt", &[], &[], statement));
            rows.push(tag("dd", &[], &[], said));
        }
    }
    let name = view.texts.fill("review.change_named", &[("page", heading)]);
    let change = back(
        view,
        idx,
        ["button", "button small"],
        &name,
        "review.change",
    );
    let head = vec![tag("h3", &[], &[], words(heading)), change];
    let parts = vec![
        class("reviewed-head", all(head)),
        tag("dl", &[], &[], all(rows)),
    ];
    tag(
        "section",
        &["part", "class"],
        &["review", "reviewed"],
        all(parts),
    )
}

/// A button that leads back to a page; `look` is its part and its class.
fn back(view: &View<'_>, page: usize, look: [&str; 2], label: &str, key: &str) -> Html {
    let go = Act::Step(Action::GoTo(page)).on_click(view.link);
    named_button(look, label, go, view.texts.get(key))
}

/// The answer in words; a blank leads back to its page.
fn said(view: &View<'_>, item: &Item, answer: Answer, page: usize) -> Html {
    let anchors = view.open.survey.anchors_of(item);
    match answer {
        Answer::NotApplicable => words(view.text(&anchors.not_applicable)),
        Answer::Point(point) => anchors
            .points
            .get(usize::from(point).saturating_sub(1))
            .map(|label| words(view.text(label)))
            .unwrap_or_default(),
        Answer::Blank => {
            let label = view.texts.fill(
                "review.skipped_named",
                &[("statement", view.text(&item.text))],
            );
            back(view, page, ["button", "skipped"], &label, "review.skipped")
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
    let Some(json) = submission.as_ref().map(json_of) else {
        return Html::default();
    };
    let about = if view.open.secure {
        "review.sent_sealed"
    } else {
        "review.sent_plain"
    };
    let parts = vec![
        tag("summary", &[], &[], words(view.t("review.sent"))),
        view.p(about),
        tag("pre", &[], &[], words(&json)),
    ];
    tag("details", &[], &[], all(parts))
}

/// The unit that the page has set, to be seen before sending.
fn unit(view: &View<'_>) -> Html {
    match who::name(view).filter(|_| view.state.unit_is_fixed) {
        Some(unit) => paragraph(&view.texts.fill("review.unit", &[("unit", &unit)])),
        None => Html::default(),
    }
}

fn trouble(view: &View<'_>) -> Html {
    let said = match view.state.trouble {
        None => Html::default(),
        Some(trouble) => {
            let day = view.closing_day();
            let said = view.texts.fill(trouble.key(), &[("date", &day)]);
            let look = &["trouble", "notice"];
            tag("p", &["part", "class"], look, words(&said))
        }
    };
    // The region is there before its words, or they would not be read out.
    tag("div", &["role"], &["alert"], said)
}

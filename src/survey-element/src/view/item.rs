//! One statement with its points.

use super::{Act, View, class};
use survey::{Action, Answer, ItemIdx, Text};
use ui::{Tag, all, joined, tag, words};
use yew::Html;

/// The statement at position `item`: native radios in a fieldset, *not applicable* apart from the
/// points, and a button that takes the answer back.
pub fn item(view: &View<'_>, item: ItemIdx) -> Html {
    let survey = &view.open.survey;
    let statement = &survey.items[item];
    let anchors = survey.anchors_of(statement);
    let mut points = Vec::new();
    for (point, label) in (1..=u8::MAX).zip(&anchors.points) {
        points.push(radio(view, item, Answer::Point(point), label));
    }
    let apart = radio(view, item, Answer::NotApplicable, &anchors.not_applicable);
    let answers = vec![class("points", all(points)), class("apart", apart)];
    let said = words(view.text(&statement.text));
    let parts = vec![
        tag("legend", &["part"], &["statement"], said),
        class("answers", all(answers)),
        clear(view, item),
    ];
    tag(
        "fieldset",
        &["part", "class"],
        &["item", "item"],
        all(parts),
    )
}

#[inline(never)]
fn radio(view: &View<'_>, item: ItemIdx, answer: Answer, label: &Text) -> Html {
    let instance = view.instance.to_string();
    let name = joined(&["t", &instance, "-", &item.to_string()]);
    let checked = view.state.answer(item) == answer;
    let choose = Act::Step(Action::Answer(item, answer)).on_change(view.link);
    let input = Tag::new("input", &["type", "name"], &[Some("radio"), Some(&name)]);
    let input = input.checked(checked).on(choose).of(Html::default());
    let said = tag("span", &[], &[], words(view.text(label)));
    let label = Tag::new(
        "label",
        &["part", "class", "data-chosen"],
        &[Some("answer"), Some("answer"), mark(checked)],
    );
    label.of(all(vec![input, said]))
}

/// For the style sheet: an attribute that is there or not.
fn mark(given: bool) -> Option<&'static str> {
    given.then_some("")
}

/// Native radios cannot be un-chosen, and nothing here is compulsory. The button keeps its room
/// while it is hidden, so that nothing moves under the finger.
fn clear(view: &View<'_>, item: ItemIdx) -> Html {
    let blank = view.state.answer(item) == Answer::Blank;
    let name = view.texts.fill(
        "item.clear_named",
        &[("statement", view.text(&view.open.survey.items[item].text))],
    );
    let button = Tag::new(
        "button",
        &["type", "part", "class", "data-unused", "aria-label"],
        &[
            Some("button"),
            Some("clear"),
            Some("clear"),
            mark(blank),
            Some(&name),
        ],
    );
    let clear = Act::Clear(item).on_click(view.link);
    button.on(clear).of(words(view.t("item.clear")))
}

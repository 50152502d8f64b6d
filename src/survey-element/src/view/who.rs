//! The unit one answers for, and the one-time code: on the opening page and again at the review.

use super::{Act, View, class};
use crate::wave::Unit;
use ui::{Tag, all, joined, tag, words};
use yew::Html;

/// A list of units and a field for the code, each where it is needed.
pub fn who(view: &View<'_>) -> Html {
    let unit = if view.state.unit_is_fixed {
        Html::default()
    } else {
        unit(view)
    };
    let code = if view.open.asks_for_code() && !view.state.code_is_given {
        code(view)
    } else {
        Html::default()
    };
    // Each has its place: one that comes or goes does not move the other.
    all(vec![unit, code])
}

/// The name of the chosen unit.
pub fn name(view: &View<'_>) -> Option<String> {
    let unit = view.open.wave.units.get(view.state.unit.as_deref()?)?;
    Some(name_of(view, unit))
}

/// A leaf for the staff directly under a unit has that unit's name: say which it is.
fn name_of(view: &View<'_>, unit: &Unit) -> String {
    let parent = unit.parent.as_deref();
    let parent = parent.and_then(|parent| view.open.wave.units.get(parent));
    if parent.is_some_and(|parent| parent.name == unit.name) {
        view.texts.fill("who.direct", &[("unit", &unit.name)])
    } else {
        unit.name.clone()
    }
}

fn unit(view: &View<'_>) -> Html {
    let id = joined(&["unit-", &view.instance.to_string()]);
    let mut options = vec![option(view.t("who.choose"), "", view.state.unit.is_none())];
    groups(view, &mut options);
    let select = Tag::new("select", &["part", "id"], &[Some("field"), Some(&id)]);
    let select = select.on(Act::Unit.on_change(view.link)).of(all(options));
    field(&id, view.t("who.unit"), select)
}

/// A field and what it is for.
fn field(id: &str, label: &str, field: Html) -> Html {
    let label = tag("label", &["for"], &[id], words(label));
    class("field", all(vec![label, field]))
}

fn option(name: &str, value: &str, selected: bool) -> Html {
    let option = Tag::new(
        "option",
        &["value", "selected"],
        &[Some(value), selected.then_some("selected")],
    );
    option.of(words(name))
}

/// Leaves by the unit above them, in the order of the tree; only leaves are answered for.
fn groups(view: &View<'_>, options: &mut Vec<Html>) {
    let units = view.open.wave.units.all();
    for unit in units {
        let mut leaves = Vec::new();
        for leaf in units {
            if leaf.is_leaf && leaf.parent.as_ref() == Some(&unit.id) {
                let selected = view.state.unit.as_ref() == Some(&leaf.id);
                leaves.push(option(&name_of(view, leaf), &leaf.id, selected));
            }
        }
        if !leaves.is_empty() {
            options.push(tag("optgroup", &["label"], &[&unit.name], all(leaves)));
        }
    }
}

fn code(view: &View<'_>) -> Html {
    let id = joined(&["code-", &view.instance.to_string()]);
    let input = Tag::new(
        "input",
        &[
            "part",
            "type",
            "autocomplete",
            "autocapitalize",
            "spellcheck",
            "id",
        ],
        &[
            Some("field"),
            Some("text"),
            Some("off"),
            Some("none"),
            Some("false"),
            Some(&id),
        ],
    );
    let input = input
        .value(&view.state.code)
        .on(Act::Code.on_change(view.link));
    field(&id, view.t("who.code"), input.of(Html::default()))
}

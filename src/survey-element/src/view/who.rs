//! The unit one answers for, and the one-time code: on the opening page and again at the review.

use super::View;
use crate::app::Msg;
use crate::state::Event;
use tally::{UnitIdx, UnitTree};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A list of units and a field for the code, each where it is needed.
pub fn who(view: &View<'_>) -> Html {
    html! {
        <>
            if !view.state.unit_is_fixed { { unit(view) } }
            if view.open.asks_for_code() && !view.state.code_is_given { { code(view) } }
        </>
    }
}

/// The name of the chosen unit.
pub fn name(view: &View<'_>) -> Option<String> {
    let units = &view.open.wave.units;
    let unit = units.idx(view.state.unit.as_deref()?)?;
    Some(name_of(view, unit))
}

/// A leaf for the staff directly under a unit has that unit's name: say which it is.
fn name_of(view: &View<'_>, unit: UnitIdx) -> String {
    let units = &view.open.wave.units;
    let name = &units.units()[unit].name;
    let same_as_parent = units
        .parent(unit)
        .is_some_and(|parent| units.units()[parent].name == *name);
    if same_as_parent {
        view.texts.fill("who.direct", &[("unit", name)])
    } else {
        name.clone()
    }
}

fn unit(view: &View<'_>) -> Html {
    let id = format!("unit-{}", view.instance);
    let onchange = view.link.callback(|event: yew::events::Event| {
        let chosen = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        Msg::Do(Event::Unit(
            chosen.map(|select| select.value()).unwrap_or_default(),
        ))
    });
    let none = view.state.unit.is_none();
    html! {
        <div class="field">
            <label for={id.clone()}>{ view.t("who.unit") }</label>
            <select part="field" {id} {onchange}>
                <option value="" selected={none}>{ view.t("who.choose") }</option>
                { groups(view) }
            </select>
        </div>
    }
}

/// Leaves by the unit above them, in the order of the tree; only leaves are answered for.
fn groups(view: &View<'_>) -> Html {
    let units = &view.open.wave.units;
    let group = |parent: UnitIdx| {
        let options = leaves_below(units, parent).map(|leaf| {
            let id = units.units()[leaf].id.clone();
            let selected = view.state.unit.as_ref() == Some(&id);
            html! { <option value={id} {selected}>{ name_of(view, leaf) }</option> }
        });
        html! {
            <optgroup label={units.units()[parent].name.clone()}>{ for options }</optgroup>
        }
    };
    let parents =
        (0..units.units().len()).filter(|unit| leaves_below(units, *unit).next().is_some());
    parents.map(group).collect()
}

fn leaves_below(units: &UnitTree, parent: UnitIdx) -> impl Iterator<Item = UnitIdx> + '_ {
    units
        .children(parent)
        .iter()
        .copied()
        .filter(|child| units.is_leaf(*child))
}

fn code(view: &View<'_>) -> Html {
    let id = format!("code-{}", view.instance);
    let onchange = view.link.callback(|event: yew::events::Event| {
        let typed = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        Msg::Do(Event::Code(
            typed.map(|input| input.value()).unwrap_or_default(),
        ))
    });
    html! {
        <div class="field">
            <label for={id.clone()}>{ view.t("who.code") }</label>
            <input part="field" type="text" autocomplete="off" autocapitalize="none"
                spellcheck="false" {id} value={view.state.code.clone()} {onchange} />
        </div>
    }
}

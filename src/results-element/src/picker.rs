//! Picking a unit.

use charts::Language;
use release::{Release, UnitResult};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A list of the units of `release`, each indented by its level, with `selected` picked; `picked` is
/// called with the id of the unit that a person picks. The browser's own list: it works by keyboard,
/// by letter and on a phone.
pub fn picker(
    release: &Release,
    selected: &str,
    language: &Language,
    picked: &Callback<String>,
) -> Html {
    let onchange = picked.reform(|event: Event| {
        // The listener sits on the list itself.
        event.target_unchecked_into::<HtmlSelectElement>().value()
    });
    let options = release
        .units
        .iter()
        .map(|unit| option(unit, release, selected, language));
    html! {
        <p class="picker" part="picker">
            <label>
                <span>{ language.get("unit.label") }</span>
                <select {onchange}>{ for options }</select>
            </label>
        </p>
    }
}

fn option(unit: &UnitResult, release: &Release, selected: &str, language: &Language) -> Html {
    let name = match unit.responses.shown() {
        Some(_) => unit.name.clone(),
        None => language.fill("unit.withheld", &[("unit", &unit.name)]),
    };
    // No-break spaces, because a list drops ordinary ones.
    let indent = "\u{a0}\u{a0}\u{a0}".repeat(level(unit, release));
    let is_selected = unit.id == selected;
    html! { <option key={unit.id.clone()} value={unit.id.clone()} selected={is_selected}>{ indent }{ name }</option> }
}

/// How many units are above this one.
fn level(unit: &UnitResult, release: &Release) -> usize {
    let above = |unit: &&UnitResult| unit.parent.as_deref().and_then(|id| release.unit(id));
    std::iter::successors(above(&unit), above)
        .take(release.units.len())
        .count()
}

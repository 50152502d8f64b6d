//! Picking a unit.

use charts::Language;
use release::{Release, UnitResult};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Picker`].
#[derive(Properties, PartialEq)]
pub struct PickerProperties {
    /// Words.
    pub language: Rc<Language>,
    /// Releases, oldest first; at least one.
    pub releases: Rc<Vec<Release>>,
    /// Id of the unit that is shown.
    pub unit: AttrValue,
    /// Called with the id of the unit that a person picks.
    pub picked: Callback<String>,
}

/// A list of the latest wave's units, each indented by its level. The browser's own list: it works
/// by keyboard, by letter and on a phone.
#[component]
pub fn Picker(properties: &PickerProperties) -> Html {
    let PickerProperties {
        language,
        releases,
        unit,
        picked,
    } = properties;
    let Some(latest) = releases.last() else {
        return Html::default();
    };
    let onchange = picked.reform(|event: Event| {
        // The listener sits on the list itself.
        event.target_unchecked_into::<HtmlSelectElement>().value()
    });
    html! {
        <p class="picker" part="picker">
            <label>
                <span>{ language.get("unit.label") }</span>
                <select {onchange}>
                    { for latest.units.iter().map(|one| option(one, latest, unit, language)) }
                </select>
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

//! A labelled field for choosing files: the browser's own, for keyboards and screen readers.

use crate::browser;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A field and its words.
#[derive(Properties, PartialEq)]
pub struct FileFieldProps {
    /// Name within the element, for the label.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// What it is for, under the label; may be empty.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Whether several files may be chosen.
    #[prop_or_default]
    pub multiple: bool,
    /// Gets names and bytes.
    pub onfiles: Callback<Vec<(String, Vec<u8>)>>,
}

/// The field.
#[component]
pub fn FileField(props: &FileFieldProps) -> Html {
    let onchange = {
        let onfiles = props.onfiles.clone();
        Callback::from(move |event: Event| {
            let (field, onfiles) = (
                event.target_unchecked_into::<HtmlInputElement>(),
                onfiles.clone(),
            );
            spawn_local(async move { onfiles.emit(browser::chosen(field).await) });
        })
    };
    let hint = format!("{}-hint", props.id);
    let described = (!props.hint.is_empty()).then(|| hint.clone());
    html! {
        <div class="field">
            <label for={&props.id}>{ &props.label }</label>
            if !props.hint.is_empty() {
                <p class="hint" id={hint}>{ &props.hint }</p>
            }
            <input
                type="file"
                id={&props.id}
                accept=".json,application/json"
                multiple={props.multiple}
                aria-describedby={described}
                {onchange}
            />
        </div>
    }
}

/// For fields of one file: what `action` makes of the first, if any.
pub fn first(action: Callback<(String, Vec<u8>)>) -> Callback<Vec<(String, Vec<u8>)>> {
    Callback::from(move |files: Vec<(String, Vec<u8>)>| {
        if let Some(file) = files.into_iter().next() {
            action.emit(file);
        }
    })
}

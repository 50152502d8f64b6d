//! Gathering what closing takes.

use super::PartProps;
use super::file_field::{FileField, first};
use super::files_table::FilesTable;
use crate::closing;
use crate::room::{Action, Given, Room};
use ui::Texts;
use yew::prelude::*;

/// Files, key, earlier releases, and the button that asks to close.
#[component]
pub fn ClosePart(props: &PartProps) -> Html {
    let heading = use_node_ref();
    {
        let (heading, returned) = (heading.clone(), props.room.returned);
        use_effect_with((), move |()| {
            if returned {
                ui::focus(&heading);
            }
        });
    }
    let language = &props.language;
    let ask = {
        let room = props.room.dispatcher();
        Callback::from(move |_| room.dispatch(Action::Asked))
    };
    html! {
        <section part="close" aria-labelledby="close">
            <h2 id="close" tabindex="-1" ref={heading}>{ language.get("close.title") }</h2>
            <p>{ language.get("close.about") }</p>
            <p class="note">{ language.get("close.honest") }</p>
            { not_yet(language, &props.room) }
            <FilesTable language={language.clone()} room={props.room.clone()} />
            { key_field(props) }
            { index_field(props) }
            <button type="button" class="primary" onclick={ask}>{ language.get("close.ask") }</button>
        </section>
    }
}

fn not_yet(language: &Texts, room: &Room) -> Html {
    match room.wave() {
        Some(wave) if !closing::may_close(&wave.file, &room.today) => {
            let date = ui::long_date(wave.file.closes.as_str(), language.lang());
            html! { <p class="note">{ language.fill("close.not-yet", &[("date", &date)]) }</p> }
        }
        Some(_) | None => Html::default(),
    }
}

fn key_field(props: &PartProps) -> Html {
    let language = &props.language;
    let chosen = {
        let room = props.room.dispatcher();
        first(Callback::from(move |(name, bytes)| {
            room.dispatch(Action::Gave(Given::KeyChosen(name, bytes)))
        }))
    };
    html! {
        <>
            <h3>{ language.get("key.title") }</h3>
            <FileField
                id="key-file"
                label={language.get("key.choose").to_owned()}
                hint={language.get("key.hint").to_owned()}
                onfiles={chosen}
            />
            <p role="status">
                { props.room.key.as_ref().map(|(file, _)| language.fill("key.chosen", &[("file", file)])) }
            </p>
        </>
    }
}

fn index_field(props: &PartProps) -> Html {
    let language = &props.language;
    let chosen = {
        let room = props.room.dispatcher();
        first(Callback::from(move |(name, bytes)| {
            room.dispatch(Action::Gave(Given::IndexChosen(name, bytes)))
        }))
    };
    let earlier = match props.room.earlier.len() {
        0 => language.get("index.none").to_owned(),
        count => super::counted(language, "index.earlier", count),
    };
    html! {
        <>
            <h3>{ language.get("index.title") }</h3>
            <FileField
                id="index-file"
                label={language.get("index.choose").to_owned()}
                hint={language.get("index.hint").to_owned()}
                onfiles={chosen}
            />
            <p role="status">{ earlier }</p>
        </>
    }
}

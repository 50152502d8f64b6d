//! The hand-in files: what can be read from outside, never a count.

use super::file_field::FileField;
use super::{PartProps, counted};
use crate::intake::{Entry, FileState, Gap};
use crate::room::{Action, Given, Room};
use ui::Texts;
use yew::prelude::*;

/// The field for files, their table, and what is missing among them.
#[component]
pub fn FilesTable(props: &PartProps) -> Html {
    let heading = use_node_ref();
    let language = &props.language;
    let chosen = {
        let room = props.room.dispatcher();
        Callback::from(move |files| room.dispatch(Action::Gave(Given::HandInsChosen(files))))
    };
    html! {
        <>
            <h3 tabindex="-1" ref={heading.clone()}>{ language.get("hand-ins.title") }</h3>
            <FileField
                id="hand-in-files"
                label={language.get("hand-ins.choose").to_owned()}
                hint={language.get("hand-ins.hint").to_owned()}
                multiple={true}
                onfiles={chosen}
            />
            <p role="status">{ readiness(language, &props.room) }</p>
            if !props.room.intake.is_empty() {
                { table(props, &heading) }
                { gaps(language, &props.room.intake.gaps(props.room.wave_hash())) }
                <p class="hint">{ language.get("hand-ins.unseen") }</p>
            }
        </>
    }
}

fn readiness(language: &Texts, room: &Room) -> String {
    match room.intake.to_count(room.wave_hash()).len() {
        0 if room.intake.is_empty() => language.get("hand-ins.empty").to_owned(),
        0 => language.get("hand-ins.ready-none").to_owned(),
        ready => counted(language, "hand-ins.ready", ready),
    }
}

fn table(props: &PartProps, heading: &NodeRef) -> Html {
    let say = |key: &str| props.language.get(&format!("hand-ins.{key}")).to_owned();
    let entries = props.room.intake.entries(props.room.wave_hash());
    html! {
        <table>
            <caption>{ say("title") }</caption>
            <thead>
                <tr>
                    { for ["file", "device", "number", "state", "action"].map(|key| html! {
                        <th scope="col">{ say(key) }</th>
                    }) }
                </tr>
            </thead>
            <tbody>
                { for entries.iter().enumerate().map(|(position, entry)| row(props, heading, position, entry)) }
            </tbody>
        </table>
    }
}

/// One file. `data-label` repeats the column's heading for narrow screens, where rows are stacked.
fn row(props: &PartProps, heading: &NodeRef, position: usize, entry: &Entry<'_>) -> Html {
    let say = |key: &str| props.language.get(&format!("hand-ins.{key}")).to_owned();
    let (device, number) = match &entry.label {
        Some(label) => (label.device.clone(), label.number.to_string()),
        None => (say("no-label"), say("no-label")),
    };
    let remove = {
        let (room, heading) = (props.room.dispatcher(), heading.clone());
        Callback::from(move |_| {
            room.dispatch(Action::Gave(Given::HandInRemoved(position)));
            // The button that was pressed goes with its row.
            ui::focus(&heading);
        })
    };
    let removing = props
        .language
        .fill("hand-ins.remove", &[("file", entry.name)]);
    html! {
        <tr class={class_of(&entry.state)}>
            <th scope="row" data-label={say("file")}>{ entry.name }</th>
            <td data-label={say("device")}>{ device }</td>
            <td data-label={say("number")}>{ number }</td>
            <td data-label={say("state")}>{ state(&props.language, &entry.state) }</td>
            <td>
                <button type="button" aria-label={removing} onclick={remove}>{ say("action") }</button>
            </td>
        </tr>
    }
}

fn class_of(state: &FileState) -> &'static str {
    match state {
        FileState::Read => "ready",
        FileState::AlreadyAdded | FileState::OtherWave(_) => "left-out",
        FileState::Conflict(_) | FileState::Damaged(_) => "wrong",
    }
}

fn state(language: &Texts, state: &FileState) -> String {
    match state {
        FileState::Read => language.get("hand-ins.read").to_owned(),
        FileState::AlreadyAdded => language.get("hand-ins.already").to_owned(),
        FileState::Conflict(file) => language.fill("hand-ins.conflict", &[("file", file)]),
        FileState::OtherWave(wave) => language.fill("hand-ins.other-wave", &[("wave", wave)]),
        FileState::Damaged(_) => language.get("hand-ins.damaged").to_owned(),
    }
}

/// The files that the numbers tell are missing, by name.
pub fn gaps(language: &Texts, gaps: &[Gap]) -> Html {
    if gaps.is_empty() {
        return Html::default();
    }
    let sentence = |Gap(label): &Gap| {
        language.fill(
            "hand-ins.gap",
            &[
                ("number", &label.number.to_string()),
                ("device", &label.device),
            ],
        )
    };
    html! {
        <div class="warning">
            <h4>{ language.get("hand-ins.gaps") }</h4>
            <ul>{ for gaps.iter().map(|gap| html! { <li>{ sentence(gap) }</li> }) }</ul>
            <p>{ language.get("hand-ins.gaps-remedy") }</p>
        </div>
    }
}

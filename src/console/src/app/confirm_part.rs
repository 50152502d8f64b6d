//! What cannot be undone, the passphrase, and the wait.

use super::files_table::gaps;
use super::problem_list::ProblemList;
use super::{PartProps, counted, effects};
use crate::problem::Problem;
use crate::room::{Action, Device, Loading, Room, Stage};
use ui::Texts;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use zeroize::Zeroizing;

/// The last step before closing. The passphrase lives in its field until it is used, nowhere else.
#[component]
pub fn ConfirmPart(props: &PartProps) -> Html {
    let (heading, passphrase) = (use_node_ref(), use_node_ref());
    {
        let heading = heading.clone();
        use_effect_with((), move |()| ui::focus(&heading));
    }
    let language = &props.language;
    let working = matches!(props.room.stage, Stage::Working);
    html! {
        <>
            <ProblemList language={language.clone()} problems={props.room.problems.clone()} />
            <section part="confirm" aria-labelledby="confirm">
                <h2 id="confirm" tabindex="-1" ref={heading}>{ language.get("confirm.title") }</h2>
                { consequences(language, &props.room) }
                { form(props, &passphrase, working) }
                <p role="status" class="news">
                    if working { { language.get("confirm.working") } }
                </p>
            </section>
        </>
    }
}

fn consequences(language: &Texts, room: &Room) -> Html {
    let name = room.wave().map_or("", |wave| {
        wave.file.name.get(language.lang(), &wave.file.languages)
    });
    let files = room.intake.to_count(room.wave_hash()).len();
    html! {
        <>
            <p>{ language.fill("confirm.last", &[("name", name)]) }</p>
            <p>{ counted(language, "confirm.files", files) }</p>
            { gaps(language, &room.intake.gaps(room.wave_hash())) }
            if let Loading::Here(Device { waiting: waiting @ 1.., .. }) = room.device {
                <p class="warning">
                    { counted(language, "confirm.device-waits", usize::try_from(waiting).unwrap_or(usize::MAX)) }
                </p>
            }
        </>
    }
}

fn form(props: &PartProps, passphrase: &NodeRef, working: bool) -> Html {
    let language = &props.language;
    let onsubmit = {
        let (room, passphrase) = (props.room.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit(&room, &passphrase);
        })
    };
    let back = {
        let room = props.room.dispatcher();
        Callback::from(move |_| room.dispatch(Action::Declined))
    };
    html! {
        <form {onsubmit}>
            <div class="field">
                <label for="passphrase">{ language.get("confirm.passphrase") }</label>
                <input
                    type="password"
                    id="passphrase"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="none"
                    disabled={working}
                    ref={passphrase}
                />
            </div>
            <div class="actions">
                <button type="submit" class="primary" disabled={working}>
                    { language.get("confirm.yes") }
                </button>
                <button type="button" disabled={working} onclick={back}>
                    { language.get("confirm.no") }
                </button>
            </div>
        </form>
    }
}

fn submit(room: &UseReducerHandle<Room>, passphrase: &NodeRef) {
    let Some(field) = passphrase.cast::<HtmlInputElement>() else {
        return;
    };
    let passphrase = Zeroizing::new(field.value());
    if passphrase.is_empty() {
        room.dispatch(Action::Refused(vec![Problem::NoPassphrase]));
    } else {
        effects::close(room, passphrase);
    }
}

//! What this device has counted, and its files.

use super::problem_list::sentence;
use super::{PartProps, counted, effects};
use crate::room::{Action, Device, DeviceFile, DeviceNews, Given, Loading};
use ui::Texts;
use yew::prelude::*;

/// Number of waiting responses, the button that makes a file of them, and the files made so far.
#[component]
pub fn DevicePart(props: &PartProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        let saved = matches!(props.room.news, Some(DeviceNews::Saved { .. }));
        // The button that was pressed is gone; what is new is said under the heading.
        use_effect_with(saved, move |saved| {
            if *saved {
                ui::focus(&heading);
            }
        });
    }
    let language = &props.language;
    html! {
        <section part="device" aria-labelledby="device">
            <h2 id="device" tabindex="-1" ref={heading}>{ language.get("device.title") }</h2>
            <p>{ language.get("device.about") }</p>
            { match &props.room.device {
                Loading::Here(device) => held(props, device),
                Loading::Waiting => html! { <p>{ language.get("device.unknown") }</p> },
                Loading::Missing => Html::default(),
            } }
            <p role="status" class="news">
                { props.room.news.as_ref().map(|news| in_words(language, news)) }
            </p>
            if let Loading::Here(device) = &props.room.device {
                { files(props, device) }
            }
        </section>
    }
}

fn held(props: &PartProps, device: &Device) -> Html {
    let language = &props.language;
    if device.waiting == 0 {
        return html! { <p class="lead">{ language.get("device.empty") }</p> };
    }
    let sealing = matches!(props.room.news, Some(DeviceNews::Sealing));
    let onclick = {
        let room = props.room.clone();
        Callback::from(move |_| effects::take(&room))
    };
    let waiting = usize::try_from(device.waiting).unwrap_or(usize::MAX);
    html! {
        <>
            <p class="lead">{ counted(language, "device.waiting", waiting) }</p>
            <button type="button" class="primary" disabled={sealing} {onclick}>
                { language.get("device.get") }
            </button>
        </>
    }
}

fn in_words(language: &Texts, news: &DeviceNews) -> String {
    match news {
        DeviceNews::Sealing => language.get("device.getting").to_owned(),
        DeviceNews::Saved { number, file } => language.fill(
            "device.got",
            &[("number", &number.to_string()), ("file", file)],
        ),
        DeviceNews::Used(number) => {
            language.fill("device.used", &[("number", &number.to_string())])
        }
        DeviceNews::Nothing => language.get("device.empty").to_owned(),
        DeviceNews::Trouble(problem) => sentence(language, problem),
    }
}

fn files(props: &PartProps, device: &Device) -> Html {
    if device.files.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ props.language.get("device.files") }</h3>
            <p>{ props.language.get("device.files-about") }</p>
            <ul class="files">
                { for device.files.iter().map(|file| made_file(props, file)) }
            </ul>
        </>
    }
}

fn made_file(props: &PartProps, file: &DeviceFile) -> Html {
    let number = file.number.to_string();
    let say = |key: &str| props.language.fill(key, &[("number", &number)]);
    let again = {
        let file = file.clone();
        Callback::from(move |_| effects::save(&file.name, &file.bytes))
    };
    let add = {
        let (room, file) = (props.room.dispatcher(), file.clone());
        Callback::from(move |_| room.dispatch(Action::Gave(Given::DeviceFileUsed(file.clone()))))
    };
    html! {
        <li key={file.number}>
            <span class="name">{ &file.name }</span>
            <button type="button" onclick={again}>{ say("device.again") }</button>
            <button type="button" onclick={add}>{ say("device.use") }</button>
        </li>
    }
}
